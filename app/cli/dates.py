"""Dates as people type them on the command line."""

from datetime import date

from app.cli.output import refuse


def parse_date(text: str | None, option: str) -> date | None:
    """Return the date written as YYYY-MM-DD, or None for nothing; any other text ends the command with one sentence."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse(f"{option} was given {text!r}, which is not a date: write year, month and day, as in 2026-09-10.")


def parse_dates(texts: list[str] | None, option: str) -> list[date]:
    """Return each date of an option that may be given several times; see `parse_date`."""
    return [day for text in texts or () if (day := parse_date(text, option)) is not None]
