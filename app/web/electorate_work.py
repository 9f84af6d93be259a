"""The work list of entries still open, decisions one by one or as a table, and every decision ever taken."""

from collections.abc import Sequence
from typing import Annotated

import shapely
from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import JSONResponse, Response, StreamingResponse
from shapely.geometry.base import BaseGeometry

from app.auth import PlaceDeed
from app.electors_placements import read_placements
from app.electors_uploads import HeldFiles
from app.electors_work import WORK_COLUMNS
from app.errors import NotFoundError, ServiceError
from app.queries.electorates import OpenEntry, open_entries
from app.routing import Route
from app.services.electorates_live import live_electorate
from app.services.electorates_placements import LONGEST_REASON, history, place_electors, placements_for
from app.state import Reading, Writing
from app.table_files import csv_lines
from app.web.electorate_page import AnySession, officer_page, own_poll, own_register
from app.web.fields import FieldError, errors_of, no_longer_than
from app.web.form_page import Errors, see
from app.web.geojson import collection, feature
from geo.electorate import OfficerPlacement
from geo.errors import GeoError
from geo.registers import number_parts

router = APIRouter(route_class=Route, include_in_schema=False)

_A_PAGE = 50
_MOST_DRAWN = 2_000
_SMALLEST_DOT_M = 6.0
Text = Annotated[str, Form(max_length=2000)]
_NO_STORE = {"Cache-Control": "no-store"}


@router.get("/electorate/{reference}/work")
def work_list(
    request: Request, session: Reading, deed: PlaceDeed, *, reference: str, district: str = "", page: int = 1
) -> Response:
    """Show what is still open by polling district and street, on a map and as a list."""
    return _work_page(request, session, deed, reference, district=district, number=page)


def _work_page(
    request: Request,
    session: AnySession,
    deed: PlaceDeed,
    reference: str,
    *,
    district: str = "",
    number: int = 1,
    errors: Errors = (),
) -> Response:
    poll, register = own_poll(session, deed, reference), own_register(session, deed, None)
    counted = live_electorate(session, poll, register)
    every = open_entries(session, counted.electorate, register)
    chosen = [each for each in every if not district or each.polling_district == district]
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
def work_as_map(session: Reading, deed: PlaceDeed, reference: str, district: str = "") -> JSONResponse:
    """Return the open entries that have a point, each as the circle in which its home may be, over the area's line."""
    poll, register = own_poll(session, deed, reference), own_register(session, deed, None)
    entries = open_entries(session, live_electorate(session, poll, register).electorate, register)
    area = {"reference": "area", "name": "Referendum area", "standing": "referendum", "status": "", "line": ""}
    features = [feature("area", poll.geometry, area)]
    for each in [one for one in entries if district in {"", one.polling_district}]:
        circle = _circle(each)
        if circle is not None and len(features) <= _MOST_DRAWN:
            features.append(feature(each.number, circle, _drawn(reference, each)))
    answer = collection(features)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _circle(entry: OpenEntry) -> BaseGeometry | None:
    """Return the circle in which the home may be, EPSG:27700 metres; None without a location."""
    if entry.easting is None or entry.northing is None:
        return None
    radius_m = max(entry.accuracy_m or 0.0, _SMALLEST_DOT_M)
    return shapely.buffer(shapely.Point(entry.easting, entry.northing), radius_m, quad_segs=6)


def _drawn(reference: str, entry: OpenEntry) -> dict[str, object]:
    return {
        "reference": entry.number,
        "name": entry.number,
        "standing": "undecided",
        "status": entry.street.title() or "No street known",
        "line": entry.why,
        "page": f"/electorate/{reference}/entry?number={entry.number}",
    }


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
def entry_form(request: Request, session: Reading, deed: PlaceDeed, reference: str, number: str = "") -> Response:
    """Show the form to decide one entry."""
    return _entry_page(request, session, deed, reference, {"number": number, "decision": "", "reason": ""})


def _entry_page(
    request: Request,
    session: AnySession,
    deed: PlaceDeed,
    reference: str,
    typed: dict[str, str],
    *,
    errors: Errors = (),
) -> Response:
    poll, register = own_poll(session, deed, reference), own_register(session, deed, None)
    entries = open_entries(session, live_electorate(session, poll, register).electorate, register)
    entry = next((each for each in entries if each.number == typed["number"]), None)
    earlier = [each for each in history(session, poll) if each.number == typed["number"]]
    if entry is None and not earlier:
        raise NotFoundError(f"No entry {typed['number'][:30]} is on the work list: choose one from the list.")
    after = [each.number for each in entries if entry is not None and each.number != entry.number]
    facts = {
        "typed": typed,
        "entry": entry,
        "earlier": earlier,
        "register": register,
        "left": len(after),
        "longest": LONGEST_REASON,
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
) -> Response:
    """Keep one decision, and go on to the work list."""
    own_poll(session, deed, reference)
    register = own_register(session, deed, None)
    typed = {"number": number, "decision": decision, "reason": reason}
    try:
        placement = _placement(typed)
        with session.begin_nested():
            place_electors(session, deed, reference, register_id=register.id, placements=[placement])
    except ServiceError as refusal:
        return _entry_page(request, session, deed, reference, typed, errors=errors_of(refusal, "reason"))
    return see(f"/electorate/{reference}/work?district={placement.polling_district}")


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
