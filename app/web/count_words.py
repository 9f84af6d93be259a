"""The words of the count's pages: figures, sheets, steps and states as a tired person reads them."""

from collections.abc import Mapping

from app.models import CountPortion
from app.web.results import HEADS_OF_REJECTION, POLL_NAMES
from app.web.words import Tag
from referendum.keying import KeyingState
from referendum.portions import StatementState
from referendum.sheets import Sheet, SheetKind
from referendum.verification import BoxState, CauseKind, Step

FIGURE_WORDS: Mapping[str, str] = {
    "electorate": "Electors entitled to vote",
    "supplied": "Ballot papers supplied",
    "issued": "Issued to voters (spoilt ones left out)",
    "spoilt": "Spoilt and replaced",
    "unused": "Not used",
    "tendered": "Tendered papers used",
    "found": "Papers found in the box",
    "yes": "Votes for Yes",
    "no": "Votes for No",
    **{head: f"Rejected: {words[0].lower()}{words[1:]}" for head, words in HEADS_OF_REJECTION.items()},
}
POSTAL_FOUND = "Postal ballot papers, validly returned"
STEP_WORDS: Mapping[Step, str] = {
    Step.RECHECK_ACCOUNT: "Check the ballot paper account again",
    Step.RECOUNT_BOX: "Count the papers of this box again",
    Step.CHECK_OTHER_BOXES: "Look for the papers in the other boxes",
    Step.CHECK_POSTAL: "Look for the papers among the postal votes",
}
STEP_DONE: Mapping[Step, str] = {
    Step.RECHECK_ACCOUNT: "Account checked again",
    Step.RECOUNT_BOX: "Box counted again",
    Step.CHECK_OTHER_BOXES: "Other boxes searched",
    Step.CHECK_POSTAL: "Postal votes searched",
}
CAUSE_WORDS: Mapping[CauseKind, str] = {
    CauseKind.ACCOUNT_MISTAKE: "The account was written wrongly at the station",
    CauseKind.MISCOUNT: "The papers were counted wrongly",
    CauseKind.IN_ANOTHER_BOX: "Papers had been put into another box",
    CauseKind.AMONG_POSTAL: "Papers were among the postal votes",
    CauseKind.TAKEN_AWAY: "A voter took a paper away",
    CauseKind.NOT_FOUND: "No cause was found, although everything was tried",
}
SHEET_TAGS: Mapping[KeyingState, Tag] = {
    KeyingState.AWAITING_FIRST: Tag(text="To key", colour="blue"),
    KeyingState.AWAITING_SECOND: Tag(text="Key a second time", colour="yellow"),
    KeyingState.DIFFERS: Tag(text="Keyed differently", colour="red"),
    KeyingState.AGREED: Tag(text="Done", colour="green"),
    KeyingState.CORRECTED: Tag(text="Done, corrected", colour="green"),
}
BOX_WORDS: Mapping[BoxState, str] = {
    BoxState.AGREES: "The box agrees with its account",
    BoxState.OPEN: "The box differs from its account",
    BoxState.CLOSED_BY_CAUSE: "Closed: two people agreed on the cause",
    BoxState.CLOSED_BY_RECOUNTS: "Closed: two recounts by two people agree",
}
STATE_TAGS: Mapping[StatementState, Tag] = {
    StatementState.COUNTING: Tag(text="Counting", colour="blue"),
    StatementState.PROVISIONAL: Tag(text="Provisional", colour="yellow"),
    StatementState.AUTHORISED: Tag(text="Authorised", colour="turquoise"),
    StatementState.FINAL: Tag(text="Final", colour="green"),
}


def round_words(number: int) -> str:
    """Return how people call the count of a number."""
    return "First count" if number == 1 else f"Recount {number - 1}"


def sheet_words(row: CountPortion, sheet: Sheet) -> str:
    """Return the name of a sheet as it stands at the head of the paper."""
    match sheet.kind:
        case SheetKind.STATION:
            return row.stations[sheet.number - 1]
        case SheetKind.POSTAL:
            several = row.postal_sessions > 1
            return f"Postal votes, session {sheet.number}" if several else "Postal votes"
        case SheetKind.ROUND:
            return round_words(sheet.number)
        case _:
            return "Electorate"


def figure_words(sheet: Sheet, figure: str) -> str:
    """Return what a figure of a sheet is called."""
    return POSTAL_FOUND if sheet.kind is SheetKind.POSTAL else FIGURE_WORDS[figure]


def portion_words(row: CountPortion, *, several_polls: bool) -> str:
    """Return the name of a part: its council, and the poll where two are held."""
    return f"{row.council}: {POLL_NAMES[row.poll].lower()}" if several_polls else row.council
