"""Plans and orders, and what their cases keep: as told, and as stored."""

from collections.abc import Callable, Iterator

from sqlalchemy import select

from app.audit import EventKind
from app.models import Examination, InformationPack, Plan, PlanCheck, PlanPolicy
from app.services.examinations import facts_of_examination
from app.services.examiner_questions import facts_of_question
from app.services.information_packs import facts_of_pack, pack_faults
from app.services.plan_checks import facts_of_check
from app.services.policies import facts_of_policy
from app.services.record.shape import OWN_SUM, AnySession, Event, Facts, Key, State, Step, Steps
from app.services.report_changes import facts_of_change


def _attached(state: State, event: Event) -> None:
    after = event["after"]
    state["plan", event["subject"]] = {
        "title": after["title"],
        "stage": after["stage"],
        "course": after.get("course", "new"),
        "modifies": after.get("modifies"),
    }


def _moved(state: State, event: Event) -> None:
    after = event["after"]
    state.setdefault(("plan", event["subject"]), {})["stage"] = after["stage"]
    steps = sum(key[:2] == ("step", event["subject"]) for key in state)
    state["step", event["subject"], str(steps + 1)] = {
        "stage": after["stage"],
        "on_date": after["on_date"],
        "rule": after["rule"],
        "reason": after["reason"],
    }


def _on_course(state: State, event: Event) -> None:
    state.setdefault(("plan", event["subject"]), {})["course"] = event["after"]["course"]


def _described(state: State, event: Event) -> None:
    state.setdefault(("plan", event["subject"]), {})["title"] = event["after"]["title"]


def _kept(noun: str, name: Callable[[Facts], str]) -> Step:
    """Return the step of an event whose `after` is everything there is to know of one row."""

    def step(state: State, event: Event) -> None:
        facts = dict(event["after"])
        state[noun, event["subject"], name(facts)] = facts

    return step


def _removed(state: State, event: Event) -> None:
    state.pop(("policy", event["subject"], event["before"]["code"]), None)


def _code(facts: Facts) -> str:
    return str(facts["code"])


def _examination_number(facts: Facts) -> str:
    return str(facts["examination"])


def _number(facts: Facts) -> str:
    return f"{facts['examination']}/{facts['number']}"


def _pack_name(facts: Facts) -> str:
    return str(facts["published_on"])


STEPS: Steps = {
    EventKind.PLAN_ATTACHED: _attached,
    EventKind.PLAN_MOVED: _moved,
    EventKind.PLAN_COURSE_CHANGED: _on_course,
    EventKind.PLAN_DESCRIBED: _described,
    EventKind.PLAN_CHECKED: _kept("point", _code),
    EventKind.POLICY_WRITTEN: _kept("policy", _code),
    EventKind.POLICY_REMOVED: _removed,
    EventKind.EXAMINATION_CHANGED: _kept("examination", _examination_number),
    EventKind.EXAMINER_ASKED: _kept("question", _number),
    EventKind.RECOMMENDATION_CHANGED: _kept("recommendation", _number),
    EventKind.PACK_FROZEN: _kept("pack", _pack_name),
}


def stored(session: AnySession) -> Iterator[tuple[Key, Facts]]:
    """Yield every plan, its steps, and everything its case keeps."""
    for plan in session.scalars(select(Plan).order_by(Plan.id)):
        yield from _plan(plan)
    for check in session.scalars(select(PlanCheck)):
        yield ("point", check.plan.reference, check.code), facts_of_check(check)
    for policy in session.scalars(select(PlanPolicy)):
        yield ("policy", policy.plan.reference, policy.code), facts_of_policy(policy)
    for examination in session.scalars(select(Examination)):
        yield from _examination(examination)
    for pack in session.scalars(select(InformationPack)):
        facts: Facts = facts_of_pack(pack)
        key = ("pack", pack.referendum.reference, _pack_name(facts))
        yield key, facts | ({OWN_SUM: False} if pack_faults(pack) else {})


def _plan(plan: Plan) -> Iterator[tuple[Key, Facts]]:
    yield (
        ("plan", plan.reference),
        {
            "title": plan.title,
            "stage": plan.stage,
            "course": plan.course,
            "modifies": plan.modifies.reference if plan.modifies is not None else None,
        },
    )
    for number, step in enumerate(plan.steps, start=1):
        facts: Facts = {
            "stage": step.to_stage,
            "on_date": step.on_date.isoformat(),
            "rule": step.rule,
            "reason": step.note,
        }
        yield ("step", plan.reference, str(number)), facts


def _examination(found: Examination) -> Iterator[tuple[Key, Facts]]:
    reference, facts = found.plan.reference, facts_of_examination(found)
    yield ("examination", reference, _examination_number(facts)), facts
    for question in found.questions:
        facts = facts_of_question(found, question)
        yield ("question", reference, _number(facts)), facts
    for row in found.recommendations:
        facts = facts_of_change(row)
        yield ("recommendation", reference, _number(facts)), facts
