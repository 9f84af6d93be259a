"""Local plans as councils send them: a table, GeoJSON, or any layer of boundaries with their facts beside them."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from app.errors import InvalidRequestError
from app.services.local_plans import DocumentFacts
from geo.reading import read_layer
from geo.reading.tables import GEOMETRY_COLUMNS
from referendum.development_documents import DocumentKind, Ending

# The first column of each list that a file has, and that is filled in, is taken; names as national planning data has
# them, then as councils have them.
_REFERENCE = ("reference", "local-plan", "development-plan", "ref", "id")
_NAME = ("name", "title")
_KIND = ("kind", "development-plan-type", "local-plan-type", "plan-type", "type")
_ADOPTED = ("adopted-date", "adopted", "part-from", "adoption-date", "start-date")
_ADOPTED_BY = ("adopted-by",)
_ADDRESS = ("documentation-url", "document-url", "address", "url")
_ENDINGS: Mapping[str, Ending] = {
    "superseded-date": Ending.SUPERSEDED,
    "withdrawn-date": Ending.WITHDRAWN,
    "revoked-date": Ending.REVOKED,
    "quashed-date": Ending.QUASHED,
    "end-date": Ending.ENDED,
    "part-until": Ending.ENDED,
}
_KINDS: Mapping[str, DocumentKind] = {
    **{kind.value: kind for kind in DocumentKind},
    "joint-plan": DocumentKind.JOINT_PLAN,
    "core-strategy": DocumentKind.LOCAL_PLAN,
    "plan": DocumentKind.LOCAL_PLAN,
    "minerals-local-plan": DocumentKind.MINERALS,
    "waste-local-plan": DocumentKind.WASTE,
    "minerals-and-waste-local-plan": DocumentKind.MINERALS_AND_WASTE,
    "london-plan": DocumentKind.STRATEGY,
}
_MOST_ROWS = 5_000
_LONGEST = {"reference": 120, "name": 300, "adopted-by": 200, "address": 500}


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalPlanFile:
    """What a file of local plans holds.

    Attributes:
        documents: those adopted, in the file's order.
        not_adopted: the names of those without a day of adoption, which are no part of the development plan yet.
    """

    documents: tuple[DocumentFacts, ...]
    not_adopted: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    number: int
    cells: Mapping[str, str]
    land_bng: BaseGeometry | None

    def first(self, columns: tuple[str, ...]) -> str:
        return next((self.cells[column] for column in columns if self.cells.get(column)), "")

    def day(self, column: str) -> date:
        text = self.cells[column]
        try:
            return date.fromisoformat(text[:10].replace("/", "-"))
        except ValueError as problem:
            raise InvalidRequestError(
                f"Row {self.number} has {text[:20]!r} in {column}, which is not a whole date: "
                "write year, month and day, as in 2024-05-02."
            ) from problem


def read_local_plans(path: Path, *, name: str | None = None) -> LocalPlanFile:
    """Read the local plans of a file.

    Args:
        path: CSV (with or without a column of geometry), GeoJSON, GeoPackage or any other layer of boundaries. A row of
            a CSV or GeoJSON file without a geometry covers the whole of its authority.
        name: what the file is called, where that is not the last part of its path.

    Raises:
        InvalidRequestError, GeoError: a file, row or date that cannot be used, in one sentence.

    Source: AFTER-1; the columns are those of the national "development plan" data set (AFTER-6, unverified).
    """
    called = name or path.name
    rows = list(_rows(path, called))
    if len(rows) > _MOST_ROWS:
        raise InvalidRequestError(f"{called} has {len(rows):,} rows, more than {_MOST_ROWS:,}: send it in parts.")
    adopted = [row for row in rows if row.first(_ADOPTED)]
    return LocalPlanFile(
        documents=tuple(_document(row) for row in adopted),
        not_adopted=tuple(row.first(_NAME) or f"row {row.number}" for row in rows if not row.first(_ADOPTED)),
    )


def _rows(path: Path, called: str) -> Iterator[_Row]:
    table = _table(path, called)
    if table is None:
        for feature in read_layer(path).features:
            yield _Row(number=feature.row, cells=_cells(feature.attributes), land_bng=feature.geometry_bng)
        return
    lands: dict[int, BaseGeometry] = {}
    if any(has_land for _, has_land in table):
        layer = read_layer(path)
        wrong = [each for each in layer.unreadable if table[each.row - 1][1]]
        if wrong:
            raise InvalidRequestError(f"Row {wrong[0].row} of {called}: {wrong[0].finding.message}")
        lands = {feature.row: feature.geometry_bng for feature in layer.features}
    for number, (cells, _) in enumerate(table, start=1):
        yield _Row(number=number, cells=cells, land_bng=lands.get(number))


def _table(path: Path, called: str) -> list[tuple[dict[str, str], bool]] | None:
    """Return the rows of a CSV or GeoJSON file and whether each has a geometry; None for every other format."""
    suffix = path.suffix.lower()
    if suffix not in {".csv", ".json", ".geojson"}:
        return None
    try:
        text = path.read_text(encoding="utf-8-sig")
        found = _of_csv(text) if suffix == ".csv" else _of_geojson(text)
    except (UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError, csv.Error) as problem:
        raise InvalidRequestError(
            f"{called} cannot be read as {suffix[1:].upper()} in UTF-8: save it again and send it once more."
        ) from problem
    if not found:
        raise InvalidRequestError(f"{called} has no rows: ask for the file again.")
    return found


def _of_csv(text: str) -> list[tuple[dict[str, str], bool]]:
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    kept = [_cells(row) for row in rows if any(str(value or "").strip() for value in row.values())]
    return [(row, any(row.get(column) for column in GEOMETRY_COLUMNS)) for row in kept]


def _of_geojson(text: str) -> list[tuple[dict[str, str], bool]]:
    features = json.loads(text)["features"]
    return [(_cells(each["properties"] or {}), each.get("geometry") is not None) for each in features]


def _cells(row: Mapping[str, object]) -> dict[str, str]:
    """Return a row's cells by the names of their columns, written as planning data writes them."""
    return {
        re.sub(r"[\s_]+", "-", str(column).strip().lower()): " ".join(str(value).split())
        for column, value in row.items()
        if column is not None and value is not None
    }


def _document(row: _Row) -> DocumentFacts:
    ended_in = next((column for column in _ENDINGS if row.cells.get(column)), None)
    adopted_in = next(column for column in _ADOPTED if row.cells.get(column))
    return DocumentFacts(
        external_reference=_needed(row, _REFERENCE, "reference"),
        kind=_kind(row),
        name=_needed(row, _NAME, "name"),
        part_from=row.day(adopted_in),
        part_until=row.day(ended_in) if ended_in else None,
        ended_by=_ending(row, ended_in) if ended_in else None,
        adopted_by=_short(row, row.first(_ADOPTED_BY), "adopted-by"),
        address=_short(row, row.first(_ADDRESS), "address"),
        land_bng=row.land_bng,
    )


def _needed(row: _Row, columns: tuple[str, ...], what: str) -> str:
    text = row.first(columns)
    if not text:
        raise InvalidRequestError(f"Row {row.number} has no {what}: fill in the column {columns[0]}.")
    return _short(row, text, what)


def _short(row: _Row, text: str, what: str) -> str:
    if len(text) > _LONGEST[what]:
        raise InvalidRequestError(f"Row {row.number} has a longer {what} than {_LONGEST[what]} characters: shorten it.")
    return text


def _kind(row: _Row) -> DocumentKind:
    text = row.first(_KIND) or DocumentKind.LOCAL_PLAN.value
    kind = _KINDS.get(re.sub(r"[\s_]+", "-", text.lower()))
    if kind is None:
        raise InvalidRequestError(
            f"Row {row.number} is of the kind {text[:40]!r}, not known here: use one of {', '.join(DocumentKind)}."
        )
    return kind


def _ending(row: _Row, column: str) -> Ending:
    said = row.cells.get("ended-by", "").lower()
    return Ending(said) if said in set(Ending) else _ENDINGS[column]
