"""The moves of a succession: each noun's rows from the old authorities to the new one (O-10)."""

from collections.abc import Iterator

from sqlalchemy import Table, select, update

from app.audit import Deed, EventKind, record
from app.db import WriteSession
from app.models import (
    AccessToken,
    AreaApplication,
    Base,
    Boundary,
    BoundaryDraft,
    BoundaryKind,
    ConsultationHeld,
    Forum,
    InformationPack,
    NeighbourhoodArea,
    NeighbourhoodGroup,
    Organisation,
    OrganisationKind,
    Plan,
    PollingStation,
    Referendum,
    RoleHeld,
    UserSession,
)
from app.queries.consents import authorities_of_area
from app.services.accounts import subject_of
from app.services.succession_checks import HISTORY, KINDS, joined, polls_to_come
from app.services.succession_facts import Predecessors, SuccessionFacts
from geo.boundary import boundary
from referendum.question import Instrument, prescribed_question


def new_organisation(session: WriteSession, deed: Deed, facts: SuccessionFacts, old: Predecessors) -> Organisation:
    """Return the new authority as an organisation, added where it is not there yet; an old one gives up its name."""
    for each in old.organisations:
        if each.name == facts.name:
            each.name = f"{each.name} (until {facts.on:%-d %B %Y})"
    session.flush()
    runs_polls = any(each.runs_polls or each.kind == OrganisationKind.RELEVANT_COUNCIL for each in old.organisations)
    found = session.scalars(select(Organisation).where(Organisation.code == facts.code)).one_or_none()
    if found is not None:
        found.runs_polls = found.runs_polls or runs_polls
        return found
    is_authority = any(row.kind == BoundaryKind.AUTHORITY.value for row in old.boundaries) or any(
        each.kind == OrganisationKind.AUTHORITY.value for each in old.organisations
    )
    kind = OrganisationKind.AUTHORITY if is_authority else OrganisationKind.RELEVANT_COUNCIL
    added = Organisation(code=facts.code, name=facts.name, kind=kind.value, runs_polls=runs_polls)
    session.add(added)
    session.flush()
    after = {"name": facts.name, "kind": kind.value, "runs_polls": runs_polls}
    record(session, deed, EventKind.ORGANISATION_ADDED, facts.code, after=after)
    return added


def move_boundaries(session: WriteSession, deed: Deed, facts: SuccessionFacts, old: Predecessors) -> tuple[str, ...]:
    """End the old authorities' boundaries on the day, and begin the new one's: their land together."""
    source = f"succession of {', '.join(facts.old_codes)}"
    for kind in KINDS:
        rows = [row for row in old.boundaries if row.kind == kind.value]
        if not rows:
            continue
        standing = session.scalars(
            select(Boundary).where(
                Boundary.kind == kind.value, Boundary.code == facts.code, Boundary.valid_until.is_(None)
            )
        ).first()
        if standing is None:
            flags = {row.is_relevant_council for row in rows} - {None}
            session.add(
                Boundary(
                    kind=kind.value,
                    code=facts.code,
                    name=facts.name,
                    valid_from=facts.on,
                    is_relevant_council=any(flags) if flags else None,
                    source=source,
                    imported_at=deed.at,
                    geometry=boundary(joined(rows)),
                )
            )
        for row in rows:
            row.valid_until = facts.on
        session.flush()
        after = {"source": source, "valid_from": facts.on.isoformat(), "added": 1 - bool(standing), "ended": len(rows)}
        record(session, deed, EventKind.BOUNDARIES_IMPORTED, kind.value, after=after)
    return tuple(sorted({row.code for row in old.boundaries}))


def move_districts(
    session: WriteSession, deed: Deed, facts: SuccessionFacts, old: Predecessors
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Begin each polling district anew in the new authority on the day; return those moved, and those that clash."""
    rows = list(
        session.scalars(
            select(Boundary)
            .where(
                Boundary.kind == BoundaryKind.POLLING_DISTRICT.value,
                Boundary.authority_code.in_(old.codes),
                Boundary.valid_until.is_(None),
            )
            .order_by(Boundary.code)
        )
    )
    codes = [row.code for row in rows]
    clashing = tuple(sorted({code for code in codes if codes.count(code) > 1}))
    for row in rows:
        if row.code in clashing:
            continue
        row.valid_until = facts.on
        begun = {name: getattr(row, name) for name in ("kind", "code", "name", "source", "geometry")}
        session.add(Boundary(**begun, authority_code=facts.code, valid_from=facts.on, imported_at=deed.at))
    session.flush()
    return tuple(code for code in codes if code not in clashing), clashing


def areas_of(session: WriteSession, old: Predecessors) -> list[NeighbourhoodArea]:
    """Return the neighbourhood areas for which an old authority answers, by reference."""
    areas = session.scalars(select(NeighbourhoodArea).order_by(NeighbourhoodArea.reference))
    return [area for area in areas if old.codes & {code for code, _ in authorities_of_area(session, area)}]


def move_cases(
    session: WriteSession, facts: SuccessionFacts, old: Predecessors, areas: list[NeighbourhoodArea]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give applications and consultations to the new authority; yield what follows their areas, by noun."""
    for application in session.scalars(select(AreaApplication)):
        told = application.verdict["authorities"]
        if old.codes & {each["code"] for each in told}:
            application.verdict = {**application.verdict, "authorities": _succeeded(told, facts, old)}
    numbers = [area.id for area in areas]
    yield "areas", tuple(area.reference for area in areas)
    for noun, model in (("plans", Plan), ("forums", Forum)):
        rows = session.scalars(select(model.reference).where(model.area_id.in_(numbers)).order_by(model.reference))
        yield noun, tuple(rows)
    held = [
        each
        for each in session.scalars(select(ConsultationHeld).order_by(ConsultationHeld.id))
        if old.codes & set(each.held_by)
    ]
    for each in held:
        each.held_by = sorted({facts.code if code in old.codes else code for code in each.held_by})
    yield "consultations", tuple(f"{each.subject} {each.kind} {each.number}" for each in held)
    session.flush()


def _succeeded(told: list[dict[str, object]], facts: SuccessionFacts, old: Predecessors) -> list[dict[str, object]]:
    """Return the authorities of a verdict with the new one in the place of the old, which it names as it was."""
    gone = [each for each in told if each["code"] in old.codes]
    formerly = [{"code": each["code"], "name": each["name"]} for each in gone]
    new = {**gone[0], "code": facts.code, "name": facts.name, "formerly": formerly}
    return [new if each is gone[0] else each for each in told if each is gone[0] or each not in gone]


def move_rows(
    session: WriteSession, facts: SuccessionFacts, old: Predecessors
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the new authority every row that carries an old code, but for what is history; yield them by noun."""
    for table in Base.metadata.sorted_tables:
        if "authority_code" in table.c and table.name not in HISTORY:
            yield table.name, _moved(session, table, "authority_code", facts, old)
    drafts = Base.metadata.tables[BoundaryDraft.__tablename__]
    yield "drafts", _moved(session, drafts, "organisation", facts, old)


def _moved(
    session: WriteSession, table: Table, column: str, facts: SuccessionFacts, old: Predecessors
) -> tuple[str, ...]:
    name = table.c.reference if "reference" in table.c else table.c.id
    mine = table.c[column].in_(old.codes)
    rows = tuple(str(row) for row in session.scalars(select(name).where(mine).order_by(table.c.id)))
    if rows:
        session.execute(update(table).where(mine).values({column: facts.code}))
        session.expire_all()
    return rows


def move_groups(session: WriteSession, new: Organisation, old: Predecessors) -> tuple[str, ...]:
    """Give the new authority the entries of groups that an old one keeps."""
    numbers = [each.id for each in old.organisations]
    rows = list(session.scalars(select(NeighbourhoodGroup).where(NeighbourhoodGroup.organisation_id.in_(numbers))))
    for row in rows:
        row.organisation = new
    session.flush()
    return tuple(row.reference for row in rows)


def move_roles(session: WriteSession, deed: Deed, new: Organisation, old: Predecessors) -> tuple[str, ...]:
    """End each role in an old authority and grant it in the new one; sessions and tokens go on in it."""
    numbers = [each.id for each in old.organisations]
    granted: dict[tuple[int, str], RoleHeld] = {
        (held.user_id, held.role): held
        for held in session.scalars(
            select(RoleHeld).where(RoleHeld.organisation_id == new.id, RoleHeld.ended_at.is_(None))
        )
    }
    ending = session.scalars(
        select(RoleHeld).where(RoleHeld.organisation_id.in_(numbers), RoleHeld.ended_at.is_(None)).order_by(RoleHeld.id)
    ).all()
    for held in ending:
        held.ended_at = deed.at
        was = {"role": held.role, "in": held.organisation.code}
        record(session, deed, EventKind.ROLE_ENDED, subject_of(held.user), before=was)
        key = held.user_id, held.role
        if key not in granted:
            granted[key] = RoleHeld(user_id=held.user_id, organisation=new, role=held.role, granted_at=deed.at)
            session.add(granted[key])
            session.flush()
            now = {"role": held.role, "in": new.code}
            record(session, deed, EventKind.ROLE_GRANTED, subject_of(held.user), after=now)
        for model in (UserSession, AccessToken):
            session.execute(update(model).where(model.role_id == held.id).values(role_id=granted[key].id))
    session.flush()
    return tuple(f"{held.user.name}: {held.role}" for held in ending)


def move_polls(
    session: WriteSession, facts: SuccessionFacts, old: Predecessors
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give polls that are not declared to the new authority; return them, and those whose question stays as printed.

    The question names the planning authority (Q-4), so it is written anew unless the information pack is out.
    """
    names, printed = set(old.names.values()), list[str]()
    polls = polls_to_come(session, old)
    for poll in polls:
        packed = session.scalars(select(InformationPack.id).where(InformationPack.referendum_id == poll.id)).first()
        if poll.authority in names:
            poll.authority = facts.name
            _ask_anew(poll, printed, is_out=packed is not None)
        if poll.council in names:
            poll.council = facts.name
        session.execute(
            update(PollingStation)
            .where(PollingStation.referendum_id == poll.id, PollingStation.council.in_(names))
            .values(council=facts.name)
        )
    session.flush()
    return tuple(poll.reference for poll in polls), tuple(printed)


def _ask_anew(poll: Referendum, printed: list[str], *, is_out: bool) -> None:
    if is_out:
        printed.append(poll.reference)
        return
    instrument = Instrument(poll.plan.instrument)
    poll.question = prescribed_question(instrument, area=poll.plan.area.name, authority=poll.authority)
