"""Everything a plan's case holds, and which of the things a step needs are there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.db import ReadSession, WriteSession
from app.models import CaseDocument, Examination, Plan, PlanCheck, PlanStep
from app.services.documents import latest_documents
from referendum.clocks import deadline
from referendum.examination import (
    Answer,
    Ground,
    Nature,
    Point,
    Recommends,
    Report,
    decision_faults,
    departs_on_facts,
    follows_report,
    report_faults,
)
from referendum.law import BasicConditions, basic_conditions
from referendum.needs import Checklist, checklist
from referendum.plan_clocks import RunningClock, Taken, clocks_of, comment_clock
from referendum.question import Instrument
from referendum.stages import Course, Move, Stage, lawful_moves
from referendum.terms import may_decline_as_repeat

YES, NO, NOT_NEEDED = "yes", "no", "not-needed"
STATEMENTS = frozenset({"enfranchisement", "view-on-nature", "authority-view-on-nature"})
"""Points on which either answer will do, as long as there is one."""
CONDITION_CODE = "basic-condition"
INVITED = "no-departure-on-facts"
"""Comments invited before departing from a report: called for only where it is departed from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCase:
    """A plan or order with everything its case holds.

    Attributes:
        documents: the latest version of each document, by kind.
        checks: what was confirmed or denied, by code.
        examination: the examination that counts: the last that was not given up; None where there is none.
        failed: days on which earlier proposals for the same area were refused or voted down.
    """

    plan: Plan
    documents: dict[str, CaseDocument]
    checks: dict[str, PlanCheck]
    examination: Examination | None
    failed: tuple[date, ...]

    @property
    def instrument(self) -> Instrument:
        """What it is."""
        return Instrument(self.plan.instrument)

    @property
    def course(self) -> Course:
        """Which course it is on."""
        return Course(self.plan.course)

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return Stage(self.plan.stage)

    def moves(self) -> tuple[Move, ...]:
        """Return every lawful move from where it stands."""
        return lawful_moves(self.instrument, self.stage, self.course)


def plan_case(session: ReadSession | WriteSession, plan: Plan) -> PlanCase:
    """Return a plan's case."""
    checks = session.scalars(select(PlanCheck).where(PlanCheck.plan_id == plan.id)).all()
    return PlanCase(
        plan=plan,
        documents=latest_documents(session, plan.reference),
        checks={check.code: check for check in checks},
        examination=examination_of(session, plan),
        failed=_failures_before(session, plan),
    )


def examination_of(session: ReadSession | WriteSession, plan: Plan) -> Examination | None:
    """Return the examination that counts: the last that was not given up."""
    chosen = select(Examination).where(Examination.plan_id == plan.id, Examination.ended_on.is_(None))
    return session.scalars(chosen.order_by(Examination.id.desc()).limit(1)).first()


def _failures_before(session: ReadSession | WriteSession, plan: Plan) -> tuple[date, ...]:
    failing = {Stage.REFUSED.value, Stage.NOT_APPROVED.value}
    chosen = (
        select(PlanStep.on_date)
        .join(Plan)
        .where(Plan.area_id == plan.area_id, Plan.id < plan.id, PlanStep.to_stage.in_(failing))
        .where(Plan.instrument == plan.instrument)
    )
    return tuple(session.scalars(chosen.order_by(PlanStep.on_date)))


def checklist_of(case: PlanCase, move: Move, *, on: date, note: str = "") -> Checklist:
    """Return what a move needs, and what of it is there on a day."""
    held, spared = held_codes(case, on=on, note=note), spared_codes(case, move)
    return checklist(move, case.instrument, case.course, held, spared)


def spared_codes(case: PlanCase, move: Move) -> frozenset[str]:
    """Return the codes of what a move does not call for in this case: with no departure there is nothing to invite.

    Source: STEP-11.
    """
    return frozenset() if departs_from_report(case, move) is not False else frozenset({INVITED})


def departs_from_report(case: PlanCase, move: Move) -> bool | None:
    """Say whether a move, as its recommendations are decided so far, departs from the report; None without a report.

    Source: STEP-11.
    """
    report = report_of(case)
    if case.examination is None or report is None:
        return None
    in_favour = move.to_stage is not Stage.REFUSED
    return departs_on_facts(report.recommends, points_of(case.examination), in_favour=in_favour)


def held_codes(case: PlanCase, *, on: date, note: str) -> frozenset[str]:
    """Return the codes of everything that is there on a day.

    Source: STEP-2, STEP-4, STEP-6, STEP-11, STEP-12, PLAN-2, EXAM-3, EXAM-5, MOD-4, MOD-5.
    """
    confirmed = {code for code, check in case.checks.items() if _is_confirmed(code, check.answer)}
    facts = {
        "reasons": bool(note.strip()),
        "comments-closed": _comments_closed(case.plan.steps, on),
        "period": case.plan.period_start is not None and case.plan.period_end is not None,
        "earlier-failure": _is_repeat(case),
        **_examined(case, on),
    }
    return frozenset(confirmed | case.documents.keys() | {code for code, holds in facts.items() if holds})


def _is_confirmed(code: str, answer: str) -> bool:
    return answer in {YES, NOT_NEEDED} or (code in STATEMENTS and answer == NO)


def _comments_closed(steps: Sequence[PlanStep], on: date) -> bool:
    if not steps:
        return False
    last = steps[-1]
    clock = comment_clock(Stage(last.to_stage))
    if clock is None or deadline(clock, last.on_date) is None:
        return True
    return last.closes_on is not None and on > last.closes_on


def _is_repeat(case: PlanCase) -> bool:
    received = next((step.on_date for step in case.plan.steps if step.to_stage == Stage.SUBMITTED.value), None)
    return received is not None and any(may_decline_as_repeat(failed=day, received=received) for day in case.failed)


def _examined(case: PlanCase, on: date) -> dict[str, bool]:
    """Return what the examination settles; nothing while there is none."""
    found = case.examination
    if found is None:
        return {}
    held = {
        "examiner-appointed": found.appointed_on is not None and found.appointed_on <= on,
        "nature-found": found.nature == Nature.CHANGES.value and bool(found.nature_reasons.strip()),
        "area-decided": bool(found.area_choice),
        "basic-conditions": not unmet_conditions(case),
    }
    report = report_of(case)
    if report is None:
        return held
    points = points_of(found)
    return held | {
        "report-says-all": not report_faults(report),
        "recommendations-decided": not decision_faults(report.recommends, points),
        "report-followed": follows_report(report.recommends, points),
    }


def report_of(case: PlanCase) -> Report | None:
    """Return what the examiner's report says as a whole; None while nothing of it was entered."""
    found = case.examination
    if found is None or not found.recommendation:
        return None
    return Report(
        course=case.course,
        recommends=Recommends(found.recommendation),
        changes=sum(not each.is_own for each in found.recommendations),
        extends_area=found.extends_area,
        area_advice=found.area_advice,
        nature_unchanged=found.nature == Nature.STAYS.value,
    )


def points_of(examination: Examination) -> tuple[Point, ...]:
    """Return every recommended or own change, and what was decided on it."""
    return tuple(
        Point(
            number=each.number,
            ground=Ground(each.ground) if each.ground else None,
            is_own=each.is_own,
            answer=Answer(each.decision) if each.decision else None,
            reason=each.reason,
        )
        for each in examination.recommendations
    )


def conditions_of(case: PlanCase, today: date) -> BasicConditions:
    """Return the basic conditions for a proposal, by the day it was sent to the examiner; before that, by today.

    Source: EXAM-7, EXAM-8, T-40. Which list applies to a proposal already under way is unverified.
    """
    sent = [step.on_date for step in case.plan.steps if step.to_stage == Stage.EXAMINATION.value]
    return basic_conditions(case.instrument, on=sent[-1] if sent else today)


def condition_code(version: str, letter: str) -> str:
    """Return the code under which one basic condition is found met or not."""
    return f"{CONDITION_CODE}-{version}-{letter}"


def unmet_conditions(case: PlanCase) -> list[str]:
    """Return the letters of the basic conditions not yet found to be met."""
    sent = [step.on_date for step in case.plan.steps if step.to_stage == Stage.EXAMINATION.value]
    if not sent:
        return ["all"]
    listed = conditions_of(case, sent[-1])
    answers = {code: check.answer for code, check in case.checks.items()}
    return [
        each.letter
        for each in listed.conditions
        if answers.get(condition_code(listed.version, each.letter)) not in {YES, NOT_NEEDED}
    ]


def clocks_of_case(case: PlanCase, today: date) -> tuple[RunningClock, ...]:
    """Return every clock of the case, predicted and actual days apart; what is overdue is told, never acted on.

    Source: STEP-1, STEP-5, STEP-10, STEP-11, MOD-7, RESULT-3, RESULT-11.
    """
    steps = [
        Taken(to_stage=Stage(step.to_stage), on=step.on_date, closes_on=step.closes_on) for step in case.plan.steps
    ]
    found = case.examination
    return clocks_of(
        steps,
        course=case.course,
        today=today,
        agreed_day=found.decide_by if found else None,
        published=found.statement_on if found else None,
    )
