"""An electorate from plain files: register, locations, polling districts, an officer's placements."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from app.electors import Electorate, RegisterFacts, count_electors
from app.electors_portions import Portions, count_portions, portion_findings
from geo.assign import AreaIndex
from geo.electorate import Extent, OfficerPlacement, district_extents
from geo.errors import BoundaryError, ColumnError, RegisterError
from geo.locations import DEFAULT_ACCURACIES, Accuracies, Locations, read_addresses, read_locations
from geo.reading import read_area, read_layer
from geo.registers import Register, number_parts, open_register
from geo.registers.alterations import AlteredRegister
from geo.registers.headers import plain_header
from geo.registers.register import open_update
from geo.registers.text import look_through
from geo.roll import Roll, RollBuilder

_IN_WORDS = frozenset({"in", "in_area", "in area", "inside", "yes"})
_OUT_WORDS = frozenset({"out", "outside", "no"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectorateFiles:
    """The files of one count.

    Attributes:
        area: the referendum area.
        feature: which feature of it, where the file has several.
        registers: one register, in one file or more.
        alterations: monthly updates of it, in the order in which they apply.
        councils: areas of the relevant councils, where the area may lie in several.
        locations: points and property exports of any known kind.
        polling_districts: boundaries of the register's parts.
        district_column: the column that holds their codes, where it is not recognised.
        placements: officer's decisions.
        mapping: columns of a register of unknown layout, role to header.
    """

    area: Path
    registers: tuple[Path, ...]
    feature: str | None = None
    alterations: tuple[Path, ...] = ()
    councils: Path | None = None
    locations: tuple[Path, ...] = ()
    polling_districts: Path | None = None
    district_column: str | None = None
    placements: Path | None = None
    mapping: Mapping[str, str] | None = field(default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedFiles:
    """The electorate, what it was counted from, and its split between councils where they were given.

    Attributes:
        electorate: the count; its findings include those on portions.
        register: the register, which can be read again.
        area_bng: the referendum area, EPSG:27700 metres.
        districts_bng: polling districts by code.
        portions: by council, or None where no councils were given.
    """

    electorate: Electorate
    register: Register
    area_bng: BaseGeometry
    districts_bng: Mapping[str, BaseGeometry]
    portions: Portions | None = None


def count_files(
    files: ElectorateFiles,
    *,
    poll_date: date,
    as_at: date | None = None,
    accuracies: Accuracies = DEFAULT_ACCURACIES,
    progress: Callable[[int], None] | None = None,
) -> CountedFiles:
    """Count the electors of an area from files; the register streams past once.

    Raises:
        GeoError: one sentence saying which file cannot be used, why, and what to do.
    """
    area = valid_area(files.area, files.feature)
    districts = read_districts(files.polling_districts, files.district_column) if files.polling_districts else {}
    extents: dict[str, Extent] | None = district_extents(area, districts) if files.polling_districts else None
    placements = read_placements(files.placements) if files.placements else ()
    register = open_register(files.registers, mapping=files.mapping)
    if files.alterations:
        register = AlteredRegister(register, [open_update(path) for path in files.alterations])
    roll = read_roll(register, files.locations, accuracies=accuracies, progress=progress)
    facts = RegisterFacts(
        layout=register.layout,
        files=register.files,
        as_at=as_at,
        unreadable=register.unreadable,
        misfits=register.misfits if isinstance(register, AlteredRegister) else (),
    )
    electorate = count_electors(
        roll, AreaIndex([area]), poll_date=poll_date, register=facts, extents=extents, placements=placements
    )
    counted = CountedFiles(electorate=electorate, register=register, area_bng=area, districts_bng=districts)
    return counted if files.councils is None else _split(counted, read_districts(files.councils, None))


def _split(counted: CountedFiles, councils: Mapping[str, BaseGeometry]) -> CountedFiles:
    portions = count_portions(
        counted.electorate, area_bng=counted.area_bng, councils_bng=councils, districts_bng=counted.districts_bng
    )
    findings = (*counted.electorate.findings, *portion_findings(portions))
    return replace(counted, electorate=replace(counted.electorate, findings=findings), portions=portions)


def valid_area(path: Path, feature: str | None) -> BaseGeometry:
    """Return the one boundary in a file.

    Raises:
        BoundaryError: the shape is not valid; electors are never placed by a line that crosses itself.
    """
    read = read_area(path, feature=feature)
    if not read.geometry_bng.is_valid or not isinstance(read.geometry_bng, shapely.Polygon | shapely.MultiPolygon):
        raise BoundaryError(
            f"The boundary in {path.name} is not a valid area: check it with folkmoot check-area and repair it first."
        )
    return read.geometry_bng


def read_districts(path: Path, column: str | None) -> dict[str, BaseGeometry]:
    """Return the boundaries of polling districts (or councils) by code; several features of one code are joined.

    Raises:
        ColumnError: no column of codes is there; name it.
    """
    parts: dict[str, list[BaseGeometry]] = {}
    for feature in read_layer(path, code_column=column).features:
        if feature.reference is None:
            raise ColumnError(
                f"{path.name} has a feature without a code in row {feature.row}: name the column of codes."
            )
        parts.setdefault(feature.reference.strip(), []).append(feature.geometry_bng)
    return {code: shapes[0] if len(shapes) == 1 else _joined(shapes) for code, shapes in parts.items()}


def _joined(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    return shapely.union_all(shapes) if all(shape.is_valid for shape in shapes) else shapely.MultiPolygon()


def read_roll(
    register: Register,
    locations: Sequence[Path],
    *,
    accuracies: Accuracies = DEFAULT_ACCURACIES,
    progress: Callable[[int], None] | None = None,
) -> Roll:
    """Return the register as columns, located; only the points that its entries need are kept in memory."""
    addresses = Locations(addresses=read_addresses(locations)) if locations else None
    builder = RollBuilder(addresses=addresses, has_person_ids=register.has_person_ids)
    for batch in register.batches(progress=progress):
        builder.add(batch)
    uprns, postcodes = builder.wanted()
    found = read_locations(locations, uprns=uprns, postcodes=postcodes, accuracies=accuracies)
    return builder.build(found)


def read_placements(path: Path) -> tuple[OfficerPlacement, ...]:
    """Return an officer's decisions: a table with number (or its three parts), decision (in or out) and reason.

    A work list filled in is such a table; its lines without a decision are still open and say nothing.

    Raises:
        RegisterError: a line without number, decision or reason, or two decisions on one entry that differ.
    """
    file = look_through(path)
    rows = (row for _, row in file.lines() if row.strip(" ,;\t"))
    header = next(rows, "")
    table = csv.DictReader([header, *rows], delimiter="\t" if "\t" in header else ",")
    table.fieldnames = [plain_header(name) for name in table.fieldnames or ()]
    known: dict[tuple[str, int, int], OfficerPlacement] = {}
    for line, row in enumerate(table, start=2):
        cells = {name: (cell or "").strip() for name, cell in row.items() if name}
        if "decision" in cells and not cells["decision"] and not cells.get("reason"):
            continue  # a line of the work list that is still open
        placement = _placement(path, line, cells)
        key = (placement.polling_district, placement.number, placement.suffix)
        if known.setdefault(key, placement).is_in_area is not placement.is_in_area:
            raise RegisterError(f"{path.name} line {line} decides an entry again and otherwise: keep one decision.")
    return tuple(known.values())


def _placement(path: Path, line: int, row: Mapping[str, str]) -> OfficerPlacement:
    parts = number_parts(row.get("number", ""))
    if parts is None and row.get("pollingdistrict") and row.get("number", "").isdigit():
        suffix = row.get("suffix") or "0"
        parts = (row["pollingdistrict"], int(row["number"]), int(suffix) if suffix.isdigit() else 0)
    decision = row.get("decision", "").casefold()
    if parts is None or not (decision in _IN_WORDS or decision in _OUT_WORDS) or not row.get("reason"):
        raise RegisterError(
            f"{path.name} line {line} cannot be used: "
            "it needs number (such as HA1-17), decision (in or out) and reason."
        )
    district, number, suffix_number = parts
    return OfficerPlacement(
        polling_district=district,
        number=number,
        suffix=suffix_number,
        is_in_area=decision in _IN_WORDS,
        reason=row["reason"],
    )
