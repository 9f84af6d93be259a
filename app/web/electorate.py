"""One referendum's electorate: what is left to do, the count as it stands, the counts that are frozen."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from app.auth import FreezeDeed
from app.documents import document_text
from app.electors import BARS, electorate_document
from app.electors_ledger import DISTRICT_COLUMNS, LEDGER_COLUMNS, ledger_rows
from app.errors import NotFoundError, ServiceError
from app.queries.electorates import frozen_electorates
from app.routing import Route
from app.services.electorates import freeze_electorate, frozen_electorate, is_same_when_counted_again
from app.services.electorates_counting import Counted
from app.services.electorates_live import live_electorate
from app.services.registers import register_by_id
from app.state import CurrentState, Reading, Writing
from app.table_files import csv_lines
from app.web.charts.date_words import happenings_of
from app.web.charts.dates import date_line
from app.web.charts.districts import district_chart
from app.web.electorate_page import officer_page, own_poll, own_register
from app.web.electorate_tasks import papers_to_put_up, tasks_of
from app.web.fields import errors_of
from app.web.form_page import Errors, see
from app.web.geojson import collection, feature
from app.web.timetables import timetable_rows

router = APIRouter(route_class=Route, include_in_schema=False)

SNAPSHOT_WORDS = {
    "E0": ("Start of the referendum period", "Sets the expenses limit, and never changes after (REF-18, REF-19)."),
    "E1": ("Poll cards", "The list on the last day for the notice of referendum."),
    "E2": ("The poll", "The final register: turnout is worked out from it, and ballot papers are printed for it."),
    "provisional": ("For the time being", "Shown to the public until E2 is frozen; replaced each time."),
}
BAR_WORDS = {"under_18": "Under 18 on polling day", "overseas": "Overseas", "marker_query": "A letter to be explained"}
_DONE_WORDS = {"pack": "The information pack is published. Everybody can read it."}
_EXTENTS = {"whole": "Whole", "part": "Part", "none": "None"}
Snapshot = Annotated[str, Form(max_length=20)]
RegisterChoice = Annotated[int | None, Form()]


@router.get("/electorate/{reference}")
def tasks(
    request: Request, session: Reading, state: CurrentState, deed: FreezeDeed, *, reference: str, done: str = ""
) -> Response:
    """Show what is left to do for one referendum."""
    poll = own_poll(session, deed, reference)
    today = state.clock.today()
    groups, finished, every = tasks_of(session, deed, poll, today)
    rows = timetable_rows(poll.timetable)
    facts = {
        "task_groups": groups,
        "progress": (finished, every),
        "notices": papers_to_put_up(session, poll),
        "told": _DONE_WORDS.get(done, ""),
        "rows": rows,
        "dates": date_line(happenings_of(rows), today=today),
    }
    return officer_page(request, "tasks", facts, poll=poll)


@router.get("/electorate/{reference}/live")
def live(request: Request, session: Reading, deed: FreezeDeed, reference: str, register: int | None = None) -> Response:
    """Show the electorate as it stands now, by polling district."""
    poll = own_poll(session, deed, reference)
    version = own_register(session, deed, register)
    counted = live_electorate(session, poll, version)
    facts = {"register": version, **_figures(counted)}
    return officer_page(request, "live", facts, poll=poll)


def _figures(counted: Counted) -> dict[str, Any]:
    electorate = counted.electorate
    return {
        "electorate": electorate,
        "chart": district_chart([asdict(each) for each in electorate.by_polling_district]),
        "bars": [(BAR_WORDS[bar.value], electorate.not_entitled[bar]) for bar in BARS],
        "extents": _EXTENTS,
        "portions": counted.portions,
        "lapsed": counted.placed.lapsed,
        "placed": len(counted.placed.applied),
    }


@router.get("/electorate/{reference}/live.json")
def live_as_data(session: Reading, deed: FreezeDeed, reference: str, register: int | None = None) -> Response:
    """Return the electorate as it stands, as the command line would print it."""
    poll = own_poll(session, deed, reference)
    counted = live_electorate(session, poll, own_register(session, deed, register))
    text = document_text(electorate_document(counted.electorate))
    return Response(text, media_type="application/json", headers={"Cache-Control": "no-store"})


@router.get("/electorate/{reference}/districts.csv")
def districts_as_table(session: Reading, deed: FreezeDeed, reference: str, register: int | None = None) -> Response:
    """Return the totals of each polling district; for the electoral office alone, since small counts are in it."""
    poll = own_poll(session, deed, reference)
    counted = live_electorate(session, poll, own_register(session, deed, register))
    rows = [[getattr(each, column) for column in DISTRICT_COLUMNS] for each in counted.electorate.by_polling_district]
    return _table(reference, "polling-districts", csv_lines(DISTRICT_COLUMNS, rows))


@router.get("/electorate/{reference}/ledger.csv")
def ledger(session: Reading, deed: FreezeDeed, reference: str, register: int | None = None) -> Response:
    """Return one line an entry: number, decision, reason; no name, no address, no place."""
    poll = own_poll(session, deed, reference)
    counted = live_electorate(session, poll, own_register(session, deed, register))
    return _table(reference, "ledger", csv_lines(LEDGER_COLUMNS, ledger_rows(counted.electorate)))


def _table(reference: str, what: str, lines: Any) -> Response:  # noqa: ANN401 - lines of text
    named = {"Content-Disposition": f'attachment; filename="{reference}-{what}.csv"', "Cache-Control": "no-store"}
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=named)


@router.get("/electorate/{reference}/districts.geojson")
def districts_as_map(session: Reading, deed: FreezeDeed, reference: str, register: int | None = None) -> JSONResponse:
    """Return the referendum area over its polling districts by how much of each lies in it."""
    poll = own_poll(session, deed, reference)
    counted = live_electorate(session, poll, own_register(session, deed, register))
    known = {each.code: each for each in counted.electorate.by_polling_district}
    features = [feature("referendum-area", poll.geometry, _drawn("Referendum area", "referendum", ""))]
    for code, shape in counted.districts_bng.items():
        if code in known and known[code].extent.value != "none":
            line = f"{known[code].entitled:,} entitled, {known[code].undecided + known[code].unplaced:,} to decide"
            features.append(feature(code, shape, _drawn(code, f"extent-{known[code].extent.value}", line)))
    answer = collection(features)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _drawn(name: str, standing: str, line: str) -> dict[str, object]:
    return {"reference": name, "name": name, "standing": standing, "status": "", "line": line}


@router.get("/electorate/{reference}/freeze")
def freeze_form(request: Request, session: Reading, deed: FreezeDeed, reference: str, snapshot: str = "E0") -> Response:
    """Show what would be frozen."""
    return _freeze_page(request, session, deed, reference, snapshot=snapshot)


def _freeze_page(
    request: Request,
    session: Any,  # noqa: ANN401 - either kind of session
    deed: FreezeDeed,
    reference: str,
    *,
    snapshot: str,
    errors: Errors = (),
) -> Response:
    poll = own_poll(session, deed, reference)
    version = own_register(session, deed, None)
    counted = live_electorate(session, poll, version)
    facts = {
        "snapshot": snapshot if snapshot in SNAPSHOT_WORDS else "E0",
        "snapshots": SNAPSHOT_WORDS,
        "frozen": frozen_electorates(session, poll),
        "register": version,
        **_figures(counted),
    }
    return officer_page(request, "freeze", facts, poll=poll, errors=errors)


@router.post("/electorate/{reference}/freeze")
def frozen(
    request: Request,
    session: Writing,
    deed: FreezeDeed,
    *,
    reference: str,
    snapshot: Snapshot = "",
    register_id: RegisterChoice = None,
) -> Response:
    """Freeze an electorate."""
    own_poll(session, deed, reference)
    version = own_register(session, deed, register_id)
    try:
        with session.begin_nested():
            freeze_electorate(session, deed, reference, snapshot=snapshot, register_id=version.id)
    except ServiceError as refusal:
        errors = errors_of(refusal, "snapshot")
        return _freeze_page(request, session, deed, reference, snapshot=snapshot, errors=errors)
    return see(f"/electorate/{reference}/counts/{snapshot}")


@router.get("/electorate/{reference}/counts/{snapshot}")
def frozen_page(
    request: Request, session: Reading, deed: FreezeDeed, reference: str, snapshot: str, *, again: bool = False
) -> Response:
    """Show a frozen electorate and what it was counted from; counted again and compared where that is asked."""
    poll = own_poll(session, deed, reference)
    count = frozen_electorate(session, poll, snapshot)
    if count is None:
        raise NotFoundError(f"The electorate {snapshot[:20]} of {reference} has not been frozen yet.")
    facts = {
        "count": count,
        "words": SNAPSHOT_WORDS[count.snapshot],
        "register": register_by_id(session, count.register_id),
        "same": is_same_when_counted_again(session, poll, count) if again else None,
        "extents": _EXTENTS,
        "chart": district_chart(count.document["by_polling_district"]),
        "bars": [(BAR_WORDS[bar], number) for bar, number in count.document["not_entitled"].items()],
    }
    return officer_page(request, "frozen", facts, poll=poll)
