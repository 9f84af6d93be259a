"""The parts of an application that is being prepared: what each asks, when it is needed, and what is still missing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.errors import InvalidRequestError
from app.reports.map_scale import Bounds, Paper, sheet_for
from referendum.designation_facts import Applicant, ApplicantKind


class Part(StrEnum):
    """A part of an application, in the order in which it is asked for (AREA-6)."""

    MAP = "map"
    NAME = "name"
    STATEMENT = "statement"
    BODY = "body"
    CAPABILITY = "capability"
    CONSENTS = "consents"


Typed = Mapping[str, str]
Answers = Mapping[Part, Typed]
"""What was typed of each part, field by field."""

FIELDS: Mapping[Part, Mapping[str, int]] = {
    Part.MAP: {"paper": 2, "scale": 12},
    Part.NAME: {"name": 200},
    Part.STATEMENT: {"statement": 20_000},
    Part.BODY: {"kind": 10, "applicant_name": 200, "parish_code": 80, "declared": 3},
    Part.CAPABILITY: {"capability": 20_000},
    Part.CONSENTS: {"consents": 4_000, "later": 3},
}
"""The fields of each part, and how many characters each may have."""

TITLES: Mapping[Part, str] = {
    Part.MAP: "The map",
    Part.NAME: "Name of the area",
    Part.STATEMENT: "Why this area is right",
    Part.BODY: "Who applies",
    Part.CAPABILITY: "Why you can be a forum",
    Part.CONSENTS: "Other parish councils",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """What the line of a draft means for its application.

    Attributes:
        bounds_bng: of the line, EPSG:27700 metres (west, south, east, north).
        barred: why no application may be made for it as drawn; empty where one may.
        other_councils: names of the parishes with a council that it takes in, but for the applicant's own.
        is_likely_forum: whoever draws it is, or could be, a forum, so that its parts are asked for before it says so.
    """

    bounds_bng: Bounds
    barred: Sequence[str] = ()
    other_councils: Sequence[str] = ()
    is_likely_forum: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PartState:
    """One part: whether it is needed here, and the sentence that says what is missing; empty where it is done."""

    part: Part
    is_needed: bool
    problem: str

    @property
    def title(self) -> str:
        """What people call it."""
        return TITLES[self.part]

    @property
    def is_done(self) -> bool:
        """Whether nothing of it is missing."""
        return not self.problem


def field_of(answers: Answers, part: Part, field: str) -> str:
    """Return what was typed in a field, without spaces around it; nothing where the part was not begun."""
    return answers.get(part, {}).get(field, "").strip()


def applicant_of(answers: Answers) -> Applicant | None:
    """Return who applies, so far as it was said; None before that.

    Source: AREA-2.
    """
    kind, code = field_of(answers, Part.BODY, "kind"), field_of(answers, Part.BODY, "parish_code")
    if kind == ApplicantKind.FORUM:
        return Applicant(kind=ApplicantKind.FORUM)
    if kind == ApplicantKind.PARISH and code:
        return Applicant(kind=ApplicantKind.PARISH, parish_code=code)
    return None


def map_choice(answers: Answers, bounds_bng: Bounds) -> tuple[Paper, int]:
    """Return the paper and the scale of the map that goes with the application.

    Raises:
        InvalidRequestError: none was chosen, or the area does not fit.

    Source: AREA-6(a).
    """
    paper, scale = field_of(answers, Part.MAP, "paper"), field_of(answers, Part.MAP, "scale")
    if paper not in set(Paper) or not (scale.isascii() and scale.isdigit()):
        raise InvalidRequestError("Choose the paper and the scale of the map.")
    return Paper(paper), sheet_for(bounds_bng, Paper(paper), int(scale)).scale


def parts_of_application(answers: Answers, line: LineFacts) -> list[PartState]:
    """Return every part with what is missing of it, in the order in which they are asked for.

    A forum says how it meets the conditions for one; a parish council that takes in other councils' parishes says
    what they agreed to, or that it asks them later: their consent is needed to act, not to apply.
    Source: AREA-2 to AREA-6.
    """
    kind = field_of(answers, Part.BODY, "kind")
    is_forum = kind == ApplicantKind.FORUM if kind else line.is_likely_forum
    needed = {
        Part.CAPABILITY: is_forum,
        Part.CONSENTS: bool(line.other_councils) and not is_forum,
    }
    states = []
    for part in Part:
        is_needed = needed.get(part, True)
        states.append(
            PartState(part=part, is_needed=is_needed, problem=_PROBLEMS[part](answers, line) if is_needed else "")
        )
    return states


def missing_parts(states: Sequence[PartState]) -> list[PartState]:
    """Return the parts that an application may not be made without, and that are not done."""
    return [each for each in states if each.is_needed and not each.is_done]


def _map_problem(answers: Answers, line: LineFacts) -> str:
    if line.barred:
        return f"{line.barred[0]} Change the line, or who applies."
    try:
        map_choice(answers, line.bounds_bng)
    except InvalidRequestError as refusal:
        return str(refusal)
    return ""


def _name_problem(answers: Answers, _: LineFacts) -> str:
    return "" if field_of(answers, Part.NAME, "name") else "Give the area a name."


def _statement_problem(answers: Answers, _: LineFacts) -> str:
    return "" if field_of(answers, Part.STATEMENT, "statement") else "Say why this area is right for a plan."


def _body_problem(answers: Answers, _: LineFacts) -> str:
    if applicant_of(answers) is None:
        is_parish = field_of(answers, Part.BODY, "kind") == ApplicantKind.PARISH
        return "Give the code of the parish whose council applies." if is_parish else "Say what kind of body applies."
    if not field_of(answers, Part.BODY, "applicant_name"):
        return "Give the name of the body that applies."
    declared = field_of(answers, Part.BODY, "declared") == "yes"
    return "" if declared else "Tick the statement that the body may apply."


def _capability_problem(answers: Answers, _: LineFacts) -> str:
    said = field_of(answers, Part.CAPABILITY, "capability")
    return "" if said else "Say how your group meets the conditions for a forum."


def _consents_problem(answers: Answers, line: LineFacts) -> str:
    if field_of(answers, Part.CONSENTS, "consents") or field_of(answers, Part.CONSENTS, "later") == "yes":
        return ""
    return f"Say what was agreed with {' and '.join(line.other_councils)}, or that you will ask later."


_PROBLEMS: Mapping[Part, Callable[[Answers, LineFacts], str]] = {
    Part.MAP: _map_problem,
    Part.NAME: _name_problem,
    Part.STATEMENT: _statement_problem,
    Part.BODY: _body_problem,
    Part.CAPABILITY: _capability_problem,
    Part.CONSENTS: _consents_problem,
}

_DECLARATIONS: Mapping[ApplicantKind, str] = {
    ApplicantKind.PARISH: "{name} is a relevant body: it is a parish council, and the area is all or part of its "
    "parish, or takes it in (Town and Country Planning Act 1990, section 61G(2) and (3)).",
    ApplicantKind.FORUM: "{name} is a relevant body: it is, or could be designated as, a neighbourhood forum for this "
    "area, and no part of the area is in the area of a parish council (Town and Country Planning Act 1990, section "
    "61G(2) and (3)).",
}


def declaration_of(kind: ApplicantKind, name: str) -> str:
    """Return the sentence that is ticked: why the body may apply.

    Source: AREA-2, AREA-3, AREA-4, AREA-6(c).
    """
    return _DECLARATIONS[kind].format(name=name or "This body")


def body_statement(answers: Answers, states: Sequence[PartState]) -> str:
    """Return the statement on the body that goes with the application: its declaration and what it adds.

    Consents are told in the applicant's words; a council that has seen the minutes puts them on record.
    Source: AREA-5, AREA-6(c), FORUM-1 to FORUM-5.
    """
    needed = {each.part for each in states if each.is_needed}
    kind = ApplicantKind(field_of(answers, Part.BODY, "kind"))
    said = [declaration_of(kind, field_of(answers, Part.BODY, "applicant_name"))]
    if Part.CAPABILITY in needed:
        said.append(field_of(answers, Part.CAPABILITY, "capability"))
    if Part.CONSENTS in needed:
        agreed = field_of(answers, Part.CONSENTS, "consents")
        said.append(
            f"Other parish councils agreed that it acts for their parishes: {agreed}"
            if agreed
            else "It will ask the other parish councils to agree before the draft plan is made public."
        )
    return "\n\n".join(said)
