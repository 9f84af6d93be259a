"""Examples for the description of the API, made from the schemas: by the name of a field, else by its type."""

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

_SQUARE = [[[-2.0, 52.6], [-1.98, 52.6], [-1.98, 52.61], [-2.0, 52.61], [-2.0, 52.6]]]
_POLYGON = {"type": "Polygon", "coordinates": _SQUARE}
_BY_NAME: Mapping[str, object] = {
    "reference": "NA-000001",
    "area": "NA-000001",
    "area_reference": "NA-000001",
    "subject": "NA-000001",
    "plan": "NP-000001",
    "name": "Alderbrook",
    "title": "Alderbrook Neighbourhood Plan",
    "authority": "E07999101",
    "authority_code": "E07999101",
    "body_code": "E04999101",
    "applicant_parish_code": "E04999101",
    "applicant": "parish:E04999101",
    "applicant_name": "Alderbrook Parish Council",
    "council": "Westshire",
    "organisation": "E04999101",
    "statement": "The parish is one community around its green.",
    "reasons": "It is exactly the whole parish.",
    "boundary": _POLYGON,
    "extended": _POLYGON,
    "referendum_area": _POLYGON,
    "land": _POLYGON,
    "site": _POLYGON,
    "shape": _POLYGON,
    "easting": 400_500.0,
    "northing": 300_500.0,
    "bbox": "400000,300000,402000,302000",
    "email": "clerk@alderbrook.example",
    "sha256": "0" * 64,
    "map_sha256": "0" * 64,
    "document_sha256": "0" * 64,
    "on": "2026-07-02",
    "number": 1,
    "figures": {"issued": 700},
    "code": "A1",
    "key": "station-1",
    "window": "3f2a9c10-open",
    "snapshot": "provisional",
    "layer": "parish",
    "crs": "EPSG:27700",
    "detail": "NA-000001 has no application waiting for a decision: it is designated.",
}
_BY_TYPE: Mapping[str, object] = {"integer": 1, "number": 1.0, "boolean": True, "string": "As agreed.", "null": None}
_BY_FORMAT: Mapping[str, str] = {
    "date": "2026-07-02",
    "date-time": "2026-07-02T09:30:00Z",
    "uri": "https://alderbrook.example/plan",
    "binary": "(the content of the file)",
}
_DEEPEST = 8


def example_of(schema: Json, named: Mapping[str, Json], name: str = "", depth: int = 0) -> Any:  # noqa: ANN401 - JSON
    """Return an example of what a JSON Schema describes.

    Args:
        schema: the schema, as OpenAPI holds it.
        named: the schemas that it may refer to, by name.
        name: of the field it is for.
        depth: how far inside it is; what lies too deep is left out.
    """
    if "$ref" in schema:
        target = schema["$ref"].rpartition("/")[2]
        return example_of(named[target], named, name, depth)
    for given in ("const", "example", "default"):
        if schema.get(given) is not None:
            return schema[given]
    for several in ("examples", "enum"):
        if schema.get(several):
            return schema[several][0]
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return example_of(_fullest(schema[choice]), named, name, depth)
    return _by_shape(schema, named, name, depth)


def _fullest(choices: list[Json]) -> Json:
    """Return the choice that says most: the first that is not null."""
    return next((each for each in choices if each.get("type") != "null"), choices[0])


def _by_shape(schema: Json, named: Mapping[str, Json], name: str, depth: int) -> Any:  # noqa: ANN401 - JSON
    kind = schema.get("type", "object")
    if kind == "object":
        if "properties" not in schema:
            found = _BY_NAME.get(name)
            return found if isinstance(found, dict) else {}
        inside = schema["properties"].items()
        return {field: example_of(each, named, field, depth + 1) for field, each in inside}
    if kind == "array":
        items = schema.get("items", schema.get("prefixItems", [{}])[0])
        least = max(1, schema.get("minItems", 1))
        return [example_of(items, named, name, depth + 1)] * least if depth < _DEEPEST else []
    if kind == "string":
        return _text(schema, name)
    found = _BY_NAME.get(name)
    number = found if isinstance(found, int | float) and not isinstance(found, bool) else _BY_TYPE[kind]
    if isinstance(number, int | float) and "minimum" in schema:
        number = max(number, schema["minimum"])
    return int(number) if kind == "integer" and isinstance(number, int | float) else number


def _text(schema: Json, name: str) -> str:
    if schema.get("format") in _BY_FORMAT:
        return _BY_FORMAT[schema["format"]]
    by_name = _BY_NAME.get(name)
    text = by_name if isinstance(by_name, str) else str(_BY_TYPE["string"])
    longest, least = schema.get("maxLength", len(text)), schema.get("minLength", 0)
    return (text if len(text) <= longest else text[:longest]).ljust(least, ".")
