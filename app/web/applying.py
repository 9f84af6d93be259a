"""Applying with a draft: each part on its own form, the answers to check, the submission, and the receipt."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import BaseModel

from app.auth import ApplyDeed, CurrentVisitor, DrawDeed, Visitor
from app.document_store import document_store
from app.draft_applicants import own_body
from app.errors import ConflictError, NotFoundError
from app.roles import May, may
from app.routing import Route
from app.services.documents import latest_documents
from app.services.draft_answers import save_answer
from app.services.draft_cases import DraftCase, part_of
from app.services.draft_maps import in_words
from app.services.draft_parts import FIELDS, TITLES, Part, Typed, declaration_of, field_of
from app.services.draft_submissions import MissingPartsError, submit_draft
from app.services.drafts import draft_by_reference
from app.state import CurrentState, Reading, State, Writing
from app.web.draft_pages import APPLY, ONE, AnySession, base_of, case_for, name_of
from app.web.draft_words import bounds_of, next_steps, scales_offered, verdict_facts
from app.web.fields import FieldError, errors_of, no_longer_than
from app.web.form_page import Errors, form_page, see
from app.web.page import HOME, Crumb
from referendum.designation_facts import ApplicantKind
from referendum.designation_facts import Route as LawfulRoute

router = APIRouter(route_class=Route, include_in_schema=False)


class PartForm(BaseModel):
    """Everything that can be typed of an application; the form of a part sends its own fields."""

    choice: str = ""
    name: str = ""
    statement: str = ""
    kind: str = ""
    applicant_name: str = ""
    parish_code: str = ""
    declared: str = ""
    capability: str = ""
    consents: str = ""
    later: str = ""
    form_token: str = ""

    def fields_of(self, part: Part) -> dict[str, str]:
        """Return the fields of a part; paper and scale of the map are chosen together.

        Raises:
            FieldError: one is too long.
        """
        paper, _, scale = self.choice.partition("-")
        typed = self.model_dump() | {"paper": paper, "scale": scale}
        for field, longest in FIELDS[part].items():
            shown = "choice" if part is Part.MAP else field
            no_longer_than(shown, typed[field], longest)
        return {field: typed[field] for field in FIELDS[part]}


_FIRST_FIELD = {Part.MAP: "choice", Part.BODY: "declared", Part.CONSENTS: "consents"}


def _part(name: str) -> Part:
    try:
        return Part(name)
    except ValueError as problem:
        raise NotFoundError("An application has no such part: choose one from the list.") from problem


@router.get(f"{ONE}/parts/{{part}}")
def part_form(
    request: Request,
    state: CurrentState,
    session: Reading,
    deed: DrawDeed,
    visitor: CurrentVisitor,
    *,
    number: str,
    part: str,
) -> Response:
    """Show the form of one part with what was typed before."""
    case, wanted = case_for(session, deed, state, visitor, number), _part(part)
    typed = dict(case.answers.get(wanted, {}))
    if wanted is Part.NAME and not typed:
        typed["name"] = case.draft.name
    return _form(request, visitor, case, wanted, typed, number=number)


def _form(
    request: Request,
    visitor: Visitor | None,
    case: DraftCase,
    part: Part,
    typed: Mapping[str, str],
    *,
    number: str,
    errors: Errors = (),
) -> Response:
    own = own_body(visitor)
    filled = dict.fromkeys(FIELDS[part], "") | dict(typed)
    facts = {
        "case": case,
        "part": part.value,
        "title": TITLES[part],
        "name": name_of(case),
        "base": base_of(number),
        "typed": filled | (own if part is Part.BODY else {}),
        "own": own,
        "offered": scales_offered(bounds_of(case.version)) if part is Part.MAP else [],
        "barred": _barred(case, part),
        "declarations": {kind.value: declaration_of(kind, own.get("applicant_name", "")) for kind in ApplicantKind},
        "councils": [each.place.name for each in case.verdict.parishes if each.place.has_council],
    }
    crumbs: list[Crumb] = [HOME, APPLY, (name_of(case), base_of(number))]
    return form_page(request, "applying/part.html", facts, errors=errors, section="/apply", crumbs=crumbs)


def _barred(case: DraftCase, part: Part) -> str:
    """Return why the line may not be applied for; nothing where it may, or where another part is asked for."""
    is_barred = part is Part.MAP and case.verdict.route is LawfulRoute.BARRED
    return part_of(case, part).problem if is_barred else ""


@router.post(f"{ONE}/parts/{{part}}")
def answer_part(
    request: Request,
    state: CurrentState,
    session: Writing,
    deed: DrawDeed,
    visitor: CurrentVisitor,
    *,
    number: str,
    part: str,
    typed: Annotated[PartForm, Form()],
) -> Response:
    """Keep what was typed of one part, complete or not; what is missing is said, and nothing typed is lost."""
    wanted = _part(part)
    fields: Typed = typed.model_dump()
    try:
        fields = typed.fields_of(wanted) | (own_body(visitor) if wanted is Part.BODY else {})
        with session.begin_nested():
            save_answer(session, deed, f"ND-{number}", wanted, fields)
    except (FieldError, ConflictError) as refusal:
        case = case_for(session, deed, state, visitor, number)
        errors = errors_of(refusal, _FIRST_FIELD.get(wanted, wanted.value))
        return _form(request, visitor, case, wanted, fields, number=number, errors=errors)
    case = case_for(session, deed, state, visitor, number)
    problem = part_of(case, wanted).problem
    if problem and not _barred(case, wanted):
        errors = [(_FIRST_FIELD.get(wanted, wanted.value), problem)]
        return _form(request, visitor, case, wanted, fields, number=number, errors=errors)
    return see(base_of(number))


@router.get(f"{ONE}/check")
def check_answers(
    *, request: Request, state: CurrentState, session: Reading, deed: DrawDeed, visitor: CurrentVisitor, number: str
) -> Response:
    """Show every answer, with a link to change each, before the application is made."""
    case = case_for(session, deed, state, visitor, number)
    if case.submission is not None:
        return see(f"{base_of(number)}/receipt")
    return _check(request, state, session, visitor, case, number=number)


def _check(
    request: Request,
    state: State,
    session: AnySession,
    visitor: Visitor | None,
    case: DraftCase,
    *,
    number: str,
    errors: Errors = (),
) -> Response:
    kind = field_of(case.answers, Part.BODY, "kind")
    body = field_of(case.answers, Part.BODY, "applicant_name")
    facts = {
        "case": case,
        "name": name_of(case),
        "base": base_of(number),
        "parts": [(each, case.answers.get(each.part, {})) for each in case.parts if each.is_needed],
        "declaration": declaration_of(ApplicantKind(kind), body) if kind in set(ApplicantKind) else "",
        "verdict": verdict_facts(case.verdict),
        "words": in_words(session, case.version.geometry, state.clock.today()),
        "may_submit": visitor is not None and may(visitor.actor.role, May.APPLY_FOR_AREA),
    }
    crumbs: list[Crumb] = [HOME, APPLY, (name_of(case), base_of(number))]
    return form_page(request, "applying/check.html", facts, errors=errors, section="/apply", crumbs=crumbs)


@router.post(f"{ONE}/submit")
def submit(
    request: Request,
    state: CurrentState,
    session: Writing,
    deed: ApplyDeed,
    visitor: CurrentVisitor,
    *,
    number: str,
    version: Annotated[int, Form()],
) -> Response:
    """Make the application; a second time leads to the receipt of the first."""
    draft_by_reference(session, deed, f"ND-{number}")
    try:
        with session.begin_nested():
            submit_draft(session, deed, document_store(state.settings), f"ND-{number}", version=version)
    except MissingPartsError as refusal:
        errors = [(each.part.value, f"{each.title}: {each.problem}") for each in refusal.parts]
    except ConflictError as refusal:
        errors = [("version", str(refusal))]
    else:
        return see(f"{base_of(number)}/receipt")
    case = case_for(session, deed, state, visitor, number)
    return _check(request, state, session, visitor, case, number=number, errors=errors)


@router.get(f"{ONE}/receipt")
def receipt(
    *, request: Request, state: CurrentState, session: Reading, deed: DrawDeed, visitor: CurrentVisitor, number: str
) -> Response:
    """Show that the application was received: its reference, what it says, what happens next."""
    case = case_for(session, deed, state, visitor, number)
    if case.submission is None:
        return see(base_of(number))
    area = case.submission.area
    application = area.applications[0]
    filed = latest_documents(session, area.reference).get("application-map")
    facts = {
        "case": case,
        "area": area,
        "application": application,
        "map_address": f"/documents/{filed.sha256}" if filed else "",
        "steps": next_steps(application, state.clock.today()),
        "is_open": area.status == "applied",
        "base": base_of(number),
    }
    return form_page(request, "applying/receipt.html", facts, section="/apply", crumbs=[HOME, APPLY])
