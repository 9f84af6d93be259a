"""Work that is cut off: a process designates, imports, counts or declares until it is killed; what is left is examined.

Used by the test of a hundred kills. Run: python tests/bench/killing.py DATABASE_URL KILLS SEED
Prints one JSON document: how often each kind of work was cut off and done, and every fault found afterwards.
"""

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import shapely
from officers import Officer, lay_out
from sqlalchemy import select, text

from app.audit import Actor, Deed, verify
from app.db import create_database_engine, reading, writing
from app.models import AreaVersion, Boundary, NeighbourhoodArea, Plan, Referendum, Register
from app.services.counts_signing import declare_result
from app.services.example_counts import Hall
from app.services.record import state_faults
from app.services.registers import import_register
from app.services.registers_reading import RegisterFiles

KINDS = ("designation", "register", "count", "declaration")
LONGEST_DELAY_S = {"designation": 0.08, "register": 0.12, "count": 0.15, "declaration": 0.1}
POLL = date(2026, 9, 10)
AT = datetime(2026, 9, 10, 22, 50, tzinfo=UTC)
STATION = {"name": "Hall", "supplied": 900, "issued": 700, "spoilt": 3, "unused": 197, "tendered": 0, "found": 700}
REJECTED = {"official_mark": 0, "more_than_one_answer": 4, "identifies_voter": 1, "unmarked_or_uncertain": 7}
FIGURES = {
    "council": "Westshire",
    "electorate": 2000,
    "stations": [STATION],
    "postal": {"found": 326},
    "yes": 508,
    "no": 506,
    "rejected": REJECTED,
}


def deed(name, role="counting-officer"):
    """Who does it, on the night of the count."""
    by = Actor(name=name, role=role, organisation="E07999101", organisation_name="Westshire")
    return Deed(by=by, at=AT)


def arrange(engine, polls):
    """Store plans due for their referendums, one beside the other, and the referendums."""
    with writing(engine) as session:
        land = shapely.MultiPolygon([shapely.box(499_000, 299_000, 500_000 + polls * 2000, 302_000)])
        authority = Boundary(
            kind="authority",
            code="E07999102",
            name="Pollshire",
            valid_from=date(2015, 4, 1),
            is_relevant_council=True,
            source="drawn",
            imported_at=AT,
            geometry=land,
        )
        session.add(authority)
        for number in range(polls):
            square = shapely.box(500_000 + number * 2000, 300_000, 501_000 + number * 2000, 301_000)
            line = AreaVersion(
                valid_from=date(2024, 4, 1), reason="designated", geometry=shapely.MultiPolygon([square])
            )
            area = NeighbourhoodArea(
                reference=f"NA-8{number:05}",
                name=f"Area {number}",
                status="designated",
                designated_on=date(2024, 4, 1),
                versions=[line],
            )
            plan = Plan(
                reference=f"NP-8{number:05}",
                area=area,
                instrument="ndp",
                title=f"Plan {number}",
                stage="referendum-to-be-held",
                qualifying_body="Council",
                period_start=2026,
                period_end=2041,
            )
            session.add(
                Referendum(
                    reference=f"NR-8{number:05}",
                    plan=plan,
                    decision_on=date(2026, 7, 2),
                    poll_date=POLL,
                    has_business_poll=False,
                    is_cross_boundary=False,
                    authority="Westshire",
                    council="Westshire",
                    question="Do you want it?",
                    election_group_id="ref.westshire.2026-09-10",
                    timetable={},
                    geometry=shapely.MultiPolygon([square]),
                )
            )


def register_file(folder):
    """A register of some thousand entries."""
    rows = [f"AA,{number},0,,,Name,Given,ZZ1 1AA,{number} High Street,,,,,," for number in range(1, 3001)]
    head = (
        "Elector Number Prefix,Elector Number,Elector Number Suffix,Elector Markers,Elector DOB,Elector Surname,"
        "Elector Forename,PostCode,Address1,Address2,Address3,Address4,Address5,Address6"
    )
    path = Path(folder) / "register.csv"
    path.write_text("\n".join([head, *(row.removesuffix(",") for row in rows)]) + "\n", encoding="utf-8")
    return path


def work(kind, engine, seed, register):
    """Do one kind of work over and over, each piece in a transaction of its own."""
    officer, round_ = Officer(engine, seed), 0
    while True:
        round_ += 1
        once(kind, engine, officer, register)


def once(kind, engine, officer, register):
    """Do one piece of work; what the service refuses is tried again with other figures."""
    if kind == "designation":
        officer.work(1, 120)
    elif kind == "register":
        files = RegisterFiles(
            authority_code="E07999101",
            as_at=date(2026, 9, 1),
            registers=(register,),
            locations=(),
            address_secret=b"a secret of at least some length",
        )
        with writing(engine) as session:
            import_register(session, deed("Elections", "electoral-officer"), files)
    elif kind == "count":
        reference = poll_without(engine, "rounds")
        with writing(engine) as session:
            hall = Hall(session=session, reference=reference, first=deed("Ann"), second=deed("Ben"))
            hall.hold([("first count", {"residential": {"portions": [FIGURES]}})])
    else:
        reference = poll_without(engine, "declaration")
        with writing(engine) as session:
            declare_result(session, deed("Cat"), reference)


def poll_without(engine, what):
    """The first poll that has not come so far; for a declaration, one that is counted."""
    with reading(engine) as session:
        for poll in session.scalars(select(Referendum).order_by(Referendum.reference)):
            if what == "rounds" and not poll.rounds:
                return poll.reference
            if what == "declaration" and poll.rounds and poll.declaration is None:
                return poll.reference
    time.sleep(10)
    raise SystemExit


def cut_off(kind, url, seed, register, delay_s):
    """Let another process work and kill it after a while; returns whether it was still working."""
    ready, child_ready = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            engine = create_database_engine(url)
            with reading(engine) as session:
                session.execute(text("SELECT 1"))
            os.write(child_ready, b"!")
            work(kind, engine, seed, register)
        finally:
            os._exit(1)
    os.close(child_ready)
    os.read(ready, 1)
    os.close(ready)
    time.sleep(delay_s)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def faults(url, known):
    """Everything wrong with the database after a kill, besides what was there before any work."""
    engine = create_database_engine(url)
    with reading(engine) as session:
        found = [fault.what for fault in verify(session).faults]
        found += [f"{each.subject}: {each.what}" for each in state_faults(session)]
        if engine.dialect.name == "sqlite":
            found += [row[0] for row in session.execute(text("PRAGMA quick_check")) if row[0] != "ok"]
    engine.dispose()
    return [each for each in found if each not in known]


def main(url, kills, seed):
    """Kill again and again, examine after each, and at the end do each kind of work once to its end."""
    dice = random.Random(seed)
    engine = create_database_engine(url)
    lay_out(engine)
    arrange(engine, kills)
    engine.dispose()
    known, killed, wrong = set(faults(url, set())), Counter(), []
    with tempfile.TemporaryDirectory() as folder:
        register = register_file(folder)
        for number in range(kills):
            kind = KINDS[number % len(KINDS)]
            if kind == "declaration":
                ready = create_database_engine(url)
                once("count", ready, Officer(ready, number), register)
                ready.dispose()
            delay = dice.uniform(0.002, LONGEST_DELAY_S[kind])
            while not cut_off(kind, url, seed + number, register, delay):
                delay /= 2  # it had ended by itself: it is cut off earlier
            killed[kind] += 1
            wrong += [f"kill {number} during {kind}: {each}" for each in faults(url, known)]
        resumed = create_database_engine(url)
        for kind in KINDS:
            once(kind, resumed, Officer(resumed, 10_000 + seed), register)
        with reading(resumed) as session:
            done = {
                "areas": len(session.scalars(select(NeighbourhoodArea.id)).all()) - kills,
                "registers": len(session.scalars(select(Register.id)).all()),
                "counted": sum(bool(poll.rounds) for poll in session.scalars(select(Referendum))),
                "declared": sum(poll.declaration is not None for poll in session.scalars(select(Referendum))),
            }
        resumed.dispose()
        wrong += [f"afterwards: {each}" for each in faults(url, known)]
    sys.stdout.write(json.dumps({"killed": killed, "done": done, "faults": wrong}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
