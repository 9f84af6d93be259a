"""Answers kept for a while, so that a request sent twice makes one change."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class StoredAnswer(Base):
    """The first answer to a request that may be sent again: hashes of whose it was and what it said, never the words.

    It is no part of the record: it is written with the change it answers, and goes once it is old.
    """

    __tablename__ = "stored_answer"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of account, role, organisation, route and key."""
    body_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of what was sent."""
    status: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(120))
    location: Mapped[str] = mapped_column(String(500))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
