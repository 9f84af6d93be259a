"""Referendums: arrange one, with its question, its area and its dates."""

from dataclasses import dataclass
from datetime import date

import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select
from uk_election_ids.election_ids import IdBuilder
from uk_election_ids.slugger import slugify

from app.audit import Deed, EventKind, record
from app.clock import LONDON
from app.db import ReadSession, WriteSession
from app.errors import ConflictError, InvalidRequestError, NotFoundError
from app.models import BoundaryKind, Plan, Referendum
from app.queries.nearby import authorities_near, boundaries_near, neighbours
from app.scope import refuse_other_council
from app.services.boundaries import geometry_hash
from app.services.plan_facts import examination_of
from app.services.plans import current_line, plan_by_reference
from app.services.references import Prefix, next_reference
from geo.boundary import boundary
from geo.measure import greatest_width_m, land
from geo.topology import TOLERANCE_M, presences
from referendum.errors import StageError
from referendum.findings import Severity
from referendum.question import Instrument, prescribed_question
from referendum.stages import Stage
from referendum.timetable import timetable, timetable_document


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferendumFacts:
    """What is decided when a referendum is arranged; its area is the neighbourhood area where none is given."""

    plan_reference: str
    decision_on: date
    poll_date: date
    council: str
    referendum_area_bng: BaseGeometry | None = None


def referendum_by_reference(session: ReadSession | WriteSession, reference: str) -> Referendum:
    """Return the referendum of a reference.

    Raises:
        NotFoundError: there is none.
    """
    found = session.scalars(select(Referendum).where(Referendum.reference == reference)).one_or_none()
    if found is None:
        raise NotFoundError(f"There is no referendum {reference}: check the reference.")
    return found


def arrange_referendum(session: WriteSession, deed: Deed, facts: ReferendumFacts) -> Referendum:
    """Arrange the referendum that a decision requires, on a lawful day, in an area no smaller than the plan's own.

    Raises:
        StageError: the plan is not waiting for a referendum, or one is already arranged.
        TimetableError: the poll is not after the decision.
        InvalidRequestError: the poll date is not lawful, or the referendum area leaves out part of the plan's area.

    Source: EXAM-4, EXAM-5, REF-1, REF-7, REF-9, Q-1, BUS-1.
    """
    plan = plan_by_reference(session, facts.plan_reference)
    refuse_other_council(deed, {facts.council}, f"A referendum held by {facts.council}")
    _refuse_wrong_stage(session, plan)
    area_bng = current_line(plan.area, facts.decision_on)
    referendum_area = _area_to_vote(session, plan, facts, area_bng)
    _refuse_smaller(area_bng, referendum_area, plan)
    councils = relevant_councils(session, referendum_area, facts.decision_on)
    if deed.by.organisation:
        refuse_other_council(deed, councils, f"The referendum on {plan.reference}")
    dates = timetable(
        instrument=Instrument(plan.instrument),
        decision=facts.decision_on,
        poll=facts.poll_date,
        business=plan.area.is_business_area,
        cross_boundary=len(councils) > 1,
        known_on=deed.at.astimezone(LONDON).date(),
    )
    errors = [finding.message for finding in dates.findings if finding.severity is Severity.ERROR]
    if errors:
        raise InvalidRequestError(f"The referendum on {plan.reference} cannot be held on that day: {' '.join(errors)}")
    authority = _authority_name(session, area_bng, facts.decision_on)
    referendum = Referendum(
        reference=next_reference(session, Prefix.REFERENDUM),
        plan=plan,
        decision_on=facts.decision_on,
        poll_date=facts.poll_date,
        has_business_poll=plan.area.is_business_area,
        is_cross_boundary=len(councils) > 1,
        authority=authority,
        council=facts.council,
        question=prescribed_question(Instrument(plan.instrument), area=plan.area.name, authority=authority),
        election_group_id=_election_group_id(facts.council, facts.poll_date),
        timetable=timetable_document(dates),
        geometry=referendum_area,
    )
    session.add(referendum)
    session.flush()
    after = {
        "plan": plan.reference,
        "decision_on": facts.decision_on.isoformat(),
        "poll_date": facts.poll_date.isoformat(),
        "council": facts.council,
        "question": referendum.question,
        "geometry_sha256": geometry_hash(referendum_area),
    }
    record(session, deed, EventKind.REFERENDUM_ARRANGED, referendum.reference, after=after)
    return referendum


def _refuse_wrong_stage(session: WriteSession, plan: Plan) -> None:
    if plan.stage != Stage.REFERENDUM_DUE.value:
        raise StageError(f"{plan.reference} is not waiting for a referendum: it is at the stage {plan.stage}.")
    arranged = session.scalars(select(Referendum).where(Referendum.plan_id == plan.id)).all()
    if any(referendum.declaration is None for referendum in arranged):
        raise StageError(f"The referendum on {plan.reference} is already arranged: {arranged[-1].reference}.")


def _area_to_vote(session: WriteSession, plan: Plan, facts: ReferendumFacts, area_bng: MultiPolygon) -> MultiPolygon:
    """Return the area given, or else the one decided on the examiner's report, or else the neighbourhood area."""
    if facts.referendum_area_bng is not None:
        return boundary(facts.referendum_area_bng)
    found = examination_of(session, plan)
    return area_bng if found is None or found.geometry is None else boundary(found.geometry)


def _refuse_smaller(area_bng: MultiPolygon, referendum_area: MultiPolygon, plan: Plan) -> None:
    left_out = land(shapely.difference(area_bng, referendum_area))
    if not left_out.is_empty and greatest_width_m(left_out) > TOLERANCE_M:
        raise InvalidRequestError(
            f"The referendum area leaves out {left_out.area / 10_000:.2f} hectares of {plan.area.name}: "
            "it may be larger than the neighbourhood area, never smaller (EXAM-4)."
        )


def councils_to_vote(session: ReadSession | WriteSession, plan: Plan) -> list[str]:
    """Return the names of the councils that would hold the poll on a plan, the one with most land first.

    Raises:
        ConflictError: nobody has decided yet that people vote on it.

    Source: REF-1, REF-2, EXAM-4.
    """
    days = [step.on_date for step in plan.steps if step.to_stage == Stage.REFERENDUM_DUE.value]
    if not days:
        raise ConflictError(f"Nobody has decided yet that people vote on {plan.reference}.")
    found = examination_of(session, plan)
    area_bng = current_line(plan.area, days[-1])
    wider = None if found is None or found.geometry is None else boundary(found.geometry)
    return relevant_councils(session, wider or area_bng, days[-1])


def relevant_councils(session: ReadSession | WriteSession, area_bng: MultiPolygon, on: date) -> list[str]:
    """Return the names of the councils that hold the poll in a referendum area, the one with most land first.

    Where no councils' boundaries are stored, the planning authorities that run polls stand for them.
    Source: REF-1, REF-2, T-24.
    """
    councils = neighbours(boundaries_near(session, BoundaryKind.RELEVANT_COUNCIL, area_bng, on))
    if not councils:
        councils = tuple(each for each in authorities_near(session, area_bng, on) if not each.is_national_park)
    met = [each for each in presences(area_bng, councils) if not each.is_sliver(TOLERANCE_M)]
    return [each.place.name for each in sorted(met, key=lambda each: (-each.area_m2, each.place.reference))]


def _authority_name(session: WriteSession, area_bng: MultiPolygon, on: date) -> str:
    met = presences(area_bng, authorities_near(session, area_bng, on))
    if not met:
        raise ConflictError("The area lies in no planning authority that is stored: import their boundaries first.")
    return max(met, key=lambda each: each.area_m2).place.name


def _election_group_id(council: str, poll_date: date) -> str:
    """Return the identifier the field gives to all referendums of one council on one day (ref.<council>.<date>)."""
    return str(IdBuilder("ref", poll_date.isoformat()).with_organisation(slugify(council)).ids[-1])
