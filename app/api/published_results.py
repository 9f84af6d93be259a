"""Past declarations as councils published them, with what does not add up shown beside them."""

from typing import Any

from fastapi import APIRouter

from app.api.pages import AskedPage
from app.auth import ANYONE
from app.queries.published_results import published_declarations
from app.routing import Route
from app.state import Reading
from referendum.published_results import PublishedStatus

router = APIRouter(route_class=Route, tags=["published results"])


@router.get("/published-results", summary="Past declarations as published", dependencies=[ANYONE])
def list_published_results(session: Reading, page: AskedPage, status: PublishedStatus | None = None) -> dict[str, Any]:
    """Return every past declaration that was imported, the latest poll first: figures as published, never corrected."""
    wanted = None if status is None else status.value
    shown = page.cut(
        lambda part: published_declarations(session, status=wanted, part=part),
        lambda row: (row.poll_date.isoformat(), row.id),
    )
    return {
        "schema": "folkmoot.published-results/1",
        "results": [row.document | {"file": row.file} for row in shown],
    }
