"""A line sent with a form as a file, read for as long as the request lasts."""

from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from shapely.geometry.base import BaseGeometry

from app.errors import InvalidRequestError
from app.web.case_forms import SentFile
from geo.reading import read_area


def line_of(sent: SentFile) -> BaseGeometry:
    """Return the one boundary of a file that was sent, EPSG:27700.

    Raises:
        GeoError: it cannot be read, or holds several.
        InvalidRequestError: it has no name.
    """
    name = PurePosixPath(sent.name.replace("\\", "/")).name
    if not name or name in {".", ".."}:
        raise InvalidRequestError("Choose a file that has a name, such as referendum-area.geojson.")
    with TemporaryDirectory(prefix="folkmoot-line-") as folder:
        path = Path(folder) / name
        path.write_bytes(sent.content)
        return read_area(path).geometry_bng
