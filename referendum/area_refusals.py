"""When an application for a neighbourhood area may be refused, on which ground, and what must follow."""

from enum import StrEnum

from referendum.designation_facts import Route


class Ground(StrEnum):
    """Why an application is refused; the law knows no other."""

    NOT_APPROPRIATE = "area-not-appropriate"
    NOT_RELEVANT_BODY = "not-a-relevant-body"
    SECOND_APPLICATION = "second-application"


def why_not_refuse(
    ground: Ground | None,
    route: Route,
    *,
    land_left_ha: float,
    designates_some: bool,
    has_other_open_application: bool,
) -> str | None:
    """Return why an application may not be refused so, in one sentence; None where it may.

    Args: ground: of the refusal; route: what the law leaves the authority; land_left_ha: how much of the land is in
    no neighbourhood area; designates_some: the refusal designates some of that land; has_other_open_application: the
    same body has another application that is not decided.
    Source: AREA-2, AREA-7, AREA-9, AREA-10, Town and Country Planning Act 1990 s 61G(5); General Regulations reg 5(2).
    """
    if ground is None:
        return "Say on which ground the application is refused: the area is not appropriate, or the body may not apply."
    if ground is Ground.NOT_RELEVANT_BODY:
        barred = route is Route.BARRED
        return None if barred else "The applicant is a relevant body for this land, so it cannot be refused as none."
    if route is Route.MUST:
        return (
            "A parish council has applied for exactly its whole parish, so the authority must designate the area as "
            "applied for and may not refuse it (AREA-10)."
        )
    if ground is Ground.SECOND_APPLICATION:
        words = "The body has no other open application, so this one cannot be declined as a second (AREA-7)."
        return None if has_other_open_application else words
    if land_left_ha > 0 and not designates_some:
        return (
            f"{land_left_ha:,.2f} ha of this land is in no neighbourhood area, so a refusal because the area is not "
            "appropriate must designate some or all of it (AREA-9): give the line to designate."
        )
    return None
