"""The lines of maps are sent compressed: they are the heaviest part of a page, and hold no form's token."""

from fastapi.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

_LEAST_BYTES = 1000


class CompressedMaps:
    """Compresses every answer at an address that ends in `.geojson`, for whoever takes it, and no other."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._compressed = GZipMiddleware(app, minimum_size=_LEAST_BYTES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        is_map = scope["type"] == "http" and scope["path"].endswith(".geojson")
        await (self._compressed if is_map else self._plain)(scope, receive, send)
