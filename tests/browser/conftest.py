"""A real browser on a real service that shows the example district."""

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Locator, sync_playwright

from app.clock import FixedClock
from app.db import create_database_engine, writing
from app.document_store import document_store
from app.main import create_app
from app.services.example import load_example
from app.settings import Settings

ROOT = Path(__file__).parent.parent.parent
AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def address(tmp_path_factory, spatialite_template) -> Iterator[str]:
    """The address of a service on the example district, as it stands on 21 November 2026."""
    folder = tmp_path_factory.mktemp("browser")
    shutil.copyfile(spatialite_template, folder / "folkmoot.sqlite")
    settings = Settings(data_folder=folder)
    engine = create_database_engine(settings.resolved_database_url)
    with writing(engine) as session:
        load_example(session, address_secret=b"a secret for the browser's tests", store=document_store(settings))
    engine.dispose()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(settings, clock=FixedClock(AT))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
    app.state.folkmoot.engine.dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.fail("Chromium is missing: run make test, or install it by hand.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def follow() -> Callable[[Locator], None]:
    """Clicks on what leads to another page, and waits until that one stands: what is asked next is asked of it."""

    def follow(leads: Locator) -> None:
        with leads.page.expect_event("domcontentloaded"):
            leads.click()

    return follow


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker, as the text of a script."""
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def pictures() -> Path:
    """The ignored folder of screenshots, to be looked at."""
    folder = ROOT / "screenshots"
    folder.mkdir(exist_ok=True)
    return folder
