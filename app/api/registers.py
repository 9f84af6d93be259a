"""Electoral registers that are stored: their layout, files and size, never an entry."""

from datetime import date, datetime

from fastapi import APIRouter

from app.auth import RegistersDeed
from app.queries.registers import all_registers
from app.schemas.common import Shape
from app.state import Reading

router = APIRouter(tags=["registers"])


class RegisterOut(Shape):
    """A register as imported."""

    id: int
    authority_code: str
    layout: str
    as_at: date
    imported_at: datetime
    entries: int


@router.get("/registers", summary="The registers that are stored")
def list_registers(session: Reading, deed: RegistersDeed) -> list[RegisterOut]:
    """Return the stored registers of the caller's council, the newest first."""
    return [
        RegisterOut.model_validate(row, from_attributes=True) for row in all_registers(session, deed.by.organisation)
    ]
