"""Try every route with far more of what its description allows and forbids than the tests have time for."""

import os
import sys

import pytest

EXAMPLES = "100"


def main() -> int:
    """Run the test of all routes with a hundred examples of each kind, and return how it ended."""
    os.environ["FOLKMOOT_FUZZ_EXAMPLES"] = EXAMPLES
    return int(pytest.main(["tests/app/test_api_fuzz.py", "-q", "--show-capture=no"]))


if __name__ == "__main__":
    sys.exit(main())
