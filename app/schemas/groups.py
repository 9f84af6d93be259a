"""Neighbourhood groups in and out of the API."""

from datetime import date
from typing import Any

from pydantic import Field

from app.models import NeighbourhoodGroup
from app.schemas.common import Named, Shape


class GroupOut(Named):
    """A group as the public register shows it."""

    purpose: str
    organisation: str
    contact_name: str
    contact_way: str
    ways_to_join: str
    code_of_conduct_on: date
    published_on: date


class GroupIn(Shape):
    """What a group says of itself."""

    organisation: str = Field(max_length=80)
    name: str = Field(min_length=1, max_length=200)
    purpose: str = Field(max_length=4000)
    contact_name: str = Field(max_length=200)
    contact_way: str = Field(max_length=200)
    contact_agreed_on: date | None = None
    ways_to_join: str = Field(max_length=4000)
    code_of_conduct_on: date | None = None
    area: dict[str, Any]


class WithdrawalIn(Shape):
    """Why a group is withdrawn."""

    reason: str = Field(min_length=1, max_length=1000)


class GroupChanged(Named):
    """A group after a change, public or not."""

    published_on: date | None
    withdrawn_on: date | None


def group_of(group: NeighbourhoodGroup) -> GroupOut:
    """Return a public group as the register shows it."""
    facts = {name: getattr(group, name) for name in GroupOut.model_fields if name != "organisation"}
    return GroupOut(**facts, organisation=group.organisation.name)
