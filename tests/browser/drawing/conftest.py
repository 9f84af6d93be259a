"""People who draw, in real browsers, on a service of their own with the example district and its accounts."""

import shutil
import socket
import threading
import time
from datetime import timedelta

import pytest
import uvicorn

from app.clock import Clock
from app.db import create_database_engine, writing
from app.main import create_app
from app.secrets import service_secret
from app.services.example import load_example
from app.services.example_people import example_password, load_people
from app.settings import Settings


class RunningClock(Clock):
    """The story's day, running on from when the service was started."""

    def __init__(self, at):
        self.at, self.since = at, time.monotonic()

    def now(self):
        return self.at + timedelta(seconds=time.monotonic() - self.since)


@pytest.fixture(scope="session")
def drawing_service(tmp_path_factory, spatialite_template):
    """The address of the service, and the password of each account."""
    from datetime import UTC, datetime  # noqa: PLC0415 - beside its one use

    folder = tmp_path_factory.mktemp("drawing")
    shutil.copyfile(spatialite_template, folder / "folkmoot.sqlite")
    settings = Settings(data_folder=folder)
    secret = service_secret(settings)
    engine = create_database_engine(settings.resolved_database_url)
    with writing(engine) as session:
        load_example(session, address_secret=b"a secret for the browser's tests")
        load_people(session, service_secret=secret)
    engine.dispose()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(settings, clock=RunningClock(datetime(2026, 11, 21, 9, 30, tzinfo=UTC)))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}", lambda name: example_password(secret, name)
    server.should_exit = True
    thread.join(10)
    app.state.folkmoot.engine.dispose()
