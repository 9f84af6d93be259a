"""The ledger of a count: one line an entry, with decision and reason; no name, no address, no coordinates."""

import csv
import hashlib
import io
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from app.electors import Electorate
from geo.electorate import DECISIONS, Decision, reason_text
from referendum.eligibility import entitlement

LEDGER_COLUMNS = ("number", "polling_district", "decision", "reason", "entitled", "entitlement_reason")
DISTRICT_COLUMNS = ("code", "entries", "in_area", "outside", "entitled", "undecided", "unplaced", "extent")


def ledger_rows(electorate: Electorate) -> Iterator[tuple[str, ...]]:
    """Yield number, polling district, decision, reason, entitled (yes, no or "") and why not, for every entry.

    Source: T-14, T-43.
    """
    workings = electorate.workings
    roll, placing = workings.roll, workings.placing
    for at in range(len(roll)):
        decision = DECISIONS[placing.decision[at]]
        answer = workings.eligibility[workings.answer[at]]
        counts = decision is Decision.IN_AREA
        why = "; ".join(_reasons(electorate, at)) if counts else ""
        yield (
            roll.written_number(at),
            roll.districts[roll.district[at]],
            decision.value,
            reason_text(placing, roll, at),
            ("yes" if answer.entitled else "no") if counts else "",
            why,
        )


def _reasons(electorate: Electorate, at: int) -> tuple[str, ...]:
    roll = electorate.workings.roll
    return entitlement(
        markers=roll.marks[roll.mark[at]],
        attains_on=roll.attains_on[at].astype(object),
        poll_date=electorate.poll_date,
        rules=electorate.workings.rules,
    ).reasons


def write_ledger(electorate: Electorate, path: Path) -> None:
    """Write the ledger as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(LEDGER_COLUMNS)
        writer.writerows(ledger_rows(electorate))


def ledger_hash(electorate: Electorate) -> str:
    """Return the SHA-256 (hex) of the ledger as `write_ledger` writes it, without writing it anywhere."""
    digest, line = hashlib.sha256(), io.StringIO(newline="")
    writer = csv.writer(line)
    for row in chain([LEDGER_COLUMNS], ledger_rows(electorate)):
        writer.writerow(row)
        digest.update(line.getvalue().encode())
        line.seek(0)
        line.truncate()
    return digest.hexdigest()


def write_districts(electorate: Electorate, path: Path) -> None:
    """Write the totals of each polling district as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(DISTRICT_COLUMNS)
        writer.writerows(
            [getattr(district, column) for column in DISTRICT_COLUMNS] for district in electorate.by_polling_district
        )
