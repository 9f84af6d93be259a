"""The reasons behind a route: what bars an application, compels a decision, or must be had regard to."""

from referendum.designation_facts import (
    Applicant,
    ApplicantKind,
    DesignationFacts,
    OverlapFact,
    ParishFact,
    Reason,
)
from referendum.designation_words import called, error, notice, titled, warning
from referendum.law import is_in_force


def bars(facts: DesignationFacts) -> tuple[Reason, ...]:
    """Return why this body may not apply for this area; empty where it may, or where too little is known.

    Source: AREA-2, AREA-3, AREA-4, FORUM-5, Town and Country Planning Act 1990 ss 61F(4), 61G(2)-(3).
    """
    if facts.applicant is None or facts.parishes is None:
        return ()
    if facts.applicant.kind is ApplicantKind.PARISH:
        return _bars_to_parish(facts.applicant, facts.parishes)
    return tuple(_bar_to_forum(parish) for parish in facts.parishes if parish.has_council is not False)


def _bars_to_parish(applicant: Applicant, parishes: tuple[ParishFact, ...]) -> tuple[Reason, ...]:
    own = [parish for parish in parishes if parish.code == applicant.parish_code]
    if not own:
        return (
            error(
                "outside-own-parish",
                "AREA-3",
                f"The area takes in no part of the applicant's own parish ({applicant.parish_code}), so this parish "
                "council may not apply for it; redraw the area, or check the parish code.",
            ),
        )
    if own[0].has_council is False:
        return (
            error(
                "parish-without-council",
                "AREA-2",
                f"{called(own[0])} has no parish council, so no parish council can apply; "
                "a neighbourhood forum may apply instead.",
            ),
        )
    return ()


def _bar_to_forum(parish: ParishFact) -> Reason:
    doubt = "" if parish.has_council else " (it is not recorded whether it has a council, so it is taken to have one)"
    return error(
        "forum-in-parish",
        "AREA-4",
        f"The area includes part of {called(parish)}{doubt}, and only a parish council may apply for land in a "
        "parish that has a council; leave the parish out, or ask its council to apply.",
    )


def whole_parish(facts: DesignationFacts) -> tuple[Reason, ...]:
    """Return the duty under regulation 5A, and what must be modified so that no overlap remains.

    Source: AREA-10, AREA-15, Neighbourhood Planning (General) Regulations 2012 reg 5A.
    """
    duty = notice(
        "whole-parish",
        "AREA-10",
        "The parish council asks for exactly its whole parish, so the authority must designate the area as it was "
        "asked for. It need not ask for comments first, and no time limit runs.",
    )
    return (duty, *(_to_modify(overlap) for overlap in facts.overlaps or ()))


def _to_modify(overlap: OverlapFact) -> Reason:
    return warning(
        "area-to-modify",
        "AREA-10",
        f"The {titled(overlap)} lies inside the parish and must be modified or replaced when this area is designated, "
        "so that no overlap remains.",
        about=overlap.reference,
    )


def outside_route(facts: DesignationFacts) -> tuple[Reason, ...]:
    """Return why a parish council that applies for its whole parish is still outside regulation 5A.

    Source: AREA-10.
    """
    exact = [parish for parish in facts.parishes or () if parish.is_exactly_the_area]
    applicant = facts.applicant
    if applicant is None or not any(parish.code == applicant.parish_code for parish in exact):
        return ()
    if not is_in_force("AREA-10", on=facts.on):
        return (
            notice(
                "before-whole-parish-route",
                "AREA-10",
                "The area is the whole parish, but the duty to designate it at once began only on 1 October 2016.",
            ),
        )
    return tuple(
        notice(
            "area-reaches-outside",
            "AREA-10",
            f"The {titled(overlap)} overlaps the area and reaches outside the parish, so the authority is not bound "
            "to designate the whole parish at once.",
            about=overlap.reference,
        )
        for overlap in facts.overlaps or ()
        if not overlap.is_inside_applicants_parish
    )


def considerations(facts: DesignationFacts) -> tuple[Reason, ...]:
    """Return what the authority must have regard to where it has a discretion.

    Source: AREA-8, s 61G(4).
    """
    whole = any(parish.is_exactly_the_area for parish in facts.parishes or ())
    if facts.applicant is None or facts.applicant.kind is not ApplicantKind.PARISH or facts.parishes is None or whole:
        return ()
    return (
        notice(
            "not-whole-parish",
            "AREA-8",
            "The area is not exactly one whole parish, so the authority must weigh whether the whole parish would be "
            "better. Say in the application why this line was chosen.",
        ),
    )
