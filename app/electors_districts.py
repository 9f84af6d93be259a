"""Boundaries of polling districts by the codes that the register uses."""

from collections.abc import Collection, Sequence
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import ColumnError
from geo.reading import Feature, read_layer


def read_districts(path: Path, column: str | None, *, codes: Collection[str] = ()) -> dict[str, BaseGeometry]:
    """Return the boundaries of polling districts (or councils) by code; several features of one code are joined.

    Args:
        path: any spatial format.
        column: the column of codes, where it is named.
        codes: codes that the register uses; without a named column, the column that holds most of them is taken,
            since every council calls it something else.

    Raises:
        ColumnError: no column of codes can be told, or a feature has none; name the column.
    """
    features = read_layer(path, code_column=column).features
    known = _codes(features) if column is not None else _likeliest(features, codes)
    parts: dict[str, list[BaseGeometry]] = {}
    for feature, code in zip(features, known, strict=True):
        if not code:
            raise ColumnError(
                f"{path.name} has a feature without a code in row {feature.row}: name the column of codes."
            )
        parts.setdefault(code, []).append(feature.geometry_bng)
    return {code: shapes[0] if len(shapes) == 1 else _joined(shapes) for code, shapes in parts.items()}


def _codes(features: Sequence[Feature]) -> list[str]:
    return [(feature.reference or "").strip() for feature in features]


def _likeliest(features: Sequence[Feature], codes: Collection[str]) -> list[str]:
    """Return the recognised codes, unless another column holds more codes of the register."""
    columns = list(features[0].attributes) if features else []
    candidates = [
        _codes(features),
        *([(feature.attributes.get(name) or "").strip() for feature in features] for name in columns),
    ]
    wanted = set(codes)
    return max(candidates, key=lambda values: len(wanted.intersection(values)))


def _joined(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return the union, or an empty shape, which decides nothing, where one of them is not valid."""
    return shapely.union_all(shapes) if all(shape.is_valid for shape in shapes) else shapely.MultiPolygon()
