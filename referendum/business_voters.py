"""The business voting register: who holds a vote, who casts it, and why somebody may not.

Held beside the residential referendum where the neighbourhood area is a business area (BUS-1). One vote goes to each
holder, however many premises it has, and a named voter casts it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from referendum.business_holders import Holder, HolderList
from referendum.findings import Finding, Severity
from referendum.law import figure
from referendum.working_days import Calendar, working_days_before

LONDON = ZoneInfo("Europe/London")
ADULT_AGE_YEARS = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedVoter:
    """The individual who casts a holder's vote, by reference.

    Attributes:
        reference: the officer's own reference of the individual.
        born_on: date of birth.
        is_qualifying_citizen: Commonwealth, Irish or qualifying European Union citizen, as the officer found.
        residential_polling_place: where the individual votes as a resident of the area, or None.
    """

    reference: str
    born_on: date
    is_qualifying_citizen: bool
    residential_polling_place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """Both forms of one holder.

    Attributes:
        holder: any of its references.
        voter: who casts the vote.
        received_at: when the later of the two forms arrived (aware).
        left_on: the day liability ended, if it did.
    """

    holder: str
    voter: NamedVoter
    received_at: datetime
    left_on: date | None = None


class BusinessBar(StrEnum):
    """Why a registration carries no vote."""

    NOT_A_HOLDER = "not_a_holder"
    TOO_LATE = "too_late"
    NOT_A_RATEPAYER = "not_a_ratepayer"
    UNDER_18 = "under_18"
    NATIONALITY = "nationality"
    SECOND_FOR_HOLDER = "second_for_holder"


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessEntry:
    """One entry of the business voting register (BUS-9), or a registration refused, with its reasons.

    Attributes:
        number: place in the register; None where refused.
        registration: the forms.
        hereditaments: of the holder, in the area.
        polling_place: where the named voter should vote as far as practicable; None where no place is suggested.
        bars: why it carries no vote; empty where it does.
    """

    number: int | None
    registration: Registration
    hereditaments: tuple[str, ...]
    polling_place: str | None
    bars: tuple[BusinessBar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessRegister:
    """The business voting register for one poll: holders on the initial list, entries that count, and the refused."""

    holders: int
    entries: tuple[BusinessEntry, ...]
    refused: tuple[BusinessEntry, ...]
    findings: tuple[Finding, ...]


def is_business_referendum_needed(*, is_business_area: bool) -> bool:
    """Say whether a second, business referendum must be held: exactly where the area is a business area.

    Source: BUS-1, Town and Country Planning Act 1990 Sch 4B paras 12(4), 15.
    """
    return is_business_area


def _finding(code: str, severity: Severity, message: str, rule: str) -> Finding:
    return Finding(code=code, severity=severity, message=message, rule=rule)


def registration_deadline(calendar: Calendar, poll_date: date) -> datetime:
    """Return the moment by which both forms must have arrived: 5 p.m. on the 11th working day before the poll.

    Source: BUS-7, Neighbourhood Planning (Referendums) Regulations 2012 Sch 6 para 11(1).
    """
    days = figure("BUS-7", "registration-forms", on=poll_date).days
    hour = figure("BUS-7", "forms-close", on=poll_date).whole
    return datetime.combine(working_days_before(calendar, poll_date, days).end, time(hour), tzinfo=LONDON)


def business_register(
    listed: HolderList,
    registrations: Sequence[Registration],
    *,
    poll_date: date,
    calendar: Calendar,
    residential_places: Mapping[str, str] | None = None,
) -> BusinessRegister:
    """Return the business voting register: one entry for each holder that registered in time, numbered from 1.

    Args:
        listed: the initial registration list.
        registrations: the forms, in any order; of two for one holder the earlier stands.
        poll_date: the day on which liability, age and nationality are tested.
        calendar: for counting days back from the poll.
        residential_places: polling place by reference of a named voter, where the officer keeps them apart.

    Reading: that one individual is named by several holders is not refused, only pointed out. Unverified.
    Source: BUS-2, BUS-3, BUS-4, BUS-7, BUS-9, BUS-10; Neighbourhood Planning (Referendums) Regulations 2012 Sch 6
        paras 6, 11, 15, Sch 7 r 43(4).
    """
    deadline = registration_deadline(calendar, poll_date)
    known = {reference: holder for holder in listed.holders for reference in holder.references}
    accepted: list[BusinessEntry] = []
    refused: list[BusinessEntry] = []
    taken: set[str] = set()
    for registration in sorted(registrations, key=lambda one: (one.received_at, one.holder, one.voter.reference)):
        holder = known.get(registration.holder)
        bars = _bars(registration, holder, poll_date=poll_date, deadline=deadline, taken=taken)
        place = registration.voter.residential_polling_place
        entry = BusinessEntry(
            number=None if bars else len(accepted) + 1,
            registration=registration,
            hereditaments=holder.hereditaments if holder else (),
            polling_place=place or (residential_places or {}).get(registration.voter.reference),
            bars=bars,
        )
        (refused if bars else accepted).append(entry)
        if holder and not bars:
            taken.add(holder.reference)
    return BusinessRegister(
        holders=len(listed.holders),
        entries=tuple(accepted),
        refused=tuple(refused),
        findings=tuple(_named_twice(accepted)),
    )


def _bars(
    registration: Registration, holder: Holder | None, *, poll_date: date, deadline: datetime, taken: set[str]
) -> tuple[BusinessBar, ...]:
    voter = registration.voter
    tests = (
        (BusinessBar.NOT_A_HOLDER, holder is None),
        (BusinessBar.TOO_LATE, registration.received_at > deadline),
        (BusinessBar.NOT_A_RATEPAYER, registration.left_on is not None and registration.left_on <= poll_date),
        (BusinessBar.UNDER_18, not _is_adult(voter.born_on, poll_date)),
        (BusinessBar.NATIONALITY, not voter.is_qualifying_citizen),
        (BusinessBar.SECOND_FOR_HOLDER, holder is not None and holder.reference in taken),
    )
    return tuple(bar for bar, holds in tests if holds)


def _is_adult(born_on: date, on: date) -> bool:
    """Say whether somebody is 18 on a day; one born on 29 February is so on 1 March of a common year."""
    return (on.year - born_on.year, on.month, on.day) >= (ADULT_AGE_YEARS, born_on.month, born_on.day)


def _named_twice(entries: Iterable[BusinessEntry]) -> list[Finding]:
    named: dict[str, list[int]] = {}
    for entry in entries:
        named.setdefault(entry.registration.voter.reference, []).append(entry.number or 0)
    several = [f"entries {', '.join(map(str, numbers))}" for numbers in named.values() if len(numbers) > 1]
    if not several:
        return []
    message = (
        f"One individual is the named voter of several holders ({'; '.join(several)}): "
        "whether that may be so is not settled, so ask for advice."
    )
    return [_finding("named-for-several-holders", Severity.WARNING, message, "BUS-4")]
