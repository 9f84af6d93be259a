"""Verification: every box against its account, the path a box with a variance takes, and the statement of the result.

A variance never stops the declaration for ever: its box closes with a cause that two people agree on (which may be that
none was found, once everything was tried) or with two recounts that agree.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from referendum.ballot import check_account, is_account_in_order
from referendum.count import Portion, StationAccount
from referendum.errors import StageError


class Step(StrEnum):
    """What is tried, in this order, when a box and its account differ."""

    RECHECK_ACCOUNT = "recheck-account"
    RECOUNT_BOX = "recount-box"
    CHECK_OTHER_BOXES = "check-other-boxes"
    CHECK_POSTAL = "check-postal"


class CauseKind(StrEnum):
    """Why a box differs from its account."""

    ACCOUNT_MISTAKE = "account-mistake"
    MISCOUNT = "miscount"
    IN_ANOTHER_BOX = "in-another-box"
    AMONG_POSTAL = "among-postal"
    TAKEN_AWAY = "taken-away"
    NOT_FOUND = "not-found"


class BoxState(StrEnum):
    """Where a box stands."""

    AGREES = "agrees"
    OPEN = "open"
    CLOSED_BY_CAUSE = "closed-by-cause"
    CLOSED_BY_RECOUNTS = "closed-by-recounts"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """One step, who took it, and for a recount of the box how many papers were found."""

    step: Step
    by: str
    found: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """The recorded cause of a variance, agreed by two people."""

    kind: CauseKind
    note: str
    by: str
    agreed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxVerification:
    """One station's account and box, with everything done about a variance.

    Source: COUNT-2, COUNT-3 (unverified; ordinary election practice).
    """

    station: StationAccount
    steps: tuple[StepTaken, ...] = ()
    cause: Cause | None = None

    @property
    def recounts(self) -> tuple[StepTaken, ...]:
        """Recounts of the box, in order."""
        return tuple(taken for taken in self.steps if taken.step is Step.RECOUNT_BOX)

    @property
    def found(self) -> int:
        """Papers found in the box: by the latest recount, or the first count."""
        last = self.recounts[-1].found if self.recounts else None
        return self.station.found if last is None else last

    @property
    def state(self) -> BoxState:
        """Where the box stands now."""
        if self.cause is not None:
            return BoxState.CLOSED_BY_CAUSE
        if _last_two_agree(self.recounts):
            return BoxState.CLOSED_BY_RECOUNTS
        return BoxState.AGREES if not self.steps and is_account_in_order(self.station) else BoxState.OPEN

    @property
    def next_step(self) -> Step | None:
        """What to try next; None once everything was tried or the box is closed."""
        if self.state is not BoxState.OPEN:
            return None
        tried = {taken.step for taken in self.steps}
        return next((step for step in Step if step not in tried), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """One line of the statement: a polling station's account, what its box held, and the difference."""

    station: StationAccount
    accounted_for: int
    found: int
    variance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationStatement:
    """The counting officer's statement of the result of verification for one portion; observers may copy it.

    Attributes:
        rows: one for each polling station.
        postal_sessions: postal papers found in each opening session; one session where they were not kept apart.
        total_verified: papers in the boxes and by post.

    Source: COUNT-2, COUNT-4 (rule 37, unverified).
    """

    council: str
    rows: tuple[StatementRow, ...]
    postal_sessions: tuple[int, ...]
    total_verified: int


def take_step(box: BoxVerification, step: Step, *, by: str, found: int | None = None) -> BoxVerification:
    """Record a step taken about a variance.

    Args:
        box: the box concerned, still open.
        step: what was done.
        by: who did it, by role or initials, never an elector.
        found: papers found, for a recount of the box and for nothing else.

    Raises: StageError where the box is not open, or the figure is missing, negative or out of place.
    """
    if box.state is not BoxState.OPEN:
        raise StageError(f"The box of {box.station.name} is not open ({box.state}), so there is nothing to check.")
    if (step is Step.RECOUNT_BOX) != (found is not None) or (found is not None and found < 0):
        raise StageError("A recount of the box, and no other step, needs the number of papers found: 0 or more.")
    return replace(box, steps=(*box.steps, StepTaken(step=step, by=by, found=found)))


def record_cause(box: BoxVerification, kind: CauseKind, note: str, *, by: str, agreed_by: str) -> BoxVerification:
    """Close a box with a cause that two people agree on.

    The account must have been rechecked and the box recounted first; that no cause was found may be recorded once all
    four steps were taken, so that a box never stays open for ever.

    Raises: StageError where the box is not open, a step is missing, the note is empty, or one person agrees
    with themself.
    """
    if box.state is not BoxState.OPEN:
        raise StageError(f"The box of {box.station.name} is not open ({box.state}), so it needs no cause.")
    wanted = set(Step) if kind is CauseKind.NOT_FOUND else {Step.RECHECK_ACCOUNT, Step.RECOUNT_BOX}
    missing = [step.value for step in Step if step in wanted - {taken.step for taken in box.steps}]
    if missing:
        raise StageError(f"The box of {box.station.name} cannot be closed yet: first {', '.join(missing)}.")
    if not note.strip():
        raise StageError(f"Say in a few words what happened to the box of {box.station.name}.")
    if by == agreed_by:
        raise StageError(f"Two people must agree on the cause for the box of {box.station.name}: ask a second one.")
    return replace(box, cause=Cause(kind=kind, note=note.strip(), by=by, agreed_by=agreed_by))


def verified_station(box: BoxVerification) -> StationAccount:
    """Return the account with the papers found by the latest count of its box. Source: COUNT-2, COUNT-3."""
    return replace(box.station, found=box.found)


def verification_statement(portion: Portion, postal_sessions: Iterable[int] = ()) -> VerificationStatement:
    """Draw up the statement of the result of verification.

    Args:
        portion: the figures of one council.
        postal_sessions: papers found in each session; empty where they are only known together.

    Raises: StageError where the sessions do not add up to the postal papers of the portion.

    Source: COUNT-2, COUNT-4 (rule 37, unverified).
    """
    sessions = tuple(postal_sessions) or (portion.postal_found,)
    if sum(sessions) != portion.postal_found:
        raise StageError(
            f"The postal sessions of {portion.council} add up to {sum(sessions)}, but {portion.postal_found} postal "
            "papers were found: correct one of them."
        )
    return VerificationStatement(
        council=portion.council,
        rows=tuple(_row(station) for station in portion.stations),
        postal_sessions=sessions,
        total_verified=portion.papers_counted,
    )


def _row(station: StationAccount) -> StatementRow:
    check = check_account(station)
    return StatementRow(
        station=station, accounted_for=check.accounted_for, found=station.found, variance=check.variance
    )


def _last_two_agree(recounts: tuple[StepTaken, ...]) -> bool:
    match recounts:
        case (*_, one, other):
            return one.found == other.found and one.by != other.by
        case _:
            return False
