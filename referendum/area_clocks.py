"""The dates of a neighbourhood area's case, what is due next, and what time has brought about by itself."""

from dataclasses import dataclass
from datetime import date

from referendum.area_case import AreaCaseFacts
from referendum.case_moves import CaseClock, Raised
from referendum.clocks import Clock, Deadline, deadline, must_designate_as_applied_for
from referendum.designation_facts import Route


def decision_limit(facts: AreaCaseFacts) -> Deadline | None:
    """Return the clock on which the application must be decided; None where none runs.

    Source: AREA-10 (none for a whole parish), AREA-13.
    """
    if facts.route is not Route.MAY or facts.publicised_on is None:
        return None
    several = len(facts.authorities) > 1
    return deadline(Clock.AREA_DECISION_SEVERAL if several else Clock.AREA_DECISION, facts.publicised_on)


def area_clocks(facts: AreaCaseFacts) -> tuple[CaseClock, ...]:
    """Return the dates of a case, predicted and actual apart.

    Source: AREA-11, AREA-12, AREA-13, AREA-21.
    """
    decided = max((decision.on for decision in facts.decisions), default=None) if _is_concluded(facts) else None
    days = [decision.published_on for decision in facts.decisions]
    published = max((day for day in days if day is not None), default=None) if decided and all(days) else None
    limit = decision_limit(facts)
    received = CaseClock(event="Received", rule="AREA-6", predicted=None, actual=facts.received_on, is_limit=False)
    told = CaseClock(event="Published", rule="AREA-21", predicted=None, actual=published, is_limit=False)
    decision = CaseClock(event="Decided", rule="AREA-13", predicted=limit.day if limit else None, actual=decided)
    if facts.route is Route.MUST:
        return (received, decision, told)
    first = None if facts.publicised_on is None else deadline(Clock.AREA_COMMENTS, facts.publicised_on)
    return (
        received,
        CaseClock(
            event="Publicised",
            rule="AREA-11",
            predicted=None,
            actual=facts.publicised_on,
            is_limit=False,
        ),
        CaseClock(
            event="Comments close",
            rule="AREA-12",
            predicted=first.day if first else None,
            actual=facts.closes_on,
            is_limit=False,
        ),
        decision,
        told,
    )


def _is_concluded(facts: AreaCaseFacts) -> bool:
    return facts.status in {"designated", "refused", "ended"}


def area_raised(
    facts: AreaCaseFacts, *, today: date, in_another_area: bool, in_another_application: bool
) -> tuple[Raised, ...]:
    """Return what has come about by itself and waits for a person: an overdue decision, and the duty it leaves.

    Nothing is designated by the passing of time alone here: the authority is told that it must, and does it.
    Source: AREA-13, AREA-14, T-5.
    """
    limit = decision_limit(facts)
    if limit is None or facts.status != "applied" or today <= limit.day:
        return ()
    late = f"The last day to decide was {limit.day:%-d %B %Y}, {(today - limit.day).days} days ago."
    overdue = Raised(code="decision-overdue", words=late, rule="AREA-13", since=limit.day)
    duty = must_designate_as_applied_for(
        limit,
        today=today,
        decided=None,
        in_another_area=in_another_area,
        in_another_application=in_another_application,
    )
    if duty:
        words = "Time has run out, so the authority must designate the whole area as it was applied for."
        return (overdue, Raised(code="must-designate-as-applied-for", words=words, rule="AREA-14", since=limit.day))
    why = "a neighbourhood area" if in_another_area else "another open application"
    words = f"Time has run out, but some of the land is in {why}, so the authority still decides; do it at once."
    return (overdue, Raised(code="decide-at-once", words=words, rule="AREA-14", since=limit.day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What an authority has to do next on a case, and by when; None where the law says only "as soon as possible"."""

    words: str
    by: date | None


def area_due(facts: AreaCaseFacts) -> Due | None:
    """Return what is due next; None where nothing is.

    Source: AREA-2, AREA-10, AREA-11, AREA-13, AREA-20, AREA-21.
    """
    if facts.status != "applied":
        unpublished = [decision for decision in facts.decisions if decision.published_on is None]
        return Due(words="Publish the decision", by=None) if unpublished else None
    if facts.route is Route.MUST:
        return Due(words="Designate the whole parish as applied for", by=None)
    if facts.publicised_on is None:
        barred = facts.route is Route.BARRED
        return Due(words="Refuse: this body may not apply for this land" if barred else "Publicise it", by=None)
    limit = decision_limit(facts)
    return Due(words="Decide the application", by=limit.day if limit else None)
