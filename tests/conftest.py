"""What every test may ask for."""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine

from app.db import create_database_engine
from app.migrate import migrate

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real open data, named by FOLKMOOT_REAL_DATA; the test is skipped where it is absent."""
    folder = Path(os.environ.get("FOLKMOOT_REAL_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("the real data folder is absent")
    return folder


@pytest.fixture(scope="session")
def spatialite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An embedded database at the newest schema, to be copied."""
    path = tmp_path_factory.mktemp("template") / "folkmoot.sqlite"
    engine = create_database_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgis_template() -> Iterator[tuple[str, str]]:
    """The address of a PostGIS cluster and the name of a database in it at the newest schema."""
    url = os.environ.get("FOLKMOOT_TEST_POSTGIS_URL")
    if not url:
        pytest.skip("no PostGIS given (FOLKMOOT_TEST_POSTGIS_URL)")
    name = f"template_{uuid.uuid4().hex[:12]}"
    _in_cluster(url, f"CREATE DATABASE {name}")
    engine = create_database_engine(_database_url(url, name))
    migrate(engine)
    engine.dispose()
    yield url, name
    _in_cluster(url, f"DROP DATABASE {name}")


def _database_url(cluster_url: str, name: str) -> str:
    return cluster_url.rsplit("/", 1)[0].replace("postgresql://", "postgresql+psycopg://") + f"/{name}"


def _in_cluster(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture(params=["spatialite", pytest.param("postgis", marks=pytest.mark.database)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database at the newest schema, once for each kind of database."""
    if request.param == "spatialite":
        template: Path = request.getfixturevalue("spatialite_template")
        shutil.copyfile(template, tmp_path / "folkmoot.sqlite")
        yield f"sqlite:///{tmp_path / 'folkmoot.sqlite'}"
        return
    url, template_name = request.getfixturevalue("postgis_template")
    name = f"test_{uuid.uuid4().hex[:12]}"
    _in_cluster(url, f"CREATE DATABASE {name} TEMPLATE {template_name}")
    yield _database_url(url, name)
    _in_cluster(url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on an empty database at the newest schema."""
    engine = create_database_engine(database_url)
    yield engine
    engine.dispose()
