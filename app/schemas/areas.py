"""Neighbourhood areas, in and out."""

from datetime import date
from typing import Any, Literal

from pydantic import Field, ValidationError

from app.errors import InvalidRequestError
from app.models import AreaApplication, AreaDecision, AreaVersion, NeighbourhoodArea, Plan
from app.schemas.common import Shape
from app.schemas.plans import PlanSummary, summary_of_plan
from referendum.area_refusals import Ground
from referendum.clocks import Clock, deadline


class AreaSummary(Shape):
    """One area in a list."""

    reference: str
    name: str
    status: str
    designated_on: date | None
    is_business_area: bool


class Decision(Shape):
    """One authority's decision on an application."""

    authority_code: str
    outcome: str
    decided_on: date
    published_on: date | None
    reasons: str
    is_business_area: bool
    business_area_reasons: str
    ground: str | None


class Application(Shape):
    """An application to designate the area, and the verdict it was given."""

    applicant_kind: str
    applicant_name: str
    applicant_parish_code: str | None
    statement: str
    body_statement: str
    map_scale: int | None
    received_on: date
    withdrawn_on: date | None
    publicised_on: date | None
    closes_on: date | None
    decide_by: date | None
    route: str
    clock_weeks: int | None
    verdict: dict[str, Any]
    decisions: list[Decision]


class Version(Shape):
    """The line of the area from one date until another."""

    valid_from: date
    valid_until: date | None
    reason: str
    area_ha: float


class Area(AreaSummary):
    """One area with its applications, its line over time and its plans."""

    external_reference: str | None
    applications: list[Application]
    versions: list[Version]
    plans: list[PlanSummary]


class CheckIn(Shape):
    """A boundary to check, as `folkmoot check-area` does for files."""

    boundary: dict[str, Any] = Field(description="GeoJSON Polygon, MultiPolygon or a Feature with one")
    applicant: str | None = Field(default=None, description="parish:CODE or forum", max_length=100)
    on: date | None = Field(default=None, description="the day whose law and boundaries apply; today if not given")


class ApplicationConsentIn(Shape):
    """A council's consent that came with an application (AREA-5, AREA-16)."""

    purpose: Literal["act", "modify"]
    body_code: str = Field(min_length=1, max_length=80)
    given_on: date
    minute: str = Field(min_length=1, max_length=200)


class ApplicationBase(Shape):
    """What an application says, besides its boundary (AREA-6)."""

    name: str = Field(min_length=2, max_length=200)
    applicant_kind: Literal["parish", "forum"]
    applicant_name: str = Field(min_length=2, max_length=200)
    applicant_parish_code: str | None = Field(default=None, max_length=80)
    statement: str = Field(min_length=20, max_length=20_000, description="why the area is appropriate")
    body_statement: str = Field(default="", max_length=20_000, description="why the applicant is a relevant body")
    map_scale: int | None = Field(default=None, ge=100, le=250_000, description="the map is at 1 to this")
    map_sha256: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$", description="hash of the map document")
    consents: list[ApplicationConsentIn] = Field(default=[], max_length=100)
    received_on: date


class ApplicationIn(ApplicationBase):
    """An application to designate a neighbourhood area (AREA-6)."""

    boundary: dict[str, Any] = Field(description="GeoJSON Polygon, MultiPolygon or a Feature with one")


def application_in(text: str) -> ApplicationBase:
    """Return the application written as JSON beside a file.

    Raises:
        InvalidRequestError: naming the parts that are missing or cannot be used.
    """
    try:
        return ApplicationBase.model_validate_json(text)
    except ValidationError as problem:
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc'])) or 'application'}: {fault['msg']}" for fault in problem.errors()
        )
        raise InvalidRequestError(f"Correct the application and send it again: {faults}.") from problem


class PublicityIn(Shape):
    """When an application was first publicised, and when representations close (AREA-11, AREA-12)."""

    publicised_on: date
    closes_on: date


class DecisionIn(Shape):
    """One authority's decision (AREA-18, AREA-19, AREA-20)."""

    authority_code: str = Field(max_length=80)
    outcome: Literal["designate", "refuse"]
    decided_on: date
    published_on: date | None = None
    reasons: str = Field(min_length=1, max_length=20_000)
    is_business_area: bool = False
    business_area_reasons: str = Field(min_length=1, max_length=20_000)
    ground: Ground | None = Field(default=None, description="of a refusal")
    boundary: dict[str, Any] | None = Field(
        default=None,
        description="GeoJSON of what is designated where it is not the line applied for: the clean edge, or the part "
        "designated after a refusal as not appropriate (AREA-9)",
    )
    modifies: list[str] = Field(default=[], max_length=50, description="areas out of which the land is taken (AREA-16)")


def summary_of_area(area: NeighbourhoodArea) -> AreaSummary:
    """Return the area as it stands in a list."""
    return AreaSummary.model_validate(area, from_attributes=True)


def _decision(decision: AreaDecision) -> Decision:
    return Decision.model_validate(decision, from_attributes=True)


def decide_by(application: AreaApplication) -> date | None:
    """Return the last day to decide, None where no limit runs (AREA-10) or it has not begun (AREA-13)."""
    if application.publicised_on is None or application.clock_weeks is None:
        return None
    several = len(application.verdict["authorities"]) > 1
    limit = deadline(Clock.AREA_DECISION_SEVERAL if several else Clock.AREA_DECISION, application.publicised_on)
    return None if limit is None else limit.day


def _application(application: AreaApplication) -> Application:
    facts = {name: getattr(application, name) for name in Application.model_fields if hasattr(application, name)}
    decisions = [_decision(each) for each in application.decisions]
    return Application(**facts | {"decisions": decisions, "decide_by": decide_by(application)})


def _version(version: AreaVersion) -> Version:
    return Version(
        valid_from=version.valid_from,
        valid_until=version.valid_until,
        reason=version.reason,
        area_ha=round(version.geometry.area / 10_000, 2),
    )


def area_of(area: NeighbourhoodArea, plans: list[Plan]) -> Area:
    """Return the area with everything public about it.

    Args:
        area: the row, its applications, decisions and versions loaded.
        plans: its plans.
    """
    return Area(
        **summary_of_area(area).model_dump(),
        external_reference=area.external_reference,
        applications=[_application(each) for each in area.applications],
        versions=[_version(each) for each in area.versions],
        plans=[summary_of_plan(plan) for plan in plans],
    )
