"""The decision statement on a plan or order, and the decision whether to make it, from the record alone."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from shapely.geometry.base import BaseGeometry
from sqlalchemy import select

from app.audit import Deed, EventKind
from app.db import ReadSession, WriteSession
from app.document_store import DocumentStore
from app.errors import NotFoundError
from app.models import AuditEvent, CaseDocument, Plan, Recommendation, Referendum
from app.queries.standings import authority_names
from app.reports.notice_pdf import PaperMap, paper_map
from app.services.boundaries import geometry_hash
from app.services.decision_statements import decision_statement, decision_step
from app.services.papers import Paper, paper_file
from app.services.plan_documents import PlanFile, file_plan_document
from app.services.plan_facts import YES, examination_of, plan_case
from app.services.plan_parties import current_line, plan_by_reference, planning_authorities
from geo.boundary import boundary
from referendum.examination import Answer, Ground, Recommends
from referendum.notices import Notice
from referendum.plan_notices import (
    DecidedChange,
    MakingDecision,
    PlanDecision,
    decision_statement_notice,
    making_notice,
)
from referendum.question import Instrument
from referendum.stages import Stage

AnySession = ReadSession | WriteSession
_POLLS = {"residential": "Residents", "business": "Businesses"}


def decision_paper(session: AnySession, reference: str) -> Paper:
    """Return the decision statement on a plan or order, with the map of a larger referendum area.

    Raises:
        NotFoundError: there is no such plan, or no decision to state yet.

    Source: STEP-12, EXAM-4, RESULT-11.
    """
    plan = plan_by_reference(session, reference)
    stated = decision_statement(session, reference)
    report = stated["report"] or {}
    area = stated["referendum_area"] or {}
    authority = _names(session, plan)
    found = examination_of(session, plan)
    facts = PlanDecision(
        title=plan.title,
        instrument=Instrument(plan.instrument),
        area=plan.area.name,
        body=plan.qualifying_body,
        authority=authority,
        decision=stated["decision"],
        decided_on=date.fromisoformat(stated["decided_on"]),
        published_on=_day(stated["published_on"]),
        reasons=stated["reasons"],
        examiner=report.get("examiner", ""),
        received_on=_day(report.get("received_on")),
        recommends=Recommends(report["recommends"]) if report else None,
        changes=tuple(_change(row) for row in found.recommendations) if found is not None else (),
        conditions=tuple(
            (each["letter"], each["text"], each["is_met"], each["reason"]) for each in stated["basic_conditions"]
        ),
        area_choice=area.get("choice", ""),
        area_reasons=area.get("reasons", ""),
    )
    maps = _larger_area(plan, facts.decided_on, found.geometry) if found is not None and found.geometry else []
    return _paper(plan, facts.decided_on, decision_statement_notice(facts), authority, maps=maps)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _names(session: AnySession, plan: Plan) -> str:
    names = authority_names(session)
    return " and ".join(names.get(code, code) for code in sorted(planning_authorities(session, plan.area)))


def _change(row: Recommendation) -> DecidedChange:
    return DecidedChange(
        number=row.number,
        about=row.about,
        text=row.text,
        ground=Ground(row.ground) if row.ground else None,
        is_own=row.is_own,
        answer=Answer(row.decision) if row.decision else None,
        reason=row.reason,
    )


def _larger_area(plan: Plan, on: date, geometry: BaseGeometry) -> list[PaperMap]:
    voting, area = boundary(geometry), boundary(current_line(plan.area, on))
    if geometry_hash(voting) == geometry_hash(area):
        return []
    name = plan.area.name
    return [
        paper_map(voting, title="Map of the referendum area", what=f"the referendum area for {name}"),
        paper_map(area, title="Map of the neighbourhood area", what=f"the neighbourhood area {name}"),
    ]


def _paper(plan: Plan, on: date, notice: Notice, by: str, *, maps: Sequence[PaperMap] = ()) -> Paper:
    return Paper(
        notice=notice,
        about=f"{plan.title} ({plan.reference})",
        by=by,
        reference=plan.reference,
        at=datetime.combine(on, time(), UTC),
        maps=tuple(maps),
    )


def making_paper(session: AnySession, reference: str) -> Paper:
    """Return the decision to make a plan or order, or not to make it.

    Raises:
        NotFoundError: there is no such plan, or no authority has decided yet.

    Source: STEP-13, STEP-14, RESULT-4, RESULT-7, RESULT-10, RESULT-12.
    """
    plan = plan_by_reference(session, reference)
    names, authority = authority_names(session), _names(session, plan)
    made = [(names.get(each.authority_code, each.authority_code), each.made_on) for each in plan.entries]
    made = [(name, day) for name, day in made if day is not None]
    refused = [step for step in plan.steps if step.to_stage == Stage.NOT_MADE.value]
    if not made and not refused:
        raise NotFoundError(f"No authority has decided whether to make {reference} yet: look at how far it has come.")
    days = [day for _, day in made if day is not None]
    told = plan_case(session, plan).checks.get("making-published")
    facts = MakingDecision(
        title=plan.title,
        instrument=Instrument(plan.instrument),
        area=plan.area.name,
        authority=authority,
        is_made=not refused,
        decided_on=refused[-1].on_date if refused else max(days),
        by=tuple(made),
        votes=_votes(session, plan),
        reasons=refused[-1].note if refused else _reasons(session, plan),
        published_on=told.on_date if told is not None and told.answer == YES else None,
    )
    return _paper(plan, facts.decided_on, making_notice(facts), authority)


def _votes(session: AnySession, plan: Plan) -> tuple[str, ...]:
    chosen = select(Referendum).where(Referendum.plan_id == plan.id).order_by(Referendum.id)
    declared = [each for each in session.scalars(chosen) if each.declaration is not None]
    if not declared or declared[-1].declaration is None:
        return ()
    polls = declared[-1].declaration.result["polls"]
    day = declared[-1].poll_date
    return tuple(
        f"{_POLLS.get(key, key)} voted on {day:%-d %B %Y}: {each['yes']:,} for it and {each['no']:,} against."
        for key, each in polls.items()
    )


def _reasons(session: AnySession, plan: Plan) -> str:
    """Return the reasons given for making it, as the record has them."""
    kind = AuditEvent.kind == EventKind.DEVELOPMENT_PLAN_CHANGED.value
    chosen = select(AuditEvent.after).where(AuditEvent.subject == plan.reference, kind).order_by(AuditEvent.seq)
    return " ".join(str(after["reasons"]) for after in session.scalars(chosen) if after and after.get("reasons"))


def has_decision(plan: Plan) -> bool:
    """Say whether there is a decision on the report to state."""
    return decision_step(plan) is not None


def is_making_decided(plan: Plan) -> bool:
    """Say whether an authority has decided to make a plan or order, or not to."""
    by_step = any(step.to_stage == Stage.NOT_MADE.value for step in plan.steps)
    return by_step or any(entry.made_on is not None for entry in plan.entries)


def file_decision_statement(session: WriteSession, deed: Deed, store: DocumentStore, reference: str) -> CaseDocument:
    """File the decision statement as it stands with the case, as the next version of that document.

    Raises:
        NotFoundError: there is no decision to state yet.
        NotAllowedError: it is for the authority.
        ConflictError: the referendum's publicity period runs.

    Source: STEP-12.
    """
    content = paper_file(decision_paper(session, reference))
    name = f"{reference}-decision-statement.pdf"
    sent = PlanFile(kind="decision-statement", file_name=name, content=content, note="Made from the record.")
    return file_plan_document(session, deed, store, reference, sent)
