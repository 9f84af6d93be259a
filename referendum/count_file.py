"""Reading a `folkmoot.count/1` document: strict, and every refusal says where in the document and what to do."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from referendum.count import Count, Poll, Portion, Rejected, StationAccount
from referendum.errors import CountFileError
from referendum.question import Instrument

COUNT_SCHEMA = "folkmoot.count/1"
LARGEST_FIGURE = 100_000_000
LONGEST_NAME = 200
FIRST_YEAR, LAST_YEAR = 2012, 2099

_HEADS = ("official_mark", "more_than_one_answer", "identifies_voter", "unmarked_or_uncertain")
_STATION_FIGURES = ("supplied", "issued", "spoilt", "unused", "tendered", "found")

_Choice = TypeVar("_Choice", bound=StrEnum)


def parse_count(text: str | bytes) -> Count:
    """Read the text of a count file.

    Args:
        text: JSON in UTF-8 (a byte order mark is accepted).

    Raises: CountFileError where the text is not JSON, names a member twice, or `read_count` refuses it.
    """
    return read_count(parse_json(text))


def parse_json(text: str | bytes) -> object:
    """Read JSON text that people hand us, refusing repeated names, NaN and infinities.

    Raises: CountFileError with one sentence.
    """
    try:
        decoded = text.decode("utf-8-sig") if isinstance(text, bytes) else text
        return json.loads(decoded, object_pairs_hook=_members_named_once, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise CountFileError("The file is not UTF-8 text: save it as UTF-8.") from error
    except json.JSONDecodeError as error:
        raise CountFileError(
            f"The file is not JSON: {error.msg} at line {error.lineno}, column {error.colno}; correct it there."
        ) from error
    except (RecursionError, ValueError) as error:
        raise CountFileError("The file holds a number or a nesting too large to be a count: check the file.") from error


def read_count(document: object) -> Count:
    """Read the figures of a count, refusing anything that is not exactly as published.

    Args:
        document: a `folkmoot.count/1` document as parsed from JSON; the member `schema` may be left out.

    Returns: the count; the figures are those given, whether or not they add up (the tally says so).

    Raises: CountFileError, with the JSON Pointer of the offending member in `path` and in its sentence: an unknown or
    missing member; a figure that is negative, fractional, true or false, or above 100 million; no portion; the same
    council or station twice; more rejected papers than papers; a paper rejected in part (COUNT-8).

    Source: COUNT-2, COUNT-3, COUNT-7, COUNT-8, COUNT-16.
    """
    members = _object(
        document, "", required=("instrument", "area", "authority", "poll_date", "polls"), optional=("schema",)
    )
    if members.get("schema", COUNT_SCHEMA) != COUNT_SCHEMA:
        raise _refusal("/schema", f"the schema is not {COUNT_SCHEMA}: give that, or leave the member out")
    return Count(
        instrument=_choice(members["instrument"], "/instrument", Instrument),
        area=_name(members["area"], "/area"),
        authority=_name(members["authority"], "/authority"),
        poll_date=_poll_date(members["poll_date"], "/poll_date"),
        portions=_polls(members["polls"], "/polls"),
    )


def _refusal(path: str, what: str) -> CountFileError:
    return CountFileError(f"At {path or 'the top of the document'}, {what}.", path=path)


def _pointer(path: str, name: object) -> str:
    return f"{path}/{str(name).replace('~', '~0').replace('/', '~1')}"


def _members_named_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise CountFileError(f"The member “{twice}” stands twice in one object: keep one of them.")
    return members


def _refuse_constant(constant: str) -> object:
    raise CountFileError(f"The file holds {constant}, which is not a number of papers: give a whole number.")


def _object(
    value: object, path: str, *, required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _refusal(path, f"an object with {_listed(required)} must stand")
    for name in value:
        if name not in required and name not in optional:
            known = _listed((*required, *optional))
            raise _refusal(
                _pointer(path, name), f"the member “{name}” is not known here: take it out, or use one of {known}"
            )
    for name in required:
        if name not in value:
            raise _refusal(_pointer(path, name), f"“{name}” is missing: add it")
    return value


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _array(value: object, path: str, what: str) -> list[object]:
    if not isinstance(value, list):
        raise _refusal(path, f"a list of {what} must stand")
    return value


def _name(value: object, path: str) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_NAME or not value.isprintable():
        raise _refusal(path, f"a name must stand: text on one line of 1 to {LONGEST_NAME} characters")
    return value.strip()


def _choice(value: object, path: str, choices: type[_Choice]) -> _Choice:
    for choice in choices:
        if value == choice.value:
            return choice
    raise _refusal(path, f"one of {_listed(choice.value for choice in choices)} must stand")


def _poll_date(value: object, path: str) -> date:
    wanted = "the date of the poll must stand as YYYY-MM-DD"
    if not isinstance(value, str) or len(value) != len("YYYY-MM-DD"):
        raise _refusal(path, wanted)
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise _refusal(path, wanted) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _refusal(path, f"the poll date must lie in the years {FIRST_YEAR} to {LAST_YEAR}")
    return day


def _papers(value: object, path: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_FIGURE:
        shown = json.dumps(value, ensure_ascii=False, default=str)
        shown = f"{shown[:37]}..." if len(shown) > 40 else shown  # noqa: PLR2004  # a line a person can read
        raise _refusal(
            path, f"{shown} is not a number of papers or electors: give a whole number from 0 to 100 million"
        )
    return value


def _polls(value: object, path: str) -> dict[Poll, tuple[Portion, ...]]:
    members = _object(value, path, required=(Poll.RESIDENTIAL.value,), optional=(Poll.BUSINESS.value,))
    return {poll: _portions(members[poll.value], _pointer(path, poll.value)) for poll in Poll if poll.value in members}


def _portions(value: object, path: str) -> tuple[Portion, ...]:
    members = _object(value, path, required=("portions",))
    path = _pointer(path, "portions")
    items = _array(members["portions"], path, "portions, one for each council,")
    if not items:
        raise _refusal(path, "there is no portion: give the figures of at least one council")
    portions = tuple(_portion(item, _pointer(path, index)) for index, item in enumerate(items))
    _refuse_repeats([portion.council for portion in portions], path, "council")
    return portions


def _portion(value: object, path: str) -> Portion:
    members = _object(
        value, path, required=("council", "electorate", "stations", "postal", "yes", "no", "rejected"), optional=()
    )
    postal_path = _pointer(path, "postal")
    postal = _object(members["postal"], postal_path, required=("found",))
    portion = Portion(
        council=_name(members["council"], _pointer(path, "council")),
        electorate=_papers(members["electorate"], _pointer(path, "electorate")),
        stations=_stations(members["stations"], _pointer(path, "stations")),
        postal_found=_papers(postal["found"], _pointer(postal_path, "found")),
        yes=_papers(members["yes"], _pointer(path, "yes")),
        no=_papers(members["no"], _pointer(path, "no")),
        rejected=_rejected(members["rejected"], _pointer(path, "rejected")),
    )
    _refuse_more_rejected_than_papers(portion, _pointer(path, "rejected"))
    return portion


def _stations(value: object, path: str) -> tuple[StationAccount, ...]:
    items = _array(value, path, "polling stations")
    stations = tuple(_station(item, _pointer(path, index)) for index, item in enumerate(items))
    _refuse_repeats([station.name for station in stations], path, "station")
    return stations


def _station(value: object, path: str) -> StationAccount:
    members = _object(value, path, required=("name", *_STATION_FIGURES))
    figures = {name: _papers(members[name], _pointer(path, name)) for name in _STATION_FIGURES}
    return StationAccount(name=_name(members["name"], _pointer(path, "name")), **figures)


def _rejected(value: object, path: str) -> Rejected:
    members = _object(value, path, required=_HEADS, optional=("in_part",))
    if _papers(members.get("in_part", 0), _pointer(path, "in_part")):
        raise _refusal(
            _pointer(path, "in_part"),
            "a paper with one question cannot be rejected in part: give 0 and put it under its head (COUNT-8)",
        )
    return Rejected(**{head: _papers(members[head], _pointer(path, head)) for head in _HEADS})


def _refuse_more_rejected_than_papers(portion: Portion, path: str) -> None:
    if portion.rejected.total > portion.papers_counted:
        raise _refusal(
            path,
            f"{portion.rejected.total} rejected papers are more than the {portion.papers_counted} papers found "
            "in boxes and by post: check both figures (COUNT-16)",
        )


def _refuse_repeats(names: list[str], path: str, what: str) -> None:
    for index, name in enumerate(names):
        if name in names[:index]:
            raise _refusal(_pointer(path, index), f"the {what} “{name}” stands a second time: give each {what} once")
