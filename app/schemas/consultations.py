"""Consultations and representations in and out of the API."""

from datetime import date
from typing import Literal

from pydantic import Field

from app.models import ConsultationHeld, Representation
from app.schemas.common import Shape
from referendum.consultations import KINDS, Consultation


class ConsultationOut(Shape):
    """A consultation as everyone sees it."""

    subject: str
    kind: Consultation
    round: int
    title: str
    rule: str
    regulation: str
    opens_on: date
    closes_on: date
    held_by: list[str]
    where_to_inspect: str
    statement: str
    received: int
    published: int


class RepresentationOut(Shape):
    """A representation as it was passed for publication."""

    number: int
    received_on: date
    about: str
    policy: str
    easting: float | None
    northing: float | None
    published_as: str
    text: str
    answer: str


class ConsultationWithSaid(ConsultationOut):
    """A consultation with what was published of it."""

    representations: list[RepresentationOut]


class ConsultationIn(Shape):
    """A consultation to be opened."""

    subject: str = Field(pattern=r"^[A-Z]{2}-\d{6}$")
    kind: Consultation
    title: str = Field(min_length=1, max_length=300)
    opens_on: date
    closes_on: date
    held_by: list[str] = Field(min_length=1, max_length=10)
    where_to_inspect: str = Field(default="", max_length=4000)


class RepresentationIn(Shape):
    """A representation that came on paper, or through a council's own form."""

    name: str = Field(default="", max_length=200)
    contact: str = Field(default="", max_length=300)
    text: str = Field(min_length=1, max_length=20_000)
    received_on: date
    policy: str = Field(default="", max_length=100)
    easting: float | None = None
    northing: float | None = None
    wants_notice: bool = False


class ReceiptOut(Shape):
    """What a respondent is given."""

    subject: str
    kind: Consultation
    round: int
    number: int


class PassingIn(Shape):
    """What is made public of a representation, or why nothing is."""

    text: str = Field(default="", max_length=20_000)
    published_as: str = Field(default="", max_length=200)
    withheld_because: str = Field(default="", max_length=1000)


class AnsweredIn(Shape):
    """What was done about a representation."""

    answer: str = Field(min_length=1, max_length=4000)


class SummaryFilingIn(Shape):
    """As which document of the plan's case the summary of a consultation is filed."""

    filed_as: Literal["consultation-statement", "representations", "representations-summary"]


class FiledOut(Shape):
    """One version of a document that was filed."""

    kind: str
    version: int
    sha256: str


def consultation_out(held: ConsultationHeld) -> ConsultationOut:
    """Return a consultation as everyone sees it."""
    kind = KINDS[Consultation(held.kind)]
    return ConsultationOut(
        subject=held.subject,
        kind=Consultation(held.kind),
        round=held.number,
        title=held.title,
        rule=kind.rule,
        regulation=kind.regulation,
        opens_on=held.opens_on,
        closes_on=held.closes_on,
        held_by=held.held_by,
        where_to_inspect=held.where_to_inspect,
        statement=kind.statement,
        received=len(held.representations),
        published=sum(row.published_text is not None for row in held.representations),
    )


def with_said(held: ConsultationHeld) -> ConsultationWithSaid:
    """Return a consultation with what was published of it."""
    published = [representation_out(row) for row in held.representations if row.published_text is not None]
    return ConsultationWithSaid(**consultation_out(held).model_dump(), representations=published)


def representation_out(row: Representation) -> RepresentationOut:
    """Return a representation that was passed for publication."""
    return RepresentationOut(
        number=row.number,
        received_on=row.received_on,
        about=row.about,
        policy=row.policy,
        easting=row.easting,
        northing=row.northing,
        published_as=row.published_as or "",
        text=row.published_text or "",
        answer=row.answer,
    )


def receipt_of(row: Representation) -> ReceiptOut:
    """Return what a respondent is given."""
    held = row.consultation
    return ReceiptOut(subject=held.subject, kind=Consultation(held.kind), round=held.number, number=row.number)
