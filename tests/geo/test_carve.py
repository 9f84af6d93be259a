from datetime import date

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from geo.carve import AreaVersion, carve_out, enlarge, merge, subtract
from geo.errors import BoundaryError
from geo.topology import canonical

ON = date(2026, 11, 21)
OLD = AreaVersion(reference="NA-1", name="All", geometry_bng=canonical(box(0, 0, 100, 100)), from_date=date(2015, 1, 1))


@pytest.mark.rule("AREA-16", "AREA-22")
def test_a_change_closes_the_old_version_and_opens_the_new_one_the_same_day():
    change = subtract(OLD, box(50, 0, 150, 100), on=ON)
    (closed,), (opened,) = change.closed, change.opened
    assert closed == AreaVersion(
        reference="NA-1", name="All", geometry_bng=OLD.geometry_bng, from_date=date(2015, 1, 1), until_date=ON
    )
    assert (opened.reference, opened.from_date, opened.until_date) == ("NA-1", ON, None)
    assert opened.geometry_bng.equals(box(0, 0, 50, 100))
    assert change.changed_bng.equals(box(50, 0, 100, 100))


def test_enlarging_and_merging_join_land():
    bigger = enlarge(OLD, box(100, 0, 200, 100), on=ON)
    assert bigger.opened[0].geometry_bng.equals(box(0, 0, 200, 100))
    assert bigger.changed_bng.area == 100 * 100
    halves = carve_out(OLD, box(50, 0, 100, 100), reference="NA-2", name="East", on=ON).opened
    joined = merge(halves, reference="NA-3", name="Again", on=ON)
    assert joined.opened[0].geometry_bng.equals(OLD.geometry_bng)
    assert [one.reference for one in joined.closed] == ["NA-1", "NA-2"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda: subtract(OLD, box(200, 0, 300, 100), on=ON), id="no land to take"),
        pytest.param(lambda: subtract(OLD, box(-1, -1, 101, 101), on=ON), id="nothing left"),
        pytest.param(lambda: enlarge(OLD, box(10, 10, 20, 20), on=ON), id="nothing to add"),
        pytest.param(lambda: merge([OLD], reference="X", name="X", on=ON), id="nothing to join"),
    ],
)
def test_a_change_that_changes_nothing_is_refused(change):
    with pytest.raises(BoundaryError):
        change()


# Uneven coordinates, as real boundaries have them; six parishes leave one multi-parish area, one by one.
corners = st.tuples(
    st.floats(479_000, 483_000).map(lambda x: round(x, 3)), st.floats(209_000, 213_000).map(lambda y: round(y, 3))
)
pieces = st.lists(st.lists(corners, min_size=3, max_size=7, unique=True), min_size=6, max_size=6)


def carved(shapes):
    area = AreaVersion(
        reference="NA-1",
        name="All",
        geometry_bng=canonical(box(480_000.123, 210_000.456, 482_500.789, 212_345.678)),
        from_date=date(2015, 1, 1),
    )
    out = []
    for number, shape in enumerate(shapes):
        try:
            area, new = carve_out(area, shape, reference=f"NA-{number + 2}", name="", on=ON).opened
        except BoundaryError:
            continue
        out.append(new)
    return [area, *out]


@settings(max_examples=60, deadline=None)
@given(shapes=pieces.map(lambda rings: [canonical(Polygon(ring)) for ring in rings]))
def test_carving_six_times_loses_no_land_and_replays_to_the_same_bytes(shapes):
    parts = carved(shapes)
    whole = canonical(box(480_000.123, 210_000.456, 482_500.789, 212_345.678))
    assert sum(part.geometry_bng.area for part in parts) == pytest.approx(whole.area, abs=0.01)
    for number, one in enumerate(parts):
        for other in parts[number + 1 :]:
            assert shapely.intersection(one.geometry_bng, other.geometry_bng).area < 0.01
    again = carved([MultiPolygon(list(shape.geoms)[::-1]) for shape in shapes])
    assert [part.geometry_bng.wkb for part in again] == [part.geometry_bng.wkb for part in parts]
