"""What every page is given besides its own facts."""

from collections.abc import Mapping, Sequence
from datetime import date

from fastapi import Request
from fastapi.responses import HTMLResponse

from app.templating import render
from app.web.data_links import links_of

Crumb = tuple[str, str]
HOME: Crumb = ("Home", "/")


def page(
    request: Request,
    template: str,
    facts: Mapping[str, object],
    *,
    section: str = "",
    crumbs: Sequence[Crumb] = (),
    data: Sequence[Crumb] = (),
    status: int = 200,
) -> HTMLResponse:
    """Return a page.

    Args:
        request: what was asked.
        template: its template.
        facts: what it shows.
        section: address of the part of the service it belongs to, marked in the navigation.
        crumbs: the way to it, as (words, address).
        data: the same as data, as (words, address); where none is given, as the table of `data_links` has it.
        status: HTTP status.
    """
    frame = {"section": section, "crumbs": tuple(crumbs), "data_links": tuple(data) or links_of(request)}
    return render(request, template, {**frame, **facts}, status=status)


def on_query(on: date, today: date) -> str:
    """Return the query that keeps a page on its day; nothing for today."""
    return "" if on == today else f"?on={on.isoformat()}"
