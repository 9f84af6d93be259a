"""What can be wrong with what we are given.

GeoError
├── UnreadableFileError      the file is not what its name says, is cut short, or is of no known format
│   ├── LayerChoiceError     several layers or features: one must be named
│   └── LimitExceededError   larger than we accept
├── UnknownFrameError        the reference system cannot be told, or is not one we accept
├── BoundaryError            no usable boundary in it (empty, or of the wrong type)
├── ColumnError              a column we need is not there
└── RegisterError            a register that cannot be used

Each carries one sentence for a person: what, where, what to do. None carries a status. Where the caller can answer by
saying something more, `missing` names it, so that a door can add how it is said there.
"""

from enum import StrEnum


class Missing(StrEnum):
    """What a caller must still say before an input can be used."""

    LAYER = "layer"
    FEATURE = "feature"
    REFERENCE_SYSTEM = "reference-system"


class GeoError(Exception):
    """An input that cannot be used; its text is one sentence saying what, where and what to do."""

    def __init__(self, message: str, *, missing: Missing | None = None) -> None:
        super().__init__(message)
        self.missing = missing


class UnreadableFileError(GeoError):
    """The file cannot be read as any format we know."""


class LayerChoiceError(UnreadableFileError):
    """The file holds several layers or features and the caller must say which is meant.

    Attributes:
        choices: the names to choose from, where the choice is between layers.
    """

    def __init__(self, message: str, *, missing: Missing | None = None, choices: tuple[str, ...] = ()) -> None:
        super().__init__(message, missing=missing)
        self.choices = choices


class LimitExceededError(UnreadableFileError):
    """The file is larger than we accept."""


class UnknownFrameError(GeoError):
    """The coordinate reference system cannot be told from the evidence, or is not accepted."""


class BoundaryError(GeoError):
    """There is no usable boundary: nothing there, or not a polygon."""


class ColumnError(GeoError):
    """A column that is needed was not found."""


class RegisterError(GeoError):
    """An electoral register that cannot be used."""
