"""The register of neighbourhood groups: look at it, enter a group, publish it, withdraw it."""

from collections.abc import Sequence
from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from app.api.description import file_of
from app.api.drawn import GEOJSON, drawn, geojson_feature, geojson_page
from app.api.pages import AskedPage
from app.auth import ANYONE, GroupDeed
from app.models import NeighbourhoodGroup
from app.queries.groups import public_group, public_groups
from app.routing import Route
from app.schemas.groups import GroupChanged, GroupIn, GroupOut, WithdrawalIn, group_of
from app.services.groups import GroupFacts, add_group, change_group, publish_group, withdraw_group
from app.state import Reading, Writing

router = APIRouter(route_class=Route, tags=["groups"])


def _facts(asked: GroupIn) -> GroupFacts:
    area = drawn(asked.area).geometry_bng
    return GroupFacts(area_bng=area, **asked.model_dump(exclude={"area", "organisation"}))


@router.get("/groups", summary="Every public neighbourhood group", dependencies=[ANYONE])
def list_groups(session: Reading, page: AskedPage) -> list[GroupOut]:
    """Return the public groups, by name."""
    return [group_of(each) for each in _page(session, page)]


def _page(session: Reading, page: AskedPage) -> Sequence[NeighbourhoodGroup]:
    return page.cut(lambda part: public_groups(session, part), lambda each: (each.name, each.reference))


@router.get(
    "/groups.geojson",
    summary="Every public neighbourhood group with its place, as GeoJSON",
    response_class=JSONResponse,
    responses=file_of(GEOJSON),
    dependencies=[ANYONE],
)
def map_groups(session: Reading, page: AskedPage) -> JSONResponse:
    """Return where the public groups are, as a GeoJSON FeatureCollection in WGS84."""
    features = [
        geojson_feature(each.reference, each.geometry, group_of(each).model_dump(mode="json"))
        for each in _page(session, page)
    ]
    return geojson_page(page, features)


@router.get("/groups/{reference}", summary="One neighbourhood group", dependencies=[ANYONE])
def get_group(session: Reading, reference: str) -> GroupOut:
    """Return one public group; 410 where it was withdrawn."""
    return group_of(public_group(session, reference))


@router.post("/groups", status_code=HTTPStatus.CREATED, summary="Enter a group")
def add(session: Writing, deed: GroupDeed, asked: GroupIn) -> GroupChanged:
    """Enter a group; nobody else sees it until it is published."""
    return GroupChanged.model_validate(add_group(session, deed, asked.organisation, _facts(asked)))


@router.put("/groups/{reference}", summary="Change what a group says of itself")
def change(session: Writing, deed: GroupDeed, reference: str, asked: GroupIn) -> GroupChanged:
    """Change a group's entry; it stays with its organisation."""
    return GroupChanged.model_validate(change_group(session, deed, reference, _facts(asked)))


@router.post("/groups/{reference}/publication", summary="Publish a group")
def publish(session: Writing, deed: GroupDeed, reference: str) -> GroupChanged:
    """Make a group public, once its contact and its code of conduct are agreed."""
    return GroupChanged.model_validate(publish_group(session, deed, reference))


@router.post("/groups/{reference}/withdrawal", summary="Withdraw a group")
def withdraw(session: Writing, deed: GroupDeed, reference: str, asked: WithdrawalIn) -> GroupChanged:
    """Take a group out of the register; its page says so from then on."""
    return GroupChanged.model_validate(withdraw_group(session, deed, reference, reason=asked.reason))
