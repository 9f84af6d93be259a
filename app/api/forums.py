"""Neighbourhood forums: apply, publicise, decide, withdraw; and look at them."""

from collections.abc import Sequence
from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from app.api.description import file_of
from app.api.drawn import GEOJSON, geojson_feature, geojson_page
from app.api.pages import AskedPage
from app.auth import ANYONE, ApplyForumDeed, DecideForumDeed
from app.models import Forum
from app.queries.forum_cases import forum_case_facts, forum_with_everything, forums, line_of_area
from app.routing import Route
from app.schemas.area_cases import MoveOut, PublicationIn, move_out
from app.schemas.areas import PublicityIn
from app.schemas.forums import ForumDecisionIn, ForumEndingIn, ForumIn, ForumOut, forum_out
from app.services.forum_decisions import (
    EndingFacts,
    ForumDecisionFacts,
    decide_forum,
    end_forum,
    publish_forum_decision,
)
from app.services.forums import ForumFacts, apply_for_forum, publicise_forum
from app.state import CurrentState, Reading, Writing
from referendum.forum_stages import Ending, forum_possible

router = APIRouter(route_class=Route, tags=["forums"])


@router.get("/forums", summary="Every neighbourhood forum", dependencies=[ANYONE])
def list_forums(session: Reading, page: AskedPage) -> list[ForumOut]:
    """Return every forum and every application to be one, in order of reference."""
    return [forum_out(forum) for forum in _page(session, page)]


def _page(session: Reading, page: AskedPage) -> Sequence[Forum]:
    return page.cut(lambda part: forums(session, part), lambda each: (each.reference,))


@router.get(
    "/forums.geojson",
    summary="Every neighbourhood forum with its area, as GeoJSON",
    response_class=JSONResponse,
    responses=file_of(GEOJSON),
    dependencies=[ANYONE],
)
def map_forums(session: Reading, page: AskedPage) -> JSONResponse:
    """Return the area of every forum and of every application to be one, as a GeoJSON FeatureCollection in WGS84."""
    features = [
        geojson_feature(forum.reference, line_of_area(forum.area), forum_out(forum).model_dump(mode="json"))
        for forum in _page(session, page)
    ]
    return geojson_page(page, features)


@router.get("/forums/{reference}", summary="One neighbourhood forum", dependencies=[ANYONE])
def get_forum(session: Reading, reference: str) -> ForumOut:
    """Return one forum."""
    return forum_out(forum_with_everything(session, reference))


@router.get("/forums/{reference}/moves", summary="What may happen to a forum next", dependencies=[ANYONE])
def moves(session: Reading, state: CurrentState, reference: str) -> list[MoveOut]:
    """Return the lawful moves from where a forum stands, each with what is missing for it."""
    today = state.clock.today()
    facts = forum_case_facts(session, forum_with_everything(session, reference), today)
    return [move_out(each) for each in forum_possible(facts, today=today)]


@router.post("/forums", status_code=HTTPStatus.CREATED, summary="Apply to be a neighbourhood forum")
def apply(session: Writing, deed: ApplyForumDeed, asked: ForumIn) -> ForumOut:
    """Receive an application to be the forum of an area."""
    return forum_out(apply_for_forum(session, deed, ForumFacts(**asked.model_dump())))


@router.post("/forums/{reference}/publicity", summary="Record when an application was publicised")
def publicise(session: Writing, deed: DecideForumDeed, reference: str, asked: PublicityIn) -> ForumOut:
    """Record the first publicity and the closing date of an application."""
    return forum_out(publicise_forum(session, deed, reference, **asked.model_dump()))


@router.post("/forums/{reference}/decisions", summary="Record an authority's decision on a forum")
def decide(session: Writing, deed: DecideForumDeed, reference: str, asked: ForumDecisionIn) -> ForumOut:
    """Record one authority's decision; the forum is designated once every authority of its area has."""
    return forum_out(decide_forum(session, deed, reference, ForumDecisionFacts(**asked.model_dump())))


@router.post("/forums/{reference}/publications", summary="Record that a decision was published")
def publication(session: Writing, deed: DecideForumDeed, reference: str, asked: PublicationIn) -> ForumOut:
    """Record the day on which an authority published its decision."""
    return forum_out(publish_forum_decision(session, deed, reference, **asked.model_dump()))


@router.post("/forums/{reference}/ending", summary="Withdraw a forum's designation")
def ending(session: Writing, deed: DecideForumDeed, reference: str, asked: ForumEndingIn) -> ForumOut:
    """Withdraw a designation: the body no longer qualifies, or has given notice."""
    facts = EndingFacts(ending=Ending(asked.ending), **asked.model_dump(exclude={"ending"}))
    return forum_out(end_forum(session, deed, reference, facts))
