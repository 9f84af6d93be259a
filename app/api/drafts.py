"""Boundaries being drawn: start, verdict, reshape, save, versions, who else is drawing."""

from http import HTTPStatus
from typing import Annotated, Any

import shapely
from fastapi import APIRouter, Form, Request, UploadFile
from fastapi.responses import JSONResponse, Response

from app.api.drawn import drawn
from app.api.pages import AskedPage
from app.api.uploads import on_disk
from app.auth import CHANGES_NOTHING, DrawDeed
from app.errors import InvalidRequestError, problem_document, problem_of
from app.handlers import PROBLEM_JSON
from app.models import BoundaryKind, DraftStart
from app.queries.area_estimates import estimate_of
from app.routing import Route
from app.schemas.drafts import (
    AreaStartIn,
    DraftIn,
    DraftOut,
    EditorIn,
    EditorsOut,
    PartsIn,
    ReshapeIn,
    RestoreIn,
    VerdictIn,
    VersionIn,
    VersionWithLine,
    bng_shape,
    draft_out,
    version_out,
    version_with_line,
)
from app.services.areas import examine
from app.services.draft_files import read_choice
from app.services.draft_starts import Part, Start, Started, start_from_area, start_from_parts
from app.services.draft_verdict import live_verdict
from app.services.drafts import (
    Save,
    StaleVersionError,
    draft_by_reference,
    drafts_of,
    note_editor,
    restore_version,
    save_version,
    start_draft,
    version_of,
)
from app.state import CurrentState, Reading, Writing
from geo.reading import read_geojson_geometry
from geo.reshape import merged, split, with_added, with_taken_away
from geo.validity import is_valid_ogc
from referendum.designation import parse_applicant

router = APIRouter(route_class=Route, tags=["drafts"])
TextField = Annotated[str | None, Form(max_length=200)]


def _started(started: Started) -> dict[str, Any]:
    start = {"kind": started.start.kind.value, "facts": started.start.facts}
    return {"name": started.name, "start": start, "boundary": bng_shape(started.boundary_bng)}


@router.post("/drafts/starts/parts", summary="A boundary from official parts", dependencies=[CHANGES_NOTHING])
def from_parts(session: Reading, state: CurrentState, asked: PartsIn) -> dict[str, Any]:
    """Return official boundaries in force today, joined exactly along their shared edges; nothing is stored."""
    parts = [
        Part(kind=BoundaryKind(each.kind), code=each.code, authority_code=each.authority_code) for each in asked.parts
    ]
    return _started(start_from_parts(session, parts, state.clock.today()))


@router.post("/drafts/starts/area", summary="A boundary copied from an area", dependencies=[CHANGES_NOTHING])
def from_area(session: Reading, state: CurrentState, asked: AreaStartIn) -> dict[str, Any]:
    """Return the newest line of a designated area; nothing is stored."""
    return _started(start_from_area(session, asked.area, state.clock.today()))


@router.post("/drafts/starts/file", summary="A boundary from a file", dependencies=[CHANGES_NOTHING])
def from_file(
    file: UploadFile, *, layer: TextField = None, feature: TextField = None, crs: TextField = None
) -> dict[str, Any]:
    """Return the boundary in a file, how it was read, or the layers and features to choose from."""
    with on_disk([file]) as (path,):
        return read_choice(path, layer=layer, feature=feature, crs=crs)


@router.post("/drafts/verdict", summary="The verdict on a line while it moves", dependencies=[CHANGES_NOTHING])
def verdict(session: Reading, state: CurrentState, asked: VerdictIn) -> dict[str, Any]:
    """Return exactly the verdict of check-area, its words, each overlap's land, and about how many adults live there.

    Nothing is stored.
    """
    applicant = parse_applicant(asked.applicant) if asked.applicant else None
    on = asked.on or state.clock.today()
    line = drawn(asked.boundary)
    estimate = estimate_of(session, line.geometry_bng, on) if is_valid_ogc(line.geometry_bng) else None
    return live_verdict(examine(session, line, applicant=applicant, on=on), estimate)


@router.post("/drafts/reshape", summary="Join, take away or split exactly", dependencies=[CHANGES_NOTHING])
def reshape(asked: ReshapeIn) -> dict[str, Any]:
    """Return the line after a change that needs exact geometry; `pieces` where it was split. Nothing is stored."""
    line = drawn(asked.boundary).geometry_bng
    if asked.operation == "merge":
        return {"boundary": bng_shape(merged(line))}
    if asked.shape is None:
        raise InvalidRequestError("Send the shape as well: a polygon to add or take away, or the line to split along.")
    shape = read_geojson_geometry(asked.shape).geometry_bng
    if asked.operation == "split":
        if not isinstance(shape, shapely.LineString):
            raise InvalidRequestError("An area is split along a line: send a LineString.")
        return {"pieces": [bng_shape(shapely.MultiPolygon([piece])) for piece in split(line, shape)]}
    change = with_added if asked.operation == "add" else with_taken_away
    return {"boundary": bng_shape(change(line, shape))}


@router.get("/drafts", summary="Boundaries that your organisation is drawing")
def list_drafts(session: Reading, deed: DrawDeed, page: AskedPage) -> list[DraftOut]:
    """Return one's own organisation's drafts, newest first."""
    return [draft_out(each) for each in page.cut(lambda part: drafts_of(session, deed, part), lambda each: (each.id,))]


@router.post("/drafts", status_code=HTTPStatus.CREATED, summary="Keep a boundary")
def begin(session: Writing, deed: DrawDeed, asked: DraftIn) -> DraftOut:
    """Store a boundary as version 1 of a new draft."""
    start = Start(kind=DraftStart(asked.start.kind), facts=asked.start.facts)
    save = Save(boundary_bng=drawn(asked.boundary).geometry_bng, what=asked.what)
    return draft_out(start_draft(session, deed, name=asked.name, start=start, save=save))


@router.get("/drafts/{reference}", summary="One boundary being drawn")
def get_draft(session: Reading, deed: DrawDeed, reference: str) -> DraftOut:
    """Return a draft and its versions."""
    return draft_out(draft_by_reference(session, deed, reference))


@router.get("/drafts/{reference}/versions/{number}", summary="One version, with its line")
def get_version(session: Reading, deed: DrawDeed, reference: str, number: int) -> VersionWithLine:
    """Return a version with its line, every digit as stored."""
    return version_with_line(version_of(session, draft_by_reference(session, deed, reference), number))


@router.post(
    "/drafts/{reference}/versions",
    status_code=HTTPStatus.CREATED,
    summary="Save the next version",
    response_model=VersionWithLine,
)
def save(
    request: Request, session: Writing, deed: DrawDeed, *, reference: str, asked: VersionIn
) -> VersionWithLine | Response:
    """Store a line as the next version; 409 with the newer version where somebody else has saved since."""
    line = drawn(asked.boundary).geometry_bng
    try:
        start = Start(kind=DraftStart(asked.start.kind), facts=asked.start.facts) if asked.start else None
        wanted = Save(boundary_bng=line, based_on=asked.based_on, what=asked.what, start=start)
        return version_with_line(save_version(session, deed, reference, wanted))
    except StaleVersionError as stale:
        return _stale(request, stale)


@router.post(
    "/drafts/{reference}/versions/{number}/restore",
    status_code=HTTPStatus.CREATED,
    summary="Bring an older version back as a new one",
    response_model=VersionWithLine,
)
def restore(
    request: Request, session: Writing, deed: DrawDeed, *, reference: str, number: int, asked: RestoreIn
) -> VersionWithLine | Response:
    """Store an older line as the newest version; 409 with the newer version where somebody else has saved since."""
    try:
        return version_with_line(restore_version(session, deed, reference, number, based_on=asked.based_on))
    except StaleVersionError as stale:
        return _stale(request, stale)


def _stale(request: Request, stale: StaleVersionError) -> Response:
    problem = problem_of(stale)
    assert problem is not None  # noqa: S101 - every refusal of ours has one
    document = problem_document(stale, problem, request.url.path)
    document["latest"] = version_with_line(stale.latest).model_dump(mode="json")
    return JSONResponse(document, status_code=int(problem.status), media_type=PROBLEM_JSON)


@router.post("/drafts/{reference}/editors", summary="Say that you have it open; hear who else has")
def editors(session: Writing, deed: DrawDeed, reference: str, asked: EditorIn) -> EditorsOut:
    """Return who else has the draft open, and its newest version."""
    draft = draft_by_reference(session, deed, reference)
    others = note_editor(session, deed, draft, asked.window)
    return EditorsOut(others=others, latest=version_out(version_of(session, draft)))
