"""The forms with which documents of a plan's case are handed in, and the files themselves."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.auth import PrepareDeed
from app.db import ReadSession, WriteSession
from app.document_store import document_store
from app.downloads import download
from app.errors import NotFoundError
from app.routing import Route
from app.services.documents import document_by_id, versions_of
from app.services.plan_documents import OTHER, PlanFile, document_words, file_plan_document
from app.services.plan_facts import (
    PlanCase,
)
from app.state import CurrentState, Reading, Writing
from app.web.case_forms import CaseForm, Field, TypedIn, show
from app.web.case_page import BASE, attempt, case_for, crumbs_to
from app.web.case_tasks import base_of
from app.web.fields import FieldError

router = APIRouter(route_class=Route, include_in_schema=False)


def _document_form(session: ReadSession | WriteSession, case: PlanCase, kind: str, largest_mb: int) -> CaseForm:
    words = document_words(kind)
    versions = [
        f"Version {each.version}: {each.file_name}, {each.size_bytes / 1000:,.0f} kB, {each.added_at:%-d %B %Y}"
        for each in versions_of(session, case.plan.reference, kind)
    ]
    hint = f"A PDF, Word or OpenDocument file, a picture, GeoJSON, CSV or plain text, up to {largest_mb} MB"
    return CaseForm(
        title=words[:1].upper() + words[1:],
        caption=f"{case.plan.reference} {case.plan.title}",
        action=f"{base_of(case)}/documents/{kind}",
        fields=[
            Field(kind="file", name="file", label="Choose a file", hint=hint),
            Field(kind="text", name="title", label="What people should call it", hint="You can leave this empty."),
            Field(kind="long", name="note", label="What to know about this version", hint="You can leave this empty."),
        ],
        button="Hand in this file",
        intro=["Earlier versions are kept. If this form is refused, choose the file again: browsers forget it."],
        notes=[("Versions", versions)] if versions else (),
        has_file=True,
        crumbs=crumbs_to(case),
    )


@router.get(f"{BASE}/documents/{{kind}}")
def document_form(
    request: Request, state: CurrentState, session: Reading, deed: PrepareDeed, reference: str, *, kind: str
) -> Response:
    """Show the form to hand in a document."""
    case = case_for(session, deed, reference)
    return show(request, _document_form(session, case, kind, state.settings.largest_document_mb))


@router.post(f"{BASE}/documents/{{kind}}")
def document_filed(
    request: Request,
    state: CurrentState,
    session: Writing,
    deed: PrepareDeed,
    reference: str,
    *,
    kind: str,
    typed: TypedIn,
) -> Response:
    """Take a document in."""
    case = case_for(session, deed, reference)
    largest = state.settings.largest_document_mb
    form = _document_form(session, case, kind, largest)

    def act() -> None:
        sent = typed.files.get("file")
        if sent is None:
            raise FieldError("file", "Choose a file.")
        facts = PlanFile(
            kind=kind,
            file_name=sent.name,
            content=sent.content,
            title=typed.text("title", 200),
            note=typed.text("note", 4000),
        )
        file_plan_document(session, deed, document_store(state.settings), reference, facts, largest_mb=largest)

    then = base_of(case) if kind != OTHER else f"{base_of(case)}#documents"
    return attempt(request, session, form, typed, act=act, then=then)


@router.get(f"{BASE}/files/{{document_id}}")
def case_file(state: CurrentState, session: Reading, deed: PrepareDeed, reference: str, document_id: int) -> Response:
    """Return one version of a document of a case, public or not, to those whose business it is."""
    case_for(session, deed, reference)
    document = document_by_id(session, document_id)
    if document.subject != reference:
        raise NotFoundError(f"{reference} has no document {document_id}: go back to its case.")
    return download(document_store(state.settings), document)
