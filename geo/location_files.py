"""Location files as councils and the national bodies give them, recognised by header."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv
from numpy.typing import NDArray

from geo.crs import bng_from_wgs84_coordinates
from geo.errors import GeoError, UnreadableFileError
from geo.registers.cells import postcode_cell, uprn_cell
from geo.registers.headers import plain_header
from geo.registers.text import look_through

_BLOCK_BYTES = 2 << 20
_CODE_POINT_COLUMNS = ("pc", "pq", "ea", "no", "cy", "rh", "lh", "cc", "dc", "wc")

_UPRN = ("uprn", "propertyurn", "propertyuprn")
_POSTCODE = ("pcds", "pcd", "pcd7", "pcd8", "pcd2", "pc", "postcode", "pstcd")
_EASTING = ("xcoordinate", "gridgb1e", "oseast1m", "east1m", "easting", "eastings", "ea", "x")
_NORTHING = ("ycoordinate", "gridgb1n", "osnrth1m", "north1m", "northing", "northings", "no", "y")
_LONGITUDE = ("longitude", "long", "lon", "lng")
_LATITUDE = ("latitude", "lat")
_QUALITY = {"pq": "pq", "positionalquality": "pq", "osgrdind": "gridind", "gridind": "gridind"}
_ADDRESS = (
    tuple(f"addressline{line}" for line in range(1, 7)),
    tuple(f"address{line}" for line in range(1, 10)),
    tuple(f"add{line}" for line in range(1, 7)),
    ("propertynumber", "streetname"),
)
_ADDRESS_POSTCODE = ("postcode", "housepostcode", "addresspostcode")


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRows:
    """Some points of a file: EPSG:27700 metres; quality on the scale "pq" or "gridind", or None."""

    key: NDArray[np.generic]
    easting: NDArray[np.float64]
    northing: NDArray[np.float64]
    quality: NDArray[np.int64] | None = None
    quality_scale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationFile:
    """A location file whose columns are known.

    Attributes:
        path: where it is.
        encoding: as text files are read.
        delimiter: between cells.
        headers: plain headers in their order, as given or, for Code-Point Open, as defined by Ordnance Survey.
        has_header: whether the first line is the header.
    """

    path: Path
    encoding: str
    delimiter: str
    headers: tuple[str, ...]
    has_header: bool

    @property
    def is_property_export(self) -> bool:
        """Whether the file gives a property reference for each address, and no point of its own."""
        return self._one(_UPRN) is not None and self._address_columns() != () and self._grid() is None

    @property
    def is_of_properties(self) -> bool:
        """Whether the file speaks of properties by their reference, and not of postcodes."""
        return self._one(_UPRN) is not None

    def uprn_points(self, wanted: NDArray[np.int64] | None) -> Iterator[PointRows]:
        """Yield the points of properties, only those wanted (sorted)."""
        uprn = self._one(_UPRN)
        if uprn is not None and not self.is_property_export:
            for table in self._tables([uprn, *self._coordinate_columns()]):
                key = _uprns(table.column(0))
                keep = (key != 0) & (_among(key, wanted) if wanted is not None else True)
                yield self._rows(table, key, keep)

    def postcode_points(self, wanted: NDArray[np.bytes_] | None) -> Iterator[PointRows]:
        """Yield the points of postcodes, only those wanted (sorted)."""
        postcode = self._one(_POSTCODE)
        if postcode is not None and self._one(_UPRN) is None:
            for table in self._tables([postcode, *self._coordinate_columns(), *self._quality_columns()]):
                key = _parsed(table.column(0), postcode_cell, "S7")
                keep = (key != b"") & (_among(key, wanted) if wanted is not None else True)
                yield self._rows(table, key, keep)

    def addresses(self) -> Iterator[tuple[str, str, int]]:
        """Yield (address, postcode, property reference) of a property export; transient."""
        if self.is_property_export:
            lines, postcode, uprn = self._address_columns(), self._one(_ADDRESS_POSTCODE), self._one(_UPRN)
            columns = [*lines, *([] if postcode is None else [postcode]), *([] if uprn is None else [uprn])]
            joiner = " " if self.headers[lines[0]] == "propertynumber" else ","
            for table in self._tables(columns):
                for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
                    address = joiner.join(filter(None, (cell.strip() for cell in row[: len(lines)])))
                    code = postcode_cell(row[len(lines)]) if postcode is not None else b""
                    if uprn_cell(row[-1]):
                        yield address, code.decode(), uprn_cell(row[-1])

    def _one(self, known: tuple[str, ...]) -> int | None:
        return next((self.headers.index(name) for name in known if name in self.headers), None)

    def _address_columns(self) -> tuple[int, ...]:
        for family in _ADDRESS:
            if family[0] in self.headers:
                return tuple(self.headers.index(name) for name in family if name in self.headers)
        return ()

    def _grid(self) -> tuple[int, int] | None:
        easting, northing = self._one(_EASTING), self._one(_NORTHING)
        return None if easting is None or northing is None else (easting, northing)

    def _degrees(self) -> tuple[int, int] | None:
        longitude, latitude = self._one(_LONGITUDE), self._one(_LATITUDE)
        return None if longitude is None or latitude is None else (longitude, latitude)

    def _coordinate_columns(self) -> tuple[int, int]:
        columns = self._grid() or self._degrees()
        if columns is None:
            raise UnreadableFileError(f"{self.path.name} has no coordinates: give a file with eastings and northings.")
        return columns

    def _quality_columns(self) -> list[int]:
        return [at for at, name in enumerate(self.headers) if name in _QUALITY][:1]

    def _rows(self, table: pa.Table, key: NDArray[np.generic], keep: NDArray[np.bool_]) -> PointRows:
        table = table.filter(pa.array(keep))
        first, second = (_numbers(table.column(at)) for at in (1, 2))
        if self._grid() is None:
            first, second = bng_from_wgs84_coordinates(np.column_stack([first, second])).T
        quality = self._quality_columns() if table.num_columns > 3 else []  # noqa: PLR2004 - key and two coordinates
        return PointRows(
            key=key[keep],
            easting=first,
            northing=second,
            quality=np.nan_to_num(_numbers(table.column(3)), nan=-1).astype(np.int64) if quality else None,
            quality_scale=_QUALITY[self.headers[quality[0]]] if quality else "",
        )

    def _tables(self, columns: list[int]) -> Iterator[pa.Table]:
        names = [str(at) for at in range(len(self.headers))]
        wanted = [str(at) for at in columns]
        try:
            reader = pyarrow.csv.open_csv(
                self.path,
                read_options=pyarrow.csv.ReadOptions(
                    column_names=names,
                    skip_rows=int(self.has_header),
                    use_threads=False,
                    block_size=_BLOCK_BYTES,
                    encoding={"utf-8-bom": "utf-8-sig", "utf-16le": "utf-16-le"}.get(self.encoding, self.encoding),
                ),
                parse_options=pyarrow.csv.ParseOptions(
                    delimiter=self.delimiter, invalid_row_handler=lambda _row: "skip"
                ),
                convert_options=pyarrow.csv.ConvertOptions(
                    include_columns=wanted, column_types=dict.fromkeys(wanted, pa.string()), strings_can_be_null=False
                ),
            )
            for batch in reader:
                yield pa.Table.from_batches([batch])
        except (pa.ArrowException, UnicodeError) as trouble:
            raise UnreadableFileError(
                f"{self.path.name} cannot be read as a table of locations: export it again as CSV."
            ) from trouble


def open_locations(path: Path) -> LocationFile:
    """Recognise a location file by its first line.

    Raises:
        UnreadableFileError: it cannot be opened, or is of no known kind.
    """
    try:
        file = look_through(path)
    except GeoError as trouble:
        raise UnreadableFileError(str(trouble)) from trouble
    first = next((row for _, row in file.lines() if row.strip()), "")
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    cells = [cell.strip().strip('"') for cell in first.split(delimiter)]
    if _is_code_point(cells):
        return LocationFile(
            path=path, encoding=file.encoding, delimiter=delimiter, headers=_CODE_POINT_COLUMNS, has_header=False
        )
    headers = tuple(plain_header(cell) for cell in cells)
    opened = LocationFile(path=path, encoding=file.encoding, delimiter=delimiter, headers=headers, has_header=True)
    _check(opened)
    return opened


def _is_code_point(cells: list[str]) -> bool:
    """Say whether the first line is a row of Code-Point Open, which has no header."""
    return (
        len(cells) == len(_CODE_POINT_COLUMNS)
        and bool(postcode_cell(cells[0]))
        and all(re.fullmatch(r"\d+", cell) for cell in cells[1:4])
    )


def _check(file: LocationFile) -> None:
    keyed = {*_UPRN, *_POSTCODE} & set(file.headers)
    placed = file._grid() or file._degrees() or file.is_property_export  # noqa: SLF001 - the same module
    if not keyed or not placed:
        raise UnreadableFileError(
            f"{file.path.name} is no known file of locations: give OS Open UPRN, Code-Point Open, an ONS directory of "
            "UPRNs or postcodes, or a property export with UPRNs."
        )


def _among(key: NDArray[np.generic], wanted: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Say which keys are among sorted ones."""
    if not len(wanted):
        return np.zeros(len(key), bool)
    among: NDArray[np.bool_] = wanted[np.minimum(np.searchsorted(wanted, key), len(wanted) - 1)] == key
    return among


def _uprns(column: pa.ChunkedArray) -> NDArray[np.generic]:
    """Return property references as integers, 0 where a cell is none; at once where all cells are plain digits."""
    plain = pa.compute.all(pa.compute.match_substring_regex(column, r"^[0-9]{1,12}$")).as_py()
    if plain:
        return np.asarray(pa.compute.cast(column, pa.int64()).combine_chunks().to_numpy(zero_copy_only=False))
    return _parsed(column, uprn_cell, "int64")


def _parsed(column: pa.ChunkedArray, read: Callable[[str], int | bytes], dtype: str) -> NDArray[np.generic]:
    coded = column.combine_chunks().dictionary_encode()
    coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
    values = np.array([read(text) for text in coded.dictionary.to_pylist()], dtype)
    return values[coded.indices.to_numpy(zero_copy_only=False)] if len(values) else np.empty(0, dtype)


def _numbers(column: pa.ChunkedArray) -> NDArray[np.float64]:
    texts = pa.compute.utf8_trim_whitespace(column)
    numeric = pa.compute.match_substring_regex(texts, r"^[-+]?\d+(\.\d*)?([eE][-+]?\d+)?$")
    cast = pa.compute.cast(pa.compute.if_else(numeric, texts, None), pa.float64())
    return np.asarray(cast.to_numpy() if isinstance(cast, pa.ChunkedArray) else cast.to_numpy(zero_copy_only=False))
