"""The examiner, the report, and what is decided on it."""

import pytest

from referendum.examination import (
    Answer,
    Appointment,
    Ground,
    Nature,
    Point,
    Recommends,
    Report,
    appointment_faults,
    course_of_change,
    decision_faults,
    departs_on_facts,
    follows_report,
    recommendations_open_to,
    report_faults,
)
from referendum.stages import Course

NEW, PLAIN, FULL = Course.NEW, Course.CHANGE_WITHOUT_REFERENDUM, Course.CHANGE_WITH_REFERENDUM


def appointment(**facts):
    return Appointment(
        **({"is_independent": True, "has_no_interest": True, "qualifications": "MRTPI", "body_consents": True} | facts)
    )


@pytest.mark.rule("STEP-6")
@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param({}, [], id="appointed with consent"),
        pytest.param({"is_independent": False}, ["must be independent"], id="not independent"),
        pytest.param({"has_no_interest": False}, ["no interest in land"], id="owns a field"),
        pytest.param({"qualifications": " "}, ["what qualifies"], id="unqualified"),
        pytest.param({"body_consents": False}, ["must consent"], id="no consent"),
        pytest.param({"body_consents": False, "by_secretary_of_state": True}, [], id="the Secretary of State appoints"),
    ],
)
def test_who_may_be_appointed(facts, words):
    faults = appointment_faults(appointment(**facts))
    assert len(faults) == len(words)
    assert all(word in fault for word, fault in zip(words, faults, strict=True))


def report(**facts):
    defaults = {
        "course": NEW,
        "recommends": Recommends.REFERENDUM,
        "changes": 0,
        "extends_area": False,
        "area_advice": "",
    }
    return Report(**(defaults | facts))


@pytest.mark.rule("EXAM-1", "EXAM-3", "MOD-4", "MOD-5")
@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param({}, [], id="a plain report"),
        pytest.param({"recommends": Recommends.MAKE}, ["may recommend"], id="not on this course"),
        pytest.param({"extends_area": None}, ["must say whether the referendum area"], id="silent on the area"),
        pytest.param({"extends_area": None, "recommends": Recommends.REFUSE}, [], id="refusal needs no area"),
        pytest.param({"extends_area": True}, ["Say to where"], id="larger, but not where"),
        pytest.param({"extends_area": True, "area_advice": "The ward."}, [], id="larger to the ward"),
        pytest.param(
            {"course": PLAIN, "recommends": Recommends.MAKE, "extends_area": None},
            ["must first find"],
            id="a change whose nature was not looked at",
        ),
        pytest.param(
            {"course": PLAIN, "recommends": Recommends.MAKE, "extends_area": None, "nature_unchanged": True},
            [],
            id="a change that leaves the nature alone",
        ),
    ],
)
def test_a_report_says_all_it_must(facts, words):
    faults = report_faults(report(**facts))
    assert len(faults) == len(words)
    assert all(word in fault for word, fault in zip(words, faults, strict=True))


@pytest.mark.rule("EXAM-1", "MOD-5")
def test_each_course_has_its_three_recommendations():
    assert {len(recommendations_open_to(course)) for course in Course} == {3}
    assert not set(recommendations_open_to(PLAIN)) & set(recommendations_open_to(NEW))
    assert recommendations_open_to(FULL) == recommendations_open_to(NEW)


def point(number=1, *, answer=Answer.ACCEPTED, reason="It is right.", ground=Ground.ERRORS, is_own=False):
    return Point(number=number, ground=ground, is_own=is_own, answer=answer, reason=reason)


@pytest.mark.rule("EXAM-2", "EXAM-5", "EXAM-6", "STEP-12")
@pytest.mark.parametrize(
    ("recommends", "points", "words"),
    [
        pytest.param(Recommends.REFERENDUM, [], [], id="nothing to decide"),
        pytest.param(Recommends.MODIFIED, [], ["none of them has been entered"], id="changes not entered"),
        pytest.param(Recommends.MODIFIED, [point()], [], id="all decided"),
        pytest.param(Recommends.MODIFIED, [point(answer=None)], ["1 has no decision"], id="undecided"),
        pytest.param(Recommends.MODIFIED, [point(reason=" ")], ["Give the reason"], id="no reason"),
        pytest.param(
            Recommends.REFERENDUM, [point(ground=None, is_own=True)], ["no ground that the law allows"], id="own wish"
        ),
        pytest.param(
            Recommends.MODIFIED, [point(is_own=True)], ["none of them has been entered"], id="own changes only"
        ),
    ],
)
def test_each_recommendation_is_decided_with_a_reason(recommends, points, words):
    faults = decision_faults(recommends, points)
    assert len(faults) == len(words)
    assert all(word in fault for word, fault in zip(words, faults, strict=True))


@pytest.mark.rule("EXAM-2", "EXAM-6")
def test_examiner_and_authority_share_one_short_list_of_grounds():
    assert {each.value for each in Ground} == {
        "basic-conditions",
        "convention-rights",
        "legal-tests",
        "end-date",
        "errors",
    }


@pytest.mark.rule("STEP-11")
@pytest.mark.parametrize(
    ("recommends", "answer", "in_favour", "expected"),
    [
        pytest.param(Recommends.MODIFIED, Answer.ACCEPTED, True, False, id="followed"),
        pytest.param(Recommends.MODIFIED, Answer.NOT_ACCEPTED, True, False, id="not followed, same facts"),
        pytest.param(Recommends.MODIFIED, Answer.DEPARTED_ON_FACTS, True, True, id="new evidence"),
        pytest.param(Recommends.REFUSE, Answer.ACCEPTED, True, True, id="for what the report is against"),
        pytest.param(Recommends.REFUSE, Answer.ACCEPTED, False, False, id="refused as recommended"),
        pytest.param(Recommends.MODIFIED, Answer.ACCEPTED, False, True, id="against what the report is for"),
    ],
)
def test_a_departure_on_the_facts_invites_comments_first(recommends, answer, in_favour, expected):
    assert departs_on_facts(recommends, [point(answer=answer)], in_favour=in_favour) is expected


@pytest.mark.rule("MOD-5")
@pytest.mark.parametrize(
    ("recommends", "points", "expected"),
    [
        pytest.param(Recommends.MAKE, [], True, id="make it"),
        pytest.param(Recommends.MAKE_MODIFIED, [point()], True, id="make it as modified"),
        pytest.param(Recommends.MAKE_MODIFIED, [point(answer=Answer.IN_PART)], False, id="half followed"),
        pytest.param(Recommends.DO_NOT_MAKE, [], False, id="not recommended"),
        pytest.param(Recommends.MAKE, [point(answer=Answer.IN_PART, is_own=True)], True, id="own correction"),
    ],
)
def test_a_change_without_a_vote_follows_its_report(recommends, points, expected):
    assert follows_report(recommends, points) is expected


@pytest.mark.rule("MOD-1", "MOD-2", "MOD-3")
@pytest.mark.parametrize(
    ("body", "authority", "course"),
    [
        pytest.param(Nature.STAYS, None, PLAIN, id="the body thinks it stays"),
        pytest.param(Nature.CHANGES, None, FULL, id="the body says it changes"),
        pytest.param(Nature.STAYS, Nature.CHANGES, FULL, id="the authority sends it to a vote"),
        pytest.param(Nature.CHANGES, Nature.STAYS, PLAIN, id="the authority sees no such change"),
        pytest.param(Nature.STAYS, Nature.STAYS, PLAIN, id="agreed"),
    ],
)
def test_the_authoritys_view_settles_the_course(body, authority, course):
    assert course_of_change(body, authority) is course
