"""Registers without names, and the electorates counted from them.

Kept of an elector: number, markers, date of reaching 18, polling district, a keyed hash of the address, the
location and where it came from. Names are never read into the service. Anonymous entries have neither address
nor location.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Document, UtcDateTime


class Register(Base):
    """One electoral register as imported: its layout, files and the date it speaks of."""

    __tablename__ = "register"

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_code: Mapped[str] = mapped_column(String(80), index=True)
    layout: Mapped[str] = mapped_column(String(40))
    as_at: Mapped[date]
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    has_person_ids: Mapped[bool]
    entries: Mapped[int]
    files: Mapped[Document]
    """`files`: name, sha256, rows and encoding of each; `unreadable`: rows that could not be read, by file and line;
    `misfits`: alterations that did not fit."""


class RegisterEntry(Base):
    """One entry; never a name, never an address in words."""

    __tablename__ = "register_entry"
    __table_args__ = (Index(None, "register_id", "polling_district"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"))
    position: Mapped[int]
    """Place in the files as read, from 0: the order of the ledger."""
    polling_district: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]
    suffix: Mapped[int]
    markers: Mapped[str] = mapped_column(String(20))
    attains_on: Mapped[date | None]
    person_key: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    """Only where the register itself numbers its electors: a keyed hash of that number (suspected duplicates)."""
    address_key: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    easting: Mapped[float | None]
    northing: Mapped[float | None]
    location_source: Mapped[str | None] = mapped_column(String(20))
    accuracy_m: Mapped[float | None]
    street: Mapped[str | None] = mapped_column(String(80))
    """Street without number, for the work list; none for anonymous entries and where the line holds no street."""


class ElectorateCount(Base):
    """An electorate as it was counted and frozen (ELEC-16): recomputing it gives the same bytes."""

    __tablename__ = "electorate_count"
    __table_args__ = (UniqueConstraint("referendum_id", "snapshot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    referendum_id: Mapped[int] = mapped_column(ForeignKey("referendum.id"))
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"))
    snapshot: Mapped[str] = mapped_column(String(12))
    """E0 at the start of the referendum period, E1 for poll cards, E2 for the poll; `provisional` before them."""
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entries_in_area: Mapped[int]
    entitled: Mapped[int]
    document: Mapped[Document]
    provenance: Mapped[Document | None]
    """What it was counted from beside the register: boundary version, rule set, placements, portions by council."""
    sha256: Mapped[str] = mapped_column(String(64))
    """Of the document; where there is a provenance, of both together."""
