"""The text of a decision notice: what the authority must publish after it designates or refuses an area."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaNotice:
    """What a notice of one authority's decision tells.

    Attributes:
        area_name, reference: of the area.
        authority: whose decision it is.
        applicant: the relevant body that applied.
        outcome: "designate", "designate-part" or "refuse".
        decided_on: the day of the decision.
        reasons: for it.
        is_business_area, business_area_reasons: what was considered about a business area.
        waits_for: names of authorities that have still to decide.
        area_ha: size of what is designated; None where nothing is.
    """

    area_name: str
    reference: str
    authority: str
    applicant: str
    outcome: str
    decided_on: date
    reasons: str
    is_business_area: bool
    business_area_reasons: str
    waits_for: tuple[str, ...] = ()
    area_ha: float | None = None


def notice_paragraphs(notice: AreaNotice) -> tuple[str, ...]:
    """Return the notice paragraph by paragraph, in plain words.

    Source: AREA-18, AREA-19, AREA-20, AREA-21, Neighbourhood Planning (General) Regulations 2012 reg 7.
    """
    size = "" if notice.area_ha is None else f", {notice.area_ha:,.2f} hectares,"
    deeds = {
        "designate": f"designated {notice.area_name}{size} as a neighbourhood area",
        "designate-part": f"refused the area as it was applied for, and designated part of it{size} as the "
        f"neighbourhood area {notice.area_name}",
        "refuse": f"refused to designate {notice.area_name} as a neighbourhood area",
    }
    told = [
        f"On {notice.decided_on:%-d %B %Y} {notice.authority} {deeds[notice.outcome]} ({notice.reference}).",
        f"{notice.applicant} applied for it.",
        f"Reasons: {notice.reasons}",
    ]
    if notice.outcome != "refuse":
        kind = "is designated as a business area" if notice.is_business_area else "is not a business area"
        told.append(
            f"The authority considered whether it is a business area. It {kind}. {notice.business_area_reasons}"
        )
        told.append("A map of the area is on its page and can be seen at the authority's offices.")
    else:
        told.append("This decision and its reasons can be inspected on this page and at the authority's offices.")
    if notice.waits_for:
        told.append(f"It takes effect when {' and '.join(notice.waits_for)} has designated it too.")
    return tuple(told)
