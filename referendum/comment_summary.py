"""The summary of what people said in a consultation: how many, on what, what is public of it, what was done."""

from dataclasses import dataclass
from datetime import date

from referendum.consultations import KINDS, Consultation
from referendum.notices import Notice, Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentSummed:
    """One comment as it may be told.

    Attributes:
        number: its number in the consultation.
        about: "policy" with its name, "place", or "all of it", as people say it.
        said_by: as whom it is published ("A resident").
        text: what is public of it; None where it is withheld or not read yet.
        withheld_because: why nothing of it is public; empty where something is.
        answer: what was done about it; empty where that was not said.
    """

    number: int
    about: str
    said_by: str
    text: str | None
    withheld_because: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summed:
    """One consultation and everything said in it, on a day.

    Attributes:
        held_by: names of who holds it.
        publicity: how, where and when people could see the proposal and answer.
        consulted: the bodies that were asked one by one; empty where that is not on record.
        by_channel: how many came each way, most first: "on the web", "on paper".
    """

    kind: Consultation
    title: str
    opens_on: date
    closes_on: date
    held_by: str
    publicity: str
    consulted: str
    by_channel: tuple[tuple[str, int], ...]
    comments: tuple[CommentSummed, ...]


def comment_summary(summed: Summed) -> Notice:
    """Return the summary: what was asked, how, what people said on each part, and what was done about it.

    Source: STEP-2, STEP-7, REF-12, Neighbourhood Planning (General) Regulations 2012 regs 15(2), 17.
    """
    kind = KINDS[summed.kind]
    asked = (
        f"{summed.held_by} asked for comments from {summed.opens_on:%-d %B %Y} to {summed.closes_on:%-d %B %Y}, under "
        f"{kind.regulation} of the Neighbourhood Planning (General) Regulations 2012."
    )
    parts = [Paragraph(heading="What was asked, and when", text=asked, rule=kind.rule)]
    if summed.publicity.strip():
        parts.append(Paragraph(heading="How people were told", text=summed.publicity.strip(), rule=kind.rule))
    if summed.consulted.strip():
        parts.append(Paragraph(heading="Who was asked one by one", text=summed.consulted.strip(), rule=kind.rule))
    parts.append(Paragraph(heading="How many answered", text=_counted(summed), rule=kind.rule))
    for about in sorted({each.about for each in summed.comments}):
        said = [each for each in summed.comments if each.about == about]
        parts += [
            Paragraph(heading=f"On {about}" if at == 0 else "", text=_told(each), rule=kind.rule)
            for at, each in enumerate(said)
        ]
    return Notice(title="Summary of comments", paragraphs=tuple(parts), given_by=summed.held_by)


def _counted(summed: Summed) -> str:
    total = len(summed.comments)
    if not total:
        return "Nobody commented."
    ways = ", ".join(f"{count} {way}" for way, count in summed.by_channel)
    unread = sum(each.text is None and not each.withheld_because for each in summed.comments)
    withheld = sum(bool(each.withheld_because) for each in summed.comments)
    sentence = f"{total} {'comment' if total == 1 else 'comments'} came in: {ways}."
    if withheld:
        sentence += (
            f" {withheld} of them {'is' if withheld == 1 else 'are'} not shown here, for the reason given below."
        )
    return sentence + (f" {unread} still {'waits' if unread == 1 else 'wait'} to be read." if unread else "")


def _told(comment: CommentSummed) -> str:
    if comment.text is None:
        why = f"not shown: {comment.withheld_because}." if comment.withheld_because else "still to be read."
        text = f"Comment {comment.number}, {why}"
    else:
        text = f"Comment {comment.number}, {comment.said_by}: {comment.text}"
    return f"{text} What was done about it: {comment.answer}" if comment.answer else text
