"""What is known of a forum's case, and everything that its application needs, done or not."""

from dataclasses import dataclass
from datetime import date

from referendum.area_case import AreaDecided
from referendum.case_moves import Need, listed
from referendum.law import figure


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumCaseFacts:
    """What is known of one forum's case.

    Attributes:
        status: of the record: applied, designated, refused, declined or ended.
        received_on, publicised_on, closes_on: the dates of its application.
        authorities: names of the planning authorities that its area falls in.
        decisions: what each has decided so far.
        area_is_designated: the area that it is to be the forum of is current.
        has_constitution, has_purpose, has_statement, has_public_contact, is_open_to_all: what it must have.
        members: how many individuals qualify.
        competing: other open applications for the same or overlapping land.
        current: references of other bodies now designated for the area.
        designated_on, ended_on: of its own designation.
    """

    status: str
    received_on: date
    publicised_on: date | None = None
    closes_on: date | None = None
    authorities: tuple[str, ...] = ()
    decisions: tuple[AreaDecided, ...] = ()
    area_is_designated: bool = False
    has_constitution: bool = False
    has_purpose: bool = False
    has_statement: bool = False
    has_public_contact: bool = False
    is_open_to_all: bool = False
    members: int = 0
    competing: tuple[str, ...] = ()
    current: tuple[str, ...] = ()
    designated_on: date | None = None
    ended_on: date | None = None


def forum_needs(facts: ForumCaseFacts, *, today: date) -> tuple[Need, ...]:
    """Return everything an application to be a forum needs up to its publication, done or not.

    Source: FORUM-1, FORUM-2, FORUM-3, FORUM-4, FORUM-7, FORUM-11, FORUM-12, FORUM-14, FORUM-16.
    """
    least = int(figure("FORUM-3", "members", on=facts.received_on).value)
    lacking = max(0, least - facts.members)
    closed = facts.closes_on is not None and today > facts.closes_on
    more = f"{lacking} more qualifying member{'s' if lacking > 1 else ''}"
    members = more if lacking else f"{least} qualifying members"
    only_one = f"end of the designation of {listed(facts.current)}" if facts.current else "no other forum for the area"
    rows = (
        ("constitution", "written constitution", "FORUM-4", facts.has_constitution),
        ("purpose", "purpose of improving the area's well-being", "FORUM-1", facts.has_purpose),
        ("statement", "statement how the conditions are met", "FORUM-11", facts.has_statement),
        ("contact", "contact who agrees to be public", "FORUM-11", facts.has_public_contact),
        ("open", "membership open to all who qualify", "FORUM-2", facts.is_open_to_all),
        ("members", members, "FORUM-3", lacking == 0),
        ("publicity", "first publicity", "FORUM-12", facts.publicised_on is not None),
        ("comments-closed", "end of the six weeks for comments", "FORUM-12", closed),
        ("area", "designation of the area", "FORUM-16", facts.area_is_designated),
        ("only-one", only_one, "FORUM-7", not facts.current),
    )
    needs = tuple(Need(key=key, words=words, rule=rule, is_done=done) for key, words, rule, done in rows)
    return (*needs, *_decisions(facts))


def _decisions(facts: ForumCaseFacts) -> tuple[Need, ...]:
    decided = {decision.authority for decision in facts.decisions}
    each = tuple(
        Need(key=f"decision-{name}", words=f"decision of {name}", rule="FORUM-13", is_done=name in decided)
        for name in facts.authorities
    )
    told = bool(facts.decisions) and all(decision.published_on for decision in facts.decisions)
    return (*each, Need(key="published", words="publication of the decision", rule="FORUM-14", is_done=told))
