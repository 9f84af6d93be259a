"""Whose consent and whose decision an application needs: other parish councils, other authorities, other applicants."""

from referendum.designation_facts import ApplicantKind, DesignationFacts, Reason
from referendum.designation_words import called, listed, notice, titled, warning


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
    named = listed([called(parish) for parish in others])
    return (
        notice(
            "consent-to-act",
            "AREA-5",
            f"The area also takes in part of {named}. The applicant may apply now, but needs the written consent of "
            "each of these parish councils before it publicises a plan.",
        ),
    )


def _consents_to_modify(facts: DesignationFacts) -> tuple[Reason, ...]:
    return tuple(
        warning(
            "consent-to-modify",
            "AREA-16",
            f"To take land out of the {titled(overlap)} the authority needs the consent of the parish council of "
            f"{listed(list(overlap.parishes_changed))}; record it before deciding.",
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
        warning(
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
        warning(
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
            f"The area falls in {listed(several)}. Each of them must decide, and the area stands only when all have "
            "designated it."
        )
        reasons.append(notice("several-authorities", "AREA-20", everyone))
    if parks:
        park = (
            f"{listed(parks)} decides for the land in the National Park. The district or unitary council runs any "
            "referendum, never the park authority."
        )
        reasons.append(notice("national-park", "AREA-20", park))
    return tuple(reasons)
