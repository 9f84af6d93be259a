"""Filing with a plan's case what is made from the record; and the archive of everything the examiner is sent."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from app.auth import ExamineDeed, RepresentationsDeed
from app.document_store import document_store
from app.errors import NotAllowedError, NotFoundError, ServiceError
from app.routing import Route
from app.scope import refuse_other_organisation
from app.secrets import service_secret
from app.services.comment_filing import examiner_bundle, file_summary
from app.services.consultations import consultation_of
from app.services.plan_papers import file_decision_statement
from app.state import CurrentState, Reading, Writing
from app.web.form_page import see
from app.web.representations import representations_page

router = APIRouter(route_class=Route, include_in_schema=False)


@router.post("/cases/{subject}/representations/{kind}/file")
def filed(
    request: Request,
    state: CurrentState,
    session: Writing,
    deed: RepresentationsDeed,
    *,
    subject: str,
    kind: str,
    filed_as: Annotated[str, Form(max_length=60)] = "",
) -> Response:
    """File the summary of a consultation with the plan's case; where it cannot be yet, say why on the same page."""
    held = consultation_of(session, subject, kind)
    refuse_other_organisation(deed, set(held.held_by), f"The consultation on {subject}")
    try:
        with session.begin_nested():
            file_summary(session, deed, document_store(state.settings), held, filed_as)
    except (NotAllowedError, NotFoundError):
        raise
    except ServiceError as refusal:
        return representations_page(request, session, deed, subject, errors=[(f"file-{held.id}", str(refusal))])
    return see(f"/cases/plans/{subject}#documents")


@router.get("/cases/plans/{reference}/examiner/bundle.zip")
def bundle(state: CurrentState, session: Reading, deed: ExamineDeed, reference: str) -> Response:
    """Return everything the examiner is sent as one archive."""
    secret, store = service_secret(state.settings), document_store(state.settings)
    content = examiner_bundle(session, deed, store, reference, secret=secret)
    headers = {
        "Content-Disposition": f'attachment; filename="{reference}-for-the-examiner.zip"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type="application/zip", headers=headers)


@router.post("/cases/plans/{reference}/decision-statement/file")
def statement_filed(state: CurrentState, session: Writing, deed: ExamineDeed, reference: str) -> Response:
    """File the decision statement with the case."""
    file_decision_statement(session, deed, document_store(state.settings), reference)
    return see(f"/cases/plans/{reference}#documents")
