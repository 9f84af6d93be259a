"""Maps that pages frame: each a document of its own, under a content security policy of its own."""

import secrets
from collections.abc import Callable

from fastapi.responses import HTMLResponse

from app.reports.framed_map import FramedMap, element_of, policy_of, script_of
from app.templating import environment


def framed_answer(
    drawn: FramedMap, *, is_public: bool = False, nonce: Callable[[int], str] = secrets.token_urlsafe
) -> HTMLResponse:
    """Return a map as a document that only this service's pages may frame.

    Args:
        drawn: the map.
        is_public: anyone may see it; otherwise no cache keeps it.
        nonce: what makes the word that its scripts and styles carry, new for every answer.
    """
    word = nonce(18)
    facts = {} if drawn.drawn is None else {"element": element_of(drawn.drawn), "script": script_of(drawn.drawn)}
    text = environment().get_template("framed/map.html").render(map=drawn, nonce=word, **facts)
    headers = {
        "Content-Security-Policy": policy_of(word),
        # In a sandbox it is apart from every other page already; both at once a browser refuses to open.
        "Cross-Origin-Opener-Policy": "unsafe-none",
        "Cache-Control": "no-cache" if is_public else "no-store",
    }
    return HTMLResponse(text, headers=headers)
