"""The record for auditors: searched by person, record, kind and time, and exported."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse

from app.auth import RecordDeed
from app.queries.record import PAGE, RecordSearch, event_kinds, exported_events, newest_events
from app.routing import Route
from app.state import Reading
from app.table_files import csv_lines
from app.web.form_page import Errors, form_page

router = APIRouter(route_class=Route, include_in_schema=False)

Text = Annotated[str, Query(max_length=100)]
_HEADS = ("seq", "at", "actor", "role", "organisation", "kind", "subject", "before", "after", "previous_hash", "hash")


def _search(deed: RecordDeed, typed: dict[str, str]) -> tuple[RecordSearch, Errors]:
    errors: list[tuple[str, str]] = []
    days: dict[str, date | None] = {}
    for field in ("since", "until"):
        try:
            days[field] = date.fromisoformat(typed[field]) if typed[field] else None
        except ValueError:
            days[field] = None
            errors.append((field, f"{typed[field][:20]!r} is no date: write year, month and day, as in 2026-05-31."))
    search = RecordSearch(
        organisation=deed.by.organisation,
        person=typed["person"],
        subject=typed["subject"],
        kind=typed["kind"],
        since=days["since"],
        until=days["until"],
    )
    return search, errors


@router.get("/record")
def record(
    request: Request,
    session: Reading,
    deed: RecordDeed,
    *,
    person: Text = "",
    subject: Text = "",
    kind: Text = "",
    since: Text = "",
    until: Text = "",
    before: int | None = None,
) -> Response:
    """Show the events that match, the newest first."""
    typed = {"person": person.strip(), "subject": subject.strip(), "kind": kind, "since": since, "until": until}
    search, errors = _search(deed, typed)
    events = [] if errors else newest_events(session, search, before=before)
    query = urlencode({key: value for key, value in typed.items() if value})
    facts = {
        "typed": typed,
        "kinds": event_kinds(),
        "events": events,
        "query": query,
        "older": events[-1].seq if len(events) == PAGE else None,
        "organisation": deed.by.organisation_name,
    }
    return form_page(request, "admin/record.html", facts, errors=errors)


def _exported(session: Reading, deed: RecordDeed, request: Request) -> Iterator[dict[str, object]]:
    wanted = ("person", "subject", "kind", "since", "until")
    typed = {name: request.query_params.get(name, "")[:100].strip() for name in wanted}
    search, _ = _search(deed, typed)
    return exported_events(session, search)


@router.get("/record.csv")
def record_as_csv(request: Request, session: Reading, deed: RecordDeed) -> Response:
    """Export the events that match as a table; safe to open in a spreadsheet."""
    rows = [
        [
            json.dumps(event.get(head), ensure_ascii=False) if head in {"before", "after"} else event.get(head)
            for head in _HEADS
        ]
        for event in _exported(session, deed, request)
    ]
    headers = {"Content-Disposition": 'attachment; filename="record.csv"', "Cache-Control": "no-store"}
    return StreamingResponse(csv_lines(_HEADS, rows), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/record.ndjson")
def record_as_json(request: Request, session: Reading, deed: RecordDeed) -> Response:
    """Export the events that match, one JSON object a line, as they were hashed."""
    lines = [json.dumps(event, ensure_ascii=False) + "\n" for event in _exported(session, deed, request)]
    headers = {"Content-Disposition": 'attachment; filename="record.ndjson"', "Cache-Control": "no-store"}
    return Response("".join(lines), media_type="application/x-ndjson", headers=headers)
