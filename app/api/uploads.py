"""Files sent to the API: kept in a folder of their own for as long as the request lasts, under their own names."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from fastapi import UploadFile

from app.errors import InvalidRequestError


@contextmanager
def on_disk(files: Sequence[UploadFile]) -> Iterator[tuple[Path, ...]]:
    """Yield where the files are, in the order sent; they are gone when the block ends.

    Raises:
        InvalidRequestError: a file without a name, or two of one name.
    """
    with TemporaryDirectory(prefix="folkmoot-upload-") as folder:
        yield tuple(_written(file, Path(folder)) for file in files)


def _written(file: UploadFile, folder: Path) -> Path:
    # Only the last part of the name is taken, whatever a browser or a program put before it.
    name = PurePosixPath((file.filename or "").replace("\\", "/")).name
    if not name or name in {".", ".."}:
        raise InvalidRequestError("A file was sent without a name: send it with one, such as boundary.geojson.")
    path = folder / name
    if path.exists():
        raise InvalidRequestError(f"Two files named {name} were sent: rename one of them.")
    with path.open("wb") as target:
        shutil.copyfileobj(file.file, target)
    return path
