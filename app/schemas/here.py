"""What applies at a place on a day."""

from datetime import date

from app.queries.here import Here
from app.schemas.areas import AreaSummary, summary_of_area
from app.schemas.common import Named, Shape
from app.schemas.development_plan import PartOut, ProposalOut, draft_of, part_of, reason_of
from app.schemas.plans import PlanSummary, summary_of_plan
from app.schemas.referendums import ReferendumSummary, summary_of_referendum


class InForce(Shape):
    """A neighbourhood plan or order in force here, and why."""

    plan: PlanSummary
    authority_code: str
    part_from: date
    made_on: date | None
    basis: str
    reason: str


class HereOut(Shape):
    """Everything that holds at one place on one day.

    `plans` is the development plan there, local plans and neighbourhood plans together, with the last to become part
    first, which prevails (AFTER-2); `orders` give planning permission; `drafts` must be weighed (AFTER-3); `in_force`
    is the neighbourhood plans and orders once more, each with its own summary.
    """

    easting: float
    northing: float
    on: date
    authorities: list[Named]
    parishes: list[Named]
    areas: list[AreaSummary]
    plans: list[PartOut]
    orders: list[PartOut]
    drafts: list[ProposalOut]
    in_force: list[InForce]
    referendums: list[ReferendumSummary]


def here_of(here: Here) -> HereOut:
    """Return what applies as a published shape."""
    parts = {(part.reference, part.authority_code, part.part_from): part for part in [*here.plans, *here.orders]}
    in_force = [(entry, parts[entry.plan.reference, entry.authority_code, entry.part_from]) for entry in here.entries]
    return HereOut(
        easting=here.point_bng.x,
        northing=here.point_bng.y,
        on=here.on,
        authorities=[Named(reference=each.code, name=each.name) for each in here.authorities],
        parishes=[Named(reference=each.code, name=each.name) for each in here.parishes],
        areas=[summary_of_area(area) for area in here.areas],
        plans=[part_of(part, here.on) for part in here.plans],
        orders=[part_of(part, here.on) for part in here.orders],
        drafts=[draft_of(draft) for draft in here.drafts],
        in_force=[
            InForce(
                plan=summary_of_plan(entry.plan),
                authority_code=part.authority_code,
                part_from=part.part_from,
                made_on=part.made_on,
                basis=part.basis,
                reason=reason_of(part),
            )
            for entry, part in in_force
        ],
        referendums=[summary_of_referendum(each) for each in here.referendums],
    )
