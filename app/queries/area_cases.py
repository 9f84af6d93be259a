"""Open cases of areas and forums: what is due, by when, what is missing; and the facts that the rules ask for."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.db import ReadSession, WriteSession
from app.models import (
    AreaApplication,
    AreaChange,
    AreaChangePart,
    AreaConsent,
    AreaDecision,
    AreaStatus,
    ConsentPurpose,
    NeighbourhoodArea,
)
from app.queries.consents import council_parishes, open_lines, wide_overlaps
from app.queries.forum_cases import forum_case_facts, forums_with_everything
from app.verdict_facts import open_application_facts
from geo.boundary import boundary
from referendum.area_case import AreaCaseFacts, AreaDecided, area_needs
from referendum.area_clocks import Due, area_clocks, area_due, area_raised, decision_limit
from referendum.case_moves import CaseClock, Need, Raised, progress_words
from referendum.designation_facts import Route
from referendum.forum_case import forum_needs
from referendum.forum_clocks import forum_clocks, forum_due, forum_raised

AnySession = ReadSession | WriteSession


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaCase:
    """One open case, as a list of cases shows it.

    Attributes:
        reference: NA-000123 for an area, NF-000123 for a forum.
        kind: "area" or "forum".
        name: of the area or forum.
        due: what the authority has to do next, in words.
        due_on: the last day for it, as predicted from the law; None where it says only "as soon as possible".
        clocks: every date of the case, predicted and actual apart.
        is_overdue: a last day has passed.
        raised: what time has brought about by itself, for a person to act on.
        done, total: how many of the things it needs are there.
        missing: the same in words: "6 of 8 done; map at scale missing".
        link: address of its page for officers.
    """

    reference: str
    kind: str
    name: str
    due: str
    due_on: date | None
    clocks: tuple[CaseClock, ...]
    is_overdue: bool
    raised: tuple[Raised, ...]
    done: int
    total: int
    missing: str
    link: str


def area_cases(session: AnySession, authority_code: str | None, today: date) -> list[AreaCase]:
    """Return the open cases of areas and forums of one authority, the most pressing first; of all where none is given.

    A case is open until its decision is published, and a forum's again from a year before its designation ends.
    """
    found = [*_areas(session, authority_code, today), *_forums(session, authority_code, today)]
    return sorted(found, key=lambda case: (not case.is_overdue, case.due_on or date.max, case.reference))


def _areas(session: AnySession, authority_code: str | None, today: date) -> list[AreaCase]:
    statement = (
        select(NeighbourhoodArea)
        .join(AreaApplication)
        .outerjoin(AreaDecision)
        .where((NeighbourhoodArea.status == AreaStatus.APPLIED.value) | AreaDecision.published_on.is_(None))
        .where(NeighbourhoodArea.status != AreaStatus.WITHDRAWN.value)
        .options(selectinload(NeighbourhoodArea.applications).selectinload(AreaApplication.decisions))
        .order_by(NeighbourhoodArea.reference)
        .distinct()
    )
    areas = [area for area in session.scalars(statement) if _decides(area.applications[-1], authority_code)]
    found = []
    for area in areas:
        facts = area_case_facts(session, area, today)
        raised = area_case_raised(session, area, facts, today)
        due = area_due(facts)
        if due is not None:
            found.append(
                _case(
                    area.reference,
                    "area",
                    area.name,
                    due=due,
                    needs=area_needs(facts, today=today),
                    clocks=area_clocks(facts),
                    raised=raised,
                    today=today,
                )
            )
    return found


def _forums(session: AnySession, authority_code: str | None, today: date) -> list[AreaCase]:
    found = []
    for forum, codes in forums_with_everything(session):
        if authority_code and authority_code not in codes:
            continue
        facts = forum_case_facts(session, forum, today)
        raised, due = forum_raised(facts, today=today), forum_due(facts)
        # A designated forum asks for nothing until its end comes near.
        if due is None or (facts.status == "designated" and due.by is not None and not raised):
            continue
        found.append(
            _case(
                forum.reference,
                "forum",
                forum.name,
                due=due,
                needs=forum_needs(facts, today=today),
                clocks=forum_clocks(facts),
                raised=raised,
                today=today,
            )
        )
    return found


def _decides(application: AreaApplication, authority_code: str | None) -> bool:
    codes = {str(each["code"]) for each in application.verdict["authorities"]}
    return not authority_code or authority_code in codes


def _case(
    reference: str,
    kind: str,
    name: str,
    *,
    due: Due,
    needs: tuple[Need, ...],
    clocks: tuple[CaseClock, ...],
    raised: tuple[Raised, ...],
    today: date,
) -> AreaCase:
    return AreaCase(
        reference=reference,
        kind=kind,
        name=name,
        due=due.words,
        due_on=due.by,
        clocks=clocks,
        is_overdue=any(clock.is_overdue(today) for clock in clocks) or (due.by is not None and due.by < today),
        raised=raised,
        done=sum(need.is_done for need in needs),
        total=len(needs),
        missing=progress_words(needs),
        link=f"/cases/{reference}",
    )


def area_case_facts(session: AnySession, area: NeighbourhoodArea, today: date) -> AreaCaseFacts:
    """Return what is known of an area's case on a day, its overlaps measured against the areas current then.

    Source: AREA-5, AREA-6, AREA-15, AREA-16, AREA-20.
    """
    application = area.applications[-1]
    codes = {str(each["code"]): str(each["name"] or each["code"]) for each in application.verdict["authorities"]}
    given = {(each.purpose, each.body_code) for each in consents_of(session, area) if each.used_on is None}
    is_open = area.status == AreaStatus.APPLIED.value
    met = wide_overlaps(session, application.geometry, today, leaving_out={area.reference}) if is_open else ()
    own = application.applicant_parish_code
    return AreaCaseFacts(
        status=area.status,
        route=Route(application.route),
        received_on=application.received_on,
        publicised_on=application.publicised_on,
        closes_on=application.closes_on,
        authorities=tuple(codes[code] for code in sorted(codes)),
        decisions=tuple(
            AreaDecided(
                authority=codes.get(each.authority_code, each.authority_code),
                is_designated=each.outcome != "refuse",
                on=each.decided_on,
                published_on=each.published_on,
            )
            for each in application.decisions
        ),
        has_map=application.map_scale is not None,
        has_statement=bool(application.statement.strip()),
        has_body_statement=bool(application.body_statement.strip()),
        consents_to_act_missing=_to_act(application, given),
        overlapping=tuple(each.name for each in met),
        consents_to_modify_missing=tuple(
            name
            for code, name in council_parishes(session, [each.geometry_bng for each in met], today)
            if code != own and (ConsentPurpose.MODIFY.value, code) not in given
        ),
    )


def _to_act(application: AreaApplication, given: set[tuple[str, str]]) -> tuple[str, ...]:
    if application.applicant_kind != "parish":
        return ()
    return tuple(
        str(parish["name"] or parish["code"])
        for parish in application.verdict["parishes"]
        if parish["has_council"] is not False
        and parish["code"] != application.applicant_parish_code
        and (ConsentPurpose.ACT.value, parish["code"]) not in given
    )


def consents_of(session: AnySession, area: NeighbourhoodArea) -> list[AreaConsent]:
    """Return the consents recorded for an area, oldest first."""
    return list(session.scalars(select(AreaConsent).where(AreaConsent.area_id == area.id).order_by(AreaConsent.id)))


def changes_of(session: AnySession, area: NeighbourhoodArea) -> list[AreaChange]:
    """Return the changes that closed or opened a line of an area, oldest first."""
    statement = (
        select(AreaChange)
        .join(AreaChangePart)
        .where(AreaChangePart.area_id == area.id)
        .options(selectinload(AreaChange.parts).selectinload(AreaChangePart.area))
        .order_by(AreaChange.id)
    )
    return list(session.scalars(statement).unique())


def area_case_raised(
    session: AnySession, area: NeighbourhoodArea, facts: AreaCaseFacts, today: date
) -> tuple[Raised, ...]:
    """Return what time has brought about by itself on an area's case; land elsewhere is looked up only when late.

    Source: AREA-13, AREA-14.
    """
    limit = decision_limit(facts)
    if limit is None or today <= limit.day or not area.applications:
        return ()
    line = boundary(area.applications[-1].geometry)
    others = open_application_facts(line, open_lines(session, leaving_out=area.reference))
    return area_raised(
        facts,
        today=today,
        in_another_area=bool(facts.overlapping),
        in_another_application=any(other.is_overlapping for other in others),
    )
