"""The outline of England: what it answers, and that many threads may ask at once."""

import subprocess
import sys

import numpy as np
import pytest

from geo.england import is_in_england, is_measurable

_MANY_AT_ONCE = """
import sys, threading
import numpy as np
import shapely
from geo.england import is_in_england
from geo.validity import problems

sys.setswitchinterval(1e-6)
points = np.full((50, 2), (400_100.0, 300_100.0))
area = shapely.box(400_000, 300_000, 406_000, 306_000)


def ask():
    ready.wait()
    for _ in range(4):
        assert is_in_england(points).all()
        assert not problems(area)


for _ in range(60):
    ready = threading.Barrier(8)
    threads = [threading.Thread(target=ask) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
print("whole")
"""


@pytest.mark.parametrize(
    ("point", "inside"),
    [
        pytest.param((530_000, 180_000), True, id="London"),
        pytest.param((90_000, 10_000), True, id="Isles of Scilly"),
        pytest.param((400_000, 652_000), True, id="Berwick"),
        pytest.param((250_000, 670_000), False, id="Glasgow"),
        pytest.param((0, 0), False, id="origin of the grid"),
        pytest.param((np.nan, 180_000), False, id="not a number"),
    ],
)
def test_a_point_lies_in_england(point, inside):
    assert is_in_england(np.array([point], dtype=float)).tolist() == [inside]


def test_what_cannot_be_measured():
    points = np.array([(1e8, 0), (1.1e8, 0), (np.inf, 0), (0, np.nan)], dtype=float)
    assert is_measurable(points).tolist() == [True, False, False, False]


def test_many_threads_may_ask_at_once():
    done = subprocess.run([sys.executable, "-c", _MANY_AT_ONCE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "whole"), done.stderr[-500:]
