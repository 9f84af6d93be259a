"""Polling stations of a referendum: set council by council, with the numbers of the papers each is supplied with."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.clock import LONDON
from app.db import ReadSession, WriteSession
from app.errors import ConflictError, InvalidRequestError
from app.models import PollingStation, Referendum
from app.scope import refuse_other_council
from app.services.counts_setup import councils_that_count
from app.services.referendums import referendum_by_reference
from referendum.ballot import NumberRange, number_ranges
from referendum.count import Poll

MOST_STATIONS = 200
MOST_PAPERS = 1_000_000
_LONGEST = {"name": 200, "address": 1000, "electors": 300}


@dataclass(frozen=True, slots=True, kw_only=True)
class StationFacts:
    """One polling station, or one batch of postal papers.

    Attributes:
        name: unique within the council.
        address: where it is; empty for postal papers.
        electors: who votes there, by elector numbers or polling districts, never by name.
        is_postal: whether its papers go out by post.
        papers: ballot papers of the residential poll supplied to it.
        business_papers: those of the business poll.
    """

    name: str
    address: str = ""
    electors: str = ""
    is_postal: bool = False
    papers: int = 0
    business_papers: int = 0


def stations_of(session: ReadSession | WriteSession, referendum: Referendum) -> list[PollingStation]:
    """Return the stations of a referendum, council by council in the order of their lists."""
    return list(
        session.scalars(
            select(PollingStation)
            .where(PollingStation.referendum_id == referendum.id)
            .order_by(PollingStation.council, PollingStation.position)
        )
    )


def set_stations(
    session: WriteSession, deed: Deed, reference: str, *, council: str, stations: Sequence[StationFacts]
) -> list[PollingStation]:
    """Set the whole list of one council's stations; the record keeps the list it replaces.

    Raises:
        InvalidRequestError: a name or address is missing, too long or there twice; a number of papers cannot be.
        ConflictError: polling day has begun, or papers of a business poll that is not held.
        NotAllowedError: another council's referendum.

    Source: REF-14, POLL-2.
    """
    referendum = referendum_by_reference(session, reference)
    refuse_other_council(deed, {council}, f"The polling stations of {council}")
    if council not in councils_that_count(session, referendum):
        raise InvalidRequestError(f"{council} holds no part of {reference}: its polling stations are set elsewhere.")
    if deed.at.astimezone(LONDON).date() >= referendum.poll_date:
        raise ConflictError(f"Polling stations of {reference} can be set until the day before {referendum.poll_date}.")
    cleaned = [_checked(referendum, each) for each in stations]
    _refuse_list(cleaned)
    present = [each for each in stations_of(session, referendum) if each.council == council]
    before = _told(council, present)
    for each in present:
        session.delete(each)
    session.flush()
    rows = [
        PollingStation(referendum=referendum, council=council, position=position, **asdict(each))
        for position, each in enumerate(cleaned, start=1)
    ]
    session.add_all(rows)
    session.flush()
    record(session, deed, EventKind.STATIONS_SET, reference, before=before, after=_told(council, rows))
    return rows


def _told(council: str, rows: Sequence[PollingStation]) -> dict[str, object]:
    return {"council": council, "stations": [station_facts(row) for row in rows]}


def station_facts(row: PollingStation) -> dict[str, object]:
    """Return a station as the record tells it."""
    return {name: getattr(row, name) for name in StationFacts.__dataclass_fields__}


def _checked(referendum: Referendum, facts: StationFacts) -> StationFacts:
    texts = {name: getattr(facts, name).strip() for name in _LONGEST}
    for name, longest in _LONGEST.items():
        if len(texts[name]) > longest:
            raise InvalidRequestError(f"The {name} of {texts['name'][:40]} is longer than {longest} characters.")
    if not texts["name"]:
        raise InvalidRequestError("A polling station has no name: give each one a name.")
    if not facts.is_postal and not (texts["address"] and texts["electors"]):
        raise InvalidRequestError(f"{texts['name']} needs its address and who votes there, for the notice of poll.")
    for papers in (facts.papers, facts.business_papers):
        if not 0 <= papers <= MOST_PAPERS:
            raise InvalidRequestError(f"{texts['name']} cannot be supplied with {papers:,} ballot papers.")
    if facts.business_papers and not referendum.has_business_poll:
        raise ConflictError(f"{referendum.reference} has no business poll, so {texts['name']} needs no papers for one.")
    return StationFacts(**texts, is_postal=facts.is_postal, papers=facts.papers, business_papers=facts.business_papers)


def _refuse_list(stations: Sequence[StationFacts]) -> None:
    if len(stations) > MOST_STATIONS:
        raise InvalidRequestError(f"Give up to {MOST_STATIONS} polling stations.")
    if len({each.name.casefold() for each in stations}) != len(stations):
        raise InvalidRequestError("Two polling stations have the same name: tell them apart.")


def paper_numbers(stations: Sequence[PollingStation]) -> Mapping[Poll, tuple[NumberRange, ...]]:
    """Return the numbers of the ballot papers each station is supplied with, one after another from 1 for each poll.

    Two councils number their papers apart: pass the stations of one. Never is a number tied to a person.

    Source: POLL-2, POLL-10.
    """
    return {
        Poll.RESIDENTIAL: number_ranges(1, ((each.name, each.papers) for each in stations)),
        Poll.BUSINESS: number_ranges(1, ((each.name, each.business_papers) for each in stations)),
    }
