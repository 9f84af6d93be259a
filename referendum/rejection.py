"""Rejected ballot papers: what each head means to the person counting, and the statement of rejected papers."""

from dataclasses import dataclass
from enum import StrEnum

from referendum.count import Rejected
from referendum.errors import StageError


class Head(StrEnum):
    """The four heads of rejection, named as in every document. Source: COUNT-7."""

    OFFICIAL_MARK = "official_mark"
    MORE_THAN_ONE_ANSWER = "more_than_one_answer"
    IDENTIFIES_VOTER = "identifies_voter"
    UNMARKED_OR_UNCERTAIN = "unmarked_or_uncertain"


HEAD_WORDS = {
    Head.OFFICIAL_MARK: "want of an official mark",
    Head.MORE_THAN_ONE_ANSWER: "voting for more than one answer",
    Head.IDENTIFIES_VOTER: "writing or mark by which the voter could be identified",
    Head.UNMARKED_OR_UNCERTAIN: "unmarked or void for uncertainty",
}

GUIDANCE = (
    "A paper is good where the intention for one answer clearly appears and the voter cannot be identified.",
    "That holds even if it is marked in the wrong place, with something other than a cross, or more than once.",
    "Write “rejected” on a paper that is not counted, and “rejection objected to” where a counting observer objects.",
    "The counting officer's decision on a paper is final.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedLine:
    """One line of the statement: a head, its papers, and how many rejections were objected to."""

    head: Head
    words: str
    papers: int
    objected_to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedStatement:
    """The counting officer's statement of rejected ballot papers, by head.

    Source: COUNT-10 (rule 39(3)-(4), unverified).
    """

    lines: tuple[RejectedLine, ...]
    total: int
    objected_to: int


def rejected_statement(rejected: Rejected, objections: dict[Head, int] | None = None) -> RejectedStatement:
    """Draw up the statement of rejected papers.

    Args:
        rejected: papers rejected under each head; none is left out, however small.
        objections: under each head, how many of the rejections an observer objected to; none where not kept.

    Raises: StageError where there are more objections than rejected papers under a head, or fewer than none.

    Source: COUNT-7, COUNT-9, COUNT-10, COUNT-11, COUNT-21 (rules 39 and 40, unverified).
    """
    papers = {
        Head.OFFICIAL_MARK: rejected.official_mark,
        Head.MORE_THAN_ONE_ANSWER: rejected.more_than_one_answer,
        Head.IDENTIFIES_VOTER: rejected.identifies_voter,
        Head.UNMARKED_OR_UNCERTAIN: rejected.unmarked_or_uncertain,
    }
    objected_to = {head: (objections or {}).get(head, 0) for head in Head}
    for head in Head:
        if not 0 <= objected_to[head] <= papers[head]:
            raise StageError(
                f"{objected_to[head]} objections cannot be to the {papers[head]} papers rejected for "
                f"{HEAD_WORDS[head]}: correct one of them."
            )
    return RejectedStatement(
        lines=tuple(
            RejectedLine(head=head, words=HEAD_WORDS[head], papers=papers[head], objected_to=objected_to[head])
            for head in Head
        ),
        total=rejected.total,
        objected_to=sum(objected_to.values()),
    )
