"""The forms about the decision on a report: the plan's nature, a later day, and its publication."""

from collections.abc import Mapping
from datetime import date

from app.audit import Deed
from app.db import WriteSession
from app.services import examinations, reports
from app.services.plan_facts import PlanCase
from app.web.case_forms import CaseForm, Field, Typed
from app.web.examination_parts import Part, day_field, day_in, examination_in, form_of
from referendum.examination import Nature

_NATURES = ((Nature.STAYS.value, "No, its nature stays"), (Nature.CHANGES.value, "Yes, its nature changes"))


def _nature_form(case: PlanCase, _today: date) -> CaseForm:
    found = examination_in(case)
    asks = "Do the changes alter the nature of the plan?"
    return form_of(
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
    return form_of(
        case,
        "later-day",
        "Agree on a later day for the decision",
        [
            day_field("The day agreed", today),
            Field(kind="text", name="evidence", label="Where can the agreement be seen?", hint="A letter and its date"),
        ],
    )


def _later(session: WriteSession, deed: Deed, reference: str, typed: Typed) -> object:
    evidence = typed.text("evidence")
    return reports.agree_later_day(session, deed, reference, decide_by=day_in(typed), evidence=evidence)


def _statement_form(case: PlanCase, today: date) -> CaseForm:
    intro = ["The six weeks in which a court can be asked to look at the decision begin on the day after."]
    fields = [day_field("When was the decision statement published?", today)]
    return form_of(case, "statement", "The decision statement was published", fields, intro=intro)


def _statement(session: WriteSession, deed: Deed, reference: str, typed: Typed) -> object:
    return reports.publish_statement(session, deed, reference, published_on=day_in(typed))


DECISION_PARTS: Mapping[str, Part] = {
    "nature": (_nature_form, _nature, ""),
    "later-day": (_later_form, _later, ""),
    "statement": (_statement_form, _statement, ""),
}
"""The forms for the authority, by their address under the case."""
