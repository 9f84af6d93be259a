"""Where the world finds a page of this service: for links that leave it, in a mail, on paper or in another program."""

from fastapi import Request

from app.settings import Settings


def public_address(request: Request, settings: Settings, path: str) -> str:
    """Return the whole address of a path of ours, with its query.

    It begins as FOLKMOOT_PUBLIC_URL says. Where that is not set, it begins as whoever asks found the service, which is
    right for them and is no promise to others: a request may name any host.
    """
    home = settings.public_url or str(request.base_url)
    return home.rstrip("/") + path


def printed_address(request: Request, settings: Settings) -> str:
    """Return where a printed page was taken from: the whole address where it is set, and otherwise its path alone."""
    query = request.url.query
    path = f"{request.url.path}?{query}" if query else request.url.path
    return public_address(request, settings, path) if settings.public_url else path
