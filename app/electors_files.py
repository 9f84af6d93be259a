"""An electorate from plain files: register, locations, polling districts, an officer's placements."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from app.electors import Electorate, RegisterFacts, count_electors
from app.electors_districts import read_districts
from app.electors_placements import read_placements
from app.electors_portions import Portions, count_portions, portion_findings
from geo.assign import AreaIndex
from geo.electorate import Extent, district_extents
from geo.errors import BoundaryError
from geo.locations import DEFAULT_ACCURACIES, Accuracies, Locations, read_addresses, read_locations
from geo.reading import read_area
from geo.registers import Register, open_register
from geo.registers.alterations import AlteredRegister
from geo.registers.register import open_update
from geo.roll import Roll, RollBuilder


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
    placements = read_placements(files.placements) if files.placements else ()
    register = open_register(files.registers, mapping=files.mapping)
    if files.alterations:
        register = AlteredRegister(register, [open_update(path) for path in files.alterations])
    roll = read_roll(register, files.locations, accuracies=accuracies, progress=progress)
    districts, extents = _districts(files, area, roll.districts)
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


def _districts(
    files: ElectorateFiles, area: BaseGeometry, codes: Sequence[str]
) -> tuple[dict[str, BaseGeometry], dict[str, Extent] | None]:
    if files.polling_districts is None:
        return {}, None
    districts = read_districts(files.polling_districts, files.district_column, codes=codes)
    return districts, district_extents(area, districts)


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
