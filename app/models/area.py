"""Neighbourhood areas: the application, each authority's decision, and the line as it stood over time."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, BaseGeometry, BngGeometry, Document, Reference, UtcDateTime


class AreaStatus(StrEnum):
    """Where an area stands."""

    APPLIED = "applied"
    DESIGNATED = "designated"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    """The applicant took the application back before it was decided."""
    ENDED = "ended"
    """It was joined to another area; its last line has an end date (AREA-22)."""


class NeighbourhoodArea(Base):
    """A neighbourhood area, from application on; never deleted (AREA-22)."""

    __tablename__ = "neighbourhood_area"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(Reference, unique=True)
    name: Mapped[str] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(20))
    designated_on: Mapped[date | None]
    is_business_area: Mapped[bool] = mapped_column(default=False)
    external_reference: Mapped[str | None] = mapped_column(String(120), unique=True)
    """The reference under which another register published it, for imported areas."""

    applications: Mapped[list["AreaApplication"]] = relationship(back_populates="area", order_by="AreaApplication.id")
    versions: Mapped[list["AreaVersion"]] = relationship(
        back_populates="area", order_by="[AreaVersion.valid_from, AreaVersion.id]"
    )


class AreaApplication(Base):
    """An application to designate: the map, the statements, and the verdict it was given (AREA-6)."""

    __tablename__ = "area_application"

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood_area.id"), index=True)
    applicant_kind: Mapped[str] = mapped_column(String(20))
    applicant_name: Mapped[str] = mapped_column(String(200))
    applicant_parish_code: Mapped[str | None] = mapped_column(String(80))
    statement: Mapped[str] = mapped_column(Text)
    """Why the area is appropriate (AREA-6 b)."""
    body_statement: Mapped[str] = mapped_column(Text, server_default="")
    """Why the applicant is a relevant body (AREA-6 c)."""
    map_scale: Mapped[int | None]
    """The map identifying the area is at 1 to this (AREA-6 a); empty while there is none."""
    map_sha256: Mapped[str | None] = mapped_column(String(64))
    """The hash of the map document, where it is kept here."""
    withdrawn_on: Mapped[date | None]
    withdrawn_because: Mapped[str] = mapped_column(Text, server_default="")
    received_on: Mapped[date]
    publicised_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    route: Mapped[str] = mapped_column(String(20))
    clock_weeks: Mapped[int | None]
    verdict: Mapped[Document]
    geometry: Mapped[BaseGeometry] = mapped_column(BngGeometry())

    area: Mapped[NeighbourhoodArea] = relationship(back_populates="applications")
    decisions: Mapped[list["AreaDecision"]] = relationship(back_populates="application", order_by="AreaDecision.id")


class AreaDecision(Base):
    """One authority's decision on an application; an area in several authorities needs each (AREA-20)."""

    __tablename__ = "area_decision"
    __table_args__ = (UniqueConstraint("application_id", "authority_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("area_application.id"))
    authority_code: Mapped[str] = mapped_column(String(80))
    outcome: Mapped[str] = mapped_column(String(20))
    decided_on: Mapped[date]
    published_on: Mapped[date | None]
    reasons: Mapped[str] = mapped_column(Text)
    is_business_area: Mapped[bool]
    business_area_reasons: Mapped[str] = mapped_column(Text)
    ground: Mapped[str | None] = mapped_column(String(30))
    """On what ground it was refused; empty where it was designated as applied for."""
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    application: Mapped[AreaApplication] = relationship(back_populates="decisions")


class AreaVersion(Base):
    """The line of a designated area from one date to another; current while `valid_until` is empty.

    `valid_until` is the first day on which this line no longer stood.
    """

    __tablename__ = "area_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood_area.id"), index=True)
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text)
    geometry: Mapped[BaseGeometry] = mapped_column(BngGeometry())

    area: Mapped[NeighbourhoodArea] = relationship(back_populates="versions")
