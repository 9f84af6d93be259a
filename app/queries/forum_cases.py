"""Forums with what their cases are judged by."""

from datetime import date
from typing import Any

import shapely
from shapely import MultiPolygon
from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from app.db import ReadSession, WriteSession
from app.errors import NotFoundError
from app.models import AreaApplication, AreaStatus, Forum, ForumStatus, NeighbourhoodArea, Plan
from app.queries.consents import authorities_met
from app.queries.parts import Key, Part, how_many, part_of, text_of
from geo.boundary import boundary
from geo.measure import is_wider_than, land
from geo.topology import TOLERANCE_M
from referendum.area_case import AreaDecided
from referendum.forum_case import ForumCaseFacts
from referendum.forum_clocks import designation_in_force, falls_with_forum
from referendum.stages import BEFORE_EXAMINATION

AnySession = ReadSession | WriteSession


def forum_with_everything(session: AnySession, reference: str) -> Forum:
    """Return one forum with its area and its decisions.

    Raises:
        NotFoundError: there is none of that reference.
    """
    statement = _statement().where(Forum.reference == reference)
    found: Forum | None = session.scalars(statement).one_or_none()
    if found is None:
        raise NotFoundError(f"There is no neighbourhood forum {reference}: check the reference.")
    return found


def forums_with_everything(session: AnySession) -> list[tuple[Forum, dict[str, str]]]:
    """Return every forum, in order of reference, with the authorities that its area falls in, name by code."""
    return [(forum, forum_authorities(session, forum)) for forum in session.scalars(_statement())]


def forums(session: AnySession, part: Part | None = None) -> list[Forum]:
    """Return the forums and the applications to be one, all or a part of them, in order of reference."""
    chosen = part_of(select(Forum), part, (Key(column=Forum.reference, read=text_of),))
    return list(session.scalars(chosen.options(*_WITH_AREA)))


def count_forums(session: ReadSession) -> int:
    """Return how many forums and applications to be one there are."""
    return how_many(session, select(Forum.id))


_AREA = selectinload(Forum.area)
_WITH_AREA = (
    selectinload(Forum.decisions),
    _AREA.selectinload(NeighbourhoodArea.applications).selectinload(AreaApplication.decisions),
    _AREA.selectinload(NeighbourhoodArea.versions),
)


def _statement() -> Select[Any]:
    return select(Forum).options(*_WITH_AREA).order_by(Forum.reference)


def forum_authorities(session: AnySession, forum: Forum) -> dict[str, str]:
    """Return the planning authorities that a forum's area falls in, name by code.

    Source: FORUM-13, AREA-20.
    """
    applications = forum.area.applications
    if applications:
        return {
            str(each["code"]): str(each["name"] or each["code"]) for each in applications[-1].verdict["authorities"]
        }
    line = forum.area.versions[-1]
    return dict(authorities_met(session, line.geometry, line.valid_from))


def line_of_area(area: NeighbourhoodArea) -> MultiPolygon:
    """Return an area's line as it stands, or as it was last applied for, EPSG:27700."""
    return boundary(area.versions[-1].geometry if area.versions else area.applications[-1].geometry)


def forum_case_facts(session: AnySession, forum: Forum, today: date) -> ForumCaseFacts:
    """Return what is known of a forum's case on a day.

    Source: FORUM-1, FORUM-2, FORUM-3, FORUM-4, FORUM-7, FORUM-11, FORUM-13, FORUM-16.
    """
    names = forum_authorities(session, forum)
    return ForumCaseFacts(
        status=forum.status,
        received_on=forum.received_on,
        publicised_on=forum.publicised_on,
        closes_on=forum.closes_on,
        authorities=tuple(names[code] for code in sorted(names)),
        decisions=tuple(
            AreaDecided(
                authority=names.get(each.authority_code, each.authority_code),
                is_designated=each.outcome == "designate",
                on=each.decided_on,
                published_on=each.published_on,
            )
            for each in forum.decisions
        ),
        area_is_designated=forum.area.status == AreaStatus.DESIGNATED.value,
        has_constitution=bool(forum.constitution.strip()),
        has_purpose=bool(forum.purpose.strip()),
        has_statement=bool(forum.statement.strip()),
        has_public_contact=bool(forum.contact_name.strip() and forum.contact_agreed_on),
        is_open_to_all=forum.is_open_to_all,
        members=forum.members,
        competing=tuple(each.reference for each in competing_forums(session, forum)),
        current=tuple(each.name for each in current_forums(session, forum.area_id, today) if not _is_same(each, forum)),
        designated_on=forum.designated_on,
        ended_on=forum.ended_on,
    )


def _is_same(one: Forum, other: Forum) -> bool:
    """Say whether two applications are of one body: its account here tells, or its name where it has none."""
    if one.organisation_id is None and other.organisation_id is None:
        return one.name == other.name
    return one.organisation_id == other.organisation_id


def competing_forums(session: AnySession, forum: Forum) -> list[Forum]:
    """Return the other open applications to be a forum of the same or overlapping land.

    Source: FORUM-13, FORUM-15.
    """
    if forum.status != ForumStatus.APPLIED.value:
        return []
    others = session.scalars(_statement().where(Forum.status == ForumStatus.APPLIED.value, Forum.id != forum.id)).all()
    own = line_of_area(forum.area)
    return [
        other
        for other in others
        if other.area_id == forum.area_id
        or is_wider_than(land(shapely.intersection(own, line_of_area(other.area))), TOLERANCE_M)
    ]


def open_forums(session: AnySession, area_id: int) -> list[Forum]:
    """Return the applications to be the forum of an area that are not decided. Source: FORUM-13, FORUM-15."""
    statement = _statement().where(Forum.area_id == area_id, Forum.status == ForumStatus.APPLIED.value)
    return list(session.scalars(statement))


def forums_of_area(session: AnySession, area_id: int) -> list[Forum]:
    """Return every forum of an area, and every application to be one, oldest first."""
    return list(session.scalars(_statement().where(Forum.area_id == area_id)))


def proposals_without_forum(session: AnySession, forum: Forum) -> list[tuple[Plan, bool | None]]:
    """Return the open plans and orders of a forum's area, each with whether it falls when the designation ends.

    None where a person must say: the law speaks of withdrawal, not of expiry. Nothing is changed here.
    Source: FORUM-17. Unverified for orders.
    """
    plans = session.scalars(select(Plan).where(Plan.area_id == forum.area_id).order_by(Plan.id))
    early = {stage.value for stage in BEFORE_EXAMINATION}
    return [
        (plan, falls_with_forum(is_before_examination=True, is_withdrawn=forum.status == ForumStatus.ENDED.value))
        for plan in plans
        if plan.stage in early
    ]


def current_forums(session: AnySession, area_id: int, on: date) -> list[Forum]:
    """Return the forums designated for an area and in force on a day; there should never be two.

    Source: FORUM-7, FORUM-8.
    """
    statement = _statement().where(Forum.area_id == area_id, Forum.status == ForumStatus.DESIGNATED.value)
    return [forum for forum in session.scalars(statement) if forum_in_force(forum, on)]


def forum_in_force(forum: Forum, on: date) -> bool:
    """Say whether a forum's designation is in force on a day. Source: FORUM-8, FORUM-10."""
    return designation_in_force(forum.designated_on, forum.ended_on, on)
