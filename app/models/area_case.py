"""What gathers round an area beside its line: consents of other councils, and changes made after designation."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.area import AreaDecision, NeighbourhoodArea
from app.models.base import Base, BaseGeometry, BngGeometry, UtcDateTime


class ConsentPurpose(StrEnum):
    """What a consent allows: acting for a parish, changing an area in it, or another authority's agreement."""

    ACT = "act"
    MODIFY = "modify"
    AGREE = "agree"


class AreaConsent(Base):
    """A council's consent, good for one change (AREA-16, AREA-20), or lasting where it is to act (AREA-5)."""

    __tablename__ = "area_consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood_area.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(10))
    body_code: Mapped[str] = mapped_column(String(80))
    """Code of the parish, or of the planning authority, whose consent it is."""
    given_on: Mapped[date]
    minute: Mapped[str] = mapped_column(String(200))
    used_on: Mapped[date | None]
    """The day of the change that used it up; empty while it may still be used."""
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    area: Mapped[NeighbourhoodArea] = relationship()


class DecidedLine(Base):
    """The line that a decision designates where it is not the line applied for (AREA-9, AREA-15)."""

    __tablename__ = "decided_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("area_decision.id"), unique=True)
    geometry: Mapped[BaseGeometry] = mapped_column(BngGeometry())

    decision: Mapped[AreaDecision] = relationship()


class AreaChange(Base):
    """A change to designated areas on a later application: what was asked, and the land that changed hands."""

    __tablename__ = "area_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    on_date: Mapped[date]
    applied_by: Mapped[str] = mapped_column(String(200))
    applied_parish_code: Mapped[str | None] = mapped_column(String(80))
    applied_on: Mapped[date]
    reasons: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    geometry: Mapped[BaseGeometry] = mapped_column(BngGeometry())
    """The land named in the change, exactly as it was given; for a merger, all of it."""

    parts: Mapped[list["AreaChangePart"]] = relationship(back_populates="change", order_by="AreaChangePart.id")


class AreaChangePart(Base):
    """One area that a change closed or opened, with the hash of its line."""

    __tablename__ = "area_change_part"

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("area_change.id"), index=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood_area.id"), index=True)
    role: Mapped[str] = mapped_column(String(10))
    """`closed`: this line ended with the change; `opened`: it began with it."""
    sha256: Mapped[str] = mapped_column(String(64))

    change: Mapped[AreaChange] = relationship(back_populates="parts")
    area: Mapped[NeighbourhoodArea] = relationship()
