"""How fast an area is compared with ten thousand, and a layer with itself; run it as a script.

The made-up layer is a county of wavering lines: cells of a Voronoi diagram whose neighbours share every vertex, with
one area in twenty drawn again so that it meets its neighbours in slivers and gaps.
"""

import math
import sys
from time import perf_counter, process_time

import geopandas
import numpy as np
import shapely
from rivals import overlaps_by_postgis, pairs_by_postgis

from geo.layer_check import check_layer
from geo.reading import Feature, Layer
from geo.topology import Neighbour, Places, overlaps
from geo.topology.overlaps import LEAST_OVERLAP_M2

SPACING_M = 1500.0
STEP_M = 24.0
WAVER_M = 12.0
SECOND_DRAWING_M = 0.7
DRAWN_AGAIN = 0.05
TEN_THOUSAND = 10_000
ROUNDING_M2 = 0.001
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
    return min(taken), answer


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
    agree = differences(found, dict(zip(overlay["reference"], overlay.area, strict=True))) == {}
    say(f"one area of {shapely.get_num_coordinates(area)} vertices against {len(cells):,}: {ours * 1000:.2f} ms, ")
    say(f"  {len(found)} overlaps with widths; geopandas.overlay {theirs * 1000:.0f} ms without widths;")
    say(f"  {theirs / ours:.0f} times as fast; areas agree: {agree}")
    beside = against_postgis(area, places, found)
    if beside is not None:
        say(f"  {beside[0] / ours:.1f} times as fast as PostGIS")
        agree = agree and beside[1]
    return agree


def against_postgis(area, places, found):
    """Say how long the same question takes PostGIS, and whether it finds the same land; None where there is none."""
    answer = overlaps_by_postgis(area, [(place.reference, place.geometry_bng) for place in places])
    if answer is None:
        say("  PostGIS: no cluster is given (FOLKMOOT_TEST_POSTGIS_URL), so nothing to compare with")
        return None
    taken, sizes = answer
    agree = differences(found, sizes) == {}
    say(f"  PostGIS ST_Intersects and ST_Area(ST_Intersection) under GiST {taken * 1000:.2f} ms, without widths;")
    say(f"  areas agree: {agree}")
    return taken, agree


def differences(found, sizes):
    """The references whose shared land another engine measures otherwise, by 0.01 m2 or more."""
    mine = {one.reference: one.area_m2 for one in found}
    return {
        reference: (mine.get(reference), size)
        for reference, size in {**dict.fromkeys(mine, 0.0), **sizes}.items()
        if abs(mine.get(reference, 0.0) - size) >= LEAST_OVERLAP_M2 + ROUNDING_M2
    }


def as_layer(cells):
    features = tuple(
        Feature(row=row, reference=f"{row:06}", name=None, attributes={}, geometry_bng=cell, is_valid=True)
        for row, cell in enumerate(cells, start=1)
    )
    told = {"format": "made up", "layer": "areas", "crs": "EPSG:27700", "crs_evidence": "made up"}
    return Layer(**told, flipped=False, notices=(), features=features)


def whole_layers(numbers):
    """Check layers of growing size whole, and say how the processor time grows beside n log n."""
    per_size = []
    for number in numbers:
        layer = as_layer(made_up_layer(number, step_m=60.0, drawn_again=0.01))
        begun = process_time()
        times = 3 if number <= TEN_THOUSAND else 1
        taken, report = seconds(lambda layer=layer: check_layer(layer), times)
        busy = (process_time() - begun) / times
        count = len(layer.features)
        per_size.append(busy / (count * math.log(count)))
        say(
            f"layer of {count:,} areas: {taken:.2f} s, {busy:.2f} s of processor "
            f"({len(report.overlaps):,} overlaps, {len(report.gaps):,} gaps); "
            f"{per_size[-1] / per_size[0]:.2f} times n log n of the first"
        )
        if number == TEN_THOUSAND:
            layer_beside_postgis(layer, report, taken)


def layer_beside_postgis(layer, report, taken):
    """Say how long PostGIS takes over the overlaps of the same layer, without widths, gaps or validity."""
    answer = pairs_by_postgis([feature.geometry_bng for feature in layer.features])
    if answer is None:
        return
    theirs, sizes = answer
    mine = {(pair.a, pair.b): pair.area_m2 for pair in report.overlaps}
    apart = [pair for pair, size in mine.items() if abs(sizes.get(pair, 0.0) - size) >= LEAST_OVERLAP_M2]
    more = max((size for pair, size in sizes.items() if pair not in mine), default=0.0)
    say(
        f"  PostGIS, its overlaps alone {theirs:.2f} s, {theirs / taken:.1f} times as long; areas agree: {not apart}; "
        f"the largest that it finds besides, nowhere a millimetre wide, has {more:.3f} m2"
    )


def main():
    agree = one_area_against_ten_thousand()
    whole_layers((1_000, 10_000, *((100_000,) if "--all" in sys.argv else ())))
    sys.exit(0 if agree else 1)


if __name__ == "__main__":
    main()
