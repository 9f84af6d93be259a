"""Points to areas, and areas against areas, as other engines do it: PostGIS where a cluster is given, or SedonaDB.

Each takes areas and points (EPSG:27700) and returns how long its query took, loading not counted, and the place of the
first area of each point; None where it cannot be had.
"""

import io
import os
from importlib.util import find_spec
from time import perf_counter

import geopandas as gpd
import numpy as np
import shapely

from geo.assign import OUTSIDE

RUNS = 7

Answer = tuple[float, np.ndarray] | None


def first_of(point: np.ndarray, area: np.ndarray, areas: int, points: int) -> np.ndarray:
    """The first area of each point from pairs of both, or OUTSIDE."""
    first = np.full(points, areas)
    np.minimum.at(first, point, area)
    return np.where(first == areas, OUTSIDE, first)


def by_postgis(areas: list, x: np.ndarray, y: np.ndarray) -> Answer:
    """Return what a join on ST_Intersects answers, areas under GiST, on one worker."""
    url = os.environ.get("FOLKMOOT_TEST_POSTGIS_URL")
    if url is None or find_spec("psycopg") is None:
        return None
    import psycopg  # noqa: PLC0415 - only where there is a cluster to ask

    with psycopg.connect(url) as connection, connection.cursor() as ask:
        ask.execute("CREATE EXTENSION IF NOT EXISTS postgis; SET max_parallel_workers_per_gather = 0")
        ask.execute(
            "CREATE TEMP TABLE rough (i int, x float8, y float8); CREATE TEMP TABLE area (a int, shape geometry)"
        )
        with ask.copy("COPY rough FROM STDIN") as copy:
            text = io.StringIO()
            np.savetxt(text, np.column_stack([np.arange(len(x)), x, y]), fmt=("%d", "%.17g", "%.17g"), delimiter="\t")
            copy.write(text.getvalue())
        ask.executemany(
            "INSERT INTO area VALUES (%s, ST_GeomFromWKB(%s, 27700))", list(enumerate(shapely.to_wkb(list(areas))))
        )
        ask.execute("CREATE TEMP TABLE point AS SELECT i, ST_SetSRID(ST_MakePoint(x, y), 27700) AS place FROM rough")
        ask.execute("CREATE INDEX ON area USING gist (shape); ANALYZE area; ANALYZE point")
        start = perf_counter()
        ask.execute("SELECT i, a FROM point JOIN area ON ST_Intersects(shape, place)")
        seconds = perf_counter() - start
        pairs = np.array(ask.fetchall(), dtype=np.int64).reshape(-1, 2)
        connection.rollback()
    return seconds, first_of(pairs[:, 0], pairs[:, 1], len(areas), len(x))


def by_sedona(areas: list, x: np.ndarray, y: np.ndarray) -> Answer:
    """Return what SedonaDB's spatial join answers, on one thread of its engine."""
    if find_spec("sedonadb") is None:
        return None
    import pyarrow  # noqa: ICN001, PLC0415
    import sedonadb  # noqa: PLC0415 - only where it is installed

    engine = sedonadb.connect()
    engine.sql("SET datafusion.execution.target_partitions = 1").execute()
    points = gpd.GeoDataFrame({"i": np.arange(len(x))}, geometry=gpd.points_from_xy(x, y, crs=27700))
    shapes = gpd.GeoDataFrame({"a": np.arange(len(areas))}, geometry=gpd.GeoSeries(list(areas), crs=27700))
    engine.create_data_frame(points).to_memtable().to_view("point")
    engine.create_data_frame(shapes).to_memtable().to_view("area")
    start = perf_counter()
    found = engine.sql("SELECT i, a FROM point JOIN area ON ST_Intersects(area.geometry, point.geometry)")
    table = pyarrow.table(found.to_memtable())
    seconds = perf_counter() - start
    return seconds, first_of(table["i"].to_numpy(), table["a"].to_numpy(), len(areas), len(x))


def overlaps_by_postgis(area: object, places: list[tuple[str, object]]) -> tuple[float, dict[str, float]] | None:
    """Return how long PostGIS takes over one area against many, and the land shared with each; None without a cluster.

    The best of some runs, the areas loaded and under GiST.
    """
    url = os.environ.get("FOLKMOOT_TEST_POSTGIS_URL")
    if url is None or find_spec("psycopg") is None:
        return None
    import psycopg  # noqa: PLC0415 - only where there is a cluster to ask

    with psycopg.connect(url) as connection, connection.cursor() as ask:
        _load_areas(ask, places)
        query = (
            "SELECT r, ST_Area(ST_Intersection(shape, g)) FROM area, (SELECT ST_GeomFromWKB(%s, 27700) AS g) AS drawn "
            "WHERE ST_Intersects(shape, g)"
        )
        taken = []
        for _ in range(RUNS):
            start = perf_counter()
            rows = ask.execute(query, [shapely.to_wkb(area)]).fetchall()
            taken.append(perf_counter() - start)
        connection.rollback()
    return min(taken), {reference: size for reference, size in rows if size > 0}


def pairs_by_postgis(areas: list) -> tuple[float, dict[tuple[int, int], float]] | None:
    """Return how long PostGIS takes over all overlaps within a layer, and their sizes by the areas' numbers."""
    url = os.environ.get("FOLKMOOT_TEST_POSTGIS_URL")
    if url is None or find_spec("psycopg") is None:
        return None
    import psycopg  # noqa: PLC0415 - only where there is a cluster to ask

    with psycopg.connect(url) as connection, connection.cursor() as ask:
        _load_areas(ask, list(enumerate(areas)))
        start = perf_counter()
        rows = ask.execute(
            "SELECT a.r::int, b.r::int, ST_Area(ST_Intersection(a.shape, b.shape)) FROM area AS a JOIN area AS b "
            "ON a.r::int < b.r::int AND ST_Intersects(a.shape, b.shape)"
        ).fetchall()
        taken = perf_counter() - start
        connection.rollback()
    return taken, {(one, other): size for one, other, size in rows if size > 0}


def _load_areas(ask: object, places: list) -> None:
    ask.execute("CREATE EXTENSION IF NOT EXISTS postgis; SET max_parallel_workers_per_gather = 0")
    ask.execute("CREATE TEMP TABLE area (r text, shape geometry)")
    shapes = shapely.to_wkb([shape for _, shape in places])
    rows = [(str(reference), shape) for (reference, _), shape in zip(places, shapes, strict=True)]
    ask.executemany("INSERT INTO area VALUES (%s, ST_GeomFromWKB(%s, 27700))", rows)
    ask.execute("CREATE INDEX ON area USING gist (shape); ANALYZE area")
