"""How many weeks an authority has to decide an application for a neighbourhood area, and when they end."""

from datetime import date, timedelta

from referendum.designation_facts import DesignationFacts
from referendum.law import figures

ONE_DAY = timedelta(days=1)


def decision_weeks(facts: DesignationFacts, *, whole_parish: bool) -> int | None:
    """Return the weeks to decide: 20 in two or more authorities, otherwise 13; None where none is set or known.

    Args: whole_parish: a parish council applies for exactly its whole parish. Before 1 October 2016 such a case
    had a limit of its own, 8 weeks (Unverified); since then it is designated at once and never asks here.
    Before 9 February 2015 there was no limit at all.
    Source: AREA-13, AREA-20, T-4, Neighbourhood Planning (General) Regulations 2012 reg 6A(1)-(2).
    """
    weeks = {figure.name: int(figure.value) for figure in figures("AREA-13", on=facts.on)}
    if facts.authorities is None or not facts.authorities or not weeks:
        return None
    if len(facts.authorities) > 1:
        return weeks["several-authorities"]
    if whole_parish and "whole-parish" in weeks:
        return weeks["whole-parish"]
    return weeks["single-authority"]


def decision_deadline(first_publicised: date, weeks: int) -> date:
    """Return the last day to decide: the weeks run from the day after the application was first publicised.

    Show an amber date one day earlier (`amber_date`), since the counting can be argued by a day.
    Source: AREA-13, TIME-2, TIME-6.
    """
    return first_publicised + ONE_DAY + timedelta(weeks=weeks)


def amber_date(first_publicised: date, weeks: int) -> date:
    """Return the day to treat as the last one for safety, a day before the deadline. Source: AREA-13."""
    return decision_deadline(first_publicised, weeks) - ONE_DAY
