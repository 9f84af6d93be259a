"""Addresses of an authority that is no more lead on to the authority that took its place (O-10)."""

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse

from app.queries.successions import answers_now
from app.state import Reading

PARAMETER = "authority"
"""How a route names the authority in its address."""


class MovedError(Exception):
    """What is asked for has another address now, of this service, to which the caller is sent on."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def lead_on(request: Request, session: Reading) -> None:
    """Send whoever reads an old authority's page on to the same page of its successor; a rule of the whole router.

    Raises:
        MovedError: the authority in the address was succeeded.

    Source: O-10.
    """
    code = request.path_params.get(PARAMETER)
    if not code or request.method not in {"GET", "HEAD"}:
        return
    now = answers_now(session, code)
    if now != code:
        path = request.url.path.replace(f"/{code}", f"/{now}", 1)
        raise MovedError(f"{path}?{request.url.query}" if request.url.query else path)


def moved_answer(_request: Request, error: Exception) -> RedirectResponse:
    """Return the answer that sends the caller on, for good."""
    return RedirectResponse(str(error), status_code=308)


TO_SUCCESSOR = Depends(lead_on)
