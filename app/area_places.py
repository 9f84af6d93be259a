"""From the rows of a layer to the areas, parishes and authorities in force on a day."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.verdict_facts import OpenApplication
from geo.findings import Finding, Severity
from geo.reading import Feature, Layer
from geo.topology import Authority, Neighbour, Parish, Places
from referendum.designation import Applicant, ApplicantKind

_COUNCIL_COLUMN = re.compile(r"(has_?)?(parish_?|town_?)?council", re.IGNORECASE)
_START_COLUMN = re.compile(r"(start|valid_?from|from|operative|designation)_?(date)?", re.IGNORECASE)
_END_COLUMN = re.compile(r"(end|valid_?to|valid_?until|until|terminated)_?(date)?", re.IGNORECASE)
_APPLICANT_COLUMN = re.compile(r"applicant(_(body|code))?", re.IGNORECASE)
_YES = frozenset({"yes", "y", "true", "t", "1"})
_NO = frozenset({"no", "n", "false", "f", "0", "none", "parish meeting", "meeting"})


def areas_in(layer: Layer, *, on: date) -> Places[Neighbour]:
    """Return the neighbourhood areas of a layer that stand on a day, and those that begin later.

    An area designated already may not be overlapped although it begins later, so it is kept, with the day that it
    begins; one that ended on that day or before is left out. `app.queries.nearby.areas_near` keeps the same ones.
    A row without a reference is called by its number in the file ("row 12").
    Source: AREA-15.
    """
    return Places(
        Neighbour(
            reference=_reference(row),
            name=row.name or "",
            geometry_bng=row.geometry_bng,
            starts_on=later_start(row.attributes, on),
        )
        for row in layer.features
        if not has_ended(row.attributes, on)
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
    """Return the planning authorities of a layer in force on a day; National Park authorities are known by name."""
    return Places(
        Authority(
            reference=_reference(row),
            name=row.name or "",
            geometry_bng=row.geometry_bng,
            is_national_park=is_national_park(row.name or ""),
        )
        for row in _in_force(layer, on)
    )


def is_national_park(name: str) -> bool:
    """Say whether a planning authority is a National Park's, or the Broads Authority, by its name.

    No published layer of authorities has a column for it, so every door goes by the name.
    Source: AREA-20, T-24.
    """
    folded = name.casefold()
    return "national park" in folded or "broads authority" in folded


def has_council(attributes: Mapping[str, str | None]) -> bool | None:
    """Return what a parish's row says about its council; None where it says nothing that is understood."""
    said = (_value(attributes, _COUNCIL_COLUMN) or "").casefold()
    return True if said in _YES else False if said in _NO else None


def open_applications_in(
    layer: Layer, applicant: Applicant | None, *, leaving_out: str | None = None
) -> tuple[OpenApplication, ...]:
    """Return the undecided applications of a layer: its column `applicant` says "parish:CODE" or anything else.

    Only parish councils can be told to be one body, by their parish's code; `app.services.areas.examine` goes by the
    same. The area being checked is left out by its reference.
    Source: AREA-7.
    """
    return tuple(
        OpenApplication(
            reference=_reference(row),
            is_same_body=applicant is not None
            and applicant.kind is ApplicantKind.PARISH
            and _parish_code(row.attributes) == applicant.parish_code,
            boundary_bng=row.geometry_bng,
        )
        for row in layer.features
        if leaving_out is None or row.reference != leaving_out
    )


def _parish_code(attributes: Mapping[str, str | None]) -> str | None:
    kind, _, code = (_value(attributes, _APPLICANT_COLUMN) or "").partition(":")
    return code.strip() if kind.strip().casefold() == ApplicantKind.PARISH else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What an area is compared with: None for what was not given; and a warning for each row that was of no use."""

    areas: Places[Neighbour] | None
    parishes: Places[Parish] | None
    authorities: Places[Authority] | None
    open_applications: tuple[OpenApplication, ...] = ()
    findings: tuple[Finding, ...] = ()


def surroundings(
    *,
    areas: Layer | None,
    parishes: Layer | None,
    authorities: Layer | None,
    on: date,
    open_applications: Layer | None = None,
    applicant: Applicant | None = None,
    reference: str | None = None,
) -> Surroundings:
    """Return the places of the layers given that stand on a day, and the undecided applications.

    Args:
        areas: a layer of neighbourhood areas; None where not given.
        parishes: a layer of parishes, likewise.
        authorities: a layer of planning authorities, likewise.
        on: the day; areas that begin later are kept (`areas_in`).
        open_applications: a layer of undecided applications; without it, none is known of.
        applicant: who applies, to tell the same body's applications.
        reference: of the area being checked, which is no other application.
    """
    return Surroundings(
        areas=None if areas is None else areas_in(areas, on=on),
        parishes=None if parishes is None else parishes_in(parishes, on=on),
        authorities=None if authorities is None else authorities_in(authorities, on=on),
        open_applications=()
        if open_applications is None
        else open_applications_in(open_applications, applicant, leaving_out=reference),
        findings=(
            *_unused(areas, "current areas"),
            *_unused(parishes, "parishes"),
            *_unused(authorities, "planning authorities"),
            *_unused(open_applications, "open applications"),
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
    return later_start(attributes, on) is None and not has_ended(attributes, on)


def later_start(attributes: Mapping[str, str | None], on: date) -> date | None:
    """Return the day a row begins, where that is after a day; None where it began, or says nothing of it."""
    start = _date(attributes, _START_COLUMN)
    return start if start is not None and start > on else None


def has_ended(attributes: Mapping[str, str | None], on: date) -> bool:
    """Say whether a row's end date has come: on that day itself it no longer stands."""
    end = _date(attributes, _END_COLUMN)
    return end is not None and end <= on


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
