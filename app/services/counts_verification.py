"""Verification: what is done about a box that differs from its account, and the statement that closes it all."""

from app.audit import Deed, EventKind, record
from app.db import WriteSession
from app.errors import ConflictError, InvalidRequestError
from app.models import BallotPaperAccount, BoxCause, BoxStep, Referendum, VerificationStatementRow
from app.queries.counts import SETTLED, BoxStands, PortionStands, papers_verified, portion_stands
from app.services.counts import Part, open_portion, readable, refuse_stale
from referendum.count_file import LARGEST_FIGURE
from referendum.errors import StageError
from referendum.keying import KeyingState
from referendum.sheets import SheetKind
from referendum.verification import CauseKind, Step, record_cause, take_step

LONGEST_NOTE = 500
_FIGURES = ("supplied", "issued", "spoilt", "unused", "tendered", "found")


def take_box_step(
    session: WriteSession,
    deed: Deed,
    part: Part,
    sheet: str,
    step: Step,
    *,
    found: int | None = None,
    seen_steps: int | None = None,
) -> BoxStands:
    """Record a step about a variance: an account rechecked, a box counted again, other boxes or the post searched.

    Args:
        session: the transaction.
        deed: who, and when.
        part: the portion.
        sheet: its box, as "station-1".
        step: what was done.
        found: papers found, for a recount of the box and nothing else.
        seen_steps: how many steps the sender's page showed; a form sent twice is then refused.

    Raises:
        StageError: the box is not open, or its portion verified; ConflictError: somebody else acted first.

    Source: COUNT-2, COUNT-3.
    """
    stands, box = _open_box(session, deed, part, sheet)
    refuse_stale(seen_steps, len(box.verification.steps), f"the number of steps taken for {_name(box)}")
    if found is not None and found > LARGEST_FIGURE:
        raise InvalidRequestError(f"{found} papers cannot be in one box: give the number that was counted.")
    take_step(box.verification, step, by=deed.by.name, found=found)
    stands.row.box_steps.append(BoxStep(sheet=sheet, step=step.value, by=deed.by.name, found=found, at=deed.at))
    session.flush()
    after = {"portion": part.number, "sheet": sheet, "step": step.value, "found": found}
    after["number"] = sum(taken.sheet == sheet for taken in stands.row.box_steps)
    record(session, deed, EventKind.COUNT_BOX_CHECKED, part.reference, after=after)
    return portion_stands(part.number, stands.row).box(sheet)


def propose_cause(
    session: WriteSession, deed: Deed, part: Part, sheet: str, *, kind: CauseKind, note: str
) -> BoxStands:
    """Record the cause of a variance; a second person must agree before it closes the box.

    Raises:
        StageError: the box is not open, a step is missing, or nothing was said.

    Source: COUNT-3.
    """
    stands, box = _open_box(session, deed, part, sheet)
    note = readable(note, longest=LONGEST_NOTE, what="The note")
    last = box.proposed
    if last is not None and (last.kind, last.note, last.by) == (kind.value, note, deed.by.name):
        return box
    record_cause(box.verification, kind, note, by=deed.by.name, agreed_by="a second person, still to agree")
    row = BoxCause(sheet=sheet, kind=kind.value, note=note, by=deed.by.name, at=deed.at)
    stands.row.box_causes.append(row)
    session.flush()
    after = {"portion": part.number, "sheet": sheet, "cause": kind.value, "note": note}
    after["number"] = sum(cause.sheet == sheet for cause in stands.row.box_causes)
    record(session, deed, EventKind.COUNT_CAUSE_RECORDED, part.reference, after=after)
    return portion_stands(part.number, stands.row).box(sheet)


def agree_cause(session: WriteSession, deed: Deed, part: Part, sheet: str) -> BoxStands:
    """Agree, as the second person, to the cause that another recorded; the box is closed.

    Raises:
        StageError: the box is not open, or the one who recorded the cause agrees with themself.
        ConflictError: no cause was recorded.

    Source: COUNT-3.
    """
    stands, box = _open_box(session, deed, part, sheet)
    proposed = box.proposed
    if proposed is None:
        raise ConflictError(f"No cause was recorded for {_name(box)} yet: record one first.")
    record_cause(box.verification, CauseKind(proposed.kind), proposed.note, by=proposed.by, agreed_by=deed.by.name)
    proposed.agreed_by, proposed.agreed_at = deed.by.name, deed.at
    session.flush()
    after: dict[str, object] = {"portion": part.number, "sheet": sheet}
    after["number"] = sum(cause.sheet == sheet for cause in stands.row.box_causes)
    record(session, deed, EventKind.COUNT_CAUSE_AGREED, part.reference, after=after)
    return portion_stands(part.number, stands.row).box(sheet)


def draw_up_statement(session: WriteSession, deed: Deed, part: Part) -> VerificationStatementRow:
    """Draw up a portion's statement of the result of verification; from then on its accounts are closed.

    Raises:
        StageError: naming the first thing that is left: a sheet, a box, or an account that cannot be.

    Source: COUNT-2, COUNT-3, COUNT-4 (rule 37, unverified).
    """
    referendum, stands = open_portion(session, deed, part)
    if stands.row.statement is not None:
        return stands.row.statement
    _refuse_unfinished(stands)
    row = VerificationStatementRow(document=statement_document(stands), by=deed.by.name, at=deed.at)
    stands.row.statement = row
    _keep_accounts(session, deed, referendum, stands)
    record(
        session,
        deed,
        EventKind.COUNT_VERIFIED,
        part.reference,
        after={"portion": part.number, "statement": row.document},
    )
    return row


def statement_document(stands: PortionStands) -> dict[str, object]:
    """Return the statement of the result of verification as observers may copy it. Source: COUNT-4."""
    sessions = [held.values for held in stands.sheets if held.sheet.kind is SheetKind.POSTAL]
    return {
        "poll": stands.row.poll,
        "council": stands.row.council,
        "electorate": stands.electorate,
        "stations": [_row(box) for box in stands.boxes],
        "postal_sessions": [values["found"] for values in sessions if values is not None],
        "total_verified": papers_verified(stands),
    }


def _row(box: BoxStands) -> dict[str, object]:
    station, cause = box.verification.station, box.verification.cause
    return {
        "name": station.name,
        **{name: getattr(station, name) for name in _FIGURES},
        "accounted_for": box.check.accounted_for,
        "found": box.verification.found,
        "variance": box.verification.found - station.issued,
        "box": box.verification.state.value,
        "cause": None if cause is None else {"kind": cause.kind.value, "note": cause.note},
    }


def _refuse_unfinished(stands: PortionStands) -> None:
    council = stands.row.council
    for held in stands.verification_sheets:
        if held.state not in SETTLED:
            left = {
                KeyingState.AWAITING_FIRST: "was keyed by nobody yet",
                KeyingState.AWAITING_SECOND: "was keyed by one person only",
            }.get(held.state, "was keyed differently by two people")
            raise StageError(f"The sheet {held.sheet.key} of {council} {left}: finish it first.")
    for box in stands.boxes:
        if box.check.over_issue:
            raise StageError(
                f"{_name(box)} cannot have issued and replaced more papers than it was given: correct its account "
                "(COUNT-3)."
            )
    if stands.open_boxes:
        raise StageError(f"The box of {_name(stands.open_boxes[0])} differs from its account: follow it up first.")


def _keep_accounts(session: WriteSession, deed: Deed, referendum: Referendum, stands: PortionStands) -> None:
    for box in stands.boxes:
        figures = {name: getattr(box.verification.station, name) for name in _FIGURES}
        figures["found"] = box.verification.found
        after = {"poll": stands.row.poll, "council": stands.row.council, "station": _name(box), **figures}
        referendum.accounts.append(BallotPaperAccount(**after))
        session.flush()
        record(session, deed, EventKind.ACCOUNTS_RECORDED, referendum.reference, after=after)
    session.flush()


def _open_box(session: WriteSession, deed: Deed, part: Part, sheet: str) -> tuple[PortionStands, BoxStands]:
    _, stands = open_portion(session, deed, part)
    if stands.is_verified:
        raise StageError(f"The statement of verification of {stands.row.council} is drawn up: its boxes are closed.")
    return stands, stands.box(sheet)


def _name(box: BoxStands) -> str:
    return box.verification.station.name
