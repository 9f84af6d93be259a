"""What an authority publishes after it decides on an application to be a neighbourhood forum, or withdraws one."""

from dataclasses import dataclass
from datetime import date

from referendum.forum_clocks import last_day
from referendum.notices import Notice, Paragraph

_TITLES = {
    "designate": "Designation of a neighbourhood forum",
    "refuse": "Refusal to designate a neighbourhood forum",
    "decline": "Decision not to consider an application to be a neighbourhood forum",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumNotice:
    """What a notice of one authority's decision on a forum tells.

    Attributes:
        name, reference: of the forum.
        area_name, area_reference: of its neighbourhood area.
        authority: whose decision it is.
        outcome: "designate", "refuse" or "decline".
        decided_on, published_on: the days of the decision and of its publication; the latter None until it is.
        designated_on: the day on which the last authority designated it; None until then.
        reasons: for the decision.
        constitution: its constitution, in full.
        contact: whom to ask and how, of a member who agreed to be public; empty where nobody did.
        waits_for: names of authorities that have still to decide.
    """

    name: str
    reference: str
    area_name: str
    area_reference: str
    authority: str
    outcome: str
    decided_on: date
    reasons: str
    constitution: str = ""
    contact: str = ""
    designated_on: date | None = None
    published_on: date | None = None
    waits_for: tuple[str, ...] = ()


def forum_notice(notice: ForumNotice) -> Notice:
    """Return the notice of an authority's decision on a forum.

    Source: FORUM-8, FORUM-14, Neighbourhood Planning (General) Regulations 2012 reg 10. Unverified in wording.
    """
    parts = [
        Paragraph(heading="", text=_decided(notice), rule="FORUM-14"),
        Paragraph(heading="Reasons", text=notice.reasons, rule="FORUM-14"),
    ]
    if notice.outcome == "designate":
        parts += _designated(notice)
    if notice.waits_for:
        text = f"It takes effect when {' and '.join(notice.waits_for)} has designated it too."
        parts.append(Paragraph(heading="", text=text, rule="FORUM-13"))
    text = "You can read this decision on this page and at the authority's offices."
    if notice.published_on is not None:
        text += f" It was published on {notice.published_on:%-d %B %Y}."
    parts.append(Paragraph(heading="Where to see it", text=text, rule="FORUM-14"))
    return Notice(title=_TITLES[notice.outcome], paragraphs=tuple(parts), given_by=notice.authority)


def _decided(notice: ForumNotice) -> str:
    deeds = {
        "designate": "designated {} as the neighbourhood forum for",
        "refuse": "refused to designate {} as the neighbourhood forum for",
        "decline": "declined to consider the application of {} to be the neighbourhood forum for",
    }
    deed = deeds[notice.outcome].format(f"{notice.name} ({notice.reference})")
    area = f"{notice.area_name} ({notice.area_reference})"
    return f"On {notice.decided_on:%-d %B %Y} {notice.authority} {deed} {area}."


def _designated(notice: ForumNotice) -> list[Paragraph]:
    parts = []
    if notice.designated_on is not None:
        text = (
            f"The designation begins on {notice.designated_on:%-d %B %Y}. Its last day is "
            f"{last_day(notice.designated_on):%-d %B %Y}, unless it is withdrawn before. Until then no other body can "
            "be the forum of this area."
        )
        parts.append(Paragraph(heading="How long it lasts", text=text, rule="FORUM-8"))
    if notice.contact:
        parts.append(Paragraph(heading="Whom to ask", text=notice.contact, rule="FORUM-14"))
    if notice.constitution.strip():
        parts.append(Paragraph(heading="Constitution", text=notice.constitution.strip(), rule="FORUM-14"))
    return parts
