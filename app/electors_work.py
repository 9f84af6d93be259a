"""The work list: entries that a person must decide, by polling district and street."""

import csv
from collections.abc import Iterator
from pathlib import Path

from app.electors import Electorate
from geo.electorate import DECISIONS, Decision, reason_text
from geo.registers import Register
from geo.registers.addresses import street_of

WORK_COLUMNS = ("polling_district", "street", "number", "why", "decision", "reason")
_OPEN = (DECISIONS.index(Decision.UNDECIDED), DECISIONS.index(Decision.UNPLACED))


def work_rows(electorate: Electorate, register: Register) -> Iterator[tuple[str, ...]]:
    """Yield polling district, street, number and why for every entry still open, in that order.

    The street is read from the register once more and kept nowhere; anonymous entries have none. The columns
    decision and reason are empty, to be filled in and given back as placements.
    Source: T-14.
    """
    workings = electorate.workings
    roll, placing = workings.roll, workings.placing
    found = []
    at = 0
    for batch in register.batches():
        for place in range(len(batch)):
            if placing.decision[at] in _OPEN:
                street = street_of(batch.addresses[batch.address[place]])
                found.append(
                    (
                        roll.districts[roll.district[at]],
                        street,
                        int(roll.number[at]),
                        roll.written_number(at),
                        reason_text(placing, roll, at),
                    )
                )
            at += 1
    for district, street, _, number, why in sorted(found):
        yield district, street, number, why, "", ""


def write_work(electorate: Electorate, register: Register, path: Path) -> None:
    """Write the work list as CSV; for the electoral office alone, since it names streets."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(WORK_COLUMNS)
        writer.writerows(work_rows(electorate, register))
