"""Neighbourhood groups, to look at."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.db import ReadSession, WriteSession
from app.errors import NotFoundError, WithdrawnError
from app.models import NeighbourhoodGroup, Organisation
from app.queries.parts import ByLetters, Key, Part, how_many, part_of, text_of

_PUBLIC = select(NeighbourhoodGroup).where(
    NeighbourhoodGroup.published_on.is_not(None), NeighbourhoodGroup.withdrawn_on.is_(None)
)
_BY_NAME = (
    Key(column=ByLetters(NeighbourhoodGroup.name), read=text_of),
    Key(column=NeighbourhoodGroup.reference, read=text_of),
)


def public_groups(session: ReadSession, part: Part | None = None) -> list[NeighbourhoodGroup]:
    """Return the groups that are public, all or a part of them, by name."""
    chosen = part_of(_PUBLIC, part, _BY_NAME).options(joinedload(NeighbourhoodGroup.organisation))
    return list(session.scalars(chosen))


def count_public_groups(session: ReadSession) -> int:
    """Return how many groups are public."""
    return how_many(session, _PUBLIC.with_only_columns(NeighbourhoodGroup.id))


def public_group(session: ReadSession, reference: str) -> NeighbourhoodGroup:
    """Return one public group.

    Raises:
        NotFoundError: there is none, or it is not public.
        WithdrawnError: it was public once.
    """
    found = session.scalars(select(NeighbourhoodGroup).where(NeighbourhoodGroup.reference == reference)).one_or_none()
    if found is None or found.published_on is None:
        raise NotFoundError(f"There is no neighbourhood group {reference}: check the reference.")
    if found.withdrawn_on is not None:
        raise WithdrawnError(f"{found.name} was withdrawn on {found.withdrawn_on}: {found.withdrawn_because}")
    return found


def groups_of(session: ReadSession | WriteSession, code: str) -> list[NeighbourhoodGroup]:
    """Return an organisation's groups, public or not, without those withdrawn; all of them where none is named."""
    chosen = (
        select(NeighbourhoodGroup)
        .join(Organisation)
        .where(NeighbourhoodGroup.withdrawn_on.is_(None))
        .order_by(NeighbourhoodGroup.reference)
    )
    return list(session.scalars(chosen.where(Organisation.code == code) if code else chosen))
