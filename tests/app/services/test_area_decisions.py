"""What a decision on an area may be: carve-outs, clean edges, refusals with some land designated, missed deadlines."""

from datetime import date

import pytest
import shapely

from app.errors import ConflictError, InvalidRequestError
from app.models import ConsentPurpose
from app.services.area_consents import ConsentFacts
from referendum.area_refusals import Ground
from referendum.errors import StageError

pytestmark = pytest.mark.database

NO = {"designate": False, "ground": Ground.NOT_APPROPRIATE}
LATE = date(2026, 6, 1)


def box(west, south, east, north):
    """A rectangle by metres from the corner of the district."""
    return shapely.MultiPolygon([shapely.box(400000 + west, 300000 + south, 400000 + east, 300000 + north)])


@pytest.mark.rule("AREA-10", "AREA-15")
def test_a_whole_parish_takes_the_place_of_a_smaller_area_inside_it(office, shapes):
    inner = office.designate("Inner Alder", box(200, 200, 600, 600))
    whole = office.apply("Alder", shapes.square(0, 0))
    with pytest.raises(ConflictError, match=r"Inner Alder \(NA-000001.*take the land out of that area"):
        office.decide(whole)
    assert office.decide(whole, modifies=(inner,)) == "designated"
    assert list(office.lines()) == [whole]
    assert office.status(inner) == "ended"
    assert office.faults() == []


@pytest.mark.rule("AREA-16")
def test_land_carved_out_of_a_current_area_needs_its_councils_consent(office, shapes):
    old = office.designate("Alder and some Birch", box(0, 0, 1500, 1000))
    birch = office.apply("Birch", shapes.square(1, 0), "E04999102")
    office.publicise(birch)
    alder_too = office.apply("Half Birch, half Alder", box(500, 0, 1500, 1000), "E04999102")
    office.publicise(alder_too)
    with pytest.raises(ConflictError, match=r"consent of Alder \(E04999101\) to the change"):
        office.decide(alder_too, modifies=(old,))
    assert office.decide(birch, modifies=(old,)) == "designated"
    lines = office.lines()
    assert (lines[old].area, lines[birch].area) == (1_000_000, 1_000_000)
    assert shapely.intersection(lines[old], lines[birch]).area == 0
    assert office.faults() == []


def test_no_land_is_taken_out_of_an_area_that_shares_none(office, shapes):
    old = office.designate("Birch", shapes.square(1, 0), "E04999102")
    alder = office.apply("Alder", shapes.square(0, 0))
    with pytest.raises(ConflictError, match="NA-000001 shares no land with Alder"):
        office.decide(alder, modifies=(old,))


@pytest.mark.rule("AREA-9")
def test_a_refusal_as_not_appropriate_designates_some_of_the_land(office):
    reference = office.apply("Most of Alder", box(0, 0, 900, 1000))
    office.publicise(reference)
    with pytest.raises(ConflictError, match=r"90\.00 ha of this land is in no neighbourhood area"):
        office.decide(reference, **NO)
    assert office.decide(reference, **NO, line_bng=box(0, 0, 500, 1000)) == "designated"
    assert office.lines()[reference].area == 500_000
    assert office.faults() == []


@pytest.mark.rule("AREA-9", "T-1")
@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param(NO | {"line_bng": box(0, 0, 500, 1100)}, "not applied for", id="other land"),
        pytest.param({"line_bng": box(0, 0, 500, 1000)}, "more than a clean edge", id="half, as if it were all"),
        pytest.param(NO | {"line_bng": box(0, 0, 2, 1000)}, "only a sliver", id="a sliver"),
        pytest.param(
            NO | {"ground": Ground.NOT_RELEVANT_BODY, "line_bng": box(0, 0, 500, 1000)},
            "Only a refusal because the area is not appropriate",
            id="some land for a body that may not apply",
        ),
    ],
)
def test_a_line_that_may_not_be_designated_is_refused(office, facts, words):
    reference = office.apply("Most of Alder", box(0, 0, 900, 1000))
    office.publicise(reference)
    with pytest.raises(InvalidRequestError, match=words):
        office.decide(reference, **facts)
    assert office.status(reference) == "applied"


@pytest.mark.rule("T-1")
def test_a_clean_edge_is_designated_in_place_of_a_sliver(office):
    office.designate("West", box(0, 0, 500, 1000))
    reference = office.apply("East", box(498, 0, 900, 1000))
    office.publicise(reference)
    assert office.decide(reference, line_bng=box(500, 0, 900, 1000)) == "designated"
    assert office.lines()[reference].bounds[0] == 400_500
    assert office.faults() == []


@pytest.mark.rule("AREA-2", "AREA-7")
@pytest.mark.parametrize(
    ("ground", "words"),
    [
        pytest.param(None, "on which ground", id="no ground"),
        pytest.param(Ground.NOT_RELEVANT_BODY, "is a relevant body", id="a relevant body, called none"),
        pytest.param(Ground.SECOND_APPLICATION, "no other open application", id="an only application, called second"),
    ],
)
def test_a_refusal_must_be_of_a_kind_that_the_law_knows(office, ground, words):
    reference = office.apply("Most of Alder", box(0, 0, 900, 1000))
    office.publicise(reference)
    with pytest.raises(ConflictError, match=words):
        office.decide(reference, designate=False, ground=ground)


@pytest.mark.rule("AREA-4", "AREA-7")
def test_a_body_that_may_not_apply_and_a_second_application_are_refused_without_publicity(office):
    forum = office.apply("A forum in a parish", box(0, 0, 900, 1000), None)
    assert office.decide(forum, designate=False, ground=Ground.NOT_RELEVANT_BODY) == "refused"
    office.apply("Most of Alder", box(0, 0, 900, 1000))
    second = office.apply("Less of Alder", box(0, 0, 800, 1000))
    assert office.decide(second, designate=False, ground=Ground.SECOND_APPLICATION) == "refused"
    assert office.faults() == []


@pytest.mark.rule("AREA-14", "T-5")
def test_once_time_has_run_out_only_the_whole_area_may_be_designated(office):
    """First publicised on 12 January 2026: 13 weeks from the 13th end on 14 April."""
    reference = office.apply("Most of Alder", box(0, 0, 900, 1000))
    office.publicise(reference)
    part = NO | {"line_bng": box(0, 0, 500, 1000)}
    with pytest.raises(ConflictError, match="ran out on 2026-04-14, so the whole area must be designated"):
        office.decide(reference, **part, decided_on=date(2026, 4, 15))
    assert office.status(reference) == "applied"
    assert office.decide(reference, decided_on=date(2026, 4, 15)) == "designated"


@pytest.mark.rule("AREA-14")
def test_time_compels_nothing_where_some_land_is_taken_by_another_application(office):
    reference = office.apply("Most of Alder", box(0, 0, 900, 1000))
    office.publicise(reference)
    office.apply("The rest of Alder and a bit", box(800, 0, 1000, 1000))
    part = NO | {"line_bng": box(0, 0, 500, 1000)}
    assert office.decide(reference, **part, decided_on=date(2026, 4, 15)) == "designated"


@pytest.mark.rule("AREA-20")
def test_two_authorities_must_designate_the_same_line(office):
    across = office.apply("Birch and Cedar", box(1000, 0, 2900, 1000), "E04999102")
    office.publicise(across)
    office.decide(across, **NO, line_bng=box(1000, 0, 2500, 1000))
    with pytest.raises(ConflictError, match="agree on one"):
        office.decide(across, authority_code="E07999102")
    later = NO | {"line_bng": box(1000, 0, 2500, 1000), "decided_on": date(2026, 4, 20)}
    assert office.decide(across, authority_code="E07999102", **later) == "designated"
    assert office.lines()[across].area == 1_500_000
    assert office.faults() == []


@pytest.mark.rule("AREA-5", "AREA-6")
def test_an_application_keeps_its_parts_and_the_consents_that_came_with_it(office):
    consent = ConsentFacts(purpose=ConsentPurpose.ACT, body_code="E04999102", given_on=LATE, minute="26/7")
    office.apply(
        "Alder and Birch", box(0, 0, 1500, 1000), map_scale=5000, body_statement="We are.", consents=(consent,)
    )
    assert office.faults() == []


def test_an_application_taken_back_is_decided_no_more(office):
    reference = office.apply("Most of Alder", box(0, 0, 900, 1000))
    with pytest.raises(InvalidRequestError, match="was received on 2026-01-05"):
        office.take_back(reference, date(2026, 1, 4))
    with pytest.raises(InvalidRequestError, match="Say why"):
        office.take_back(reference, date(2026, 2, 1), " ")
    office.take_back(reference, date(2026, 2, 1))
    assert office.status(reference) == "withdrawn"
    with pytest.raises(StageError, match="it is withdrawn"):
        office.decide(reference)
    assert office.faults() == []


@pytest.mark.rule("AREA-21")
def test_a_decision_is_published_once_and_not_before_it_was_made(office, shapes):
    reference = office.apply("Alder", shapes.square(0, 0))
    office.decide(reference, published_on=None)
    with pytest.raises(InvalidRequestError, match="before it"):
        office.publish(reference, date(2026, 3, 31))
    office.publish(reference, date(2026, 4, 3))
    with pytest.raises(ConflictError, match="published its decision on 2026-04-03"):
        office.publish(reference, date(2026, 4, 4))
    assert office.faults() == []
