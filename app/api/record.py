"""The audit record, to be verified by anyone."""

from typing import Any

from fastapi import APIRouter

from app.audit import verify
from app.auth import ANYONE
from app.checkpoints import checkpoint
from app.routing import Route
from app.secrets import checkpoint_secret
from app.state import CurrentState, Reading

router = APIRouter(route_class=Route, tags=["record"], dependencies=[ANYONE])


@router.get("/record/checkpoint", summary="A signed checkpoint of the audit record, now")
def checkpoint_now(session: Reading, state: CurrentState) -> dict[str, Any]:
    """Return how long the record is and how it ends, signed, for anyone to keep (`folkmoot.checkpoint/1`)."""
    return checkpoint(session, checkpoint_secret(state.settings), at=state.clock.now())


@router.get("/record/verification", summary="Is the audit record as it was written?")
def verify_record(session: Reading) -> dict[str, Any]:
    """Verify the chain of the whole record and return every fault found."""
    return verify(session).document()
