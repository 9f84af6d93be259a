"""The forms of an examination: what each asks, and what is done with the answer."""

from collections.abc import Callable, Sequence
from datetime import date

from app.audit import Deed
from app.db import WriteSession
from app.errors import NotFoundError
from app.models import Examination, ExaminerQuestion, Recommendation
from app.services import examinations, reports
from app.services.plan_facts import PlanCase
from app.web.case_forms import CaseForm, Field, Typed
from app.web.case_page import TODAY_HINT, crumbs_to
from app.web.case_tasks import base_of
from app.web.fields import FieldError, typed_day
from app.web.sent_line import line_of
from referendum.examination import (
    ANSWER_WORDS,
    GROUND_WORDS,
    RECOMMENDS_WORDS,
    Ground,
    Nature,
    Recommends,
    recommendations_open_to,
)
from referendum.stages import Actor

_YES_NO = (("yes", "Yes"), ("no", "No"))
_ASKED = ((Actor.QUALIFYING_BODY.value, "The parish council or forum"), (Actor.AUTHORITY.value, "The authority"))
GROUNDS = tuple((each.value, words[:1].upper() + words[1:]) for each, words in GROUND_WORDS.items())
ANSWERS = tuple((each.value, words) for each, words in ANSWER_WORDS.items())
_APPOINTED_BY = (
    (examinations.BY_AUTHORITY, "The authority, with the consent of the parish council or forum"),
    (examinations.BY_SECRETARY_OF_STATE, "The Secretary of State, because there was no agreement"),
)
_NATURES = ((Nature.STAYS.value, "No, its nature stays"), (Nature.CHANGES.value, "Yes, its nature changes"))
_AREAS = (("neighbourhood-area", "The neighbourhood area"), ("extended", "A larger area"))


def _form(
    case: PlanCase,
    part: str,
    title: str,
    fields: Sequence[Field],
    *,
    intro: Sequence[str] = (),
    button: str = "Save",
    is_warning: bool = False,
    has_file: bool = False,
) -> CaseForm:
    return CaseForm(
        title=title,
        caption=f"{case.plan.reference} {case.plan.title}",
        action=f"{base_of(case)}/{part}",
        fields=fields,
        crumbs=crumbs_to(case),
        intro=intro,
        button=button,
        is_warning=is_warning,
        has_file=has_file,
    )


def _day_field(label: str, today: date, name: str = "on_date") -> Field:
    return Field(kind="day", name=name, label=label, hint=TODAY_HINT, value=today.isoformat())


def day_in(typed: Typed, name: str = "on_date") -> date:
    """Return the day that was typed into a form."""
    return typed_day(name, typed.text(name, 40))


def examination_in(case: PlanCase) -> Examination:
    """Return the examination of a case; a NotFoundError where no examiner was proposed."""
    if case.examination is None:
        raise NotFoundError(f"No examiner has been proposed for {case.plan.reference} yet: propose one first.")
    return case.examination


Fill = Callable[[WriteSession, Deed, str, Typed], object]


def _proposal_form(case: PlanCase, today: date) -> CaseForm:
    return _form(
        case,
        "examiner/propose",
        "Propose an examiner",
        [
            Field(kind="text", name="examiner", label="Name of the examiner"),
            Field(kind="long", name="qualifications", label="What qualifies the examiner?"),
            Field(
                kind="checkboxes",
                name="facts",
                label="What is true of the examiner?",
                options=(
                    ("is_independent", "Independent of the authority and of the parish council or forum"),
                    ("has_no_interest", "Without any interest in land that the draft may affect"),
                ),
            ),
            _day_field("When was the examiner proposed?", today),
        ],
        intro=["The parish council or forum must consent before the appointment (STEP-6)."],
    )


def _propose(session: WriteSession, deed: Deed, reference: str, typed: Typed) -> object:
    ticked = set(typed.lists.get("facts", ()))
    facts = examinations.Proposed(
        examiner=typed.text("examiner", 200),
        qualifications=typed.text("qualifications"),
        is_independent="is_independent" in ticked,
        has_no_interest="has_no_interest" in ticked,
        proposed_on=day_in(typed),
    )
    return examinations.propose_examiner(session, deed, reference, facts)


def consent_form(case: PlanCase, today: date) -> CaseForm:
    """Return the form with which the body consents to the examiner."""
    name = examination_in(case).examiner
    return _form(
        case,
        "examiner/consent",
        f"Consent to {name} as examiner",
        [
            Field(kind="text", name="consent_by", label="Who consents?", hint="A minute and its number, or a letter"),
            _day_field("On which day?", today),
        ],
        button="Consent",
    )


def give_consent(session: WriteSession, deed: Deed, reference: str, typed: Typed) -> object:
    """Keep the body's consent."""
    return examinations.consent_to_examiner(
        session, deed, reference, consent_on=day_in(typed), consent_by=typed.text("consent_by", 200)
    )


def _appointment_form(case: PlanCase, today: date) -> CaseForm:
    return _form(
        case,
        "examiner/appoint",
        f"Appoint {examination_in(case).examiner}",
        [
            Field(kind="radios", name="appointed_by", label="Who appoints?", options=_APPOINTED_BY, value="authority"),
            _day_field("On which day?", today),
        ],
        button="Appoint",
    )


def _appoint(session: WriteSession, deed: Deed, reference: str, typed: Typed) -> object:
    by = typed.chosen("appointed_by", _APPOINTED_BY)
    return examinations.appoint_examiner(session, deed, reference, appointed_on=day_in(typed), appointed_by=by)


def _end_form(case: PlanCase, today: date) -> CaseForm:
    return _form(
        case,
        "examiner/end",
        f"{examination_in(case).examiner} does not go on",
        [Field(kind="long", name="why", label="Why?"), _day_field("Since which day?", today)],
        is_warning=True,
    )


def _end(session: WriteSession, deed: Deed, reference: str, typed: Typed) -> object:
    return examinations.give_up_examination(session, deed, reference, on_date=day_in(typed), why=typed.text("why"))


def _question_form(case: PlanCase, today: date) -> CaseForm:
    return _form(
        case,
        "examiner/question",
        "Enter a question of the examiner",
        [
            Field(kind="radios", name="asked_of", label="Whom did the examiner ask?", options=_ASKED),
            Field(kind="long", name="question", label="The question"),
            _day_field("On which day?", today),
        ],
    )


def _ask(session: WriteSession, deed: Deed, reference: str, typed: Typed) -> object:
    asked_of = typed.chosen("asked_of", _ASKED)
    return examinations.ask_question(
        session, deed, reference, asked_on=day_in(typed), asked_of=asked_of, question=typed.text("question")
    )


def _report_form(case: PlanCase, today: date) -> CaseForm:
    found = examination_in(case)
    extends = {True: "yes", False: "no", None: ""}[found.extends_area]
    options = tuple((each.value, RECOMMENDS_WORDS[each].capitalize()) for each in recommendations_open_to(case.course))
    return _form(
        case,
        "report",
        "What the report says as a whole",
        [
            _day_field("When did the authority receive it?", found.report_on or today),
            Field(
                kind="radios",
                name="recommends",
                label="What does it recommend?",
                options=options,
                value=found.recommendation,
            ),
            Field(
                kind="radios",
                name="extends_area",
                label="Should the referendum area be larger than the neighbourhood area?",
                hint="A report in favour must say so (EXAM-3).",
                options=_YES_NO,
                value=extends,
            ),
            Field(kind="long", name="area_advice", label="Larger to where, and why?", value=found.area_advice),
        ],
    )


def _report(session: WriteSession, deed: Deed, reference: str, typed: Typed) -> object:
    recommends = typed.chosen("recommends", tuple((each.value, "") for each in Recommends))
    facts = reports.ReportFacts(
        received_on=day_in(typed),
        recommends=Recommends(recommends),
        extends_area={"yes": True, "no": False}.get(typed.values.get("extends_area", "")),
        area_advice=typed.text("area_advice"),
    )
    return reports.enter_report(session, deed, reference, facts)


def _change_form(case: PlanCase, _today: date) -> CaseForm:
    whose = (("no", "The examiner recommends it"), ("yes", "The authority makes it of its own"))
    return _form(
        case,
        "recommendations/new",
        "Enter a change",
        [
            Field(kind="text", name="about", label="What is it about?", hint="A policy, a map or a page"),
            Field(kind="long", name="text", label="What is to be changed?"),
            Field(kind="radios", name="ground", label="Why may it be changed?", options=GROUNDS),
            Field(kind="radios", name="is_own", label="Whose change is it?", options=whose, value="no"),
        ],
        intro=["A draft may be changed only for one of these reasons, by examiner and authority alike."],
    )


def _change(session: WriteSession, deed: Deed, reference: str, typed: Typed) -> object:
    change = reports.Change(
        about=typed.text("about", 200),
        text=typed.text("text"),
        ground=Ground(typed.chosen("ground", GROUNDS)),
        is_own=typed.values.get("is_own") == "yes",
    )
    return reports.add_change(session, deed, reference, change)


def _area_form(case: PlanCase, _today: date) -> CaseForm:
    found = examination_in(case)
    return _form(
        case,
        "referendum-area",
        "The referendum area",
        [
            Field(kind="radios", name="choice", label="Who is to vote?", options=_AREAS, value=found.area_choice),
            Field(
                kind="file",
                name="file",
                label="The line of the larger area",
                hint="GeoJSON, GeoPackage, Shapefile (zipped) or KML with one area; only where it is larger",
            ),
            Field(kind="long", name="reasons", label="Reasons", hint="They are published.", value=found.area_reasons),
        ],
        has_file=True,
        intro=[
            "The referendum area is at least the neighbourhood area. It may be larger, never smaller (EXAM-4).",
            f"The examiner says: {found.area_advice}" if found.area_advice else "The examiner asks for no larger area.",
        ],
    )


def _area(session: WriteSession, deed: Deed, reference: str, typed: Typed) -> object:
    extended, sent = None, typed.files.get("file")
    if typed.chosen("choice", _AREAS) == reports.EXTENDED:
        if sent is None:
            raise FieldError("file", "Choose the file with the line of the larger area.")
        extended = line_of(sent)
    reasons = typed.text("reasons")
    return reports.decide_referendum_area(session, deed, reference, extended_bng=extended, reasons=reasons)


def _nature_form(case: PlanCase, _today: date) -> CaseForm:
    found = examination_in(case)
    asks = "Do the changes alter the nature of the plan?"
    return _form(
        case,
        "nature",
        "What the examiner found on the nature of the changes",
        [
            Field(kind="radios", name="nature", label=asks, options=_NATURES, value=found.nature),
            Field(kind="long", name="reasons", label="The examiner's reasons", value=found.nature_reasons),
        ],
    )


def _nature(session: WriteSession, deed: Deed, reference: str, typed: Typed) -> object:
    nature = Nature(typed.chosen("nature", _NATURES))
    return examinations.find_nature(session, deed, reference, nature=nature, reasons=typed.text("reasons"))


def _later_form(case: PlanCase, today: date) -> CaseForm:
    return _form(
        case,
        "later-day",
        "Agree on a later day for the decision",
        [
            _day_field("The day agreed", today),
            Field(kind="text", name="evidence", label="Where can the agreement be seen?", hint="A letter and its date"),
        ],
    )


def _later(session: WriteSession, deed: Deed, reference: str, typed: Typed) -> object:
    evidence = typed.text("evidence")
    return reports.agree_later_day(session, deed, reference, decide_by=day_in(typed), evidence=evidence)


def _statement_form(case: PlanCase, today: date) -> CaseForm:
    intro = ["The six weeks in which a court can be asked to look at the decision begin on the day after."]
    fields = [_day_field("When was the decision statement published?", today)]
    return _form(case, "statement", "The decision statement was published", fields, intro=intro)


def _statement(session: WriteSession, deed: Deed, reference: str, typed: Typed) -> object:
    return reports.publish_statement(session, deed, reference, published_on=day_in(typed))


PARTS: dict[str, tuple[Callable[[PlanCase, date], CaseForm], Fill, str]] = {
    "examiner/propose": (_proposal_form, _propose, "examiner"),
    "examiner/appoint": (_appointment_form, _appoint, "examiner"),
    "examiner/end": (_end_form, _end, "examiner"),
    "examiner/question": (_question_form, _ask, "examiner"),
    "report": (_report_form, _report, "examiner"),
    "recommendations/new": (_change_form, _change, "recommendations"),
    "referendum-area": (_area_form, _area, ""),
    "nature": (_nature_form, _nature, ""),
    "later-day": (_later_form, _later, ""),
    "statement": (_statement_form, _statement, ""),
}


def answer_form(case: PlanCase, row: ExaminerQuestion, today: date) -> CaseForm:
    """Return the form that answers a question of the examiner."""
    return _form(
        case,
        f"examiner/questions/{row.number}",
        f"Question {row.number}",
        [Field(kind="long", name="answer", label="The answer", value=row.answer), _day_field("On which day?", today)],
        intro=[row.question],
    )


def decision_form(case: PlanCase, row: Recommendation, today: date) -> CaseForm:
    """Return the form that decides on a recommendation."""
    return _form(
        case,
        f"recommendations/{row.number}",
        f"Decide on recommendation {row.number}",
        [
            Field(kind="radios", name="answer", label="The decision", options=ANSWERS, value=row.decision),
            Field(kind="long", name="reason", label="The reason", hint="It is published.", value=row.reason),
            _day_field("On which day?", row.decided_on or today),
        ],
        intro=[
            f"{row.about}: {row.text}",
            f"{GROUND_WORDS[Ground(row.ground)][:1].upper()}{GROUND_WORDS[Ground(row.ground)][1:]}.",
        ],
    )
