"""From the rows of a layer to the areas, parishes and authorities in force on a day."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from geo.findings import Finding, Severity
from geo.reading import Feature, Layer
from geo.topology import Authority, Neighbour, Parish, Places

_COUNCIL_COLUMN = re.compile(r"(has_?)?(parish_?|town_?)?council", re.IGNORECASE)
_START_COLUMN = re.compile(r"(start|valid_?from|from|operative|designation)_?(date)?", re.IGNORECASE)
_END_COLUMN = re.compile(r"(end|valid_?to|valid_?until|until|terminated)_?(date)?", re.IGNORECASE)
_YES = frozenset({"yes", "y", "true", "t", "1"})
_NO = frozenset({"no", "n", "false", "f", "0", "none", "parish meeting", "meeting"})


def areas_in(layer: Layer, *, on: date) -> Places[Neighbour]:
    """Return the neighbourhood areas of a layer that are current on a day.

    A row without a reference is called by its number in the file ("row 12").
    """
    return Places(
        Neighbour(reference=_reference(row), name=row.name or "", geometry_bng=row.geometry_bng)
        for row in _in_force(layer, on)
    )


def parishes_in(layer: Layer, *, on: date) -> Places[Parish]:
    """Return the parishes of a layer in force on a day; a column such as `has_council` says which have a council.

    Source: T-2, AREA-4, AREA-10 (the parish boundaries of the day, not of today).
    """
    return Places(
        Parish(
            reference=_reference(row),
            name=row.name or "",
            geometry_bng=row.geometry_bng,
            has_council=has_council(row.attributes),
        )
        for row in _in_force(layer, on)
    )


def authorities_in(layer: Layer, *, on: date) -> Places[Authority]:
    """Return the planning authorities of a layer in force on a day; National Park authorities known by name."""
    return Places(
        Authority(
            reference=_reference(row),
            name=row.name or "",
            geometry_bng=row.geometry_bng,
            is_national_park="national park" in (row.name or "").casefold(),
        )
        for row in _in_force(layer, on)
    )


def has_council(attributes: Mapping[str, str | None]) -> bool | None:
    """Return what a parish's row says about its council; None where it says nothing that is understood."""
    said = (_value(attributes, _COUNCIL_COLUMN) or "").casefold()
    return True if said in _YES else False if said in _NO else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What an area is compared with: None for what was not given; and a warning for each row that was of no use."""

    areas: Places[Neighbour] | None
    parishes: Places[Parish] | None
    authorities: Places[Authority] | None
    findings: tuple[Finding, ...]


def surroundings(*, areas: Layer | None, parishes: Layer | None, authorities: Layer | None, on: date) -> Surroundings:
    """Return the places of the layers given that are in force on a day."""
    return Surroundings(
        areas=None if areas is None else areas_in(areas, on=on),
        parishes=None if parishes is None else parishes_in(parishes, on=on),
        authorities=None if authorities is None else authorities_in(authorities, on=on),
        findings=(
            *_unused(areas, "current areas"),
            *_unused(parishes, "parishes"),
            *_unused(authorities, "planning authorities"),
        ),
    )


def _unused(layer: Layer | None, what: str) -> tuple[Finding, ...]:
    return (
        ()
        if layer is None
        else tuple(
            Finding(
                code="row-not-used",
                severity=Severity.WARNING,
                message=f"Row {row.row} of the {what} could not be used, so the area was not compared with it: "
                f"{row.finding.message}",
                with_reference=row.reference,
            )
            for row in layer.unreadable
        )
    )


def is_in_force(attributes: Mapping[str, str | None], on: date) -> bool:
    """Say whether a row's start and end dates, where it has any, take in a day; it ends before its end date."""
    start, end = _date(attributes, _START_COLUMN), _date(attributes, _END_COLUMN)
    return (start is None or start <= on) and (end is None or on < end)


def _in_force(layer: Layer, on: date) -> Iterator[Feature]:
    return (row for row in layer.features if is_in_force(row.attributes, on))


def _reference(row: Feature) -> str:
    return row.reference or f"row {row.row}"


def _date(attributes: Mapping[str, str | None], column: re.Pattern[str]) -> date | None:
    text = _value(attributes, column)
    try:
        return None if text is None else date.fromisoformat(text[:10].replace("/", "-"))
    except ValueError:
        return None


def _value(attributes: Mapping[str, str | None], column: re.Pattern[str]) -> str | None:
    for name, value in attributes.items():
        if value and value.strip() and column.fullmatch(name.strip().replace("-", "_")):
            return value.strip()
    return None
