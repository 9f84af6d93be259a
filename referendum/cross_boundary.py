"""What councils that share a referendum do together: publish alike, on one day, under officers duly appointed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from referendum.findings import Finding, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One publication of one council: what, on which day, and in which manner (website, noticeboard ...)."""

    council: str
    what: str
    published_on: date
    manner: frozenset[str]


def publication_findings(publications: Sequence[Publication], *, lead: str) -> list[Finding]:
    """List publications that are not on the same day and in the same manner in every council.

    Args:
        publications: of all councils that share the referendum.
        lead: the council with most electors, whose proper officer decides where the others cannot agree.

    Source: REF-5, Neighbourhood Planning (Referendums) Regulations 2012 reg 10(2)-(3).
    """
    found = []
    for what in sorted({each.what for each in publications}):
        alike = [each for each in publications if each.what == what]
        first = next((each for each in alike if each.council == lead), alike[0])
        for other in alike:
            if other.published_on != first.published_on:
                found.append(_unlike(other, f"on {other.published_on}, not on {first.published_on}", first.council))
            elif other.manner != first.manner:
                found.append(_unlike(other, "in another manner", first.council))
    return found


def _unlike(publication: Publication, how: str, lead: str) -> Finding:
    return Finding(
        code="publications-differ",
        severity=Severity.ERROR,
        message=(
            f"{publication.council} publishes the {publication.what} {how} as {lead} does: publish it alike on one day."
        ),
        rule="REF-5",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingOfficerAppointment:
    """Who is counting officer of a council: its returning officer for its own elections, from a day on.

    Attributes:
        council: the relevant council.
        officer: the person.
        returning_officer: the council's returning officer for elections of its councillors.
        from_day: the day from which they are.
        until_day: the first day on which they no longer are; None while they are.
    """

    council: str
    officer: str
    returning_officer: str
    from_day: date
    until_day: date | None = None


def counting_officer_on(appointments: Sequence[CountingOfficerAppointment], council: str, on: date) -> str | None:
    """Return who is counting officer of a council on a day; None where nobody is.

    Source: REF-3, Neighbourhood Planning (Referendums) Regulations 2012 reg 9 (wording unverified).
    """
    for each in appointments:
        if each.council == council and each.from_day <= on and (each.until_day is None or on < each.until_day):
            return each.officer
    return None


def appointment_findings(appointments: Sequence[CountingOfficerAppointment]) -> list[Finding]:
    """List counting officers who are not their council's returning officer, and councils with two at one time.

    Source: REF-3, Neighbourhood Planning (Referendums) Regulations 2012 reg 9 (wording unverified).
    """
    found = [
        _wrong(f"{each.officer} is not the returning officer of {each.council}: appoint {each.returning_officer}.")
        for each in appointments
        if each.officer != each.returning_officer
    ]
    ordered = sorted(appointments, key=lambda each: (each.council, each.from_day))
    for one, other in pairwise(ordered):
        if one.council == other.council and (one.until_day is None or other.from_day < one.until_day):
            found.append(_wrong(f"{one.council} would have two counting officers on {other.from_day}: end one."))
    return found


def _wrong(message: str) -> Finding:
    return Finding(code="counting-officer", severity=Severity.ERROR, message=message, rule="REF-3")
