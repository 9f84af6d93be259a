"""What a plan is called and for which years it is to have effect: set by those who write it, until it is submitted."""

from app.audit import Deed, EventKind, record
from app.clock import LONDON
from app.db import WriteSession
from app.errors import InvalidRequestError
from app.models import Plan
from app.services.plans import acting_as, plan_by_reference
from app.services.publicity import refuse_in_publicity_period
from referendum.errors import StageError
from referendum.stages import Actor, Stage

_BODY_MAY = frozenset({Stage.PREPARATION, Stage.PRE_SUBMISSION})


def set_details(
    session: WriteSession, deed: Deed, reference: str, *, title: str, period_start: int | None, period_end: int | None
) -> Plan:
    """Set a plan's title and the years for which it has effect.

    Raises:
        StageError: it is submitted, and the years stand as they were submitted.
        InvalidRequestError: no title, or a period that ends before it starts.
        ConflictError: the referendum's publicity period runs.

    Source: PLAN-2, REF-21.
    """
    plan = plan_by_reference(session, reference)
    actor = acting_as(session, deed, plan)
    open_to = _BODY_MAY | ({Stage.SUBMITTED, Stage.REPORT_RECEIVED} if actor is Actor.AUTHORITY else set())
    if Stage(plan.stage) not in open_to:
        raise StageError(f"The title and years of {reference} are settled at the stage {plan.stage}.")
    refuse_in_publicity_period(session, deed.at.astimezone(LONDON).date(), f"The title of {reference}", plan=plan)
    if not title.strip():
        raise InvalidRequestError("Give the plan or order a title, such as Alder Neighbourhood Plan 2026 to 2041.")
    if period_start is not None and period_end is not None and period_end <= period_start:
        raise InvalidRequestError(f"The years {period_start} to {period_end} end before they start.")
    before = details_of(plan)
    plan.title, plan.period_start, plan.period_end = title.strip()[:200], period_start, period_end
    session.flush()
    record(session, deed, EventKind.PLAN_DESCRIBED, reference, before=before, after=details_of(plan))
    return plan


def details_of(plan: Plan) -> dict[str, object]:
    """Return what the record keeps of a plan's title and years."""
    return {"title": plan.title, "period_start": plan.period_start, "period_end": plan.period_end}
