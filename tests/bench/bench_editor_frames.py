"""Frames a second of the boundary editor while the map is panned, on an England of 10,000 invented parishes.

The service runs in a process of its own; Chromium counts its frames by requestAnimationFrame while the map is dragged
to and fro at three scales. Printed besides: the longest time between two frames, and what was asked of the service.

Run: python tests/bench/bench_editor_frames.py
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import shapely
from playwright.sync_api import Page, sync_playwright

from app.db import create_database_engine, writing
from app.migrate import migrate
from app.models import AreaStatus, AreaVersion, Boundary, BoundaryKind, NeighbourhoodArea

SIDE = 100
"""Parishes along each side of the country."""
CELL_M = 3_600
POINTS_BETWEEN = 30
WEST, SOUTH = 150_000, 100_000
FROM = date(2015, 4, 1)
LEAST_FPS = 30.0
SCALES = {"a county (100 m a pixel)": 5.35, "a district (25 m a pixel)": 7.35, "a parish (5 m a pixel)": 9.7}
PAN_SECONDS = 4

COUNT_FRAMES = """async ([seconds]) => {
  const map = document.getElementById('map')
  const box = map.getBoundingClientRect()
  const at = (x, y, kind, buttons) => {
    const where = { clientX: x, clientY: y, screenX: x, screenY: y, button: 0, buttons, bubbles: true, cancelable: true,
      view: window }
    const target = map.querySelector(".leaflet-pane")
    target.dispatchEvent(new MouseEvent(kind, where))
  }
  const [cx, cy] = [box.left + box.width / 2, box.top + box.height / 2]
  const gaps = []
  const end = performance.now() + seconds * 1000
  let before = performance.now()
  let step = 0
  let down = false
  await new Promise((resolve) => {
    const frame = (now) => {
      gaps.push(now - before)
      before = now
      const turn = step % 45
      if (turn === 0 && down) { at(cx + 264, cy + 88, 'mouseup', 0); down = false }
      if (turn === 0) { at(cx, cy, 'mousedown', 1); down = true }
      const way = Math.floor(step / 45) % 4
      const [dx, dy] = [[1, 0], [0, 1], [-1, 0], [0, -1]][way]
      at(cx + dx * turn * 9, cy + dy * turn * 6, 'mousemove', 1)
      step += 1
      if (now < end) requestAnimationFrame(frame)
      else { if (down) at(cx, cy, 'mouseup', 0); resolve() }
    }
    requestAnimationFrame(frame)
  })
  gaps.shift()
  const total = gaps.reduce((sum, gap) => sum + gap, 0)
  const late = gaps.filter((gap) => gap > 50).length
  return { fps: gaps.length * 1000 / total, longest: Math.max(...gaps), late, frames: gaps.length }
}"""


def say(words: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def edges(rng: np.random.Generator) -> dict[tuple[str, int, int], np.ndarray]:
    """Return every shared edge of the squares of the country, each bent its own way; ends stay in place."""
    share = np.linspace(0, 1, POINTS_BETWEEN + 2)
    found = {}
    for x in range(SIDE + 1):
        for y in range(SIDE + 1):
            for kind, (dx, dy) in {"east": (1, 0), "north": (0, 1)}.items():
                bend = np.cumsum(rng.normal(0, 25, share.size))
                bend -= bend[0] + (bend[-1] - bend[0]) * share
                along = np.column_stack([(x + dx * share) * CELL_M + WEST, (y + dy * share) * CELL_M + SOUTH])
                along[:, 0] += dy * bend
                along[:, 1] += dx * bend
                found[kind, x, y] = np.round(along, 1)
    return found


def parishes() -> list[tuple[str, shapely.MultiPolygon]]:
    """Return the country's parishes, which meet exactly along their edges: some 124 corners each."""
    sides = edges(np.random.default_rng(27700))
    made = []
    for x in range(SIDE):
        for y in range(SIDE):
            south, north = sides["east", x, y], sides["east", x, y + 1]
            west, east = sides["north", x, y], sides["north", x + 1, y]
            ring = np.vstack([south[:-1], east[:-1], north[::-1][:-1], west[::-1]])
            made.append((f"E04{x:03}{y:03}", shapely.MultiPolygon([shapely.Polygon(ring)])))
    return made


def fill(folder: Path) -> None:
    """Store the country: parishes, an authority for each hundred, an area for one parish in four."""
    engine = create_database_engine(f"sqlite:///{folder / 'folkmoot.sqlite'}")
    migrate(engine)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    facts = {"valid_from": FROM, "source": "invented for a measurement", "imported_at": at}
    lands = parishes()
    with writing(engine) as session:
        for number, (code, land) in enumerate(lands):
            row = Boundary(kind=BoundaryKind.PARISH.value, code=code, name=f"Parish {code[3:]}", has_council=True)
            row.geometry = land
            for name, value in facts.items():
                setattr(row, name, value)
            session.add(row)
            if number % 4 == 0:
                area = NeighbourhoodArea(
                    reference=f"NA-{number:06}", name=f"Area {code[3:]}", status=AreaStatus.DESIGNATED.value
                )
                area.designated_on = FROM
                area.versions.append(AreaVersion(valid_from=FROM, reason="designated", geometry=land))
                session.add(area)
        for block in range(SIDE):
            column, row_ = divmod(block, 10)
            inside = [
                lands[x * SIDE + y][1]
                for x in range(column * 10, column * 10 + 10)
                for y in range(row_ * 10, row_ * 10 + 10)
            ]
            whole = shapely.coverage_union_all(inside)
            authority = Boundary(kind=BoundaryKind.AUTHORITY.value, code=f"E07{block:06}", name=f"District {block}")
            authority.is_relevant_council = True
            authority.geometry = whole if whole.geom_type == "MultiPolygon" else shapely.MultiPolygon([whole])
            for name, value in facts.items():
                setattr(authority, name, value)
            session.add(authority)
    engine.dispose()


def served(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start the service on the country and wait until it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    given = {"FOLKMOOT_DATA_FOLDER": str(folder), "FOLKMOOT_PORT": str(port), "FOLKMOOT_HOST": "127.0.0.1"}
    program = Path(sys.executable).with_name("folkmoot")
    server = subprocess.Popen(
        [str(program), "serve"],
        env={**os.environ, **given},
        stdout=subprocess.DEVNULL,
        stderr=(folder / "log").open("wb"),
    )
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server, f"http://127.0.0.1:{port}"
        time.sleep(0.2)
    server.kill()
    sys.exit("The service did not start within a minute.")


def measured(page: Page, zoom: float) -> dict[str, float]:
    """Pan the map at a scale and return the frames a second, the longest gap, and what the windows asked for."""
    asked: list[tuple[float, int]] = []

    def heard(response) -> None:
        if "/drafts/layers/" in response.url:
            asked.append((response.request.timing["responseEnd"], int(response.headers.get("content-length", 0))))
            if response.status >= 400:
                say(f"   refused: {response.url} {response.text()}")

    page.on("response", heard)
    page.evaluate(
        "([zoom, e, n]) => { document.getElementById('map').map.setView([n, e], zoom, { animate: false }) }",
        [zoom, WEST + SIDE * CELL_M / 2, SOUTH + SIDE * CELL_M / 2],
    )
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1_500)
    first = list(asked)
    result = page.evaluate(COUNT_FRAMES, [PAN_SECONDS])
    page.wait_for_timeout(1_000)
    page.remove_listener("response", heard)
    return {**result, "first_kb": sum(size for _, size in first) / 1000, "windows": len(asked)}


def main() -> int:
    """Measure at each scale; exit status 1 where the map falls below 30 frames a second."""
    folder = Path(tempfile.mkdtemp(prefix="folkmoot-frames-"))
    began = time.perf_counter()
    fill(folder)
    say(f"{SIDE * SIDE:,} parishes stored in {time.perf_counter() - began:.0f} s")
    server, base = served(folder)
    slow = False
    try:
        with sync_playwright() as playwright:
            program = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.on("pageerror", lambda error: say(f"   page error: {error}"))
            page.goto(base + "/apply/draw?parish=E04050050")
            page.wait_for_selector("#editor[data-ready]", timeout=20_000)
            for name, zoom in SCALES.items():
                found = measured(page, zoom)
                slow = slow or found["fps"] < LEAST_FPS
                say(
                    f"{name}: {found['fps']:.0f} frames a second, longest gap {found['longest']:.0f} ms, "
                    f"{found['late']} of {found['frames']} later than 50 ms; "
                    f"first window {found['first_kb']:,.0f} kB, {found['windows']} questions"
                )
            browser.close()
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
