"""What is known of a neighbourhood area's case, and everything that the case needs, done or not."""

from dataclasses import dataclass
from datetime import date

from referendum.case_moves import Need, listed
from referendum.designation_facts import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaDecided:
    """What one authority decided, on what day, and when that was published."""

    authority: str
    is_designated: bool
    on: date
    published_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaCaseFacts:
    """What is known of one area's case.

    Attributes:
        status: of the record: applied, designated, refused, withdrawn or ended.
        route: what the law leaves the authority.
        received_on, publicised_on, closes_on: the dates of the application.
        authorities: names or codes of the planning authorities it falls in.
        decisions: what each has decided so far.
        has_map, has_statement, has_body_statement: the parts of the application (AREA-6).
        consents_to_act_missing: parish councils whose consent to act is not on record (AREA-5).
        overlapping: current areas that the line overlaps by more than a sliver.
        consents_to_modify_missing: parish councils whose consent to changing those is not on record (AREA-16).
    """

    status: str
    route: Route
    received_on: date
    publicised_on: date | None = None
    closes_on: date | None = None
    authorities: tuple[str, ...] = ()
    decisions: tuple[AreaDecided, ...] = ()
    has_map: bool = False
    has_statement: bool = False
    has_body_statement: bool = False
    consents_to_act_missing: tuple[str, ...] = ()
    overlapping: tuple[str, ...] = ()
    consents_to_modify_missing: tuple[str, ...] = ()


def area_needs(facts: AreaCaseFacts, *, today: date) -> tuple[Need, ...]:
    """Return everything a case needs up to the publication of its decisions, done or not.

    Reading: an application that lacks a part is not refused by itself (nothing says so); the officer is told, and
    the part may be on paper. Consent to act is needed before the plan's first publicity, so it binds nothing here.
    Source: AREA-2, AREA-5, AREA-6, AREA-11, AREA-12, AREA-15, AREA-16, AREA-20, AREA-21.
    """
    return (
        Need(key="map", words="map at scale", rule="AREA-6", is_done=facts.has_map, is_binding=False),
        Need(key="statement", words="statement why the area is right", rule="AREA-6", is_done=facts.has_statement),
        Need(
            key="body-statement",
            words="statement that the applicant is a relevant body",
            rule="AREA-6",
            is_done=facts.has_body_statement,
            is_binding=False,
        ),
        Need(
            key="relevant-body",
            words="a body that may apply for this land",
            rule="AREA-2",
            is_done=facts.route is not Route.BARRED,
        ),
        *_publicity(facts, today),
        *_overlaps(facts),
        *_consents(facts),
        *_decisions(facts),
    )


def _publicity(facts: AreaCaseFacts, today: date) -> tuple[Need, ...]:
    if facts.route is Route.MUST:
        return ()
    closed = facts.closes_on is not None and today > facts.closes_on
    return (
        Need(key="publicity", words="first publicity", rule="AREA-11", is_done=facts.publicised_on is not None),
        Need(key="comments-closed", words="end of the six weeks for comments", rule="AREA-12", is_done=closed),
    )


def _overlaps(facts: AreaCaseFacts) -> tuple[Need, ...]:
    if facts.status != "applied" or not facts.overlapping:
        return ()
    return (
        Need(
            key="no-overlap",
            words=f"an answer to the overlap with {listed(facts.overlapping)}",
            rule="AREA-15",
            is_done=False,
            is_binding=False,
        ),
    )


def _consents(facts: AreaCaseFacts) -> tuple[Need, ...]:
    act = tuple(
        Need(
            key=f"consent-to-act-{name}",
            words=f"consent of the council of {name} to act for it",
            rule="AREA-5",
            is_done=False,
            is_binding=False,
        )
        for name in facts.consents_to_act_missing
    )
    if not facts.consents_to_modify_missing:
        return act
    lacking = listed(facts.consents_to_modify_missing)
    words = f"consent of {lacking} to the change of a current area"
    return (*act, Need(key="consents-to-modify", words=words, rule="AREA-16", is_done=False, is_binding=False))


def _decisions(facts: AreaCaseFacts) -> tuple[Need, ...]:
    decided = {decision.authority for decision in facts.decisions}
    located = Need(
        key="authorities",
        words="the boundaries of its planning authorities",
        rule="AREA-20",
        is_done=bool(facts.authorities),
    )
    each = tuple(
        Need(key=f"decision-{name}", words=f"decision of {name}", rule="AREA-20", is_done=name in decided)
        for name in facts.authorities
    )
    told = bool(facts.decisions) and all(decision.published_on for decision in facts.decisions)
    return (located, *each, Need(key="published", words="publication of the decision", rule="AREA-21", is_done=told))
