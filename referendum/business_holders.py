"""Who holds a vote in a business referendum: legal persons liable for premises in the area, each once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from referendum.findings import Finding, Severity

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
    if is_body(one.ratepayer):
        marks.append(f"body {plain_name(one.ratepayer)}")
    return tuple(marks)


def is_body(name: str) -> bool:
    """Say whether a legal name ends as those of registered bodies do, which no two of them share."""
    return _CORPORATE.search(name.strip()) is not None


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
