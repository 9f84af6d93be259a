"""Fifty people at once on the example district: how long a page takes, and whether anything fails.

Most read the public pages as people do, with a pause between two pages; some try lines against the verdict as they
draw. The service runs as `make run` starts it, on the embedded database, in a process of its own.

Run: python tests/bench/bench_load.py [SECONDS]
"""

import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import httpx2

READERS, DRAWERS = 45, 5
PAUSE_S = (1.0, 4.0)
LIMIT_MS = 300.0
SECONDS = 300
PAGES = (
    "/", "/areas", "/areas.geojson", "/plans", "/referendums", "/groups", "/consultations", "/search.json?q=Alder",
    "/here?place=358350,277700", "/about",
)  # fmt: skip
OK = 200


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """Start the service on a new example district and wait until it answers."""
    program = Path(sys.executable).with_name("folkmoot")
    given = {"FOLKMOOT_DATA_FOLDER": str(folder), "FOLKMOOT_PORT": str(port), "FOLKMOOT_HOST": "127.0.0.1"}
    server = subprocess.Popen(
        [str(program), "serve", "--with-example"],
        env={**os.environ, **given},
        stdout=subprocess.DEVNULL,
        stderr=(folder / "log").open("wb"),
    )
    for _ in range(600):
        try:
            if httpx2.get(f"http://127.0.0.1:{port}/healthz", timeout=2).status_code == OK:
                return server
        except httpx2.TransportError:
            time.sleep(0.2)
    server.kill()
    sys.exit("The service did not start within two minutes.")


def addresses(client: httpx2.Client) -> list[str]:
    """Return the public pages that people read: the lists, and every area, plan and referendum of the example."""
    found = list(PAGES)
    for kind in ("areas", "plans", "referendums"):
        rows = client.get(f"/api/v1/{kind}").json()
        rows = rows.get("items", rows) if isinstance(rows, dict) else rows
        found += [f"/{kind}/{row['reference']}" for row in rows]
    return found


class Crowd:
    """Everybody who is on the service at once, and how long each answer took."""

    def __init__(self, base: str, pages: list[str], line: dict) -> None:
        self.base, self.pages, self.line = base, pages, line
        self.took_ms: dict[str, list[float]] = defaultdict(list)
        self.failures: list[str] = []

    async def ask(self, client: httpx2.AsyncClient, what: str, method: str, path: str, **more) -> None:
        began = time.perf_counter()
        try:
            answer = await client.request(method, path, **more)
        except httpx2.TransportError as problem:
            self.failures.append(f"{path}: {problem!r}")
            return
        self.took_ms[what].append((time.perf_counter() - began) * 1000)
        if answer.status_code != OK:
            self.failures.append(f"{path}: {answer.status_code}")

    async def read(self, dice: random.Random, until: float) -> None:
        async with httpx2.AsyncClient(
            base_url=self.base, timeout=30, headers={"Accept": "text/html"}, follow_redirects=True
        ) as client:
            await asyncio.sleep(dice.uniform(0, PAUSE_S[1]))
            while time.perf_counter() < until:
                path = dice.choice(self.pages)
                await self.ask(client, path.split("?")[0].strip("/").split("/")[0] or "home", "GET", path)
                await asyncio.sleep(dice.uniform(*PAUSE_S))

    async def draw(self, dice: random.Random, until: float) -> None:
        async with httpx2.AsyncClient(base_url=self.base, timeout=30) as client:
            while time.perf_counter() < until:
                moved = json.loads(json.dumps(self.line))
                ring = moved["coordinates"][0][0] if moved["type"] == "MultiPolygon" else moved["coordinates"][0]
                corner = dice.randrange(1, len(ring) - 1)
                ring[corner] = [value + dice.uniform(-1e-4, 1e-4) for value in ring[corner][:2]]
                await self.ask(client, "verdict", "POST", "/api/v1/drafts/verdict", json={"boundary": moved})
                await asyncio.sleep(dice.uniform(0.3, 1.0))

    async def come(self, seconds: float) -> None:
        until = time.perf_counter() + seconds
        people = [self.read(random.Random(number), until) for number in range(READERS)]
        people += [self.draw(random.Random(1000 + number), until) for number in range(DRAWERS)]
        await asyncio.gather(*people)


def percentile(values: list[float], share: float) -> float:
    """Return the value that a share of all values does not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def main() -> None:
    """Print median, 95th percentile and slowest by kind of page; exit 1 where one fails or the limit is passed."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="folkmoot-load-") as name:
        server = start(Path(name), port)
        try:
            base = f"http://127.0.0.1:{port}"
            with httpx2.Client(base_url=base, timeout=30) as client:
                pages = addresses(client)
                drawn = client.get("/areas.geojson").json()["features"][0]["geometry"]
            crowd = Crowd(base, pages, drawn)
            asyncio.run(crowd.come(seconds))
        finally:
            server.terminate()
            server.wait(20)
    every = [took for kind, values in crowd.took_ms.items() if kind != "verdict" for took in values]
    for kind, values in sorted(crowd.took_ms.items()):
        sys.stdout.write(
            f"load: {kind:<16}{len(values):>6} answers, median {percentile(values, 0.5):.0f} ms, "
            f"95th {percentile(values, 0.95):.0f} ms, slowest {max(values):.0f} ms\n"
        )
    slow = percentile(every, 0.95)
    sys.stdout.write(
        f"load: {READERS + DRAWERS} people for {seconds:.0f} s, {len(every):,} pages, 95th percentile {slow:.0f} ms "
        f"(limit {LIMIT_MS:.0f} ms), {len(crowd.failures)} failures\n"
    )
    for failure in crowd.failures[:10]:
        sys.stdout.write(f"load: failed: {failure}\n")
    if crowd.failures or slow > LIMIT_MS:
        sys.exit(1)


if __name__ == "__main__":
    main()
