"""What the pages of electoral officers share: whose referendum it is, which register, the way back."""

from collections.abc import Mapping, Sequence

from fastapi import Request
from fastapi.responses import Response

from app.audit import Deed
from app.db import ReadSession, WriteSession
from app.errors import NotFoundError
from app.models import Referendum, Register
from app.queries.electorates import latest_register
from app.roles import May, may
from app.scope import refuse_other_council, refuse_other_organisation
from app.services.referendums import referendum_by_reference
from app.services.registers import register_by_id
from app.web.form_page import Errors, form_page
from app.web.page import HOME, Crumb

ELECTORATE: Crumb = ("Electorate", "/electorate")
AnySession = ReadSession | WriteSession


def own_poll(session: AnySession, deed: Deed, reference: str) -> Referendum:
    """Return a referendum of the officer's own council.

    Raises:
        NotFoundError: there is none of that reference.
        NotAllowedError: another council holds it.
    """
    found = referendum_by_reference(session, reference)
    refuse_other_council(deed, {found.council}, f"The electorate of {reference}")
    return found


def way_to(deed: Deed, poll: Referendum) -> list[Crumb]:
    """Return the way to a page about a referendum: by the electorate's tasks for whoever has them."""
    if may(deed.by.role, May.FREEZE_ELECTORATE):
        return [HOME, ELECTORATE, (f"{poll.reference} {poll.plan.area.name}", f"/electorate/{poll.reference}")]
    return [HOME, ("Referendums", "/referendums"), (poll.reference, f"/referendums/{poll.reference}")]


def own_register(session: AnySession, deed: Deed, register_id: int | None) -> Register:
    """Return a register version of the officer's own council, the newest where none is named.

    Raises:
        NotFoundError: there is none.
        NotAllowedError: it is another council's.
    """
    if register_id is not None:
        found = register_by_id(session, register_id)
        refuse_other_organisation(deed, {found.authority_code}, f"Register {register_id}")
        return found
    newest = latest_register(session, deed.by.organisation)
    if newest is None:
        raise NotFoundError("Your council has no register here yet: import one first, on the page Electorate.")
    return newest


def officer_page(
    request: Request,
    template: str,
    facts: Mapping[str, object],
    *,
    poll: Referendum | None = None,
    errors: Errors = (),
    crumbs: Sequence[Crumb] = (),
) -> Response:
    """Return a page of electoral officers; never kept by a cache."""
    way: list[Crumb] = [HOME, ELECTORATE]
    if poll is not None:
        way.append((f"{poll.reference} {poll.plan.area.name}", f"/electorate/{poll.reference}"))
    shown = {"poll": poll, **facts}
    return form_page(
        request, f"electorate/{template}.html", shown, errors=errors, section="/account", crumbs=[*way, *crumbs]
    )
