"""Past declarations as published, to look at."""

from sqlalchemy import select

from app.db import ReadSession
from app.models import PublishedDeclaration
from app.queries.parts import Key, Part, day_of, number_of, part_of


def published_declarations(
    session: ReadSession, *, status: str | None = None, part: Part | None = None
) -> list[PublishedDeclaration]:
    """Return the past declarations or a part of them, the latest poll first; of one status where it is given."""
    statement = select(PublishedDeclaration)
    if status is not None:
        statement = statement.where(PublishedDeclaration.status == status)
    order = (
        Key(column=PublishedDeclaration.poll_date, falls=True, read=day_of),
        Key(column=PublishedDeclaration.id, read=number_of),
    )
    return list(session.scalars(part_of(statement, part, order)))
