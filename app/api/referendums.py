"""Referendums: arrange, freeze the electorate, declare; and look at them."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from app.api.description import file_of
from app.api.drawn import GEOJSON, drawn, geojson_feature, geojson_page
from app.api.pages import AskedPage
from app.auth import ANYONE, ArrangeDeed, DeclareDeed, FreezeDeed
from app.models import Referendum
from app.queries.referendums import (
    electorate_document,
    electorates_of,
    referendum_with_everything,
    referendums_on,
)
from app.routing import Route
from app.schemas.counts import DeclarationIn
from app.schemas.referendums import (
    DeclarationOut,
    ElectorateIn,
    ReferendumIn,
    ReferendumOut,
    ReferendumSummary,
    referendum_of,
    summary_of_referendum,
)
from app.services.counts_signing import declare_result
from app.services.electorates import freeze_electorate
from app.services.referendums import ReferendumFacts, arrange_referendum
from app.state import CurrentState, Reading, Writing

router = APIRouter(route_class=Route, tags=["referendums"])


@router.get("/referendums", summary="Every referendum on a day", dependencies=[ANYONE])
def list_referendums(
    session: Reading, state: CurrentState, page: AskedPage, on: date | None = None
) -> list[ReferendumSummary]:
    """Return every referendum decided on by a day, today where none is given, the latest poll first."""
    return [
        _summary(each, is_declared=is_declared) for each, is_declared in _page(session, page, on or state.clock.today())
    ]


def _page(session: Reading, page: AskedPage, on: date) -> Sequence[tuple[Referendum, bool]]:
    return page.cut(
        lambda part: referendums_on(session, on, part),
        lambda pair: (pair[0].poll_date.isoformat(), pair[0].reference),
    )


def _summary(referendum: Referendum, *, is_declared: bool) -> ReferendumSummary:
    return summary_of_referendum(referendum).model_copy(update={"is_declared": is_declared})


@router.get(
    "/referendums.geojson",
    summary="Every referendum on a day with its referendum area, as GeoJSON",
    response_class=JSONResponse,
    responses=file_of(GEOJSON),
    dependencies=[ANYONE],
)
def map_referendums(session: Reading, state: CurrentState, page: AskedPage, on: date | None = None) -> JSONResponse:
    """Return the referendum area of every referendum decided on by a day, as a GeoJSON FeatureCollection in WGS84."""
    features = [
        geojson_feature(each.reference, each.geometry, _summary(each, is_declared=is_declared).model_dump(mode="json"))
        for each, is_declared in _page(session, page, on or state.clock.today())
    ]
    return geojson_page(page, features)


@router.get("/referendums/{reference}", summary="One referendum", dependencies=[ANYONE])
def get_referendum(session: Reading, reference: str) -> ReferendumOut:
    """Return a referendum with its timetable and electorates; its figures once they are declared."""
    referendum = referendum_with_everything(session, reference)
    return referendum_of(referendum, electorates_of(session, referendum))


@router.get("/referendums/{reference}/electorates/{snapshot}", summary="A frozen electorate", dependencies=[ANYONE])
def get_electorate(session: Reading, reference: str, snapshot: str) -> dict[str, Any]:
    """Return a frozen electorate as the folkmoot.electorate/1 document it was frozen as."""
    return electorate_document(session, reference, snapshot)


@router.post("/referendums", status_code=HTTPStatus.CREATED, summary="Arrange a referendum")
def arrange(session: Writing, deed: ArrangeDeed, asked: ReferendumIn) -> ReferendumSummary:
    """Arrange a referendum on a plan that must go to one, with its lawful timetable."""
    area = None if asked.referendum_area is None else drawn(asked.referendum_area).geometry_bng
    facts = ReferendumFacts(
        plan_reference=asked.plan,
        decision_on=asked.decision_on,
        poll_date=asked.poll_date,
        council=asked.council,
        referendum_area_bng=area,
    )
    return summary_of_referendum(arrange_referendum(session, deed, facts))


@router.post("/referendums/{reference}/electorates", summary="Count and freeze an electorate")
def freeze(session: Writing, deed: FreezeDeed, reference: str, asked: ElectorateIn) -> dict[str, Any]:
    """Count the electors of the referendum area from a stored register, and keep the result for ever."""
    return freeze_electorate(session, deed, reference, snapshot=asked.snapshot, register_id=asked.register_id).document


@router.post("/referendums/{reference}/declaration", status_code=HTTPStatus.CREATED, summary="Declare the result")
def declare(session: Writing, deed: DeclareDeed, reference: str, asked: DeclarationIn | None = None) -> DeclarationOut:
    """Declare the result of the latest round, signed by two people; from then on nothing of it changes."""
    wanted = asked or DeclarationIn()
    made = declare_result(session, deed, reference, round_number=wanted.round, reason=wanted.reason)
    return DeclarationOut.model_validate(made, from_attributes=True)
