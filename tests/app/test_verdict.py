import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from shapely import MultiPolygon, Polygon, affinity, box

from app.documents import document_text
from app.verdict import OpenApplication, Verdict, check_area, verdict_document
from geo.errors import BoundaryError
from geo.findings import Finding, Severity
from geo.reading import Source
from geo.topology import Authority, Neighbour, Parish
from referendum.designation import Applicant, ApplicantKind, Route

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 21)
EAST, NORTH = 480_000, 215_000
SOURCE = Source(format="GeoJSON", layer="area", crs="EPSG:27700", crs_evidence="The file says so.", flipped=False)
PARISH = Applicant(kind=ApplicantKind.PARISH, parish_code="P1")
FORUM = Applicant(kind=ApplicantKind.FORUM)


def land(west, south, east, north):
    """A rectangle in metres from the corner of the example parish."""
    return box(EAST + west, NORTH + south, EAST + east, NORTH + north)


def parish(shape, code="P1", *, council=True):
    return Parish(reference=code, name=f"Parish {code}", geometry_bng=shape, has_council=council)


def current(shape, reference="NA-000001"):
    return Neighbour(reference=reference, name=f"Area {reference}", geometry_bng=shape)


def authority(shape, code="L1"):
    return Authority(reference=code, name=f"Council {code}", geometry_bng=shape)


# Two parishes side by side in one authority, another authority to the north:
#
#    +------ L2 ------+
#    +--------+-------+  2000
#    |   P1   |   P2  |
#    +--------+-------+  0
#    0      1000    2000
WHOLE = land(0, 0, 1000, 2000)
PARISHES = (parish(WHOLE), parish(land(1000, 0, 2000, 2000), "P2"))
AUTHORITIES = (authority(land(-5000, -5000, 5000, 2000)), authority(land(-5000, 2000, 5000, 9000), "L2"))


def check(shape, **known):
    plain = {
        "source": SOURCE,
        "on": TODAY,
        "applicant": PARISH,
        "areas": (),
        "parishes": PARISHES,
        "authorities": AUTHORITIES,
    }
    return check_area(shape, **{**plain, **known})


def codes(verdict, severity=None):
    return [found.code for found in verdict.findings if severity in {None, found.severity}]


@pytest.mark.rule("AREA-3", "AREA-4", "AREA-9", "AREA-10", "AREA-13", "AREA-15", "AREA-20", "FORUM-5")
@pytest.mark.parametrize(
    ("shape", "known", "expected", "found"),
    [
        pytest.param(WHOLE, {}, (Verdict.ACCEPTABLE, Route.MUST, None), ["whole-parish"], id="a whole parish"),
        pytest.param(
            land(0, 0, 1002, 2000), {}, (Verdict.ACCEPTABLE, Route.MUST, None), ["whole-parish"], id="but for a sliver"
        ),
        pytest.param(
            land(0, 0, 1000, 1900),
            {},
            (Verdict.ACCEPTABLE, Route.MAY, 13),
            ["not-whole-parish"],
            id="part of a parish",
        ),
        pytest.param(
            land(0, 0, 1500, 1900),
            {},
            (Verdict.ACCEPTABLE, Route.MAY, 13),
            ["consent-to-act", "not-whole-parish"],
            id="part of another parish too",
        ),
        pytest.param(
            land(1100, 0, 1500, 1900),
            {},
            (Verdict.NOT_ACCEPTABLE, Route.BARRED, None),
            ["outside-own-parish"],
            id="another parish's land",
        ),
        pytest.param(
            land(0, 0, 1000, 2600),
            {},
            (Verdict.ACCEPTABLE, Route.MAY, 20),
            ["several-authorities", "not-whole-parish"],
            id="two authorities",
        ),
        pytest.param(
            land(0, 0, 1000, 1900),
            {"applicant": FORUM},
            (Verdict.NOT_ACCEPTABLE, Route.BARRED, None),
            ["forum-in-parish"],
            id="a forum where a council governs",
        ),
        pytest.param(
            land(-800, 0, 1, 1900),
            {"applicant": FORUM},
            (Verdict.ACCEPTABLE, Route.MAY, 13),
            [],
            id="a forum beside a parish, but for a sliver",
        ),
        pytest.param(
            land(0, 0, 1000, 1900),
            {"areas": (current(land(998, 0, 2000, 2000)),)},
            (Verdict.NEEDS_OFFICER, Route.MAY, 13),
            ["sliver", "not-whole-parish"],
            id="a sliver is for an officer to see",
        ),
        pytest.param(
            land(0, 0, 1000, 1900),
            {"areas": (current(land(990, 0, 1000, 3000)),)},
            (Verdict.NOT_ACCEPTABLE, Route.MAY, 13),
            ["overlap", "remainder", "not-whole-parish"],
            id="an overlap may not stand",
        ),
        pytest.param(
            WHOLE,
            {"areas": (current(land(100, 100, 200, 200)),)},
            (Verdict.NEEDS_OFFICER, Route.MUST, None),
            ["contains-current-area", "whole-parish", "area-to-modify"],
            id="regulation 5A makes an inner area give way",
        ),
        pytest.param(
            WHOLE,
            {"areas": (current(land(900, 100, 1100, 200)),)},
            (Verdict.NOT_ACCEPTABLE, Route.MAY, 13),
            ["overlap", "remainder", "area-reaches-outside"],
            id="but not one that leaves the parish",
        ),
        pytest.param(
            land(100, 100, 200, 200),
            {"areas": (current(WHOLE),)},
            (Verdict.NOT_ACCEPTABLE, Route.MAY, 13),
            ["overlap", "inside-current-area", "nothing-left", "not-whole-parish"],
            id="land already designated",
        ),
        pytest.param(
            WHOLE,
            {"areas": (current(land(0, 0, 1000, 2040)),)},
            (Verdict.NOT_ACCEPTABLE, Route.MAY, 13),
            ["overlap", "near-duplicate", "nothing-left", "area-reaches-outside"],
            id="nearly the same area again",
        ),
        pytest.param(
            WHOLE,
            {"reference": "NA-000001", "areas": (current(WHOLE),)},
            (Verdict.ACCEPTABLE, Route.MUST, None),
            ["whole-parish"],
            id="an area is not compared with itself",
        ),
    ],
)
def test_the_verdict(shape, known, expected, found):
    verdict = check(shape, **known)
    assert (verdict.verdict, verdict.route, verdict.clock_weeks) == expected
    assert codes(verdict) == found


@pytest.mark.rule("AREA-15")
def test_an_area_that_begins_later_counts_and_its_day_is_said():
    begins = date(2027, 4, 1)
    later = Neighbour(reference="NA-000001", name="Mill", geometry_bng=land(900, 0, 2000, 900), starts_on=begins)
    verdict = check(land(0, 0, 1000, 1900), areas=(later,))
    assert verdict.verdict is Verdict.NOT_ACCEPTABLE
    assert codes(verdict)[:2] == ["overlap", "area-still-to-come"]
    (told,) = (found for found in verdict.findings if found.code == "area-still-to-come")
    assert (told.severity, told.with_reference) == (Severity.NOTICE, "NA-000001")
    assert "The neighbourhood area Mill is not yet in force: it begins on 1 April 2027." in told.message


def test_the_line_of_an_area_and_the_line_to_replace_it_are_both_compared_in_whatever_order_they_come():
    now = current(land(900, 0, 2000, 900))
    later = Neighbour(
        reference="NA-000001", name=now.name, geometry_bng=land(950, 0, 2000, 900), starts_on=date(2027, 4, 1)
    )
    one, other = (check(land(0, 0, 1000, 1900), areas=order) for order in ((now, later), (later, now)))
    assert [overlap.area_m2 for overlap in one.overlaps] == [90_000, 45_000]
    assert document_text(verdict_document(one)) == document_text(verdict_document(other))


@pytest.mark.rule("AREA-9")
@pytest.mark.parametrize(
    ("known", "left"),
    [
        pytest.param({"areas": (current(land(600, 0, 2000, 1900)),)}, land(0, 0, 600, 1900), id="what is not taken"),
        pytest.param(
            {"areas": (current(land(2, 0, 2000, 1900)),)}, MultiPolygon(), id="a strip of two metres is nothing"
        ),
        pytest.param({"areas": (current(land(998, 0, 2000, 1900)),)}, None, id="a sliver takes nothing"),
        pytest.param({"applicant": FORUM, "areas": (current(land(600, 0, 2000, 1900)),)}, None, id="barred"),
    ],
)
def test_what_a_refusal_leaves_to_designate(known, left):
    found = check(land(0, 0, 1000, 1900), **known).remainder_bng
    assert (found is None) == (left is None)
    assert left is None or found.symmetric_difference(left).area == 0


@pytest.mark.rule("T-1")
def test_a_gap_beside_a_current_area_is_noticed():
    verdict = check(land(0, 0, 1000, 1900), areas=(current(land(1001, 0, 2000, 1900)),))
    assert verdict.verdict is Verdict.ACCEPTABLE
    (gap,) = (found for found in verdict.findings if found.code == "gap")
    assert (gap.with_reference, gap.severity) == ("NA-000001", Severity.NOTICE)
    assert gap.area_m2 == pytest.approx(1900, rel=0.01)


def test_a_gap_is_said_of_the_area_that_borders_it_longest():
    beside = (current(land(-900, 0, 1.5, 1900), "NA-000001"), current(land(0, 1901, 1000, 2400), "NA-000002"))
    assert [
        found.with_reference for found in check(land(0, 0, 1000, 1900), areas=beside).findings if found.code == "gap"
    ] == ["NA-000002"]


@pytest.mark.rule("AREA-16")
def test_taking_land_from_an_area_in_another_parish_needs_that_councils_consent():
    verdict = check(land(0, 0, 1500, 1900), areas=(current(land(1200, 0, 1900, 900)),))
    (consent,) = (found for found in verdict.findings if found.code == "consent-to-modify")
    assert "the parish council of Parish P2" in consent.message
    assert (consent.with_reference, consent.area_m2) == ("NA-000001", 300 * 900)


@pytest.mark.rule("AREA-7", "AREA-14")
def test_open_applications_are_told_apart_by_their_maker_and_their_land():
    verdict = check(
        WHOLE,
        open_applications=(
            OpenApplication(reference="B", is_same_body=False, boundary_bng=land(0, 0, 100, 100)),
            OpenApplication(reference="C", is_same_body=False, boundary_bng=land(1000, 0, 1100, 100)),
            OpenApplication(reference="A", is_same_body=True),
        ),
    )
    about = [(found.code, found.with_reference) for found in verdict.findings if found.with_reference]
    assert about == [("duplicate-application", "A"), ("competing-application", "B")]


@pytest.mark.rule("AREA-13")
@pytest.mark.parametrize(
    ("north", "expected"),
    [
        pytest.param(2002, [], id="a sliver across the border is nothing"),
        pytest.param(2015, [("authority-edge", "notice")], id="as far as maps are simplified"),
        pytest.param(2100, [], id="land in the other authority, counted"),
    ],
)
def test_a_strip_across_an_authoritys_border_may_be_a_difference_between_maps(north, expected):
    verdict = check(land(0, 0, 1000, north), parishes=None, applicant=None)
    edges = [(found.code, found.severity) for found in verdict.findings if found.code == "authority-edge"]
    assert edges == expected
    assert verdict.clock_weeks == (20 if north == 2100 else 13)


def test_a_wide_piece_too_small_to_count_is_for_an_officer():
    piece = MultiPolygon([land(0, 0, 1000, 1990), land(0, 2010, 100, 2110)])
    assert "authority-edge" in codes(check(piece), Severity.WARNING)


def test_land_outside_every_authority_is_said():
    assert (
        "outside-authorities" in codes(check(WHOLE, authorities=AUTHORITIES[1:]), Severity.WARNING)
        or not check(WHOLE, authorities=AUTHORITIES[1:]).authorities
    )


def test_what_was_not_given_is_said_and_never_guessed():
    verdict = check(WHOLE, applicant=None, areas=None, parishes=None, authorities=None)
    assert codes(verdict) == [f"{what}-not-given" for what in ("applicant", "areas", "parishes", "authorities")]
    assert (verdict.route, verdict.clock_weeks) == (Route.MAY, None)
    document = verdict_document(verdict)
    assert (document["overlaps"], document["parishes"], document["authorities"]) == ([], [], [])


def test_an_invalid_boundary_is_an_error_and_is_measured_by_the_land_it_encloses():
    bow_tie = Polygon([(EAST, NORTH), (EAST + 100, NORTH + 100), (EAST + 100, NORTH), (EAST, NORTH + 100)])
    verdict = check(bow_tie)
    assert verdict.verdict is Verdict.NOT_ACCEPTABLE
    assert "measured-as-enclosed" in codes(verdict, Severity.NOTICE)
    assert verdict_document(verdict)["area_ha"] == 0.5
    assert verdict.boundary_bng == bow_tie


def test_an_invalid_current_area_is_said():
    bow_tie = Polygon([(EAST, NORTH), (EAST + 100, NORTH + 100), (EAST + 100, NORTH), (EAST, NORTH + 100)])
    assert "current-area-invalid" in codes(check(WHOLE, areas=(current(bow_tie),)), Severity.WARNING)


def test_a_boundary_without_land_is_refused():
    with pytest.raises(BoundaryError):
        check(Polygon())


def test_what_reading_found_comes_first_and_nothing_is_said_twice():
    noticed = Finding(code="heights-left-out", severity=Severity.NOTICE, message="Heights were left out.")
    verdict = check(WHOLE, findings_from_reading=(noticed, noticed))
    assert verdict.findings[0] == noticed
    assert codes(verdict).count("heights-left-out") == 1


def test_the_document_has_exactly_the_published_members_and_order():
    document = json.loads(
        document_text(verdict_document(check(land(0, 0, 1500, 1900), areas=(current(land(1499, 0, 2000, 950)),))))
    )
    schema = json.loads((ROOT / "app" / "schemas" / "folkmoot.check-area-1.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(document)
    assert list(document) == list(schema["properties"])
    findings = document.pop("findings")
    assert [found["code"] for found in findings] == ["sliver", "consent-to-act", "not-whole-parish"]
    assert document == {
        "schema": "folkmoot.check-area/1",
        "verdict": "needs-officer",
        "route": "may-designate",
        "clock_weeks": 13,
        "rule_set": "england-2026-03-25",
        "area_ha": 285.0,
        "perimeter_m": 6800.0,
        "bbox_bng": [480000.0, 215000.0, 481500.0, 216900.0],
        "source": SOURCE.document(),
        "overlaps": [
            {
                "reference": "NA-000001",
                "name": "Area NA-000001",
                "area_m2": 950.0,
                "share_of_area": "0.0003",
                "max_width_m": 1.0,
                "sliver": True,
            }
        ],
        "parishes": [
            {
                "code": "P1",
                "name": "Parish P1",
                "share_of_parish": "0.9500",
                "share_of_area": "0.6667",
                "has_council": True,
            },
            {
                "code": "P2",
                "name": "Parish P2",
                "share_of_parish": "0.4750",
                "share_of_area": "0.3333",
                "has_council": True,
            },
        ],
        "authorities": [{"code": "L1", "name": "Council L1", "share_of_area": "1.0000"}],
    }


side = st.integers(-300, 2300)
rectangles = st.builds(
    lambda west, south, wide, high: land(west, south, west + wide, south + high),
    side,
    side,
    st.integers(1, 900),
    st.integers(1, 900),
)


@settings(max_examples=60, deadline=None)
@given(
    shape=rectangles,
    neighbours=st.lists(rectangles, max_size=4),
    seed=st.randoms(use_true_random=False),
    applicant=st.sampled_from([PARISH, FORUM, None]),
)
def test_the_order_of_places_and_the_drawing_of_rings_change_no_byte(shape, neighbours, seed, applicant):
    areas = [current(other, f"NA-{number}") for number, other in enumerate(neighbours)]
    turned = shape.exterior.coords[2:-1] + shape.exterior.coords[:3]
    shuffled = seed.sample(areas, len(areas))
    one = check(shape, areas=areas, applicant=applicant)
    other = check(
        MultiPolygon([Polygon(turned[::-1])]),
        areas=shuffled,
        parishes=PARISHES[::-1],
        authorities=AUTHORITIES[::-1],
        applicant=applicant,
    )
    assert document_text(verdict_document(one)) == document_text(verdict_document(other))


@settings(max_examples=60, deadline=None)
@given(
    shape=rectangles,
    neighbours=st.lists(rectangles, max_size=3),
    quarters=st.integers(0, 3),
    east=st.integers(-50_000, 50_000),
    north=st.integers(-50_000, 50_000),
)
def test_turning_and_moving_everything_changes_no_verdict(shape, neighbours, quarters, east, north):
    def moved(given_shape):
        turned = affinity.rotate(given_shape, 90 * quarters, origin=(EAST, NORTH))
        return affinity.translate(turned, east, north)

    def verdict(placed):
        return check(
            placed(shape),
            areas=[current(placed(other), f"NA-{number}") for number, other in enumerate(neighbours)],
            parishes=[parish(placed(one.geometry_bng), one.reference) for one in PARISHES],
            authorities=[authority(placed(one.geometry_bng), one.reference) for one in AUTHORITIES],
        )

    before, after = verdict(lambda same: same), verdict(moved)
    assert (before.verdict, before.route, before.clock_weeks) == (after.verdict, after.route, after.clock_weeks)
    assert codes(before) == codes(after)
    assert [o.sliver for o in before.overlaps] == [o.sliver for o in after.overlaps]


def test_a_boundary_that_cannot_be_measured_is_compared_with_nothing():
    with np.errstate(invalid="ignore"):
        adrift = Polygon([(EAST, NORTH), (EAST + 100, float("nan")), (EAST + 100, NORTH), (EAST, NORTH)])
    document = verdict_document(check(adrift))
    assert (document["verdict"], document["area_ha"], document["bbox_bng"]) == ("not-acceptable", 0.0, None)
    assert document["parishes"] == document["authorities"] == []
