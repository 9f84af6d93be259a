"""The papers of an invented plan: everything a step still lacks, handed in by those whose task it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shapely.geometry.base import BaseGeometry

from app.audit import Deed
from app.db import WriteSession
from app.document_store import DocumentStore
from app.models import Plan
from app.services.examinations import find_nature
from app.services.examiner_questions import answer_question, ask_question
from app.services.examiners import Proposed, appoint_examiner, consent_to_examiner, propose_examiner
from app.services.plan_checks import Said, check_content, check_organisation, confirm_point
from app.services.plan_documents import PlanFile, document_words, file_plan_document
from app.services.plan_facts import NO, YES, checklist_of, condition_code, conditions_of, plan_case, unmet_conditions
from app.services.plans import StepFacts, plan_by_reference, take_step
from app.services.referendum_areas import decide_referendum_area
from app.services.report_changes import Change, add_change, decide_change
from app.services.reports import ReportFacts, enter_report
from referendum.community_organisation import CommunityOrganisation
from referendum.examination import Answer, Ground, Nature, Recommends, recommendations_open_to
from referendum.needs import Actor, Evidence, Need, duties_after
from referendum.question import Instrument
from referendum.stages import Course, Stage, check_move

_DONE_AT_ONCE = frozenset({Stage.PUBLICISED, Stage.EXAMINATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the story tells of one plan's examination; the rest is filled in.

    Attributes:
        examiner: the examiner's name.
        recommendation: what the report recommends; empty for the plainest that is lawful.
        changes: each recommended change: about, text, ground, decision, reason.
        questions: each question of the examiner: asked_of, question, answer.
        extended_bng: the extended referendum area; None where it is the neighbourhood area.
    """

    examiner: str = "Example Examiner"
    recommendation: str = ""
    changes: tuple[Mapping[str, str], ...] = ()
    questions: tuple[Mapping[str, str], ...] = ()
    extended_bng: BaseGeometry | None = None


@dataclass(slots=True, kw_only=True)
class Papers:
    """Hands in what a plan's steps need, as its people would.

    Attributes:
        authority: what a planning officer does, at that moment.
        body: what the qualifying body does, at that moment.
    """

    session: WriteSession
    store: DocumentStore
    authority: Deed
    body: Deed
    told: Told = field(default_factory=Told)

    def take(self, reference: str, step: StepFacts) -> Plan:
        """Hand in all that a step still lacks, and take it: by the qualifying body where it is the body's to take."""
        by_body = self.hand_in(reference, step) is Actor.QUALIFYING_BODY
        plan = take_step(self.session, self.body if by_body else self.authority, reference, step)
        for need in duties_after(step.to_stage, Instrument(plan.instrument), Course(plan.course)):
            if need.evidence is Evidence.CONFIRMATION and step.to_stage in _DONE_AT_ONCE:
                self._confirm(reference, need, step.on_date)
        return plan

    def hand_in(self, reference: str, step: StepFacts) -> Actor:
        """Hand in all that a step still lacks, and return whose step it is."""
        case = plan_case(self.session, plan_by_reference(self.session, reference))
        move = check_move(case.instrument, case.stage, step.to_stage, case.course)
        for need in checklist_of(case, move, on=step.on_date, note=step.note).missing:
            self._hand_in(reference, need, step.on_date)
        return move.by

    def _hand_in(self, reference: str, need: Need, on: date) -> None:
        if need.evidence is Evidence.DOCUMENT:
            self.file(reference, need.code, by_body=need.by is Actor.QUALIFYING_BODY)
        elif need.evidence is Evidence.CONFIRMATION:
            self._confirm(reference, need, on)
        elif need.code in self._records:
            self._records[need.code](reference, on)

    def file(self, reference: str, kind: str, *, by_body: bool = False) -> None:
        """File a short invented text as one document of a plan."""
        title = plan_by_reference(self.session, reference).title
        words = document_words(kind)
        text = f"{title}\n\nThis stands for {words}.\nThe plan, its people and its place are invented.\n"
        sent = PlanFile(kind=kind, file_name=f"{kind}.txt", content=text.encode())
        file_plan_document(self.session, self.body if by_body else self.authority, self.store, reference, sent)

    def _confirm(self, reference: str, need: Need, on: date) -> None:
        deed = self.body if need.by is Actor.QUALIFYING_BODY else self.authority
        if need.code == "content":
            check_content(self.session, deed, reference, contains=frozenset(), repeats_permission=False, on_date=on)
        elif need.code == "community-organisation":
            check_organisation(self.session, deed, reference, _good_organisation(on))
        else:
            nature = need.code in {"view-on-nature", "authority-view-on-nature"}
            stays = nature and plan_by_reference(self.session, reference).course != Course.CHANGE_WITH_REFERENDUM.value
            answer = NO if stays or need.code == "enfranchisement" else YES
            note = f"Invented for the example: {need.text}."
            confirm_point(self.session, deed, reference, Said(code=need.code, answer=answer, note=note, on_date=on))

    @property
    def _records(self) -> Mapping[str, Callable[[str, date], None]]:
        return {
            "examiner-appointed": self._appoint,
            "nature-found": self._find_changed,
            "report-says-all": self._report,
            "recommendations-decided": self._decide_changes,
            "basic-conditions": self._find_conditions_met,
            "area-decided": self._decide_area,
        }

    def _appoint(self, reference: str, on: date) -> None:
        proposed = Proposed(
            examiner=self.told.examiner,
            qualifications="Chartered town planner with experience of examinations (invented).",
            is_independent=True,
            has_no_interest=True,
            proposed_on=on,
        )
        propose_examiner(self.session, self.authority, reference, proposed)
        consent_to_examiner(
            self.session, self.body, reference, consent_on=on, consent_by="Minute of the body (invented)"
        )
        appoint_examiner(self.session, self.authority, reference, appointed_on=on)

    def _find_changed(self, reference: str, on: date) -> None:
        del on
        reasons = "The changes add sites for homes (invented)."
        find_nature(self.session, self.authority, reference, nature=Nature.CHANGES, reasons=reasons)

    def _report(self, reference: str, on: date) -> None:
        course = Course(plan_by_reference(self.session, reference).course)
        without_vote = course is Course.CHANGE_WITHOUT_REFERENDUM
        if without_vote:
            reasons = "The changes bring dates and names up to date (invented)."
            find_nature(self.session, self.authority, reference, nature=Nature.STAYS, reasons=reasons)
        plainest = recommendations_open_to(course)[0]
        extends = self.told.extended_bng is not None
        for each in self.told.questions:
            asked = ask_question(
                self.session,
                self.authority,
                reference,
                asked_on=on,
                asked_of=each["asked_of"],
                question=each["question"],
            )
            answer_question(
                self.session, self.authority, reference, asked.number, answer=each["answer"], answered_on=on
            )
        facts = ReportFacts(
            received_on=on,
            recommends=Recommends(self.told.recommendation) if self.told.recommendation else plainest,
            extends_area=None if without_vote else extends,
            area_advice="To the homes just beyond the parish that the plan affects (invented)." if extends else "",
        )
        enter_report(self.session, self.authority, reference, facts)
        for each in self.told.changes:
            change = Change(about=each["about"], text=each["text"], ground=Ground(each["ground"]))
            add_change(self.session, self.authority, reference, change)

    def _decide_changes(self, reference: str, on: date) -> None:
        for number, each in enumerate(self.told.changes, start=1):
            decide_change(
                self.session,
                self.authority,
                reference,
                number,
                answer=Answer(each["decision"]),
                reason=each["reason"],
                decided_on=on,
            )

    def _find_conditions_met(self, reference: str, on: date) -> None:
        case = plan_case(self.session, plan_by_reference(self.session, reference))
        listed = conditions_of(case, on)
        for letter in unmet_conditions(case):
            code = condition_code(listed.version, letter)
            said = Said(code=code, answer=YES, note="As the examiner found (invented).", on_date=on)
            confirm_point(self.session, self.authority, reference, said)

    def _decide_area(self, reference: str, on: date) -> None:
        del on
        reasons = "As the examiner recommended (invented)."
        decide_referendum_area(
            self.session, self.authority, reference, extended_bng=self.told.extended_bng, reasons=reasons
        )


def _good_organisation(on: date) -> CommunityOrganisation:
    facts: dict[str, Any] = dict.fromkeys(
        ("is_for_local_wellbeing", "is_open_to_locals", "residents_control", "gains_stay_local", "assets_pass_on"), True
    )
    return CommunityOrganisation(
        on=on,
        company_number="IP00000 (invented)",
        members=24,
        members_living_in_area=20,
        dwellings_of_members=16,
        **facts,
    )
