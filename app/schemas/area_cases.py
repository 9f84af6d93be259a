"""The cases of areas, in and out: parts, consents, changes, withdrawal, what is due and what is missing."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from app.models import AreaChange, AreaConsent, ConsentPurpose
from app.queries.area_cases import AreaCase
from app.queries.area_offers import OfferKind, Offers
from app.schemas.common import Shape
from app.schemas.drafts import bng_shape
from referendum.case_moves import CaseClock, Possible, Raised


class PartsIn(Shape):
    """Parts of an application that came after it (AREA-6); what is left out stays as it is."""

    body_statement: str | None = Field(default=None, max_length=20_000, description="why it is a relevant body")
    map_scale: int | None = Field(default=None, ge=1, le=10_000_000, description="the map is at 1 to this")
    map_sha256: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$", description="hash of the map document")


class ConsentIn(Shape):
    """A council's consent (AREA-5, AREA-16), or another planning authority's agreement (AREA-20)."""

    purpose: ConsentPurpose
    body_code: str = Field(min_length=1, max_length=80)
    given_on: date
    minute: str = Field(min_length=1, max_length=200)


class ConsentOut(ConsentIn):
    """A consent on record; `used_on` is the day of the change that used it up."""

    used_on: date | None


class OfferOut(Shape):
    """One way to designate something else than the line applied for (AREA-9, AREA-16): send it back with a decision."""

    kind: OfferKind
    words: str = Field(description="what becomes of the land, in a sentence")
    boundary: dict[str, Any] | None = Field(
        description="GeoJSON of what would be designated, on the British grid; none for the line as applied for"
    )
    modifies: list[str] = Field(description="references of the current areas out of which its land would be taken")


class ChangeIn(Shape):
    """A change to a designated area on a later application (AREA-16, AREA-22)."""

    kind: Literal["subtract", "enlarge", "split", "merge"]
    on: date
    applied_by: str = Field(min_length=2, max_length=200)
    applied_parish_code: str | None = Field(default=None, max_length=80)
    applied_on: date
    reasons: str = Field(min_length=1, max_length=20_000)
    boundary: dict[str, Any] | None = Field(default=None, description="GeoJSON of the land; none for a merger")
    name: str = Field(default="", max_length=200, description="of the area that is split off")
    others: list[str] = Field(default=[], max_length=50, description="references of the areas joined to it")
    is_business_area: bool = False
    business_area_reasons: str = Field(default="", max_length=20_000)


class ChangePart(Shape):
    """One area that a change closed or opened."""

    reference: str
    role: str
    sha256: str


class ChangeOut(Shape):
    """A change that was made, with the areas it closed and opened."""

    kind: str
    on: date
    applied_by: str
    applied_on: date
    reasons: str
    parts: list[ChangePart]


class WithdrawalIn(Shape):
    """An application taken back by the body that made it."""

    withdrawn_on: date
    reason: str = Field(min_length=1, max_length=20_000)


class PublicationIn(Shape):
    """The day on which an authority published its decision (AREA-21)."""

    authority_code: str = Field(max_length=80)
    published_on: date


class ClockOut(Shape):
    """One date of a case, predicted and actual apart."""

    event: str
    rule: str
    predicted: date | None
    actual: date | None
    is_overdue: bool


class RaisedOut(Shape):
    """Something that time brought about, for a person to act on."""

    code: str
    words: str
    rule: str
    since: date


class MoveOut(Shape):
    """A lawful move, whether it may be made now, and what is missing."""

    action: str
    by: str
    rule: str
    to_stage: str
    is_open: bool
    missing: list[str]


class CaseOut(Shape):
    """One open case: what is due, its dates, and what is missing in words."""

    reference: str
    kind: str
    name: str
    due: str
    due_on: date | None
    is_overdue: bool
    done: int
    total: int
    missing: str
    clocks: list[ClockOut]
    raised: list[RaisedOut]


def consent_out(consent: AreaConsent) -> ConsentOut:
    """Return a consent as it is published."""
    return ConsentOut.model_validate(consent, from_attributes=True)


def change_out(change: AreaChange) -> ChangeOut:
    """Return a change as it is published."""
    parts = [ChangePart(reference=each.area.reference, role=each.role, sha256=each.sha256) for each in change.parts]
    return ChangeOut(
        kind=change.kind,
        on=change.on_date,
        applied_by=change.applied_by,
        applied_on=change.applied_on,
        reasons=change.reasons,
        parts=parts,
    )


def clock_out(clock: CaseClock, today: date) -> ClockOut:
    """Return a date of a case as it is published."""
    return ClockOut(
        event=clock.event,
        rule=clock.rule,
        predicted=clock.predicted,
        actual=clock.actual,
        is_overdue=clock.is_overdue(today),
    )


def raised_out(raised: Raised) -> RaisedOut:
    """Return what was raised as it is published."""
    return RaisedOut.model_validate(raised, from_attributes=True)


def move_out(possible: Possible) -> MoveOut:
    """Return a move as it is published."""
    return MoveOut(
        action=possible.move.action,
        by=possible.move.by.value,
        rule=possible.move.rule,
        to_stage=possible.move.to_stage,
        is_open=possible.is_open,
        missing=[need.words for need in possible.missing],
    )


def case_out(case: AreaCase, today: date) -> CaseOut:
    """Return an open case as an officer's program reads it."""
    facts = {name: getattr(case, name) for name in CaseOut.model_fields if name not in {"clocks", "raised"}}
    return CaseOut(
        **facts,
        clocks=[clock_out(each, today) for each in case.clocks],
        raised=[raised_out(each) for each in case.raised],
    )


def offers_out(offers: Offers) -> list[OfferOut]:
    """Return the offers of an open application, each with the line it would designate."""
    lines = {
        OfferKind.CLEAN_EDGE: offers.clean.candidate if offers.clean is not None else None,
        OfferKind.PART: offers.left,
    }
    taken = [each.reference for each in offers.overlaps]
    return [
        OfferOut(
            kind=kind,
            words=offers.about(kind),
            boundary=bng_shape(line) if (line := lines.get(kind)) is not None else None,
            modifies=taken if kind is OfferKind.CARVE_OUT else [],
        )
        for kind in dict.fromkeys(piece.kind for piece in offers.pieces)
    ]
