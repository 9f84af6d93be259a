"""Consultations and what people say in them: the original sealed, and only what an officer passed made public."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Reference, UtcDateTime


class ConsultationHeld(Base):
    """One consultation on an area, a forum, a plan or an order; a second of the same kind is a new row."""

    __tablename__ = "consultation"
    __table_args__ = (UniqueConstraint("subject", "kind", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(Reference, index=True)
    kind: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    where_to_inspect: Mapped[str] = mapped_column(Text)
    held_by: Mapped[list[str]]
    """Codes of the organisations that hold it."""
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    representations: Mapped[list["Representation"]] = relationship(
        back_populates="consultation", order_by="Representation.number"
    )


class Representation(Base):
    """What one person or body said. Name, contact and text stay sealed; the public sees what was passed for it."""

    __tablename__ = "representation"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    received_on: Mapped[date]
    channel: Mapped[str] = mapped_column(String(10))
    about: Mapped[str] = mapped_column(String(10))
    policy: Mapped[str] = mapped_column(String(100))
    easting: Mapped[float | None]
    northing: Mapped[float | None]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """Name, contact and text as they came, encrypted under the service's key."""
    wants_notice: Mapped[bool]
    """Whether they asked to be told of the decision."""
    told_on: Mapped[date | None]
    published_text: Mapped[str | None] = mapped_column(Text)
    """What an officer passed for publication; empty until then, and for what is withheld."""
    published_as: Mapped[str | None] = mapped_column(String(200))
    withheld_because: Mapped[str | None] = mapped_column(Text)
    passed_by: Mapped[str | None] = mapped_column(String(120))
    """The officer who read it and passed or withheld it."""
    passed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(Text, default="", server_default="")
    """What those who hold the consultation did about it, for the consultation statement (STEP-2); public."""
    answered_by: Mapped[str | None] = mapped_column(String(120))

    consultation: Mapped[ConsultationHeld] = relationship(back_populates="representations")
    messages: Mapped[list["Message"]] = relationship(back_populates="representation", order_by="Message.id")


class Message(Base):
    """What one respondent who asked is told of one decision; the name and the address stay in what is sealed."""

    __tablename__ = "message"
    __table_args__ = (UniqueConstraint("representation_id", "about"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    representation_id: Mapped[int] = mapped_column(ForeignKey("representation.id"))
    about: Mapped[str] = mapped_column(String(120))
    """Which decision it tells of: "decision-statement", "making", or "decision" with the authority's code."""
    heading: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_on: Mapped[date | None]

    representation: Mapped[Representation] = relationship(back_populates="messages")
