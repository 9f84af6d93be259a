"""The night of the count: ballot paper accounts, rounds of counting, the declaration."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.db import WriteSession, hold_lock
from app.errors import ConflictError, NotAllowedError
from app.models import BallotPaperAccount, CountRound, Declaration, Referendum
from app.roles import Role
from app.scope import refuse_other_council
from app.services.development_plan import apply_outcome
from app.services.referendums import referendum_by_reference
from referendum.count_file import read_count
from referendum.errors import StageError
from referendum.result import result_document
from referendum.tally import tally

COUNT_SCHEMA = "folkmoot.count/1"
_FIGURES = ("supplied", "issued", "spoilt", "unused", "tendered", "found")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFacts:
    """One station's ballot paper account, and the papers found in its box (COUNT-3)."""

    poll: str
    council: str
    station: str
    supplied: int
    issued: int
    spoilt: int
    unused: int
    tendered: int
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PortionFacts:
    """One council's figures in one poll: papers, never people."""

    poll: str
    council: str
    electorate: int
    postal_found: int
    yes: int
    no: int
    rejected: Mapping[str, int]


def record_account(session: WriteSession, deed: Deed, reference: str, facts: AccountFacts) -> BallotPaperAccount:
    """Record a station's ballot paper account, or correct it; what it was before stays in the record.

    Raises:
        StageError: the result is declared, or a round of counting already stands on the accounts.

    Source: COUNT-3.
    """
    referendum = _open_referendum(session, reference)
    refuse_other_council(deed, _counting(deed, referendum, facts.council), f"The account of {facts.station}")
    if referendum.rounds:
        raise StageError(f"{reference} has been counted: a ballot paper account can no longer be changed.")
    account = next(
        (
            each
            for each in referendum.accounts
            if (each.poll, each.council, each.station) == (facts.poll, facts.council, facts.station)
        ),
        None,
    )
    before = None if account is None else {name: getattr(account, name) for name in _FIGURES}
    if account is None:
        account = BallotPaperAccount(**asdict(facts))
        referendum.accounts.append(account)
    else:
        for name in _FIGURES:
            setattr(account, name, getattr(facts, name))
    session.flush()
    record(session, deed, EventKind.ACCOUNTS_RECORDED, reference, before=before, after=asdict(facts))
    return account


def record_round(
    session: WriteSession, deed: Deed, reference: str, portions: Sequence[PortionFacts], *, reason: str
) -> CountRound:
    """Record one round of counting and what it comes to; every round is kept, the latest is the one that counts.

    Raises:
        CountFileError: figures that cannot be (negative, more rejected than papers, a portion without accounts).
        StageError: the result is declared.

    Source: COUNT-2, COUNT-12, COUNT-14, COUNT-16.
    """
    referendum = _open_referendum(session, reference)
    for portion in portions:
        refuse_other_council(deed, _counting(deed, referendum, portion.council), f"The count of {portion.council}")
    figures = _count_document(referendum, portions)
    result = result_document(tally(read_count(figures)))
    round_ = CountRound(
        number=len(referendum.rounds) + 1, recorded_at=deed.at, reason=reason, count=figures, result=result
    )
    referendum.rounds.append(round_)
    session.flush()
    after = {"number": round_.number, "reason": reason, "count": figures}
    record(session, deed, EventKind.ROUND_RECORDED, reference, after=after)
    return round_


def _counting(deed: Deed, referendum: Referendum, council: str) -> set[str]:
    """Return the councils whose counting officers may record a council's figures: its own, and who leads the poll."""
    leads = {referendum.council} if deed.by.role == Role.CHIEF_COUNTING_OFFICER else set()
    return {council} | leads


def _open_referendum(session: WriteSession, reference: str) -> Referendum:
    hold_lock(session, "audit")
    referendum = referendum_by_reference(session, reference)
    if referendum.declaration is not None:
        raise StageError(f"The result of {reference} was declared; nothing of its count can change (COUNT-15).")
    return referendum


def _count_document(referendum: Referendum, portions: Sequence[PortionFacts]) -> dict[str, object]:
    polls = sorted({portion.poll for portion in portions}, reverse=True)
    return {
        "schema": COUNT_SCHEMA,
        "instrument": referendum.plan.instrument,
        "area": referendum.plan.area.name,
        "authority": referendum.authority,
        "poll_date": referendum.poll_date.isoformat(),
        "polls": {
            poll: {
                "portions": [
                    _portion(referendum.accounts, portion)
                    for portion in sorted(portions, key=lambda each: each.council)
                    if portion.poll == poll
                ]
            }
            for poll in polls
        },
    }


def _portion(accounts: Iterable[BallotPaperAccount], portion: PortionFacts) -> dict[str, object]:
    stations = [
        {"name": account.station, **{name: getattr(account, name) for name in _FIGURES}}
        for account in sorted(accounts, key=lambda each: each.station)
        if (account.poll, account.council) == (portion.poll, portion.council)
    ]
    return {
        "council": portion.council,
        "electorate": portion.electorate,
        "stations": stations,
        "postal": {"found": portion.postal_found},
        "yes": portion.yes,
        "no": portion.no,
        "rejected": dict(portion.rejected),
    }


def declare_result(session: WriteSession, deed: Deed, reference: str) -> Declaration:
    """Declare the result of the latest round; from then on nothing of it changes, and its outcome takes effect.

    Raises:
        ConflictError: there is no round, a poll that must be held was not counted, or the figures may not stand;
            the message names what is wrong.
        StageError: it was declared already.

    Source: COUNT-12, COUNT-13, COUNT-15, COUNT-16, RESULT-1, RESULT-5.
    """
    referendum = _open_referendum(session, reference)
    refuse_other_council(deed, {referendum.council}, f"The declaration of {reference}")
    if deed.by.organisation and referendum.is_cross_boundary and deed.by.role == Role.COUNTING_OFFICER:
        raise NotAllowedError(f"{reference} is held by several councils: its chief counting officer declares (REF-4).")
    latest = session.scalars(
        select(CountRound).where(CountRound.referendum_id == referendum.id).order_by(CountRound.number.desc()).limit(1)
    ).first()
    if latest is None:
        raise ConflictError(f"{reference} has no round of counting yet: record the figures first.")
    _refuse_doubtful(referendum, latest)
    if deed.at.date() < referendum.poll_date:
        raise ConflictError(f"{reference} cannot be declared before its poll on {referendum.poll_date}.")
    declaration = Declaration(
        round_number=latest.number, declared_at=deed.at, declared_by=deed.by.name, result=latest.result
    )
    referendum.declaration = declaration
    session.flush()
    after = {"round": latest.number, "result": latest.result}
    record(session, deed, EventKind.RESULT_DECLARED, reference, after=after)
    apply_outcome(session, deed, referendum, latest.result)
    return declaration


def _refuse_doubtful(referendum: Referendum, latest: CountRound) -> None:
    errors = [finding["message"] for finding in latest.result["findings"] if finding["severity"] == "error"]
    if errors:
        raise ConflictError(f"The figures of {referendum.reference} may not be declared: {' '.join(errors)}")
    if referendum.has_business_poll and "business" not in latest.result["polls"]:
        raise ConflictError(
            f"{referendum.reference} also has a business poll (BUS-1): record its figures before declaring."
        )
