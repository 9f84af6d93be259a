"""How fast an area is compared with ten thousand, and a layer with itself; run it as a script.

The made-up layer is a county of wavering lines: cells of a Voronoi diagram whose neighbours share every vertex, with
one area in twenty drawn again so that it meets its neighbours in slivers and gaps.
"""

import statistics
import sys
from time import perf_counter

import geopandas
import numpy as np
import shapely

from geo.topology import TOLERANCE_M, Neighbour, Places, overlaps, pair_overlaps
from geo.topology.gaps import gaps_along

SPACING_M = 1500.0
STEP_M = 24.0
WAVER_M = 12.0
SECOND_DRAWING_M = 0.7
DRAWN_AGAIN = 0.05
ORIGIN = np.array([300_000.0, 100_000.0])


def made_up_layer(number, *, step_m=STEP_M, drawn_again=DRAWN_AGAIN):
    """Return areas, valid polygons on the British grid to the millimetre; the same each time."""
    rng = np.random.default_rng(2012)
    side = int(np.ceil(np.sqrt(number)))
    grid = np.stack(np.meshgrid(np.arange(side), np.arange(side)), axis=-1).reshape(-1, 2)
    seeds = ORIGIN + grid * SPACING_M + rng.uniform(200, SPACING_M - 200, grid.shape)
    county = shapely.box(*ORIGIN, *(ORIGIN + side * SPACING_M))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=county))
    cells = shapely.segmentize(shapely.set_precision(shapely.intersection(cells, county), 0.001), step_m)
    cells = shapely.transform(cells, lambda points: _wavered(points, WAVER_M, 12.9898))
    again = rng.random(len(cells)) < drawn_again
    cells[again] = shapely.transform(cells[again], lambda points: _wavered(points, SECOND_DRAWING_M, 4.1414))
    return cells[shapely.is_valid(cells)][:number]


def _wavered(points, reach_m, seed):
    phase = np.round(points, 2) @ np.array([[seed, 3 * seed], [78.233, 11.135]])
    chance = np.sin(phase) * 43758.5453
    return np.round(points + (chance - np.floor(chance) - 0.5) * reach_m, 3)


def say(words):
    sys.stdout.write(f"{words}\n")


def seconds(work, times=5):
    taken = []
    for _ in range(times):
        begun = perf_counter()
        answer = work()
        taken.append(perf_counter() - begun)
    return statistics.median(taken), answer


def one_area_against_ten_thousand():
    cells = made_up_layer(10_001)
    middle = int(np.argmin(np.abs(shapely.get_num_coordinates(cells) - 250)))
    area = shapely.transform(cells[middle], lambda points: _wavered(points, SECOND_DRAWING_M, 4.1414))
    cells = np.delete(cells, middle)
    places = Places(
        Neighbour(reference=f"{number:06}", name="", geometry_bng=cell) for number, cell in enumerate(cells)
    )
    layer = geopandas.GeoDataFrame({"reference": [one.reference for one in places]}, geometry=list(cells), crs=27700)
    drawn = geopandas.GeoDataFrame(geometry=[area], crs=27700)
    ours, found = seconds(lambda: overlaps(area, places), 21)
    theirs, overlay = seconds(lambda: geopandas.overlay(drawn, layer, how="intersection", keep_geom_type=True), 3)
    mine = {one.reference: one.area_m2 for one in found}
    sizes = dict(zip(overlay["reference"], overlay.area, strict=True))
    agree = all(abs(sizes.get(name, 0.0) - size) < 0.01 for name, size in mine.items())
    say(f"one area of {shapely.get_num_coordinates(area)} vertices against {len(cells):,}: {ours * 1000:.2f} ms, ")
    say(f"  {len(found)} overlaps with widths; geopandas.overlay {theirs * 1000:.0f} ms without widths;")
    say(f"  {theirs / ours:.0f} times as fast; areas agree: {agree}")
    return agree


def whole_layers(numbers):
    for number in numbers:
        cells = made_up_layer(number, step_m=60.0, drawn_again=0.01)
        before, edges = seconds(lambda cells=cells: shapely.coverage_invalid_edges(cells, gap_width=TOLERANCE_M), 1)
        taken, pairs = seconds(lambda cells=cells, edges=edges: pair_overlaps(cells, edges), 1)
        more, open_land = seconds(lambda cells=cells, edges=edges: gaps_along(cells, edges), 1)
        total = before + taken + more
        say(
            f"layer of {len(cells):,} areas, {shapely.get_num_coordinates(cells).sum():,} vertices: {total:.2f} s "
            f"({len(pairs)} overlaps {taken:.2f} s, {len(open_land)} gaps {more:.2f} s); "
            f"{total / len(cells) * 1e6:.0f} µs an area"
        )


def main():
    agree = one_area_against_ten_thousand()
    whole_layers((1_000, 10_000, *((100_000,) if "--all" in sys.argv else ())))
    sys.exit(0 if agree else 1)


if __name__ == "__main__":
    main()
