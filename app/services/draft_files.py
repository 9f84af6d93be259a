"""A boundary from a file: how it was read, or what there is to choose from."""

from pathlib import Path

from app.models import DraftStart
from app.models.base import Document
from app.schemas.drafts import bng_shape
from geo.boundary import boundary
from geo.errors import LayerChoiceError, Missing
from geo.reading import Feature, Layer, read_area, read_layer

_MOST_CHOICES = 500


def read_choice(path: Path, *, layer: str | None, feature: str | None, crs: str | None) -> Document:
    """Return the boundary in a file as {name, start, boundary, read}, or {question, choose, choices} to ask.

    Every vertex is as the file has it (moved to the British grid by OSTN15 where it is in degrees).

    Raises:
        GeoError: the file cannot be read; the sentence says what to do.
    """
    try:
        read = read_area(path, layer=layer, feature=feature, crs=crs)
    except LayerChoiceError as question:
        if question.missing is Missing.FEATURE:
            return _features(read_layer(path, layer=layer, crs=crs), str(question))
        if question.missing is Missing.LAYER and question.choices:
            choices = [{"value": each, "text": each} for each in question.choices]
            return {"question": str(question), "choose": "layer", "choices": choices}
        raise
    facts = {"file": path.name, "layer": read.source.layer, "feature": read.reference or read.name}
    return {
        "name": read.name or path.stem,
        "start": {"kind": DraftStart.FILE.value, "facts": facts},
        "boundary": bng_shape(boundary(read.geometry_bng)),
        "read": {**read.source.document(), "findings": [finding.document() for finding in read.findings]},
    }


def _features(read: Layer, question: str) -> Document:
    choices = [{"value": each.reference or str(each.row), "text": _title(each)} for each in read.features]
    return {"question": question, "choose": "feature", "choices": choices[:_MOST_CHOICES]}


def _title(feature: Feature) -> str:
    name = feature.name if feature.name != feature.reference else None
    return " ".join(part for part in (feature.reference, name) if part) or f"Row {feature.row}"
