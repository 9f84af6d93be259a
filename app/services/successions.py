"""A new authority takes the place of one or several: everything theirs is its own from then on, in one transaction."""

from app.audit import Deed, EventKind, record
from app.db import WriteSession, hold_lock
from app.errors import InvalidRequestError, NotAllowedError
from app.services.succession_checks import (
    predecessors,
    refuse_meeting_keys,
    refuse_other_new_authority,
    refuse_unfinished_counts,
)
from app.services.succession_facts import Predecessors, Succession, SuccessionFacts
from app.services.succession_moves import (
    areas_of,
    move_boundaries,
    move_cases,
    move_districts,
    move_groups,
    move_polls,
    move_roles,
    move_rows,
    new_organisation,
)


def succeed(session: WriteSession, deed: Deed, facts: SuccessionFacts, *, ahead: bool = False) -> Succession:
    """Put a new authority in the place of old ones: cases, plans, polls to come, registers, roles and boundaries.

    What happened keeps its maker: decisions, declared results and the record name the old authorities. References
    and addresses stay as they are.

    Args:
        session: the transaction; rolled back by the caller where it only looks ahead.
        deed: who does it, for the service itself.
        facts: the authorities and the day.
        ahead: only to tell what would change, so the day may be still to come.

    Raises:
        NotAllowedError: done for one organisation.
        InvalidRequestError: the day is still to come, or a code or name that cannot be.
        NotFoundError, ConflictError: as for what is checked before.

    Source: O-10 (Unverified: which orders of reorganisation change the council of an area in mid-process).
    """
    if deed.by.organisation:
        raise NotAllowedError("Only whoever runs the service puts one authority in another's place: ask them.")
    if facts.on > deed.at.date() and not ahead:
        raise InvalidRequestError(f"{facts.on} is still to come: do this on the day or later, or look with --dry-run.")
    for lock in ("designation", "audit"):
        hold_lock(session, lock)
    old = predecessors(session, facts)
    refuse_other_new_authority(session, facts, old)
    refuse_unfinished_counts(session, old)
    refuse_meeting_keys(session, facts, old)
    succession = _moved(session, deed, facts, old)
    after = {
        "from": [{"code": code, "name": name} for code, name in old.names.items()],
        "name": facts.name,
        "on": facts.on.isoformat(),
        "homes": {noun: list(references) for noun, references in succession.homes.items()},
    }
    record(session, deed, EventKind.AUTHORITY_SUCCEEDED, facts.code, after=after)
    return succession


def _moved(session: WriteSession, deed: Deed, facts: SuccessionFacts, old: Predecessors) -> Succession:
    areas = areas_of(session, old)
    new = new_organisation(session, deed, facts, old)
    homes = {"boundaries": move_boundaries(session, deed, facts, old)}
    homes["polling districts"], clashing = move_districts(session, deed, facts, old)
    homes |= dict(move_cases(session, facts, old, areas))
    homes |= {noun.replace("_", " "): rows for noun, rows in move_rows(session, facts, old)}
    homes["groups"] = move_groups(session, new, old)
    homes["referendums"], printed = move_polls(session, facts, old)
    homes["roles"] = move_roles(session, deed, new, old)
    kept = [f"{poll} keeps the question as printed, since its information pack is out." for poll in printed]
    if clashing:
        kept.append(
            f"Polling districts {', '.join(clashing)} are in two of the councils: import {facts.name}'s own districts."
        )
    filled = {noun: references for noun, references in homes.items() if references}
    return Succession(facts=facts, names=old.names, homes=filled, kept=tuple(kept))
