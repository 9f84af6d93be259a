"""The report of an electorate: a page and a framed map that may be passed on, since neither tells small counts."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response
from shapely.geometry.base import BaseGeometry

from app.audit import Deed
from app.auth import FreezeDeed
from app.clock import long_day
from app.db import ReadSession
from app.errors import NotFoundError
from app.models import ElectorateCount, Referendum, Register
from app.queries.electorates import frozen_electorates
from app.queries.standings import authority_names
from app.reports.electorate_map import CouncilCount, District, electorate_map, told
from app.reports.framed_map import FramedMap
from app.routing import Route
from app.services.electorates import frozen_electorate
from app.services.electorates_counting import districts_of
from app.services.electorates_live import live_electorate
from app.services.registers import register_by_id
from app.state import CurrentState, Reading
from app.templating import clock_time
from app.web.electorate_page import officer_page, own_poll, own_register
from app.web.framed import framed_answer

router = APIRouter(route_class=Route, include_in_schema=False)

LIVE = "live"
_ONE = "/electorate/{reference}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reported:
    """What is reported: the count as it stands or one that is frozen, and which register it comes from."""

    poll: Referendum
    register: Register
    drawn: FramedMap


@router.get(f"{_ONE}/report")
def report(
    request: Request, state: CurrentState, session: Reading, deed: FreezeDeed, *, reference: str, of: str = LIVE
) -> Response:
    """Show the report of the electorate as it stands, or of one that is frozen."""
    found = _reported(session, state, deed, reference, of)
    facts = {
        "map": found.drawn,
        "of": of,
        "register": found.register,
        "snapshots": list(frozen_electorates(session, found.poll)),
    }
    return officer_page(request, "report", facts, poll=found.poll)


@router.get(f"{_ONE}/report-map")
def report_map(state: CurrentState, session: Reading, deed: FreezeDeed, *, reference: str, of: str = LIVE) -> Response:
    """Return the map of the report."""
    return framed_answer(_reported(session, state, deed, reference, of).drawn)


def _reported(session: ReadSession, state: CurrentState, deed: Deed, reference: str, of: str) -> _Reported:
    poll = own_poll(session, deed, reference)
    return _live(session, state, deed, poll) if of == LIVE else _frozen(session, poll, of)


def _live(session: ReadSession, state: CurrentState, deed: Deed, poll: Referendum) -> _Reported:
    register = own_register(session, deed, None)
    counted = live_electorate(session, poll, register)
    districts = [
        District(
            code=each.code,
            extent=each.extent.value,
            entitled=each.entitled,
            undecided=each.undecided,
            unplaced=each.unplaced,
            shape_bng=counted.districts_bng.get(each.code),
        )
        for each in counted.electorate.by_polling_district
    ]
    names = authority_names(session)
    portions = counted.portions.counts if counted.portions else ()
    councils = [CouncilCount(name=names.get(one.council, one.council), entitled=one.entitled) for one in portions]
    drawn = electorate_map(
        poll.geometry,
        districts,
        title=f"Electorate of {poll.plan.area.name}, as it stands",
        lead=_lead(poll, counted.electorate.entitled, f"Counted at {clock_time(state.clock.now())}."),
        entitled=counted.electorate.entitled,
        councils=councils,
    )
    return _Reported(poll=poll, register=register, drawn=drawn)


def _frozen(session: ReadSession, poll: Referendum, snapshot: str) -> _Reported:
    count = frozen_electorate(session, poll, snapshot)
    if count is None:
        raise NotFoundError(f"The electorate {snapshot[:20]} of {poll.reference} has not been frozen yet.")
    register = register_by_id(session, count.register_id)
    drawn = electorate_map(
        poll.geometry,
        _districts_of(count, districts_of(session, register)),
        title=f"Electorate of {poll.plan.area.name}, {count.snapshot}",
        lead=_lead(poll, count.entitled, f"Frozen at {clock_time(count.counted_at)}."),
        entitled=count.entitled,
        councils=_councils_of(count, authority_names(session)),
    )
    return _Reported(poll=poll, register=register, drawn=drawn)


def _districts_of(count: ElectorateCount, shapes_bng: Mapping[str, BaseGeometry]) -> list[District]:
    return [
        District(
            code=each["code"],
            extent=each["extent"],
            entitled=each["entitled"],
            undecided=each["undecided"],
            unplaced=each["unplaced"],
            shape_bng=shapes_bng.get(each["code"]),
        )
        for each in count.document["by_polling_district"]
    ]


def _councils_of(count: ElectorateCount, names: Mapping[str, str]) -> list[CouncilCount]:
    portions = (count.provenance or {}).get("portions", [])
    return [
        CouncilCount(name=names.get(each["council"], each["council"]), entitled=each["entitled"]) for each in portions
    ]


def _lead(poll: Referendum, entitled: int, counted: str) -> str:
    may_vote = f"{told(entitled).capitalize()} may vote on {long_day(poll.poll_date)}."
    return f"{may_vote} {counted} No count from 1 to 9 is shown."
