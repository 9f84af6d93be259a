"""The business voting register: ratepayers liable for premises, and who casts each holder's vote; no name is kept."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Document, UtcDateTime


class RatepayerList(Base):
    """The billing authority's list for one business referendum, as it stood on one day; a newer one supersedes it."""

    __tablename__ = "ratepayer_list"
    __table_args__ = (UniqueConstraint("referendum_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    referendum_id: Mapped[int] = mapped_column(ForeignKey("referendum.id"))
    version: Mapped[int]
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    unreadable: Mapped[Document]
    """`rows`: line and reason of each row that could not be read."""
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    imported_by: Mapped[str] = mapped_column(String(120))

    liabilities: Mapped[list["RatepayerLiability"]] = relationship(order_by="RatepayerLiability.position")


class RatepayerLiability(Base):
    """One line of the list: who is liable for one hereditament, by account and by a keyed hash of the name."""

    __tablename__ = "ratepayer_liability"
    __table_args__ = (UniqueConstraint("list_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("ratepayer_list.id"))
    position: Mapped[int]
    account: Mapped[str] = mapped_column(String(60))
    name_key: Mapped[bytes] = mapped_column(LargeBinary(16))
    is_body: Mapped[bool]
    """Whether the name is that of a registered body, which no other bears."""
    company_number: Mapped[str | None] = mapped_column(String(12))
    premises: Mapped[str] = mapped_column(String(300))
    state_on: Mapped[date]
    easting: Mapped[float | None]
    northing: Mapped[float | None]
    location_source: Mapped[str | None] = mapped_column(String(20))
    accuracy_m: Mapped[float | None]
    placed: Mapped[str] = mapped_column(String(12))
    """in_area, outside, undecided or unplaced, as its point lies."""
    decided: Mapped[str | None] = mapped_column(String(12))
    """in_area or outside, where an officer decided it."""
    decided_because: Mapped[str | None] = mapped_column(Text)


class BusinessRegistration(Base):
    """Both forms of one holder, by references; a registration struck out stays here."""

    __tablename__ = "business_registration"

    id: Mapped[int] = mapped_column(primary_key=True)
    referendum_id: Mapped[int] = mapped_column(ForeignKey("referendum.id"), index=True)
    holder: Mapped[str] = mapped_column(String(60))
    voter: Mapped[str] = mapped_column(String(60))
    """The officer's own reference of the named voter."""
    attains_on: Mapped[date | None]
    """Day of becoming 18, kept only where it comes after the poll."""
    is_qualifying_citizen: Mapped[bool]
    polling_place: Mapped[str | None] = mapped_column(String(200))
    """Where the named voter votes as a resident of the area (BUS-10)."""
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    left_on: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(String(120))
    struck_because: Mapped[str | None] = mapped_column(Text)


class BusinessCount(Base):
    """How many votes the business referendum has, as counted and frozen."""

    __tablename__ = "business_count"
    __table_args__ = (UniqueConstraint("referendum_id", "snapshot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    referendum_id: Mapped[int] = mapped_column(ForeignKey("referendum.id"))
    list_id: Mapped[int] = mapped_column(ForeignKey("ratepayer_list.id"))
    snapshot: Mapped[str] = mapped_column(String(12))
    """E0 for the initial registration list (expenses), E2 for the poll."""
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    holders: Mapped[int]
    entries: Mapped[int]
    document: Mapped[Document]
    sha256: Mapped[str] = mapped_column(String(64))
