"""A process killed at any moment of its work leaves the database whole, and the work goes on."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.database

KILLS = 50
SCRIPT = Path(__file__).parents[1] / "bench" / "killing.py"


def test_fifty_kills_on_each_database_lose_nothing_and_break_nothing(engine, database_url):
    command = [sys.executable, str(SCRIPT), database_url, str(KILLS), "7"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=SCRIPT.parents[2])
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told["faults"] == []
    assert sum(told["killed"].values()) == KILLS
    assert min(told["killed"].values()) >= KILLS // 4
    assert min(told["done"].values()) > 0, told["done"]
