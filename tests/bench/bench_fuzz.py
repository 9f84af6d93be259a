"""Damaged files, many more than the suite tries: nothing but one sentence, or a layer.

Run: python tests/bench/bench_fuzz.py [INPUTS_PER_FORMAT]

Runs the suite's own test with ten thousand inputs for each of the nine formats, and ends with its exit status.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Run the damaged-file test at length."""
    inputs = sys.argv[1] if len(sys.argv) > 1 else "10000"
    command = [sys.executable, "-X", "faulthandler", "-m", "pytest", "tests/geo/reading/test_fuzz.py", "--durations=9"]
    finished = subprocess.run(command, cwd=ROOT, env={**os.environ, "FOLKMOOT_FUZZ_INPUTS": inputs}, check=False)
    sys.exit(finished.returncode)


if __name__ == "__main__":
    main()
