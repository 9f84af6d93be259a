"""The count for those who hold it: which counts there are, what is left of one, set-up, observers, board."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from app.auth import ANYONE, CountDeed, KeyDeed
from app.db import ReadSession, WriteSession
from app.errors import InvalidRequestError, NotAllowedError, ServiceError
from app.models import CountPortion, CountRelease, Referendum
from app.queries.counts import board_of
from app.queries.referendums import all_referendums
from app.routing import Route
from app.schemas.counts import BoardOut, board_out
from app.services.counts import counting_councils, refuse_other_count
from app.services.counts_board import ReleaseKind, release
from app.services.counts_setup import PortionFacts, councils_that_count, record_observer, set_up_portion
from app.state import CurrentState, Reading, Writing
from app.web.charts.bars import BarChart
from app.web.charts.turnout import verified_chart
from app.web.count_page import CountRequest, count_request
from app.web.count_stations import papers_for, stations_set
from app.web.count_tasks import count_sections, progress
from app.web.form_page import Errors, form_page, see
from app.web.page import HOME, page
from app.web.results import POLL_NAMES, result_words
from referendum.count import Poll
from referendum.errors import ReferendumError

router = APIRouter(route_class=Route, include_in_schema=False)
AnySession = ReadSession | WriteSession
Text = Annotated[str, Form(max_length=20_000)]


@router.get("/count")
def counts(request: Request, session: Reading, state: CurrentState, deed: KeyDeed) -> Response:
    """List the counts of one's council, the next poll first."""
    own = []
    for referendum in all_referendums(session):
        try:
            refuse_other_count(deed, referendum)
        except NotAllowedError:
            continue
        own.append(referendum)
    facts = {
        "open": [each for each in reversed(own) if each.declaration is None],
        "declared": [each for each in own if each.declaration is not None],
        "today": state.clock.today(),
    }
    return form_page(request, "count/list.html", facts, section="/count", crumbs=[HOME])


@router.get("/count/{reference}")
def tasks(
    request: Request, session: Reading, state: CurrentState, deed: KeyDeed, *, reference: str, keyed: str = ""
) -> Response:
    """Show what is done of a count and what is left."""
    asked = count_request(request, session, deed, reference)
    sections = count_sections(asked.referendum, deed)
    facts = {
        "task_groups": sections,
        "progress": progress(sections),
        "is_saved": bool(keyed),
        "today": state.clock.today(),
    }
    return asked.page("tasks.html", facts)


@router.get("/count/{reference}/set-up")
def set_up(request: Request, session: Reading, deed: CountDeed, reference: str) -> Response:
    """Show which councils count at which stations, with a form for each part."""
    return _set_up_page(count_request(request, session, deed, reference), session)


def _set_up_page(asked: CountRequest, session: AnySession, errors: Errors = ()) -> Response:
    referendum, deed = asked.referendum, asked.deed
    polls = [Poll.RESIDENTIAL, Poll.BUSINESS] if referendum.has_business_poll else [Poll.RESIDENTIAL]
    known = {(row.poll, row.council): row for row in referendum.portions}
    parts = [
        {
            "poll": poll.value,
            "poll_name": POLL_NAMES[poll.value],
            "council": council,
            "row": known.get((poll.value, council)),
            "is_mine": not deed.by.organisation
            or deed.by.organisation_name in counting_councils(deed, referendum, council),
            "is_open": not _has_entries(known.get((poll.value, council))),
            **_offered(session, referendum, poll, council),
        }
        for poll in polls
        for council in councils_that_count(session, referendum)
    ]
    return asked.page("set-up.html", {"parts": parts}, errors=errors)


def _offered(session: AnySession, referendum: Referendum, poll: Poll, council: str) -> dict[str, object]:
    """Return the stations the electoral office set, with their papers: the form begins with them."""
    stations = stations_set(session, referendum, council)
    return {"offered": [(each.name, each.address, papers_for(each, poll)) for each in stations]}


def _has_entries(row: CountPortion | None) -> bool:
    return row is not None and bool(row.entries)


@router.post("/count/{reference}/set-up")
def set_up_done(
    request: Request,
    session: Writing,
    deed: CountDeed,
    reference: str,
    *,
    poll: Annotated[Poll, Form()] = Poll.RESIDENTIAL,
    council: Text = "",
    stations: Text = "",
    postal_sessions: Text = "1",
) -> Response:
    """Set up one part."""
    try:
        sessions = postal_sessions.strip()
        if not (sessions.isascii() and sessions.isdigit()):
            raise InvalidRequestError("Enter how many postal sessions there are, 0 if no postal vote came in.")
        facts = PortionFacts(
            poll=poll, council=council, stations=stations.splitlines(), postal_sessions=int(sessions[:6])
        )
        with session.begin_nested():
            set_up_portion(session, deed, reference, facts)
    except (ServiceError, ReferendumError) as refusal:
        asked = count_request(request, session, deed, reference)
        field = "stations-1"
        return asked.page(
            "set-up.html",
            {
                "parts": [
                    _typed(poll, council, stations, postal_sessions)
                    | _offered(session, asked.referendum, poll, council)
                ]
            },
            errors=[(field, str(refusal))],
        )
    return see(f"/count/{reference}")


def _typed(poll: Poll, council: str, stations: str, postal_sessions: str) -> dict[str, object]:
    return {
        "poll": poll.value,
        "poll_name": POLL_NAMES[poll.value],
        "council": council,
        "row": None,
        "typed": {"stations": stations, "postal_sessions": postal_sessions},
        "is_mine": True,
        "is_open": True,
    }


@router.get("/count/{reference}/observers")
def observers(request: Request, session: Reading, deed: CountDeed, reference: str) -> Response:
    """Show the counting observers present, and a form to record another."""
    return _observers_page(count_request(request, session, deed, reference), "", "")


def _observers_page(asked: CountRequest, badge: str, appointed_by: str, errors: Errors = ()) -> Response:
    facts = {"observers": asked.referendum.observers, "badge": badge, "appointed_by": appointed_by}
    return asked.page("observers.html", facts, errors=errors)


@router.post("/count/{reference}/observers")
def observed(
    request: Request,
    session: Writing,
    deed: CountDeed,
    *,
    reference: str,
    badge: Text = "",
    appointed_by: Text = "",
) -> Response:
    """Record that a counting observer is present."""
    council = deed.by.organisation_name or count_request(request, session, deed, reference).referendum.council
    try:
        with session.begin_nested():
            record_observer(session, deed, reference, council=council, badge=badge, appointed_by=appointed_by)
    except (ServiceError, ReferendumError) as refusal:
        asked = count_request(request, session, deed, reference)
        return _observers_page(asked, badge, appointed_by, errors=[("badge", str(refusal))])
    return see(f"/count/{reference}/observers")


@router.get("/count/{reference}/releases")
def releases(request: Request, session: Reading, deed: CountDeed, reference: str) -> Response:
    """Show what the count board shows, and what may be released to it."""
    return count_request(request, session, deed, reference).page("releases.html", {})


@router.post("/count/{reference}/releases")
def released(
    request: Request,
    session: Writing,
    deed: CountDeed,
    reference: str,
    kind: Annotated[ReleaseKind | None, Form()] = None,
) -> Response:
    """Release something to the count board."""
    try:
        if kind is None:
            raise InvalidRequestError("Choose what the count board shows.")
        with session.begin_nested():
            release(session, deed, reference, kind)
    except (ServiceError, ReferendumError) as refusal:
        asked = count_request(request, session, deed, reference)
        return asked.page("releases.html", {}, errors=[("kind", str(refusal))])
    return see(f"/count/{reference}/releases")


@router.get("/count/{reference}/board.json", dependencies=[ANYONE])
def board_as_data(session: Reading, reference: str) -> BoardOut:
    """Return what the count board shows."""
    referendum, shown = board_of(session, reference)
    return board_out(referendum.reference, shown)


@router.get("/count/{reference}/board", dependencies=[ANYONE])
def board(request: Request, session: Reading, reference: str) -> Response:
    """Show the count board: large, to be read across a hall and printed; only what was released."""
    referendum, shown = board_of(session, reference)
    is_result = shown is not None and shown.kind == ReleaseKind.RESULT.value
    facts = {
        "referendum": referendum,
        "shown": shown,
        "poll_names": POLL_NAMES,
        "verified": _verified(shown) if shown and not is_result else [],
        "result": result_words(shown.document, referendum.plan.instrument) if shown and is_result else None,
    }
    crumbs = [HOME, ("Referendums", "/referendums"), (referendum.reference, f"/referendums/{reference}")]
    data = [("JSON", f"/count/{reference}/board.json")]
    return page(request, "count/board.html", facts, section="/referendums", crumbs=crumbs, data=data)


def _verified(shown: CountRelease) -> list[tuple[dict[str, Any], BarChart | None]]:
    """The statements of verification that were released, each with its chart."""
    return [
        (one, verified_chart(electorate=one["electorate"], papers=one["total_verified"], postal=one["postal"]))
        for one in shown.document["statements"]
    ]
