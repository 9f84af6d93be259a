"""An officer's decisions on single entries, as a table."""

import csv
from collections.abc import Mapping
from pathlib import Path

from geo.electorate import OfficerPlacement
from geo.errors import RegisterError
from geo.registers import number_parts
from geo.registers.headers import plain_header
from geo.registers.text import look_through

_IN_WORDS = frozenset({"in", "in_area", "in area", "inside", "yes"})
_OUT_WORDS = frozenset({"out", "outside", "no"})


def read_placements(path: Path) -> tuple[OfficerPlacement, ...]:
    """Return an officer's decisions: a table with number (or its three parts), decision (in or out) and reason.

    A work list filled in is such a table; its lines without a decision are still open and say nothing.

    Raises:
        RegisterError: a line without number, decision or reason, or two decisions on one entry that differ.
    """
    file = look_through(path)
    rows = (row for _, row in file.lines() if row.strip(" ,;\t"))
    header = next(rows, "")
    table = csv.DictReader([header, *rows], delimiter="\t" if "\t" in header else ",")
    table.fieldnames = [plain_header(name) for name in table.fieldnames or ()]
    known: dict[tuple[str, int, int], OfficerPlacement] = {}
    for line, row in enumerate(table, start=2):
        cells = {name: (cell or "").strip() for name, cell in row.items() if name}
        if "decision" in cells and not cells["decision"] and not cells.get("reason"):
            continue  # a line of the work list that is still open
        placement = _placement(path, line, cells)
        key = (placement.polling_district, placement.number, placement.suffix)
        if known.setdefault(key, placement).is_in_area is not placement.is_in_area:
            raise RegisterError(f"{path.name} line {line} decides an entry again and otherwise: keep one decision.")
    return tuple(known.values())


def _placement(path: Path, line: int, row: Mapping[str, str]) -> OfficerPlacement:
    parts = number_parts(row.get("number", ""))
    if parts is None and row.get("pollingdistrict") and row.get("number", "").isdigit():
        suffix = row.get("suffix") or "0"
        parts = (row["pollingdistrict"], int(row["number"]), int(suffix) if suffix.isdigit() else 0)
    decision = row.get("decision", "").casefold()
    if parts is None or not (decision in _IN_WORDS or decision in _OUT_WORDS) or not row.get("reason"):
        raise RegisterError(
            f"{path.name} line {line} cannot be used: "
            "it needs number (such as HA1-17), decision (in or out) and reason."
        )
    district, number, suffix_number = parts
    return OfficerPlacement(
        polling_district=district,
        number=number,
        suffix=suffix_number,
        is_in_area=decision in _IN_WORDS,
        reason=row["reason"],
    )
