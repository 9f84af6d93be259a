"""Writing a count back as the document `folkmoot.count/1` it is read from."""

from referendum.count import Count, Portion, Rejected, StationAccount
from referendum.count_file import COUNT_SCHEMA


def count_document(count: Count) -> dict[str, object]:
    """Return the count as `folkmoot.count/1`; `read_count` of it gives the same count again."""
    return {
        "schema": COUNT_SCHEMA,
        "instrument": count.instrument.value,
        "area": count.area,
        "authority": count.authority,
        "poll_date": count.poll_date.isoformat(),
        "polls": {
            poll.value: {"portions": [portion_document(portion) for portion in portions]}
            for poll, portions in count.portions.items()
        },
    }


def portion_document(portion: Portion) -> dict[str, object]:
    """Return one council's figures as they stand in a count document."""
    return {
        "council": portion.council,
        "electorate": portion.electorate,
        "stations": [_station_document(station) for station in portion.stations],
        "postal": {"found": portion.postal_found},
        "yes": portion.yes,
        "no": portion.no,
        "rejected": rejected_document(portion.rejected),
    }


def rejected_document(rejected: Rejected) -> dict[str, object]:
    """Return the four heads of rejection as they stand in every document. Source: COUNT-7, COUNT-21."""
    return {
        "official_mark": rejected.official_mark,
        "more_than_one_answer": rejected.more_than_one_answer,
        "identifies_voter": rejected.identifies_voter,
        "unmarked_or_uncertain": rejected.unmarked_or_uncertain,
    }


def _station_document(station: StationAccount) -> dict[str, object]:
    return {
        "name": station.name,
        "supplied": station.supplied,
        "issued": station.issued,
        "spoilt": station.spoilt,
        "unused": station.unused,
        "tendered": station.tendered,
        "found": station.found,
    }
