"""The audit record, to be verified by anyone."""

from typing import Any

from fastapi import APIRouter

from app.audit import verify
from app.auth import ANYONE
from app.state import Reading

router = APIRouter(tags=["record"], dependencies=[ANYONE])


@router.get("/record/verification", summary="Is the audit record as it was written?")
def verify_record(session: Reading) -> dict[str, Any]:
    """Verify the chain of the whole record and return every fault found."""
    return verify(session).document()
