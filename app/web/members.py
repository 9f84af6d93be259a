"""The members of a forum and the capacity each qualifies in, for the forum's own volunteers and nobody else."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from app.audit import Deed
from app.auth import GroupDeed
from app.db import ReadSession, WriteSession
from app.errors import InvalidRequestError
from app.models import MemberCapacity, OrganisationKind
from app.routing import Route
from app.services.organisations import LEAST_MEMBERS, add_member, end_membership, organisation_by_code
from app.state import CurrentState, Reading, Writing
from app.web.form_page import Errors, form_page, see
from app.web.page import HOME

router = APIRouter(route_class=Route, include_in_schema=False)

CAPACITY_WORDS = {
    MemberCapacity.LIVES.value: "Lives there",
    MemberCapacity.WORKS.value: "Works there",
    MemberCapacity.COUNCILLOR.value: "Councillor for part of it",
}
Text = Annotated[str, Form(max_length=200)]


def _page(
    request: Request, session: ReadSession | WriteSession, deed: Deed, *, typed: str = "", errors: Errors = ()
) -> Response:
    organisation = organisation_by_code(session, deed.by.organisation)
    present = [member for member in organisation.members if member.left_on is None]
    facts = {
        "organisation": organisation,
        "is_forum": organisation.kind == OrganisationKind.FORUM.value,
        "members": present,
        "capacity_words": CAPACITY_WORDS,
        "missing": max(0, LEAST_MEMBERS - len(present)),
        "none_of": [words for key, words in CAPACITY_WORDS.items() if all(each.capacity != key for each in present)],
        "typed": typed,
    }
    return form_page(request, "groups/members.html", facts, errors=errors, crumbs=[HOME, ("Your account", "/account")])


@router.get("/members")
def members(request: Request, session: Reading, deed: GroupDeed) -> Response:
    """Show the forum's members, how many are missing, and which capacity nobody has (FORUM-3, FORUM-6)."""
    return _page(request, session, deed)


@router.post("/members")
def new_member(
    request: Request, state: CurrentState, session: Writing, deed: GroupDeed, *, name: Text = "", capacity: Text = ""
) -> Response:
    """Add a member."""
    if not name.strip():
        return _page(request, session, deed, errors=[("name", "Write the member's name: only your forum sees it.")])
    if capacity not in CAPACITY_WORDS:
        errors = [("capacity", "Choose in what capacity they qualify.")]
        return _page(request, session, deed, typed=name, errors=errors)
    joined_on = state.clock.today()
    add_member(
        session,
        deed,
        deed.by.organisation,
        name=name.strip(),
        capacity=MemberCapacity(capacity),
        joined_on=joined_on,
    )
    return see("/members")


@router.post("/members/{member_id}/left")
def left(
    state: CurrentState, session: Writing, deed: GroupDeed, member_id: int, on: Annotated[str, Form(max_length=10)] = ""
) -> Response:
    """Record that a member left, today or on an earlier day."""
    try:
        left_on = date.fromisoformat(on) if on else state.clock.today()
    except ValueError as problem:
        raise InvalidRequestError(f"{on!r} is no date: write year, month and day, as in 2026-05-31.") from problem
    end_membership(session, deed, deed.by.organisation, member_id, left_on=left_on)
    return see("/members")
