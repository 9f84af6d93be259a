"""The register of the development plan, by authority and day; and the planning officer's part in keeping it."""

from datetime import date
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, UploadFile
from fastapi.responses import JSONResponse

from app.api.description import file_of
from app.api.drawn import GEOJSON, drawn, geojson_feature, geojson_page
from app.api.pages import AskedPage
from app.api.uploads import on_disk
from app.auth import ANYONE, DevelopmentPlanDeed
from app.local_plan_files import read_local_plans
from app.models import Boundary
from app.moved import TO_SUCCESSOR
from app.queries.development_plan_register import authorities_on, counts_of_parts, development_plan
from app.queries.planning_matters import planning_matters
from app.routing import Route
from app.schemas.common import Shape
from app.schemas.development_plan import (
    AuthorityOut,
    DevelopmentPlanOut,
    DocumentIn,
    DocumentOut,
    MatterOut,
    development_plan_of,
    document_of,
    matter_of,
    part_of,
)
from app.services.local_plans import DocumentFacts, import_documents, record_document
from app.state import CurrentState, Reading, Writing

router = APIRouter(route_class=Route, tags=["development plan"], dependencies=[TO_SUCCESSOR])


class ImportedOut(Shape):
    """What an import came to."""

    added: int
    changed: int
    unchanged: int
    not_adopted: list[str]


@router.get("/development-plan", summary="Every planning authority on a day", dependencies=[ANYONE])
def list_authorities(
    session: Reading, state: CurrentState, page: AskedPage, on: date | None = None
) -> list[AuthorityOut]:
    """Return every planning authority with the number of instruments in force, in order of name."""
    return [out for _, out in _authorities(session, page, on or state.clock.today())]


def _authorities(
    session: Reading, page: AskedPage, on: date, *, with_land: bool = False
) -> list[tuple[Boundary, AuthorityOut]]:
    shown = page.cut(
        lambda part: authorities_on(session, on, part, with_land=with_land),
        lambda each: (each.name, each.code, each.id),
    )
    counts = counts_of_parts(session, on)
    return [(each, AuthorityOut(code=each.code, name=each.name, in_force=counts.get(each.code, 0))) for each in shown]


@router.get(
    "/development-plan.geojson",
    summary="Every planning authority on a day with its land, as GeoJSON",
    response_class=JSONResponse,
    responses=file_of(GEOJSON),
    dependencies=[ANYONE],
)
def map_authorities(session: Reading, state: CurrentState, page: AskedPage, on: date | None = None) -> JSONResponse:
    """Return the outline of every planning authority with the number of instruments in force, in WGS84."""
    features = [
        geojson_feature(each.code, each.geometry, out.model_dump(mode="json"))
        for each, out in _authorities(session, page, on or state.clock.today(), with_land=True)
    ]
    return geojson_page(page, features)


@router.get(
    "/development-plan/{authority}.geojson",
    summary="The land of one authority's development plan on a day",
    response_class=JSONResponse,
    dependencies=[ANYONE],
)
def map_development_plan(session: Reading, state: CurrentState, authority: str, on: date | None = None) -> JSONResponse:
    """Return every instrument in force as GeoJSON (WGS84); one that covers the whole authority has no geometry."""
    found = development_plan(session, authority, on or state.clock.today())
    features: list[dict[str, Any]] = []
    for part in [*found.plans, *found.orders]:
        facts = part_of(part, found.on).model_dump(mode="json")
        if part.land_bng is None:
            features.append({"type": "Feature", "id": part.reference, "properties": facts, "geometry": None})
        else:
            features.append(geojson_feature(part.reference, part.land_bng, facts))
    return JSONResponse({"type": "FeatureCollection", "features": features}, media_type=GEOJSON)


@router.get("/development-plan/{authority}", summary="One authority's development plan on a day", dependencies=[ANYONE])
def get_development_plan(
    session: Reading, state: CurrentState, authority: str, on: date | None = None
) -> DevelopmentPlanOut:
    """Return what is in force with the reasons, the last to become part first; drafts to be weighed; what has ended."""
    return development_plan_of(development_plan(session, authority, on or state.clock.today()))


@router.get("/planning-matters", summary="The register of neighbourhood planning matters", dependencies=[ANYONE])
def list_matters(
    session: Reading, state: CurrentState, page: AskedPage, authority: str | None = None, on: date | None = None
) -> list[MatterOut]:
    """Return every proposal for a plan or order, and those made, of one authority or of all, as on a day."""
    day = on or state.clock.today()
    if authority is None:
        shown = page.cut(lambda part: planning_matters(session, day, part=part), lambda each: (each.plan.reference,))
    else:
        shown = page.of(planning_matters(session, day, authority), lambda each: (each.plan.reference,))
    return [matter_of(each) for each in shown]


@router.post(
    "/development-plan/{authority}/documents", status_code=HTTPStatus.CREATED, summary="Enter or change a local plan"
)
def enter_document(session: Writing, deed: DevelopmentPlanDeed, authority: str, asked: DocumentIn) -> DocumentOut:
    """Enter a document of the development plan, or change the one of the same reference of the authority's own."""
    facts = DocumentFacts(
        **asked.model_dump(exclude={"boundary"}),
        land_bng=None if asked.boundary is None else drawn(asked.boundary).geometry_bng,
    )
    document, _ = record_document(session, deed, authority, facts, source="sent by a program")
    return document_of(document)


@router.post("/development-plan/{authority}/documents/files", summary="Import local plans from a file")
def import_file(session: Writing, deed: DevelopmentPlanDeed, authority: str, file: UploadFile) -> ImportedOut:
    """Record every row of a CSV, GeoJSON, GeoPackage or other layer, all of them or none."""
    with on_disk([file]) as (path,):
        read = read_local_plans(path)
    done = import_documents(session, deed, authority, read.documents, source=path.name)
    return ImportedOut(
        added=done.added, changed=done.changed, unchanged=done.unchanged, not_adopted=list(read.not_adopted)
    )
