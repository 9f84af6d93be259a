"""Declarations of past referendums as councils published them; nothing in them is corrected."""

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Document, UtcDateTime


class PublishedDeclaration(Base):
    """One past declaration as it was published, with the arithmetic of whatever does not add up (COUNT-16)."""

    __tablename__ = "published_declaration"

    id: Mapped[int] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(String(500))
    poll_date: Mapped[date]
    status: Mapped[str] = mapped_column(String(30), index=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    """Hash of what was published, wherever in a file it stood: the same declaration is stored once."""
    document: Mapped[Document]
    """The declaration, its status and its findings, as published."""
    file: Mapped[str] = mapped_column(String(200))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
