"""What applies at a point among 10,000 instruments: how long one question takes, with answers against a naive scan.

On SpatiaLite, and on PostGIS where FOLKMOOT_TEST_POSTGIS_URL names a cluster. Usage: bench_here.py [INSTRUMENTS]
"""

import os
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import psycopg
import shapely
from fastapi.testclient import TestClient
from shapely import Point
from sqlalchemy import insert, select

from app.clock import FixedClock
from app.db import create_database_engine, reading, writing
from app.main import create_app
from app.migrate import migrate
from app.models import (
    AreaVersion,
    Boundary,
    BoundaryKind,
    DevelopmentDocument,
    DevelopmentPlanEntry,
    NeighbourhoodArea,
    Plan,
    PlanStep,
)
from app.queries.here import what_applies
from app.settings import Settings

AT = datetime(2026, 7, 2, 9, 30, tzinfo=UTC)
EAST, NORTH = 400_000, 200_000
AUTHORITY_M, LIMIT_S = 8_000, 0.05
QUESTIONS, ROUTE_QUESTIONS = 400, 100


def main() -> None:
    """Print times for each database; exit 1 where an answer differs from the scan's or a question takes 50 ms."""
    amount = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        databases = {"SpatiaLite": f"sqlite:///{folder}/folkmoot.sqlite"}
        cluster = os.environ.get("FOLKMOOT_TEST_POSTGIS_URL")
        if cluster:
            with psycopg.connect(cluster, autocommit=True) as connection:
                connection.execute("DROP DATABASE IF EXISTS bench_here WITH (FORCE)")
                connection.execute("CREATE DATABASE bench_here")
            address = cluster.rsplit("/", 1)[0].replace("postgresql://", "postgresql+psycopg://")
            databases["PostGIS"] = f"{address}/bench_here"
        sound = [_is_sound(name, url, amount, Path(folder)) for name, url in databases.items()]
    sys.exit(0 if all(sound) else 1)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


def _is_sound(name: str, url: str, amount: int, folder: Path) -> bool:
    engine = create_database_engine(url)
    migrate(engine)
    side_m = _lay_out(engine, amount)
    chance = np.random.default_rng(7)
    points = [Point(EAST + x, NORTH + y) for x, y in chance.uniform(0, side_m, (QUESTIONS, 2)).round(1)]
    days = [date(2012, 1, 1) + timedelta(days=int(each)) for each in chance.integers(0, 5_300, QUESTIONS)]
    scan = _Scan(engine)
    with reading(engine) as session:
        what_applies(session, points[0], days[0])
        session.expunge_all()
        taken, worked, scanned, found, wrong = [], [], 0.0, 0, 0
        for point, on in zip(points, days, strict=True):
            started, at_work = perf_counter(), process_time()
            here = what_applies(session, point, on)
            taken.append(perf_counter() - started)
            worked.append(process_time() - at_work)
            started = perf_counter()
            told = scan.references(point, on)
            scanned += perf_counter() - started
            answer = sorted(part.reference for part in [*here.plans, *here.orders])
            found, wrong = found + len(answer), wrong + (answer != told)
            session.expunge_all()
    engine.dispose()
    _say(f"{name}: {amount:,} instruments, {QUESTIONS} questions, {found / QUESTIONS:.1f} instruments an answer.")
    _say(f"  query: {_times(taken)}; {scanned / sum(taken):.0f} times as fast as a scan of what is in memory already.")
    _say(f"  of that this process itself, however busy the machine: {_times(worked)}.")
    routes = _routes(url, folder, points)
    for route, seconds in routes.items():
        _say(f"  {route}: {_times(seconds)}.")
    _say(f"  answers that differ from the scan's: {wrong}.")
    slow = [
        each for seconds in [taken, *routes.values()] for each in [float(np.quantile(seconds, 0.95))] if each > LIMIT_S
    ]
    return not wrong and not slow


def _times(seconds: list[float]) -> str:
    middle, late, most = (1000 * float(np.quantile(seconds, share)) for share in (0.5, 0.95, 1.0))
    return f"median {middle:.1f} ms, 95th percentile {late:.1f} ms, most {most:.1f} ms"


def _routes(url: str, folder: Path, points: list[Point]) -> dict[str, list[float]]:
    app = create_app(Settings(database_url=url, data_folder=folder), clock=FixedClock(AT))
    taken: dict[str, list[float]] = {"/api/v1/here": [], "/here": []}
    with TestClient(app) as client:
        for route, seconds in taken.items():
            for number, point in enumerate(points[: ROUTE_QUESTIONS + 5]):
                asked = (
                    {"easting": point.x, "northing": point.y} if "api" in route else {"point": f"{point.x},{point.y}"}
                )
                started = perf_counter()
                answer = client.get(route, params=asked)
                if number >= 5:
                    seconds.append(perf_counter() - started)
                answer.raise_for_status()
    app.state.folkmoot.engine.dispose()
    return taken


class _Scan:
    """Every row in memory, gone through one by one."""

    def __init__(self, engine) -> None:
        with reading(engine) as session:
            self._authorities = {
                row.code: row.geometry
                for row in session.scalars(select(Boundary).where(Boundary.kind == BoundaryKind.AUTHORITY.value))
            }
            entries = select(DevelopmentPlanEntry, Plan.reference).join(Plan)
            self._parts = [
                (
                    each.reference,
                    each.part_from,
                    each.part_until,
                    each.geometry or self._authorities[each.authority_code],
                )
                for each in session.scalars(select(DevelopmentDocument))
            ] + [
                (reference, each.part_from, each.part_until, each.geometry)
                for each, reference in session.execute(entries)
            ]

    def references(self, point: Point, on: date) -> list[str]:
        """Return the references of what is in force at a point on a day, in order."""
        return sorted(
            reference
            for reference, since, until, land in self._parts
            if since <= on and (until is None or until > on) and shapely.covers(land, point)
        )


def _blob(chance, east: float, north: float, radius_m: float, corners: int):
    """An outline that wavers around a circle."""
    angles = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    reach = radius_m * chance.uniform(0.7, 1.0, corners)
    outline = np.column_stack([east + reach * np.cos(angles), north + reach * np.sin(angles)]).round(2)
    return shapely.MultiPolygon([shapely.Polygon(outline)])


def _lay_out(engine, amount: int) -> float:
    """Store authorities side by side, parishes in them, and as many instruments; return the side of the land, metres.

    Half of the instruments are documents (one in four covers its whole authority), half neighbourhood plans and orders.
    """
    chance = np.random.default_rng(1)
    across = max(2, round((amount / 30) ** 0.5))
    side_m = across * AUTHORITY_M
    codes = [f"E07{number:06}" for number in range(across * across)]
    boundaries = [_boundary(BoundaryKind.AUTHORITY, code, _square(number, across)) for number, code in enumerate(codes)]
    places = chance.uniform(0, side_m, (amount, 2)) + np.array([EAST, NORTH])
    boundaries += [
        _boundary(BoundaryKind.PARISH, f"E04{number:06}", _blob(chance, *place, 700, 120))
        for number, place in enumerate(places)
    ]
    days = [date(2012, 1, 1) + timedelta(days=int(each)) for each in chance.integers(0, 5_000, amount)]
    ends = [day + timedelta(days=2_000) if number % 3 == 0 else None for number, day in enumerate(days)]
    half = amount // 2
    documents = [
        {
            "reference": f"DD-{number:06}",
            "authority_code": codes[number % len(codes)],
            "external_reference": f"{number}",
            "kind": "local-plan",
            "name": f"Local plan {number}",
            "adopted_by": "",
            "part_from": days[number],
            "part_until": ends[number],
            "ended_by": "superseded" if ends[number] else "",
            "address": "",
            "source": "laid out",
            "recorded_at": AT,
            "geometry": None if number % 4 == 0 else _blob(chance, *places[number], 4_000, 300),
        }
        for number in range(half)
    ]
    land = {number: _blob(chance, *places[number], 2_500, 300) for number in range(half, amount)}
    areas = [
        {"id": number, "reference": f"NA-{number:06}", "name": f"Area {number}", "status": "designated",
         "designated_on": date(2012, 1, 1), "is_business_area": False}
        for number in land
    ]  # fmt: skip
    versions = [
        {"area_id": number, "valid_from": date(2012, 1, 1), "reason": "laid out", "geometry": land[number]}
        for number in land
    ]
    plans = [
        {"id": number, "reference": f"NP-{number:06}", "instrument": "ndo" if number % 10 == 0 else "ndp",
         "title": f"Plan {number}", "area_id": number, "qualifying_body": "A body", "stage": "made", "course": "new"}
        for number in land
    ]  # fmt: skip
    steps = [{"plan_id": number, "to_stage": "made", "on_date": days[number], "note": ""} for number in land]
    entries = [
        {"plan_id": number, "authority_code": codes[number % len(codes)], "basis": "RESULT-6",
         "part_from": days[number], "part_until": ends[number], "made_on": days[number], "geometry": land[number]}
        for number in land
    ]  # fmt: skip
    rows = ((Boundary, boundaries), (DevelopmentDocument, documents), (NeighbourhoodArea, areas),
            (AreaVersion, versions), (Plan, plans), (PlanStep, steps), (DevelopmentPlanEntry, entries))  # fmt: skip
    with writing(engine) as session:
        for model, each in rows:
            session.execute(insert(model), each)
    return side_m


def _square(number: int, across: int):
    west, south = EAST + number % across * AUTHORITY_M, NORTH + number // across * AUTHORITY_M
    ring = shapely.segmentize(shapely.box(west, south, west + AUTHORITY_M, south + AUTHORITY_M), 4)
    return shapely.MultiPolygon([ring])


def _boundary(kind: BoundaryKind, code: str, land) -> dict[str, object]:
    return {
        "kind": kind.value, "authority_code": "", "code": code, "name": code, "valid_from": date(2010, 1, 1),
        "source": "laid out", "imported_at": AT, "geometry": land,
    }  # fmt: skip


if __name__ == "__main__":
    main()
