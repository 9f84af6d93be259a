"""A declared result as a page shows it: the outcome in words, and each poll's figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.templating import short_date
from app.web.charts.answer import YesNoBar, yes_no_bar
from app.web.charts.bars import BarChart
from app.web.charts.turnout import turnout_chart
from app.web.words import word_for

HEADS_OF_REJECTION: Mapping[str, str] = {
    "official_mark": "No official mark",
    "more_than_one_answer": "Voting for more than one answer",
    "identifies_voter": "Writing or mark by which the voter could be identified",
    "unmarked_or_uncertain": "Unmarked, or the answer uncertain",
}
POLL_NAMES: Mapping[str, str] = {"residential": "Residents\u2019 vote", "business": "Businesses\u2019 vote"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PollFigures:
    """One poll's declared figures, with what the page needs to draw them."""

    key: str
    name: str
    figures: Mapping[str, Any]
    rejected: tuple[tuple[str, int], ...]
    rejected_total: int
    bar: YesNoBar | None
    turnout: BarChart | None
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultWords:
    """A declared result in words.

    Attributes:
        outcome: the answer, in a word or two.
        colour: `yes`, `no` or `divided`.
        follows: what follows from it, a sentence each.
        polls: the figures of each poll held.
    """

    outcome: str
    colour: str
    follows: tuple[str, ...]
    polls: tuple[PollFigures, ...]


_OUTCOMES = {"must-make": ("Yes", "yes"), "may-make": ("Divided", "divided"), "must-not-make": ("No", "no")}


def result_words(result: Mapping[str, Any], instrument: str) -> ResultWords:
    """Return a folkmoot.result/1 document as a page shows it. Source: RESULT-1, RESULT-5, RESULT-7, RESULT-9."""
    outcome, colour = _OUTCOMES[result["decision"]]
    return ResultWords(
        outcome=outcome,
        colour=colour,
        follows=tuple(_follows(result, word_for(instrument))),
        polls=tuple(_poll(key, figures) for key, figures in result["polls"].items()),
    )


def _follows(result: Mapping[str, Any], word: str) -> list[str]:
    said = []
    if result["decision"] == "must-make":
        if result["in_development_plan_from"]:
            since = short_date(result["in_development_plan_from"])
            said.append(f"The {word} is part of the development plan from {since}, before it is formally made.")
        elif word == "order":
            said.append("The order gives no planning permission until the council makes it.")
        if result["make_by"]:
            said.append(f"The council must make the {word} by {short_date(result['make_by'])}.")
    elif result["decision"] == "may-make":
        said.append(f"Residents and businesses answered differently, so the council may choose to make the {word}.")
        said.append(f"The result alone does not put the {word} in force.")
    else:
        said.append(f"The {word} cannot be made.")
        if result["repeat_window_until"]:
            until = short_date(result["repeat_window_until"])
            said.append(f"A similar proposal received up to {until} may be declined.")
    return said


def _poll(key: str, figures: Mapping[str, Any]) -> PollFigures:
    answer = "Yes" if figures["majority_in_favour"] else "No"
    return PollFigures(
        key=key,
        name=POLL_NAMES[key],
        figures=figures,
        rejected=tuple((words, figures["rejected"][head]) for head, words in HEADS_OF_REJECTION.items()),
        rejected_total=sum(figures["rejected"].values()),
        bar=yes_no_bar(figures["yes"], figures["no"], figures["yes_share"]),
        turnout=turnout_chart(figures),
        answer="Equal votes: no majority in favour" if figures["tie"] else answer,
    )
