"""What a running service holds, and how a request reaches it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine

from app.clock import Clock
from app.db import ReadSession, WriteSession, reading, writing
from app.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One running service: its settings, its database and its clock."""

    settings: Settings
    engine: Engine
    clock: Clock


def state_of(request: Request) -> State:
    """Return the running service a request came to."""
    state: State = request.app.state.folkmoot
    return state


CurrentState = Annotated[State, Depends(state_of)]


def _read_session(state: CurrentState) -> Iterator[ReadSession]:
    with reading(state.engine) as session:
        yield session


def _write_session(request: Request, state: CurrentState) -> Iterator[WriteSession]:
    with writing(state.engine) as session:
        request.state.write_session = session
        yield session


# scope="function": the transaction ends before the answer goes out, so that a failed commit is not reported as done.
Reading = Annotated[ReadSession, Depends(_read_session, scope="function")]
Writing = Annotated[WriteSession, Depends(_write_session, scope="function")]
