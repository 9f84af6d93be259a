"""The night of the count: set up, key blind, verify, count, recount, sign, release; and the count board for anyone."""

from http import HTTPStatus

from fastapi import APIRouter

from app.audit import Deed
from app.auth import ANYONE, CountDeed, KeyDeed, SignDeed
from app.db import WriteSession
from app.queries.counts import board_of, portions_of
from app.queries.referendums import referendum_with_everything
from app.routing import Route
from app.schemas.counts import (
    AgreementIn,
    BoardOut,
    BoxOut,
    BoxStepIn,
    CauseIn,
    ConfirmationIn,
    CorrectionIn,
    CountOut,
    EntryIn,
    ObserverIn,
    PortionIn,
    RecountIn,
    ReleaseIn,
    SheetOut,
    SignatureIn,
    SignatureOut,
    board_out,
    box_of,
    count_of,
    sheet_of,
)
from app.services.counts import Part, refuse_other_count
from app.services.counts_board import release
from app.services.counts_keying import EntryFacts, correct_figures, key_figures
from app.services.counts_rounds import answer_recount, authorise_portion, confirm_portion_round, give_final_statement
from app.services.counts_setup import PortionFacts, record_observer, set_up_portion
from app.services.counts_signing import sign_count
from app.services.counts_verification import agree_cause, draw_up_statement, propose_cause, take_box_step
from app.services.referendums import referendum_by_reference
from app.state import Reading, Writing

router = APIRouter(route_class=Route, prefix="/referendums/{reference}/count", tags=["counts"])
_PART = "/portions/{number}"


@router.get("", summary="Where a count stands")
def get_count(session: Reading, deed: KeyDeed, reference: str) -> CountOut:
    """Return where a count stands, to those who count it: no figure before two people have settled it."""
    referendum = referendum_with_everything(session, reference)
    refuse_other_count(deed, referendum)
    return count_of(referendum, portions_of(referendum), deed.by.name)


@router.get("/board", summary="The count board", dependencies=[ANYONE])
def get_board(session: Reading, reference: str) -> BoardOut:
    """Return what the count board shows: only what an officer released."""
    referendum, released = board_of(session, reference)
    return board_out(referendum.reference, released)


@router.post("/portions", status_code=HTTPStatus.CREATED, summary="Set up one council's part of a count")
def set_up(session: Writing, deed: CountDeed, reference: str, asked: PortionIn) -> CountOut:
    """Set up a part: its stations and postal sessions; again while nothing of it was keyed."""
    facts = PortionFacts(
        poll=asked.poll, council=asked.council, stations=asked.stations, postal_sessions=asked.postal_sessions
    )
    row = set_up_portion(session, deed, reference, facts)
    return count_of(row.referendum, portions_of(row.referendum), deed.by.name)


@router.post(f"{_PART}/entries", status_code=HTTPStatus.CREATED, summary="Key a sheet")
def enter(session: Writing, deed: KeyDeed, reference: str, number: int, asked: EntryIn) -> SheetOut:
    """Key a sheet blind, as the first, the second or, where two differ, a further person."""
    facts = EntryFacts(sheet=asked.sheet, figures=asked.figures)
    return sheet_of(key_figures(session, deed, Part(reference=reference, number=number), facts), deed.by.name)


@router.post(f"{_PART}/corrections", status_code=HTTPStatus.CREATED, summary="Correct a sheet")
def correct(session: Writing, deed: CountDeed, reference: str, number: int, asked: CorrectionIn) -> SheetOut:
    """Correct figures that two people have keyed, with a reason that stays on record."""
    facts = EntryFacts(sheet=asked.sheet, figures=asked.figures)
    part = Part(reference=reference, number=number)
    return sheet_of(correct_figures(session, deed, part, facts, reason=asked.reason), deed.by.name)


@router.post(f"{_PART}/box-steps", status_code=HTTPStatus.CREATED, summary="Record a step about a variance")
def step(session: Writing, deed: CountDeed, reference: str, number: int, asked: BoxStepIn) -> BoxOut:
    """Record what was done about a box that differs from its account."""
    part = Part(reference=reference, number=number)
    taken = take_box_step(session, deed, part, asked.sheet, asked.step, found=asked.found, seen_steps=asked.seen_steps)
    return box_of(taken)


@router.post(f"{_PART}/causes", status_code=HTTPStatus.CREATED, summary="Record the cause of a variance")
def cause(session: Writing, deed: CountDeed, reference: str, number: int, asked: CauseIn) -> BoxOut:
    """Record the cause of a variance; it closes the box once a second person agrees."""
    part = Part(reference=reference, number=number)
    return box_of(propose_cause(session, deed, part, asked.sheet, kind=asked.kind, note=asked.note))


@router.post(f"{_PART}/cause-agreements", status_code=HTTPStatus.CREATED, summary="Agree to the cause of a variance")
def agree(session: Writing, deed: CountDeed, reference: str, number: int, asked: AgreementIn) -> BoxOut:
    """Agree, as the second person, to the cause recorded; the box is closed."""
    return box_of(agree_cause(session, deed, Part(reference=reference, number=number), asked.sheet))


@router.post(f"{_PART}/verification", status_code=HTTPStatus.CREATED, summary="Draw up the statement of verification")
def verify(session: Writing, deed: CountDeed, reference: str, number: int) -> dict[str, object]:
    """Draw up the statement of the result of verification; the part's accounts are closed."""
    return draw_up_statement(session, deed, Part(reference=reference, number=number)).document


@router.post(f"{_PART}/rounds", status_code=HTTPStatus.CREATED, summary="Confirm the count under way")
def confirm(session: Writing, deed: CountDeed, reference: str, number: int, asked: ConfirmationIn) -> CountOut:
    """Confirm the count under way, as its counting officer; it is kept for ever."""
    part = Part(reference=reference, number=number)
    confirm_portion_round(session, deed, part, round_number=asked.round)
    return _count(session, deed, reference)


@router.post(f"{_PART}/authorisation", status_code=HTTPStatus.CREATED, summary="Authorise a provisional statement")
def authorise(session: Writing, deed: CountDeed, reference: str, number: int) -> CountOut:
    """Record that the chief counting officer is satisfied with a provisional statement."""
    authorise_portion(session, deed, Part(reference=reference, number=number))
    return _count(session, deed, reference)


@router.post(f"{_PART}/final-statement", status_code=HTTPStatus.CREATED, summary="Give a final statement")
def finish(session: Writing, deed: CountDeed, reference: str, number: int) -> CountOut:
    """Give a part's final statement, the figures that the chief authorised."""
    give_final_statement(session, deed, Part(reference=reference, number=number))
    return _count(session, deed, reference)


@router.post(f"{_PART}/recounts", status_code=HTTPStatus.CREATED, summary="Answer a request for a recount")
def recount(session: Writing, deed: CountDeed, reference: str, number: int, asked: RecountIn) -> CountOut:
    """Record a request for a recount and the answer; granted, the votes are counted again."""
    part = Part(reference=reference, number=number)
    facts = asked.model_dump(exclude={"round"})
    answer_recount(session, deed, part, **facts, round_number=asked.round)
    return _count(session, deed, reference)


@router.post("/signatures", status_code=HTTPStatus.CREATED, summary="Sign the figures")
def sign(session: Writing, deed: SignDeed, reference: str, asked: SignatureIn) -> SignatureOut:
    """Sign the figures of the latest round of the whole count; two people must, each freshly signed in."""
    return SignatureOut.model_validate(
        sign_count(session, deed, reference, round_number=asked.round), from_attributes=True
    )


@router.post("/releases", status_code=HTTPStatus.CREATED, summary="Release to the count board")
def show(session: Writing, deed: CountDeed, reference: str, asked: ReleaseIn) -> BoardOut:
    """Release the papers verified, or the declared result, to the count board."""
    return board_out(reference, release(session, deed, reference, asked.kind))


@router.post("/observers", status_code=HTTPStatus.CREATED, summary="Record a counting observer")
def observe(session: Writing, deed: CountDeed, reference: str, asked: ObserverIn) -> ObserverIn:
    """Record that a counting observer is present."""
    record_observer(session, deed, reference, **asked.model_dump())
    return asked


def _count(session: WriteSession, deed: Deed, reference: str) -> CountOut:
    referendum = referendum_by_reference(session, reference)
    return count_of(referendum, portions_of(referendum), deed.by.name)
