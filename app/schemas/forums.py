"""Neighbourhood forums, in and out; members are counted, never named."""

from datetime import date
from typing import Literal

from pydantic import Field

from app.models import Forum
from app.schemas.common import Shape
from referendum.forum_clocks import last_day


class ForumIn(Shape):
    """An application to be the forum of an area (FORUM-11)."""

    area_reference: str = Field(max_length=9)
    organisation_code: str = Field(default="", max_length=80, description="the body's own account here, if it has one")
    name: str = Field(min_length=2, max_length=200)
    purpose: str = Field(default="", max_length=20_000)
    constitution: str = Field(default="", max_length=20_000, description="the constitution, or where it can be read")
    statement: str = Field(default="", max_length=20_000)
    contact_name: str = Field(default="", max_length=200)
    contact_way: str = Field(default="", max_length=200)
    contact_agreed_on: date | None = None
    is_open_to_all: bool = False
    received_on: date
    members: int = Field(default=0, ge=0, le=100_000)
    living: int = Field(default=0, ge=0, le=100_000)
    working: int = Field(default=0, ge=0, le=100_000)
    elected: int = Field(default=0, ge=0, le=100_000)


class ForumDecisionIn(Shape):
    """One authority's decision on an application to be a forum."""

    authority_code: str = Field(max_length=80)
    outcome: Literal["designate", "refuse", "decline"]
    decided_on: date
    published_on: date | None = None
    reasons: str = Field(min_length=1, max_length=20_000)


class ForumEndingIn(Shape):
    """The withdrawal of a designation (FORUM-9, FORUM-10)."""

    ending: Literal["no-longer-qualifies", "at-its-own-notice"]
    ended_on: date
    notice_on: date | None = None
    reasons: str = Field(min_length=1, max_length=20_000)


class ForumDecisionOut(Shape):
    """One authority's decision."""

    authority_code: str
    outcome: str
    decided_on: date
    published_on: date | None
    reasons: str


class ForumOut(Shape):
    """A forum, or an application to be one; its contact only where they agreed to be public."""

    reference: str
    name: str
    area: str
    status: str
    purpose: str
    constitution: str
    contact_name: str | None
    contact_way: str | None
    members: int
    received_on: date
    publicised_on: date | None
    closes_on: date | None
    designated_on: date | None
    last_day: date | None = Field(description="of the five years for which it is designated (FORUM-8)")
    ended_on: date | None
    ended_because: str
    decisions: list[ForumDecisionOut]


def forum_out(forum: Forum) -> ForumOut:
    """Return what is public of a forum.

    Source: FORUM-8, FORUM-11, FORUM-14.
    """
    is_public = forum.contact_agreed_on is not None
    own = {"area", "contact_name", "contact_way", "last_day", "decisions"}
    facts = {name: getattr(forum, name) for name in ForumOut.model_fields if name not in own}
    return ForumOut(
        **facts,
        area=forum.area.reference,
        contact_name=forum.contact_name if is_public else None,
        contact_way=forum.contact_way if is_public else None,
        last_day=last_day(forum.designated_on) if forum.designated_on else None,
        decisions=[ForumDecisionOut.model_validate(each, from_attributes=True) for each in forum.decisions],
    )
