"""The business voting register: who holds a vote, who casts it, and why somebody may not.

Held beside the residential referendum where the neighbourhood area is a business area (BUS-1). One vote goes to each
holder, however many premises it has, and a named voter casts it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from referendum.findings import Finding, Severity
from referendum.law import figure
from referendum.working_days import Calendar, working_days_before

LONDON = ZoneInfo("Europe/London")
ADULT_AGE_YEARS = 18
_CORPORATE = re.compile(r"\b(limited|ltd|llp|plc|cic|cio|public limited company)\b\.?$", re.IGNORECASE)
_SHORT = {"ltd": "limited", "public limited company": "plc", "&": "and"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Liability:
    """One line of the billing authority's list: who is liable for one hereditament.

    Attributes:
        ratepayer_reference: the billing authority's own account of the ratepayer.
        ratepayer: legal name, of a body or of a sole trader.
        hereditament: its address.
        is_in_area: whether the hereditament lies in the referendum area; None while undecided.
        state_date: the day of which the list speaks.
        company_number: as registered, where given.
    """

    ratepayer_reference: str
    ratepayer: str
    hereditament: str
    is_in_area: bool | None
    state_date: date
    company_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """One legal person with a vote: its references, its hereditaments in the area, in the order of the list.

    Source: BUS-3, BUS-9, Neighbourhood Planning (Referendums) Regulations 2012 Sch 6 para 15(1)(c).
    """

    reference: str
    references: tuple[str, ...]
    hereditaments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderList:
    """The initial registration list: holders, and what an officer must look at."""

    holders: tuple[Holder, ...]
    findings: tuple[Finding, ...]


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


def holders(liabilities: Sequence[Liability], *, state_on: date) -> HolderList:
    """Return the legal persons with a vote among those liable for premises in the area, each once.

    Args:
        liabilities: the billing authority's list.
        state_on: the day of which it must speak, 56 working days before the poll.

    Reading: one person by the billing authority's reference, by company number, or by the registered name of a
        body (such names are unique); two sole traders of one name may be two people, so they are only pointed out.
    Source: BUS-2, BUS-3, BUS-6, T-32; Neighbourhood Planning (Referendums) Regulations 2012 Sch 6 paras 8, 15.
    """
    inside = [one for one in liabilities if one.is_in_area]
    groups = _by_person(inside)
    return HolderList(
        holders=tuple(_holder(group) for group in groups),
        findings=(*_list_findings(liabilities, state_on), *_namesakes(groups)),
    )


def _by_person(liabilities: Sequence[Liability]) -> list[list[Liability]]:
    """Join liabilities that share any of their marks, through however many steps; groups in the order of the list."""
    group_of: dict[str, int] = {}
    groups: dict[int, list[Liability]] = {}
    for number, one in enumerate(liabilities):
        joined = sorted({group_of[mark] for mark in _marks(one) if mark in group_of})
        home = joined[0] if joined else number
        members = [member for group in joined for member in groups.pop(group)]
        groups[home] = [*members, one]
        for member in groups[home]:
            group_of.update(dict.fromkeys(_marks(member), home))
    return [groups[home] for home in sorted(groups)]


def _marks(one: Liability) -> tuple[str, ...]:
    marks = [f"account {one.ratepayer_reference.strip()}"]
    if one.company_number and one.company_number.strip():
        marks.append(f"company {one.company_number.strip().upper().zfill(8)}")
    if _CORPORATE.search(one.ratepayer.strip()):
        marks.append(f"body {plain_name(one.ratepayer)}")
    return tuple(marks)


def plain_name(name: str) -> str:
    """Return a legal name without case, punctuation, a leading "the" and short forms ("Ltd" is "limited")."""
    text = name.casefold().strip()
    for short, full in _SHORT.items():
        text = re.sub(rf"(?<![a-z]){re.escape(short)}(?![a-z])", full, text)
    words = re.sub(r"[^a-z0-9]+", " ", text.replace("'", "")).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def _holder(group: Sequence[Liability]) -> Holder:
    references = tuple(dict.fromkeys(one.ratepayer_reference.strip() for one in group))
    return Holder(
        reference=references[0],
        references=references,
        hereditaments=tuple(dict.fromkeys(one.hereditament for one in group)),
    )


def _list_findings(liabilities: Sequence[Liability], state_on: date) -> list[Finding]:
    found = []
    undecided = sum(one.is_in_area is None for one in liabilities)
    if undecided:
        message = f"{undecided:,} hereditaments are not placed yet: say of each whether it lies in the area."
        found.append(_finding("hereditaments-undecided", Severity.WARNING, message, "BUS-2"))
    other = sorted({one.state_date for one in liabilities if one.state_date != state_on})
    if other:
        days = ", ".join(f"{day:%-d %B %Y}" for day in other)
        message = f"The list of ratepayers speaks of {days} and must speak of {state_on:%-d %B %Y}: ask for it again."
        found.append(_finding("list-of-another-day", Severity.WARNING, message, "BUS-6"))
    return found


def _namesakes(groups: Sequence[Sequence[Liability]]) -> list[Finding]:
    by_name: dict[str, list[str]] = {}
    for group in groups:
        for name in dict.fromkeys(plain_name(one.ratepayer) for one in group):
            by_name.setdefault(name, []).append(group[0].ratepayer_reference)
    same = [" and ".join(references) for references in by_name.values() if len(references) > 1]
    if not same:
        return []
    message = f"Ratepayers of one name stand as several holders: {'; '.join(same)}. Say whether they are one person."
    return [_finding("holders-of-one-name", Severity.WARNING, message, "BUS-3")]


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
