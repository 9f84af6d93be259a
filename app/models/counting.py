"""The night of the count: who keyed what, what was done about a variance, what was signed and what was shown."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Document, UtcDateTime
from app.models.referendum import Referendum


class CountPortion(Base):
    """One council's part of one poll: its stations, its postal sessions, and how far its statement has come."""

    __tablename__ = "count_portion"
    __table_args__ = (UniqueConstraint("referendum_id", "poll", "council"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    referendum_id: Mapped[int] = mapped_column(ForeignKey("referendum.id"))
    poll: Mapped[str] = mapped_column(String(20))
    council: Mapped[str] = mapped_column(String(200))
    stations: Mapped[list[str]]
    """Names of its polling stations; station 1 is the first."""
    postal_sessions: Mapped[int]
    """How many postal opening sessions are kept apart; 0 where no postal vote came in."""
    electorate: Mapped[int | None]
    """Entries with a vote on the frozen final register (ELEC-16); None where two people key it."""
    round: Mapped[int]
    """Number of the count under way or last confirmed, from 1."""
    state: Mapped[str] = mapped_column(String(20))
    """counting, provisional, authorised or final (COUNT-14)."""

    referendum: Mapped[Referendum] = relationship(back_populates="portions")
    entries: Mapped[list["CountEntry"]] = relationship(order_by="CountEntry.id")
    box_steps: Mapped[list["BoxStep"]] = relationship(order_by="BoxStep.id")
    box_causes: Mapped[list["BoxCause"]] = relationship(order_by="BoxCause.id")
    statement: Mapped["VerificationStatementRow | None"] = relationship()
    rounds: Mapped[list["PortionRound"]] = relationship(order_by="PortionRound.number")
    requests: Mapped[list["RecountRequest"]] = relationship(order_by="RecountRequest.id")


class CountEntry(Base):
    """What one person keyed of one sheet of paper, or a correction of it; kept for ever."""

    __tablename__ = "count_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    portion_id: Mapped[int] = mapped_column(ForeignKey("count_portion.id"), index=True)
    sheet: Mapped[str] = mapped_column(String(30))
    """electorate, station-1, postal-1 or round-1."""
    keyer: Mapped[str] = mapped_column(String(120))
    figures: Mapped[Document]
    salt: Mapped[str] = mapped_column(String(64))
    """What the record's seal of the figures is salted with, so that nobody guesses them from it."""
    reason: Mapped[str | None] = mapped_column(String(500))
    """Why a figure is corrected; None for what was keyed blind."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class BoxStep(Base):
    """One step taken about a box that differs from its account."""

    __tablename__ = "count_box_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    portion_id: Mapped[int] = mapped_column(ForeignKey("count_portion.id"), index=True)
    sheet: Mapped[str] = mapped_column(String(30))
    step: Mapped[str] = mapped_column(String(30))
    by: Mapped[str] = mapped_column(String(120))
    found: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class BoxCause(Base):
    """The cause of a variance as one person recorded it, and who agreed; without agreement the box stays open."""

    __tablename__ = "count_box_cause"

    id: Mapped[int] = mapped_column(primary_key=True)
    portion_id: Mapped[int] = mapped_column(ForeignKey("count_portion.id"), index=True)
    sheet: Mapped[str] = mapped_column(String(30))
    kind: Mapped[str] = mapped_column(String(30))
    note: Mapped[str] = mapped_column(String(500))
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    agreed_by: Mapped[str | None] = mapped_column(String(120))
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class VerificationStatementRow(Base):
    """A portion's statement of the result of verification, as it was drawn up (COUNT-4)."""

    __tablename__ = "count_verification"

    id: Mapped[int] = mapped_column(primary_key=True)
    portion_id: Mapped[int] = mapped_column(ForeignKey("count_portion.id"), unique=True)
    document: Mapped[Document]
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PortionRound(Base):
    """One count of a portion's papers, as its counting officer confirmed it; every one is kept (COUNT-12)."""

    __tablename__ = "count_portion_round"
    __table_args__ = (UniqueConstraint("portion_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    portion_id: Mapped[int] = mapped_column(ForeignKey("count_portion.id"))
    number: Mapped[int]
    reason: Mapped[str] = mapped_column(String(500))
    figures: Mapped[Document]
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class RecountRequest(Base):
    """A recount that was asked for or directed, and the answer (COUNT-12)."""

    __tablename__ = "count_recount_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    portion_id: Mapped[int] = mapped_column(ForeignKey("count_portion.id"), index=True)
    asked_by: Mapped[str] = mapped_column(String(200))
    granted: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(500))
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CountSignOff(Base):
    """One officer's signature under the figures of one round of the whole count."""

    __tablename__ = "count_sign_off"
    __table_args__ = (UniqueConstraint("referendum_id", "round_number", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    referendum_id: Mapped[int] = mapped_column(ForeignKey("referendum.id"))
    round_number: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64))
    """Hash of the figures signed (`folkmoot.count/1`)."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CountRelease(Base):
    """What the count board shows, from the moment an officer released it."""

    __tablename__ = "count_release"
    __table_args__ = (UniqueConstraint("referendum_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    referendum_id: Mapped[int] = mapped_column(ForeignKey("referendum.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    document: Mapped[Document]
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CountObserver(Base):
    """A counting observer who came; known by a badge, never by name."""

    __tablename__ = "count_observer"
    __table_args__ = (UniqueConstraint("referendum_id", "council", "badge"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    referendum_id: Mapped[int] = mapped_column(ForeignKey("referendum.id"))
    council: Mapped[str] = mapped_column(String(200))
    badge: Mapped[str] = mapped_column(String(40))
    appointed_by: Mapped[str] = mapped_column(String(200))
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
