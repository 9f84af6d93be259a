"""The business voting register, in and out: accounts, references and counts; no name of anybody."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from app.models import BusinessRegistration, RatepayerLiability, RatepayerList, Referendum
from app.schemas.common import Shape
from app.services.business_lists import LONGEST_REASON
from app.services.business_registrations import LONGEST_REFERENCE
from app.services.business_standing import BusinessStanding, business_document
from geo.electorate import Decision


class UnreadableOut(Shape):
    """A row of the list that could not be read, and why."""

    line: int
    reason: str


class ListOut(Shape):
    """A billing authority's list as it was stored."""

    version: int
    sha256: str
    lines: int
    unreadable: list[UnreadableOut]


class PremisesIn(Shape):
    """A decision where the premises of one line of the list lie."""

    position: int = Field(ge=0, description="of the line, as the register tells it; 0 is the first")
    is_in_area: bool
    reason: str = Field(min_length=1, max_length=LONGEST_REASON)


class PremisesOut(Shape):
    """Premises of the list whose place nobody knows yet."""

    position: int
    account: str
    premises: str
    placed: str


class RegistrationIn(Shape):
    """Both forms of one holder, as the officer enters them; no name (BUS-4, BUS-7, BUS-10)."""

    holder: str = Field(min_length=1, max_length=LONGEST_REFERENCE, description="any account of the holder's")
    voter: str = Field(min_length=1, max_length=LONGEST_REFERENCE, description="a reference of the named voter")
    born_on: date = Field(description="kept only as the day of becoming 18, where that comes after the poll")
    is_qualifying_citizen: bool
    received_at: AwareDatetime = Field(description="when the later of the two forms arrived")
    polling_place: str = Field(default="", max_length=200, description="where the voter votes as a resident")
    left_on: date | None = Field(default=None, description="the day on which liability ended")


class RegistrationOut(Shape):
    """One registration; one that was struck out says why."""

    number: int
    holder: str
    voter: str
    is_qualifying_citizen: bool
    received_at: datetime
    left_on: date | None
    struck_because: str | None


class StrikingIn(Shape):
    """Why a registration is struck out."""

    reason: str = Field(min_length=1, max_length=LONGEST_REASON)


class CountIn(Shape):
    """A count of the business register to keep: E0 for the expenses limit, E2 for the poll."""

    snapshot: Literal["E0", "E2"]


class CountOut(Shape):
    """A count of the business register that is kept for ever."""

    snapshot: str
    counted_at: datetime
    holders: int
    entries: int
    document: dict[str, Any]
    sha256: str


class RegisterOut(Shape):
    """The business voting register as it stands; its counts (`standing`) are null until a list was sent."""

    standing: dict[str, Any] | None
    to_place: list[PremisesOut]
    registrations: list[RegistrationOut]


def list_of(stored: RatepayerList) -> ListOut:
    """Return what became of a list."""
    unreadable = [UnreadableOut(**row) for row in stored.unreadable["rows"]]
    return ListOut(version=stored.version, sha256=stored.sha256, lines=len(stored.liabilities), unreadable=unreadable)


def registration_of(row: BusinessRegistration) -> RegistrationOut:
    """Return a registration by its number."""
    names = set(RegistrationOut.model_fields) - {"number"}
    return RegistrationOut(number=row.id, **{name: getattr(row, name) for name in names})


def register_of(poll: Referendum, standing: BusinessStanding | None) -> RegisterOut:
    """Return the register as it stands, with the premises still to be placed."""
    if standing is None:
        return RegisterOut(standing=None, to_place=[], registrations=[])
    return RegisterOut(
        standing=business_document(poll, standing),
        to_place=[PremisesOut.model_validate(line) for line in standing.listed.liabilities if _is_open(line)],
        registrations=[registration_of(row) for row in standing.registrations],
    )


def _is_open(line: RatepayerLiability) -> bool:
    return (line.decided or line.placed) in {Decision.UNDECIDED.value, Decision.UNPLACED.value}
