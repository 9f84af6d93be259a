"""Neighbourhood forums: the application to be designated for one area, each authority's decision, and the end."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.area import NeighbourhoodArea
from app.models.base import Base, Reference, UtcDateTime
from app.models.organisation import Organisation


class ForumStatus(StrEnum):
    """Where an application to be a forum stands; that a designation has run out is told by its date."""

    APPLIED = "applied"
    DESIGNATED = "designated"
    REFUSED = "refused"
    DECLINED = "declined"
    ENDED = "ended"
    """Its designation was withdrawn, or a renewal took its place."""


class Forum(Base):
    """A body's application to be the forum of one area, and its designation for five years (FORUM-8, FORUM-11).

    Members are counted, never named here.
    """

    __tablename__ = "forum"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(Reference, unique=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood_area.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(Text)
    constitution: Mapped[str] = mapped_column(Text)
    statement: Mapped[str] = mapped_column(Text)
    contact_name: Mapped[str] = mapped_column(String(200))
    contact_way: Mapped[str] = mapped_column(String(200))
    contact_agreed_on: Mapped[date | None]
    is_open_to_all: Mapped[bool]
    members: Mapped[int]
    living: Mapped[int]
    working: Mapped[int]
    elected: Mapped[int]
    received_on: Mapped[date]
    publicised_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(String(20))
    designated_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    """The first day on which it was no longer designated, where that is earlier than its five years."""
    ended_because: Mapped[str] = mapped_column(Text)
    ending: Mapped[str | None] = mapped_column(String(30))
    notice_on: Mapped[date | None]

    area: Mapped[NeighbourhoodArea] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    decisions: Mapped[list["ForumDecision"]] = relationship(back_populates="forum", order_by="ForumDecision.id")


class ForumDecision(Base):
    """One authority's decision on an application to be a forum."""

    __tablename__ = "forum_decision"
    __table_args__ = (UniqueConstraint("forum_id", "authority_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    authority_code: Mapped[str] = mapped_column(String(80))
    outcome: Mapped[str] = mapped_column(String(20))
    decided_on: Mapped[date]
    published_on: Mapped[date | None]
    reasons: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    forum: Mapped[Forum] = relationship(back_populates="decisions")
