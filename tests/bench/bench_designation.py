"""Eight officers at once, 100,000 random operations on areas: how fast, and never two that overlap.

Half on each database where PostGIS is given, otherwise all on SpatiaLite. Usage: bench_designation.py [OPERATIONS]
"""

import os
import sys
import tempfile
from time import perf_counter

import officers
import psycopg
import shapely

from app.db import create_database_engine
from app.migrate import migrate

# At this many operations to a square kilometre about a third of the designations meet a current area.
OPERATIONS_TO_KM2 = 60


def main() -> None:
    """Print operations a second on each database; exit 1 where any two areas overlapped or the tables differ."""
    amount = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        databases = {"SpatiaLite": f"sqlite:///{folder}/folkmoot.sqlite"}
        cluster = os.environ.get("FOLKMOOT_TEST_POSTGIS_URL")
        if cluster:
            with psycopg.connect(cluster, autocommit=True) as connection:
                connection.execute("DROP DATABASE IF EXISTS bench_designation WITH (FORCE)")
                connection.execute("CREATE DATABASE bench_designation")
            address = cluster.rsplit("/", 1)[0].replace("postgresql://", "postgresql+psycopg://")
            databases["PostGIS"] = f"{address}/bench_designation"
        sound = [_is_sound(name, url, amount // len(databases)) for name, url in databases.items()]
    sys.exit(0 if all(sound) else 1)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


def _is_sound(name: str, url: str, amount: int) -> bool:
    engine = create_database_engine(url)
    migrate(engine)
    size_m = max(4_000, int(1000 * (amount / OPERATIONS_TO_KM2) ** 0.5))
    officers.lay_out(engine, size_m)
    started = perf_counter()
    outcomes = officers.at_work(engine, amount, size_m=size_m)
    seconds = perf_counter() - started
    done = sum(count for (_, outcome), count in outcomes.items() if outcome == "done")
    _say(f"{name}: {amount:,} operations in {seconds:,.0f} s ({amount / seconds:,.0f} a second), {done:,} done,")
    _say(f"  {amount - done:,} refused.")
    found, standing = officers.overlaps_in_history(engine)
    in_tables, faults = officers.overlaps_in_tables(engine), officers.faults(engine)
    replayed = {reference: shapely.to_wkb(line) for reference, line in standing.items()}
    is_same = replayed == officers.current_lines(engine)
    engine.dispose()
    _say(f"  {len(standing):,} areas stand; overlaps in the history {len(found)}, in the tables {len(in_tables)};")
    _say(f"  differences between tables and record {len(faults)}; replayed to the same bytes: {is_same}.")
    return not found and not in_tables and not faults and is_same


if __name__ == "__main__":
    main()
