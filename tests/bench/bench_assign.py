"""Points to areas: the grid against Shapely, GeoPandas, PostGIS and SedonaDB; answers compared point by point.

Run: python tests/bench/bench_assign.py [POINTS]

One thread. Stated for each case: seconds, ratios, whether the answers agree, how long the index takes to build and how
many megabytes it holds. A bound that is missed, or an answer that differs, ends with exit status 1.
"""

import csv
import sys
from dataclasses import fields
from pathlib import Path
from time import perf_counter

import geopandas as gpd
import numpy as np
import shapely
from rivals import by_postgis, by_sedona, first_of

from geo.assign import OUTSIDE, AreaIndex
from geo.crs import bng_from_wgs84_coordinates
from geo.grid import Grid
from geo.reading import read_layer

REAL = Path(__file__).parents[2].parent / "shared" / "data"
SIDE_M = 100_000.0
ORIGIN = np.array([400_000.0, 200_000.0])
ONE_AREA_BUILT, ONE_AREA_WITH_BUILDING, ONE_AREA_JOIN = 8.0, 4.0, 30.0
MANY_AREAS_A_SECOND, MANY_AREAS_TREE = 4_000_000, 10.0


def one_area(corners=5_000, seed=1):
    """A lobed area of some 6 km across, its line rough."""
    dice = np.random.default_rng(seed)
    angle = np.sort(dice.uniform(0, 2 * np.pi, corners))
    radius = 3000 * (1 + 0.3 * np.sin(5 * angle) + 0.1 * np.sin(37 * angle) + 0.02 * dice.normal(size=corners))
    shape = shapely.Polygon(ORIGIN + np.column_stack([np.cos(angle), np.sin(angle)]) * radius[:, None])
    return shape if shape.is_valid else max(shapely.make_valid(shape).geoms, key=lambda part: part.area)


def coverage(side=100, steps=24, seed=2):
    """Areas in rows, neighbours sharing a crooked line vertex by vertex."""
    dice = np.random.default_rng(seed)
    cell = SIDE_M / side
    lattice = np.stack(np.meshgrid(np.arange(side + 1), np.arange(side + 1)), -1) * cell
    lattice = ORIGIN + lattice + dice.uniform(-0.25, 0.25, lattice.shape) * cell

    def crooked(start, end):
        share = np.linspace(0, 1, steps + 1)[:, None]
        across = np.array([start[1] - end[1], end[0] - start[0]])
        wave = dice.normal(size=(steps + 1, 1)) * 0.008
        wave[[0, -1]] = 0
        return start + share * (end - start) + wave * across

    level = {(i, j): crooked(lattice[j, i], lattice[j, i + 1]) for i in range(side) for j in range(side + 1)}
    upright = {(i, j): crooked(lattice[j, i], lattice[j + 1, i]) for i in range(side + 1) for j in range(side)}
    rings = [
        np.vstack([level[i, j][:-1], upright[i + 1, j][:-1], level[i, j + 1][:0:-1], upright[i, j][:0:-1]])
        for j in range(side)
        for i in range(side)
    ]
    return shapely.polygons([np.vstack([ring, ring[:1]]) for ring in rings])


def say(line):
    """Write one line."""
    sys.stdout.write(f"{line}\n")


def timed(work):
    """The best of three runs, and the answer."""
    best, answer = float("inf"), None
    for _ in range(3):
        start = perf_counter()
        answer = work()
        best = min(best, perf_counter() - start)
    return best, answer


def once(work):
    """One run, and the answer."""
    start = perf_counter()
    answer = work()
    return perf_counter() - start, answer


def megabytes(index):
    """What the grid holds in memory."""
    return sum(np.asarray(getattr(index.grid, part.name)).nbytes for part in fields(Grid)) / 1e6


def built(areas):
    """An index with its grid laid."""
    index = AreaIndex(areas)
    assert index.grid
    return index


def by_join(areas, x, y):
    """The place of the first area of each point by geopandas.sjoin."""
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y, crs=27700))
    joined = gpd.sjoin(points, gpd.GeoDataFrame(geometry=gpd.GeoSeries(list(areas), crs=27700)), predicate="intersects")
    return first_of(joined.index.to_numpy(), joined["index_right"].to_numpy(), len(areas), len(x))


def by_tree(areas, x, y):
    """The same by Shapely's tree of the areas."""
    point, area = shapely.STRtree(areas).query(shapely.points(x, y), predicate="intersects")
    return first_of(point, area, len(areas), len(x))


def beside_engines(areas, points, answer, ours):
    """Say how long PostGIS and SedonaDB take for the same points, and whether they agree."""
    same = True
    for name, rival in (("PostGIS", by_postgis), ("SedonaDB", by_sedona)):
        found = rival(areas, *points)
        if found is None:
            say(f"  {name} is not here: not compared")
            continue
        seconds, theirs = found
        agrees = np.array_equal(theirs, answer)
        say(f"  {seconds / ours:8.1f} times {name}, answers {'agree' if agrees else 'DIFFER'}")
        same = same and agrees
    return same


def bench_one(points):
    """One area of 5,000 corners: against prepared contains_xy, and against sjoin."""
    area = one_area()
    west, south, east, north = area.bounds
    dice = np.random.default_rng(3)
    x, y = dice.uniform(west - 500, east + 500, points), dice.uniform(south - 500, north + 500, points)
    prepared = shapely.from_wkb(shapely.to_wkb(area))
    shapely.prepare(prepared)
    building, index = timed(lambda: built([shapely.from_wkb(shapely.to_wkb(area))]))
    ours, answer = timed(lambda: index.holds(x, y))
    theirs, expected = timed(lambda: shapely.contains_xy(prepared, x, y))
    joining, joined = once(lambda: by_join([area], x, y) != OUTSIDE)
    same = np.array_equal(answer, expected) and np.array_equal(answer, joined)
    corners = shapely.count_coordinates(area)
    say(f"one area of {corners:,} corners, {points:,} points: {ours:.4f} s, building {building:.4f} s")
    say(f"  {megabytes(index):.1f} MB; {points / ours / 1e6:.1f} million points a second")
    checks = [
        ("prepared contains_xy, index built", theirs / ours, ONE_AREA_BUILT),
        ("prepared contains_xy, building counted", theirs / (ours + building), ONE_AREA_WITH_BUILDING),
        ("geopandas.sjoin", joining / ours, ONE_AREA_JOIN),
    ]
    good = beside_engines([area], (x, y), np.where(answer, 0, OUTSIDE), ours)
    return report(checks, same=same) and good


def bench_many(points):
    """Ten thousand areas that share their lines: against the tree of the areas."""
    areas = coverage()
    dice = np.random.default_rng(4)
    x, y = ORIGIN[:, None] + dice.uniform(-0.02 * SIDE_M, 1.02 * SIDE_M, (2, points))
    building, index = once(lambda: built(areas))
    ours, answer = timed(lambda: index.assign(x, y))
    theirs, expected = once(lambda: by_tree(areas, x, y))
    rate = points / ours
    say(f"{len(areas):,} areas, {points:,} points: {ours:.4f} s, building {building:.2f} s")
    say(
        f"  {megabytes(index):.1f} MB; {rate / 1e6:.1f} million points a second (bound {MANY_AREAS_A_SECOND / 1e6:.0f})"
    )
    good = report([("tree of areas", theirs / ours, MANY_AREAS_TREE)], same=np.array_equal(answer, expected))
    good = beside_engines(areas, (x, y), answer, ours) and good
    return good and rate >= MANY_AREAS_A_SECOND


def bench_real():
    """Trafford's postcodes, each scattered a hundredfold, in its polling districts."""
    layer = read_layer(REAL / "trafford" / "polling_districts.gpkg")
    areas = np.array([feature.geometry_bng for feature in layer.features], dtype=object)
    with (REAL / "trafford" / "postcodes_onspd_2025_02.csv").open(encoding="utf-8") as file:
        lonlat = np.array([(float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)])
    x, y = np.tile(bng_from_wgs84_coordinates(lonlat).T, 100)
    x, y = np.array([x, y]) + np.random.default_rng(5).normal(0, 120, (2, len(x)))
    building, index = once(lambda: built(areas))
    ours, answer = timed(lambda: index.assign(x, y))
    theirs, expected = once(lambda: by_tree(areas, x, y))
    say(f"Trafford: {len(areas)} polling districts, {len(x):,} points: {ours:.4f} s, building {building:.2f} s")
    good = beside_engines(areas, (x, y), answer, ours)
    return report([("tree of areas", theirs / ours, MANY_AREAS_TREE)], same=np.array_equal(answer, expected)) and good


def bench_cost():
    """What 0.1, 1 and 10 million points cost in one area and in ten thousand."""
    for name, areas, extent in (("one area", [one_area()], 8_000.0), ("10,000 areas", coverage(), SIDE_M)):
        index = built(areas)
        for points in (100_000, 1_000_000, 10_000_000):
            start = ORIGIN - (extent / 2 if len(areas) == 1 else 0)
            x, y = start[:, None] + np.random.default_rng(6).uniform(0, extent, (2, points))
            seconds, _ = timed(lambda at=(x, y), index=index: index.assign(*at))
            say(f"cost in {name}: {points:>10,} points {seconds:8.4f} s")


def report(checks, *, same):
    """Print ratios beside their bounds; say whether all hold."""
    say(f"  answers {'agree' if same else 'DIFFER'}")
    for name, ratio, bound in checks:
        say(f"  {ratio:6.1f} times {name} (bound {bound:.0f}){'' if ratio >= bound else '  MISSED'}")
    return same and all(ratio >= bound for _, ratio, bound in checks)


def main():
    """Run all cases; exit status 1 where one falls short."""
    points = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    good = [bench_one(points), bench_many(points)]
    if REAL.is_dir():
        good.append(bench_real())
    bench_cost()
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
