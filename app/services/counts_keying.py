"""Blind double entry: each sheet is keyed by two people, and what the first keyed is told to nobody before the second.

The record itself holds only a salted hash of an entry until the sheet is settled, so that no reader of it can tell.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.audit import Deed, EventKind, record
from app.db import WriteSession
from app.models import CountEntry, CountPortion
from app.queries.counts import PortionStands, portion_stands
from app.services.counts import Part, open_portion, readable
from referendum.errors import StageError
from referendum.sheets import KeyedSheet, SheetKind, correct_sheet, key_sheet
from referendum.verify import canonical_hash

LONGEST_REASON = 500


def _new_salt() -> str:
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """What someone keys of one sheet: its figures by name; `salt` keeps the record's seal from being guessed."""

    sheet: str
    figures: Mapping[str, int]
    salt: str = field(default_factory=_new_salt)


def sealed(figures: Mapping[str, int], salt: str) -> str:
    """Return the salted hash by which the record holds an entry that nobody may see yet."""
    return canonical_hash({"figures": dict(figures), "salt": salt})


def key_figures(session: WriteSession, deed: Deed, part: Part, facts: EntryFacts) -> KeyedSheet:
    """Key a sheet as the first, the second or, where two differ, a further person; sending it twice does no harm.

    Raises:
        StageError: this person keyed it already (something else), it is settled, or its turn has not come.
        ReferendumError: a figure is missing, too many or impossible.

    Source: COUNT-2, COUNT-3, COUNT-12.
    """
    _, stands = open_portion(session, deed, part)
    held = stands.sheet(facts.sheet)
    _refuse_out_of_turn(stands, held)
    own = next((e for e in stands.row.entries if (e.sheet, e.keyer) == (facts.sheet, deed.by.name)), None)
    if own is not None and own.reason is None and own.figures == dict(facts.figures):
        return held
    key_sheet(held, keyer=deed.by.name, figures=facts.figures)
    return _entered(session, deed, part, stands, facts, reason=None)


def correct_figures(session: WriteSession, deed: Deed, part: Part, facts: EntryFacts, *, reason: str) -> KeyedSheet:
    """Settle or correct figures of a sheet that two people have keyed, with a reason that stays on record.

    Raises:
        StageError: fewer than two people keyed it, no reason, or what it belongs to is closed.
        ReferendumError: a figure is impossible or not on the sheet.

    Source: COUNT-16.
    """
    _, stands = open_portion(session, deed, part)
    held = stands.sheet(facts.sheet)
    _refuse_out_of_turn(stands, held)
    reason = readable(reason, longest=LONGEST_REASON, what="The reason")
    last = next((e for e in reversed(stands.row.entries) if e.sheet == facts.sheet), None)
    if last is not None and (last.keyer, last.reason, last.figures) == (
        deed.by.name,
        reason,
        dict(facts.figures),
    ):
        return held
    correct_sheet(held, by=deed.by.name, figures=facts.figures, reason=reason)
    return _entered(session, deed, part, stands, facts, reason=reason)


def _refuse_out_of_turn(stands: PortionStands, held: KeyedSheet) -> None:
    council = stands.row.council
    if held.sheet.kind is not SheetKind.ROUND:
        if stands.is_verified:
            raise StageError(f"The statement of verification of {council} is drawn up: its papers are closed.")
        return
    if not stands.is_verified:
        raise StageError(f"The papers of {council} are not verified yet: verification comes first (COUNT-2).")
    if held.sheet.number != stands.row.round or stands.is_round_confirmed:
        raise StageError(f"Count {held.sheet.number} of {council} is confirmed: only a recount can change it.")


def _entered(
    session: WriteSession,
    deed: Deed,
    part: Part,
    stands: PortionStands,
    facts: EntryFacts,
    *,
    reason: str | None,
) -> KeyedSheet:
    row = stands.row
    row.entries.append(
        CountEntry(
            sheet=facts.sheet,
            keyer=deed.by.name,
            figures=dict(facts.figures),
            salt=facts.salt,
            reason=reason,
            at=deed.at,
        )
    )
    session.flush()
    after: dict[str, object] = {"portion": part.number, "sheet": facts.sheet, "entry": _entry_number(row, facts)}
    after |= {"sealed": sealed(facts.figures, facts.salt), "reason": reason}
    record(session, deed, EventKind.COUNT_SHEET_KEYED, part.reference, after=after)
    now = portion_stands(stands.number, row).sheet(facts.sheet)
    if now.values is not None:
        settled = {
            "portion": part.number,
            "sheet": facts.sheet,
            "figures": now.values,
            "entries": _opened(row, facts),
        }
        record(session, deed, EventKind.COUNT_SHEET_SETTLED, part.reference, after=settled)
    return now


def _entry_number(row: CountPortion, facts: EntryFacts) -> int:
    return sum(entry.sheet == facts.sheet for entry in row.entries)


def _opened(row: CountPortion, facts: EntryFacts) -> list[dict[str, object]]:
    return [
        {"keyer": entry.keyer, "figures": entry.figures, "salt": entry.salt}
        for entry in row.entries
        if entry.sheet == facts.sheet
    ]
