"""Referendums, in and out."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from app.models import Declaration, ElectorateCount, Referendum
from app.schemas.common import Shape
from app.schemas.plans import PlanSummary, summary_of_plan


class ReferendumSummary(Shape):
    """One referendum in a list."""

    reference: str
    poll_date: date
    plan: PlanSummary
    is_declared: bool


class Electorate(Shape):
    """An electorate as it was counted and frozen (ELEC-16); the whole document is at its own address."""

    snapshot: str
    counted_at: datetime
    entries_in_area: int
    entitled: int
    sha256: str


class DeclarationOut(Shape):
    """The result declared (COUNT-15)."""

    declared_at: datetime
    declared_by: str
    round_number: int
    reason: str | None
    result: dict[str, Any]


class ReferendumOut(ReferendumSummary):
    """One referendum: its dates, its question, its electorates, and its result once declared."""

    decision_on: date
    has_business_poll: bool
    is_cross_boundary: bool
    question: str
    election_group_id: str
    timetable: dict[str, Any]
    electorates: list[Electorate]
    declaration: DeclarationOut | None


class ReferendumIn(Shape):
    """A referendum to arrange (REF-7, EXAM-4)."""

    plan: str = Field(pattern=r"^(NP|NO|CO)-\d{6}$")
    decision_on: date
    poll_date: date
    council: str = Field(min_length=2, max_length=200, description="The relevant council that arranges the poll")
    referendum_area: dict[str, Any] | None = Field(
        default=None, description="GeoJSON; the neighbourhood area itself when it is not given"
    )


class ElectorateIn(Shape):
    """An electorate to count and freeze."""

    snapshot: Literal["provisional", "E0", "E1", "E2"]
    register_id: int


def summary_of_referendum(referendum: Referendum) -> ReferendumSummary:
    """Return the referendum as it stands in a list."""
    return ReferendumSummary(
        reference=referendum.reference,
        poll_date=referendum.poll_date,
        plan=summary_of_plan(referendum.plan),
        is_declared=referendum.declaration is not None,
    )


def _electorate(count: ElectorateCount) -> Electorate:
    return Electorate.model_validate(count, from_attributes=True)


def _declaration(declaration: Declaration) -> DeclarationOut:
    return DeclarationOut.model_validate(declaration, from_attributes=True)


def referendum_of(referendum: Referendum, electorates: list[ElectorateCount]) -> ReferendumOut:
    """Return the referendum with everything public about it; figures only once they are declared."""
    return ReferendumOut(
        **summary_of_referendum(referendum).model_dump(),
        decision_on=referendum.decision_on,
        has_business_poll=referendum.has_business_poll,
        is_cross_boundary=referendum.is_cross_boundary,
        question=referendum.question,
        election_group_id=referendum.election_group_id,
        timetable=referendum.timetable,
        electorates=[_electorate(count) for count in electorates],
        declaration=None if referendum.declaration is None else _declaration(referendum.declaration),
    )
