"""Official boundaries, each dated: planning authorities, councils that run polls, parishes, wards and smaller areas."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, BaseGeometry, BngGeometry, UtcDateTime


class BoundaryKind(StrEnum):
    """What an official boundary bounds."""

    AUTHORITY = "authority"
    RELEVANT_COUNCIL = "relevant-council"
    PARISH = "parish"
    WARD = "ward"
    POLLING_DISTRICT = "polling-district"
    OUTPUT_AREA = "output-area"


class Boundary(Base):
    """One official area as it stood from one date to another.

    `valid_until` is the first day on which it no longer stood; empty while it stands.
    """

    __tablename__ = "boundary"
    __table_args__ = (UniqueConstraint("kind", "authority_code", "code", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), index=True)
    authority_code: Mapped[str] = mapped_column(String(80), default="")
    """The council within which the code is unique (polling districts); empty where the code is unique in England."""
    code: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    has_council: Mapped[bool | None]
    """Parishes: whether a parish council governs it (a parish meeting alone is no qualifying body)."""
    is_relevant_council: Mapped[bool | None]
    """Authorities: whether it runs polls (REF-2); a National Park authority does not."""
    source: Mapped[str] = mapped_column(String(200))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    geometry: Mapped[BaseGeometry] = mapped_column(BngGeometry())
