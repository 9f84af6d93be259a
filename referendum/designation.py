"""The lawful route for an application to designate a neighbourhood area, from facts already established.

Nothing here measures anything: whoever calls has compared the boundary with parishes, authorities and current
areas, slivers already set aside (T-1), with the parish boundaries in force on the day (T-2).
"""

from referendum.designation_clock import decision_weeks
from referendum.designation_consents import consents, cross_boundary, open_applications
from referendum.designation_facts import (
    Applicant,
    ApplicantKind,
    AuthorityFact,
    DesignationFacts,
    LawfulRoute,
    OpenApplicationFact,
    OverlapFact,
    ParishFact,
    Reason,
    Route,
    parse_applicant,
)
from referendum.designation_reasons import bars, considerations, outside_route, whole_parish
from referendum.law import is_in_force, rule_set

__all__ = [
    "Applicant",
    "ApplicantKind",
    "AuthorityFact",
    "DesignationFacts",
    "LawfulRoute",
    "OpenApplicationFact",
    "OverlapFact",
    "ParishFact",
    "Reason",
    "Route",
    "is_whole_parish_case",
    "is_whole_parish_route",
    "lawful_route",
    "parse_applicant",
]


def lawful_route(facts: DesignationFacts) -> LawfulRoute:
    """Say whether the authority must, may or may not designate, in how many weeks, and why.

    Returns: the route, the weeks (None where no limit applies, or where the authorities are not known), the name
    of the rule set of the day, and every reason an officer or an applicant should read.
    Reading: where the applicant or the parishes are not known, nothing bars and nothing compels: the route is
    "may-designate", and whoever calls says what could not be checked.
    Source: AREA-2 to AREA-5, AREA-7, AREA-8, AREA-10, AREA-13, AREA-15, AREA-16, AREA-20.
    """
    barred = bars(facts)
    if barred:
        return LawfulRoute(route=Route.BARRED, clock_weeks=None, rule_set=rule_set(facts.on), reasons=barred)
    must = is_whole_parish_route(facts)
    reasons = (
        *(whole_parish(facts) if must else outside_route(facts)),
        *consents(facts),
        *open_applications(facts),
        *cross_boundary(facts),
        *(() if must else considerations(facts)),
    )
    return LawfulRoute(
        route=Route.MUST if must else Route.MAY,
        clock_weeks=None if must else decision_weeks(facts, whole_parish=is_whole_parish_case(facts)),
        rule_set=rule_set(facts.on),
        reasons=reasons,
    )


def is_whole_parish_route(facts: DesignationFacts) -> bool:
    """Say whether regulation 5A compels the authority to designate the area as applied for, at once.

    Source: AREA-10, T-3, Neighbourhood Planning (General) Regulations 2012 reg 5A, from 1 October 2016.
    """
    return is_in_force("AREA-10", on=facts.on) and is_whole_parish_case(facts)


def is_whole_parish_case(facts: DesignationFacts) -> bool:
    """Say whether a parish council applies for exactly its own whole parish and no overlapping area leaves it.

    Where it is not known which areas overlap, the case is not made out.
    Source: AREA-10, T-3.
    """
    applicant = facts.applicant
    if applicant is None or applicant.kind is not ApplicantKind.PARISH or facts.overlaps is None:
        return False
    exact = any(parish.code == applicant.parish_code and parish.is_exactly_the_area for parish in facts.parishes or ())
    return exact and all(overlap.is_inside_applicants_parish for overlap in facts.overlaps)
