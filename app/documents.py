"""Published JSON documents: one way to write them, so that equal facts are equal bytes."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a published document")


def document_text(document: Mapping[str, object]) -> str:
    """Return the document as JSON text, keys in the order given, ending in a newline.

    Decimals become strings and dates ISO 8601. NaN and infinities are refused (ValueError).
    """
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False, default=_plain) + "\n"
