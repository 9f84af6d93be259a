"""What every test may ask for."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real open data, named by FOLKMOOT_REAL_DATA; the test is skipped where it is absent."""
    folder = Path(os.environ.get("FOLKMOOT_REAL_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("the real data folder is absent")
    return folder
