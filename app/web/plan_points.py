"""The forms with which points of a plan's case are confirmed or denied."""

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.audit import Deed
from app.auth import PrepareDeed
from app.db import WriteSession
from app.errors import NotFoundError
from app.routing import Route
from app.services.plan_checks import Said, check_content, check_organisation, confirm_point
from app.services.plan_facts import (
    CONDITION_CODE,
    NO,
    NOT_NEEDED,
    YES,
    PlanCase,
    condition_code,
    conditions_of,
)
from app.state import CurrentState, Reading, Writing
from app.web.case_forms import CaseForm, Field, Typed, TypedIn, show
from app.web.case_page import BASE, TODAY_HINT, attempt, case_for, crumbs_to
from app.web.case_tasks import base_of
from app.web.fields import typed_day
from referendum.community_organisation import CommunityOrganisation
from referendum.needs import Evidence, need_by_code
from referendum.plan_content import EXCLUDED_WORDS, Excluded

router = APIRouter(route_class=Route, include_in_schema=False)

_ANSWERS = ((YES, "Yes"), (NO, "No"), (NOT_NEEDED, "Not needed here"))
_STATED = (("yes", "Yes"), ("no", "No"))


_NATURE = "Do the changes alter the nature of the plan?"
_QUESTIONS = {
    "enfranchisement": "Do leaseholders lose the right to buy homes built under this order?",
    "view-on-nature": _NATURE,
    "authority-view-on-nature": _NATURE,
    "policies-not-affected": "Are all policies as good as unchanged?",
}
_ORGANISATION = (
    ("is_parish_council", "It is a parish council, so none of the rest is asked"),
    ("is_for_local_wellbeing", "It is set up for the well-being of people who live, or want to live, in the area"),
    ("is_open_to_locals", "People who live or work in the area can join and vote"),
    ("residents_control", "Residents hold most votes and most places on its governing body"),
    ("gains_stay_local", "Its profits and assets are used for the area"),
    ("assets_pass_on", "If it is wound up, its assets go to a similar body"),
)
_COUNTS = (
    ("members", "How many members has it?"),
    ("members_living_in_area", "How many of them live in the neighbourhood area?"),
    ("dwellings_of_members", "In how many different homes in the area do members live?"),
)


def _point_form(case: PlanCase, code: str, today: date) -> CaseForm:
    need = need_by_code(code, case.instrument, case.course)
    said = case.checks.get(code)
    if code.startswith(f"{CONDITION_CODE}-"):
        title = _condition_text(case, code, today)
    elif need is None or need.evidence is not Evidence.CONFIRMATION:
        raise NotFoundError(f"There is no point {code[:40]!r} in this case: choose one from its page.")
    else:
        title = need.text[:1].upper() + need.text[1:]
    return CaseForm(
        title=title,
        caption=f"{case.plan.reference} {case.plan.title}",
        action=f"{base_of(case)}/points/{code}",
        fields=_point_fields(case, code, today),
        crumbs=crumbs_to(case),
        intro=[f"Rule {need.rule}."] if need is not None else [],
        notes=[("As it stands", [f"{said.answer}, {said.on_date:%-d %B %Y}. {said.note}"])] if said else (),
    )


def _condition_text(case: PlanCase, code: str, today: date) -> str:
    listed = conditions_of(case, today)
    for each in listed.conditions:
        if condition_code(listed.version, each.letter) == code:
            return f"Basic condition ({each.letter}): {each.text}"
    raise NotFoundError("There is no such basic condition for this proposal: choose one from the list.")


def _point_fields(case: PlanCase, code: str, today: date) -> list[Field]:
    said = case.checks.get(code)
    details = said.details if said is not None else {}
    day = said.on_date if said is not None else today
    on_date = Field(
        kind="day", name="on_date", label="On which day was it found?", hint=TODAY_HINT, value=day.isoformat()
    )
    if code == "content":
        kinds = tuple((each.value, EXCLUDED_WORDS[each][:1].upper() + EXCLUDED_WORDS[each][1:]) for each in Excluded)
        chosen = ",".join(details.get("contains", ()))
        asks = "Does it provide for any of these?"
        hint = "Tick what it contains. Tick nothing where it contains none of them."
        fields = [Field(kind="checkboxes", name="contains", label=asks, hint=hint, value=chosen, options=kinds)]
        if case.instrument.value != "ndp":
            box = (("yes", "It permits something that has planning permission already"),)
            value = "yes" if details.get("repeats_permission") else ""
            fields.append(
                Field(kind="checkboxes", name="repeats_permission", label="And this?", value=value, options=box)
            )
        return [*fields, on_date]
    if code == "community-organisation":
        chosen = ",".join(name for name, _ in _ORGANISATION if details.get(name))
        asks, number = "What is true of the organisation?", str(details.get("company_number", ""))
        return [
            Field(kind="checkboxes", name="facts", label=asks, value=chosen, options=_ORGANISATION),
            Field(kind="text", name="company_number", label="Its number as a body", value=number),
            *(Field(kind="day", name=name, label=label, value=str(details.get(name, ""))) for name, label in _COUNTS),
            on_date,
        ]
    asks, hint = _QUESTIONS.get(code, "Is this done?"), "The reason, and where it can be seen"
    options = _STATED if code in _QUESTIONS else _ANSWERS
    answer, note = (said.answer, said.note) if said is not None else ("", "")
    return [
        Field(kind="radios", name="answer", label=asks, value=answer, options=options),
        Field(kind="long", name="note", label="Say more", hint=hint, value=note),
        on_date,
    ]


@router.get(f"{BASE}/points/{{code}}")
def point_form(
    request: Request, state: CurrentState, session: Reading, deed: PrepareDeed, reference: str, *, code: str
) -> Response:
    """Show the form of one point."""
    return show(request, _point_form(case_for(session, deed, reference), code, state.clock.today()))


@router.post(f"{BASE}/points/{{code}}")
def point_said(
    request: Request,
    state: CurrentState,
    session: Writing,
    deed: PrepareDeed,
    reference: str,
    *,
    code: str,
    typed: TypedIn,
) -> Response:
    """Keep what somebody says on one point."""
    case = case_for(session, deed, reference)
    form = _point_form(case, code, state.clock.today())
    then = f"{base_of(case)}/conditions" if code.startswith(f"{CONDITION_CODE}-") else base_of(case)
    return attempt(request, session, form, typed, act=lambda: _say(session, deed, case, code, typed), then=then)


def _say(session: WriteSession, deed: Deed, case: PlanCase, code: str, typed: Typed) -> None:
    reference, on = case.plan.reference, typed_day("on_date", typed.text("on_date", 40))
    if code == "content":
        check_content(
            session,
            deed,
            reference,
            contains=frozenset(each for each in Excluded if each.value in typed.lists.get("contains", ())),
            repeats_permission=typed.is_ticked("repeats_permission"),
            on_date=on,
        )
    elif code == "community-organisation":
        ticked = set(typed.lists.get("facts", ()))
        body = CommunityOrganisation(
            on=on,
            company_number=typed.text("company_number", 80),
            members=typed.number("members") or 0,
            members_living_in_area=typed.number("members_living_in_area") or 0,
            dwellings_of_members=typed.number("dwellings_of_members") or 0,
            **{name: name in ticked for name, _ in _ORGANISATION},
        )
        check_organisation(session, deed, reference, body)
    else:
        options = _STATED if code in _QUESTIONS else _ANSWERS
        said = Said(code=code, answer=typed.chosen("answer", options), note=typed.text("note"), on_date=on)
        confirm_point(session, deed, reference, said)
