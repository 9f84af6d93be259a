"""A billing authority's list of ratepayers, read row by row; names are hashed as they pass and kept nowhere."""

import csv
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.errors import RegisterError
from geo.registers import UnreadableRow
from geo.registers.cells import date_cell, postcode_cell, uprn_cell
from geo.registers.headers import plain_header
from geo.registers.text import look_through
from referendum.business_holders import is_body, plain_name

_ROLES: Mapping[str, tuple[str, ...]] = {
    "account": ("ratepayerreference", "accountreference", "accountnumber", "account", "reference"),
    "ratepayer": ("ratepayer", "ratepayername", "accountholder", "liableparty", "name"),
    "premises": ("hereditamentaddress", "propertyaddress", "premises", "address"),
    "postcode": ("postcode", "hereditamentpostcode", "propertypostcode"),
    "uprn": ("uprn", "propertyuprn"),
    "company": ("companynumber", "companyno", "registerednumber"),
    "state": ("statedate", "liableon", "asat", "date"),
}
_NEEDED = ("account", "ratepayer", "premises")
_DELIMITERS = (",", "\t", ";")
_LONGEST_ACCOUNT, _LONGEST_PREMISES = 60, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class RatepayerRow:
    """One line: who is liable for one hereditament, without the name.

    Attributes:
        account: the billing authority's own reference of the ratepayer.
        name_key: keyed hash of the name in its plain form, to tell one body, and namesakes, by.
        is_body: whether the name is that of a registered body.
        company_number: as registered, or None.
        premises: the hereditament's address, which the rating list publishes.
        postcode, uprn: by which it is located; b"" and 0 where not given.
        state_on: the day of which the line speaks, None where the list does not say.
    """

    account: str
    name_key: bytes
    is_body: bool
    company_number: str | None
    premises: str
    postcode: bytes
    uprn: int
    state_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatepayerFile:
    """A list as read: its lines, those that could not be read, and the file's fingerprint."""

    rows: tuple[RatepayerRow, ...]
    unreadable: tuple[UnreadableRow, ...]
    sha256: str


def read_ratepayers(path: Path, *, key: bytes) -> RatepayerFile:
    """Read a list of ratepayers, recognised by its headings.

    Args:
        path: CSV or tab-separated text.
        key: the secret under which names are hashed.

    Raises:
        RegisterError: no file, a spreadsheet, or headings without account, ratepayer and premises.

    Source: BUS-2, BUS-6; Neighbourhood Planning (Referendums) Regulations 2012 Sch 6 para 8.
    """
    file = look_through(path)
    lines = ((number, row) for number, row in file.lines() if row.strip(" ,;\t"))
    delimiter, columns = _columns(path, next(lines, (0, ""))[1])
    rows: list[RatepayerRow] = []
    unreadable: list[UnreadableRow] = []
    for number, row in lines:
        cells = next(csv.reader([row], delimiter=delimiter))
        given = {role: cells[at].strip() if at < len(cells) else "" for role, at in columns.items()}
        reason = _wrong(given)
        if reason:
            unreadable.append(UnreadableRow(file=path.name, line=number, reason=reason))
        else:
            rows.append(_row(given, key))
    return RatepayerFile(rows=tuple(rows), unreadable=tuple(unreadable), sha256=file.sha256)


def _columns(path: Path, header: str) -> tuple[str, dict[str, int]]:
    for delimiter in _DELIMITERS:
        headers = [plain_header(cell) for cell in next(csv.reader([header], delimiter=delimiter), [])]
        found = {
            role: headers.index(next(name for name in names if name in headers))
            for role, names in _ROLES.items()
            if any(name in headers for name in names)
        }
        if all(role in found for role in _NEEDED):
            return delimiter, found
    raise RegisterError(
        f"{path.name} is no list of ratepayers that we know: it needs the headings ratepayer_reference, ratepayer and "
        "hereditament_address in its first line."
    )


def _wrong(given: Mapping[str, str]) -> str:
    if not given["account"] or len(given["account"]) > _LONGEST_ACCOUNT:
        return "the ratepayer's reference is missing or too long"
    if not given["ratepayer"]:
        return "the ratepayer is missing"
    if not given["premises"] or len(given["premises"]) > _LONGEST_PREMISES:
        return "the address of the premises is missing or too long"
    if given.get("state") and date_cell(given["state"]) is None:
        return "the date cannot be read"
    return ""


def _row(given: Mapping[str, str], key: bytes) -> RatepayerRow:
    plain = plain_name(given["ratepayer"])
    return RatepayerRow(
        account=given["account"],
        name_key=hmac.new(key, b"ratepayer#" + plain.encode(), hashlib.sha256).digest()[:16],
        is_body=is_body(given["ratepayer"]),
        company_number=given.get("company", "")[:12] or None,
        premises=given["premises"],
        postcode=postcode_cell(given.get("postcode", "")),
        uprn=uprn_cell(given.get("uprn", "")),
        state_on=date_cell(given["state"]) if given.get("state") else None,
    )
