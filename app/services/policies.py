"""Policies of a plan or order: their words, and the land they are about."""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.clock import LONDON
from app.db import ReadSession, WriteSession
from app.errors import InvalidRequestError, NotFoundError
from app.models import Plan, PlanPolicy
from app.services.plans import acting_as, current_line, plan_by_reference
from app.services.publicity import refuse_in_publicity_period
from referendum.errors import StageError
from referendum.stages import Actor, Stage

_BODY_MAY_WRITE = frozenset({Stage.PREPARATION, Stage.PRE_SUBMISSION})
_AUTHORITY_MAY_WRITE = _BODY_MAY_WRITE | {Stage.SUBMITTED, Stage.REPORT_RECEIVED, Stage.DIFFERING_VIEW}
_FAR_M = 50.0
"""How far outside the neighbourhood area a policy's land may reach before it is taken for a mistake, metres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFacts:
    """One policy.

    Attributes:
        code: its short name, such as H1.
        title: what it is about.
        text: the policy itself.
        land_bng: the points, lines or areas it is about, EPSG:27700; None where it is about the whole area.
    """

    code: str
    title: str
    text: str
    land_bng: BaseGeometry | None = None


def policies_of(session: ReadSession | WriteSession, plan: Plan) -> Sequence[PlanPolicy]:
    """Return the policies of a plan, in the order in which they were first written."""
    return session.scalars(select(PlanPolicy).where(PlanPolicy.plan_id == plan.id).order_by(PlanPolicy.id)).all()


def write_policy(session: WriteSession, deed: Deed, reference: str, facts: PolicyFacts) -> PlanPolicy:
    """Write a policy, or write it anew where its code is there already.

    Raises:
        StageError: the text is settled at this stage.
        ConflictError: the referendum's publicity period runs.
        InvalidRequestError: no code, title or text, or land outside the neighbourhood area.

    Source: PLAN-1, PLAN-4, ORDER-1, ORDER-3, REF-21.
    """
    plan = _open_text(session, deed, reference)
    code = facts.code.strip().upper()
    if not code or not facts.title.strip() or not facts.text.strip():
        raise InvalidRequestError("A policy has a code such as H1, a title, and its text: fill in all three.")
    if facts.land_bng is not None:
        _refuse_elsewhere(plan, facts.land_bng, deed)
    chosen = select(PlanPolicy).where(PlanPolicy.plan_id == plan.id, PlanPolicy.code == code)
    policy = session.scalars(chosen).one_or_none()
    before = facts_of_policy(policy) if policy is not None else None
    if policy is None:
        policy = PlanPolicy(plan=plan, code=code)
        session.add(policy)
    policy.title, policy.text, policy.geometry = facts.title.strip(), facts.text.strip(), facts.land_bng
    session.flush()
    record(session, deed, EventKind.POLICY_WRITTEN, reference, before=before, after=facts_of_policy(policy))
    return policy


def remove_policy(session: WriteSession, deed: Deed, reference: str, code: str) -> None:
    """Take a policy out; the record keeps what it said.

    Raises:
        NotFoundError: there is none of that code.
        StageError, ConflictError: as for writing one.
    """
    plan = _open_text(session, deed, reference)
    chosen = select(PlanPolicy).where(PlanPolicy.plan_id == plan.id, PlanPolicy.code == code)
    policy = session.scalars(chosen).one_or_none()
    if policy is None:
        raise NotFoundError(f"{reference} has no policy {code}: look at its list of policies.")
    before = facts_of_policy(policy)
    session.delete(policy)
    session.flush()
    record(session, deed, EventKind.POLICY_REMOVED, reference, before=before)


def _open_text(session: WriteSession, deed: Deed, reference: str) -> Plan:
    plan = plan_by_reference(session, reference)
    actor = acting_as(session, deed, plan)
    today = deed.at.astimezone(LONDON).date()
    refuse_in_publicity_period(session, today, f"The text of {reference}", plan=plan)
    open_to = _AUTHORITY_MAY_WRITE if actor is Actor.AUTHORITY else _BODY_MAY_WRITE
    if Stage(plan.stage) not in open_to:
        raise StageError(f"The text of {reference} is settled: it cannot be changed at the stage {plan.stage}.")
    return plan


def _refuse_elsewhere(plan: Plan, land_bng: BaseGeometry, deed: Deed) -> None:
    area = current_line(plan.area, deed.at.astimezone(LONDON).date())
    outside = shapely.difference(land_bng, shapely.buffer(area, _FAR_M))
    if land_bng.is_empty or not outside.is_empty:
        raise InvalidRequestError(
            f"This land reaches outside {plan.area.name}, and a policy is about land in its own area (PLAN-4): "
            "check the place."
        )


def facts_of_policy(policy: PlanPolicy) -> dict[str, object]:
    """Return what the record keeps of a policy."""
    land = shapely.to_wkt(policy.geometry, rounding_precision=3) if policy.geometry is not None else None
    return {"code": policy.code, "title": policy.title, "text": policy.text, "land_bng": land}
