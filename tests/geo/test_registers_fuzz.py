"""Damaged files: a sentence or a list of rows that could not be read, never anything else, and no row is lost."""

import random

import pytest

from fixtures.spec import folder
from geo.errors import GeoError
from geo.locations import read_locations
from geo.registers import open_register

CASES = 150
PIECES = [
    b'"',
    b'""',
    b",",
    b"\t",
    b"\n",
    b"\r",
    b"\x00",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\x85",
    b";",
    b"9" * 30,
    b"-",
    b"N",
]


def damaged(name, dice):
    """The first lines of an example file, in some encoding, cut and spattered."""
    lines = (folder() / "csv" / name).read_text(encoding="utf-8").splitlines()[:12]
    data = bytearray("\n".join(lines).encode(dice.choice(["utf-8", "utf-16-le", "utf-16"])))
    for _ in range(dice.randrange(1, 6)):
        at, way = dice.randrange(len(data) + 1), dice.random()
        if way < 0.6:
            data[at:at] = dice.choice(PIECES)
        elif way < 0.8:
            del data[at : at + dice.randrange(1, 40)]
        else:
            del data[at:]
    return bytes(data)


@pytest.mark.parametrize("seed", range(4))
def test_damaged_registers(tmp_path, seed):
    dice, path = random.Random(seed), tmp_path / "register.csv"
    read, refusals = 0, []
    for _ in range(CASES):
        path.write_bytes(damaged("register.csv", dice))
        try:
            register = open_register([path])
            entries = sum(len(batch) for batch in register.batches())
        except GeoError as refusal:
            refusals.append(str(refusal))
        else:
            assert entries + len(register.unreadable) == register.files[0].rows
            read += 1
    assert read > CASES / 4
    assert not [refusal for refusal in refusals if "\n" in refusal]


@pytest.mark.parametrize("name", ["uprn.csv", "properties.csv", "postcodes.csv"])
def test_damaged_locations(tmp_path, name):
    dice, path = random.Random(name), tmp_path / name
    read, refusals = 0, []
    for _ in range(CASES):
        path.write_bytes(damaged(name, dice))
        try:
            read_locations([path])
        except GeoError as refusal:
            refusals.append(str(refusal))
        else:
            read += 1
    assert read > CASES / 4
    assert not [refusal for refusal in refusals if "\n" in refusal]
