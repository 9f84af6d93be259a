"""How many people of 18 and over live in each small area, from which the people of a drawn area are estimated."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class CountFile(Base):
    """One table of counts imported for a council; the latest is used."""

    __tablename__ = "count_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_code: Mapped[str] = mapped_column(String(80), index=True)
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    as_at: Mapped[date]
    adults: Mapped[int]
    """Of all its areas together."""
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SmallAreaCount(Base):
    """The adults of one output area."""

    __tablename__ = "small_area_count"
    __table_args__ = (UniqueConstraint("file_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("count_file.id"))
    code: Mapped[str] = mapped_column(String(80), index=True)
    adults: Mapped[int]
