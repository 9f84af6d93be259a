"""Official boundaries and existing neighbourhood areas, imported from a file that is sent."""

from datetime import date
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, UploadFile

from app.api.uploads import on_disk
from app.auth import ImportBoundariesDeed
from app.errors import InvalidRequestError
from app.models import BoundaryKind
from app.routing import Route
from app.schemas.common import Shape
from app.services.boundaries import import_areas, import_boundaries
from app.state import Writing
from geo.reading import read_layer

router = APIRouter(route_class=Route, tags=["boundaries"])

Optional = Annotated[str | None, Form(max_length=100)]


class ImportOut(Shape):
    """What an import did."""

    kind: str
    added: int
    replaced: int
    unchanged: int
    crs_evidence: str


@router.post("/boundaries/{kind}", status_code=HTTPStatus.CREATED, summary="Import official boundaries")
def import_official(
    session: Writing,
    deed: ImportBoundariesDeed,
    kind: BoundaryKind,
    file: UploadFile,
    *,
    valid_from: Annotated[date | None, Form()] = None,
    layer: Optional = None,
    code_column: Optional = None,
    name_column: Optional = None,
    authority: Annotated[str, Form(max_length=80)] = "",
) -> ImportOut:
    """Import every boundary of a layer; a line that has changed closes the older one."""
    if kind is BoundaryKind.POLLING_DISTRICT and not authority:
        raise InvalidRequestError("Polling district codes repeat between councils: say whose they are in `authority`.")
    with on_disk([file]) as (path,):
        read = read_layer(path, layer=layer, code_column=code_column, name_column=name_column)
        done = import_boundaries(
            session, deed, kind, read, valid_from=valid_from, source=path.name, authority_code=authority
        )
    return ImportOut(
        kind=kind.value,
        added=done.added,
        replaced=done.replaced,
        unchanged=done.unchanged,
        crs_evidence=read.crs_evidence,
    )


@router.post("/existing-areas", status_code=HTTPStatus.CREATED, summary="Import areas designated before")
def import_existing(
    session: Writing,
    deed: ImportBoundariesDeed,
    file: UploadFile,
    *,
    valid_from: Annotated[date, Form()],
    layer: Optional = None,
    code_column: Optional = None,
    name_column: Optional = None,
) -> ImportOut:
    """Import neighbourhood areas that another register holds; one overlap with a current area refuses them all."""
    with on_disk([file]) as (path,):
        read = read_layer(path, layer=layer, code_column=code_column, name_column=name_column)
        done = import_areas(session, deed, read, valid_from=valid_from, source=path.name)
    return ImportOut(
        kind="neighbourhood-area",
        added=done.added,
        replaced=done.replaced,
        unchanged=done.unchanged,
        crs_evidence=read.crs_evidence,
    )
