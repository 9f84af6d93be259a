"""One verdict at every door: the command line on files, and the service on either database, to the byte.

Two thousand made-up cases, each in a square of its own, three kilometres wide:

      +-------------+-------------+
      |             |             |   P, the applicant's parish, with a wavering outline; Q and R, its neighbours;
      |     Q       |      R      |   one authority or two, or a National Park's; current areas that share the
      |        +----+---+         |   edge, overlap, leave slivers and gaps, lie inside or round about; some have
      +--------+   P    +---------+   ended, some begin later, some will be replaced; some applications undecided.
      |        +--------+         |
      +---------------------------+
"""

import contextlib
import csv
import io
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
import shapely
import typer
from shapely import MultiPolygon, Polygon, affinity, box
from sqlalchemy import insert

from app.area_places import open_applications_in, surroundings
from app.cli.areas import commands
from app.db import reading, writing
from app.documents import document_text
from app.models import (
    AreaApplication,
    AreaStatus,
    AreaVersion,
    Boundary,
    BoundaryKind,
    NeighbourhoodArea,
)
from app.services.areas import Drawn, examine
from app.verdict import check_area, verdict_document
from geo.reading import Source, read_layer
from referendum.designation import parse_applicant

CASES = 2_000
IN_A_BATCH = 100
COMMAND_EVERY = 89
ACROSS = 45
SPACING_M = 3_000
CORNER = (380_000, 200_000)
TODAY = date(2026, 11, 21)
LONG_AGO, RECENTLY, SOON, LATER = date(2010, 4, 1), date(2024, 4, 1), date(2027, 4, 1), date(2030, 4, 1)
NULLS = {"render_nulls": True}
EVERY_CODE = {
    "area-reaches-outside",
    "area-still-to-come",
    "area-to-modify",
    "authority-edge",
    "competing-application",
    "consent-to-act",
    "consent-to-modify",
    "contains-current-area",
    "current-area-invalid",
    "duplicate-application",
    "forum-in-parish",
    "gap",
    "inside-current-area",
    "national-park",
    "near-duplicate",
    "not-whole-parish",
    "nothing-left",
    "outside-authorities",
    "outside-own-parish",
    "overlap",
    "parish-without-council",
    "remainder",
    "self-crossing",
    "several-authorities",
    "sliver",
    "whole-parish",
}


@dataclass
class Place:
    """A row of a file and of a table."""

    reference: str
    name: str
    shape: shapely.Geometry
    start: date = LONG_AGO
    end: date | None = None
    has_council: bool | None = None
    applicant: str = ""


@dataclass
class Case:
    """One area to check, and all that is round about it."""

    shape: shapely.Geometry
    applicant: str | None
    reference: str
    areas: list[Place] = field(default_factory=list)
    parishes: list[Place] = field(default_factory=list)
    authorities: list[Place] = field(default_factory=list)
    waiting: list[Place] = field(default_factory=list)


def wavering(shape, rng, reach_m=6.0):
    """The shape with a corner every three hundred metres or so, each moved a little, to the millimetre."""
    ring = shapely.get_coordinates(shapely.segmentize(shape.exterior, 300.0))[:-1]
    moved = np.round(ring + rng.uniform(-reach_m, reach_m, ring.shape), 3)
    return Polygon(moved)


def land_to_check(kind, whole, rng):
    west, south, east, north = whole.bounds
    shapes = {
        "whole": lambda: whole,
        "second drawing": lambda: wavering(whole, rng, 0.6),
        "part": lambda: whole.intersection(box(west, south, west + rng.integers(200, 700), north)),
        "beyond": lambda: affinity.scale(whole, 1.3, 1.1),
        "two parts": lambda: MultiPolygon(
            [box(west + 40, south + 40, west + 300, north - 300), box(east - 300, south + 100, east + 200, north)]
        ),
        "with a hole": lambda: whole.difference(box(west + 300, south + 300, west + 500, south + 500)),
        "bow tie": lambda: Polygon([(west, south), (east, north), (east, south), (west, north)]),
        "elsewhere": lambda: affinity.translate(whole, 0, 1_050),
    }
    return shapes[kind]()


def current_area(kind, shape, rng):
    """The shape of a current area, by how it lies to the land being checked."""
    west, south, east, north = shape.bounds
    mended = shapely.make_valid(shape)
    beside = box((west + east) / 2, south - 200, east + 500, north + 200)
    shapes = {
        "shared edge": lambda: beside.difference(mended),
        "sliver": lambda: beside.difference(affinity.translate(mended, -1.4, 0)),
        "gap": lambda: beside.difference(affinity.translate(mended, 1.2, 0)),
        "overlap": lambda: beside.difference(affinity.translate(mended, -rng.uniform(3.5, 400), 0)),
        "again": lambda: affinity.translate(mended, 3.6, 3.6),
        "inside": lambda: box(west + 310, south + 310, west + 400, south + 450),
        "round about": lambda: shapely.buffer(mended, 60, join_style="mitre"),
        "all but a corner": lambda: box(west - 50, south - 50, east + 50, north - 150),
        "two parts": lambda: MultiPolygon(
            [box(west - 90, south, west + 20, south + 200), box(west - 90, north - 200, west + 1.5, north)]
        ),
        "invalid": lambda: Polygon([(east - 50, south), (east + 300, north), (east + 300, south), (east - 50, north)]),
        "far": lambda: box(east + 60, south, east + 90, north),
    }
    return MultiPolygon(shapely.get_parts(shapes[kind]()).tolist())


LANDS = ("whole", "whole", "second drawing", "part", "beyond", "two parts", "with a hole", "bow tie", "elsewhere")
LIES = (
    *("shared edge", "sliver", "gap", "overlap", "again", "inside", "inside", "round about", "all but a corner"),
    *("two parts", "invalid", "far"),
)
TIMES = ("stands", "stands", "stands", "ended", "ends today", "to come", "to be replaced", "begins today")


def dated(row, when, rng):
    """The row as it stands in time, and the one that replaces it."""
    if when == "to be replaced":
        next_line = affinity.translate(row.shape, float(rng.integers(-9, 9)), 0)
        return [
            Place(row.reference, row.name, row.shape, start=RECENTLY, end=SOON),
            Place(row.reference, row.name, next_line, start=SOON),
        ]
    spans = {
        "stands": (LONG_AGO, None),
        "ended": (LONG_AGO, RECENTLY),
        "ends today": (LONG_AGO, TODAY),
        "to come": (SOON, LATER),
        "begins today": (TODAY, None),
    }
    start, end = spans[when]
    return [Place(row.reference, row.name, row.shape, start=start, end=end)]


def made_up(number):
    """The case of a number, always the same."""
    rng = np.random.default_rng([2012, number])
    west, south = CORNER[0] + number % ACROSS * SPACING_M, CORNER[1] + number // ACROSS * SPACING_M
    whole = wavering(box(west + 1000, south + 900, west + 1900, south + 1800), rng)
    case = Case(
        shape=land_to_check(rng.choice(LANDS), whole, rng),
        applicant=rng.choice([f"parish:P{number:04}", f"parish:P{number:04}", "forum", ""]) or None,
        reference=f"NA-{900_000 + number}",
    )
    for index, lie in enumerate(rng.choice(LIES, rng.integers(0, 3), replace=False)):
        row = Place(f"NA-{number * 10 + index:06}", f"Area {lie}", current_area(lie, case.shape, rng))
        case.areas += dated(row, rng.choice(TIMES), rng)
    if rng.random() < 0.15:
        mine = MultiPolygon(shapely.get_parts(shapely.make_valid(case.shape)).tolist())
        case.areas.append(Place(case.reference, "Itself", mine))
    case.parishes = parishes_round(whole, number, rng, (west, south))
    case.authorities = authorities_round(number, rng, (west, south))
    for index in range(rng.choice([0, 0, 0, 1, 2])):
        body = rng.choice([f"parish:P{number:04}", f"parish:Q{number:04}", "forum"])
        place = affinity.translate(whole, float(rng.choice([0, 880, 1000])), 0)
        case.waiting.append(Place(f"NA-{950_000 + number * 2 + index}", "Waiting", place, applicant=body))
    return case


def parishes_round(whole, number, rng, corner):
    west, south = corner
    council = [True, False, None]
    around = box(west + 300, south + 300, west + 2600, south + 2600).difference(whole)
    rows = [
        Place(f"P{number:04}", "Parish P", whole, has_council=rng.choice(council, p=[0.7, 0.2, 0.1])),
        Place(
            f"P{number:04}",
            "Parish P once",
            box(west + 900, south + 900, west + 1500, south + 1500),
            start=date(2000, 1, 1),
            end=RECENTLY,
        ),
        Place(f"Q{number:04}", "Parish Q", around.intersection(box(west, south, west + 1450, south + 3000))),
        Place(f"R{number:04}", "Parish R", around.intersection(box(west + 1450, south, west + 3000, south + 3000))),
        Place(f"S{number:04}", "Parish S to come", box(west + 900, south + 900, west + 1500, south + 1500), start=SOON),
    ]
    for row in rows[2:4]:
        row.has_council = rng.choice(council)
    return rows


def authorities_round(number, rng, corner):
    west, south = corner
    rows = [Place(f"L{number:04}", "Elmshire", box(west, south, west + 2990, south + 2990))]
    line = south + rng.choice([1000.0, 1300.0, 1780.0, 1794.0])
    if rng.random() < 0.4:
        name = rng.choice(["Oakshire", "Hollin Moors National Park Authority", "Fenland Development Corporation"])
        rows[0].shape = box(west, south, west + 2990, line)
        rows.append(Place(f"M{number:04}", name, box(west, line, west + 2990, south + 2990)))
    elif rng.random() < 0.1:
        rows[0].shape = box(west, south, west + 2990, line)
    return rows


def write(path, rows):
    """Write rows as a table with hexadecimal WKB, so that no digit is lost."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["reference", "name", "start-date", "end-date", "has_council", "applicant", "geometry"])
        for row in rows:
            council = "" if row.has_council is None else "yes" if row.has_council else "no"
            shape = shapely.to_wkb(row.shape, hex=True)
            writer.writerow([row.reference, row.name, row.start, row.end or "", council, row.applicant, shape])
    return path


FILES = ("areas", "parishes", "authorities", "open-applications")


@dataclass
class Batch:
    """A hundred cases in one file of areas to check and four of what is round about them."""

    folder: Path
    cases: list[Case]

    def __post_init__(self):
        self.areas = write(self.folder / "area.csv", [Place(case.reference, "", case.shape) for case in self.cases])
        rows = ("areas", "parishes", "authorities", "waiting")
        for name, kind in zip(FILES, rows, strict=True):
            write(self.folder / f"{name}.csv", [row for case in self.cases for row in getattr(case, kind)])

    def drawn(self):
        """The areas as the service would be sent them, one by one."""
        layer = read_layer(self.areas)
        told = {"format": layer.format, "layer": layer.layer, "crs": layer.crs, "crs_evidence": layer.crs_evidence}
        source = Source(**told, flipped=layer.flipped)
        return [
            Drawn(geometry_bng=row.geometry_bng, source=source, findings=(*layer.notices, *row.findings))
            for row in layer.features
        ]

    def from_files(self):
        """What the command line answers, its files read once for all."""
        layers = {name: read_layer(self.folder / f"{name}.csv") for name in FILES}
        waiting = layers.pop("open-applications")
        around = surroundings(**layers, on=TODAY)
        for case, drawn in zip(self.cases, self.drawn(), strict=True):
            body = applicant_of(case)
            verdict = check_area(
                drawn.geometry_bng,
                source=drawn.source,
                on=TODAY,
                applicant=body,
                areas=around.areas,
                parishes=around.parishes,
                authorities=around.authorities,
                findings_from_reading=(*drawn.findings, *around.findings),
                open_applications=open_applications_in(waiting, body, leaving_out=case.reference),
                reference=case.reference,
            )
            yield drawn, document_text(verdict_document(verdict))

    def printed(self, number):
        """What the command itself prints of one of the cases."""
        case = self.cases[number]
        words = ["check-area", str(self.areas), "--feature", case.reference, "--on", TODAY.isoformat(), "--json"]
        for name in FILES:
            words += [f"--{name}", str(self.folder / f"{name}.csv")]
        if case.applicant:
            words += ["--applicant", case.applicant]
        with contextlib.redirect_stdout(io.StringIO()) as out:
            typer.main.get_command(commands).main(words, standalone_mode=False)
        return out.getvalue()


def applicant_of(case):
    return None if case.applicant is None else parse_applicant(case.applicant)


@pytest.fixture(scope="session")
def corpus():
    """The cases."""
    return [made_up(number) for number in range(CASES)]


@pytest.fixture(scope="session")
def batches(corpus, tmp_path_factory):
    """The cases by the hundred, as files."""
    starts = range(0, CASES, IN_A_BATCH)
    return [Batch(tmp_path_factory.mktemp("corpus"), corpus[start : start + IN_A_BATCH]) for start in starts]


@pytest.fixture(scope="session")
def from_files(batches):
    """For each case, the area as the service would be sent it, and what the files' path answers."""
    return [answer for batch in batches for answer in batch.from_files()]


def boundary_rows(kind, rows):
    facts = {
        "kind": kind.value,
        "authority_code": "",
        "source": "made up",
        "imported_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    return [
        {
            **facts,
            "code": row.reference,
            "name": row.name,
            "valid_from": row.start,
            "valid_until": row.end,
            "has_council": None if row.has_council is None else bool(row.has_council),
            "is_relevant_council": None if kind is BoundaryKind.PARISH else row.name in {"Elmshire", "Oakshire"},
            "geometry": MultiPolygon(shapely.get_parts(row.shape).tolist()),
        }
        for row in rows
    ]


def load(session, corpus):
    """Put every case into the tables at once."""
    parishes = boundary_rows(BoundaryKind.PARISH, [row for case in corpus for row in case.parishes])
    authorities = boundary_rows(BoundaryKind.AUTHORITY, [row for case in corpus for row in case.authorities])
    session.execute(insert(Boundary), parishes + authorities, execution_options=NULLS)
    areas = [row for case in corpus for row in case.areas]
    waiting = [row for case in corpus for row in case.waiting]
    names = {row.reference: (row.name, AreaStatus.DESIGNATED) for row in areas}
    names |= {row.reference: (row.name, AreaStatus.APPLIED) for row in waiting}
    numbers = {reference: number for number, reference in enumerate(names, start=1)}
    session.execute(
        insert(NeighbourhoodArea),
        [
            {"id": numbers[reference], "reference": reference, "name": name, "status": status.value}
            for reference, (name, status) in names.items()
        ],
    )
    session.execute(
        insert(AreaVersion),
        [
            {
                "area_id": numbers[row.reference],
                "valid_from": row.start,
                "valid_until": row.end,
                "reason": "made up",
                "geometry": MultiPolygon(shapely.get_parts(row.shape).tolist()),
            }
            for row in areas
        ],
        execution_options=NULLS,
    )
    session.execute(
        insert(AreaApplication),
        [
            {
                "area_id": numbers[row.reference],
                "applicant_kind": row.applicant.partition(":")[0],
                "applicant_name": "Someone",
                "applicant_parish_code": row.applicant.partition(":")[2] or None,
                "statement": "made up",
                "received_on": RECENTLY,
                "route": "may-designate",
                "verdict": {},
                "geometry": MultiPolygon(shapely.get_parts(row.shape).tolist()),
            }
            for row in waiting
        ],
        execution_options=NULLS,
    )


@pytest.mark.rule("AREA-7", "AREA-9", "AREA-10", "AREA-15", "AREA-16", "AREA-20", "T-1", "T-2")
def test_every_door_gives_the_same_verdict_to_the_byte(engine, corpus, from_files):
    with writing(engine) as session:
        load(session, corpus)
    codes = set()
    with reading(engine) as session:
        for number, (case, (drawn, answer)) in enumerate(zip(corpus, from_files, strict=True)):
            verdict = examine(session, drawn, applicant=applicant_of(case), on=TODAY, reference=case.reference)
            assert document_text(verdict_document(verdict)) == answer, f"case {number}"
            codes |= {found.code for found in verdict.findings}
    assert codes >= EVERY_CODE


def test_the_command_prints_what_the_path_of_files_answers(batches, from_files):
    for number in range(0, CASES, COMMAND_EVERY):
        batch, row = divmod(number, IN_A_BATCH)
        assert batches[batch].printed(row) == from_files[number][1], f"case {number}"
