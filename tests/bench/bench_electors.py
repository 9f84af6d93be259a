"""A register of a million entries counted from files: seconds, entries a second, greatest memory.

Run: python tests/bench/bench_electors.py [ENTRIES]

The register, its points and its area are invented here. The count runs in a process of its own, so that the memory
stated is its own; its answer is compared with the same count made while the files were written.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

LIMIT_MB = 600
WEST, SOUTH, SIDE_M = 452_000, 268_000, 20_000
AREA = (457_000, 273_000, 463_500, 279_500)
HEADER = (
    "Elector Number Prefix,Elector Number,Elector Number Suffix,Elector Markers,Elector DOB,Elector Surname,"
    "Elector Forename,PostCode,Address1,Address2,Address3,Address4,Address5,Address6,UPRN"
)


def write_files(folder, entries):
    """Write register, points and area; return how many entries are in the area and how many of them may vote."""
    dice = random.Random(20270204)
    homes = entries // 2
    places = [(WEST + dice.random() * SIDE_M, SOUTH + dice.random() * SIDE_M) for _ in range(homes)]
    with (folder / "uprn.csv").open("w", encoding="utf-8-sig", newline="") as file:
        file.write("UPRN,X_COORDINATE,Y_COORDINATE,LATITUDE,LONGITUDE\r\n")
        file.writelines(f"{10**8 + at},{x:.2f},{y:.2f},,\r\n" for at, (x, y) in enumerate(places))
    west, south, east, north = AREA
    inside = entitled = 0
    with (folder / "register.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(f"{HEADER}\r\n")
        for number in range(1, entries + 1):
            home = dice.randrange(homes)
            marker = dice.choice(("", "", "", "", "", "", "", "", "B", "F"))
            file.write(
                f"D{home % 90:02},{number},0,{marker},,Surname{number},Forename,ZZ{home % 90 + 1} {home % 9 + 1}AA,"
                f"{home % 200 + 1} Mill Lane,Haddenford,Borchester,,,,{10**8 + home}\r\n"
            )
            x, y = (round(value, 2) for value in places[home])
            clear = min(abs(x - west), abs(x - east), abs(y - south), abs(y - north)) >= 1
            if west < x < east and south < y < north and clear:
                inside += 1
                entitled += marker != "F"
    ring = f"{west} {south},{east} {south},{east} {north},{west} {north},{west} {south}"
    (folder / "area.wkt").write_text(f"SRID=27700;POLYGON(({ring}))", encoding="utf-8")
    return inside, entitled


def main():
    """Write, count, compare; exit status 1 where an answer differs or the memory is passed."""
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        expected = write_files(folder, entries)
        words = [folder / "area.wkt", "--register", folder / "register.csv", "--locations", folder / "uprn.csv"]
        program = "from app.cli.main import main; main()"
        command = [sys.executable, "-c", program, "electorate", *words, "--poll-date", "2027-02-04", "--json"]
        start = perf_counter()
        done = subprocess.run(list(map(str, command)), capture_output=True, check=False, text=True)
        seconds = perf_counter() - start
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    if done.returncode:
        sys.stdout.write(done.stderr)
        sys.exit(1)
    document = json.loads(done.stdout)
    same = (document["entries"]["in_area"], document["entitled"]) == expected
    sys.stdout.write(
        f"electorate: {entries:,} entries from files in {seconds:.1f} s ({entries / seconds:,.0f} a second), "
        f"{megabytes:.0f} MB at most (bound {LIMIT_MB}), answers {'agree' if same else 'DIFFER'}\n"
    )
    sys.exit(0 if same and megabytes <= LIMIT_MB else 1)


if __name__ == "__main__":
    main()
