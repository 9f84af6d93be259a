"""Count rounds: every count and recount is kept, and the latest confirmed one is used."""

from dataclasses import dataclass, replace

from referendum.count import Portion, Rejected
from referendum.errors import StageError


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRound:
    """One count of the papers of one portion.

    Attributes:
        number: 1 for the first count.
        reason: why it was held ("first count", who asked for a recount and why).
        confirmed: the counting officer accepted its figures.
    """

    number: int
    yes: int
    no: int
    rejected: Rejected
    reason: str
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecountRequest:
    """A request for a recount and the officer's answer; an unreasonable one may be refused, with the reason."""

    by: str
    granted: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """All counts of one portion, first to last, with the requests for recounts.

    Source: COUNT-12 (rule 38, unverified).
    """

    rounds: tuple[CountRound, ...] = ()
    requests: tuple[RecountRequest, ...] = ()
    declared: bool = False

    @property
    def in_use(self) -> CountRound | None:
        """The latest confirmed round, or None before the first is confirmed."""
        return next((held for held in reversed(self.rounds) if held.confirmed), None)


def hold_round(rounds: Rounds, *, yes: int, no: int, rejected: Rejected, reason: str) -> Rounds:
    """Add the figures of a further count.

    Raises: StageError after the declaration, while the round before is neither confirmed nor to be recounted, or where
    no reason is given.

    Source: COUNT-12 (rule 38, unverified).
    """
    _refuse_after_declaration(rounds)
    if not reason.strip():
        raise StageError("Say why this count is held: the first count, or who asked for a recount and why.")
    held = CountRound(number=len(rounds.rounds) + 1, yes=yes, no=no, rejected=rejected, reason=reason.strip())
    return replace(rounds, rounds=(*rounds.rounds, held))


def confirm_round(rounds: Rounds, number: int) -> Rounds:
    """Confirm the figures of the latest round; an earlier one cannot be gone back to.

    Raises: StageError after the declaration, or where `number` is not that of the latest round.
    """
    _refuse_after_declaration(rounds)
    if not rounds.rounds or rounds.rounds[-1].number != number:
        raise StageError(f"Round {number} is not the latest count: confirm the latest, or hold another.")
    return replace(rounds, rounds=(*rounds.rounds[:-1], replace(rounds.rounds[-1], confirmed=True)))


def answer_request(rounds: Rounds, *, by: str, granted: bool, reason: str) -> Rounds:
    """Record a request for a recount and whether it is granted.

    Raises: StageError after the declaration, when nothing can be recounted, or where a refusal has no reason.
    """
    _refuse_after_declaration(rounds)
    if not granted and not reason.strip():
        raise StageError("Say why the recount is refused: only an unreasonable request may be.")
    return replace(rounds, requests=(*rounds.requests, RecountRequest(by=by, granted=granted, reason=reason.strip())))


def figures_in_use(rounds: Rounds, portion: Portion) -> Portion:
    """Return the portion with the votes and rejected papers of the latest confirmed round.

    Raises: StageError before any round is confirmed.
    """
    held = rounds.in_use
    if held is None:
        raise StageError(f"No count of {portion.council} has been confirmed yet.")
    return replace(portion, yes=held.yes, no=held.no, rejected=held.rejected)


def _refuse_after_declaration(rounds: Rounds) -> None:
    if rounds.declared:
        raise StageError("The result has been declared, so nothing can be recounted (COUNT-12).")
