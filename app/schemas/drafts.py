"""Boundaries being drawn, in and out. Coordinates are British grid metres, every digit as the database has it."""

from datetime import date, datetime
from typing import Any, Literal

import shapely
from pydantic import Field
from shapely.geometry.base import BaseGeometry

from app.models import BoundaryDraft, BoundaryKind, DraftStart, DraftVersion
from app.schemas.common import Shape
from app.services.drafts import start_of

BNG_CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
_LINE = "GeoJSON Polygon or MultiPolygon with a crs member naming EPSG:27700, easting first (WGS84 without one)"


def bng_shape(geometry_bng: BaseGeometry) -> dict[str, Any]:
    """Return a geometry as GeoJSON on the British grid, no digit lost, with the `crs` member that says so."""
    return {**shapely.geometry.mapping(geometry_bng), "crs": BNG_CRS}


class PartIn(Shape):
    """One official boundary."""

    kind: BoundaryKind
    code: str = Field(max_length=80)
    authority_code: str = Field(default="", max_length=80)


class PartsIn(Shape):
    """Official boundaries to start from together."""

    parts: list[PartIn] = Field(min_length=1, max_length=500)


class AreaStartIn(Shape):
    """A stored area to copy."""

    area: str = Field(max_length=20)


class StartIn(Shape):
    """How a boundary began, as a start answered it."""

    kind: DraftStart
    facts: dict[str, Any] = Field(default_factory=dict)


class VerdictIn(Shape):
    """A line while it is being drawn."""

    boundary: dict[str, Any] = Field(description=_LINE)
    applicant: str | None = Field(default=None, description="parish:CODE or forum", max_length=100)
    on: date | None = None


class ReshapeIn(Shape):
    """A change to a line that needs exact geometry."""

    operation: Literal["add", "take-away", "merge", "split"]
    boundary: dict[str, Any] = Field(description=_LINE)
    shape: dict[str, Any] | None = Field(default=None, description="the polygon to add or take away, or the line")


class DraftIn(Shape):
    """A boundary to keep, with its first version."""

    name: str = Field(min_length=1, max_length=200)
    start: StartIn
    boundary: dict[str, Any] = Field(description=_LINE)
    what: str = Field(default="", max_length=300)


class VersionIn(Shape):
    """The next version of a boundary, and the version it was made from."""

    boundary: dict[str, Any] = Field(description=_LINE)
    based_on: int
    what: str = Field(default="", max_length=300)
    start: StartIn | None = Field(default=None, description="what the line began from; as before where it is left out")


class RestoreIn(Shape):
    """The newest version known when an older one is brought back."""

    based_on: int


class EditorIn(Shape):
    """The name that a browser's window chose for itself."""

    window: str = Field(min_length=8, max_length=40, pattern=r"^[A-Za-z0-9-]+$")


class VersionOut(Shape):
    """One version, without its line."""

    number: int
    based_on: int | None
    restores: int | None
    origin: str
    saved_by: str
    saved_at: datetime
    what: str


class VersionWithLine(VersionOut):
    """One version with its line, and what the line began from."""

    start: StartIn
    boundary: dict[str, Any]


class DraftOut(Shape):
    """A boundary being drawn and its versions, newest first."""

    reference: str
    name: str
    start: StartIn
    started_by: str
    started_at: datetime
    versions: list[VersionOut]


class EditorsOut(Shape):
    """Who else has the boundary open, and the newest version."""

    others: list[str]
    latest: VersionOut


def version_out(version: DraftVersion) -> VersionOut:
    """Return a version without its line."""
    return VersionOut.model_validate(version, from_attributes=True)


def version_with_line(version: DraftVersion) -> VersionWithLine:
    """Return a version with its line."""
    begun = start_of(version)
    return VersionWithLine(
        **version_out(version).model_dump(),
        start=StartIn(kind=begun.kind, facts=begun.facts),
        boundary=bng_shape(version.geometry),
    )


def draft_out(draft: BoundaryDraft) -> DraftOut:
    """Return a draft and its versions."""
    return DraftOut(
        reference=draft.reference,
        name=draft.name,
        start=StartIn(kind=DraftStart(draft.start), facts=draft.start_facts),
        started_by=draft.started_by,
        started_at=draft.started_at,
        versions=[version_out(each) for each in reversed(draft.versions)],
    )
