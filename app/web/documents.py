"""The papers of a referendum as pages and as files to print."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.auth import ANYONE
from app.routing import Route
from app.services.notices import NoticeKind, paper_of, referendum_notice
from app.state import Reading
from app.web.page import HOME, page

router = APIRouter(route_class=Route, include_in_schema=False, dependencies=[ANYONE])

PAPER_WORDS = {
    NoticeKind.STATEMENT: "Information statement",
    NoticeKind.REFERENDUM: "Notice of referendum",
    NoticeKind.POLL: "Notice of poll",
    NoticeKind.DECLARATION: "Declaration of result",
}


@router.get("/referendums/{reference}/documents/{kind}.pdf")
def paper_file(session: Reading, reference: str, kind: NoticeKind) -> Response:
    """Return a paper as an accessible A4 file."""
    headers = {"Content-Disposition": f'inline; filename="{reference}-{kind.value}.pdf"'}
    return Response(referendum_notice(session, reference, kind), media_type="application/pdf", headers=headers)


@router.get("/referendums/{reference}/documents/{kind}")
def paper_page(request: Request, session: Reading, reference: str, kind: NoticeKind) -> HTMLResponse:
    """Show a paper: the same words, figures and maps as its file."""
    paper = paper_of(session, reference, kind)
    crumbs = [HOME, ("Referendums", "/referendums"), (reference, f"/referendums/{reference}")]
    own = f"/referendums/{reference}/documents/{kind.value}"
    data = [("PDF to print", f"{own}.pdf"), ("JSON", f"{own}.json")]
    return page(request, "documents/paper.html", {"paper": paper}, section="/referendums", crumbs=crumbs, data=data)
