"""Whether an authority may take the place of others: what is refused before anything is changed (O-10)."""

from collections.abc import Iterable

import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Select, UniqueConstraint, select

from app.db import WriteSession
from app.errors import ConflictError, InvalidRequestError, NotFoundError
from app.models import Base, Boundary, BoundaryKind, Organisation, OrganisationKind, Referendum
from app.queries.nearby import in_force
from app.queries.successions import successors
from app.services.succession_facts import Predecessors, SuccessionFacts
from geo.measure import is_wider_than, land
from geo.topology import TOLERANCE_M

KINDS = (BoundaryKind.AUTHORITY, BoundaryKind.RELEVANT_COUNCIL)
HISTORY = frozenset({"area_decision", "forum_decision", "boundary"})
"""Tables whose authority is part of what happened, and stays: who decided, and boundaries, which are dated."""
_PLANNING = frozenset({OrganisationKind.AUTHORITY.value, OrganisationKind.RELEVANT_COUNCIL.value})


def predecessors(session: WriteSession, facts: SuccessionFacts) -> Predecessors:
    """Return the authorities that are no more, where each can be succeeded.

    Raises:
        InvalidRequestError: the new code or a code twice, or no name.
        NotFoundError: neither an organisation nor a boundary of that code is stored.
        ConflictError: one was succeeded already.
    """
    codes = facts.old_codes
    _refuse_codes(facts)
    _refuse_succeeded(session, facts)
    organisations = session.scalars(select(Organisation).where(Organisation.code.in_(codes))).all()
    rows = session.scalars(in_force(_boundaries(codes), Boundary, facts.on)).all()
    names = {row.code: row.name for row in rows} | {each.code: each.name for each in organisations}
    for code in codes:
        if code not in names:
            raise NotFoundError(f"No authority {code} is stored as standing on {facts.on}: check its code and the day.")
    for each in organisations:
        if each.kind not in _PLANNING:
            raise ConflictError(f"{each.name} is no planning authority or council, so it has no successor here.")
    late = [row for row in rows if row.valid_from >= facts.on]
    if late:
        raise ConflictError(f"{late[0].name} stands only from {late[0].valid_from}: give a later day than that.")
    return Predecessors(
        names={code: names[code] for code in codes}, organisations=tuple(organisations), boundaries=tuple(rows)
    )


def _refuse_codes(facts: SuccessionFacts) -> None:
    codes = facts.old_codes
    if not codes or len(set(codes)) != len(codes) or facts.code in codes or not all((*codes, facts.code)):
        raise InvalidRequestError("Name each old authority once, and a new authority with a code of its own.")
    if not facts.name.strip():
        raise InvalidRequestError("The new authority needs a name: give it as it stands on notices.")


def _refuse_succeeded(session: WriteSession, facts: SuccessionFacts) -> None:
    known = successors(session)
    for code in facts.old_codes:
        if code in known:
            by = known[code]
            raise ConflictError(f"{by.name} ({by.code}) took the place of {code} on {by.on} already: name that one.")
    if facts.code in known:
        raise ConflictError(f"{facts.code} is itself no more since {known[facts.code].on}: name another new code.")


def _boundaries(codes: Iterable[str]) -> Select[Boundary]:
    kinds = [kind.value for kind in KINDS]
    return select(Boundary).where(Boundary.kind.in_(kinds), Boundary.code.in_(codes)).order_by(Boundary.code)


def refuse_other_new_authority(session: WriteSession, facts: SuccessionFacts, old: Predecessors) -> None:
    """Refuse a new code or name that already is something else.

    Raises:
        ConflictError: an organisation of that code has another name or is no planning authority; the name belongs to
            another; or the boundary stored for the code covers other land than the old authorities together.
    """
    same = session.scalars(select(Organisation).where(Organisation.code == facts.code)).one_or_none()
    if same is not None and (same.name != facts.name or same.kind not in _PLANNING):
        raise ConflictError(
            f"{facts.code} already is {same.name} ({same.kind}): give that name, or another code for {facts.name}."
        )
    named = session.scalars(select(Organisation).where(Organisation.name == facts.name)).one_or_none()
    if named is not None and named.code not in {facts.code, *old.codes}:
        raise ConflictError(f"{named.code} already has the name {facts.name}: give the new authority another name.")
    for kind in KINDS:
        before = [row for row in old.boundaries if row.kind == kind.value]
        after = session.scalars(
            in_force(_boundaries([facts.code]).where(Boundary.kind == kind.value), Boundary, facts.on)
        ).one_or_none()
        if after is not None and not _is_same_land(after.geometry, joined(before)):
            raise ConflictError(
                f"The boundary stored for {facts.code} covers other land than {' and '.join(old.names.values())} "
                "together: name all the authorities whose place it takes, or correct its boundary."
            )


def joined(rows: Iterable[Boundary]) -> MultiPolygon:
    """Return the land of several boundaries together, EPSG:27700."""
    return land(shapely.union_all([row.geometry for row in rows]))


def _is_same_land(one: BaseGeometry, other: BaseGeometry) -> bool:
    return not is_wider_than(land(shapely.symmetric_difference(one, other)), TOLERANCE_M)


def refuse_unfinished_counts(session: WriteSession, old: Predecessors) -> None:
    """Refuse while a poll of an old authority is being counted: its figures name the councils that counted them.

    Raises:
        ConflictError: naming the polls.
    """
    counting = [
        each.reference
        for each in polls_to_come(session, old)
        if each.portions or each.accounts or each.rounds or each.observers
    ]
    if counting:
        raise ConflictError(f"{', '.join(counting)} is being counted: declare the result before the succession.")


def polls_to_come(session: WriteSession, old: Predecessors) -> list[Referendum]:
    """Return the polls of the old authorities that are not declared yet, by reference."""
    names = list(old.names.values())
    chosen = select(Referendum).where(Referendum.authority.in_(names) | Referendum.council.in_(names))
    return [each for each in session.scalars(chosen.order_by(Referendum.reference)) if each.declaration is None]


def refuse_meeting_keys(session: WriteSession, facts: SuccessionFacts, old: Predecessors) -> None:
    """Refuse where two authorities' own entries would have one and the same key in the new authority.

    Raises:
        ConflictError: naming the table and the key.
    """
    for table in Base.metadata.sorted_tables:
        for constraint in table.constraints:
            names = [column.name for column in constraint.columns] if isinstance(constraint, UniqueConstraint) else []
            if "authority_code" not in names or table.name in HISTORY:
                continue
            others = [table.c[name] for name in names if name != "authority_code"]
            codes = [facts.code, *old.codes]
            keys = [tuple(row) for row in session.execute(select(*others).where(table.c.authority_code.in_(codes)))]
            twice = sorted({str(key[0]) for key in keys if keys.count(key) > 1})
            if twice:
                what = table.name.replace("_", " ")
                raise ConflictError(
                    f"Two of these authorities have a {what} called {twice[0]}: give one of them another name first."
                )
