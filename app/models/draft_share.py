"""Who a draft is shown to outside its organisation, and what people say of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, UtcDateTime
from app.models.draft import BoundaryDraft


class DraftShare(Base):
    """A link with which anyone who has it may read a draft, until it is ended."""

    __tablename__ = "draft_share"
    __table_args__ = (UniqueConstraint("draft_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("boundary_draft.id"))
    number: Mapped[int]
    label: Mapped[str] = mapped_column(String(100))
    """Who it is for, in the words of whoever made it."""
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the secret part of the link; the link itself is not kept."""
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    draft: Mapped[BoundaryDraft] = relationship()


class CommentStanding(StrEnum):
    """Where a comment stands: it waits to be read, is shown to whoever may see the draft, done with, or not shown."""

    WAITING = "waiting"
    OPEN = "open"
    RESOLVED = "resolved"
    HIDDEN = "hidden"


class DraftComment(Base):
    """What somebody said of a place on one version of a draft, or of all of it."""

    __tablename__ = "draft_comment"
    __table_args__ = (UniqueConstraint("draft_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("boundary_draft.id"))
    number: Mapped[int]
    version_number: Mapped[int]
    """The version that it was said of."""
    easting: Mapped[float | None]
    """The place it is about, EPSG:27700 metres; empty for one about the whole boundary."""
    northing: Mapped[float | None]
    text: Mapped[str] = mapped_column(Text)
    share_id: Mapped[int | None] = mapped_column(ForeignKey("draft_share.id"))
    """The link through which it came; empty for one by somebody of the draft's own organisation."""
    written_as: Mapped[str] = mapped_column(String(120))
    """The account, or what the holder of a link called themselves; empty where they did not."""
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    standing: Mapped[str] = mapped_column(String(10))
    """Where it stands (CommentStanding)."""
    settled_by: Mapped[str | None] = mapped_column(String(120))

    draft: Mapped[BoundaryDraft] = relationship()
    share: Mapped[DraftShare | None] = relationship()
