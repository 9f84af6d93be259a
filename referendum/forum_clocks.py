"""The dates of a forum's case: its decision, its five years and the warnings before they end."""

from datetime import date

from referendum.area_clocks import Due
from referendum.case_moves import CaseClock, Raised
from referendum.clocks import Clock, Deadline, deadline
from referendum.forum_case import ForumCaseFacts
from referendum.law import figure
from referendum.working_days import ONE_DAY, months_after, years_after

WARNING_MONTHS = (12, 6, 3)
"""How many months before its last day a forum is reminded (FORUM-8)."""


def last_day(designated_on: date) -> date:
    """Return the last day of a forum's designation: five years, ending the day before the anniversary.

    Source: FORUM-8, Town and Country Planning Act 1990 s 61F(8). Unverified: the exact wording of the beginning.
    """
    years = int(figure("FORUM-8", "designation", on=designated_on).value)
    return years_after(designated_on, years) - ONE_DAY


def designation_in_force(designated_on: date | None, ended_on: date | None, on: date) -> bool:
    """Say whether a designation that began on a day, and may have ended early on another, is in force.

    Source: FORUM-8, FORUM-10.
    """
    if designated_on is None or on < designated_on or on > last_day(designated_on):
        return False
    return ended_on is None or on < ended_on


def is_in_force(facts: ForumCaseFacts, on: date) -> bool:
    """Say whether a body is the designated forum on a day.

    Source: FORUM-8, FORUM-10.
    """
    return designation_in_force(facts.designated_on, facts.ended_on, on)


def forum_limit(facts: ForumCaseFacts) -> Deadline | None:
    """Return the clock on which the application must be decided.

    None before its publicity, and while another forum has applied for the same or overlapping land.
    Source: FORUM-13, Neighbourhood Planning (General) Regulations 2012 reg 9A.
    """
    if facts.publicised_on is None or facts.competing:
        return None
    several = len(facts.authorities) > 1
    return deadline(Clock.FORUM_DECISION_SEVERAL if several else Clock.FORUM_DECISION, facts.publicised_on)


def forum_clocks(facts: ForumCaseFacts) -> tuple[CaseClock, ...]:
    """Return the dates of a forum's case, predicted and actual apart, up to the end of its designation.

    Source: FORUM-8, FORUM-12, FORUM-13, FORUM-14.
    """
    limit = forum_limit(facts)
    first = None if facts.publicised_on is None else deadline(Clock.FORUM_COMMENTS, facts.publicised_on)
    is_decided = facts.status != "applied"
    decided = max((decision.on for decision in facts.decisions), default=None) if is_decided else None
    days = [decision.published_on for decision in facts.decisions]
    published = max((day for day in days if day is not None), default=None) if decided and all(days) else None
    rows = (
        ("Received", "FORUM-11", None, facts.received_on, False),
        ("Publicised", "FORUM-12", None, facts.publicised_on, False),
        ("Comments close", "FORUM-12", first.day if first else None, facts.closes_on, False),
        ("Decided", "FORUM-13", limit.day if limit else None, decided, True),
        ("Published", "FORUM-14", None, published, False),
    )
    clocks = tuple(
        CaseClock(event=event, rule=rule, predicted=predicted, actual=actual, is_limit=is_limit)
        for event, rule, predicted, actual, is_limit in rows
    )
    if facts.designated_on is None:
        return clocks
    end = CaseClock(
        event="Designation ends",
        rule="FORUM-8",
        predicted=last_day(facts.designated_on),
        actual=facts.ended_on,
        is_limit=False,
    )
    return (*clocks, end)


def forum_raised(facts: ForumCaseFacts, *, today: date) -> tuple[Raised, ...]:
    """Return what has come about by itself and waits for a person: an overdue decision, or an end that is near.

    No forum is designated by the passing of time (FORUM-13), and no proposal falls by it without a person asked.
    Source: FORUM-8, FORUM-13, FORUM-17, T-8.
    """
    limit = forum_limit(facts)
    if facts.status == "applied":
        if limit is None or today <= limit.day:
            return ()
        words = (
            f"The last day to decide was {limit.day:%-d %B %Y}, {(today - limit.day).days} days ago. "
            "No forum is designated by the passing of time: decide it."
        )
        return (Raised(code="decision-overdue", words=words, rule="FORUM-13", since=limit.day),)
    if facts.status != "designated" or facts.designated_on is None:
        return ()
    return _end(last_day(facts.designated_on), today)


def _end(last: date, today: date) -> tuple[Raised, ...]:
    if today > last:
        words = (
            f"The designation ended on {last:%-d %B %Y}. Look at every plan and order of the area that is not yet with "
            "an examiner: ask whether it can go on."
        )
        return (Raised(code="expired", words=words, rule="FORUM-17", since=last),)
    for months in sorted(WARNING_MONTHS):
        since = months_after(last, -months)
        if today >= since:
            words = (
                f"The designation ends on {last:%-d %B %Y}, less than {months} months from now. To go on, the forum "
                "must apply anew; the date cannot be moved."
            )
            return (Raised(code=f"expires-within-{months}-months", words=words, rule="FORUM-8", since=since),)
    return ()


def falls_with_forum(*, is_before_examination: bool, is_withdrawn: bool) -> bool | None:
    """Say whether an open proposal falls when its forum's designation ends; None where a person must say.

    Args: is_before_examination: it has not yet been submitted for examination; is_withdrawn: the designation was
    withdrawn, not run out.
    Source: FORUM-17. Unverified: the text speaks of withdrawal, so what expiry does is asked of a person.
    """
    if not is_before_examination:
        return False
    return True if is_withdrawn else None


def forum_due(facts: ForumCaseFacts) -> Due | None:
    """Return what is due next on a forum's case; None where nothing is.

    Source: FORUM-8, FORUM-12, FORUM-13, FORUM-14.
    """
    if facts.status == "applied":
        if facts.publicised_on is None:
            return Due(words="Publicise it", by=None)
        limit = forum_limit(facts)
        return Due(words="Decide the application", by=limit.day if limit else None)
    if any(decision.published_on is None for decision in facts.decisions):
        return Due(words="Publish the decision", by=None)
    if facts.status == "designated" and facts.designated_on is not None:
        return Due(words="Remind the forum: its designation ends", by=last_day(facts.designated_on))
    return None
