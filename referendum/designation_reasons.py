"""The reasons behind a route: what bars an application, compels a decision, or needs someone's consent."""

from referendum.designation_facts import (
    Applicant,
    ApplicantKind,
    DesignationFacts,
    OverlapFact,
    ParishFact,
    Reason,
)
from referendum.findings import Severity
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
            _error(
                "outside-own-parish",
                "AREA-3",
                f"The area takes in no part of the applicant's own parish ({applicant.parish_code}), so this parish "
                "council may not apply for it; redraw the area, or check the parish code.",
            ),
        )
    if own[0].has_council is False:
        return (
            _error(
                "parish-without-council",
                "AREA-2",
                f"{_called(own[0])} has no parish council, so no parish council can apply; "
                "a neighbourhood forum may apply instead.",
            ),
        )
    return ()


def _bar_to_forum(parish: ParishFact) -> Reason:
    doubt = "" if parish.has_council else " (it is not recorded whether it has a council, so it is taken to have one)"
    return _error(
        "forum-in-parish",
        "AREA-4",
        f"The area includes part of {_called(parish)}{doubt}, and only a parish council may apply for land in a "
        "parish that has a council; leave the parish out, or ask its council to apply.",
    )


def whole_parish(facts: DesignationFacts) -> tuple[Reason, ...]:
    """Return the duty under regulation 5A, and what must be modified so that no overlap remains.

    Source: AREA-10, AREA-15, Neighbourhood Planning (General) Regulations 2012 reg 5A.
    """
    duty = _notice(
        "whole-parish",
        "AREA-10",
        "The parish council applies for exactly the whole of its parish, so the authority must designate the area "
        "as applied for, with no publicity and no time limit.",
    )
    return (duty, *(_to_modify(overlap) for overlap in facts.overlaps or ()))


def _to_modify(overlap: OverlapFact) -> Reason:
    return _warning(
        "area-to-modify",
        "AREA-10",
        f"The {_titled(overlap)} lies inside the parish and must be modified or replaced when this area is designated, "
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
            _notice(
                "before-whole-parish-route",
                "AREA-10",
                "The area is the whole parish, but the duty to designate it at once began only on 1 October 2016.",
            ),
        )
    return tuple(
        _notice(
            "area-reaches-outside",
            "AREA-10",
            f"The {_titled(overlap)} overlaps the area and reaches outside the parish, so the authority is not bound "
            "to designate the whole parish at once.",
            about=overlap.reference,
        )
        for overlap in facts.overlaps or ()
        if not overlap.is_inside_applicants_parish
    )


def consents(facts: DesignationFacts) -> tuple[Reason, ...]:
    """Return the consents needed from other parish councils, to act for them or to modify areas on their land.

    Source: AREA-5 (s 61F(1)-(2)); AREA-16 (s 61G(6), Unverified).
    """
    return (*_consents_to_act(facts), *_consents_to_modify(facts))


def _consents_to_act(facts: DesignationFacts) -> tuple[Reason, ...]:
    applicant = facts.applicant
    if applicant is None or applicant.kind is not ApplicantKind.PARISH:
        return ()
    others = [
        parish
        for parish in facts.parishes or ()
        if parish.code != applicant.parish_code and parish.has_council is not False
    ]
    if not others:
        return ()
    named = _listed([_called(parish) for parish in others])
    return (
        _notice(
            "consent-to-act",
            "AREA-5",
            f"The area also takes in part of {named}: the applicant may apply without it, but needs the written "
            "consent of each of these parish councils before it publicises a plan.",
        ),
    )


def _consents_to_modify(facts: DesignationFacts) -> tuple[Reason, ...]:
    return tuple(
        _warning(
            "consent-to-modify",
            "AREA-16",
            f"To take land out of the {_titled(overlap)} the authority needs the consent of the parish council of "
            f"{_listed(list(overlap.parishes_changed))}; record it before deciding.",
            about=overlap.reference,
        )
        for overlap in facts.overlaps or ()
        if overlap.parishes_changed
    )


def open_applications(facts: DesignationFacts) -> tuple[Reason, ...]:
    """Return the undecided applications that matter: another by the same body, or one for some of the same land.

    Source: AREA-7, reg 5(2); AREA-14, reg 6A(3).
    """
    same = (
        _warning(
            "duplicate-application",
            "AREA-7",
            f"The same body already has application {other.reference} undecided, so the authority may decline to "
            "consider this one; ask which of them is meant.",
            about=other.reference,
        )
        for other in facts.open_applications
        if other.is_same_body
    )
    competing = (
        _warning(
            "competing-application",
            "AREA-14",
            f"Application {other.reference}, undecided, covers some of the same land, so missing the deadline would "
            "not oblige the authority to designate the whole area; decide the two together.",
            about=other.reference,
        )
        for other in facts.open_applications
        if other.is_overlapping and not other.is_same_body
    )
    return (*same, *competing)


def cross_boundary(facts: DesignationFacts) -> tuple[Reason, ...]:
    """Return what follows from several planning authorities, or from a National Park authority.

    Source: AREA-20, s 61I(1); T-24.
    """
    authorities = facts.authorities or ()
    parks = [authority.name or authority.code for authority in authorities if authority.is_national_park]
    several = [authority.name or authority.code for authority in authorities]
    reasons = []
    if len(several) > 1:
        everyone = (
            f"The area falls in {_listed(several)}: each of them must decide, and the area stands only when all have "
            "designated it."
        )
        reasons.append(_notice("several-authorities", "AREA-20", everyone))
    if parks:
        park = (
            f"{_listed(parks)} decides for the land in the National Park; a referendum is run by the district or "
            "unitary council, never by the park authority."
        )
        reasons.append(_notice("national-park", "AREA-20", park))
    return tuple(reasons)


def considerations(facts: DesignationFacts) -> tuple[Reason, ...]:
    """Return what the authority must have regard to where it has a discretion.

    Source: AREA-8, s 61G(4).
    """
    whole = any(parish.is_exactly_the_area for parish in facts.parishes or ())
    if facts.applicant is None or facts.applicant.kind is not ApplicantKind.PARISH or facts.parishes is None or whole:
        return ()
    return (
        _notice(
            "not-whole-parish",
            "AREA-8",
            "The area is not exactly one whole parish, so the authority must consider whether designating the whole "
            "parish would be better; say in the application why this line was chosen.",
        ),
    )


def _called(parish: ParishFact) -> str:
    return f"{parish.name} ({parish.code})" if parish.name else parish.code


def _titled(overlap: OverlapFact) -> str:
    return f"neighbourhood area {overlap.name or overlap.reference}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _error(code: str, rule: str, message: str) -> Reason:
    return Reason(code=code, severity=Severity.ERROR, message=message, rule=rule)


def _warning(code: str, rule: str, message: str, *, about: str | None = None) -> Reason:
    return Reason(code=code, severity=Severity.WARNING, message=message, rule=rule, about=about)


def _notice(code: str, rule: str, message: str, *, about: str | None = None) -> Reason:
    return Reason(code=code, severity=Severity.NOTICE, message=message, rule=rule, about=about)
