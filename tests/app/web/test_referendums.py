"""Which count of electors the public page of a referendum shows."""

import pytest

from app.models import ElectorateCount
from app.web.referendums import electorate_to_show


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        pytest.param([], None, id="none counted"),
        pytest.param(["E0"], "E0", id="the first one"),
        pytest.param(["E0", "E1"], "E1", id="the latest"),
        pytest.param(["E0", "provisional"], "provisional", id="for the time being"),
        pytest.param(["E0", "E1", "E2", "provisional"], "E2", id="the poll's own, once it is there"),
    ],
)
def test_the_count_of_the_poll_comes_before_the_provisional_one(kept, shown):
    found = electorate_to_show([ElectorateCount(snapshot=snapshot) for snapshot in kept])
    assert (found.snapshot if found else None) == shown
