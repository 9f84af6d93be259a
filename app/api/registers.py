"""Electoral registers that are stored: their layout, files and size, never an entry."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, UploadFile

from app.api.pages import AskedPage
from app.auth import ImportRegisterDeed, RegistersDeed
from app.electors_uploads import HeldFiles
from app.queries.registers import all_registers
from app.routing import Route
from app.schemas.common import Shape
from app.secrets import address_secret
from app.services.registers import import_register
from app.services.registers_reading import RegisterFiles
from app.state import CurrentState, Reading, Writing

router = APIRouter(route_class=Route, tags=["registers"])


class RegisterOut(Shape):
    """A register as imported."""

    id: int
    authority_code: str
    layout: str
    as_at: date
    imported_at: datetime
    entries: int


class UnreadableOut(Shape):
    """A row that could not be read: where and why, never what it says."""

    file: str
    line: int
    reason: str


class RegisterImported(RegisterOut):
    """A register just imported, with every row of it that could not be read."""

    unreadable: list[UnreadableOut]


@router.post("/registers", status_code=HTTPStatus.CREATED, summary="Import an electoral register")
def import_files(
    session: Writing,
    state: CurrentState,
    deed: ImportRegisterDeed,
    *,
    files: list[UploadFile],
    authority: Annotated[str, Form(max_length=80)],
    as_at: Annotated[date, Form()],
    locations: list[UploadFile] | None = None,
) -> RegisterImported:
    """Import a register and the points that locate its entries; names are never read, addresses are hashed."""
    held = HeldFiles([*files, *(locations or [])])
    try:
        wanted = RegisterFiles(
            authority_code=authority,
            as_at=as_at,
            registers=held.paths[: len(files)],
            locations=held.paths[len(files) :],
            address_secret=address_secret(state.settings),
        )
        register = import_register(session, deed, wanted)
    finally:
        held.close()
    stored = RegisterOut.model_validate(register, from_attributes=True)
    unreadable = [UnreadableOut(**row) for row in register.files["unreadable"]]
    return RegisterImported(**stored.model_dump(), unreadable=unreadable)


@router.get("/registers", summary="The registers that are stored")
def list_registers(session: Reading, deed: RegistersDeed, page: AskedPage) -> list[RegisterOut]:
    """Return the stored registers of the caller's council, the newest first."""
    shown = page.cut(
        lambda part: all_registers(session, deed.by.organisation, part),
        lambda row: (row.as_at.isoformat(), row.id),
    )
    return [RegisterOut.model_validate(row, from_attributes=True) for row in shown]
