"""Declarations of past referendums as councils published them, read from CSV and kept as they are."""

import csv
import io
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from referendum.errors import CountFileError
from referendum.findings import Finding
from referendum.published_arithmetic import (
    FIGURES,
    Figures,
    TurnoutDefinition,
    discrepancies,
    rejected_papers,
    turnout_definition,
)

COLUMNS = ("area", "authority", "instrument", "poll_date", *FIGURES, "turnout_percent", "source")
REQUIRED = ("area", "poll_date", "yes", "no")
NOTHING_STATED = {"", "-", "–", "n/a", "na", "not stated", "not published"}  # noqa: RUF001  # councils write the long dash
DATES = (
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})",
    r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})",
)


class PublishedStatus(StrEnum):
    """How a published declaration stands up to arithmetic."""

    ADDS_UP = "published"
    INCOMPLETE = "published-incomplete"
    DISCREPANCY = "published-with-discrepancy"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedResult:
    """One past declaration, exactly as published.

    Attributes:
        line: line of the file it ends on, the heading being line 1.
        figures: every figure by its column, None where nothing was published; nothing is corrected or filled in.
        turnout_percent: as published, or None.
        turnout_definition: which formula reproduces it; None where it cannot be told.
        findings: the arithmetic of everything that does not add up.

    Source: COUNT-16, COUNT-17; traps T-29, T-45.
    """

    line: int
    area: str
    authority: str | None
    instrument: str | None
    poll_date: date
    figures: Figures
    turnout_percent: Decimal | None
    turnout_definition: TurnoutDefinition | None
    source: str | None
    findings: tuple[Finding, ...]

    @property
    def status(self) -> PublishedStatus:
        """Adds up; cannot be told, because papers, votes or heads are missing; or does not add up."""
        if self.findings:
            return PublishedStatus.DISCREPANCY
        needed = (*(self.figures[name] for name in ("papers_counted", "yes", "no")), rejected_papers(self.figures))
        return PublishedStatus.INCOMPLETE if None in needed else PublishedStatus.ADDS_UP


def read_published_results(text: str | bytes) -> tuple[PublishedResult, ...]:
    """Read past declarations from CSV, one line each.

    Args:
        text: CSV with a heading of names in `COLUMNS` (any order, capitals and spaces as they come); `REQUIRED` ones
            must be there. A cell may be empty or say n/a; figures may have commas; bytes are UTF-8 or cp1252.

    Returns: one result a line, in order; what does not add up is in its findings.

    Raises: CountFileError naming the line and column of a cell that is neither a figure nor empty, or of a heading that
    is missing, unknown or repeated.

    Source: COUNT-8, COUNT-16, COUNT-17; traps T-29, T-30, T-45.
    """
    reader = csv.reader(io.StringIO(_decoded(text), newline=""), strict=True)
    try:
        heading = [re.sub(r"[\s_-]+", "_", name.strip().lower()) for name in next(reader, [])]
        _check_heading(heading)
        return tuple(_result(reader.line_num, heading, cells) for cells in reader if "".join(cells).strip())
    except csv.Error as error:
        raise CountFileError(f"Line {reader.line_num} is not CSV ({error}): correct the file there.") from error


def published_document(result: PublishedResult) -> dict[str, object]:
    """Return the declaration as published, its status, and the arithmetic of what does not add up."""
    return {
        "line": result.line,
        "area": result.area,
        "authority": result.authority,
        "instrument": result.instrument,
        "poll_date": result.poll_date.isoformat(),
        "figures": dict(result.figures),
        "turnout_percent": None if result.turnout_percent is None else str(result.turnout_percent),
        "turnout_definition": None if result.turnout_definition is None else result.turnout_definition.value,
        "source": result.source,
        "status": result.status.value,
        "findings": [finding.document() for finding in result.findings],
    }


def _decoded(text: str | bytes) -> str:
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError:
        return text.decode("cp1252", errors="replace")


def _check_heading(heading: list[str]) -> None:
    for name in REQUIRED:
        if name not in heading:
            raise CountFileError(f"The column {name} is missing from the heading: add it.", path=f"/{name}")
    for place, name in enumerate(heading):
        if name not in COLUMNS or name in heading[:place]:
            raise CountFileError(
                f"The column “{name}” is unknown or stands twice: take it out, or use one of {', '.join(COLUMNS)}.",
                path=f"/{name}",
            )


def _result(line: int, heading: list[str], cells: list[str]) -> PublishedResult:
    if len(cells) != len(heading):
        raise CountFileError(
            f"Line {line} has {len(cells)} cells but the heading has {len(heading)}: correct the line."
        )
    row = {name: cell.strip() for name, cell in zip(heading, cells, strict=True)}
    if not row["area"]:
        raise _refusal(line, "area", "", "the name of an area: give one")
    figures = {name: _figure(row, line, name) for name in FIGURES}
    turnout = _percentage(row, line)
    return PublishedResult(
        line=line,
        area=row["area"],
        authority=row.get("authority") or None,
        instrument=row.get("instrument") or None,
        poll_date=_poll_date(row["poll_date"], line),
        figures=figures,
        turnout_percent=turnout,
        turnout_definition=None if turnout is None else turnout_definition(turnout, figures),
        source=row.get("source") or None,
        findings=tuple(discrepancies(figures, turnout, f"/{line}")),
    )


def _figure(row: Mapping[str, str], line: int, name: str) -> int | None:
    text = row.get(name, "")
    if text.lower() in NOTHING_STATED:
        return None
    if not re.fullmatch(r"[0-9]{1,3}(,[0-9]{3}){1,2}|[0-9]{1,9}", text):
        raise _refusal(line, name, text, "a number of papers: give a whole number")
    return int(text.replace(",", ""))


def _percentage(row: Mapping[str, str], line: int) -> Decimal | None:
    text = row.get("turnout_percent", "")
    if text.lower() in NOTHING_STATED:
        return None
    found = re.fullmatch(r"([0-9]{1,3}(\.[0-9]{1,6})?) ?%?", text)
    if found is None:
        raise _refusal(line, "turnout_percent", text, "a percentage: write it like 42.2")
    return Decimal(found[1])


def _poll_date(text: str, line: int) -> date:
    for pattern in DATES:
        if found := re.fullmatch(pattern, text):
            with suppress(ValueError):
                return date(int(found["year"]), int(found["month"]), int(found["day"]))
    raise _refusal(line, "poll_date", text, "a date: write it like 2026-09-10 or 10/09/2026")


def _refusal(line: int, name: str, text: str, wanted: str) -> CountFileError:
    return CountFileError(f"Line {line}, column {name}: “{text[:40]}” is not {wanted}.", path=f"/{line}/{name}")
