"""Referendums: the poll, its accounts, each round of the count, and the declaration."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, BaseGeometry, BngGeometry, Document, Reference, UtcDateTime
from app.models.plan import Plan

if TYPE_CHECKING:
    from app.models.counting import CountObserver, CountPortion, CountRelease, CountSignOff


class Referendum(Base):
    """A referendum on one plan or order, with the area whose electors vote (EXAM-4: never smaller than the NA)."""

    __tablename__ = "referendum"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(Reference, unique=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    decision_on: Mapped[date]
    poll_date: Mapped[date]
    has_business_poll: Mapped[bool]
    is_cross_boundary: Mapped[bool]
    authority: Mapped[str] = mapped_column(String(200))
    """Name of the planning authority as it stands in the question (Q-4)."""
    council: Mapped[str] = mapped_column(String(200))
    """The relevant council that arranges the poll (REF-1)."""
    question: Mapped[str] = mapped_column(String(500))
    election_group_id: Mapped[str] = mapped_column(String(120))
    timetable: Mapped[Document]
    geometry: Mapped[BaseGeometry] = mapped_column(BngGeometry())

    plan: Mapped[Plan] = relationship()
    accounts: Mapped[list["BallotPaperAccount"]] = relationship(order_by="BallotPaperAccount.id")
    rounds: Mapped[list["CountRound"]] = relationship(order_by="CountRound.number")
    declaration: Mapped["Declaration | None"] = relationship(back_populates="referendum")
    portions: Mapped[list["CountPortion"]] = relationship(back_populates="referendum", order_by="CountPortion.id")
    sign_offs: Mapped[list["CountSignOff"]] = relationship(order_by="CountSignOff.id")
    releases: Mapped[list["CountRelease"]] = relationship(order_by="CountRelease.number")
    observers: Mapped[list["CountObserver"]] = relationship(order_by="CountObserver.id")


class BallotPaperAccount(Base):
    """What one station received and returned, and what was found in its box (COUNT-3)."""

    __tablename__ = "ballot_paper_account"
    __table_args__ = (UniqueConstraint("referendum_id", "poll", "council", "station"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    referendum_id: Mapped[int] = mapped_column(ForeignKey("referendum.id"))
    poll: Mapped[str] = mapped_column(String(20))
    council: Mapped[str] = mapped_column(String(200))
    station: Mapped[str] = mapped_column(String(200))
    supplied: Mapped[int]
    issued: Mapped[int]
    spoilt: Mapped[int]
    unused: Mapped[int]
    tendered: Mapped[int]
    found: Mapped[int]


class CountRound(Base):
    """One round of counting every portion of every poll; all rounds are kept (COUNT-12)."""

    __tablename__ = "count_round"
    __table_args__ = (UniqueConstraint("referendum_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    referendum_id: Mapped[int] = mapped_column(ForeignKey("referendum.id"))
    number: Mapped[int]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(500))
    count: Mapped[Document]
    """The figures as a folkmoot.count/1 document."""
    result: Mapped[Document]
    """What they come to, as a folkmoot.result/1 document."""


class Declaration(Base):
    """The result declared; from then on nothing of it changes (COUNT-15)."""

    __tablename__ = "declaration"

    id: Mapped[int] = mapped_column(primary_key=True)
    referendum_id: Mapped[int] = mapped_column(ForeignKey("referendum.id"), unique=True)
    round_number: Mapped[int]
    declared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    declared_by: Mapped[str] = mapped_column(String(120))
    result: Mapped[Document]
    reason: Mapped[str | None] = mapped_column(String(500))
    """Why figures that do not add up are declared all the same (COUNT-16); None where they add up."""

    referendum: Mapped[Referendum] = relationship(back_populates="declaration")
