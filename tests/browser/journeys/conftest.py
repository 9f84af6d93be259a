"""Whoever plays a role from its first click to its last, each on a copy of the example district with its people."""

import shutil

import pytest

from app.settings import Settings


@pytest.fixture
def journey(example_folder, tmp_path, served):
    """People who click in the example district, on a service that no other test shares: the class Walk."""
    folder = shutil.copytree(example_folder, tmp_path / "service")
    with served(Settings(data_folder=folder)) as walk:
        yield walk
