"""The forms with which a planning officer keeps the register of local plans: one by one, or from a file."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import Response
from pydantic import BaseModel
from shapely.geometry.base import BaseGeometry

from app.api.uploads import on_disk
from app.audit import Deed
from app.auth import DevelopmentPlanDeed
from app.db import ReadSession, WriteSession
from app.errors import NotFoundError, ServiceError
from app.local_plan_files import read_local_plans
from app.models import DevelopmentDocument
from app.queries.development_plan_register import authority_named
from app.routing import Route
from app.scope import refuse_other_organisation
from app.services.local_plans import DocumentFacts, document_by_reference, import_documents, record_document
from app.state import CurrentState, Reading, Writing
from app.web.development_plan import REGISTER
from app.web.fields import FieldError, errors_of, no_longer_than, optional_day, typed_day
from app.web.form_page import Errors, form_page, see
from app.web.page import HOME
from geo.errors import GeoError
from referendum.development_documents import ENDING_WORDS, KIND_WORDS, DocumentKind, Ending

router = APIRouter(route_class=Route, include_in_schema=False)

BY_HAND = "entered by hand"
_LONGEST = {"external_reference": 120, "name": 300, "adopted_by": 200}


class DocumentForm(BaseModel):
    """A local plan as it is typed."""

    external_reference: str = ""
    kind: str = DocumentKind.LOCAL_PLAN.value
    name: str = ""
    part_from: str = ""
    part_until: str = ""
    ended_by: str = ""
    adopted_by: str = ""
    address: str = ""
    form_token: str = ""


@router.get("/development-plan/{authority}/new")
def new_document(
    request: Request, session: Reading, state: CurrentState, deed: DevelopmentPlanDeed, authority: str
) -> Response:
    """Show the form to enter a local plan."""
    name = _own(session, state, deed, authority)
    return _form(request, (authority, name), DocumentForm(), None)


@router.post("/development-plan/{authority}/new")
def enter_document(
    request: Request,
    state: CurrentState,
    session: Writing,
    deed: DevelopmentPlanDeed,
    *,
    authority: str,
    typed: Annotated[DocumentForm, Form()],
) -> Response:
    """Enter a local plan."""
    name = _own(session, state, deed, authority)
    return _recorded(request, session, deed, authority=(authority, name), typed=typed)


@router.get("/development-plan/{authority}/{reference}/edit")
def edit_document(
    request: Request,
    session: Reading,
    state: CurrentState,
    deed: DevelopmentPlanDeed,
    *,
    authority: str,
    reference: str,
) -> Response:
    """Show the form to change a local plan, or to say that it has ended."""
    name = _own(session, state, deed, authority)
    found = _document(session, authority, reference)
    typed = {field: str(getattr(found, field) or "") for field in DocumentForm.model_fields if hasattr(found, field)}
    return _form(request, (authority, name), DocumentForm(**typed), found)


@router.post("/development-plan/{authority}/{reference}/edit")
def changed_document(
    request: Request,
    state: CurrentState,
    session: Writing,
    deed: DevelopmentPlanDeed,
    *,
    authority: str,
    reference: str,
    typed: Annotated[DocumentForm, Form()],
) -> Response:
    """Change a local plan; its own reference stays, since files find it by that."""
    name = _own(session, state, deed, authority)
    found = _document(session, authority, reference)
    kept = typed.model_copy(update={"external_reference": found.external_reference})
    return _recorded(request, session, deed, authority=(authority, name), typed=kept, found=found)


@router.get("/development-plan/{authority}/import")
def import_form(
    request: Request, session: Reading, state: CurrentState, deed: DevelopmentPlanDeed, authority: str
) -> Response:
    """Show the form to import local plans from a file."""
    return _import_page(request, (authority, _own(session, state, deed, authority)))


@router.post("/development-plan/{authority}/import")
def imported_documents(
    request: Request,
    state: CurrentState,
    session: Writing,
    deed: DevelopmentPlanDeed,
    *,
    authority: str,
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Import local plans from a file, all of them or none."""
    name = _own(session, state, deed, authority)
    try:
        if file is None or not file.filename:
            raise FieldError("file", "Choose a file.")
        with on_disk([file]) as (path,):
            read = read_local_plans(path)
        with session.begin_nested():
            done = import_documents(session, deed, authority, read.documents, source=path.name)
    except (ServiceError, GeoError) as refusal:
        errors = [(getattr(refusal, "field", "file"), str(refusal))]
        return _import_page(request, (authority, name), errors=errors)
    return _import_page(request, (authority, name), done={"counts": done, "read": read})


def _own(session: ReadSession | WriteSession, state: CurrentState, deed: Deed, authority: str) -> str:
    refuse_other_organisation(deed, {authority}, f"The development plan of {authority}")
    return authority_named(session, authority, state.clock.today()).name


def _document(session: ReadSession | WriteSession, authority: str, reference: str) -> DevelopmentDocument:
    found = document_by_reference(session, reference)
    if found.authority_code != authority:
        raise NotFoundError(f"{reference} is no local plan of {authority}: check the reference.")
    return found


def _recorded(
    request: Request,
    session: WriteSession,
    deed: Deed,
    *,
    authority: tuple[str, str],
    typed: DocumentForm,
    found: DevelopmentDocument | None = None,
) -> Response:
    try:
        facts = _facts(typed, None if found is None else found.geometry)
        with session.begin_nested():
            document, _ = record_document(session, deed, authority[0], facts, source=BY_HAND)
    except ServiceError as refusal:
        return _form(request, authority, typed, found, errors=errors_of(refusal, "name"))
    return see(f"/development-plan/{authority[0]}#{document.reference}")


def _facts(typed: DocumentForm, land_bng: BaseGeometry | None) -> DocumentFacts:
    for field, longest in _LONGEST.items():
        if not no_longer_than(field, getattr(typed, field), longest) and field != "adopted_by":
            raise FieldError(field, "Fill this in: the register needs it.")
    if typed.kind not in set(DocumentKind):
        raise FieldError("kind", "Choose what kind of plan it is.")
    until = optional_day("part_until", typed.part_until)
    return DocumentFacts(
        external_reference=typed.external_reference.strip(),
        kind=DocumentKind(typed.kind),
        name=typed.name,
        part_from=typed_day("part_from", typed.part_from),
        part_until=until,
        ended_by=Ending(typed.ended_by) if until is not None and typed.ended_by in set(Ending) else None,
        adopted_by=typed.adopted_by,
        address=no_longer_than("address", typed.address, 500),
        land_bng=land_bng,
    )


def _form(
    request: Request,
    authority: tuple[str, str],
    typed: DocumentForm,
    found: DevelopmentDocument | None,
    *,
    errors: Errors = (),
) -> Response:
    facts = {
        "typed": typed,
        "found": found,
        "authority": {"code": authority[0], "name": authority[1]},
        "kinds": [{"value": kind.value, "text": words} for kind, words in KIND_WORDS.items()],
        "endings": [{"value": ending.value, "text": words} for ending, words in ENDING_WORDS.items()],
    }
    crumbs = [HOME, REGISTER, (authority[1], f"/development-plan/{authority[0]}")]
    return form_page(request, "development_plan/form.html", facts, errors=errors, section=REGISTER[1], crumbs=crumbs)


def _import_page(
    request: Request,
    authority: tuple[str, str],
    *,
    errors: Errors = (),
    done: dict[str, object] | None = None,
) -> Response:
    facts = {"authority": {"code": authority[0], "name": authority[1]}, "done": done}
    crumbs = [HOME, REGISTER, (authority[1], f"/development-plan/{authority[0]}")]
    return form_page(request, "development_plan/import.html", facts, errors=errors, section=REGISTER[1], crumbs=crumbs)
