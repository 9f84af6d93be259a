"""Polling stations: as told, and as stored."""

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import select

from app.audit import EventKind
from app.models import PollingStation, Referendum
from app.services.polling_stations import station_facts
from app.services.record.shape import AnySession, Event, Facts, Key, State, Steps


def _set(state: State, event: Event) -> None:
    after = event["after"]
    key = ("stations", event["subject"], after["council"])
    if after["stations"]:
        state[key] = {"stations": after["stations"]}
    else:
        state.pop(key, None)


STEPS: Steps = {EventKind.STATIONS_SET: _set}


def stored(session: AnySession) -> Iterator[tuple[Key, Facts]]:
    """Yield each council's list of stations."""
    chosen = (
        select(Referendum.reference, PollingStation)
        .join(PollingStation, PollingStation.referendum_id == Referendum.id)
        .order_by(Referendum.reference, PollingStation.council, PollingStation.position)
    )
    rows = ((reference, row) for reference, row in session.execute(chosen))
    for (reference, council), each in groupby(rows, key=lambda pair: (pair[0], pair[1].council)):
        yield ("stations", reference, council), {"stations": [station_facts(row) for _, row in each]}
