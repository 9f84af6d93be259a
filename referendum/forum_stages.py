"""The life of a neighbourhood forum, as a table: application, designation for five years, refusal, withdrawal."""

from datetime import date
from enum import StrEnum

from referendum.case_moves import By, CaseMove, Possible, possible_moves
from referendum.forum_case import ForumCaseFacts, forum_needs
from referendum.forum_clocks import is_in_force


class ForumStage(StrEnum):
    """Where a forum stands."""

    RECEIVED = "received"
    PUBLICISED = "publicised"
    PARTLY_DECIDED = "decided-by-some"
    DESIGNATED = "designated"
    REFUSED = "refused"
    DECLINED = "declined"
    ENDED = "ended"
    EXPIRED = "expired"


class Ending(StrEnum):
    """How a designation ends before its five years are over."""

    NO_LONGER_QUALIFIES = "no-longer-qualifies"
    AT_ITS_OWN_NOTICE = "at-its-own-notice"
    RENEWED = "renewed"


ENDING_RULES: dict[Ending, str] = {
    Ending.NO_LONGER_QUALIFIES: "FORUM-9",
    Ending.AT_ITS_OWN_NOTICE: "FORUM-10",
    Ending.RENEWED: "FORUM-8",
}


_S = ForumStage
_PARTS = ("constitution", "purpose", "statement", "contact")
_CONDITIONS = ("open", "members")
_DECIDE = ("publicity", "comments-closed", "area")
_OPEN = (_S.RECEIVED, _S.PUBLICISED, _S.PARTLY_DECIDED)
_TABLE: tuple[tuple[ForumStage, ForumStage, str, By, str, tuple[str, ...]], ...] = (
    (_S.RECEIVED, _S.PUBLICISED, "publicise the application", By.AUTHORITY, "FORUM-12", _PARTS),
    (_S.RECEIVED, _S.DECLINED, "decline it while another forum or application is there", By.AUTHORITY, "FORUM-15", ()),
    (_S.PUBLICISED, _S.DESIGNATED, "designate the forum", By.EACH_AUTHORITY, "FORUM-3",
     (*_DECIDE, *_PARTS, *_CONDITIONS, "only-one")),
    (_S.PUBLICISED, _S.PARTLY_DECIDED, "decide while another authority has still to", By.EACH_AUTHORITY, "FORUM-13",
     _DECIDE),
    (_S.PUBLICISED, _S.REFUSED, "refuse, with reasons", By.EACH_AUTHORITY, "FORUM-14",
     ("publicity", "comments-closed")),
    (_S.PARTLY_DECIDED, _S.DESIGNATED, "designate the forum as the last authority", By.EACH_AUTHORITY, "FORUM-3",
     ("area", *_CONDITIONS, "only-one")),
    (_S.PARTLY_DECIDED, _S.REFUSED, "refuse, with reasons", By.EACH_AUTHORITY, "FORUM-14", ()),
    (_S.DESIGNATED, _S.ENDED, "withdraw the designation, with reasons, where it no longer qualifies", By.AUTHORITY,
     "FORUM-9", ()),
    (_S.DESIGNATED, _S.ENDED, "withdraw the designation at the forum's own notice", By.AUTHORITY, "FORUM-10", ()),
    (_S.DESIGNATED, _S.ENDED, "designate it anew on a fresh application", By.EACH_AUTHORITY, "FORUM-8", ()),
)  # fmt: skip


def forum_stage(facts: ForumCaseFacts, *, today: date) -> ForumStage:
    """Return where a forum stands on a day; only its date says that it has expired.

    Source: FORUM-8, FORUM-12.
    """
    if facts.status == ForumStage.DESIGNATED:
        return ForumStage.DESIGNATED if is_in_force(facts, today) else ForumStage.EXPIRED
    if facts.status != "applied":
        return ForumStage(facts.status)
    if facts.decisions:
        return ForumStage.PARTLY_DECIDED
    return ForumStage.RECEIVED if facts.publicised_on is None else ForumStage.PUBLICISED


def forum_moves(stage: ForumStage) -> tuple[CaseMove, ...]:
    """Return every move that the law knows from a stage; none where the case is closed.

    Source: FORUM-3, FORUM-8, FORUM-9, FORUM-10, FORUM-12, FORUM-13, FORUM-14, FORUM-15. FORUM-9, FORUM-14 and FORUM-15
    are unverified.
    """
    return tuple(
        CaseMove(from_stage=start, to_stage=end, action=action, by=by, rule=rule, needs=needs)
        for start, end, action, by, rule, needs in _TABLE
        if start is stage
    )


def forum_possible(facts: ForumCaseFacts, *, today: date) -> tuple[Possible, ...]:
    """Return the moves from where a forum stands, each with what it still needs.

    Source: FORUM-8, FORUM-12, FORUM-13.
    """
    several = len(facts.authorities) > 1
    moves = forum_moves(forum_stage(facts, today=today))
    lawful = [move for move in moves if several or move.to_stage != ForumStage.PARTLY_DECIDED]
    return possible_moves(lawful, forum_needs(facts, today=today))
