"""How much we accept, and the one sentence for what is more."""

from dataclasses import dataclass

from geo.errors import LimitExceededError

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The largest file, archive and layer that are read.

    Attributes:
        file_bytes: size of the file as given.
        expanded_bytes: size of all an archive or a compressed table holds.
        expansion: how many times its own size an archive may expand to (small archives up to 10 MB always may).
        features: rows in a layer.
        vertices: points in a layer.
    """

    file_bytes: int = 50 * MEGABYTE
    expanded_bytes: int = 200 * MEGABYTE
    expansion: int = 10
    features: int = 100_000
    vertices: int = 1_000_000

    def check_file(self, name: str, size: int) -> None:
        """Raise LimitExceededError when a file of `size` bytes is too large."""
        if size > self.file_bytes:
            raise LimitExceededError(
                f"{name} is {_megabytes(size)}; files up to {_megabytes(self.file_bytes)} are read: "
                "send only the layer that is needed.",
            )

    def check_expansion(self, name: str, packed: int, expanded: int) -> None:
        """Raise LimitExceededError when `packed` bytes would expand to too many bytes."""
        allowed = min(self.expanded_bytes, max(packed * self.expansion, 10 * MEGABYTE))
        if expanded > allowed:
            raise LimitExceededError(
                f"{name} would unpack to {_megabytes(expanded)}, more than the {_megabytes(allowed)} allowed: "
                "send only the layer that is needed.",
            )

    def check_features(self, name: str, features: int) -> None:
        """Raise LimitExceededError when a layer has too many features."""
        if features > self.features:
            raise LimitExceededError(
                f"{name} has {features:,} features; up to {self.features:,} are read: send a smaller part.",
            )

    def check_vertices(self, name: str, vertices: int) -> None:
        """Raise LimitExceededError when a layer has too many points."""
        if vertices > self.vertices:
            raise LimitExceededError(
                f"{name} has {vertices:,} points; up to {self.vertices:,} are read: send a smaller or simpler part.",
            )


STANDARD_LIMITS = Limits()


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:,.1f} MB"
