"""The information pack of a referendum, frozen when it is published."""

from http import HTTPStatus

from fastapi import APIRouter

from app.auth import ANYONE, ArrangeDeed
from app.routing import Route
from app.schemas.information_packs import PackIn, PackOut
from app.services.information_packs import Publication, freeze_pack, frozen_pack
from app.state import Reading, Writing

router = APIRouter(route_class=Route, tags=["referendums"])


@router.post(
    "/referendums/{reference}/information-pack", status_code=HTTPStatus.CREATED, summary="Publish the information pack"
)
def post_pack(session: Writing, deed: ArrangeDeed, reference: str, asked: PackIn) -> PackOut:
    """Publish the information statement with its five documents, and keep them as they were first published."""
    pack = freeze_pack(session, deed, reference, Publication(**asked.model_dump()))
    return PackOut(sha256=pack.sha256, manifest=pack.manifest)


@router.get("/referendums/{reference}/information-pack", summary="The information pack", dependencies=[ANYONE])
def get_pack(session: Reading, reference: str) -> PackOut:
    """Return the pack as it was published."""
    pack = frozen_pack(session, reference)
    return PackOut(sha256=pack.sha256, manifest=pack.manifest)
