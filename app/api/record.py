"""The audit record, to be read and verified by anyone."""

from typing import Any

from fastapi import APIRouter

from app.audit import chain_faults, documents
from app.state import Reading

router = APIRouter(tags=["record"])


@router.get("/record/verification", summary="Is the audit record as it was written?")
def verify(session: Reading) -> dict[str, Any]:
    """Verify the chain of the whole record and return every fault found."""
    events = 0

    def counted() -> Any:  # noqa: ANN401 - a generator of documents
        nonlocal events
        for document in documents(session):
            events += 1
            yield document

    faults = [{"seq": fault.seq, "what": fault.what} for fault in chain_faults(counted())]
    return {"events": events, "ok": not faults, "faults": faults}
