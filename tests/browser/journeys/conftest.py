"""Whoever plays a role from its first click to its last, each on a copy of the example district with its people."""

import shutil

import pytest

from app.db import create_database_engine, writing
from app.document_store import document_store
from app.secrets import service_secret
from app.services.example import load_example
from app.services.example_people import load_people
from app.settings import Settings


@pytest.fixture(scope="session")
def example_folder(tmp_path_factory, spatialite_template):
    """The data folder of a service on the example district, with its documents, its keys and its people."""
    folder = tmp_path_factory.mktemp("journeys")
    shutil.copyfile(spatialite_template, folder / "folkmoot.sqlite")
    settings = Settings(data_folder=folder)
    engine = create_database_engine(settings.resolved_database_url)
    with writing(engine) as session:
        load_example(session, address_secret=b"a secret for the browser's tests", store=document_store(settings))
        load_people(session, service_secret=service_secret(settings))
    engine.dispose()
    return folder


@pytest.fixture
def journey(example_folder, tmp_path, served):
    """People who click in the example district, on a service that no other test shares: the class Walk."""
    folder = shutil.copytree(example_folder, tmp_path / "service")
    with served(Settings(data_folder=folder)) as walk:
        yield walk
