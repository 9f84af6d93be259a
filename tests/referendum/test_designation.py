from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referendum.designation import (
    Applicant,
    ApplicantKind,
    AuthorityFact,
    DesignationFacts,
    OpenApplicationFact,
    OverlapFact,
    ParishFact,
    Route,
    lawful_route,
    parse_applicant,
)
from referendum.designation_clock import amber_date, decision_deadline
from referendum.errors import ReferendumError
from referendum.findings import Severity

TODAY = date(2026, 11, 21)
PARISH = Applicant(kind=ApplicantKind.PARISH, parish_code="E04000001")
FORUM = Applicant(kind=ApplicantKind.FORUM)
ALDERBROOK = ParishFact(code="E04000001", name="Alderbrook", has_council=True, is_exactly_the_area=True)
PART_OF_ALDERBROOK = ParishFact(code="E04000001", name="Alderbrook", has_council=True)
PART_OF_BEECHAM = ParishFact(code="E04000002", name="Beecham", has_council=True)
MEETING_ONLY = ParishFact(code="E04000003", name="Cold Ash", has_council=False)
UNRECORDED = ParishFact(code="E04000004", name="Dunmere")
INNER = OverlapFact(reference="NA-000001", name="Alderbrook Green", is_inside_applicants_parish=True)
OUTER = OverlapFact(reference="NA-000002", name="Two Rivers", parishes_changed=("Beecham",))
ONE = (AuthorityFact(code="E60000001", name="Elmshire"),)
TWO = (*ONE, AuthorityFact(code="E60000002", name="Fenland"))
PARK = (AuthorityFact(code="E60000003", name="High Moor National Park Authority", is_national_park=True),)


def facts(**known):
    plain = {"on": TODAY, "applicant": PARISH, "parishes": (ALDERBROOK,), "overlaps": (), "authorities": ONE}
    return DesignationFacts(**{**plain, **known})


def codes(answer):
    return {reason.code for reason in answer.reasons}


@pytest.mark.rule("AREA-2", "AREA-3", "AREA-4", "AREA-10", "AREA-13", "AREA-20", "FORUM-5")
@pytest.mark.parametrize(
    ("known", "route", "weeks"),
    [
        pytest.param({}, Route.MUST, None, id="a council for exactly its whole parish"),
        pytest.param({"overlaps": (INNER,)}, Route.MUST, None, id="an area inside the parish gives way"),
        pytest.param({"overlaps": (OUTER,)}, Route.MAY, 13, id="an area that reaches outside the parish does not"),
        pytest.param({"overlaps": (INNER, OUTER)}, Route.MAY, 13, id="one that reaches outside is enough"),
        pytest.param({"overlaps": None}, Route.MAY, 13, id="current areas unknown: no duty can be made out"),
        pytest.param({"parishes": (PART_OF_ALDERBROOK,)}, Route.MAY, 13, id="part of the parish"),
        pytest.param(
            {"parishes": (PART_OF_ALDERBROOK, PART_OF_BEECHAM)}, Route.MAY, 13, id="a whole parish and another's land"
        ),
        pytest.param({"parishes": (PART_OF_BEECHAM,)}, Route.BARRED, None, id="none of its own parish"),
        pytest.param({"parishes": ()}, Route.BARRED, None, id="in no parish at all"),
        pytest.param(
            {"parishes": (MEETING_ONLY,), "applicant": Applicant(kind=ApplicantKind.PARISH, parish_code="E04000003")},
            Route.BARRED,
            None,
            id="a parish without a council cannot apply",
        ),
        pytest.param({"applicant": FORUM}, Route.BARRED, None, id="a forum in a parish with a council"),
        pytest.param({"applicant": FORUM, "parishes": ()}, Route.MAY, 13, id="a forum where there is no parish"),
        pytest.param(
            {"applicant": FORUM, "parishes": (MEETING_ONLY,)}, Route.MAY, 13, id="a forum in a parish with no council"
        ),
        pytest.param(
            {"applicant": FORUM, "parishes": (UNRECORDED,)}, Route.BARRED, None, id="a council unrecorded is presumed"
        ),
        pytest.param({"applicant": None}, Route.MAY, 13, id="an applicant unknown"),
        pytest.param({"parishes": None}, Route.MAY, 13, id="parishes unknown"),
        pytest.param({"applicant": FORUM, "parishes": (), "authorities": TWO}, Route.MAY, 20, id="two authorities"),
        pytest.param({"applicant": FORUM, "parishes": (), "authorities": PARK}, Route.MAY, 13, id="a national park"),
        pytest.param({"parishes": None, "authorities": None}, Route.MAY, None, id="authorities unknown: no clock"),
        pytest.param({"authorities": TWO}, Route.MUST, None, id="a whole parish in two authorities has no clock"),
    ],
)
def test_the_route_and_its_clock(known, route, weeks):
    answer = lawful_route(facts(**known))
    assert (answer.route, answer.clock_weeks) == (route, weeks)


@pytest.mark.rule("AREA-10", "AREA-13")
@pytest.mark.parametrize(
    ("on", "route", "whole_parish_weeks", "part_weeks", "two_authorities_weeks"),
    [
        pytest.param(date(2015, 2, 8), Route.MAY, None, None, None, id="before any limit"),
        pytest.param(date(2015, 2, 9), Route.MAY, 8, 13, 20, id="the first limits"),
        pytest.param(date(2016, 9, 30), Route.MAY, 8, 13, 20, id="the last day of 8 weeks"),
        pytest.param(date(2016, 10, 1), Route.MUST, None, 13, 20, id="the first day of regulation 5A"),
    ],
)
def test_the_rules_of_the_day_apply(on, route, whole_parish_weeks, part_weeks, two_authorities_weeks):
    whole = lawful_route(facts(on=on))
    assert (whole.route, whole.clock_weeks) == (route, whole_parish_weeks)
    assert lawful_route(facts(on=on, parishes=(PART_OF_ALDERBROOK,))).clock_weeks == part_weeks
    part_in_two = facts(on=on, parishes=(PART_OF_ALDERBROOK,), authorities=TWO)
    assert lawful_route(part_in_two).clock_weeks == two_authorities_weeks


@pytest.mark.rule("AREA-5", "AREA-7", "AREA-8", "AREA-14", "AREA-16", "AREA-20")
@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param({}, {"whole-parish"}, id="whole parish"),
        pytest.param({"overlaps": (INNER,)}, {"whole-parish", "area-to-modify"}, id="an inner area to modify"),
        pytest.param({"overlaps": (OUTER,)}, {"area-reaches-outside", "consent-to-modify"}, id="consent to modify"),
        pytest.param({"parishes": (PART_OF_ALDERBROOK,)}, {"not-whole-parish"}, id="part of a parish"),
        pytest.param(
            {"parishes": (PART_OF_ALDERBROOK, PART_OF_BEECHAM, MEETING_ONLY)},
            {"consent-to-act", "not-whole-parish"},
            id="another council's consent to act",
        ),
        pytest.param(
            {"parishes": (PART_OF_ALDERBROOK, MEETING_ONLY)},
            {"not-whole-parish"},
            id="a meeting has no consent to give",
        ),
        pytest.param(
            {"open_applications": (OpenApplicationFact(reference="A1", is_same_body=True, is_overlapping=True),)},
            {"whole-parish", "duplicate-application"},
            id="the same body already applied",
        ),
        pytest.param(
            {"open_applications": (OpenApplicationFact(reference="A1", is_overlapping=True),)},
            {"whole-parish", "competing-application"},
            id="another application for some of the land",
        ),
        pytest.param(
            {"open_applications": (OpenApplicationFact(reference="A1"),)}, {"whole-parish"}, id="elsewhere, by others"
        ),
        pytest.param({"authorities": TWO}, {"whole-parish", "several-authorities"}, id="several authorities"),
        pytest.param({"authorities": PARK}, {"whole-parish", "national-park"}, id="a national park"),
        pytest.param({"on": date(2016, 9, 30)}, {"before-whole-parish-route"}, id="whole parish before 1 October 2016"),
    ],
)
def test_the_reasons_given(known, expected):
    assert codes(lawful_route(facts(**known))) == expected


def test_consent_to_act_names_each_other_council():
    both = (PART_OF_ALDERBROOK, PART_OF_BEECHAM, UNRECORDED)
    (consent,) = (r for r in lawful_route(facts(parishes=both)).reasons if r.code == "consent-to-act")
    assert "Beecham (E04000002) and Dunmere (E04000004)" in consent.message
    assert consent.severity is Severity.NOTICE


@pytest.mark.rule("AREA-13", "TIME-6")
def test_the_deadline_runs_from_the_day_after_first_publicity():
    first = date(2025, 1, 6)
    assert decision_deadline(first, 13) == date(2025, 4, 8)
    assert amber_date(first, 13) == date(2025, 4, 7)
    assert (decision_deadline(first, 20) - first).days == 141


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("forum", FORUM, id="a forum"),
        pytest.param(" Forum ", FORUM, id="spaces and capitals"),
        pytest.param("parish:E04000001", PARISH, id="a parish"),
        pytest.param("PARISH: E04000001 ", PARISH, id="a parish with spaces"),
    ],
)
def test_an_applicant_is_read(text, expected):
    assert parse_applicant(text) == expected


@pytest.mark.parametrize("text", ["", "parish", "parish:", "council:E04000001", "forum:1", "E04000001"])
def test_an_applicant_that_is_not_understood_is_refused_in_one_sentence(text):
    with pytest.raises(ReferendumError, match="write parish: and the parish's code") as refused:
        parse_applicant(text)
    assert "\n" not in str(refused.value)


parishes = st.lists(st.sampled_from([ALDERBROOK, PART_OF_BEECHAM, MEETING_ONLY, UNRECORDED]), unique=True).map(tuple)
areas = st.lists(st.sampled_from([INNER, OUTER]), unique=True).map(tuple)


@given(
    known=st.fixed_dictionaries(
        {
            "on": st.dates(date(2012, 4, 6), date(2030, 1, 1)),
            "applicant": st.sampled_from([None, PARISH, FORUM]),
            "parishes": st.none() | parishes,
            "overlaps": st.none() | areas,
            "authorities": st.none() | st.sampled_from([(), ONE, TWO, PARK]),
        }
    )
)
def test_an_error_is_given_exactly_when_the_application_is_barred(known):
    answer = lawful_route(facts(**known))
    errors = [reason for reason in answer.reasons if reason.severity is Severity.ERROR]
    assert bool(errors) == (answer.route is Route.BARRED)
    assert answer.clock_weeks in {None, 8, 13, 20}
    assert answer.clock_weeks is None or answer.route is Route.MAY
    assert all(reason.message.endswith(".") and reason.rule for reason in answer.reasons)


def test_t24_a_national_park_decides_and_the_district_runs_the_referendum():
    (reason,) = (r for r in lawful_route(facts(authorities=PARK)).reasons if r.code == "national-park")
    assert "The district or unitary council runs any referendum" in reason.message
