"""The four consultations of neighbourhood planning: who holds each, how long it lasts, what it must say."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from referendum.clocks import Clock, Deadline, deadline, is_kept
from referendum.errors import StageError


class Consultation(StrEnum):
    """What people are asked about."""

    AREA = "area-application"
    FORUM = "forum-application"
    PRE_SUBMISSION = "pre-submission"
    SUBMISSION = "submission"


class Holder(StrEnum):
    """Who holds a consultation."""

    AUTHORITY = "the local planning authority"
    QUALIFYING_BODY = "the qualifying body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What the regulations say of one kind of consultation.

    Attributes:
        title: its name in plain words.
        holder: who publicises it and receives what people say.
        clock: the clock of its shortest length.
        rule: rule id.
        regulation: where it stands in the Neighbourhood Planning (General) Regulations 2012.
        statement: what must be said besides the proposal, how to respond and the closing date; empty where nothing is.
        may_ask_to_be_told: whether people may ask to be told of the decision: a right only where the proposal is
            publicised as submitted, offered by the authority on applications, and not asked where nobody decides.
    """

    title: str
    holder: Holder
    clock: Clock
    rule: str
    regulation: str
    statement: str = ""
    may_ask_to_be_told: bool = False


KINDS: dict[Consultation, Kind] = {
    Consultation.AREA: Kind(
        title="Application for a neighbourhood area",
        holder=Holder.AUTHORITY,
        clock=Clock.AREA_COMMENTS,
        rule="AREA-12",
        regulation="regulation 6",
        may_ask_to_be_told=True,
    ),
    Consultation.FORUM: Kind(
        title="Application to be the neighbourhood forum",
        holder=Holder.AUTHORITY,
        clock=Clock.FORUM_COMMENTS,
        rule="FORUM-12",
        regulation="regulation 9",
        statement=(
            "If this forum is designated, no other body may be designated for the area until that designation "
            "expires or is withdrawn."
        ),
        may_ask_to_be_told=True,
    ),
    Consultation.PRE_SUBMISSION: Kind(
        title="Draft before it is submitted",
        holder=Holder.QUALIFYING_BODY,
        clock=Clock.PRE_SUBMISSION_COMMENTS,
        rule="STEP-1",
        regulation="regulation 14 (plans) or 21 (orders)",
    ),
    Consultation.SUBMISSION: Kind(
        title="Proposal as submitted",
        holder=Holder.AUTHORITY,
        clock=Clock.SUBMISSION_COMMENTS,
        rule="STEP-5",
        regulation="regulation 16 (plans) or 23 (orders)",
        statement="You may ask to be told what is decided.",
        may_ask_to_be_told=True,
    ),
}
"""What the regulations say of each.

Source: AREA-11, AREA-12, FORUM-12, STEP-1, STEP-5, Neighbourhood Planning (General) Regulations 2012 regs 6, 9, 14, 16,
21, 23. The order regulations are unverified.
"""


def shortest(kind: Consultation, opens: date) -> Deadline:
    """Return the first day on which a consultation that opens on a day may close.

    Raises: StageError before the regulations set a length.
    Source: AREA-12, FORUM-12, STEP-1, STEP-5, TIME-2, TIME-5 (six calendar weeks from the day first publicised).
    """
    found = deadline(KINDS[kind].clock, opens)
    if found is None:
        raise StageError(f"On {opens} the regulations set no length for this consultation: check its first day.")
    return found


def refuse_dates(kind: Consultation, opens: date, closes: date) -> None:
    """Refuse a consultation that closes too soon.

    Raises: StageError, naming the first lawful day.
    Source: AREA-12, FORUM-12, STEP-1, STEP-5.
    """
    least = shortest(kind, opens)
    if not is_kept(least, closes):
        raise StageError(
            f"Comments may not close on {closes}: six weeks from {opens} means {least.day} or later ({least.rule})."
        )


def is_open(opens: date, closes: date, on: date) -> bool:
    """Say whether representations made on a day are in time: from the first day to the end of the last (TIME-5)."""
    return opens <= on <= closes
