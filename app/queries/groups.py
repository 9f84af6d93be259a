"""Neighbourhood groups, to look at."""

from sqlalchemy import select

from app.db import ReadSession, WriteSession
from app.errors import NotFoundError, WithdrawnError
from app.models import NeighbourhoodGroup, Organisation


def public_groups(session: ReadSession) -> list[NeighbourhoodGroup]:
    """Return the groups that are public, by name."""
    return list(
        session.scalars(
            select(NeighbourhoodGroup)
            .where(NeighbourhoodGroup.published_on.is_not(None), NeighbourhoodGroup.withdrawn_on.is_(None))
            .order_by(NeighbourhoodGroup.name, NeighbourhoodGroup.reference)
        )
    )


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
