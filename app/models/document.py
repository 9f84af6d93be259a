"""Files kept with a case: each version by the hash of its content, never changed and never thrown away."""

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Reference, UtcDateTime


class CaseDocument(Base):
    """One version of one document of a case; the content itself lies in the document store under its SHA-256."""

    __tablename__ = "case_document"
    __table_args__ = (UniqueConstraint("subject", "kind", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(Reference, index=True)
    """Reference of what it belongs to: a plan, an area, a referendum."""
    kind: Mapped[str] = mapped_column(String(60))
    """Which document of the case it is, such as "consultation-statement"; a later version has the same kind."""
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    file_name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    """What the content is, as found by looking at it, not as it was called."""
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    is_public: Mapped[bool]
    note: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by: Mapped[str] = mapped_column(String(120))
