"""What an officer's page says of one area's case: its checklist, dates, moves, offers, findings and notices."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import shapely
from shapely import MultiPolygon

from app.db import ReadSession, WriteSession
from app.models import AreaApplication, ConsentPurpose, NeighbourhoodArea
from app.queries.area_cases import area_case_facts, area_case_raised, changes_of, consents_of
from app.queries.area_offers import offers_for
from app.queries.standings import authority_names
from app.services.area_consents import PURPOSE_WORDS
from app.services.designation_papers import area_notice_facts
from app.web.words import ROUTE_WORDS, SEVERITY_TAGS, VERDICT_TAGS
from referendum.area_case import area_needs
from referendum.area_clocks import area_clocks
from referendum.area_notice import notice_paragraphs
from referendum.area_stages import area_possible
from referendum.case_moves import progress_words
from referendum.designation_facts import Route

AnySession = ReadSession | WriteSession
# More than a few things missing are listed below the title, not in it.
_FEW = 3


def case_facts(session: AnySession, area: NeighbourhoodArea, today: date) -> dict[str, object]:
    """Return everything the page of a case shows, but for its forms."""
    names = authority_names(session)
    shared: dict[str, object] = {
        "area": area,
        "application": area.applications[-1] if area.applications else None,
        "consents": [(each, PURPOSE_WORDS[ConsentPurpose(each.purpose)]) for each in consents_of(session, area)],
        "changes": changes_of(session, area),
        "authority_names": names,
        "today": today,
        "is_open": area.status == "applied",
    }
    if not area.applications:
        return shared | {"facts": None, "offers": None, "notices": [], "findings": []}
    facts = area_case_facts(session, area, today)
    needs = area_needs(facts, today=today)
    lacking = sum(not need.is_done for need in needs)
    raised = area_case_raised(session, area, facts, today)
    offers = offers_for(session, area, today) if area.status == "applied" else None
    must = facts.route is Route.MUST or any(each.code == "must-designate-as-applied-for" for each in raised)
    return shared | {
        "facts": facts,
        "route": ROUTE_WORDS[area.applications[-1].route],
        "verdict_tag": VERDICT_TAGS.get(area.applications[-1].verdict.get("verdict", "")),
        "needs": needs,
        "progress": progress_words(needs).split(";", maxsplit=1)[0] if lacking > _FEW else progress_words(needs),
        "clocks": area_clocks(facts),
        "moves": list(area_possible(facts, today=today)),
        "raised": raised,
        "offers": offers,
        "lacking": [each for each in offers.parishes if each[1] in facts.consents_to_modify_missing] if offers else [],
        "can_refuse": not must,
        "needs_publicity": facts.route is not Route.MUST,
        "findings": findings_of(area.applications[-1]),
        "notices": notices_of(session, area),
    }


def findings_of(application: AreaApplication) -> list[dict[str, Any]]:
    """Return the findings of the verdict, numbered as on the map, each with its tag."""
    return [
        {**each, "number": number, "tag": SEVERITY_TAGS[each["severity"]]}
        for number, each in enumerate(application.verdict.get("findings", ()), start=1)
    ]


def marks_of(application: AreaApplication) -> list[tuple[dict[str, Any], MultiPolygon]]:
    """Return each finding that has a place, with a disc round it large enough to be seen beside the area."""
    west, south, east, north = application.geometry.bounds
    radius_m = max(10.0, 0.04 * max(east - west, north - south))
    return [
        (each, MultiPolygon([shapely.Point(each["at"]).buffer(radius_m)]))
        for each in findings_of(application)
        if each.get("at")
    ]


def notices_of(session: AnySession, area: NeighbourhoodArea) -> list[tuple[str, Sequence[str]]]:
    """Return the authority's code and the text of the notice of each decision."""
    return [
        (each.authority_code, notice_paragraphs(area_notice_facts(session, area, each)))
        for each in area.applications[-1].decisions
    ]
