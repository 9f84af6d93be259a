"""An estimate of an electorate from plain files, always labelled as one."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from app.electors_files import valid_area
from geo.errors import ColumnError
from geo.estimate import Estimate, EstimateBase, Zone
from geo.homes import stand_for_homes
from geo.locations import Points, read_locations
from geo.reading import read_layer
from geo.registers.text import look_through

SCHEMA = "folkmoot.estimate/1"
LABEL = "An estimate for planning only. It is not an electorate and no referendum can be run on it."
METHOD = (
    "Zones wholly in the area count in full; a zone on the line is split by the points in it, or by ground where it "
    "has none. The interval holds the truth in nine cases of ten where places are like those it was set on."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateFiles:
    """The files of one estimate.

    Attributes:
        area: the drawn area.
        zones: boundaries of small areas with codes (census output areas).
        count_column: the column that holds people of 18 and over.
        counts: table with that column and a column of zone codes; None where the zones carry the count.
        points: UPRN or postcode points that stand for homes.
        feature: which feature of the area file.
    """

    area: Path
    zones: Path
    count_column: str
    counts: Path | None = None
    points: tuple[Path, ...] = ()
    feature: str | None = None


def estimate_files(files: EstimateFiles, *, electors_per_adult: Decimal) -> Estimate:
    """Estimate the electors of an area from files.

    Raises:
        GeoError: one sentence saying which file cannot be used, why, and what to do.
    """
    area = valid_area(files.area, files.feature)
    homes = _homes(files.points)
    base = EstimateBase(
        read_zones(files), easting=homes.easting, northing=homes.northing, electors_per_adult=float(electors_per_adult)
    )
    return base.estimate(area)


def _homes(paths: Sequence[Path]) -> Points:
    """Return the points of properties where there are any, otherwise those of postcodes that stand for homes."""
    known = read_locations(paths)
    if len(known.uprns.key):
        return known.uprns
    points = known.postcodes
    kept = stand_for_homes(points.easting, points.northing)
    return Points(
        key=points.key[kept],
        easting=points.easting[kept],
        northing=points.northing[kept],
        accuracy_m=points.accuracy_m[kept],
    )


def read_zones(files: EstimateFiles) -> list[Zone]:
    """Return the zones with their counts.

    Raises:
        ColumnError: a zone has no code or no count; says which.
    """
    counts = None if files.counts is None else _counts(files.counts, files.count_column)
    zones = []
    for feature in read_layer(files.zones).features:
        code = feature.reference or ""
        text = (feature.attributes.get(files.count_column) if counts is None else counts.get(code)) or ""
        if not _is_number(text):
            name = files.zones.name if counts is None else (files.counts or files.zones).name
            raise ColumnError(f"{name} has no number in {files.count_column} for zone {code}: name another column.")
        zones.append(Zone(reference=code, boundary_bng=feature.geometry_bng, adults=float(text.replace(",", ""))))
    return zones


def read_counts(path: Path, column: str) -> tuple[dict[str, int], str]:
    """Return the adults of each output area in a table, and the file's SHA-256.

    Raises:
        ColumnError: the column is missing or holds something that is no number; says for which area.
    """
    counts = _counts(path, column)
    wrong = next((code for code, text in counts.items() if not _is_number(text)), None)
    if wrong is not None:
        raise ColumnError(f"{path.name} has no number in {column} for {wrong}: name another column.")
    return {code: round(float(text.replace(",", ""))) for code, text in counts.items()}, look_through(path).sha256


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "", 1).isdigit()


def _counts(path: Path, column: str) -> dict[str, str]:
    """Return the count of each code; the column of codes is the first whose cells look like GSS codes."""
    table = list(csv.DictReader(row for _, row in look_through(path).lines()))
    if not table or column not in table[0]:
        raise ColumnError(f"{path.name} has no column {column}: name the column of people of 18 and over.")
    codes = next(
        (name for name, cell in table[0].items() if (cell or "")[:1].isalpha() and len(cell) == len("E00000001")), None
    )
    if codes is None:
        raise ColumnError(f"{path.name} has no column of zone codes such as E00000001: add one.")
    return {row[codes]: (row[column] or "").strip() for row in table}


def estimate_document(
    estimate: Estimate, files: EstimateFiles, *, ratio: Decimal, on: date | None
) -> dict[str, object]:
    """Return the estimate as it is published (`folkmoot.estimate/1`): label, method, inputs, interval."""
    inputs = [path for path in (files.zones, files.counts, *files.points) if path is not None]
    return {
        "schema": SCHEMA,
        "label": LABEL,
        "method": METHOD,
        "inputs": [{"name": path.name, "sha256": look_through(path).sha256} for path in inputs],
        "as_at": on,
        "electors_per_adult": ratio,
        "adults": estimate.adults,
        "electors": estimate.electors,
        "electors_low": estimate.electors_low,
        "electors_high": estimate.electors_high,
        "zones": {
            "whole": estimate.zones_whole,
            "by_points": estimate.zones_by_points,
            "by_area": estimate.zones_by_area,
        },
    }
