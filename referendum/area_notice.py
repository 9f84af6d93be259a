"""What an authority publishes after it decides on an application for a neighbourhood area."""

from dataclasses import dataclass
from datetime import date

from referendum.area_refusals import Ground
from referendum.notices import Notice, Paragraph

_GROUND_WORDS = {
    Ground.NOT_APPROPRIATE: "The area applied for is not an appropriate one.",
    Ground.NOT_RELEVANT_BODY: "The body that applied is not one that may apply for this area.",
    Ground.SECOND_APPLICATION: "The same body has another application that is not decided yet.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaNotice:
    """What a notice of one authority's decision tells.

    Attributes:
        area_name, reference: of the area.
        authority: whose decision it is.
        applicant: the relevant body that applied.
        outcome: "designate", "designate-part" or "refuse".
        decided_on, published_on: the days of the decision and of its publication; the latter None until it is.
        reasons: for it.
        is_business_area, business_area_reasons: what was considered about a business area.
        waits_for: names of authorities that have still to decide.
        area_ha: size of what is designated; None where nothing is.
        applied_ha: size of what was applied for; None where it is not told.
        ground: why it was refused as a whole; None where it was not.
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
    applied_ha: float | None = None
    ground: Ground | None = None
    published_on: date | None = None


_TITLES = {
    "designate": "Designation of a neighbourhood area",
    "designate-part": "Refusal of an area as applied for, and designation of part of it",
    "refuse": "Refusal to designate a neighbourhood area",
}


def area_notice(notice: AreaNotice) -> Notice:
    """Return the notice of an authority's decision on an area.

    Source: AREA-9, AREA-18, AREA-19, AREA-20, AREA-21, Neighbourhood Planning (General) Regulations 2012 reg 7.
    """
    parts = [
        Paragraph(heading="", text=_decided(notice), rule="AREA-21"),
        Paragraph(heading="", text=f"{notice.applicant} applied for it.", rule="AREA-21"),
        Paragraph(heading="Reasons", text=notice.reasons, rule="AREA-18"),
        *_rest(notice),
    ]
    if notice.outcome != "refuse":
        parts.append(Paragraph(heading="Business area", text=_business(notice), rule="AREA-19"))
        text = "You can see a map of the area on its page and at the authority's offices."
        parts.append(Paragraph(heading="Where to see it", text=text, rule="AREA-21"))
    else:
        text = "You can read this decision and its reasons on this page and at the authority's offices."
        parts.append(Paragraph(heading="Where to see it", text=text, rule="AREA-21"))
    if notice.waits_for:
        text = f"It takes effect when {' and '.join(notice.waits_for)} has designated it too."
        parts.append(Paragraph(heading="", text=text, rule="AREA-20"))
    if notice.published_on is not None:
        text = f"This decision was published on {notice.published_on:%-d %B %Y}."
        parts.append(Paragraph(heading="", text=text, rule="AREA-21"))
    return Notice(title=_TITLES[notice.outcome], paragraphs=tuple(parts), given_by=notice.authority)


def notice_paragraphs(notice: AreaNotice) -> tuple[str, ...]:
    """Return the text of the notice paragraph by paragraph, in plain words.

    Source: AREA-18, AREA-19, AREA-20, AREA-21, Neighbourhood Planning (General) Regulations 2012 reg 7.
    """
    return tuple(
        f"Reasons: {part.text}" if part.heading == "Reasons" else part.text for part in area_notice(notice).paragraphs
    )


def _decided(notice: AreaNotice) -> str:
    size = "" if notice.area_ha is None else f", {notice.area_ha:,.2f} hectares,"
    deeds = {
        "designate": f"designated {notice.area_name}{size} as a neighbourhood area",
        "designate-part": f"refused the area as it was applied for, and designated part of it{size} as the "
        f"neighbourhood area {notice.area_name}",
        "refuse": f"refused to designate {notice.area_name} as a neighbourhood area",
    }
    return f"On {notice.decided_on:%-d %B %Y} {notice.authority} {deeds[notice.outcome]} ({notice.reference})."


def _rest(notice: AreaNotice) -> list[Paragraph]:
    """Say what becomes of the land: none may be left over where the area itself was the reason (AREA-9)."""
    if notice.outcome == "designate-part" and notice.applied_ha is not None and notice.area_ha is not None:
        text = (
            f"The application was for {notice.applied_ha:,.2f} hectares. {notice.area_ha:,.2f} hectares of it are "
            f"designated; {max(0.0, notice.applied_ha - notice.area_ha):,.2f} hectares are refused."
        )
        return [Paragraph(heading="The rest of the land", text=text, rule="AREA-9")]
    if notice.outcome != "refuse" or notice.ground is None:
        return []
    text = _GROUND_WORDS[notice.ground]
    if notice.ground is Ground.NOT_APPROPRIATE:
        text += " All of its land lies in neighbourhood areas already, so none is left to designate."
    return [Paragraph(heading="The ground", text=text, rule="AREA-9")]


def _business(notice: AreaNotice) -> str:
    kind = "is designated as a business area" if notice.is_business_area else "is not a business area"
    return f"The authority considered whether it is a business area. It {kind}. {notice.business_area_reasons}"
