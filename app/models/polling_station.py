"""Where people vote in a referendum, who votes there, and how many ballot papers each place is supplied with."""

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.referendum import Referendum


class PollingStation(Base):
    """One polling station, or one batch of postal papers, of one council; never whose paper has which number."""

    __tablename__ = "polling_station"
    __table_args__ = (UniqueConstraint("referendum_id", "council", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    referendum_id: Mapped[int] = mapped_column(ForeignKey("referendum.id"))
    council: Mapped[str] = mapped_column(String(200))
    position: Mapped[int]
    """Its place in the council's list, from 1: papers are numbered in that order."""
    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(Text)
    electors: Mapped[str] = mapped_column(String(300))
    """Whose station it is, by elector numbers or polling districts: AA-1 to AA-612."""
    is_postal: Mapped[bool]
    papers: Mapped[int]
    """Ballot papers of the residential poll supplied to it."""
    business_papers: Mapped[int]
    """Ballot papers of the business poll supplied to it; 0 where there is none."""

    referendum: Mapped[Referendum] = relationship()
