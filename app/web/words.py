"""The words and tag colours in which pages tell where an area, a plan or a result stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from referendum.question import Instrument
from referendum.stages import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A status tag: its words, and the class of GOV.UK Frontend that colours it (words alone must be enough)."""

    text: str
    colour: str

    @property
    def classes(self) -> str:
        """The classes of the tag component."""
        return f"govuk-tag--{self.colour}"


class Standing(StrEnum):
    """How far a neighbourhood area has come, in the few steps that a map can show."""

    APPLIED = "applied"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    DESIGNATED = "designated"
    PLAN_UNDER_WAY = "under-way"
    REFERENDUM = "referendum"
    WAITING = "waiting"
    IN_FORCE = "in-force"
    NOT_APPROVED = "not-approved"


STANDING_TAGS: Mapping[Standing, Tag] = {
    Standing.APPLIED: Tag(text="Applied for", colour="yellow"),
    Standing.REFUSED: Tag(text="Refused", colour="grey"),
    Standing.WITHDRAWN: Tag(text="Application taken back", colour="grey"),
    Standing.ENDED: Tag(text="Joined to another area", colour="grey"),
    Standing.DESIGNATED: Tag(text="Designated", colour="blue"),
    Standing.PLAN_UNDER_WAY: Tag(text="Plan being made", colour="purple"),
    Standing.REFERENDUM: Tag(text="Going to a vote", colour="orange"),
    Standing.WAITING: Tag(text="Voted on, not decided", colour="turquoise"),
    Standing.IN_FORCE: Tag(text="Plan in force", colour="green"),
    Standing.NOT_APPROVED: Tag(text="Plan voted down", colour="red"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StageWords:
    """A stage in words.

    Attributes:
        tag: its name and colour.
        done: what was done when it was reached.
        meaning: what it means for the reader while it lasts.
        standing: what an area shows on the map while its plan is at this stage.
    """

    tag: Tag
    done: str
    meaning: str
    standing: Standing


def _words(text: str, colour: str, done: str, meaning: str, standing: Standing) -> StageWords:
    return StageWords(tag=Tag(text=text, colour=colour), done=done, meaning=meaning, standing=standing)


_UNDER_WAY, _VOTE, _BACK = Standing.PLAN_UNDER_WAY, Standing.REFERENDUM, Standing.DESIGNATED

STAGE_WORDS: Mapping[Stage, StageWords] = {
    Stage.PREPARATION: _words("Being written", "purple", "Work begins", "The group is writing a draft.", _UNDER_WAY),
    Stage.PRE_SUBMISSION: _words(
        "First consultation",
        "purple",
        "Draft published for comment",
        "The group asks everyone what they think of its draft, for at least six weeks.",
        _UNDER_WAY,
    ),
    Stage.SUBMITTED: _words(
        "Submitted", "purple", "Submitted to the council", "The council checks that everything is there.", _UNDER_WAY
    ),
    Stage.PUBLICISED: _words(
        "Second consultation",
        "purple",
        "Published by the council for comment",
        "The council asks for comments, which go to the examiner.",
        _UNDER_WAY,
    ),
    Stage.EXAMINATION: _words(
        "Examination",
        "purple",
        "Sent to an independent examiner",
        "An independent examiner checks it against the law and against the comments.",
        _UNDER_WAY,
    ),
    Stage.BODY_CHOICE: _words(
        "The group chooses",
        "purple",
        "Examiner found that the changes alter the nature of the plan",
        "The group chooses between a full examination with a referendum, and withdrawing its changes.",
        _UNDER_WAY,
    ),
    Stage.REPORT_RECEIVED: _words(
        "Examiner\u2019s report in",
        "purple",
        "Examiner\u2019s report received",
        "The council decides on each of the examiner\u2019s recommendations.",
        _UNDER_WAY,
    ),
    Stage.DIFFERING_VIEW: _words(
        "Comments invited",
        "purple",
        "Comments invited on departing from the report",
        "The council means to depart from the examiner\u2019s report and asks for comments first.",
        _UNDER_WAY,
    ),
    Stage.INTERVENTION: _words(
        "With the Secretary of State",
        "purple",
        "Secretary of State asked to step in",
        "The Secretary of State has been asked to decide instead of the council.",
        _UNDER_WAY,
    ),
    Stage.REFERENDUM_DUE: _words(
        "Referendum to be held",
        "orange",
        "Decision that a referendum must be held",
        "People in the referendum area will vote on it. If it is a plan, those who decide on planning applications "
        "must weigh it even before the vote.",
        _VOTE,
    ),
    Stage.SUSPENDED: _words(
        "Stopped by a court", "red", "Vote stopped by a court", "A court has stopped the vote for now.", _VOTE
    ),
    Stage.REFERENDUM_HELD: _words(
        "Vote held", "orange", "Referendum held", "The votes are being counted.", Standing.WAITING
    ),
    Stage.IN_DEVELOPMENT_PLAN: _words(
        "In force, not yet made",
        "green",
        "Approved in the referendum",
        "It counts in planning decisions from the result on. The council still has to make it formally.",
        Standing.IN_FORCE,
    ),
    Stage.APPROVED: _words(
        "Approved, not yet made",
        "orange",
        "Approved in the referendum",
        "It gives no planning permission until the council makes it.",
        Standing.WAITING,
    ),
    Stage.DIVIDED: _words(
        "Divided result",
        "orange",
        "Residents and businesses answered differently",
        "The council may choose, with reasons, whether to make it.",
        Standing.WAITING,
    ),
    Stage.MADE: _words("Made", "green", "Made by the council", "It is in force.", Standing.IN_FORCE),
    Stage.REFUSED: _words("Refused", "grey", "Refused by the council", "It goes no further.", _BACK),
    Stage.DECLINED: _words(
        "Declined", "grey", "Declined as a repeat", "It is too like one that failed within two years.", _BACK
    ),
    Stage.WITHDRAWN: _words("Withdrawn", "grey", "Withdrawn by the group", "It goes no further.", _BACK),
    Stage.FALLEN: _words(
        "Lapsed", "grey", "The forum\u2019s designation ended", "Without a forum it goes no further.", _BACK
    ),
    Stage.NOT_APPROVED: _words(
        "Voted down",
        "red",
        "Not approved in the referendum",
        "It cannot be made. A similar one may be declined for two years.",
        Standing.NOT_APPROVED,
    ),
    Stage.NOT_MADE: _words(
        "Not made", "grey", "Council decided not to make it", "It is no longer part of the development plan.", _BACK
    ),
    Stage.QUASHED: _words("Quashed", "grey", "Quashed by a court", "A court has undone it.", _BACK),
    Stage.REVOKED: _words("Revoked", "grey", "Revoked", "It is no longer in force.", _BACK),
    Stage.SUPERSEDED: _words(
        "Replaced", "grey", "Replaced by a newer plan", "A newer plan stands in its place.", _BACK
    ),
}

INSTRUMENT_WORDS: Mapping[Instrument, str] = {
    Instrument.NDP: "Neighbourhood development plan",
    Instrument.NDO: "Neighbourhood development order",
    Instrument.CRTBO: "Community right to build order",
}
_INSTRUMENT_PATHS = {Instrument.NDP: "plans", Instrument.NDO: "orders", Instrument.CRTBO: "orders"}

ROUTE_WORDS: Mapping[str, str] = {
    "must-designate": "The authority must designate this area as it was applied for.",
    "may-designate": "The authority asks people for comments. Then it decides whether to designate this area.",
    "barred": "This area cannot be designated as drawn.",
}
VERDICT_TAGS: Mapping[str, Tag] = {
    "acceptable": Tag(text="The line is sound", colour="green"),
    "needs-officer": Tag(text="An officer must look", colour="yellow"),
    "not-acceptable": Tag(text="The line must change", colour="red"),
}
SEVERITY_TAGS: Mapping[str, Tag] = {
    "error": Tag(text="Problem", colour="red"),
    "warning": Tag(text="To check", colour="yellow"),
    "notice": Tag(text="For information", colour="grey"),
}
APPLICANT_WORDS: Mapping[str, str] = {"parish": "Parish council", "forum": "Neighbourhood forum"}


def plan_path(reference: str, instrument: str) -> str:
    """Return the address of a plan's or order's page."""
    return f"/{_INSTRUMENT_PATHS[Instrument(instrument)]}/{reference}"


_SUBJECT_PATHS = {
    "NA": "areas",
    "NP": "plans",
    "NO": "orders",
    "CO": "orders",
    "NR": "referendums",
    "NG": "groups",
    "NF": "forums",
}


def subject_path(reference: str) -> str:
    """Return the address of the page of anything public, by its reference."""
    return f"/{_SUBJECT_PATHS[reference[:2]]}/{reference}"


def word_for(instrument: str) -> str:
    """Return "plan" or "order"."""
    return "plan" if Instrument(instrument) is Instrument.NDP else "order"
