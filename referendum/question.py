"""The question on the ballot paper: prescribed words with two blanks, and comparison of published text with them.

The words come from two law firms' reports of Schedule 1 of 2012 that agree with each other and from councils' use.
Capital letters and the form for two authorities are unverified (Q-4): a person checks them against the Schedule before
anything is printed.
"""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from referendum.errors import ReferendumError


class Instrument(StrEnum):
    """What the referendum is about: a neighbourhood plan, a development order or a right to build order."""

    NDP = "ndp"
    NDO = "ndo"
    CRTBO = "crtbo"


INSTRUMENT_NAMES = {
    Instrument.NDP: "neighbourhood development plan",
    Instrument.NDO: "neighbourhood development order",
    Instrument.CRTBO: "community right to build order",
}

PRESCRIBED_QUESTIONS = {
    Instrument.NDP: (
        "Do you want {authority} to use the neighbourhood plan for {area} to help it decide planning applications "
        "in the neighbourhood area?"
    ),
    Instrument.NDO: (
        "Do you want the type of development in the neighbourhood development order for {area} to have planning "
        "permission?"
    ),
    Instrument.CRTBO: (
        "Do you want the development in the community right to build order for {area} to have planning permission?"
    ),
}

ANSWERS = ("Yes", "No")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionComparison:
    """How a published question differs from the prescribed one.

    Attributes:
        exact: the published text is the prescribed text, character for character.
        prescribed: the text that must be used.
        differences: one sentence for each difference in words, spacing, marks or capitals; empty when exact.
    """

    exact: bool
    prescribed: str
    differences: tuple[str, ...]


def prescribed_question(instrument: Instrument, *, area: str, authority: str) -> str:
    """Return the question to print, with its blanks filled and nothing else changed.

    Args:
        instrument: which of the three prescribed forms.
        area: name of the neighbourhood area.
        authority: name of the local planning authority; used by the form for a plan alone. Free text, because the form
            for two authorities is unverified (Q-4).

    Returns: one line of text; the same for the residential and the business poll (Q-3).

    Raises: ReferendumError when a name is empty, or holds a line break or other control character.

    Source: Q-1, Q-3, Q-4, Neighbourhood Planning (Referendums) Regulations 2012 reg 3 and Schedule 1.
    """
    return PRESCRIBED_QUESTIONS[instrument].format(
        area=_name(area, "neighbourhood area"), authority=_name(authority, "local planning authority")
    )


def compare_question(published: str, instrument: Instrument, *, area: str, authority: str) -> QuestionComparison:
    """Compare a published question with the prescribed one, word by word.

    Text copied out of a web page is compared after Unicode composition (NFC) only; every other difference is reported,
    also one of capitals, spaces or punctuation.

    Raises: ReferendumError as `prescribed_question`.

    Source: Q-1, Q-5, Neighbourhood Planning (Referendums) Regulations 2012 reg 3 and Schedule 1.
    """
    prescribed = prescribed_question(instrument, area=area, authority=authority)
    given, wanted = unicodedata.normalize("NFC", published), unicodedata.normalize("NFC", prescribed)
    if given == wanted:
        return QuestionComparison(exact=True, prescribed=prescribed, differences=())
    differences = tuple(_word_differences(wanted.split(), given.split()))
    spacing = ("The words are the prescribed ones but the spaces or line breaks between them are not.",)
    return QuestionComparison(exact=False, prescribed=prescribed, differences=differences or spacing)


def _name(text: str, what: str) -> str:
    name = text.strip()
    if not name or re.search(r"[\x00-\x1f\x7f\u2028\u2029]", name):
        raise ReferendumError(f"The name of the {what} is empty or holds a line break: give it on one line.")
    return name


def _word_differences(wanted: list[str], given: list[str]) -> list[str]:
    said = []
    for kind, w_from, w_to, g_from, g_to in SequenceMatcher(None, wanted, given, autojunk=False).get_opcodes():
        missing, extra = " ".join(wanted[w_from:w_to]), " ".join(given[g_from:g_to])
        if kind == "replace":
            said.append(f"“{extra}” stands where the prescribed words are “{missing}”.")
        elif kind == "delete":
            said.append(f"“{missing}” is missing.")
        elif kind == "insert":
            said.append(f"“{extra}” has been added.")
    return said
