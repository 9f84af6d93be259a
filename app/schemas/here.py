"""What applies at a place on a day."""

from datetime import date

from app.clock import long_day
from app.models import DevelopmentPlanEntry
from app.queries.here import Here
from app.schemas.areas import AreaSummary, summary_of_area
from app.schemas.common import Named, Shape
from app.schemas.plans import PlanSummary, summary_of_plan
from app.schemas.referendums import ReferendumSummary, summary_of_referendum


class InForce(Shape):
    """An instrument that is part of the development plan here, and why."""

    plan: PlanSummary
    authority_code: str
    part_from: date
    made_on: date | None
    basis: str
    reason: str


class HereOut(Shape):
    """Everything that holds at one place on one day; instruments with the last to become part first (AFTER-2)."""

    easting: float
    northing: float
    on: date
    authorities: list[Named]
    parishes: list[Named]
    areas: list[AreaSummary]
    in_force: list[InForce]
    referendums: list[ReferendumSummary]


def reason_of(entry: DevelopmentPlanEntry) -> str:
    """Say in one sentence why the instrument is part of the development plan."""
    made = "" if entry.made_on is None else long_day(entry.made_on)
    if entry.basis == "RESULT-6":
        return f"In force since it was made on {made}."
    voted = long_day(entry.part_from)
    since = f"In force since {voted}, when more than half of those voting said yes"
    return f"{since}; made on {made}." if made else f"{since}; not made yet."


def here_of(here: Here) -> HereOut:
    """Return what applies as a published shape."""
    return HereOut(
        easting=here.point_bng.x,
        northing=here.point_bng.y,
        on=here.on,
        authorities=[Named(reference=each.code, name=each.name) for each in here.authorities],
        parishes=[Named(reference=each.code, name=each.name) for each in here.parishes],
        areas=[summary_of_area(area) for area in here.areas],
        in_force=[
            InForce(
                plan=summary_of_plan(entry.plan),
                authority_code=entry.authority_code,
                part_from=entry.part_from,
                made_on=entry.made_on,
                basis=entry.basis,
                reason=reason_of(entry),
            )
            for entry in here.entries
        ],
        referendums=[summary_of_referendum(each) for each in here.referendums],
    )
