"""Electorates for programs of the electoral office: locations, alterations, placements, the live and the kept count."""

from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, UploadFile
from fastapi.responses import Response
from pydantic import Field

from app.api.pages import AskedPage
from app.auth import FreezeDeed, ImportRegisterDeed, PlaceDeed
from app.documents import document_text
from app.electors import electorate_document
from app.electors_uploads import HeldFiles
from app.errors import NotFoundError
from app.routing import Route
from app.schemas.common import Shape
from app.scope import refuse_other_council, refuse_other_organisation
from app.secrets import address_secret
from app.services.electorates import frozen_electorate
from app.services.electorates_live import live_electorate
from app.services.electorates_placements import LONGEST_REASON, history, place_electors
from app.services.referendums import referendum_by_reference
from app.services.registers import register_by_id
from app.services.registers_altering import AlterationFiles, alter_register
from app.services.registers_locations import LocationUpload, import_locations
from app.state import CurrentState, Reading, Writing
from geo.electorate import OfficerPlacement

router = APIRouter(route_class=Route, tags=["electorates"])


class LocationsOut(Shape):
    """One location file kept for a council."""

    kind: str
    name: str
    sha256: str
    rows: int


class AlteredOut(Shape):
    """A register version made by a monthly update."""

    id: int
    as_at: date
    entries: int
    misfits: int


class PlacementIn(Shape):
    """One decision on one entry."""

    polling_district: str = Field(min_length=1, max_length=20)
    number: int = Field(ge=1)
    suffix: int = Field(default=0, ge=0)
    is_in_area: bool
    reason: str = Field(min_length=1, max_length=LONGEST_REASON)


class PlacementsIn(Shape):
    """Decisions taken on one register version."""

    register_id: int
    placements: list[PlacementIn] = Field(min_length=1, max_length=10_000)


@router.post("/locations", status_code=HTTPStatus.CREATED, summary="Keep locations for a council")
def keep_locations(
    session: Writing,
    state: CurrentState,
    deed: ImportRegisterDeed,
    *,
    files: list[UploadFile],
    authority: Annotated[str, Form(max_length=80)],
) -> list[LocationsOut]:
    """Keep UPRN points, postcode points or a property export, the most trusted file first."""
    held = HeldFiles(files)
    try:
        upload = LocationUpload(
            authority_code=authority, paths=held.paths, address_secret=address_secret(state.settings)
        )
        return [
            LocationsOut.model_validate(each, from_attributes=True) for each in import_locations(session, deed, upload)
        ]
    finally:
        held.close()


@router.post("/registers/{register_id}/alterations", status_code=HTTPStatus.CREATED, summary="Alter a register")
def alter(
    session: Writing,
    state: CurrentState,
    deed: ImportRegisterDeed,
    *,
    register_id: int,
    files: list[UploadFile],
    as_at: Annotated[date, Form()],
) -> AlteredOut:
    """Apply monthly updates in the order sent; a new version is made, and the old one stays."""
    held = HeldFiles(files)
    try:
        wanted = AlterationFiles(
            register_id=register_id,
            as_at=as_at,
            updates=held.paths,
            locations=(),
            address_secret=address_secret(state.settings),
        )
        made = alter_register(session, deed, wanted)
    finally:
        held.close()
    return AlteredOut(id=made.id, as_at=made.as_at, entries=made.entries, misfits=len(made.files["misfits"]))


@router.get("/referendums/{reference}/live-electorate", summary="The electorate as it stands", response_class=Response)
def live(session: Reading, deed: FreezeDeed, reference: str, register_id: int) -> Response:
    """Return the folkmoot.electorate/1 document as the command line would print it for the same inputs."""
    poll, register = referendum_by_reference(session, reference), register_by_id(session, register_id)
    refuse_other_council(deed, {poll.council}, f"The electorate of {reference}")
    refuse_other_organisation(deed, {register.authority_code}, f"Register {register_id}")
    text = document_text(electorate_document(live_electorate(session, poll, register).electorate))
    return Response(text, media_type="application/json", headers={"Cache-Control": "no-store"})


@router.get("/referendums/{reference}/electorates/{snapshot}/whole", summary="A frozen electorate with its provenance")
def whole(session: Reading, deed: FreezeDeed, reference: str, snapshot: str) -> dict[str, Any]:
    """Return what is hashed: the document with its small counts, and what it was counted from."""
    poll = referendum_by_reference(session, reference)
    refuse_other_council(deed, {poll.council}, f"The electorate of {reference}")
    count = frozen_electorate(session, poll, snapshot)
    if count is None:
        raise NotFoundError(f"The electorate {snapshot[:20]} of {reference} has not been counted yet.")
    return {"electorate": count.document, "provenance": count.provenance, "sha256": count.sha256}


@router.post("/referendums/{reference}/placements", status_code=HTTPStatus.CREATED, summary="Decide entries")
def place(session: Writing, deed: PlaceDeed, reference: str, asked: PlacementsIn) -> dict[str, int]:
    """Store decisions, each with its reason; all or none."""
    placements = [OfficerPlacement(**each.model_dump()) for each in asked.placements]
    stored = place_electors(session, deed, reference, register_id=asked.register_id, placements=placements)
    return {"stored": stored}


@router.get("/referendums/{reference}/placements", summary="Every decision ever taken")
def placements(session: Reading, deed: PlaceDeed, reference: str, page: AskedPage) -> list[dict[str, Any]]:
    """Return every decision, the newest first; one that was superseded says so."""
    poll = referendum_by_reference(session, reference)
    refuse_other_council(deed, {poll.council}, f"The electorate of {reference}")
    return [
        {
            "number": each.number,
            "is_in_area": each.is_in_area,
            "reason": each.reason,
            "decided_at": each.decided_at.isoformat(),
            "decided_by": each.decided_by,
            "is_superseded": each.is_superseded,
        }
        for _, each in page.of(enumerate(reversed(history(session, poll))), lambda pair: (-pair[0],))
    ]
