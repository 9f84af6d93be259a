"""Decisions and summaries of comments as accessible PDF, and what is filed and sent of comments."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Response

from app.auth import ANYONE, ExamineDeed, RepresentationsDeed
from app.document_store import document_store
from app.routing import Route
from app.schemas.consultations import FiledOut, SummaryFilingIn
from app.secrets import service_secret
from app.services.comment_filing import examiner_bundle, file_summary
from app.services.comment_summaries import summary_paper
from app.services.consultations import consultation_of
from app.services.designation_papers import area_decision_paper, forum_decision_paper
from app.services.papers import Paper, paper_file
from app.services.plan_papers import decision_paper, file_decision_statement, making_paper
from app.state import CurrentState, Reading, Writing

router = APIRouter(route_class=Route, tags=["documents"])
Code = Annotated[str, Path(max_length=80)]


def _pdf(paper: Paper) -> Response:
    named = {"Content-Disposition": f'inline; filename="{paper.reference}.pdf"'}
    return Response(paper_file(paper), media_type="application/pdf", headers=named)


@router.get(
    "/areas/{reference}/decisions/{code}.pdf",
    summary="The notice of an authority's decision on an area",
    response_class=Response,
    dependencies=[ANYONE],
)
def get_area_decision(session: Reading, reference: str, code: Code) -> Response:
    """Return the notice of an authority's decision on an area as PDF/UA-1, with its map where it designates."""
    return _pdf(area_decision_paper(session, reference, code))


@router.get(
    "/forums/{reference}/decisions/{code}.pdf",
    summary="The notice of an authority's decision on a forum",
    response_class=Response,
    dependencies=[ANYONE],
)
def get_forum_decision(session: Reading, reference: str, code: Code) -> Response:
    """Return the notice of an authority's decision on a forum as PDF/UA-1."""
    return _pdf(forum_decision_paper(session, reference, code))


@router.get(
    "/plans/{reference}/decision-statement.pdf",
    summary="The decision statement on a plan or order",
    response_class=Response,
    dependencies=[ANYONE],
)
def get_statement_file(session: Reading, reference: str) -> Response:
    """Return the decision statement as PDF/UA-1, with both maps where the referendum area is larger."""
    return _pdf(decision_paper(session, reference))


@router.get(
    "/plans/{reference}/making-decision.pdf",
    summary="The decision whether to make a plan or order",
    response_class=Response,
    dependencies=[ANYONE],
)
def get_making_file(session: Reading, reference: str) -> Response:
    """Return the decision whether to make a plan or order as PDF/UA-1."""
    return _pdf(making_paper(session, reference))


@router.get(
    "/consultations/{subject}/{kind}/summary.pdf",
    summary="The summary of a consultation",
    response_class=Response,
    dependencies=[ANYONE],
)
def get_summary(session: Reading, subject: str, kind: str) -> Response:
    """Return what people said, as far as it is public, and what was done about it, as PDF/UA-1."""
    return _pdf(summary_paper(session, consultation_of(session, subject, kind)))


@router.post(
    "/consultations/{subject}/{kind}/summary/filing",
    status_code=HTTPStatus.CREATED,
    summary="File the summary of a consultation with the plan's case",
)
def post_summary(
    state: CurrentState,
    session: Writing,
    deed: RepresentationsDeed,
    *,
    subject: str,
    kind: str,
    asked: SummaryFilingIn,
) -> FiledOut:
    """File the summary as the consultation statement, the comments for the examiner, or the referendum's summary."""
    held, store = consultation_of(session, subject, kind), document_store(state.settings)
    filed = file_summary(session, deed, store, held, asked.filed_as)
    return FiledOut(kind=filed.kind, version=filed.version, sha256=filed.sha256)


@router.post(
    "/plans/{reference}/decision-statement/filing",
    status_code=HTTPStatus.CREATED,
    summary="File the decision statement with the plan's case",
)
def post_statement_file(state: CurrentState, session: Writing, deed: ExamineDeed, reference: str) -> FiledOut:
    """File the decision statement as it stands, as the next version of that document."""
    filed = file_decision_statement(session, deed, document_store(state.settings), reference)
    return FiledOut(kind=filed.kind, version=filed.version, sha256=filed.sha256)


@router.get(
    "/plans/{reference}/examiner/bundle.zip",
    summary="Everything the examiner is sent",
    response_class=Response,
)
def get_bundle(state: CurrentState, session: Reading, deed: ExamineDeed, reference: str) -> Response:
    """Return the papers and every comment as it came, names included, as one archive for the examiner."""
    secret, store = service_secret(state.settings), document_store(state.settings)
    content = examiner_bundle(session, deed, store, reference, secret=secret)
    headers = {
        "Content-Disposition": f'attachment; filename="{reference}-for-the-examiner.zip"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type="application/zip", headers=headers)
