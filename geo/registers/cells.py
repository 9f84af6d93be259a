"""What one cell of a register says: numbers, dates, markers, postcodes. None where it cannot be read."""

import re
from datetime import date

from geo.registers.entry import NO_UPRN

_NUMBER = re.compile(r"(\d{1,9})(?:\.(\d{1,3}))?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T]0{1,2}:00(?::00)?)?")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]0{1,2}:00(?::00)?)?")
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")
_UPRN = re.compile(r"(\d{1,12})(?:\.0+)?")
_DATE_INSIDE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}")
_NEITHER = re.compile(r"[^A-Z0-9?*]")
NO_SUFFIXES = ("", "0", "0.0", "0.00", "0.000")


def number_cell(text: str) -> tuple[int, int] | None:
    """Return number and suffix of "124", "5.0" or "5.001" (three decimals hold the suffix)."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None or not int(found[1]):
        return None
    return int(found[1]), int((found[2] or "0").ljust(3, "0"))


def suffix_cell(text: str) -> int | None:
    """Return the suffix of a column of its own: 0 for none."""
    text = text.strip()
    if text in NO_SUFFIXES:
        return 0
    found = re.fullmatch(r"(\d{1,9})(?:\.0+)?", text)
    return None if found is None else int(found[1])


def date_cell(text: str) -> date | None:
    """Return the date of dd/mm/yyyy or yyyy-mm-dd, or None where there is no such day."""
    text = text.strip()
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    elif found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def markers_cell(text: str) -> tuple[str, str]:
    """Return the marks of a cell (capitals in alphabetical order) and the text of a date inside it, or ""."""
    inside = _DATE_INSIDE.search(text)
    letters = _NEITHER.sub("", _DATE_INSIDE.sub("", text).upper())
    return "".join(sorted(set(letters))), inside[0] if inside else ""


def postcode_cell(text: str) -> bytes:
    """Return a postcode in capitals without spaces, b"" where the text is not one."""
    plain = "".join(text.split()).upper()
    return plain.encode("ascii") if _POSTCODE.fullmatch(plain) else b""


def uprn_cell(text: str) -> int:
    """Return a property reference as an integer (leading zeros mean nothing), 0 where there is none."""
    found = _UPRN.fullmatch(text.strip())
    return NO_UPRN if found is None else int(found[1])


def change_cell(text: str) -> str | None:
    """Return "added", "changed" or "deleted" for the letters and signs of monthly updates."""
    return {
        "A": "added",
        "N": "added",
        "+": "added",
        "M": "changed",
        "=": "changed",
        "D": "deleted",
        "-": "deleted",
    }.get(text.strip().upper()[:1])


def month_cell(text: str) -> bool | None:
    """Say whether a month number of an update is above 0; None where it is not a number."""
    found = re.fullmatch(r"(\d{0,6})(?:\.0+)?", text.strip())
    return None if found is None else bool(int(found[1] or 0))
