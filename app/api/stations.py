"""Polling stations for programs of the electoral office: the list of one council, set whole."""

from fastapi import APIRouter
from pydantic import Field

from app.auth import ArrangeDeed
from app.models import PollingStation
from app.routing import Route
from app.schemas.common import Shape
from app.scope import refuse_other_council
from app.services.counts_setup import councils_that_count
from app.services.polling_stations import (
    MOST_PAPERS,
    MOST_STATIONS,
    StationFacts,
    paper_numbers,
    set_stations,
    stations_of,
)
from app.services.referendums import referendum_by_reference
from app.state import Reading, Writing
from referendum.ballot import NumberRange
from referendum.count import Poll

router = APIRouter(route_class=Route, tags=["polling stations"])


class StationIn(Shape):
    """One polling station, or one batch of postal papers."""

    name: str = Field(min_length=1, max_length=200)
    address: str = Field(default="", max_length=1000)
    electors: str = Field(
        default="", max_length=300, description="Who votes there, by elector numbers or polling districts"
    )
    is_postal: bool = False
    papers: int = Field(default=0, ge=0, le=MOST_PAPERS)
    business_papers: int = Field(default=0, ge=0, le=MOST_PAPERS)


class StationsIn(Shape):
    """The whole list of one council; it replaces the list before, which the record keeps."""

    council: str = Field(min_length=1, max_length=200)
    stations: list[StationIn] = Field(max_length=MOST_STATIONS)


class NumbersOut(Shape):
    """The first and the last number of the ballot papers supplied."""

    first: int
    last: int


class StationOut(StationIn):
    """One polling station, with the numbers of its ballot papers: none where it has no papers."""

    council: str
    numbers: NumbersOut | None
    business_numbers: NumbersOut | None


@router.get("/referendums/{reference}/stations", summary="The polling stations of a referendum")
def list_stations(session: Reading, deed: ArrangeDeed, reference: str) -> list[StationOut]:
    """Return the polling stations of the caller's council, in the order of its list; of all, for who serves all."""
    poll = referendum_by_reference(session, reference)
    councils = councils_that_count(session, poll)
    refuse_other_council(deed, set(councils), f"The referendum {reference}")
    own = {deed.by.organisation_name, *deed.by.took_over} if deed.by.organisation else set(councils)
    stored = stations_of(session, poll)
    lists = [[each for each in stored if each.council == council] for council in councils if council in own]
    return [station for rows in lists for station in _listed(rows)]


@router.put("/referendums/{reference}/stations", summary="Set the polling stations of one council")
def put_stations(session: Writing, deed: ArrangeDeed, reference: str, asked: StationsIn) -> list[StationOut]:
    """Set the whole list of one council's polling stations, until the day before the poll (REF-14)."""
    facts = [StationFacts(**each.model_dump()) for each in asked.stations]
    return _listed(set_stations(session, deed, reference, council=asked.council, stations=facts))


def _listed(rows: list[PollingStation]) -> list[StationOut]:
    spans = {poll: {span.place: span for span in found} for poll, found in paper_numbers(rows).items()}
    return [
        StationOut(
            **{name: getattr(row, name) for name in StationIn.model_fields},
            council=row.council,
            numbers=_numbers(spans[Poll.RESIDENTIAL].get(row.name)),
            business_numbers=_numbers(spans[Poll.BUSINESS].get(row.name)),
        )
        for row in rows
    ]


def _numbers(span: NumberRange | None) -> NumbersOut | None:
    return None if span is None else NumbersOut(first=span.first, last=span.last)
