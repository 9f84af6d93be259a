"""Apply, publicise, decide; and no two current areas ever overlap."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
import shapely
from sqlalchemy import select

from app.audit import documents
from app.db import reading, writing
from app.errors import ConflictError, InvalidRequestError, NotFoundError
from app.models import AreaVersion, NeighbourhoodArea
from app.services.area_decisions import DecisionFacts, decide_application
from app.services.area_steps import publicise_application
from app.services.areas import ApplicationFacts, Drawn, apply_for_area, examine
from geo.reading import Source
from referendum.area_refusals import Ground
from referendum.designation import Applicant, ApplicantKind
from referendum.errors import StageError

pytestmark = pytest.mark.database

SOURCE = Source(format="GeoJSON", layer="drawn", crs="EPSG:27700", crs_evidence="drawn for a test", flipped=False)
ALDER = Applicant(kind=ApplicantKind.PARISH, parish_code="E04999101")
FORUM = Applicant(kind=ApplicantKind.FORUM)
YES = DecisionFacts(
    authority_code="E07999101",
    designate=True,
    decided_on=date(2026, 4, 1),
    published_on=date(2026, 4, 2),
    reasons="It is one place.",
    is_business_area=False,
    business_area_reasons="It is not wholly or predominantly business.",
)


def application(name, applicant=ALDER):
    return ApplicationFacts(
        name=name,
        applicant=applicant,
        applicant_name=f"{name} body",
        statement="It is one place around its green.",
        received_on=date(2026, 1, 5),
    )


def drawn(geometry):
    return Drawn(geometry_bng=geometry, source=SOURCE)


def applied(engine, deed, name, geometry, applicant=ALDER):
    with writing(engine) as session:
        return apply_for_area(session, deed, application(name, applicant), drawn(geometry)).reference


def publicised(engine, deed, reference):
    with writing(engine) as session:
        publicise_application(session, deed, reference, publicised_on=date(2026, 1, 12), closes_on=date(2026, 2, 23))


def decided(engine, deed, reference, facts=YES):
    with writing(engine) as session:
        return decide_application(session, deed, reference, facts).status


def current(engine):
    with reading(engine) as session:
        return session.scalars(select(AreaVersion).where(AreaVersion.valid_until.is_(None))).all()


@pytest.mark.rule("AREA-10")
def test_a_whole_parish_is_designated_at_once(district, deed, shapes):
    reference = applied(district, deed, "Alder", shapes.square(0, 0))
    assert reference == "NA-000001"
    assert decided(district, deed, reference, replace(YES, decided_on=date(2026, 1, 6))) == "designated"
    assert [version.valid_from for version in current(district)] == [date(2026, 1, 6)]


@pytest.mark.rule("AREA-11", "AREA-12")
def test_part_of_a_parish_waits_for_six_weeks_of_publicity(district, deed, shapes):
    half = shapes.square(0, 0).buffer(-100, join_style="mitre")
    reference = applied(district, deed, "Inner Alder", shapely.MultiPolygon([half]))
    with pytest.raises(StageError, match="not been publicised"):
        decided(district, deed, reference)
    with pytest.raises(InvalidRequestError, match="2026-02-23 or later"), writing(district) as session:
        publicise_application(session, deed, reference, publicised_on=date(2026, 1, 12), closes_on=date(2026, 2, 22))
    publicised(district, deed, reference)
    with pytest.raises(ConflictError, match="representations close on 2026-02-23"):
        decided(district, deed, reference, replace(YES, decided_on=date(2026, 2, 23)))
    assert decided(district, deed, reference) == "designated"


@pytest.mark.rule("AREA-15", "T-1")
@pytest.mark.parametrize(
    ("shift_m", "expected"),
    [pytest.param(0, "designated", id="sharing an edge"), pytest.param(2, "designated", id="a sliver")],
)
def test_neighbours_that_touch_or_overlap_by_a_sliver_are_designated(district, deed, shapes, shift_m, expected):
    decided(district, deed, applied(district, deed, "Alder", shapes.square(0, 0)))
    moved = shapely.transform(shapes.square(1, 0), lambda xy: xy - [shift_m, 0])
    birch = Applicant(kind=ApplicantKind.PARISH, parish_code="E04999102")
    assert decided(district, deed, applied(district, deed, "Birch", moved, birch)) == expected


@pytest.mark.rule("AREA-15")
def test_an_overlap_with_a_current_area_is_refused_whatever_the_caller_does(district, deed, shapes):
    decided(district, deed, applied(district, deed, "Alder", shapes.square(0, 0)))
    moved = shapely.transform(shapes.square(1, 0), lambda xy: xy - [5, 0])
    reference = applied(district, deed, "Birch", moved, FORUM)
    publicised(district, deed, reference)
    with pytest.raises(ConflictError, match=r"Birch overlaps a current neighbourhood area: Alder \(NA-000001"):
        decided(district, deed, reference)
    assert len(current(district)) == 1
    with reading(district) as session:
        kinds = [event["kind"] for event in documents(session)]
    assert kinds.count("area:designated") == 1


@pytest.mark.rule("AREA-20")
def test_an_area_in_two_authorities_is_current_when_both_have_designated_it(district, deed, shapes):
    across = shapes.square(1, 0, width=2)
    reference = applied(district, deed, "Birch and Cedar", across)
    publicised(district, deed, reference)
    assert decided(district, deed, reference) == "applied"
    assert current(district) == []
    with pytest.raises(ConflictError, match="already decided"):
        decided(district, deed, reference)
    later = replace(YES, authority_code="E07999102", decided_on=date(2026, 5, 1))
    assert decided(district, deed, reference, later) == "designated"
    assert [version.valid_from for version in current(district)] == [date(2026, 5, 1)]


@pytest.mark.rule("AREA-10")
def test_a_whole_parish_may_not_be_refused(district, deed, shapes):
    reference = applied(district, deed, "Alder", shapes.square(0, 0))
    no = replace(YES, designate=False, ground=Ground.NOT_APPROPRIATE)
    with pytest.raises(ConflictError, match="must designate the area as applied for"):
        decided(district, deed, reference, no)


@pytest.mark.rule("AREA-18")
def test_a_refused_area_is_never_current(district, deed, shapes):
    """A parish council applies for land that is all in a current area already, so nothing is left to designate."""
    decided(district, deed, applied(district, deed, "Alder", shapes.square(0, 0)))
    inner = shapely.box(400200, 300200, 400800, 300800)
    reference = applied(district, deed, "Inner Alder", shapely.MultiPolygon([inner]))
    publicised(district, deed, reference)
    no = replace(YES, designate=False, ground=Ground.NOT_APPROPRIATE)
    assert decided(district, deed, reference, no) == "refused"
    assert len(current(district)) == 1
    with pytest.raises(StageError, match="no application waiting"):
        decided(district, deed, reference)


def test_an_authority_the_area_does_not_fall_in_decides_nothing(district, deed, shapes):
    reference = applied(district, deed, "Alder", shapes.square(0, 0))
    with pytest.raises(ConflictError, match="E07999102 does not decide on NA-000001"):
        decided(district, deed, reference, replace(YES, authority_code="E07999102"))


def test_a_line_that_crosses_itself_is_refused_with_its_place_and_nothing_is_stored(district, deed):
    bow_tie = shapely.Polygon([(400000, 300000), (401000, 301000), (401000, 300000), (400000, 301000)])
    with pytest.raises(InvalidRequestError) as refusal:
        applied(district, deed, "Bow tie", bow_tie)
    places = [finding.at_bng for finding in refusal.value.findings if finding.code == "self-crossing"]
    assert places == [(400500.0, 300500.0)]
    with reading(district) as session:
        assert session.scalars(select(NeighbourhoodArea)).all() == []
        assert list(documents(session)) == []


def test_an_unknown_reference_is_told(district, deed):
    with pytest.raises(NotFoundError, match="NA-000404"):
        decided(district, deed, "NA-000404")


@pytest.mark.rule("AREA-15")
def test_two_officers_designating_overlapping_areas_at_once_never_both_succeed(district, deed, shapes):
    """Eight officers at once, each with a piece of the same land:

    0    600 m          every piece overlaps its neighbour by 400 m,
    |----|              so at most every other one can stand
      |----|
    """
    pieces = [shapely.MultiPolygon([shapely.box(400000 + 100 * n, 300000, 400500 + 100 * n, 300500)]) for n in range(8)]
    references = [applied(district, deed, f"Piece {n}", piece) for n, piece in enumerate(pieces)]
    for reference in references:
        publicised(district, deed, reference)

    def attempt(reference):
        try:
            return decided(district, deed, reference)
        except ConflictError:
            return "refused by the service"

    with ThreadPoolExecutor(8) as officers:
        outcomes = list(officers.map(attempt, references))
    standing = [version.geometry for version in current(district)]
    assert outcomes.count("designated") == len(standing) >= 1
    assert all(
        shapely.intersection(one, other).area == 0 for at, one in enumerate(standing) for other in standing[at + 1 :]
    )


@pytest.mark.rule("T-2", "T-39")
def test_the_verdict_uses_the_boundaries_in_force_on_the_day(district, shapes):
    with reading(district) as session:
        then = examine(session, drawn(shapes.square(0, 0)), applicant=ALDER, on=date(2014, 1, 1))
        now = examine(session, drawn(shapes.square(0, 0)), applicant=ALDER, on=date(2026, 1, 1))
    assert [presence.place.name for presence in then.parishes] == []
    assert [presence.place.name for presence in now.parishes] == ["Alder"]
