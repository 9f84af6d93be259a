"""What the forms of an examination share: their address and their day, and the examination they are about."""

from collections.abc import Callable, Sequence
from datetime import date

from app.audit import Deed
from app.db import WriteSession
from app.errors import NotFoundError
from app.models import Examination
from app.services.plan_facts import PlanCase
from app.web.case_forms import CaseForm, Field, Typed
from app.web.case_page import TODAY_HINT, crumbs_to
from app.web.case_tasks import base_of
from app.web.fields import typed_day


def form_of(
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
    """Return the form of one part of an examination, at its own address under the case."""
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


def day_field(label: str, today: date, name: str = "on_date") -> Field:
    """Return the field for a day, with one filled in."""
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
"""Does what a form asks for the case of a reference."""
Part = tuple[Callable[[PlanCase, date], CaseForm], Fill, str]
"""A form, what is done with it, and the page to go on to under the case."""
