"""What officers add to a register: alterations, locations, decisions on single entries, and imports under way."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Document, UtcDateTime


class RegisterAlteration(Base):
    """That one register version is another with a monthly update applied (ELEC-12)."""

    __tablename__ = "register_alteration"

    id: Mapped[int] = mapped_column(primary_key=True)
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"), unique=True)
    based_on_id: Mapped[int] = mapped_column(ForeignKey("register.id"), index=True)


class ElectorPlacement(Base):
    """An officer's decision on one entry for one referendum; a later one supersedes it, and none is ever deleted."""

    __tablename__ = "elector_placement"
    __table_args__ = (Index(None, "referendum_id", "polling_district"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    referendum_id: Mapped[int] = mapped_column(ForeignKey("referendum.id"))
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"))
    """The register version that was looked at; the number means nothing in another year's register."""
    polling_district: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]
    suffix: Mapped[int]
    is_in_area: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[str] = mapped_column(String(120))


class LocationFile(Base):
    """One file of points or properties imported for a council; of several that know a place the latest is used."""

    __tablename__ = "location_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_code: Mapped[str] = mapped_column(String(80), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    """uprn, postcode, or address for a property export."""
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    rows: Mapped[int]
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    imported_by: Mapped[str] = mapped_column(String(120))


class LocationPoint(Base):
    """One point of a file, EPSG:27700 metres, with how far a front door may be from it."""

    __tablename__ = "location_point"
    __table_args__ = (UniqueConstraint("file_id", "key"), Index(None, "file_id", "easting"))

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("location_file.id"))
    key: Mapped[str] = mapped_column(String(12), index=True)
    """Property reference in digits, or postcode in capitals without a space."""
    easting: Mapped[float]
    northing: Mapped[float]
    accuracy_m: Mapped[float]


class LocationAddress(Base):
    """One address of a property export, as a keyed hash, and the property it is; 0 where several share it."""

    __tablename__ = "location_address"
    __table_args__ = (UniqueConstraint("file_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("location_file.id"))
    key: Mapped[bytes] = mapped_column(LargeBinary(16))
    uprn: Mapped[int] = mapped_column(BigInteger)


class RegisterImport(Base):
    """One upload being read in the background: how far it is, and what came of it."""

    __tablename__ = "register_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_code: Mapped[str] = mapped_column(String(80), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    """full, update or locations."""
    as_at: Mapped[date | None]
    file_names: Mapped[list[str]]
    state: Mapped[str] = mapped_column(String(12))
    """reading, storing, done, or refused."""
    rows_read: Mapped[int]
    message: Mapped[str] = mapped_column(Text)
    """Why it was refused; one sentence without any row's text."""
    register_id: Mapped[int | None] = mapped_column(ForeignKey("register.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by: Mapped[str] = mapped_column(String(120))
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it last said how far it was: one that has been silent for long was cut off."""
    outcome: Mapped[Document]
    """Figures of what was stored, once it is done."""
