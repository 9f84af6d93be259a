"""The night of the count, in and out."""

from datetime import datetime
from typing import Any

from pydantic import Field, StrictInt

from app.models import CountRelease, Referendum
from app.queries.counts import BoxStands, PortionStands, latest_round, papers_verified
from app.schemas.common import Shape
from app.services.counts_board import ReleaseKind
from app.services.counts_signing import signatures_of
from referendum.count import Poll
from referendum.count_file import LARGEST_FIGURE
from referendum.sheets import KeyedSheet
from referendum.verification import CauseKind, Step


class PortionIn(Shape):
    """One council's part of a count, to set up."""

    poll: Poll = Poll.RESIDENTIAL
    council: str = Field(min_length=2, max_length=200)
    stations: list[str] = Field(description="Names of its polling stations, in the order of their sheets")
    postal_sessions: int = Field(default=1, ge=0, le=50)


class EntryIn(Shape):
    """What one person keys of a sheet: exactly the figures that are left to them."""

    sheet: str = Field(max_length=30, description="electorate, station-1, postal-1 or round-1")
    figures: dict[str, StrictInt] = Field(min_length=1, max_length=6)


class CorrectionIn(EntryIn):
    """Figures corrected by an officer after two people keyed them."""

    reason: str = Field(min_length=1, max_length=500)


class BoxStepIn(Shape):
    """A step taken about a box that differs from its account."""

    sheet: str = Field(max_length=30)
    step: Step
    found: StrictInt | None = Field(default=None, ge=0, le=LARGEST_FIGURE, description="For a recount of the box only")
    seen_steps: int | None = Field(default=None, ge=0, description="How many steps you saw; another number is a 409")


class CauseIn(Shape):
    """The cause of a variance, for a second person to agree."""

    sheet: str = Field(max_length=30)
    kind: CauseKind
    note: str = Field(min_length=1, max_length=500)


class AgreementIn(Shape):
    """The second person's agreement to the cause recorded for a box."""

    sheet: str = Field(max_length=30)


class ConfirmationIn(Shape):
    """The count under way, confirmed by its counting officer."""

    round: int | None = Field(default=None, ge=1, description="The count you saw; another one is a 409")


class RecountIn(Shape):
    """A recount asked for or directed, and the answer."""

    asked_by: str = Field(min_length=1, max_length=200)
    granted: bool
    reason: str = Field(min_length=1, max_length=500)
    round: int | None = Field(default=None, ge=1, description="The count you saw; another one is a 409")


class SignatureIn(Shape):
    """A signature under the latest round of the whole count."""

    round: int | None = Field(default=None, ge=1, description="The round you saw; another one is a 409")


class DeclarationIn(SignatureIn):
    """The declaration of the result of the latest round."""

    reason: str = Field(
        default="", max_length=500, description="Why figures that do not add up are declared (COUNT-16)"
    )


class ReleaseIn(Shape):
    """What to release to the count board."""

    kind: ReleaseKind


class ObserverIn(Shape):
    """A counting observer who is present; known by a badge, never by name."""

    council: str = Field(min_length=2, max_length=200)
    badge: str = Field(min_length=1, max_length=40)
    appointed_by: str = Field(min_length=1, max_length=200)


class SheetOut(Shape):
    """Where a sheet stands: its figures only once they are settled, nobody's entry before."""

    sheet: str
    state: str
    left_for_you: list[str]
    differing: list[str]
    figures: dict[str, int] | None


class BoxOut(Shape):
    """A box whose account is settled: what it held, against what was issued, and what was done about a difference."""

    sheet: str
    station: str
    state: str
    issued: int
    found: int
    variance: int
    discrepancy: int
    next_step: str | None
    steps: list[dict[str, Any]]
    proposed_cause: dict[str, Any] | None


class PortionOut(Shape):
    """One council's part of a count, as those who count it see it."""

    number: int
    poll: str
    council: str
    state: str
    round: int
    is_round_confirmed: bool
    papers_verified: int | None
    sheets: list[SheetOut]
    boxes: list[BoxOut]
    statement: dict[str, Any] | None
    rounds: list[dict[str, Any]]
    recounts: list[dict[str, Any]]


class SignatureOut(Shape):
    """A signature under one round of the whole count."""

    name: str
    role: str
    round_number: int
    sha256: str
    at: datetime


class CountOut(Shape):
    """Where a whole count stands, for those who count it."""

    reference: str
    portions: list[PortionOut]
    latest_round: int | None
    signatures: list[SignatureOut]
    observers: list[dict[str, Any]]
    is_declared: bool


class BoardOut(Shape):
    """What the count board shows: nothing before something was released."""

    reference: str
    number: int | None
    kind: str | None
    released_at: datetime | None
    document: dict[str, Any] | None


def sheet_of(held: KeyedSheet, person: str) -> SheetOut:
    """Return a sheet as one person may see it."""
    return SheetOut(
        sheet=held.sheet.key,
        state=held.state.value,
        left_for_you=list(held.left_for(person)),
        differing=list(held.differing),
        figures=held.values,
    )


def box_of(box: BoxStands) -> BoxOut:
    """Return a box with everything done about it."""
    held, proposed = box.verification, box.proposed
    return BoxOut(
        sheet=box.sheet.key,
        station=held.station.name,
        state=held.state.value,
        issued=held.station.issued,
        found=held.found,
        variance=held.found - held.station.issued,
        discrepancy=box.check.discrepancy,
        next_step=None if held.next_step is None else held.next_step.value,
        steps=[{"step": taken.step.value, "by": taken.by, "found": taken.found} for taken in held.steps],
        proposed_cause=None if proposed is None else {"kind": proposed.kind, "note": proposed.note, "by": proposed.by},
    )


def portion_of(stands: PortionStands, person: str) -> PortionOut:
    """Return a portion as one person may see it."""
    row = stands.row
    return PortionOut(
        number=stands.number,
        poll=row.poll,
        council=row.council,
        state=row.state,
        round=row.round,
        is_round_confirmed=stands.is_round_confirmed,
        papers_verified=papers_verified(stands) if stands.is_verified else None,
        sheets=[sheet_of(held, person) for held in stands.sheets],
        boxes=[box_of(box) for box in stands.boxes],
        statement=None if row.statement is None else row.statement.document,
        rounds=[{"number": held.number, "reason": held.reason, "figures": held.figures} for held in row.rounds],
        recounts=[{"asked_by": one.asked_by, "granted": one.granted, "reason": one.reason} for one in row.requests],
    )


def count_of(referendum: Referendum, portions: tuple[PortionStands, ...], person: str) -> CountOut:
    """Return a whole count as one person may see it."""
    latest = latest_round(referendum)
    return CountOut(
        reference=referendum.reference,
        portions=[portion_of(stands, person) for stands in portions],
        latest_round=None if latest is None else latest.number,
        signatures=[]
        if latest is None
        else [SignatureOut.model_validate(one, from_attributes=True) for one in signatures_of(referendum, latest)],
        observers=[
            {"council": one.council, "badge": one.badge, "appointed_by": one.appointed_by}
            for one in referendum.observers
        ],
        is_declared=referendum.declaration is not None,
    )


def board_out(reference: str, released: CountRelease | None) -> BoardOut:
    """Return the count board."""
    if released is None:
        return BoardOut(reference=reference, number=None, kind=None, released_at=None, document=None)
    return BoardOut(
        reference=reference,
        number=released.number,
        kind=released.kind,
        released_at=released.at,
        document=released.document,
    )
