"""Geometry as bytes: whole, open, short, curved or damaged."""

import random
import struct

import numpy as np
import pytest
import shapely

from geo.reading.wkb import parse_wkb, parse_wkb_rows
from geo.reading.wkt import parse_text

FIELD = shapely.box(478_000, 222_000, 479_000, 223_000)
HOLED = FIELD.difference(shapely.box(478_400, 222_400, 478_500, 222_500))
SHAPES = [
    FIELD,
    HOLED,
    shapely.MultiPolygon([FIELD, shapely.box(0, 0, 9, 9)]),
    shapely.Point(1, 2),
    shapely.LineString([(0, 0), (1, 1)]),
    shapely.MultiPoint([(0, 0), (1, 1)]),
    shapely.MultiLineString([[(0, 0), (1, 1)]]),
    shapely.GeometryCollection([FIELD, shapely.Point(1, 2)]),
]


def polygon_bytes(*points: tuple[float, float], kind: int = 3) -> bytes:
    return struct.pack("<BIII", 1, kind, 1, len(points)) + b"".join(struct.pack("<dd", *point) for point in points)


@pytest.mark.parametrize("byte_order", [0, 1], ids=["big endian", "little endian"])
@pytest.mark.parametrize("flavor", ["iso", "extended"])
@pytest.mark.parametrize("geometry", SHAPES, ids=lambda geometry: geometry.geom_type)
def test_the_walker_reads_what_the_library_writes(geometry, flavor, byte_order):
    raised = shapely.force_3d(geometry, 7.0)
    for each in (geometry, raised):
        parsed = parse_wkb(shapely.to_wkb(each, flavor=flavor, byte_order=byte_order))
        assert parsed.geometry.equals_exact(geometry, 0)
        assert parsed.has_heights == each.has_z


def test_many_rows_at_once_are_what_each_is_alone():
    rows = [*(shapely.to_wkb(geometry) for geometry in SHAPES), None, b"", polygon_bytes((0, 0), (9, 0), (9, 9))]
    together = parse_wkb_rows(rows)
    for row, content in enumerate(rows):
        alone = parse_wkb(content)
        assert together.remarks.get(row, ()) == alone.remarks
        assert (together.geometries[row] is None) == (alone.geometry is None)
        assert alone.geometry is None or alone.geometry.equals_exact(together.geometries[row], 0)


@pytest.mark.parametrize(
    ("points", "corners", "codes"),
    [
        pytest.param([(0, 0), (9, 0), (9, 9)], 4, ["ring-not-closed"], id="an open triangle"),
        pytest.param([(0, 0), (9, 0)], 3, ["ring-not-closed"], id="two points"),
        pytest.param([(0, 0)], 3, [], id="one point"),
        pytest.param([(np.nan, 0), (9, 0), (9, 9), (np.nan, 0)], 4, [], id="not a number where it begins"),
        pytest.param([(np.nan, 0)], 0, ["not-a-number"], id="nothing but not a number"),
    ],
)
def test_rings_that_libraries_refuse_are_kept_to_be_told(points, corners, codes):
    parsed = parse_wkb(polygon_bytes(*points))
    assert len(shapely.get_coordinates(parsed.geometry)) == corners
    assert [remark.code for remark in parsed.remarks] == codes


def test_a_surface_without_arcs_is_a_multipolygon():
    multi = shapely.to_wkb(shapely.MultiPolygon([FIELD]))
    surface = multi[:1] + struct.pack("<I", 12) + multi[5:]
    assert parse_wkb(surface).geometry.equals(FIELD)


def test_damaged_bytes_never_raise():
    chance = random.Random("folkmoot bytes")
    originals = [shapely.to_wkb(geometry) for geometry in SHAPES]
    unreadable = 0
    for _ in range(4_000):
        content = bytearray(chance.choice(originals))
        for _ in range(chance.randrange(1, 4)):
            content[chance.randrange(min(len(content), 40))] = chance.randrange(256)
        cut = bytes(content[: chance.randrange(len(content))] if chance.random() < 0.2 else content)
        unreadable += parse_text(cut.hex()).geometry is None
        parse_wkb_rows([cut])
    assert 500 < unreadable < 3_900
