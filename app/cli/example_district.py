"""The invented district in the record: loading it where there is nothing yet, and telling what is there."""

import shutil
import sys
from pathlib import Path

from sqlalchemy import Engine, func, select

from app.db import reading, writing
from app.document_store import document_store
from app.errors import NotAllowedError
from app.models import Boundary, NeighbourhoodArea, Referendum, RegisterEntry
from app.secrets import address_secret, service_secret
from app.services.example import is_empty, load_example
from app.services.example_people import (
    ExampleAccount,
    has_example_accounts,
    load_people,
    stored_example_accounts,
)
from app.settings import Settings


def load_if_empty(settings: Settings, engine: Engine) -> bool:
    """Load the example where the record is empty, and say whether it was loaded.

    Raises:
        NotAllowedError: the service runs in production mode.
    """
    with writing(engine) as session:
        if not is_empty(session):
            return False
        if settings.mode == "production":
            raise NotAllowedError("The example district is never loaded in production mode (FOLKMOOT_MODE).")
        load_example(session, address_secret=address_secret(settings), store=document_store(settings))
        load_people(session, service_secret=service_secret(settings))
        return True


def account_of(settings: Settings, engine: Engine) -> str:
    """Return a short account of what the record holds and what to open first."""
    with reading(engine) as session:
        boundaries, areas, entries = (
            session.scalar(select(func.count()).select_from(table))
            for table in (Boundary, NeighbourhoodArea, RegisterEntry)
        )
        polls = session.scalars(select(Referendum).order_by(Referendum.poll_date)).all()
        people = stored_example_accounts(session, service_secret(settings))
        coming = next((poll.reference for poll in polls if poll.declaration is None), None)
    home = f"http://{settings.host}:{settings.port}"
    next_poll = f", {home}/referendums/{coming} for the next poll" if coming else ""
    return (
        f"Folkmoot holds {boundaries} official boundaries, {areas} neighbourhood areas, {len(polls)} referendums and "
        f"a register of {entries} entries.\n"
        f"Open {home} for the map of all areas{next_poll}.\n"
        f"{_sign_ins(home, people)}"
        f"The API is described at {home}/api/v1/openapi.json. Stop with Ctrl+C."
    )


def _sign_ins(home: str, people: list[ExampleAccount]) -> str:
    """Return how to sign in as each person of the example; empty where the record has none."""
    if not people:
        return ""
    rows = "".join(f"  {each.name:<28}{each.password}\n" for each in people)
    return (
        f"Sign in at {home}/sign-in with one of these example accounts and passwords:\n{rows}"
        f"Those who count votes are asked for a code as well: {_program()} user code NAME prints it.\n"
    )


def _program() -> str:
    """Return how this program is called from the present folder."""
    called = Path(sys.argv[0])
    if shutil.which(called.name) == str(called):
        return called.name
    return str(called.relative_to(Path.cwd()) if called.is_relative_to(Path.cwd()) else called)


def refuse_example_accounts(settings: Settings, engine: Engine) -> None:
    """Refuse to serve in production with accounts whose passwords were printed.

    Raises:
        NotAllowedError: there are any.
    """
    with reading(engine) as session:
        if settings.mode == "production" and has_example_accounts(session):
            raise NotAllowedError(
                "This record holds the example's accounts, whose passwords were printed: use a fresh database in "
                "production mode (FOLKMOOT_MODE)."
            )
