"""Decision statements and summaries of comments as pages and as files to print, each pair from one value."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, Response

from app.auth import ANYONE
from app.routing import Route
from app.services.comment_summaries import summary_paper
from app.services.consultations import address_of, consultation_of
from app.services.designation_papers import area_decision_paper, forum_decision_paper
from app.services.papers import Paper, paper_file
from app.services.plan_papers import decision_paper, making_paper
from app.state import Reading
from app.web.page import HOME, Crumb, page
from app.web.words import plan_path

router = APIRouter(route_class=Route, include_in_schema=False, dependencies=[ANYONE])
Code = Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{1,80}$")]
_PLAN, _ORDER = "/plans/{reference}", "/orders/{reference}"


def _page(request: Request, paper: Paper, address: str, *, section: str, crumbs: list[Crumb]) -> HTMLResponse:
    data = [("PDF to print", f"{address}.pdf"), ("JSON", f"{address}.json")]
    return page(request, "documents/paper.html", {"paper": paper}, section=section, crumbs=crumbs, data=data)


def _file(paper: Paper, name: str) -> Response:
    headers = {"Content-Disposition": f'inline; filename="{paper.reference}-{name}.pdf"'}
    return Response(paper_file(paper), media_type="application/pdf", headers=headers)


@router.get("/areas/{reference}/decisions/{code}.pdf")
def area_decision_file(session: Reading, reference: str, code: Code) -> Response:
    """Return the notice of an authority's decision on an area as a file."""
    return _file(area_decision_paper(session, reference, code), f"decision-{code}")


@router.get("/areas/{reference}/decisions/{code}")
def area_decision(request: Request, session: Reading, reference: str, code: Code) -> HTMLResponse:
    """Show the notice of an authority's decision on an area."""
    paper, own = area_decision_paper(session, reference, code), f"/areas/{reference}"
    crumbs = [HOME, ("Areas", "/areas"), (reference, own)]
    return _page(request, paper, f"{own}/decisions/{code}", section="/areas", crumbs=crumbs)


@router.get("/forums/{reference}/decisions/{code}.pdf")
def forum_decision_file(session: Reading, reference: str, code: Code) -> Response:
    """Return the notice of an authority's decision on a forum as a file."""
    return _file(forum_decision_paper(session, reference, code), f"decision-{code}")


@router.get("/forums/{reference}/decisions/{code}")
def forum_decision(request: Request, session: Reading, reference: str, code: Code) -> HTMLResponse:
    """Show the notice of an authority's decision on a forum."""
    paper, own = forum_decision_paper(session, reference, code), f"/forums/{reference}"
    crumbs = [HOME, ("Forums", "/forums"), (reference, own)]
    return _page(request, paper, f"{own}/decisions/{code}", section="/areas", crumbs=crumbs)


@router.get(f"{_PLAN}/decision-statement.pdf")
@router.get(f"{_ORDER}/decision-statement.pdf")
def statement_file(session: Reading, reference: str) -> Response:
    """Return the decision statement on a plan or order as a file."""
    return _file(decision_paper(session, reference), "decision-statement")


@router.get(f"{_PLAN}/decision-statement")
@router.get(f"{_ORDER}/decision-statement")
def statement(request: Request, session: Reading, reference: str) -> HTMLResponse:
    """Show the decision statement on a plan or order."""
    return _of_plan(request, decision_paper(session, reference), "decision-statement")


@router.get(f"{_PLAN}/making-decision.pdf")
@router.get(f"{_ORDER}/making-decision.pdf")
def making_file(session: Reading, reference: str) -> Response:
    """Return the decision whether to make a plan or order as a file."""
    return _file(making_paper(session, reference), "making-decision")


@router.get(f"{_PLAN}/making-decision")
@router.get(f"{_ORDER}/making-decision")
def making(request: Request, session: Reading, reference: str) -> HTMLResponse:
    """Show the decision whether to make a plan or order."""
    return _of_plan(request, making_paper(session, reference), "making-decision")


def _of_plan(request: Request, paper: Paper, name: str) -> HTMLResponse:
    own = request.url.path.rsplit("/", maxsplit=1)[0]
    crumbs = [HOME, ("Plans and orders", "/plans"), (paper.reference, own)]
    return _page(request, paper, f"{own}/{name}", section="/plans", crumbs=crumbs)


@router.get("/consultations/{subject}/{kind}/summary.pdf")
def summary_file(session: Reading, subject: str, kind: str) -> Response:
    """Return the summary of a consultation as a file."""
    held = consultation_of(session, subject, kind)
    return _file(summary_paper(session, held), f"{address_of(held)}-summary")


@router.get("/consultations/{subject}/{kind}/summary")
def summary(request: Request, session: Reading, subject: str, kind: str) -> HTMLResponse:
    """Show the summary of a consultation: as far as comments are public, and what was done about them."""
    held = consultation_of(session, subject, kind)
    own = f"/consultations/{subject}/{address_of(held)}"
    crumbs = [HOME, ("Have your say", "/consultations"), (held.title, own)]
    return _page(request, summary_paper(session, held), f"{own}/summary", section="/consultations", crumbs=crumbs)


def decisions_of(reference: str, instrument: str, *, stated: bool, made: bool) -> list[tuple[str, str]]:
    """Return the decisions on a plan or order that can be read, in words, with their addresses."""
    own = plan_path(reference, instrument)
    every = (
        ("Decision statement on the examiner\u2019s report", "decision-statement", stated),
        ("Decision whether to make it", "making-decision", made),
    )
    return [(words, f"{own}/{name}") for words, name, is_there in every if is_there]
