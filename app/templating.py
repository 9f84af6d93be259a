"""Jinja templates with GOV.UK Frontend's macros, and the words and dates that pages share."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, PackageLoader, PrefixLoader, StrictUndefined

from app.addresses import printed_address
from app.clock import LONDON, long_day

_SESSION_COOKIES = frozenset({"folkmoot", "__Host-folkmoot"})
_GOVUK = "govuk_frontend_jinja"
_GOVUK_MACROS = {
    "govukBreadcrumbs": "breadcrumbs",
    "govukButton": "button",
    "govukCheckboxes": "checkboxes",
    "govukDetails": "details",
    "govukErrorSummary": "error-summary",
    "govukInput": "input",
    "govukInsetText": "inset-text",
    "govukPagination": "pagination",
    "govukPanel": "panel",
    "govukPasswordInput": "password-input",
    "govukRadios": "radios",
    "govukSelect": "select",
    "govukServiceNavigation": "service-navigation",
    "govukSkipLink": "skip-link",
    "govukTag": "tag",
    "govukTextarea": "textarea",
    "govukWarningText": "warning-text",
}


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
    return long_day(day)


def clock_time(value: datetime) -> str:
    """Write a moment as people in England read it: 11:42pm on 10 September 2026."""
    local = value.astimezone(LONDON)
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'} on {short_date(local.date())}"  # noqa: PLR2004 - noon


_WRITTEN_DAY = re.compile(r"(?<![\w“\"'.-])(?<!example )(?<!as in )(?<!such as )\d{4}-\d{2}-\d{2}(?![\w-])")


def with_days(text: str) -> str:
    """Write the days within a sentence as people do: sentences are made for programs too, which read 2026-09-10.

    What somebody typed stands in quotes and stays as it is, and so does an example of how to type a day.
    """
    return _WRITTEN_DAY.sub(_in_words, text)


def _in_words(found: re.Match[str]) -> str:
    try:
        return short_date(found[0])
    except ValueError:
        return found[0]


def number(value: float) -> str:
    """Write a number with commas between thousands."""
    return f"{value:,}"


def _govuk_macros() -> dict[str, object]:
    """GOV.UK Frontend's macros, which count on a missing parameter being empty; our own templates may not."""
    env = Environment(loader=PrefixLoader({_GOVUK: PackageLoader(_GOVUK)}), autoescape=True)
    return {
        name: getattr(env.get_template(f"{_GOVUK}/components/{folder}/macro.html").module, name)
        for name, folder in _GOVUK_MACROS.items()
    }


@cache
def environment() -> Environment:
    """Return the templates: every name must exist, everything shown is escaped; GOV.UK's macros are global names."""
    env = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals |= _govuk_macros()
    env.filters |= {
        "long_date": long_date,
        "short_date": short_date,
        "clock_time": clock_time,
        "number": number,
        "with_days": with_days,
    }
    return env


def compile_templates() -> None:
    """Compile every template once, before many people ask for pages at the same moment and each compiles its own."""
    env = environment()
    for name in env.list_templates(extensions=["html"]):
        env.get_template(name)


def render(request: Request, template: str, facts: Mapping[str, object], *, status: int = 200) -> HTMLResponse:
    """Return the page that the template makes of the facts."""
    state = request.app.state.folkmoot
    text = (
        environment()
        .get_template(template)
        .render(
            path=request.url.path,
            printed_from=printed_address(request, state.settings),
            printed_on=state.clock.today(),
            settings=state.settings,
            signed_in=not _SESSION_COOKIES.isdisjoint(request.cookies),
            **facts,
        )
    )
    return HTMLResponse(text, status_code=status)
