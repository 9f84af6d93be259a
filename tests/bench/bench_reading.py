"""Reading ten thousand areas and finding their problems, beside the usual tools; answers compared.

Run: python tests/bench/bench_reading.py [AREAS]

One thread. For each format: seconds to read onto the British grid, against geopandas.read_file (which leaves the
coordinates as they are); then seconds to find every problem of 1,000, 10,000 and 100,000 areas, against asking the
geometry library for each area's first one. An answer that differs ends with exit status 1.
"""

import sys
import tempfile
from pathlib import Path
from time import perf_counter

import geopandas as gpd
import numpy as np
import shapely

from geo.crs import wgs84_from_bng_coordinates
from geo.reading import read_layer
from geo.validity import problems_of

CORNERS = 90
DRIVERS = {"gpkg": "GPKG", "fgb": "FlatGeobuf", "shp": "ESRI Shapefile", "gml": "GML", "geojson": "GeoJSON"}
INVALID_EVERY = 50


def areas(count: int) -> np.ndarray:
    """Round areas in rows, every fiftieth with two corners exchanged so that it crosses itself."""
    dice = np.random.default_rng(3)
    across = int(np.ceil(np.sqrt(count)))
    angles = np.sort(dice.uniform(0, 2 * np.pi, (count, CORNERS)), axis=1)
    row, column = np.divmod(np.arange(count), across)
    step = 200_000 / across
    east, north = 340_000 + column * step, 130_000 + row * step
    radius = 0.4 * step
    rings = np.stack(
        [east[:, None] + radius * np.cos(angles), north[:, None] + radius * np.sin(angles)], axis=-1
    ).round(2)
    swapped = np.arange(0, count, INVALID_EVERY)
    rings[swapped, 10], rings[swapped, 40] = rings[swapped, 40].copy(), rings[swapped, 10].copy()
    return shapely.polygons(rings)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def bench_formats(count: int, folder: Path) -> bool:
    geometries = areas(count)
    frame = gpd.GeoDataFrame({"reference": [f"A{row}" for row in range(count)]}, geometry=geometries, crs=27700)
    agree = True
    for suffix, driver in DRIVERS.items():
        path = folder / f"areas.{suffix}"
        in_degrees = suffix == "geojson"
        written = frame
        if in_degrees:
            degrees = shapely.transform(geometries, wgs84_from_bng_coordinates)
            written = frame.set_geometry(gpd.GeoSeries(degrees, crs=4326))
        written.to_file(path, driver=driver)
        start = perf_counter()
        layer = read_layer(path)
        ours = perf_counter() - start
        start = perf_counter()
        gpd.read_file(path)
        theirs = perf_counter() - start
        by_reference = {feature.reference: feature.geometry_bng for feature in layer.features}
        far = max(
            np.abs(shapely.get_coordinates(by_reference[f"A{row}"]) - shapely.get_coordinates(geometries[row])).max()
            if suffix != "shp"
            else shapely.hausdorff_distance(by_reference[f"A{row}"], geometries[row])
            for row in range(count)
        )
        agree &= bool(far < (0.01 if in_degrees else 0.001)) and len(by_reference) == count
        say(f"{driver:15} {count:,} areas: {ours:.2f} s, read_file {theirs:.2f} s, farthest off {far:.4f} m")
    return agree


def bench_problems(count: int) -> bool:
    geometries = areas(count)
    start = perf_counter()
    found = problems_of(list(geometries))
    ours = perf_counter() - start
    start = perf_counter()
    first = shapely.is_valid_reason(geometries)
    library = perf_counter() - start
    ours_invalid = {row for row, of_one in enumerate(found) if any(each.code == "self-crossing" for each in of_one)}
    invalid = set(np.flatnonzero(first != "Valid Geometry").tolist())
    listed = sum(len(of_one) for of_one in found)
    say(
        f"{count:7,} areas: {ours:.2f} s for {listed:,} problems; the first of each invalid area alone: {library:.2f} s"
    )
    return ours_invalid == invalid


def main() -> None:
    """Measure, compare, and exit with 1 where an answer differs."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        agree = bench_formats(count, Path(folder))
    for size in (1_000, 10_000, 100_000):
        agree &= bench_problems(size)
    say("answers agree" if agree else "ANSWERS DIFFER")
    sys.exit(0 if agree else 1)


if __name__ == "__main__":
    main()
