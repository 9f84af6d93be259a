"""Boundaries being drawn: whose, how each began, every version saved, and who has one open now."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, BaseGeometry, BngGeometry, Document, Reference, UtcDateTime


class DraftStart(StrEnum):
    """How a boundary began: from official parts, from a stored area, from a file, or with nothing."""

    PARTS = "parts"
    AREA = "area"
    FILE = "file"
    DRAWN = "drawn"


class DraftOrigin(StrEnum):
    """What a version is: an official line accepted as it is, one amended, one's own, or one uploaded."""

    ACCEPTED = "accepted"
    AMENDED = "amended"
    OWN = "own"
    UPLOADED = "uploaded"


class BoundaryDraft(Base):
    """A boundary that an organisation is drawing."""

    __tablename__ = "boundary_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(Reference, unique=True)
    organisation: Mapped[str] = mapped_column(String(80), index=True)
    """Code of the organisation whose draft it is; empty for one begun by whoever serves all of them."""
    started_by: Mapped[str] = mapped_column(String(120))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    name: Mapped[str] = mapped_column(String(200))
    start: Mapped[str] = mapped_column(String(10))
    """How it began (DraftStart)."""
    start_facts: Mapped[Document]
    """Which parts, area or file: {"parts": [{"kind", "code"}]}, {"area": reference}, {"file", "layer", "feature"}."""

    versions: Mapped[list["DraftVersion"]] = relationship(back_populates="draft", order_by="DraftVersion.number")


class DraftVersion(Base):
    """One save of a draft; never changed."""

    __tablename__ = "draft_version"
    __table_args__ = (UniqueConstraint("draft_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("boundary_draft.id"))
    number: Mapped[int]
    based_on: Mapped[int | None]
    """The version it was made from; empty for the first."""
    restores: Mapped[int | None]
    """The older version it brings back; empty where it does not."""
    origin: Mapped[str] = mapped_column(String(10))
    """What it is (DraftOrigin)."""
    start: Mapped[str | None] = mapped_column(String(10))
    """How its line began (DraftStart), where that was anew inside the draft; empty where it began as the draft did."""
    start_facts: Mapped[Document | None]
    """Which parts, area or file it began from anew; as `BoundaryDraft.start_facts`."""
    saved_by: Mapped[str] = mapped_column(String(120))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    what: Mapped[str] = mapped_column(String(300))
    """What changed, in the editor's words."""
    geometry: Mapped[BaseGeometry] = mapped_column(BngGeometry())

    draft: Mapped[BoundaryDraft] = relationship(back_populates="versions")


class DraftEditor(Base):
    """That somebody has a draft open, as of a moment; it is not part of the record."""

    __tablename__ = "draft_editor"
    __table_args__ = (UniqueConstraint("draft_id", "window_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("boundary_draft.id"))
    window_name: Mapped[str] = mapped_column(String(40))
    """A random name that the browser's window chose for itself."""
    name: Mapped[str] = mapped_column(String(120))
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
