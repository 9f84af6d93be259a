"""What the API takes and says of the information pack of a referendum."""

from datetime import date
from typing import Any

from pydantic import Field

from app.schemas.common import Shape
from app.schemas.plan_cases import Line


class PackIn(Shape):
    """How an information pack is published (REF-10 to REF-12)."""

    published_on: date
    inspection: list[Line] = Field(max_length=40)
    entries: int = Field(ge=0, le=10_000_000)


class PackOut(Shape):
    """A frozen information pack: its hash is over the manifest as it is given here."""

    sha256: str
    manifest: dict[str, Any]
