"""Addresses in passing: a plain form for matching, a keyed hash for keeping; the text itself is never kept."""

import hashlib
import hmac
import re
from collections.abc import Iterable

_KEPT_BYTES = 16
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b")
_SHORT = {
    "RD": "ROAD",
    "ST": "STREET",
    "LN": "LANE",
    "AVE": "AVENUE",
    "AV": "AVENUE",
    "CL": "CLOSE",
    "CRES": "CRESCENT",
    "CT": "COURT",
    "DR": "DRIVE",
    "GDNS": "GARDENS",
    "GDN": "GARDEN",
    "GRN": "GREEN",
    "GR": "GROVE",
    "PL": "PLACE",
    "SQ": "SQUARE",
    "TER": "TERRACE",
    "TERR": "TERRACE",
    "APT": "FLAT",
    "APARTMENT": "FLAT",
}
_STREETS = frozenset({*_SHORT.values(), "WAY", "HILL", "ROW", "WALK", "MEWS", "PARADE", "YARD", "END", "VIEW"}) - {
    "FLAT"
}
_LONGEST_STREET = 80
_MOST_WORDS_OF_A_STREET = 4
_NUMBERED = re.compile(r"(?:(?:FLAT|UNIT) \w+ )?\d+[A-Z]?(?: \d+[A-Z]?)? ")


def plain_address(lines: Iterable[str]) -> str:
    """Return address lines as capitals, digits and single spaces, without postcode, usual short forms written out.

    "ST" before a name is a saint and is left alone ("ST MARYS ROAD"); at the end of a line it is a street.
    """
    return "|".join(filter(None, (_plain_line(line) for line in lines)))


def _plain_line(line: str) -> str:
    text = _POSTCODE.sub(" ", line.upper()).replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    words = re.sub(r"[^A-Z0-9]+", " ", text).split()
    last = len(words) - 1
    return " ".join(word if word == "ST" and at != last else _SHORT.get(word, word) for at, word in enumerate(words))


def match_key(address: str, postcode: str | None) -> str | None:
    """Return number or house name, street and postcode as one text to match on, or None where one is missing.

    Args:
        address: lines joined by commas, the order in which an envelope has them.
        postcode: capitals without a space.

    The key is the lines up to and including the first that holds a number with a street after it; where none does,
    the first two lines (house name and street).
    """
    lines = [line for line in plain_address(address.split(",")).split("|") if line]
    if not postcode or not lines:
        return None
    end = next((at for at, line in enumerate(lines) if _NUMBERED.match(line + " ") and " " in line), None)
    if end is None:
        end = _after_bare_number(lines)
    return None if end is None else " ".join([*lines[: end + 1], postcode])


def _after_bare_number(lines: list[str]) -> int | None:
    return 1 if len(lines) > 1 else None


def street_of(address: str) -> str:
    """Return the street of an address for a work list: the first line with a number, without that number."""
    lines = [line for line in plain_address(address.split(",")).split("|") if line]
    for line in lines:
        found = _NUMBERED.match(line + " ")
        if found and line[found.end() :]:
            return line[found.end() :]
    return lines[min(1, len(lines) - 1)] if lines else ""


def street_to_keep(address: str) -> str | None:
    """Return the street of an address where one line surely is a street, otherwise None.

    A street is what stands after a house number, or a line that ends in a word for a street; a house name, "care
    of" or any other line is never kept, since somebody's name may be in it.
    """
    for line in plain_address(address.split(",")).split("|"):
        words = line.split()
        numbers = [at for at, word in enumerate(words) if any(sign.isdigit() for sign in word)]
        words = words[numbers[-1] + 1 :] if numbers else words
        if not 2 <= len(words) <= _MOST_WORDS_OF_A_STREET or "CARE OF" in line:  # noqa: PLR2004 - a name and its word
            continue
        if words[-1] in _STREETS or (numbers and _NUMBERED.match(line + " ")):
            return " ".join(words)[:_LONGEST_STREET]
    return None


def address_key(address: str, postcode: str | None, *, key: bytes) -> bytes | None:
    """Return the keyed hash under which an address may be kept: 16 bytes of HMAC-SHA256, None for no address.

    Equal addresses give equal hashes under one key; without the key an address can be neither read nor guessed.
    """
    plain = plain_address(address.split(","))
    if not plain and not postcode:
        return None
    return hmac.new(key, f"{plain}#{postcode or ''}".encode(), hashlib.sha256).digest()[:_KEPT_BYTES]


def matching_key(matched: str, *, key: bytes) -> bytes:
    """Return the keyed hash under which the address of a property export may be kept to be matched: 16 bytes.

    Args:
        matched: what `match_key` returned.
        key: the secret.
    """
    return hmac.new(key, b"match#" + matched.encode(), hashlib.sha256).digest()[:_KEPT_BYTES]


def person_key(person_id: str, *, key: bytes) -> bytes:
    """Return the keyed hash of a register system's own identifier of an elector (no name is in it): 16 bytes."""
    return hmac.new(key, b"person#" + person_id.encode(), hashlib.sha256).digest()[:_KEPT_BYTES]
