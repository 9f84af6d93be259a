"""Who may be at the count, and how many postal votes one person may hand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from referendum.errors import ReferendumError
from referendum.findings import Finding, Severity

OTHERS_HANDED_IN = 5
"""How many postal votes of other people one person may hand in beside their own (unverified). Source: POLL-6."""


class Capacity(StrEnum):
    """In what capacity someone is at the count."""

    CHIEF_COUNTING_OFFICER = "chief counting officer"
    COUNTING_OFFICER = "counting officer"
    CLERK = "clerk"
    COUNTING_OBSERVER = "counting observer"
    COMMISSION = "representative of the Electoral Commission"
    ACCREDITED_OBSERVER = "accredited observer"
    PERMITTED = "permitted by the counting officer"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Someone at the count: their name, and in what capacity."""

    name: str
    capacity: Capacity


def may_attend(capacity: Capacity) -> bool:
    """Say whether someone of a capacity may be at the count; others only with the counting officer's permission.

    Source: POLL-8, Neighbourhood Planning (Referendums) Regulations 2012 Sch 3 rule 36.
    """
    return capacity is not Capacity.OTHER


def attendance_findings(present: Sequence[Attendance]) -> list[Finding]:
    """List those on the attendance list who may not be there.

    Source: POLL-8, Neighbourhood Planning (Referendums) Regulations 2012 Sch 3 rule 36.
    """
    return [
        Finding(
            code="may-not-attend",
            severity=Severity.ERROR,
            message=f"{each.name} may not be at the count: the counting officer has to permit it, or they leave.",
            rule="POLL-8",
        )
        for each in present
        if not may_attend(each.capacity)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """Postal votes that one person hands in: their own (0 or 1), other people's, and whether the form is complete."""

    own: int
    others: int
    has_form: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIns:
    """How many handed-in postal votes were accepted and rejected: figures only, never whose."""

    accepted: int
    rejected: int


def accepted_of(handed_in: HandedIn) -> int:
    """Return how many of the postal votes that one person hands in are accepted.

    None is without the form, and none of other people's where there are too many of them.

    Raises: ReferendumError on a number that cannot be.

    Source: POLL-6, Neighbourhood Planning (Referendums) Regulations 2012 Sch 3 rules 30A-30C (the limit is unverified).
    """
    if handed_in.own not in {0, 1} or handed_in.others < 0:
        raise ReferendumError("One person hands in one vote of their own at most, and 0 or more of others: check both.")
    if not handed_in.has_form:
        return 0
    return handed_in.own + (handed_in.others if handed_in.others <= OTHERS_HANDED_IN else 0)


def hand_ins(each: Sequence[HandedIn]) -> HandIns:
    """Return the figures of all postal votes handed in at one place; accepted and rejected are all there were.

    Source: POLL-6.
    """
    accepted = sum(accepted_of(one) for one in each)
    return HandIns(accepted=accepted, rejected=sum(one.own + one.others for one in each) - accepted)
