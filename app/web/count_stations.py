"""The stations that the electoral office set, as the count's pages offer them and hold what is keyed against them."""

from app.db import ReadSession, WriteSession
from app.models import PollingStation, Referendum
from app.queries.counts import PortionStands
from app.services.polling_stations import stations_of
from referendum.count import Poll
from referendum.sheets import Sheet, SheetKind

AnySession = ReadSession | WriteSession


def stations_set(session: AnySession, referendum: Referendum, council: str) -> list[PollingStation]:
    """Return the polling stations that a council's electoral office set, in the order of their papers' numbers.

    Batches of postal papers are no stations: no box comes from them.
    """
    return [each for each in stations_of(session, referendum) if each.council == council and not each.is_postal]


def papers_for(station: PollingStation, poll: Poll) -> int:
    """Return how many ballot papers of a poll a station was to be supplied with."""
    return station.papers if poll is Poll.RESIDENTIAL else station.business_papers


def papers_on_list(session: AnySession, referendum: Referendum, stands: PortionStands, sheet: Sheet) -> int | None:
    """Return how many papers the list of stations supplied to the station of an account; None where it has none.

    Reading: the list is the office's own record, not what anybody keyed, so showing it leaves the keying blind.
    Source: COUNT-3, POLL-2.
    """
    if sheet.kind is not SheetKind.STATION:
        return None
    name = stands.row.stations[sheet.number - 1].casefold()
    for station in stations_set(session, referendum, stands.row.council):
        if station.name.casefold() == name:
            return papers_for(station, Poll(stands.row.poll)) or None
    return None
