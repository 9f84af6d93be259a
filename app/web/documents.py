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
PAPER_MEANINGS = {
    NoticeKind.STATEMENT: "This tells you what the vote is about, who may vote, and where to read more.",
    NoticeKind.REFERENDUM: "This tells you that a vote will be held, and by when to ask for a postal vote or a proxy.",
    NoticeKind.POLL: "This tells you when and where to vote.",
    NoticeKind.DECLARATION: "This is the result of the vote, in the words in which it was declared.",
}
"""What each paper tells its reader, said beside it: the paper itself has the words of the law."""


@router.get("/referendums/{reference}/documents/{kind}.pdf")
def paper_file(session: Reading, reference: str, kind: NoticeKind) -> Response:
    """Return a paper as an accessible A4 file."""
    headers = {"Content-Disposition": f'inline; filename="{reference}-{kind.value}.pdf"'}
    return Response(referendum_notice(session, reference, kind), media_type="application/pdf", headers=headers)


@router.get("/referendums/{reference}/documents/{kind}")
def paper_page(request: Request, session: Reading, reference: str, kind: NoticeKind) -> HTMLResponse:
    """Show a paper: the same words, figures and maps as its file."""
    facts = {"paper": paper_of(session, reference, kind), "meaning": PAPER_MEANINGS[kind]}
    crumbs = [HOME, ("Referendums", "/referendums"), (reference, f"/referendums/{reference}")]
    own = f"/referendums/{reference}/documents/{kind.value}"
    data = [("PDF to print", f"{own}.pdf"), ("JSON", f"{own}.json")]
    return page(request, "documents/paper.html", facts, section="/referendums", crumbs=crumbs, data=data)
