"""Referendums as pages and as data."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse

from app.models import AreaVersion, ElectorateCount, Referendum
from app.queries.referendums import (
    count_polls_on,
    electorates_of,
    polls_on,
    referendum_with_everything,
    referendums_on,
)
from app.routing import Route
from app.schemas.referendums import ReferendumOut, ReferendumSummary, referendum_of, summary_of_referendum
from app.services.notices import papers_on_record
from app.state import CurrentState, Reading
from app.templating import short_date
from app.web.charts.date_words import happenings_of
from app.web.charts.dates import date_line
from app.web.charts.districts import public_districts
from app.web.days import OnDay
from app.web.documents import PAPER_WORDS
from app.web.geojson import collection, feature
from app.web.page import HOME, on_query, page
from app.web.paging import numbered
from app.web.result_maps import tables_of_result
from app.web.results import result_words
from app.web.timetables import poll_hours, timetable_rows
from app.web.words import plan_path, word_for

router = APIRouter(route_class=Route, include_in_schema=False)

REFERENDUMS = ("Referendums", "/referendums")
_SAME_LINE_M2 = 1.0


@router.get("/referendums.json")
def referendums_as_data(session: Reading, on: OnDay) -> list[ReferendumSummary]:
    """Return every referendum decided on by a day."""
    return [
        summary_of_referendum(each).model_copy(update={"is_declared": is_declared})
        for each, is_declared in referendums_on(session, on)
    ]


@router.get("/referendums.geojson")
def referendums_as_map(session: Reading, on: OnDay) -> JSONResponse:
    """Return the referendum area of every referendum decided on by a day."""
    return collection(_feature(each, is_declared=declared) for each, declared in referendums_on(session, on))


def _feature(referendum: Referendum, *, is_declared: bool) -> dict[str, Any]:
    facts = {
        "reference": referendum.reference,
        "name": referendum.plan.title,
        "plan": referendum.plan.reference,
        "poll_date": referendum.poll_date.isoformat(),
        "is_declared": is_declared,
        "standing": "referendum",
        "status": "Result declared" if is_declared else f"Vote on {short_date(referendum.poll_date)}",
        "page": f"/referendums/{referendum.reference}",
    }
    return feature(referendum.reference, referendum.geometry, facts)


@router.get("/referendums")
def referendums(request: Request, session: Reading, state: CurrentState, on: OnDay) -> HTMLResponse:
    """List the votes to come and the results declared, as on a day."""
    today = state.clock.today()
    coming = numbered(request, count_polls_on(session, on, are_declared=False), "coming-page")
    declared = numbered(request, count_polls_on(session, on, are_declared=True))
    facts = {
        "coming": polls_on(session, on, coming.part, are_declared=False),
        "shown_coming": coming,
        "declared": [
            (each, result_words(each.declaration.result, each.plan.instrument))
            for each in polls_on(session, on, declared.part, are_declared=True)
            if each.declaration is not None
        ],
        "shown_declared": declared,
        "on": on,
        "today": today,
    }
    query = on_query(on, today)
    data = [("JSON", f"/referendums.json{query}"), ("GeoJSON", f"/referendums.geojson{query}")]
    return page(request, "referendums/list.html", facts, section="/referendums", crumbs=[HOME], data=data)


@router.get("/referendums/{reference}.json")
def referendum_as_data(session: Reading, reference: str) -> ReferendumOut:
    """Return one referendum; figures only once they are declared."""
    found = referendum_with_everything(session, reference)
    return referendum_of(found, electorates_of(session, found))


def _neighbourhood_area(referendum: Referendum) -> AreaVersion | None:
    """The neighbourhood area's line on the day of the decision, where the referendum area is another."""
    on = referendum.decision_on
    for version in referendum.plan.area.versions:
        if version.valid_from <= on and (version.valid_until is None or version.valid_until > on):
            differs = version.geometry.symmetric_difference(referendum.geometry).area > _SAME_LINE_M2
            return version if differs else None
    return None


@router.get("/referendums/{reference}.geojson")
def referendum_as_map(session: Reading, reference: str) -> JSONResponse:
    """Return the referendum area, and the neighbourhood area where it is another."""
    found = referendum_with_everything(session, reference)
    area = found.plan.area
    facts = {"reference": found.reference, "standing": "referendum", "status": "Referendum area"}
    features = [feature(found.reference, found.geometry, {**facts, "name": "Referendum area"})]
    inner = _neighbourhood_area(found)
    if inner is not None:
        facts = {"reference": area.reference, "standing": "designated", "status": "Neighbourhood area"}
        facts |= {"name": area.name, "page": f"/areas/{area.reference}"}
        features.append(feature(area.reference, inner.geometry, facts))
    return collection(features)


def electorate_to_show(electorates: Sequence[ElectorateCount]) -> ElectorateCount | None:
    """Return the count that everybody is shown: that of the poll, before it the provisional one, else the latest."""
    known = {each.snapshot: each for each in electorates}
    return known.get("E2") or known.get("provisional") or (electorates[-1] if electorates else None)


@router.get("/referendums/{reference}")
def referendum(request: Request, session: Reading, state: CurrentState, reference: str) -> HTMLResponse:
    """Show one referendum: the question, when and where, who may vote, and the result once it is declared."""
    found = referendum_with_everything(session, reference)
    electorates = electorates_of(session, found)
    today = state.clock.today()
    rows = timetable_rows(found.timetable)
    electorate = electorate_to_show(electorates)
    is_to_come = found.declaration is None
    facts = {
        "referendum": found,
        "plan": found.plan,
        "plan_path": plan_path(found.plan.reference, found.plan.instrument),
        "word": word_for(found.plan.instrument),
        "hours": poll_hours(rows),
        "rows": rows,
        "dates": date_line(happenings_of(rows, for_voters=True), today=today) if is_to_come else None,
        "electorate": electorate,
        "districts": public_districts(electorate.document) if electorate else None,
        "area_differs": _neighbourhood_area(found) is not None,
        "result": result_words(found.declaration.result, found.plan.instrument) if found.declaration else None,
        "result_tables": tables_of_result(session, found),
        "papers": [
            (PAPER_WORDS[kind], f"/referendums/{reference}/documents/{kind.value}")
            for kind in papers_on_record(session, found)
        ],
        "board": f"/count/{reference}/board" if found.releases else None,
        "today": today,
    }
    data = [("JSON", f"/referendums/{reference}.json"), ("GeoJSON", f"/referendums/{reference}.geojson")]
    crumbs = [HOME, REFERENDUMS]
    return page(request, "referendums/referendum.html", facts, section="/referendums", crumbs=crumbs, data=data)
