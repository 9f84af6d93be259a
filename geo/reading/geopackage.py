"""A look into a GeoPackage before it is read: a layer must be stored, not computed."""

import sqlite3
from contextlib import closing
from pathlib import Path

from geo.errors import UnreadableFileError


def check_geopackage(path: Path, layer: str, name: str) -> None:
    """Raise unless a layer is a plain table.

    A view is a query somebody wrote; it could run for ever when it is opened, so it is not.

    Raises:
        UnreadableFileError: the layer is a view, or the file is no whole database.
    """
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            rows = database.execute("SELECT type FROM sqlite_master WHERE name = ? COLLATE NOCASE", (layer,)).fetchall()
    except (sqlite3.Error, UnicodeError, OverflowError):
        raise UnreadableFileError(
            f"{name} cannot be read as GeoPackage; it is damaged or cut short: ask for the file again.",
        ) from None
    if ("view",) in rows:
        raise UnreadableFileError(
            f"The layer {layer} of {name} is a view, which is not read: export it to a file of its own.",
        )
