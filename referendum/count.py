"""The figures of a count as its officers recorded them: stations, portions, polls."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from referendum.question import Instrument


class Poll(StrEnum):
    """The two electorates that may vote: the residents always, the businesses where the area is a business area."""

    RESIDENTIAL = "residential"
    BUSINESS = "business"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Ballot papers rejected, under the four heads; all whole numbers of papers, 0 or more.

    Source: COUNT-7, Neighbourhood Planning (Referendums) Regulations 2012 Schedule 3 rule 39 (number unverified).
    """

    official_mark: int
    more_than_one_answer: int
    identifies_voter: int
    unmarked_or_uncertain: int

    @property
    def total(self) -> int:
        """Papers rejected under any head."""
        return self.official_mark + self.more_than_one_answer + self.identifies_voter + self.unmarked_or_uncertain


@dataclass(frozen=True, slots=True, kw_only=True)
class StationAccount:
    """The ballot paper account of one polling station, and the papers found in its box; whole numbers, 0 or more.

    Attributes:
        supplied: papers the station was given.
        issued: papers handed to voters and not replaced as spoilt.
        spoilt: papers handed back spoilt and replaced.
        unused: papers never handed out.
        tendered: tendered papers (printed apart, counted apart, never in the box).
        found: papers found in the box.

    Source: COUNT-3.
    """

    name: str
    supplied: int
    issued: int
    spoilt: int
    unused: int
    tendered: int
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """One relevant council's part of a poll.

    Attributes:
        council: name of the relevant council.
        electorate: entries with a vote on the final register for the poll (ELEC-16, E2).
        stations: ballot paper accounts, one for each polling station.
        postal_found: postal ballot papers validly returned.
        yes, no: valid votes for each answer.
        rejected: rejected papers under the four heads.

    Source: REF-1, COUNT-2, COUNT-14.
    """

    council: str
    electorate: int
    stations: tuple[StationAccount, ...]
    postal_found: int
    yes: int
    no: int
    rejected: Rejected

    @property
    def papers_counted(self) -> int:
        """Papers verified: found in the boxes, and postal."""
        return sum([station.found for station in self.stations]) + self.postal_found

    @property
    def papers_answered(self) -> int:
        """Papers given to an answer or rejected; the same as papers verified when nothing is lost (COUNT-16)."""
        return self.yes + self.no + self.rejected.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Everything counted in one referendum: every poll, every portion.

    Attributes:
        portions: for each poll held, its portions in the order given; the residential poll is always there.
    """

    instrument: Instrument
    area: str
    authority: str
    poll_date: date
    portions: dict[Poll, tuple[Portion, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PollTotals:
    """What one poll adds up to over all its portions, before anything is concluded from it.

    Attributes:
        turnout_papers: valid and rejected papers in per cent of the electorate, two places, half up; None where there
            are no electors.
        turnout_valid: valid votes in per cent of the electorate, likewise.
        yes_share: votes for yes in per cent of the valid votes, likewise; None without valid votes.
        unbalanced: positions of the portions where yes, no and rejected do not add up to the papers counted.

    Source: COUNT-16, COUNT-17, COUNT-18.
    """

    electorate: int
    papers_counted: int
    yes: int
    no: int
    rejected: Rejected
    turnout_papers: Decimal | None
    turnout_valid: Decimal | None
    yes_share: Decimal | None
    majority_in_favour: bool
    tie: bool
    unbalanced: tuple[int, ...]
