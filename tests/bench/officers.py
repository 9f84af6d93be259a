"""Officers at work at once: random designations, changes, carvings and withdrawals, and the history replayed.

Used by the test of 2,000 operations and by the benchmark of 100,000.
"""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

import shapely
from shapely import STRtree
from sqlalchemy import func, select

from app.audit import Actor, Deed, documents
from app.db import reading, writing
from app.errors import ServiceError
from app.models import AreaVersion, Boundary, NeighbourhoodArea
from app.services.area_decisions import DecisionFacts, decide_application
from app.services.area_steps import publicise_application, withdraw_application
from app.services.areas import ApplicationFacts, Drawn, apply_for_area
from app.services.boundaries import geometry_hash
from app.services.modifications import ChangeFacts, ChangeKind, change_area
from app.services.record import state_faults
from geo.boundary import boundary
from geo.errors import GeoError
from geo.reading import Source
from referendum.designation import Applicant, ApplicantKind
from referendum.errors import ReferendumError

AUTHORITY = "E07999101"
START = date(2026, 3, 1)
OFFICERS = 8
SIZE_M = 6_000
SLIVER_M = 3.0
SOURCE = Source(format="GeoJSON", layer="drawn", crs="EPSG:27700", crs_evidence="drawn", flipped=False)
KINDS = ("designate", "subtract", "enlarge", "split", "merge", "withdraw")
WEIGHTS = (40, 14, 14, 14, 4, 14)


def lay_out(engine, size_m=SIZE_M):
    """Store one planning authority over the whole district; no parish has a council, so nobody need consent."""
    land = shapely.MultiPolygon([shapely.box(400_000, 300_000, 400_000 + size_m, 300_000 + size_m)])
    with writing(engine) as session:
        row = Boundary(
            kind="authority",
            code=AUTHORITY,
            name="Westshire",
            valid_from=date(2015, 4, 1),
            is_relevant_council=True,
            source="drawn",
            imported_at=datetime(2026, 1, 1, tzinfo=UTC),
            geometry=land,
        )
        session.add(row)


class Officer:
    """One officer: their own chance, their own transactions, and what became of what they tried."""

    def __init__(self, engine, seed, size_m=SIZE_M):
        self.engine, self.chance, self.size_m = engine, random.Random(seed), size_m
        self.name = f"Officer {seed}"
        self.outcomes = Counter()

    def work(self, operations, days):
        """Try a number of operations over a number of days; a refusal by the service is an outcome like another."""
        for number in range(operations):
            on = START + timedelta(days=days * number // operations)
            kind = self.chance.choices(KINDS, WEIGHTS)[0]
            try:
                self.attempt(kind, on)
                self.outcomes[kind, "done"] += 1
            except (ServiceError, GeoError, ReferendumError):
                self.outcomes[kind, "refused"] += 1
        return self.outcomes

    def attempt(self, kind, on):
        deed = Deed(
            by=Actor(name=self.name, role="planning-officer", organisation=AUTHORITY, organisation_name="Westshire"),
            at=datetime.combine(on, time(12), UTC),
        )
        if kind in {"designate", "withdraw"}:
            self.apply(deed, on, is_taken_back=kind == "withdraw")
        else:
            self.change(deed, on, ChangeKind(kind))

    def apply(self, deed, on, *, is_taken_back):
        received_on = on - timedelta(days=60)
        facts = ApplicationFacts(
            name=f"Area of {self.name}",
            applicant=Applicant(kind=ApplicantKind.FORUM),
            applicant_name=self.name,
            statement="It is one place around its green.",
            received_on=received_on,
        )
        with writing(self.engine) as session:
            drawn = Drawn(geometry_bng=self.shape(80, 320), source=SOURCE)
            reference = apply_for_area(session, deed, facts, drawn).reference
            if is_taken_back:
                withdraw_application(session, deed, reference, withdrawn_on=on, reason="Another line is wanted.")
                return
            publicise_application(
                session, deed, reference, publicised_on=received_on, closes_on=received_on + timedelta(days=42)
            )
        yes = DecisionFacts(
            authority_code=AUTHORITY,
            designate=True,
            decided_on=on,
            published_on=on,
            reasons="It is one place.",
            is_business_area=False,
            business_area_reasons="It is not.",
        )
        with writing(self.engine) as session:
            decide_application(session, deed, reference, yes)

    def change(self, deed, on, kind):
        """Change one of the areas that stand, chosen before the transaction: by then another may have changed it."""
        with reading(self.engine) as session:
            found = self.standing(session)
            other = self.standing(session) if kind is ChangeKind.MERGE else None
        if found is None:
            return
        reference, line = found
        facts = ChangeFacts(
            kind=kind,
            reference=reference,
            on=on,
            applied_by=self.name,
            applied_on=on - timedelta(days=30),
            reasons="The place has changed.",
            piece_bng=self.piece_at(line) if other is None else None,
            name="Carved out",
            others=() if other is None else (other[0],),
            business_area_reasons="It is not.",
        )
        with writing(self.engine) as session:
            change_area(session, deed, facts)

    def standing(self, session):
        """Some area that stands, with its line; None while there is none."""
        newest = session.scalars(select(func.max(AreaVersion.id))).one() or 0
        rows = session.execute(
            select(NeighbourhoodArea.reference, AreaVersion)
            .join(AreaVersion)
            .where(AreaVersion.valid_until.is_(None), AreaVersion.id >= self.chance.randint(0, newest))
            .order_by(AreaVersion.id)
            .limit(1)
        )
        return next(((reference, version.geometry) for reference, version in rows), None)

    def shape(self, least_m, most_m):
        """A slanting rectangle somewhere in the district."""
        width, height = (self.chance.randint(least_m, most_m) for _ in "xy")
        reach = self.size_m - 2 * most_m
        west, south = (base + most_m // 2 + self.chance.uniform(0, reach) for base in (400_000, 300_000))
        box = shapely.box(west, south, west + width, south + height)
        return shapely.MultiPolygon([shapely.affinity.rotate(box, self.chance.uniform(0, 30))])

    def piece_at(self, line):
        """A slanting rectangle across the edge of an area."""
        at = line.boundary.interpolate(self.chance.random(), normalized=True)
        width, height = (self.chance.uniform(15, 90) for _ in "xy")
        box = shapely.box(at.x - width, at.y - height, at.x + width, at.y + height)
        return shapely.MultiPolygon([shapely.affinity.rotate(box, self.chance.uniform(0, 90))])


def at_work(engine, operations, *, days=60, size_m=SIZE_M):
    """Let eight officers do operations at once; return what became of them."""
    officers = [Officer(engine, seed, size_m) for seed in range(OFFICERS)]
    with ThreadPoolExecutor(OFFICERS) as pool:
        done = list(pool.map(lambda officer: officer.work(operations // OFFICERS, days), officers))
    return sum(done, Counter())


def overlap_is_real(one, other):
    """Say whether two areas share more than a sliver, by shrinking what they share; our own widths are not asked."""
    shared = shapely.intersection(one, other)
    return shared.area > 0 and not shapely.buffer(shared, -SLIVER_M / 2 - 0.01).is_empty


def overlaps_in_history(engine):
    """Replay the record event by event; return each place where two areas that stood together overlapped."""
    with reading(engine) as session:
        lines = {geometry_hash(boundary(line)): line for line in session.scalars(select(AreaVersion.geometry))}
        events = list(documents(session))
    standing, found = {}, []
    for event in events:
        if event["kind"] == "area:designated":
            opened = {event["subject"]: event["after"]["geometry_sha256"]}
        elif event["kind"] == "area:modified":
            for reference in event["before"]["lines"]:
                del standing[reference]
            opened = {each["reference"]: each["geometry_sha256"] for each in event["after"]["opened"]}
        else:
            continue
        for reference, sha256 in opened.items():
            line = lines[sha256]
            if standing:
                references = list(standing)
                near = STRtree(list(standing.values())).query(line, predicate="intersects")
                found += [
                    (event["seq"], reference, references[at])
                    for at in near
                    if overlap_is_real(line, standing[references[at]])
                ]
            standing[reference] = line
    return found, standing


def overlaps_in_tables(engine):
    """Return each two lines of different areas that overlap in land and in time, whatever order they came in."""
    with reading(engine) as session:
        versions = session.scalars(select(AreaVersion)).all()
    tree = STRtree([version.geometry for version in versions])
    pairs = tree.query([version.geometry for version in versions], predicate="intersects").T
    return [
        (versions[one].id, versions[other].id)
        for one, other in pairs
        if one < other
        and versions[one].area_id != versions[other].area_id
        and stood_together(versions[one], versions[other])
        and overlap_is_real(versions[one].geometry, versions[other].geometry)
    ]


def stood_together(one, other):
    """Say whether there was a day on which both lines stood."""
    begun = max(one.valid_from, other.valid_from)
    return all(version.valid_until is None or begun < version.valid_until for version in (one, other))


def current_lines(engine):
    """Return the lines that stand, by reference, as the tables hold them."""
    with reading(engine) as session:
        rows = session.execute(
            select(NeighbourhoodArea.reference, AreaVersion).join(AreaVersion).where(AreaVersion.valid_until.is_(None))
        )
        return {reference: shapely.to_wkb(version.geometry) for reference, version in rows}


def faults(engine):
    """Return where the tables are not what the record says."""
    with reading(engine) as session:
        return [fault.what for fault in state_faults(session)]
