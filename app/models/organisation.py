"""Organisations, and who belongs to a forum; the names of members are never public."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base


class OrganisationKind(StrEnum):
    """What an organisation is."""

    AUTHORITY = "planning-authority"
    RELEVANT_COUNCIL = "relevant-council"
    PARISH_COUNCIL = "parish-council"
    FORUM = "forum"
    COMMUNITY = "community-organisation"
    SERVICE = "service"
    """Whoever runs this service for all the others."""


class Organisation(Base):
    """A body in which people hold roles."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(80), unique=True)
    """Its official code where it has one (E07000177), which is how areas, registers and parishes name it."""
    name: Mapped[str] = mapped_column(String(200), unique=True)
    """Its name as it stands on notices; referendums name councils by it."""
    kind: Mapped[str] = mapped_column(String(30))
    runs_polls: Mapped[bool] = mapped_column(default=False)
    """Whether it is a relevant council as well (REF-2): a district is, a National Park authority is not."""

    members: Mapped[list["ForumMember"]] = relationship(back_populates="organisation", order_by="ForumMember.id")


class MemberCapacity(StrEnum):
    """In what capacity someone qualifies as a member of a forum."""

    LIVES = "lives-there"
    WORKS = "works-there"
    COUNCILLOR = "councillor"


class ForumMember(Base):
    """A member of a forum and the capacity they qualify in; seen by the forum alone."""

    __tablename__ = "forum_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    capacity: Mapped[str] = mapped_column(String(20))
    joined_on: Mapped[date]
    left_on: Mapped[date | None]

    organisation: Mapped[Organisation] = relationship(back_populates="members")
