"""Jinja templates with GOV.UK Frontend's macros, and the words and dates that pages share."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined

from app.clock import LONDON


def long_date(value: date | str | None) -> str:
    """Write a date as people do: Thursday 10 September 2026; an em dash where there is none."""
    if value is None:
        return "—"
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{day:%A} {day.day} {day:%B %Y}"


def short_date(value: date | str | None) -> str:
    """Write a date without its weekday: 10 September 2026; an em dash where there is none."""
    if value is None:
        return "—"
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{day.day} {day:%B %Y}"


def clock_time(value: datetime) -> str:
    """Write a moment as people in England read it: 11:42pm on 10 September 2026."""
    local = value.astimezone(LONDON)
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'} on {short_date(local.date())}"  # noqa: PLR2004 - noon


def number(value: float) -> str:
    """Write a number with commas between thousands."""
    return f"{value:,}"


@cache
def environment() -> Environment:
    """Return the templates: every name must exist, everything shown is escaped."""
    env = Environment(
        loader=ChoiceLoader(
            [FileSystemLoader(Path(__file__).parent / "templates"), PackageLoader("govuk_frontend_jinja")]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {"long_date": long_date, "short_date": short_date, "clock_time": clock_time, "number": number}
    return env


def render(request: Request, template: str, facts: Mapping[str, object], *, status: int = 200) -> HTMLResponse:
    """Return the page that the template makes of the facts."""
    text = (
        environment()
        .get_template(template)
        .render(path=request.url.path, settings=request.app.state.folkmoot.settings, **facts)
    )
    return HTMLResponse(text, status_code=status)
