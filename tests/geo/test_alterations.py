"""Monthly updates applied to a register, in order, against a dictionary that does the same slowly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.registers import open_register
from geo.registers.alterations import AlteredRegister
from geo.registers.register import open_update

FULL = "PDCode,RollNo,ElectorSurname,DateOfAttainment,FranchiseMarker,RegisteredAddress1,PostCode,UPRN"
UPDATE = f"ChangeTypeID,{FULL}"


@pytest.fixture
def altered(tmp_path):
    """A register of numbers and markers, and updates of (letter, number, marker)."""

    def alter(entries, *updates):
        full = tmp_path / "full.csv"
        full.write_text("\n".join([FULL, *(f"HA1,{n},Q,,{mark},4 Mill Lane,ZZ1 1AA," for n, mark in entries), ""]))
        opened = []
        for at, update in enumerate(updates):
            path = tmp_path / f"update{at}.csv"
            rows = [f"{letter},HA1,{n},Q,,{mark},5 Mill Lane,ZZ1 1AB,7" for letter, n, mark in update]
            path.write_text("\n".join([UPDATE, *rows, ""]))
            opened.append(open_update(path))
        return AlteredRegister(open_register([full]), opened)

    return alter


def kept(register):
    return sorted((one.number, one.suffix, one.markers, one.uprn) for one in register)


@pytest.mark.rule("ELEC-3", "ELEC-12", "T-21")
def test_added_changed_and_deleted(altered):
    register = altered([(1, ""), (2, ""), (3, "")], [("N", "1.001", "B"), ("M", 2, "F"), ("D", 3, "")])
    assert kept(register) == [(1, 0, "", None), (1, 1, "B", "7"), (2, 0, "F", "7")]
    assert register.misfits == ()
    assert [(file.name, file.rows) for file in register.files] == [("full.csv", 3), ("update0.csv", 3)]
    assert register.layout == "democracy-counts-full"


def test_the_last_word_on_a_number_stands(altered):
    register = altered([(1, "")], [("D", 1, "")], [("N", 1, "B")], [("M", 1, "L")])
    assert (kept(register), register.misfits) == ([(1, 0, "L", "7")], ())


@pytest.mark.parametrize(
    ("update", "reason"),
    [
        pytest.param(("N", 1, ""), "HA1-1 is added but was there already", id="added again"),
        pytest.param(("M", 9, ""), "HA1-9 is changed but was not there", id="changed nobody"),
        pytest.param(("D", 9, ""), "HA1-9 is deleted but was not there", id="deleted nobody"),
    ],
)
def test_alterations_that_do_not_fit_are_listed(altered, update, reason):
    register = altered([(1, "")], [update])
    list(register)
    assert [(one.file, one.reason) for one in register.misfits] == [("update0.csv", reason)]


def test_rows_of_an_update_that_cannot_be_read_are_listed(altered):
    register = altered([(1, "")], [("N", "x", ""), ("?", 2, "")])
    assert [(one.file, one.line) for one in register.unreadable] == [("update0.csv", 2), ("update0.csv", 3)]
    assert kept(register) == [(1, 0, "", None)]


def slowly(entries, updates):
    held = {n: (mark, None) for n, mark in entries}
    for update in updates:
        for letter, n, mark in update:
            if letter == "D":
                held.pop(n, None)
            else:
                held[n] = (mark, "7")
    return sorted((n, 0, mark, uprn) for n, (mark, uprn) in held.items())


NUMBERS = st.integers(1, 6)
MARKS = st.sampled_from(["", "B", "F"])


@settings(deadline=None, max_examples=40)
@given(
    entries=st.dictionaries(NUMBERS, MARKS),
    updates=st.lists(
        st.lists(st.tuples(st.sampled_from("NMD"), NUMBERS, MARKS), max_size=5), max_size=3, unique_by=str
    ),
)
def test_as_a_dictionary_does_it(tmp_path_factory, entries, updates):
    place = tmp_path_factory.mktemp("updates")
    full = place / "full.csv"
    full.write_text("\n".join([FULL, *(f"HA1,{n},Q,,{mark},4 Mill Lane,ZZ1 1AA," for n, mark in entries.items()), ""]))
    opened = []
    for at, update in enumerate(updates):
        path = place / f"update{at}.csv"
        rows = [f"{letter},HA1,{n},Q,,{mark},5 Mill Lane,ZZ1 1AB,7" for letter, n, mark in update]
        path.write_text("\n".join([UPDATE, *rows, ""]))
        opened.append(open_update(path))
    register = AlteredRegister(open_register([full]), opened)
    assert kept(register) == slowly(list(entries.items()), updates)
