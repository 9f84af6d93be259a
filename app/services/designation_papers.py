"""The notices of decisions on areas and on forums, from the record alone."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from shapely.geometry.base import BaseGeometry
from sqlalchemy import select

from app.db import ReadSession, WriteSession
from app.errors import NotFoundError
from app.models import AreaDecision, DecidedLine, Forum, ForumDecision, NeighbourhoodArea
from app.queries.areas import area_in_office
from app.queries.consents import authorities_of_area
from app.queries.forum_cases import forum_authorities, forum_with_everything
from app.reports.notice_pdf import PaperMap, paper_map
from app.services.papers import Paper
from geo.boundary import boundary
from geo.measure import area_ha
from referendum.area_notice import AreaNotice, area_notice
from referendum.area_refusals import Ground
from referendum.forum_notice import ForumNotice, forum_notice

AnySession = ReadSession | WriteSession
Decided = AreaDecision | ForumDecision
Found = TypeVar("Found", AreaDecision, ForumDecision)


def area_decision_paper(session: AnySession, reference: str, authority_code: str) -> Paper:
    """Return the notice of one authority's decision on an area, with its map where it designates.

    Raises:
        NotFoundError: there is no such area, or no decision of that authority.

    Source: AREA-9, AREA-18, AREA-19, AREA-20, AREA-21.
    """
    area = area_in_office(session, reference)
    decisions = area.applications[-1].decisions if area.applications else []
    decision = _decision_of(decisions, reference, authority_code)
    notice = area_notice_facts(session, area, decision)
    return Paper(
        notice=area_notice(notice),
        about=f"The neighbourhood area {area.name} ({reference})",
        by=notice.authority,
        reference=reference,
        at=decision.recorded_at,
        maps=_maps(session, area, decision),
    )


def _decision_of(decisions: Sequence[Found], reference: str, code: str) -> Found:
    for each in decisions:
        if each.authority_code == code:
            return each
    raise NotFoundError(f"{code[:20]} has not decided on {reference}: look at its page for who has.")


def area_notice_facts(session: AnySession, area: NeighbourhoodArea, decision: AreaDecision) -> AreaNotice:
    """Return what the notice of a decision on an area tells."""
    application = area.applications[-1]
    names = dict(authorities_of_area(session, area))
    line = _line(session, decision)
    return AreaNotice(
        area_name=area.name,
        reference=area.reference,
        authority=names.get(decision.authority_code, decision.authority_code),
        applicant=application.applicant_name,
        outcome=decision.outcome,
        decided_on=decision.decided_on,
        published_on=decision.published_on,
        reasons=decision.reasons,
        is_business_area=decision.is_business_area,
        business_area_reasons=decision.business_area_reasons,
        waits_for=_waits(names, application.decisions) if area.status == "applied" else (),
        area_ha=None if decision.outcome == "refuse" else area_ha(boundary(line)),
        applied_ha=area_ha(boundary(application.geometry)),
        ground=Ground(decision.ground) if decision.ground else None,
    )


def _waits(names: Mapping[str, str], decisions: Sequence[Decided]) -> tuple[str, ...]:
    decided = {each.authority_code for each in decisions}
    return tuple(names[code] for code in sorted(names) if code not in decided)


def _line(session: AnySession, decision: AreaDecision) -> BaseGeometry:
    chosen = select(DecidedLine).where(DecidedLine.decision_id == decision.id)
    own = session.scalars(chosen).one_or_none()
    return own.geometry if own is not None else decision.application.geometry


def _maps(session: AnySession, area: NeighbourhoodArea, decision: AreaDecision) -> list[PaperMap]:
    if decision.outcome == "refuse":
        return []
    line = boundary(_line(session, decision))
    return [paper_map(line, title="Map of the area", what=f"the neighbourhood area {area.name}")]


def forum_decision_paper(session: AnySession, reference: str, authority_code: str) -> Paper:
    """Return the notice of one authority's decision on a forum; its members are never named, but for the contact.

    Raises:
        NotFoundError: there is no such forum, or no decision of that authority.

    Source: FORUM-8, FORUM-14.
    """
    forum = forum_with_everything(session, reference)
    decision = _decision_of(forum.decisions, reference, authority_code)
    names = forum_authorities(session, forum)
    authority = names.get(authority_code, authority_code)
    contact = f"{forum.contact_name}, {forum.contact_way}".strip(", ") if forum.contact_agreed_on else ""
    notice = ForumNotice(
        name=forum.name,
        reference=reference,
        area_name=forum.area.name,
        area_reference=forum.area.reference,
        authority=authority,
        outcome=decision.outcome,
        decided_on=decision.decided_on,
        published_on=decision.published_on,
        designated_on=forum.designated_on,
        reasons=decision.reasons,
        constitution=forum.constitution,
        contact=contact,
        waits_for=_waits(names, forum.decisions) if forum.status == "applied" else (),
    )
    return Paper(
        notice=forum_notice(notice),
        about=f"{forum.name} ({reference})",
        by=authority,
        reference=reference,
        at=decision.recorded_at,
        maps=_forum_maps(forum) if decision.outcome == "designate" else (),
    )


def _forum_maps(forum: Forum) -> list[PaperMap]:
    versions = forum.area.versions
    if not versions:
        return []
    what = f"the neighbourhood area {forum.area.name}"
    return [paper_map(boundary(versions[-1].geometry), title="Map of the neighbourhood area", what=what)]
