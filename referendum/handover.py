"""After the declaration: what is sealed and sent to the registration officer, and how long it is kept."""

from dataclasses import dataclass
from datetime import date

from referendum.law import figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One parcel: what is in it, and whether it was sealed at the station and must stay unopened."""

    contents: str
    stays_sealed: bool


PARCELS = (
    Parcel(contents="Counted ballot papers", stays_sealed=False),
    Parcel(contents="Rejected ballot papers", stays_sealed=False),
    Parcel(contents="Tendered ballot papers", stays_sealed=True),
    Parcel(contents="Corresponding number lists", stays_sealed=True),
    Parcel(contents="Certificates of employment", stays_sealed=True),
    Parcel(contents="Marked copies of the register and lists of proxies", stays_sealed=True),
    Parcel(contents="Ballot paper accounts", stays_sealed=False),
    Parcel(contents="Statements of rejected papers and of the result of verification", stays_sealed=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endorsement:
    """What stands on every parcel."""

    contents: str
    description: str
    poll_date: date
    area: str


def handover_checklist(*, area: str, poll_date: date) -> tuple[Endorsement, ...]:
    """Return the parcels to send to the registration officer, each with what is written on it.

    Source: COUNT-19, Neighbourhood Planning (Referendums) Regulations 2012 Schedule 7 rules 71-72; the equal rules of
    Schedule 3 are unverified.
    """
    return tuple(
        Endorsement(
            contents=f"{parcel.contents}{' (sealed, not to be opened)' if parcel.stays_sealed else ''}",
            description="Neighbourhood planning referendum",
            poll_date=poll_date,
            area=area,
        )
        for parcel in PARCELS
    )


def last_day_of_retention(poll_date: date) -> date:
    """Return the last day on which the documents must be kept: one year, unless a court orders otherwise.

    Reading: the year runs from the poll, so its last day is the anniversary (28 February after a leap day).

    Source: COUNT-20. Unverified.
    """
    year = poll_date.year + figure("COUNT-20", "retention", on=poll_date).whole
    leap_day = (poll_date.month, poll_date.day) == (2, 29)
    return date(year, 2, 28) if leap_day else poll_date.replace(year=year)
