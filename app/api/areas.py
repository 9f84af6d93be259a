"""Neighbourhood areas: check a boundary, apply, publicise, decide; and look at them."""

from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, UploadFile
from fastapi.responses import JSONResponse

from app.api.description import file_of
from app.api.drawn import GEOJSON, drawn, geojson_feature, geojson_page, uploaded
from app.api.pages import AskedPage
from app.api.uploads import on_disk
from app.auth import ANYONE, CHANGES_NOTHING, ApplyDeed, DecideDeed
from app.models import ConsentPurpose
from app.queries.areas import area_with_everything, areas_on, plans_of_area
from app.routing import Route
from app.schemas.areas import (
    ApplicationBase,
    ApplicationIn,
    Area,
    AreaSummary,
    CheckIn,
    DecisionIn,
    PublicityIn,
    application_in,
    area_of,
    summary_of_area,
)
from app.services.area_consents import ConsentFacts
from app.services.area_decisions import DecisionFacts, decide_application
from app.services.area_steps import publicise_application
from app.services.areas import ApplicationFacts, apply_for_area, examine
from app.state import CurrentState, Reading, Writing
from app.verdict import verdict_document
from referendum.designation import Applicant, ApplicantKind, parse_applicant

router = APIRouter(route_class=Route, tags=["areas"])

TextField = Annotated[str | None, Form(max_length=100)]


@router.post("/area-checks", summary="May this line be designated?", dependencies=[CHANGES_NOTHING])
def check(session: Reading, state: CurrentState, asked: CheckIn) -> dict[str, Any]:
    """Return the verdict on a boundary as a folkmoot.check-area/1 document; nothing is stored."""
    applicant = parse_applicant(asked.applicant) if asked.applicant else None
    on = asked.on or state.clock.today()
    return verdict_document(examine(session, drawn(asked.boundary), applicant=applicant, on=on))


@router.post("/area-checks/files", summary="May the line in this file be designated?", dependencies=[CHANGES_NOTHING])
def check_file(
    session: Reading,
    state: CurrentState,
    file: UploadFile,
    *,
    applicant: TextField = None,
    on: Annotated[date | None, Form()] = None,
    layer: TextField = None,
    feature: TextField = None,
    crs: TextField = None,
) -> dict[str, Any]:
    """Return the verdict on the boundary in a file, of any format that is read; nothing is stored."""
    body = parse_applicant(applicant) if applicant else None
    with on_disk([file]) as (path,):
        sent = uploaded(path, layer=layer, feature=feature, crs=crs)
    return verdict_document(examine(session, sent, applicant=body, on=on or state.clock.today()))


@router.get("/areas", summary="Every neighbourhood area on a day", dependencies=[ANYONE])
def list_areas(session: Reading, state: CurrentState, page: AskedPage, on: date | None = None) -> list[AreaSummary]:
    """Return every area as it stood on a day, today where none is given, in order of reference."""
    day = on or state.clock.today()
    shown = page.cut(lambda part: areas_on(session, day, part), lambda pair: (pair[0].reference,))
    return [summary_of_area(area) for area, _ in shown]


@router.get(
    "/areas.geojson",
    summary="Every neighbourhood area on a day, as GeoJSON",
    response_class=JSONResponse,
    responses=file_of(GEOJSON),
    dependencies=[ANYONE],
)
def map_areas(session: Reading, state: CurrentState, page: AskedPage, on: date | None = None) -> JSONResponse:
    """Return the lines of all areas as they stood on a day, as a GeoJSON FeatureCollection in WGS84."""
    day = on or state.clock.today()
    shown = page.cut(lambda part: areas_on(session, day, part), lambda pair: (pair[0].reference,))
    features = [
        geojson_feature(area.reference, line.geometry, summary_of_area(area).model_dump(mode="json"))
        for area, line in shown
    ]
    return geojson_page(page, features)


@router.get("/areas/{reference}", summary="One neighbourhood area", dependencies=[ANYONE])
def get_area(session: Reading, reference: str) -> Area:
    """Return an area with its applications, decisions, line over time and plans."""
    area = area_with_everything(session, reference)
    return area_of(area, plans_of_area(session, area))


@router.post("/areas", status_code=HTTPStatus.CREATED, summary="Apply for a neighbourhood area")
def apply(session: Writing, deed: ApplyDeed, asked: ApplicationIn) -> AreaSummary:
    """Receive an application; its verdict is kept with it."""
    return summary_of_area(apply_for_area(session, deed, _facts(asked), drawn(asked.boundary)))


def _facts(asked: ApplicationBase) -> ApplicationFacts:
    return ApplicationFacts(
        name=asked.name,
        applicant=Applicant(kind=ApplicantKind(asked.applicant_kind), parish_code=asked.applicant_parish_code),
        applicant_name=asked.applicant_name,
        statement=asked.statement,
        body_statement=asked.body_statement,
        map_scale=asked.map_scale,
        map_sha256=asked.map_sha256,
        consents=tuple(
            ConsentFacts(**each.model_dump(exclude={"purpose"}), purpose=ConsentPurpose(each.purpose))
            for each in asked.consents
        ),
        received_on=asked.received_on,
    )


@router.post("/areas/files", status_code=HTTPStatus.CREATED, summary="Apply with a boundary from a file")
def apply_with_file(
    session: Writing,
    deed: ApplyDeed,
    file: UploadFile,
    application: Annotated[str, Form(description="the application as JSON, without its boundary")],
    *,
    layer: TextField = None,
    feature: TextField = None,
    crs: TextField = None,
) -> AreaSummary:
    """Receive an application whose boundary is in a file, exactly as the file has it."""
    with on_disk([file]) as (path,):
        sent = uploaded(path, layer=layer, feature=feature, crs=crs)
    return summary_of_area(apply_for_area(session, deed, _facts(application_in(application)), sent))


@router.post("/areas/{reference}/publicity", summary="Record when an application was publicised")
def publicise(session: Writing, deed: DecideDeed, reference: str, asked: PublicityIn) -> AreaSummary:
    """Record the first publicity and the closing date of an application."""
    return summary_of_area(publicise_application(session, deed, reference, **asked.model_dump()))


@router.post("/areas/{reference}/decisions", summary="Record an authority's decision on an application")
def decide(session: Writing, deed: DecideDeed, reference: str, asked: DecisionIn) -> AreaSummary:
    """Record one authority's decision; the area is designated once every authority it falls in has."""
    facts = DecisionFacts(
        designate=asked.outcome == "designate",
        line_bng=None if asked.boundary is None else drawn(asked.boundary).geometry_bng,
        modifies=tuple(asked.modifies),
        **asked.model_dump(exclude={"outcome", "boundary", "modifies"}),
    )
    return summary_of_area(decide_application(session, deed, reference, facts))
