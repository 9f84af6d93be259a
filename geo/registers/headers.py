"""Recognising a layout by its headers, never by position."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.errors import RegisterError
from geo.registers.layouts import LAYOUTS, NAME_HEADERS, Layout, Role

MAPPED = "mapped"
_HEADER_WORDS = frozenset(
    {"address", "code", "date", "district", "dob", "elector", "flag", "forename", "franchise", "marker", "markers"}
    | {"name", "number", "no", "pd", "polling", "postcode", "prefix", "roll", "suffix", "surname", "title", "uprn"}
)
_WORDS_OF_A_HEADER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where each role stands in one file: role to positions (several only for address lines)."""

    layout: Layout
    positions: dict[Role, tuple[int, ...]]
    width: int


def plain_header(cell: str) -> str:
    """Return a header without capitals, spaces or punctuation ("Address 1" is "address1")."""
    return re.sub(r"[^a-z0-9]", "", cell.casefold())


def _positions(headers: Sequence[str], known: tuple[str, ...], *, role: Role) -> tuple[int, ...]:
    at = tuple(headers.index(name) for name in known if name in headers)
    return at if role is Role.ADDRESS else at[:1]


def _fit(layout: Layout, headers: Sequence[str]) -> Columns | None:
    positions = {role: _positions(headers, known, role=role) for role, known in layout.required.items()}
    if not all(positions.values()) or not set(layout.signature) <= set(headers):
        return None
    for role, known in layout.optional.items():
        if at := _positions(headers, known, role=role):
            positions[role] = at
    return Columns(layout=layout, positions=positions, width=len(headers))


def recognise(cells: Sequence[str]) -> Columns | None:
    """Return the columns where these cells are the header of a known layout, otherwise None."""
    headers = [plain_header(cell) for cell in cells]
    return next((columns for layout in LAYOUTS if (columns := _fit(layout, headers)) is not None), None)


def mapped(cells: Sequence[str], mapping: Mapping[str, str]) -> Columns | None:
    """Return the columns an officer named, or None where these cells do not hold all of them.

    Args:
        cells: a possible header line.
        mapping: role word to header; several address headers are joined by "+".

    Raises:
        RegisterError: an unknown role, no way to tell the number, or a column that holds names.
    """
    wanted = {_role(word): tuple(plain_header(name) for name in header.split("+")) for word, header in mapping.items()}
    _refuse_names(wanted)
    if Role.COMBINED not in wanted and not {Role.PREFIX, Role.NUMBER} <= set(wanted):
        raise RegisterError("A mapping needs prefix and number, or full_number: name the columns that hold them.")
    headers = [plain_header(cell) for cell in cells]
    if not all(name in headers for names in wanted.values() for name in names):
        return None
    positions = {role: tuple(headers.index(name) for name in names) for role, names in wanted.items()}
    layout = Layout(name=MAPPED, title="layout given by the officer", required=wanted)
    return Columns(layout=layout, positions=positions, width=len(headers))


def _role(word: str) -> Role:
    try:
        return Role(word)
    except ValueError:
        known = ", ".join(role.value for role in Role)
        raise RegisterError(f'A mapping cannot name "{word}": use one of {known}.') from None


def _refuse_names(wanted: Mapping[Role, tuple[str, ...]]) -> None:
    for role, names in wanted.items():
        for name in names:
            if name in NAME_HEADERS:
                raise RegisterError(f'The column mapped to {role.value} holds names ("{name}"): names are never read.')


def looks_like_header(cells: Sequence[str]) -> bool:
    """Say whether the cells are surely headings, so that an error message may show them: never a person's row.

    Every cell begins with a letter (an entry has a cell that is a number) and three hold a word of headings.
    """
    if not all(re.fullmatch(r"|[A-Za-z][A-Za-z _./()-]*\d{0,2}", cell) for cell in cells):
        return False
    words = [set(re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cell).lower())) for cell in cells]
    return sum(bool(found & _HEADER_WORDS) for found in words) >= _WORDS_OF_A_HEADER


def closest(cells: Sequence[str]) -> tuple[Layout, tuple[str, ...]]:
    """Return the layout that shares most headers with these cells, and the required headers that are missing."""
    headers = {plain_header(cell) for cell in cells}

    def shared(layout: Layout) -> int:
        known = [*layout.required.values(), *layout.optional.values()]
        return len(headers.intersection(*[{name for names in known for name in names}]))

    best = max(LAYOUTS, key=shared)
    missing = [names[0] for names in best.required.values() if not headers.intersection(names)]
    return best, (*missing, *(name for name in best.signature if name not in headers))
