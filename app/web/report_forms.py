"""The forms about the report: what it says as a whole, each change, and the decision on each."""

from collections.abc import Mapping
from datetime import date

from app.audit import Deed
from app.db import WriteSession
from app.models import Recommendation
from app.services import report_changes, reports
from app.services.plan_facts import PlanCase
from app.web.case_forms import CaseForm, Field, Typed
from app.web.examination_parts import Part, day_field, day_in, examination_in, form_of
from referendum.examination import (
    ANSWER_WORDS,
    GROUND_WORDS,
    RECOMMENDS_WORDS,
    Ground,
    Recommends,
    recommendations_open_to,
)

_YES_NO = (("yes", "Yes"), ("no", "No"))
GROUNDS = tuple((each.value, words[:1].upper() + words[1:]) for each, words in GROUND_WORDS.items())
ANSWERS = tuple((each.value, words) for each, words in ANSWER_WORDS.items())


def _report_form(case: PlanCase, today: date) -> CaseForm:
    found = examination_in(case)
    extends = {True: "yes", False: "no", None: ""}[found.extends_area]
    options = tuple((each.value, RECOMMENDS_WORDS[each].capitalize()) for each in recommendations_open_to(case.course))
    return form_of(
        case,
        "report",
        "What the report says as a whole",
        [
            day_field("When did the authority receive it?", found.report_on or today),
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
    return form_of(
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
    change = report_changes.Change(
        about=typed.text("about", 200),
        text=typed.text("text"),
        ground=Ground(typed.chosen("ground", GROUNDS)),
        is_own=typed.values.get("is_own") == "yes",
    )
    return report_changes.add_change(session, deed, reference, change)


def decision_form(case: PlanCase, row: Recommendation, today: date) -> CaseForm:
    """Return the form that decides on a recommendation."""
    return form_of(
        case,
        f"recommendations/{row.number}",
        f"Decide on recommendation {row.number}",
        [
            Field(kind="radios", name="answer", label="The decision", options=ANSWERS, value=row.decision),
            Field(kind="long", name="reason", label="The reason", hint="It is published.", value=row.reason),
            day_field("On which day?", row.decided_on or today),
        ],
        intro=[
            f"{row.about}: {row.text}",
            f"{GROUND_WORDS[Ground(row.ground)][:1].upper()}{GROUND_WORDS[Ground(row.ground)][1:]}.",
        ],
    )


REPORT_PARTS: Mapping[str, Part] = {
    "report": (_report_form, _report, "examiner"),
    "recommendations/new": (_change_form, _change, "recommendations"),
}
"""The forms for the authority, by their address under the case."""
