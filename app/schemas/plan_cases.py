"""A plan's case, in and out: what each step needs, documents, points, policies, the examination, the frozen pack."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

import shapely
from pydantic import Field

from app.models import CaseDocument, PlanCheck, PlanPolicy
from app.schemas.common import Shape
from app.services.plan_facts import PlanCase, checklist_of, clocks_of_case
from geo.crs import wgs84_from_bng
from referendum.needs import Need
from referendum.plan_clocks import RunningClock

Text = Annotated[str, Field(max_length=20_000)]
Line = Annotated[str, Field(max_length=200)]


class NeedOut(Shape):
    """One thing a step needs."""

    code: str
    text: str
    evidence: str
    by: str
    rule: str
    is_there: bool


class MoveOut(Shape):
    """A lawful step from here, and what it needs."""

    to_stage: str
    action: str
    by: str
    rule: str
    progress: str
    needs: list[NeedOut]


class ClockOut(Shape):
    """A clock: the day the law gives beside the day it was done."""

    text: str
    start: date
    predicted: date
    last_day: date
    actual: date | None
    state: str
    if_missed: str
    rule: str


class CaseOut(Shape):
    """A plan's case as it stands on a day."""

    reference: str
    stage: str
    course: str
    moves: list[MoveOut]
    clocks: list[ClockOut]


class DocumentOut(Shape):
    """One version of one document."""

    id: int
    subject: str
    kind: str
    version: int
    title: str
    file_name: str
    media_type: str
    size_bytes: int
    sha256: str
    is_public: bool
    added_at: datetime


class PointIn(Shape):
    """What somebody says on one point of a case."""

    answer: Literal["yes", "no", "not-needed"]
    note: Text = ""
    on_date: date


class ContentIn(Shape):
    """What a plan or order provides for of what it may not (PLAN-3, ORDER-2, ORDER-4)."""

    contains: list[
        Literal["minerals", "waste", "environmental-impact-annex-1", "national-infrastructure", "prescribed"]
    ] = Field(default_factory=list)
    repeats_permission: bool = False
    on_date: date


class OrganisationIn(Shape):
    """What a community organisation says of itself (CRTBO-2 to CRTBO-4)."""

    on: date
    is_parish_council: bool = False
    company_number: Line = ""
    is_for_local_wellbeing: bool = False
    is_open_to_locals: bool = False
    residents_control: bool = False
    gains_stay_local: bool = False
    assets_pass_on: bool = False
    members: int = Field(default=0, ge=0, le=1_000_000)
    members_living_in_area: int = Field(default=0, ge=0, le=1_000_000)
    dwellings_of_members: int = Field(default=0, ge=0, le=1_000_000)


class PointOut(Shape):
    """A point as it was last answered."""

    code: str
    answer: str
    note: str
    on_date: date
    details: dict[str, Any]


class DetailsIn(Shape):
    """A plan's title and the years for which it has effect (PLAN-2)."""

    title: str = Field(min_length=2, max_length=200)
    period_start: int | None = Field(default=None, ge=2000, le=2200)
    period_end: int | None = Field(default=None, ge=2000, le=2200)


class PolicyIn(Shape):
    """A policy; `land` is a GeoJSON geometry in WGS84, left out where it is about the whole area."""

    title: str = Field(min_length=1, max_length=200)
    text: str = Field(min_length=1, max_length=20_000)
    land: dict[str, Any] | None = None


class PolicyOut(Shape):
    """A policy of a plan or order."""

    code: str
    title: str
    text: str
    land: dict[str, Any] | None


def document_of(document: CaseDocument) -> DocumentOut:
    """Return one version of a document."""
    return DocumentOut.model_validate(document, from_attributes=True)


def point_of(check: PlanCheck) -> PointOut:
    """Return a point."""
    return PointOut.model_validate(check, from_attributes=True)


def policy_of(policy: PlanPolicy) -> PolicyOut:
    """Return a policy, its land in WGS84."""
    land = None if policy.geometry is None else shapely.geometry.mapping(wgs84_from_bng(policy.geometry))
    return PolicyOut(code=policy.code, title=policy.title, text=policy.text, land=land)


def case_out(case: PlanCase, today: date) -> CaseOut:
    """Return a plan's case as it stands today: every lawful step with what it needs, and every clock."""
    moves = []
    for move in case.moves():
        found = checklist_of(case, move, on=today)
        needs = [
            *(_need(each, there=True) for each in found.done),
            *(_need(each, there=False) for each in found.missing),
        ]
        moves.append(
            MoveOut(
                to_stage=move.to_stage.value,
                action=move.action,
                by=move.by.value,
                rule=move.rule,
                progress=found.words,
                needs=needs,
            )
        )
    return CaseOut(
        reference=case.plan.reference,
        stage=case.plan.stage,
        course=case.plan.course,
        moves=moves,
        clocks=[_clock(each) for each in clocks_of_case(case, today)],
    )


def _need(need: Need, *, there: bool) -> NeedOut:
    return NeedOut(
        code=need.code,
        text=need.text,
        evidence=need.evidence.value,
        by=need.by.value,
        rule=need.rule,
        is_there=there,
    )


def _clock(clock: RunningClock) -> ClockOut:
    return ClockOut(
        text=clock.limit.text,
        start=clock.limit.start,
        predicted=clock.limit.day,
        last_day=clock.last_day,
        actual=clock.actual,
        state=clock.state.value,
        if_missed=clock.limit.if_missed,
        rule=clock.limit.rule,
    )
