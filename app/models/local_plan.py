"""Local plans and the other documents that authorities adopt into their development plans."""

from datetime import date, datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, BaseGeometry, BngGeometry, Reference, UtcDateTime


class DevelopmentDocument(Base):
    """A document that is, or was, part of one authority's development plan; never deleted (AFTER-1, AFTER-2).

    A plan that several authorities have adopted together is one row for each of them, since each adopts it on a day of
    its own. `part_until` is the first day on which it was no longer part; empty while it is.
    """

    __tablename__ = "development_document"
    __table_args__ = (UniqueConstraint("authority_code", "external_reference"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(Reference, unique=True)
    authority_code: Mapped[str] = mapped_column(String(80), index=True)
    """The planning authority in whose area it applies."""
    external_reference: Mapped[str] = mapped_column(String(120))
    """The authority's own reference, by which a later file finds it again."""
    kind: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(300))
    adopted_by: Mapped[str] = mapped_column(String(200))
    """Who adopted it, where it is another body (a county council, the Mayor of London); otherwise empty."""
    part_from: Mapped[date]
    part_until: Mapped[date | None]
    ended_by: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(500))
    """Where it can be read; empty where nobody has said."""
    source: Mapped[str] = mapped_column(String(200))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    geometry: Mapped[BaseGeometry | None] = mapped_column(BngGeometry())
    """The land it covers; empty for the whole of the authority's area, as that stands on the day asked about."""
