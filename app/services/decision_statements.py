"""What a decision statement says: the decision on the report, on each recommendation, and on the referendum area."""

from datetime import date
from typing import Any

from app.db import ReadSession, WriteSession
from app.errors import NotFoundError
from app.models import Examination, Plan, PlanStep, Recommendation
from app.services.boundaries import geometry_hash
from app.services.plan_facts import PlanCase, condition_code, conditions_of, plan_case
from app.services.plans import plan_by_reference, planning_authorities
from geo.boundary import boundary
from referendum.outcome import challenge_window
from referendum.stages import Stage

SCHEMA = "folkmoot.decision-statement/1"
_DECISIONS = {
    Stage.REFERENDUM_DUE.value: "referendum",
    Stage.REFUSED.value: "refused",
    Stage.DECLINED.value: "declined",
    Stage.APPROVED.value: "make-without-referendum",
}


def decision_statement(session: ReadSession | WriteSession, reference: str) -> dict[str, Any]:
    """Return everything a decision statement says, from the record alone (`folkmoot.decision-statement/1`).

    Raises:
        NotFoundError: there is no decision to state yet.

    Source: STEP-12, EXAM-4, EXAM-5, RESULT-11, Neighbourhood Planning (General) Regulations 2012 regs 18, 25.
    """
    plan = plan_by_reference(session, reference)
    step = decision_step(plan)
    if step is None:
        raise NotFoundError(f"There is no decision on {reference} to state yet: look at how far it has come.")
    case = plan_case(session, plan)
    found = case.examination
    return {
        "schema": SCHEMA,
        "plan": plan.reference,
        "instrument": plan.instrument,
        "title": plan.title,
        "area": {"reference": plan.area.reference, "name": plan.area.name},
        "qualifying_body": plan.qualifying_body,
        "authorities": sorted(planning_authorities(session, plan.area)),
        "decision": _DECISIONS[step.to_stage],
        "decided_on": step.on_date.isoformat(),
        "reasons": step.note,
        "report": _report(found),
        "recommendations": [_change(row) for row in found.recommendations] if found is not None else [],
        "basic_conditions": _conditions(case, step.on_date),
        "referendum_area": _area(found),
        **_publication(found),
    }


def decision_step(plan: Plan) -> PlanStep | None:
    """Return the step by which the report was decided on; None while it is not."""
    decided = [step for step in plan.steps if step.to_stage in _DECISIONS]
    return decided[-1] if decided else None


def _report(found: Examination | None) -> dict[str, Any] | None:
    if found is None or not found.recommendation:
        return None
    return {
        "examiner": found.examiner,
        "received_on": found.report_on.isoformat() if found.report_on else None,
        "recommends": found.recommendation,
        "extends_area": found.extends_area,
        "area_advice": found.area_advice,
    }


def _change(row: Recommendation) -> dict[str, Any]:
    return {
        "number": row.number,
        "about": row.about,
        "text": row.text,
        "ground": row.ground,
        "is_own": row.is_own,
        "decision": row.decision or None,
        "reason": row.reason,
    }


def _conditions(case: PlanCase, decided_on: date) -> list[dict[str, Any]]:
    listed = conditions_of(case, decided_on)
    found = []
    for each in listed.conditions:
        check = case.checks.get(condition_code(listed.version, each.letter))
        answer, reason = (check.answer, check.note) if check is not None else (None, "")
        found.append({"letter": each.letter, "text": each.text, "is_met": answer, "reason": reason})
    return found


def _area(found: Examination | None) -> dict[str, Any] | None:
    if found is None or not found.area_choice:
        return None
    larger = boundary(found.geometry) if found.geometry is not None else None
    return {
        "choice": found.area_choice,
        "reasons": found.area_reasons,
        "sha256": geometry_hash(larger) if larger is not None else None,
        "hectares": f"{larger.area / 10_000:.2f}" if larger is not None else None,
    }


def _publication(found: Examination | None) -> dict[str, Any]:
    published = found.statement_on if found is not None else None
    closes = challenge_window(published).closes if published is not None else None
    return {
        "published_on": published.isoformat() if published else None,
        "challenge_until": closes.isoformat() if closes else None,
    }
