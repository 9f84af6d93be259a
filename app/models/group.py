"""The register of neighbourhood groups: nothing is public without the contact's agreement and a code of conduct."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, BaseGeometry, BngGeometry, Reference
from app.models.organisation import Organisation


class NeighbourhoodGroup(Base):
    """A group of people who look after one place, as it appears in the public register."""

    __tablename__ = "neighbourhood_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(Reference, unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(Text)
    contact_name: Mapped[str] = mapped_column(String(200))
    contact_way: Mapped[str] = mapped_column(String(200))
    """How to reach the contact: an email address, a telephone number or a place and time."""
    contact_agreed_on: Mapped[date | None]
    """The day on which the contact agreed to be named in public; empty where they have not."""
    ways_to_join: Mapped[str] = mapped_column(Text)
    code_of_conduct_on: Mapped[date | None]
    """The day on which the group agreed to the code of conduct; empty where it has not."""
    published_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    withdrawn_because: Mapped[str] = mapped_column(Text, default="")
    geometry: Mapped[BaseGeometry] = mapped_column(BngGeometry())

    organisation: Mapped[Organisation] = relationship()
