"""The publicity period of a referendum: from the information statement to the poll, editorial text stays as it is."""

from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select

from app.clock import long_day
from app.db import ReadSession, WriteSession
from app.errors import ConflictError
from app.models import InformationPack, Plan, Referendum
from referendum.terms import PublicityPeriod, publicity_period


def period_of(pack: InformationPack) -> PublicityPeriod:
    """Return the publicity period that began with a pack's publication. Source: REF-21."""
    return publicity_period(statement_published=pack.published_on, poll=pack.referendum.poll_date)


def periods_on(session: ReadSession | WriteSession, day: date) -> list[InformationPack]:
    """Return the packs in whose publicity period a day lies."""
    chosen = (
        select(InformationPack)
        .join(Referendum)
        .where(InformationPack.published_on <= day, Referendum.poll_date >= day)
        .order_by(Referendum.reference)
    )
    return list(session.scalars(chosen))


def refuse_in_publicity_period(
    session: ReadSession | WriteSession,
    day: date,
    what: str,
    *,
    plan: Plan | None = None,
    place: BaseGeometry | None = None,
) -> None:
    """Refuse to change editorial text about a place while a referendum is being held there.

    Args:
        session: where it is looked up.
        day: the day of the change.
        what: what would be changed, to begin the sentence with.
        plan: the plan or order it is about: every one of the same neighbourhood area is meant.
        place: or the place it is about, EPSG:27700.

    Raises:
        ConflictError: the day lies in the publicity period of a referendum there; its dates are told.

    Source: REF-21, T-38, Neighbourhood Planning (Referendums) Regulations 2012 reg 5.
    """
    for pack in periods_on(session, day):
        referendum = pack.referendum
        same_area = plan is not None and plan.area_id == referendum.plan.area_id
        same_place = place is not None and bool(shapely.intersects(place, referendum.geometry))
        if same_area or same_place:
            period = period_of(pack)
            raise ConflictError(
                f"{what} stays as it is from {long_day(period.first_day)} to {long_day(period.last_day)}, while the "
                f"referendum {referendum.reference} is held there: change it after the vote (REF-21)."
            )
