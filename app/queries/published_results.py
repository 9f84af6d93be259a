"""Past declarations as published, to look at."""

from sqlalchemy import select

from app.db import ReadSession
from app.models import PublishedDeclaration


def published_declarations(session: ReadSession, *, status: str | None = None) -> list[PublishedDeclaration]:
    """Return the past declarations, the latest poll first; only those of one status where it is given."""
    statement = select(PublishedDeclaration)
    if status is not None:
        statement = statement.where(PublishedDeclaration.status == status)
    return list(session.scalars(statement.order_by(PublishedDeclaration.poll_date.desc(), PublishedDeclaration.id)))
