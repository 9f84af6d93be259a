"""Every published paper as data, at the address of its page with `.json`."""

from typing import Annotated

from fastapi import APIRouter, Path

from app.auth import ANYONE
from app.routing import Route
from app.schemas.papers import PaperOut, paper_out
from app.services.comment_summaries import summary_paper
from app.services.consultations import consultation_of
from app.services.designation_papers import area_decision_paper, forum_decision_paper
from app.services.notices import NoticeKind, paper_of
from app.services.plan_papers import decision_paper, making_paper
from app.state import Reading

router = APIRouter(route_class=Route, include_in_schema=False, dependencies=[ANYONE])
Code = Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{1,80}$")]


@router.get("/areas/{reference}/decisions/{code}.json")
def area_decision(session: Reading, reference: str, code: Code) -> PaperOut:
    """Return the notice of an authority's decision on an area."""
    return paper_out(area_decision_paper(session, reference, code))


@router.get("/forums/{reference}/decisions/{code}.json")
def forum_decision(session: Reading, reference: str, code: Code) -> PaperOut:
    """Return the notice of an authority's decision on a forum."""
    return paper_out(forum_decision_paper(session, reference, code))


@router.get("/plans/{reference}/decision-statement.json")
@router.get("/orders/{reference}/decision-statement.json")
def statement(session: Reading, reference: str) -> PaperOut:
    """Return the decision statement on a plan or order."""
    return paper_out(decision_paper(session, reference))


@router.get("/plans/{reference}/making-decision.json")
@router.get("/orders/{reference}/making-decision.json")
def making(session: Reading, reference: str) -> PaperOut:
    """Return the decision whether to make a plan or order."""
    return paper_out(making_paper(session, reference))


@router.get("/consultations/{subject}/{kind}/summary.json")
def summary(session: Reading, subject: str, kind: str) -> PaperOut:
    """Return the summary of a consultation."""
    return paper_out(summary_paper(session, consultation_of(session, subject, kind)))


@router.get("/referendums/{reference}/documents/{kind}.json")
def paper_of_referendum(session: Reading, reference: str, kind: NoticeKind) -> PaperOut:
    """Return a paper of a referendum."""
    return paper_out(paper_of(session, reference, kind))
