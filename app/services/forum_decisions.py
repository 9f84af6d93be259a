"""Deciding on forums, publishing the decision, and the end of a designation before its five years are over."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.audit import Deed, EventKind, record
from app.db import WriteSession, hold_lock
from app.errors import ConflictError, InvalidRequestError
from app.models import Forum, ForumDecision, ForumStatus
from app.queries.forum_cases import (
    current_forums,
    forum_authorities,
    forum_case_facts,
    forum_in_force,
    open_forums,
)
from app.scope import refuse_other_organisation
from app.services.decision_messages import tell_of_forum_decision
from app.services.forums import own_forum
from referendum.errors import StageError
from referendum.forum_stages import ENDING_RULES, Ending, forum_possible

Outcome = Literal["designate", "refuse", "decline"]
_RULES: dict[str, str] = {"designate": "FORUM-3", "refuse": "FORUM-14", "decline": "FORUM-15"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumDecisionFacts:
    """One authority's decision: designate, refuse, or decline to consider; with reasons, and when it was published."""

    authority_code: str
    outcome: Outcome
    decided_on: date
    published_on: date | None
    reasons: str


def decide_forum(session: WriteSession, deed: Deed, reference: str, facts: ForumDecisionFacts) -> Forum:
    """Record one authority's decision; the forum is designated when every authority of its area has designated it.

    The designation lock is held, so that an area never has two forums, whatever two officers do at once. Where the
    same body is designated already, its new designation takes the place of the old.

    Raises:
        StageError: the application is not open, or not at that stage; what is missing is told.
        ConflictError: the authority has decided, or does not decide; there is nothing to decline it for.
        InvalidRequestError: no reasons, or a day before the application.

    Source: FORUM-1 to FORUM-4, FORUM-7, FORUM-8, FORUM-12 to FORUM-16.
    """
    hold_lock(session, "designation")
    forum = own_forum(session, deed, reference, "Deciding on")
    refuse_other_organisation(deed, {facts.authority_code}, f"The decision of {facts.authority_code} on {reference}")
    deciding = _deciding(session, forum, facts)
    if facts.outcome == "decline":
        _refuse_to_decline(session, forum, facts.decided_on)
    else:
        _refuse_missing(session, forum, facts)
    forum.decisions.append(
        ForumDecision(
            authority_code=facts.authority_code,
            outcome=facts.outcome,
            decided_on=facts.decided_on,
            published_on=facts.published_on,
            reasons=facts.reasons.strip(),
            recorded_at=deed.at,
        )
    )
    renewed = _conclude(session, forum, facts, deciding)
    session.flush()
    after = {
        "authority_code": facts.authority_code,
        "outcome": facts.outcome,
        "decided_on": facts.decided_on.isoformat(),
        "published_on": facts.published_on.isoformat() if facts.published_on else None,
        "reasons": facts.reasons.strip(),
        "status": forum.status,
        "designated_on": forum.designated_on.isoformat() if forum.designated_on else None,
        "renews": renewed,
    }
    record(session, deed, EventKind.FORUM_DECIDED, reference, before={"status": "applied"}, after=after)
    if facts.published_on is not None:
        tell_of_forum_decision(session, deed, reference, facts.authority_code)
    return forum


def _deciding(session: WriteSession, forum: Forum, facts: ForumDecisionFacts) -> set[str]:
    if forum.status != ForumStatus.APPLIED.value:
        raise StageError(f"{forum.reference} has no application waiting for a decision: it is {forum.status}.")
    if facts.decided_on < forum.received_on:
        raise InvalidRequestError(
            f"{forum.reference} cannot have been decided on {facts.decided_on}: it was received on {forum.received_on}."
        )
    if not facts.reasons.strip():
        raise InvalidRequestError("Give the reasons: they are published with the decision (FORUM-14).")
    deciding = set(forum_authorities(session, forum))
    if facts.authority_code not in deciding:
        raise ConflictError(f"{facts.authority_code} does not decide on {forum.reference}: it is for {_all(deciding)}.")
    if any(each.authority_code == facts.authority_code for each in forum.decisions):
        raise ConflictError(f"{facts.authority_code} has already decided on {forum.reference}.")
    return deciding


def _all(codes: set[str]) -> str:
    return ", ".join(sorted(codes)) or "nobody stored here"


def _refuse_missing(session: WriteSession, forum: Forum, facts: ForumDecisionFacts) -> None:
    day = facts.decided_on
    known = forum_case_facts(session, forum, day)
    step = next((each for each in forum_possible(known, today=day) if each.move.rule == _RULES[facts.outcome]), None)
    if step is None:
        raise StageError(f"{forum.reference} has not been publicised: record its publicity first (FORUM-12).")
    if not step.is_open:
        raise StageError(step.words())
    if facts.outcome == "designate" and (forum.area.designated_on is None or forum.area.designated_on > day):
        raise StageError(f"{forum.area.reference} was not designated on {day}: decide on the area first (FORUM-16).")


def _refuse_to_decline(session: WriteSession, forum: Forum, on: date) -> None:
    """Refuse to decline an application without the reason that the law asks for. Source: FORUM-15 (unverified)."""
    others = [each for each in open_forums(session, forum.area_id) if each.id != forum.id]
    is_late = any(each.closes_on is not None and each.closes_on < on for each in others)
    if not is_late and not [each for each in current_forums(session, forum.area_id, on) if each.id != forum.id]:
        raise ConflictError(
            "This application may be declined only while another forum is designated for the area, or after the "
            "comments on another application have closed (FORUM-15)."
        )


def _conclude(session: WriteSession, forum: Forum, facts: ForumDecisionFacts, deciding: set[str]) -> str | None:
    """Set where the forum stands after a decision; return the reference of the designation it takes the place of."""
    if facts.outcome != "designate":
        forum.status = (ForumStatus.DECLINED if facts.outcome == "decline" else ForumStatus.REFUSED).value
        return None
    if {each.authority_code for each in forum.decisions} < deciding:
        return None
    last = max(each.decided_on for each in forum.decisions)
    older = [each for each in current_forums(session, forum.area_id, last) if each.id != forum.id]
    forum.status, forum.designated_on = ForumStatus.DESIGNATED.value, last
    for each in older:
        each.status, each.ended_on, each.ending = ForumStatus.ENDED.value, last, Ending.RENEWED.value
        each.ended_because = f"Designated anew: {forum.reference}"
    return older[0].reference if older else None


def publish_forum_decision(
    session: WriteSession, deed: Deed, reference: str, *, authority_code: str, published_on: date
) -> Forum:
    """Record the day on which an authority published its decision on a forum, and write to everyone who asked.

    Raises:
        ConflictError: there is no decision of that authority, or it is published already.
        InvalidRequestError: a day before the decision.

    Source: FORUM-14.
    """
    forum = own_forum(session, deed, reference, "Publishing the decision on")
    refuse_other_organisation(deed, {authority_code}, f"The decision of {authority_code} on {reference}")
    decision = next((each for each in forum.decisions if each.authority_code == authority_code), None)
    if decision is None or decision.published_on is not None:
        raise ConflictError(f"{authority_code} has no decision on {reference} that is still to be published.")
    if published_on < decision.decided_on:
        raise InvalidRequestError(
            f"The decision of {decision.decided_on} cannot have been published on {published_on}, before it."
        )
    decision.published_on = published_on
    session.flush()
    after = {"authority_code": authority_code, "published_on": published_on.isoformat()}
    record(session, deed, EventKind.FORUM_DECISION_PUBLISHED, reference, after=after)
    tell_of_forum_decision(session, deed, reference, authority_code)
    return forum


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingFacts:
    """Why a designation is withdrawn, from which day, and the day of the forum's own notice where it gave one."""

    ending: Ending
    ended_on: date
    reasons: str
    notice_on: date | None = None


def end_forum(session: WriteSession, deed: Deed, reference: str, facts: EndingFacts) -> Forum:
    """Withdraw a forum's designation: it no longer qualifies, or has given notice. Its open plans are not touched.

    Raises:
        StageError: it is not designated on that day.
        InvalidRequestError: no reasons, no notice, or a way to end that is nobody's to choose.

    Source: FORUM-9, FORUM-10, FORUM-17. FORUM-9 unverified.
    """
    hold_lock(session, "designation")
    forum = own_forum(session, deed, reference, "Withdrawing the designation of")
    if forum.status != ForumStatus.DESIGNATED.value or not forum_in_force(forum, facts.ended_on):
        raise StageError(f"{reference} is not a designated forum on {facts.ended_on}: it is {forum.status}.")
    if facts.ending is Ending.RENEWED:
        raise InvalidRequestError("A designation is renewed by deciding on a fresh application, not by withdrawing it.")
    if not facts.reasons.strip():
        raise InvalidRequestError("Give the reasons: they are published with the withdrawal (FORUM-9).")
    by_notice = facts.ending is Ending.AT_ITS_OWN_NOTICE
    if by_notice and (facts.notice_on is None or facts.notice_on > facts.ended_on):
        raise InvalidRequestError("Give the day of the forum's notice, on or before the withdrawal (FORUM-10).")
    forum.status, forum.ended_on, forum.ending = ForumStatus.ENDED.value, facts.ended_on, facts.ending.value
    forum.ended_because, forum.notice_on = facts.reasons.strip(), facts.notice_on if by_notice else None
    session.flush()
    after = {
        "status": forum.status,
        "ended_on": facts.ended_on.isoformat(),
        "ending": forum.ending,
        "rule": ENDING_RULES[facts.ending],
        "reasons": forum.ended_because,
        "notice_on": forum.notice_on.isoformat() if forum.notice_on else None,
    }
    record(session, deed, EventKind.FORUM_ENDED, reference, before={"status": "designated"}, after=after)
    return forum
