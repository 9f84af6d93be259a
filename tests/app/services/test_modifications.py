"""Changing designated areas: land, dates, consents, what the record says; and never two that overlap."""

from datetime import date

import pytest
import shapely

from app.db import reading
from app.errors import ConflictError, InvalidRequestError, NotAllowedError
from app.models import AreaChange, ConsentPurpose
from geo import carve
from geo.boundary import boundary
from geo.errors import BoundaryError
from geo.topology import canonical
from referendum.errors import StageError

pytestmark = pytest.mark.database

JUNE = date(2026, 6, 1)


def box(west, south, east, north):
    """A rectangle by metres from the corner of the district."""
    return shapely.MultiPolygon([shapely.box(400000 + west, 300000 + south, 400000 + east, 300000 + north)])


@pytest.fixture
def alder(office, shapes):
    """Alder's whole parish, designated on 1 April 2026."""
    return office.designate("Alder", shapes.square(0, 0))


@pytest.mark.rule("AREA-16", "AREA-22")
def test_land_taken_out_ends_the_old_line_and_begins_the_new_on_one_day(office, alder):
    assert office.change("subtract", alder, box(0, 0, 1000, 200)) == [alder]
    assert office.lines()[alder].area == 800_000
    assert office.history(alder) == [(date(2026, 4, 1), JUNE), (JUNE, None)]
    assert office.faults() == []


@pytest.mark.rule("AREA-16")
def test_land_taken_in_needs_the_consent_of_the_council_whose_parish_it_is(office, alder):
    piece = box(1000, 0, 1200, 1000)
    with pytest.raises(
        ConflictError, match=r"consent of Birch \(E04999102\) .* not on record in the case of NA-000001"
    ):
        office.change("enlarge", alder, piece)
    office.consent(alder, "E04999102")
    office.change("enlarge", alder, piece)
    assert office.lines()[alder].area == 1_200_000
    with pytest.raises(ConflictError, match="not on record"):
        office.change("enlarge", alder, box(1200, 0, 1400, 1000))
    assert office.faults() == []


@pytest.mark.rule("AREA-16")
@pytest.mark.parametrize(
    ("purpose", "given_on"),
    [
        pytest.param(ConsentPurpose.MODIFY, date(2026, 6, 2), id="given after the change"),
        pytest.param(ConsentPurpose.ACT, date(2026, 5, 1), id="given to act, not to change"),
    ],
)
def test_a_consent_for_something_else_does_not_count(office, alder, purpose, given_on):
    office.consent(alder, "E04999102", purpose, given_on)
    with pytest.raises(ConflictError, match="not on record"):
        office.change("enlarge", alder, box(1000, 0, 1200, 1000))


@pytest.mark.rule("AREA-15", "AREA-16")
def test_an_enlargement_may_not_overlap_a_neighbour(office, alder, shapes):
    office.designate("Birch", shapes.square(1, 0), "E04999102")
    office.consent(alder, "E04999102")
    with pytest.raises(ConflictError, match=r"Alder would overlap a current neighbourhood area: Birch \(NA-000002"):
        office.change("enlarge", alder, box(1000, 0, 1200, 1000))
    assert office.history(alder) == [(date(2026, 4, 1), None)]
    assert office.faults() == []


@pytest.mark.rule("AREA-19", "AREA-22")
def test_a_split_gives_the_piece_a_reference_of_its_own_and_shares_the_edge(office, alder):
    with pytest.raises(InvalidRequestError, match="a name of its own"):
        office.change("split", alder, box(0, 0, 400, 1000))
    kept, new = office.change("split", alder, box(0, 0, 400, 1000), name="West Alder")
    lines = office.lines()
    assert (kept, new) == (alder, "NA-000002")
    assert (lines[kept].area, lines[new].area) == (600_000, 400_000)
    assert shapely.intersection(lines[kept], lines[new]).area == 0
    assert office.status(new) == "designated"
    assert office.faults() == []


@pytest.mark.rule("AREA-22")
def test_joined_areas_end_but_for_the_one_that_goes_on(office, alder, shapes):
    birch = office.designate("Birch", shapes.square(1, 0), "E04999102")
    office.consent(alder, "E04999102")
    assert office.change("merge", alder, others=(birch,)) == [alder]
    assert {reference: line.area for reference, line in office.lines().items()} == {alder: 2_000_000}
    assert (office.status(alder), office.status(birch)) == ("designated", "ended")
    assert office.history(birch) == [(date(2026, 4, 1), JUNE)]
    with pytest.raises(StageError, match="NA-000002 is not a designated area: it is ended"):
        office.change("subtract", birch, box(1000, 0, 1200, 1000))
    assert office.faults() == []


@pytest.mark.rule("AREA-16", "AREA-22")
def test_carving_six_times_conserves_the_land_and_replays_to_identical_bytes(office, shapes):
    """One area over two parishes, carved by six bands that cross its slanting edges and each other's corners."""
    slanting = shapely.MultiPolygon([
        shapely.Polygon([(400013.7, 300011.3), (401987.1, 300043.9), (401871.3, 300991.7), (400101.9, 300901.1)])
    ])  # fmt: skip
    area = office.designate("Two parishes", slanting)
    bands = [
        shapely.affinity.rotate(box(300 * n, -100, 300 * n + 170.3, 1200), 7.7 * n, origin="centroid") for n in range(6)
    ]
    whole = office.lines()[area].area
    pieces = []
    for number, band in enumerate(bands):
        office.consent(area, "E04999102", minute=f"26/{number}")
        pieces += office.change("split", area, band, name=f"Band {number}")[1:]
        total = sum(line.area for line in office.lines().values())
        assert total == pytest.approx(whole, abs=0.01)
    assert len(set(pieces)) == 6
    assert office.faults() == []
    assert replayed(office, area, slanting) == {ref: shapely.to_wkb(line) for ref, line in office.lines().items()}


def replayed(office, reference, line):
    """Every line as it comes out when the stored pieces are carved again, without the database."""
    standing = carve.AreaVersion(
        reference=reference, name="Two parishes", geometry_bng=canonical(line), from_date=date(2026, 4, 1)
    )
    lines = {}
    with reading(office.engine) as session:
        for change in session.query(AreaChange).order_by(AreaChange.id):
            new = change.parts[-1].area.reference
            carving = carve.carve_out(standing, boundary(change.geometry), reference=new, name=new, on=change.on_date)
            standing, piece = carving.opened
            lines[new] = shapely.to_wkb(piece.geometry_bng)
    return lines | {reference: shapely.to_wkb(standing.geometry_bng)}


@pytest.mark.rule("AREA-20")
def test_another_authority_must_agree_and_says_so_itself(office, shapes):
    across = office.apply("Birch and Cedar", shapes.square(1, 0, width=2), "E04999102")
    office.publicise(across)
    office.decide(across)
    office.decide(across, authority_code="E07999102")
    west, east = office.in_organisation("E07999101"), office.in_organisation("E07999102")
    piece, facts = box(2000, 0, 2200, 1000), {"applied_parish_code": "E04999102"}
    with pytest.raises(NotAllowedError, match="it belongs to E07999101 and E07999102"):
        office.in_organisation("E07999999").change("subtract", across, piece, **facts)
    with pytest.raises(ConflictError, match=r"Eastshire \(E07999102\) as another planning authority is not on record"):
        west.change("subtract", across, piece, **facts)
    with pytest.raises(NotAllowedError):
        west.consent(across, "E07999102", ConsentPurpose.AGREE)
    east.consent(across, "E07999102", ConsentPurpose.AGREE)
    west.change("subtract", across, piece, **facts)
    assert office.faults() == []


@pytest.mark.parametrize(
    ("facts", "error", "words"),
    [
        pytest.param({"on": date(2026, 7, 3)}, InvalidRequestError, "a day to come", id="tomorrow"),
        pytest.param({"on": date(2026, 3, 31), "applied_on": date(2026, 3, 1)}, ConflictError,
                     "already has a line from 2026-04-01", id="before the area was designated"),
        pytest.param({"applied_on": date(2026, 6, 2)}, InvalidRequestError, "after it", id="before the application"),
        pytest.param({"applied_by": " "}, InvalidRequestError, "who applied", id="on nobody's application"),
        pytest.param({"reasons": ""}, InvalidRequestError, "the reasons", id="without reasons"),
        pytest.param({"others": ("NA-000001",), "piece": box(0, 0, 9, 9)}, InvalidRequestError, "Only a merger",
                     id="others named"),
        pytest.param({"piece": None}, InvalidRequestError, "not valid", id="no land"),
        pytest.param({"piece": box(5000, 0, 5100, 100)}, BoundaryError, "None of that land", id="land elsewhere"),
        pytest.param({"piece": box(-10, -10, 1010, 1010)}, BoundaryError, "leave nothing", id="all of it"),
        pytest.param({"piece": box(0, 0, 1000, 998)}, InvalidRequestError, "wider than 3 m", id="a sliver is left"),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_made_is_refused_and_changes_nothing(office, alder, facts, error, words):
    with pytest.raises(error, match=words):
        office.change("subtract", alder, **({"piece": box(0, 0, 1000, 200)} | facts))
    assert office.history(alder) == [(date(2026, 4, 1), None)]
    assert office.faults() == []


def test_a_consent_needs_a_minute_and_is_recorded_once(office, alder):
    with pytest.raises(InvalidRequestError, match="the minute"):
        office.consent(alder, "E04999102", minute=" ")
    with pytest.raises(InvalidRequestError, match="after today"):
        office.consent(alder, "E04999102", given_on=date(2027, 1, 1))
    office.consent(alder, "E04999102")
    with pytest.raises(ConflictError, match="recorded already"):
        office.consent(alder, "E04999102")
    with pytest.raises(NotAllowedError):
        office.in_organisation("E04999103").consent(alder, "E04999102", minute="26/15")
    assert office.faults() == []


def test_a_line_edited_behind_the_service_shows(office, alder):
    office.change("subtract", alder, box(0, 0, 1000, 200))
    with office.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE area_version SET valid_until = NULL WHERE id = 1")
    assert office.faults() == ["the until of the line of NA-000001 1 is not what the record says"]
