"""The work list of entries still open, decisions one by one or as a table, and every decision ever taken."""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import JSONResponse, Response, StreamingResponse

from app.auth import PlaceDeed
from app.electors_placements import read_placements
from app.electors_uploads import HeldFiles
from app.electors_work import WORK_COLUMNS
from app.errors import NotFoundError, ServiceError
from app.models import Referendum, Register
from app.queries.electorates import OpenEntry, open_entries
from app.routing import Route
from app.services.electorates_live import live_electorate
from app.services.electorates_placements import LONGEST_REASON, history, latest_decision, place_electors, placements_for
from app.state import Reading, Writing
from app.table_files import csv_lines
from app.web.electorate_map import open_features, seen_first
from app.web.electorate_page import AnySession, officer_page, own_poll, own_register
from app.web.fields import FieldError, errors_of, no_longer_than
from app.web.form_page import Errors, see
from app.web.geojson import collection
from geo.electorate import OfficerPlacement
from geo.errors import GeoError
from geo.registers import number_parts

router = APIRouter(route_class=Route, include_in_schema=False)

_A_PAGE = 50
Text = Annotated[str, Form(max_length=2000)]
_NO_STORE = {"Cache-Control": "no-store"}


@router.get("/electorate/{reference}/work")
def work_list(
    request: Request,
    session: Reading,
    deed: PlaceDeed,
    *,
    reference: str,
    district: str = "",
    page: int = 1,
    kept: str = "",
) -> Response:
    """Show what is still open by polling district and street, on a map and as a list."""
    return _work_page(request, session, deed, reference, district=district, number=page, kept=kept)


def _work_page(
    request: Request,
    session: AnySession,
    deed: PlaceDeed,
    reference: str,
    *,
    district: str = "",
    number: int = 1,
    kept: str = "",
    errors: Errors = (),
) -> Response:
    poll, register = own_poll(session, deed, reference), own_register(session, deed, None)
    counted = live_electorate(session, poll, register)
    every = open_entries(session, counted.electorate, register)
    if not any(each.polling_district == district for each in every):
        district = ""
    chosen = [each for each in every if district in {"", each.polling_district}]
    pages = max(1, -(-len(chosen) // _A_PAGE))
    number = min(max(number, 1), pages)
    facts = {
        "register": register,
        "electorate": counted.electorate,
        "lapsed": counted.placed.lapsed,
        "districts": _totals(every),
        "district": district,
        "streets": _streets(chosen[(number - 1) * _A_PAGE : number * _A_PAGE]),
        "left": len(chosen),
        "page_number": number,
        "pages": pages,
        "kept": latest_decision(session, poll, kept) if kept else None,
    }
    return officer_page(request, "work", facts, poll=poll, errors=errors)


def _totals(entries: Sequence[OpenEntry]) -> list[tuple[str, int, int]]:
    totals: dict[str, list[int]] = {}
    for each in entries:
        total = totals.setdefault(each.polling_district, [0, 0])
        total[0 if each.decision.value == "undecided" else 1] += 1
    return [(code, undecided, unplaced) for code, (undecided, unplaced) in totals.items()]


def _streets(entries: Sequence[OpenEntry]) -> list[tuple[str, str, list[OpenEntry]]]:
    groups: dict[tuple[str, str], list[OpenEntry]] = {}
    for each in entries:
        groups.setdefault((each.polling_district, each.street), []).append(each)
    return [(district, street.title(), held) for (district, street), held in groups.items()]


@router.get("/electorate/{reference}/work.csv")
def work_as_table(session: Reading, deed: PlaceDeed, reference: str) -> Response:
    """Return the whole work list, to be filled in and sent back."""
    poll, register = own_poll(session, deed, reference), own_register(session, deed, None)
    entries = open_entries(session, live_electorate(session, poll, register).electorate, register)
    rows = [(each.polling_district, each.street, each.number, each.why, "", "") for each in entries]
    named = {"Content-Disposition": f'attachment; filename="{reference}-work-list.csv"', **_NO_STORE}
    return StreamingResponse(csv_lines(WORK_COLUMNS, rows), media_type="text/csv; charset=utf-8", headers=named)


@router.get("/electorate/{reference}/work.geojson")
def work_as_map(
    session: Reading, deed: PlaceDeed, *, reference: str, district: str = "", number: str = ""
) -> JSONResponse:
    """Return the open entries that have a point, each as the circle in which its home may be, over the area's line.

    Where entries have no point, their polling districts are drawn.
    """
    poll, register = own_poll(session, deed, reference), own_register(session, deed, None)
    counted = live_electorate(session, poll, register)
    entries = [
        each
        for each in open_entries(session, counted.electorate, register)
        if district in {"", each.polling_district} and number in {"", each.number}
    ]
    features = open_features(f"/electorate/{reference}", poll.geometry, entries, counted.districts_bng)
    answer = collection(features, seen_first=seen_first(entries, counted.districts_bng))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.post("/electorate/{reference}/work")
def work_sent(
    request: Request,
    session: Writing,
    deed: PlaceDeed,
    *,
    reference: str,
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Take back a work list that was filled in."""
    own_poll(session, deed, reference)
    register = own_register(session, deed, None)
    try:
        if file is None or not file.filename:
            raise FieldError("file", "Choose the file that you filled in.")
        held = HeldFiles([file])
        try:
            placements = read_placements(held.paths[0])
        finally:
            held.close()
        with session.begin_nested():
            place_electors(session, deed, reference, register_id=register.id, placements=placements)
    except (ServiceError, GeoError) as refusal:
        errors: Errors = [("file", str(refusal))]
        return _work_page(request, session, deed, reference, errors=errors)
    return see(f"/electorate/{reference}/placements")


@router.get("/electorate/{reference}/entry")
def entry_form(
    request: Request, session: Reading, deed: PlaceDeed, *, reference: str, number: str = "", kept: str = ""
) -> Response:
    """Show the form to decide one entry."""
    typed = {"number": number, "decision": "", "reason": ""}
    return _entry_page(request, session, deed, reference, typed, kept=kept)


def _entry_page(
    request: Request,
    session: AnySession,
    deed: PlaceDeed,
    reference: str,
    typed: dict[str, str],
    *,
    kept: str = "",
    errors: Errors = (),
) -> Response:
    poll, register = own_poll(session, deed, reference), own_register(session, deed, None)
    entries = open_entries(session, live_electorate(session, poll, register).electorate, register)
    entry = next((each for each in entries if each.number == typed["number"]), None)
    earlier = [each for each in history(session, poll) if each.number == typed["number"]]
    if entry is None and not earlier:
        raise NotFoundError(f"No entry {typed['number'][:30]} is on the work list: choose one from the list.")
    facts = {
        "typed": typed,
        "entry": entry,
        "earlier": earlier,
        "register": register,
        "left": len(entries) - (entry is not None),
        "longest": LONGEST_REASON,
        "kept": latest_decision(session, poll, kept) if kept else None,
    }
    return officer_page(request, "entry", facts, poll=poll, errors=errors, crumbs=[_work_crumb(reference)])


def _work_crumb(reference: str) -> tuple[str, str]:
    return "What is still open", f"/electorate/{reference}/work"


@router.post("/electorate/{reference}/entry")
def entry_decided(
    request: Request,
    session: Writing,
    deed: PlaceDeed,
    *,
    reference: str,
    number: Text = "",
    decision: Text = "",
    reason: Text = "",
    then: Text = "",
) -> Response:
    """Keep one decision, and go on to the next entry or to the work list."""
    poll = own_poll(session, deed, reference)
    register = own_register(session, deed, None)
    typed = {"number": number, "decision": decision, "reason": reason}
    try:
        placement = _placement(typed)
        following = _following(session, poll, register, number) if then == "next" else None
        with session.begin_nested():
            place_electors(session, deed, reference, register_id=register.id, placements=[placement])
    except ServiceError as refusal:
        return _entry_page(request, session, deed, reference, typed, errors=errors_of(refusal, "reason"))
    if following is not None:
        return see(f"/electorate/{reference}/entry?{urlencode({'number': following, 'kept': number})}")
    return see(f"/electorate/{reference}/work?{urlencode({'district': placement.polling_district, 'kept': number})}")


def _following(session: AnySession, poll: Referendum, register: Register, number: str) -> str | None:
    """Return the number of the entry after this one on the work list, from its beginning again; None where none is."""
    listed = [
        each.number for each in open_entries(session, live_electorate(session, poll, register).electorate, register)
    ]
    at = listed.index(number) if number in listed else -1
    return next((each for each in (*listed[at + 1 :], *listed) if each != number), None)


def _placement(typed: dict[str, str]) -> OfficerPlacement:
    parts = number_parts(typed["number"])
    if parts is None:
        raise FieldError("number", "The number cannot be read: it is written like HA1-17.")
    if typed["decision"] not in {"in", "out"}:
        raise FieldError("decision", "Say whether the home is in the area or outside it.")
    if not typed["reason"].strip():
        raise FieldError("reason", "Say why, in a few words.")
    district, number, suffix = parts
    return OfficerPlacement(
        polling_district=district,
        number=number,
        suffix=suffix,
        is_in_area=typed["decision"] == "in",
        reason=no_longer_than("reason", typed["reason"], LONGEST_REASON),
    )


@router.get("/electorate/{reference}/placements")
def decisions(request: Request, session: Reading, deed: PlaceDeed, reference: str) -> Response:
    """Show every decision ever taken, the newest first."""
    poll, register = own_poll(session, deed, reference), own_register(session, deed, None)
    facts = {
        "register": register,
        "told": history(session, poll),
        "lapsed": placements_for(session, poll, register).lapsed,
    }
    return officer_page(request, "placements", facts, poll=poll, crumbs=[_work_crumb(reference)])
