"""What changed in the electorate of one referendum from count to count, in figures and entry by entry."""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from app.auth import FreezeDeed
from app.db import ReadSession
from app.electors import BARS
from app.electors_changes import CHANGE_COLUMNS, change_totals
from app.errors import NotFoundError
from app.models import Referendum
from app.queries.electorates import latest_register
from app.routing import Route
from app.services.electorates_changes import NOW, Column, Step, columns_of, steps_between
from app.state import Reading
from app.table_files import csv_lines
from app.web.electorate import BAR_WORDS
from app.web.electorate_page import officer_page, own_poll

router = APIRouter(route_class=Route, include_in_schema=False)
_SHOWN = 200


def _counts(session: ReadSession, deed: FreezeDeed, poll: Referendum) -> tuple[list[Column], list[Step]]:
    columns = columns_of(session, poll, latest_register(session, deed.by.organisation))
    return columns, steps_between(session, poll, columns)


@router.get("/electorate/{reference}/changes")
def changes(request: Request, session: Reading, deed: FreezeDeed, reference: str) -> Response:
    """Show the counts beside each other, and what changed from each to the next."""
    poll = own_poll(session, deed, reference)
    columns, steps = _counts(session, deed, poll)
    facts = {
        "names": [_name(each) for each in columns],
        "totals": _totals(columns),
        "districts": _by_district(columns),
        "steps": [(step, change_totals(step.changes or ())) for step in steps],
        "shown": _SHOWN,
        "now": NOW,
    }
    return officer_page(request, "changes", facts, poll=poll)


def _name(column: Column) -> str:
    return "Now" if column.name == NOW else column.name


def _totals(columns: Sequence[Column]) -> list[tuple[str, list[int]]]:
    rows = [
        ("Entries in the area", [each.in_area for each in columns]),
        ("Entitled to vote", [each.entitled for each in columns]),
        *[(f"Not entitled: {BAR_WORDS[bar].lower()}", [each.not_entitled[bar] for each in columns]) for bar in BARS],
        ("Still open", [each.still_open for each in columns]),
    ]
    return [(words, numbers) for words, numbers in rows if any(numbers) or words == "Still open"]


def _by_district(columns: Sequence[Column]) -> list[tuple[str, list[int]]]:
    codes = sorted({code for each in columns for code in each.districts})
    return [(code, [each.districts.get(code, 0) for each in columns]) for code in codes]


@router.get("/electorate/{reference}/changes.csv")
def changes_as_table(
    session: Reading, deed: FreezeDeed, reference: str, *, before: str = "", after: str = ""
) -> Response:
    """Return every entry that stands otherwise in one count than in the one before; for the electoral office alone."""
    poll = own_poll(session, deed, reference)
    steps = _counts(session, deed, poll)[1]
    step = next((each for each in steps if (each.before, each.after) == (before, after)), None)
    if step is None or step.changes is None:
        raise NotFoundError("These two counts cannot be compared entry by entry: choose on the page of changes.")
    rows = [(each.number, each.polling_district, each.before.value, each.after.value) for each in step.changes]
    named = f'attachment; filename="{reference}-{step.before}-to-{step.after}.csv"'
    headers = {"Content-Disposition": named, "Cache-Control": "no-store"}
    return StreamingResponse(csv_lines(CHANGE_COLUMNS, rows), media_type="text/csv; charset=utf-8", headers=headers)
