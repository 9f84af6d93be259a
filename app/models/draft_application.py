"""What turns a draft into an application: the answers as they were typed, and that it was submitted."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.area import NeighbourhoodArea
from app.models.base import Base, Document, UtcDateTime
from app.models.draft import BoundaryDraft


class DraftAnswer(Base):
    """One part of an application that is being prepared, as it was typed."""

    __tablename__ = "draft_answer"
    __table_args__ = (UniqueConstraint("draft_id", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("boundary_draft.id"))
    part: Mapped[str] = mapped_column(String(20))
    """Which part of the application (app.services.draft_parts.Part)."""
    typed: Mapped[Document]
    """The text of each field of the part."""
    saved_by: Mapped[str] = mapped_column(String(120))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)

    draft: Mapped[BoundaryDraft] = relationship()


class DraftSubmission(Base):
    """That a draft became an application; it is closed from then on."""

    __tablename__ = "draft_submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("boundary_draft.id"), unique=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood_area.id"), unique=True)
    version_number: Mapped[int]
    """The version whose line was applied for."""
    submitted_by: Mapped[str] = mapped_column(String(120))
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)

    draft: Mapped[BoundaryDraft] = relationship()
    area: Mapped[NeighbourhoodArea] = relationship()
