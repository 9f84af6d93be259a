"""Whether a body could be designated as a neighbourhood forum, from what is known of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from referendum.designation_facts import Reason
from referendum.findings import Severity
from referendum.law import figure


class Capacity(StrEnum):
    """Why somebody may be a member: lives there, works there, or is an elected councillor for some of it."""

    LIVES = "lives"
    WORKS = "works"
    ELECTED = "elected"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumMember:
    """One individual, told apart by a key that is not a name, and the capacities each qualifies in."""

    key: str
    capacities: frozenset[Capacity]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumFacts:
    """What is known of a body on a day; organisations are not members and do not count (T-6)."""

    on: date
    has_purpose: bool
    open_to: frozenset[Capacity]
    members: Sequence[ForumMember]
    has_constitution: bool
    another_forum_is_designated: bool = False


def forum_reasons(facts: ForumFacts) -> tuple[Reason, ...]:
    """Return why a body could not be designated (errors), and what the authority should weigh (notices).

    Source: FORUM-1 to FORUM-4, FORUM-6, FORUM-7, T-6, T-7, Town and Country Planning Act 1990 s 61F(5), (7).
    """
    needed = int(figure("FORUM-3", "members", on=facts.on).value)
    individuals = {member.key for member in facts.members if member.capacities}
    held = frozenset().union(*(member.capacities for member in facts.members))
    closed = sorted(set(Capacity) - facts.open_to)
    unseen = sorted(set(Capacity) - held)
    checks = (
        (
            not facts.has_purpose,
            "forum-purpose",
            "FORUM-1",
            "The forum must be set up to improve the area's well-being.",
        ),
        (
            bool(closed),
            "forum-not-open",
            "FORUM-2",
            f"Membership must be open to all who qualify: {', '.join(closed)}.",
        ),
        (
            len(individuals) < needed,
            "forum-members",
            "FORUM-3",
            f"The forum has {len(individuals)} qualifying individuals and needs at least {needed}.",
        ),
        (not facts.has_constitution, "forum-constitution", "FORUM-4", "The forum must have a written constitution."),
        (
            facts.another_forum_is_designated,
            "forum-already",
            "FORUM-7",
            "Another forum is designated for this area, and there can be only one at a time.",
        ),
    )
    failed = tuple(
        Reason(code=code, severity=Severity.ERROR, message=message, rule=rule)
        for fails, code, rule, message in checks
        if fails
    )
    if not unseen:
        return failed
    wish = f"No member is known who qualifies as: {', '.join(unseen)}; this is desirable, not a condition."
    return (*failed, Reason(code="forum-breadth", severity=Severity.NOTICE, message=wish, rule="FORUM-6"))
