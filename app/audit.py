"""The append-only record: every change is one typed event, written in the transaction that makes the change.

Each event carries the hash of the one before, so an edit made straight in the database shows.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import select

from app.db import ReadSession, WriteSession, hold_lock
from app.models import AuditEvent

FIRST_PREVIOUS_HASH = "0" * 64
_BATCH = 1000
RECORDED = "folkmoot_recorded"
"""Under this name a session holds the numbers of the events that were recorded in it."""


class EventKind(StrEnum):
    """What can happen, as noun:deed."""

    BOUNDARIES_IMPORTED = "boundaries:imported"
    COUNTS_IMPORTED = "small-area-counts:imported"
    AREAS_IMPORTED = "areas:imported"
    AREA_APPLIED_FOR = "area:applied-for"
    AREA_PUBLICISED = "area:publicised"
    AREA_DECIDED = "area:decided"
    AREA_DESIGNATED = "area:designated"
    AREA_REFUSED = "area:refused"
    AREA_PARTS_RECORDED = "area:parts-recorded"
    AREA_CONSENT_RECORDED = "area:consent-recorded"
    AREA_WITHDRAWN = "area:withdrawn"
    AREA_DECISION_PUBLISHED = "area:decision-published"
    AREA_MODIFIED = "area:modified"
    FORUM_APPLIED_FOR = "forum:applied-for"
    FORUM_PUBLICISED = "forum:publicised"
    FORUM_DECIDED = "forum:decided"
    FORUM_DECISION_PUBLISHED = "forum:decision-published"
    FORUM_ENDED = "forum:ended"
    CONSULTATION_OPENED = "consultation:opened"
    REPRESENTATION_RECEIVED = "representation:received"
    REPRESENTATION_PASSED = "representation:passed"
    REPRESENTATION_ANSWERED = "representation:answered"
    MESSAGE_WRITTEN = "representation:message-written"
    REPRESENTOR_TOLD = "representation:told"
    PLAN_ATTACHED = "plan:attached"
    PLAN_MOVED = "plan:moved"
    REGISTER_IMPORTED = "register:imported"
    REGISTER_ALTERED = "register:altered"
    LOCATIONS_IMPORTED = "locations:imported"
    ELECTORS_PLACED = "electorate:entries-placed"
    RATEPAYERS_LISTED = "business:ratepayers-listed"
    HEREDITAMENT_PLACED = "business:hereditament-placed"
    BUSINESS_REGISTERED = "business:registered"
    BUSINESS_STRUCK = "business:struck-out"
    BUSINESS_FROZEN = "business:frozen"
    REFERENDUM_ARRANGED = "referendum:arranged"
    STATIONS_SET = "referendum:stations-set"
    ELECTORATE_FROZEN = "electorate:frozen"
    ACCOUNTS_RECORDED = "count:accounts-recorded"
    ROUND_RECORDED = "count:round-recorded"
    COUNT_PORTION_SET_UP = "count:portion-set-up"
    COUNT_SHEET_KEYED = "count:sheet-keyed"
    COUNT_SHEET_SETTLED = "count:sheet-settled"
    COUNT_BOX_CHECKED = "count:box-checked"
    COUNT_CAUSE_RECORDED = "count:cause-recorded"
    COUNT_CAUSE_AGREED = "count:cause-agreed"
    COUNT_VERIFIED = "count:verified"
    COUNT_ROUND_CONFIRMED = "count:round-confirmed"
    COUNT_STATEMENT_MOVED = "count:statement-moved"
    COUNT_RECOUNT_ANSWERED = "count:recount-answered"
    COUNT_SIGNED = "count:signed"
    COUNT_RELEASED = "count:released"
    COUNT_OBSERVER_RECORDED = "count:observer-recorded"
    RESULT_DECLARED = "result:declared"
    DEVELOPMENT_PLAN_CHANGED = "development-plan:changed"
    LOCAL_PLAN_RECORDED = "local-plan:recorded"
    LOCAL_PLAN_CHANGED = "local-plan:changed"
    PUBLISHED_RESULTS_IMPORTED = "published-results:imported"
    AUTHORITY_SUCCEEDED = "authority:succeeded"
    ORGANISATION_ADDED = "organisation:added"
    MEMBER_CHANGED = "organisation:member-changed"
    ACCOUNT_OPENED = "account:opened"
    ACCOUNT_LINKED = "account:linked"
    ACCOUNT_CLOSED = "account:closed"
    PASSWORD_CHANGED = "account:password-changed"  # noqa: S105 - the name of an event
    SECOND_FACTOR_CHANGED = "account:second-factor-changed"
    ROLE_GRANTED = "account:role-granted"
    ROLE_ENDED = "account:role-ended"
    SIGNED_IN = "account:signed-in"
    SIGNED_OUT = "account:signed-out"
    TOKEN_MADE = "account:token-made"  # noqa: S105 - the name of an event
    TOKEN_ENDED = "account:token-ended"  # noqa: S105 - the name of an event
    DOCUMENT_FILED = "document:filed"
    PLAN_CHECKED = "plan:checked"
    PLAN_DESCRIBED = "plan:described"
    PLAN_COURSE_CHANGED = "plan:course-changed"
    POLICY_WRITTEN = "plan:policy-written"
    POLICY_REMOVED = "plan:policy-removed"
    EXAMINATION_CHANGED = "plan:examination-changed"
    EXAMINER_ASKED = "plan:examiner-asked"
    RECOMMENDATION_CHANGED = "plan:recommendation-changed"
    PACK_FROZEN = "referendum:pack-frozen"
    DRAFT_STARTED = "draft:started"
    DRAFT_SAVED = "draft:saved"
    DRAFT_ANSWERED = "draft:answered"
    DRAFT_SUBMITTED = "draft:submitted"
    DRAFT_SHARED = "draft:shared"
    DRAFT_SHARE_ENDED = "draft:share-ended"
    DRAFT_COMMENTED = "draft:commented"
    DRAFT_COMMENT_SETTLED = "draft:comment-settled"
    GROUP_CHANGED = "group:changed"
    GROUP_PUBLISHED = "group:published"
    GROUP_WITHDRAWN = "group:withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does something, in what role, and in which organisation; never an elector.

    Attributes:
        name: the account's name.
        role: what they act as.
        organisation: code of the organisation in which they hold the role; empty for whoever serves all of them
            (the command line on the service's own machine).
        organisation_name: its name, as referendums and notices write it.
        took_over: codes and names of the authorities whose place it took, whose business is its own (O-10).
    """

    name: str
    role: str
    organisation: str = ""
    organisation_name: str = ""
    took_over: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Who changes the record, and when: what every service function is told."""

    by: Actor
    at: datetime


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def event_document(event: AuditEvent) -> dict[str, object]:
    """Return the event as it is published and hashed; `hash` is over everything else, in canonical JSON."""
    return {
        "seq": event.seq,
        "at": _moment(event.at),
        "actor": event.actor,
        "role": event.role,
        **({"organisation": event.organisation} if event.organisation else {}),
        "kind": event.kind,
        "subject": event.subject,
        "before": event.before,
        "after": event.after,
        "previous_hash": event.previous_hash,
        "hash": event.hash,
    }


def event_hash(document: Mapping[str, object]) -> str:
    """Return the SHA-256 (hex) of the event's canonical JSON: sorted keys, no spaces, UTF-8, without `hash`."""
    facts = {key: value for key, value in document.items() if key != "hash"}
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def record(
    session: WriteSession,
    deed: Deed,
    kind: EventKind,
    subject: str,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> AuditEvent:
    """Append one event to the record, chained to the last; the lock on the chain is held to the transaction's end.

    Args:
        session: the transaction that makes the change.
        deed: who does it, and when.
        kind: what happened.
        subject: the public reference, or the kind of thing, it happened to.
        before: what it was before, as plain JSON values; identifiers, never names of electors.
        after: what it is now.
    """
    hold_lock(session, "audit")
    last = session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)).first()
    event = AuditEvent(
        seq=last.seq + 1 if last else 1,
        at=deed.at,
        actor=deed.by.name,
        role=deed.by.role,
        organisation=deed.by.organisation or None,
        kind=kind.value,
        subject=subject,
        before=dict(before) if before is not None else None,
        after=dict(after) if after is not None else None,
        previous_hash=last.hash if last else FIRST_PREVIOUS_HASH,
    )
    event.hash = event_hash(event_document(event) | {"hash": ""})
    session.add(event)
    session.flush()
    session.info.setdefault(RECORDED, set()).add(event.seq)
    return event


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainFault:
    """Where the record was tampered with."""

    seq: int
    what: str


def chain_faults(events: Iterable[Mapping[str, object]]) -> Iterator[ChainFault]:
    """Yield every place where the events (as documents, in order) are not the chain that was written."""
    expected_seq, previous = 1, FIRST_PREVIOUS_HASH
    for event in events:
        seq = int(str(event["seq"]))
        if seq != expected_seq:
            yield ChainFault(seq=expected_seq, what=f"event {expected_seq} is missing before event {seq}")
        elif event["previous_hash"] != previous:
            yield ChainFault(seq=seq, what=f"event {seq} does not follow the event before it")
        if event["hash"] != event_hash(event):
            yield ChainFault(seq=seq, what=f"event {seq} is not as it was written")
        expected_seq, previous = seq + 1, str(event["hash"])


def documents(session: ReadSession | WriteSession) -> Iterator[dict[str, object]]:
    """Yield the whole record, oldest first, a batch at a time."""
    after = 0
    while batch := session.scalars(
        select(AuditEvent).where(AuditEvent.seq > after).order_by(AuditEvent.seq).limit(_BATCH)
    ).all():
        yield from map(event_document, batch)
        after = batch[-1].seq
        session.expunge_all()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Whether the record is as it was written: how many events there are, and every fault found."""

    events: int
    faults: tuple[ChainFault, ...]

    def document(self) -> dict[str, object]:
        """Return the verification as it is published (`folkmoot.audit-verification/1`)."""
        return {
            "schema": "folkmoot.audit-verification/1",
            "events": self.events,
            "ok": not self.faults,
            "faults": [{"seq": fault.seq, "what": fault.what} for fault in self.faults],
        }


def verify(session: ReadSession | WriteSession) -> Verification:
    """Verify the chain of the whole record, a batch at a time."""
    events = 0

    def counted() -> Iterator[dict[str, object]]:
        nonlocal events
        for document in documents(session):
            events += 1
            yield document

    faults = tuple(chain_faults(counted()))
    return Verification(events=events, faults=faults)
