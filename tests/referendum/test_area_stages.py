"""The life of areas and forums as tables: moves, needs, dates, what time raises, and lawful refusals."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referendum.area_case import AreaCaseFacts, AreaDecided, area_needs
from referendum.area_clocks import area_clocks, area_due, area_raised, decision_limit
from referendum.area_notice import AreaNotice, notice_paragraphs
from referendum.area_refusals import Ground, why_not_refuse
from referendum.area_stages import AreaStage, area_moves, area_possible, area_stage
from referendum.case_moves import By, Need, progress_words
from referendum.designation_facts import Route
from referendum.forum_case import ForumCaseFacts, forum_needs
from referendum.forum_clocks import falls_with_forum, forum_clocks, forum_due, forum_raised, last_day
from referendum.forum_stages import ForumStage, forum_moves, forum_possible, forum_stage

APPLIED = AreaCaseFacts(
    status="applied",
    route=Route.MAY,
    received_on=date(2025, 1, 2),
    authorities=("Westshire",),
    has_statement=True,
)
OPEN = replace(APPLIED, publicised_on=date(2025, 1, 6), closes_on=date(2025, 2, 17))
WEST = AreaDecided(authority="Westshire", is_designated=True, on=date(2025, 4, 3), published_on=None)


@pytest.mark.rule("AREA-1", "AREA-20")
@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(APPLIED, AreaStage.RECEIVED, id="received"),
        pytest.param(OPEN, AreaStage.PUBLICISED, id="publicised"),
        pytest.param(replace(OPEN, decisions=(WEST,)), AreaStage.PARTLY_DECIDED, id="one of two has decided"),
        pytest.param(replace(OPEN, status="withdrawn"), AreaStage.WITHDRAWN, id="taken back"),
        pytest.param(replace(OPEN, status="ended"), AreaStage.ENDED, id="joined to another"),
    ],
)
def test_where_an_area_stands(facts, expected):
    assert area_stage(facts) is expected


@pytest.mark.rule("AREA-10", "AREA-2", "AREA-7")
@pytest.mark.parametrize(
    ("stage", "route", "rules"),
    [
        pytest.param(AreaStage.RECEIVED, Route.MUST, ["AREA-10", "AREA-1"], id="a whole parish is never refused"),
        pytest.param(AreaStage.RECEIVED, Route.MAY, ["AREA-11", "AREA-7", "AREA-1"], id="publicise or decline"),
        pytest.param(AreaStage.RECEIVED, Route.BARRED, ["AREA-2", "AREA-1"], id="no relevant body"),
        pytest.param(AreaStage.DESIGNATED, Route.MAY, ["AREA-16", "AREA-22"], id="changed or joined"),
        pytest.param(AreaStage.REFUSED, Route.MAY, [], id="closed"),
        pytest.param(AreaStage.WITHDRAWN, Route.MAY, [], id="taken back for good"),
        pytest.param(AreaStage.ENDED, Route.MAY, [], id="ended"),
    ],
)
def test_which_moves_the_law_knows(stage, route, rules):
    assert [move.rule for move in area_moves(stage, route)] == rules


@given(st.sampled_from(AreaStage), st.sampled_from(Route))
def test_every_move_starts_where_it_stands_and_names_who_and_why(stage, route):
    for move in area_moves(stage, route):
        assert move.from_stage == stage
        assert move.by in By
        assert move.rule.startswith("AREA-")


@pytest.mark.rule("AREA-6", "AREA-12")
def test_what_is_missing_is_told_in_words():
    needs = area_needs(OPEN, today=date(2025, 2, 17))
    assert progress_words(needs) == (
        "4 of 9 done; map at scale, statement that the applicant is a relevant body, end of the six weeks for "
        "comments, decision of Westshire and publication of the decision missing"
    )
    designate = next(each for each in area_possible(OPEN, today=date(2025, 2, 17)) if each.move.rule == "AREA-1")
    assert not designate.is_open
    assert designate.words() == (
        "Each planning authority cannot yet designate the area (AREA-1): missing is the end of the six weeks for "
        "comments."
    )
    after = next(each for each in area_possible(OPEN, today=date(2025, 2, 18)) if each.move.rule == "AREA-1")
    assert after.words() == "Each planning authority may now designate the area (AREA-1)."


def test_one_thing_missing_reads_as_people_say_it():
    row = [Need(key=str(n), words=f"thing {n}", rule="AREA-6", is_done=n != 2) for n in range(8)]
    assert progress_words(row) == "7 of 8 done; thing 2 missing"
    assert progress_words([need for need in row if need.is_done]) == "7 of 7 done"


@pytest.mark.rule("AREA-5", "AREA-15", "AREA-16")
def test_overlaps_and_consents_are_needs_that_an_officer_may_answer():
    facts = replace(
        OPEN,
        overlapping=("Old area",),
        consents_to_modify_missing=("Birch",),
        consents_to_act_missing=("Cedar", "Dale"),
    )
    missing = [need.words for need in area_needs(facts, today=date(2025, 3, 1)) if not need.is_done]
    assert "an answer to the overlap with Old area" in missing
    assert "consent of Birch to the change of a current area" in missing
    assert "consent of the council of Cedar to act for it" in missing
    designate = next(each for each in area_possible(facts, today=date(2025, 3, 1)) if each.move.rule == "AREA-1")
    assert designate.is_open
    assert "though this is missing: an answer to the overlap" in designate.words()


@pytest.mark.rule("AREA-12", "AREA-13")
def test_predicted_and_actual_dates_are_kept_apart():
    """The worked example of the rule book: publicised 6 January 2025, comments to 17 February, decision by 8 April."""
    dates = {clock.event: (clock.predicted, clock.actual) for clock in area_clocks(OPEN)}
    assert dates == {
        "Received": (None, date(2025, 1, 2)),
        "Publicised": (None, date(2025, 1, 6)),
        "Comments close": (date(2025, 2, 17), date(2025, 2, 17)),
        "Decided": (date(2025, 4, 8), None),
        "Published": (None, None),
    }
    decided = replace(OPEN, status="designated", decisions=(replace(WEST, on=date(2025, 4, 9)),))
    (clock,) = [each for each in area_clocks(decided) if each.event == "Decided"]
    assert clock.was_late()
    assert not clock.is_overdue(date(2030, 1, 1))


@pytest.mark.rule("AREA-13", "AREA-20")
def test_two_authorities_have_twenty_weeks():
    both = replace(OPEN, authorities=("Westshire", "Eastshire"))
    assert decision_limit(both).day == date(2025, 5, 27)
    assert decision_limit(OPEN).day == date(2025, 4, 8)
    assert decision_limit(replace(OPEN, route=Route.MUST)) is None


@pytest.mark.rule("AREA-14", "T-5")
@pytest.mark.parametrize(
    ("today", "in_area", "in_application", "codes"),
    [
        pytest.param(date(2025, 4, 8), False, False, [], id="the last day"),
        pytest.param(date(2025, 4, 9), False, False, ["decision-overdue", "must-designate-as-applied-for"], id="late"),
        pytest.param(date(2025, 4, 9), True, False, ["decision-overdue", "decide-at-once"], id="some land taken"),
        pytest.param(date(2025, 4, 9), False, True, ["decision-overdue", "decide-at-once"], id="some applied for"),
    ],
)
def test_a_missed_deadline_is_raised(today, in_area, in_application, codes):
    raised = area_raised(OPEN, today=today, in_another_area=in_area, in_another_application=in_application)
    assert [each.code for each in raised] == codes
    decided = replace(OPEN, status="designated")
    assert area_raised(decided, today=today, in_another_area=in_area, in_another_application=in_application) == ()


@pytest.mark.rule("AREA-10", "AREA-11", "AREA-21")
@pytest.mark.parametrize(
    ("facts", "words", "by"),
    [
        pytest.param(APPLIED, "Publicise it", None, id="received"),
        pytest.param(replace(APPLIED, route=Route.MUST), "Designate the whole parish as applied for", None, id="5A"),
        pytest.param(
            replace(APPLIED, route=Route.BARRED), "Refuse: this body may not apply for this land", None, id="barred"
        ),
        pytest.param(OPEN, "Decide the application", date(2025, 4, 8), id="publicised"),
        pytest.param(replace(OPEN, status="designated", decisions=(WEST,)), "Publish the decision", None, id="decided"),
    ],
)
def test_what_is_due(facts, words, by):
    due = area_due(facts)
    assert (due.words, due.by) == (words, by)


def test_nothing_is_due_once_all_is_published():
    published = replace(WEST, published_on=date(2025, 4, 4))
    assert area_due(replace(OPEN, status="designated", decisions=(published,))) is None


@pytest.mark.rule("AREA-2", "AREA-7", "AREA-9", "AREA-10")
@pytest.mark.parametrize(
    ("ground", "route", "facts", "lawful"),
    [
        pytest.param(Ground.NOT_APPROPRIATE, Route.MUST, (0.0, False, False), False, id="a whole parish"),
        pytest.param(
            Ground.NOT_APPROPRIATE, Route.MAY, (12.5, False, False), False, id="land left and none designated"
        ),
        pytest.param(Ground.NOT_APPROPRIATE, Route.MAY, (12.5, True, False), True, id="some of it designated"),
        pytest.param(Ground.NOT_APPROPRIATE, Route.MAY, (0.0, False, False), True, id="nothing left"),
        pytest.param(
            Ground.NOT_RELEVANT_BODY, Route.BARRED, (12.5, False, False), True, id="a body that may not apply"
        ),
        pytest.param(Ground.NOT_RELEVANT_BODY, Route.MAY, (12.5, False, False), False, id="a body that may"),
        pytest.param(Ground.SECOND_APPLICATION, Route.MAY, (12.5, False, True), True, id="a second application"),
        pytest.param(Ground.SECOND_APPLICATION, Route.MAY, (12.5, False, False), False, id="an only application"),
        pytest.param(
            Ground.SECOND_APPLICATION, Route.MUST, (0.0, False, True), False, id="a second, of a whole parish"
        ),
        pytest.param(None, Route.MAY, (0.0, False, False), False, id="no ground"),
    ],
)
def test_which_refusals_are_lawful(ground, route, facts, lawful):
    """The facts are: hectares left, whether some of them are designated, whether the body has another application."""
    left, some, other = facts
    why = why_not_refuse(ground, route, land_left_ha=left, designates_some=some, has_other_open_application=other)
    assert (why is None) is lawful


@pytest.mark.rule("AREA-18", "AREA-19", "AREA-21")
@pytest.mark.parametrize("outcome", ["designate", "designate-part", "refuse"])
def test_a_notice_names_area_body_decision_and_reasons(outcome):
    notice = AreaNotice(
        area_name="Alder",
        reference="NA-000001",
        authority="Westshire",
        applicant="Alder Parish Council",
        outcome=outcome,
        decided_on=date(2025, 4, 3),
        reasons="It is one place.",
        is_business_area=False,
        business_area_reasons="Shops are few.",
        waits_for=("Eastshire",),
        area_ha=12.5,
    )
    told = " ".join(notice_paragraphs(notice))
    for words in ("Alder", "NA-000001", "Westshire", "Alder Parish Council applied", "3 April 2025", "one place"):
        assert words in told
    assert ("12.50 hectares" in told) is (outcome != "refuse")
    assert ("Shops are few" in told) is (outcome != "refuse")
    assert "when Eastshire has designated it too" in told


FORUM = ForumCaseFacts(
    status="applied",
    received_on=date(2025, 1, 2),
    publicised_on=date(2025, 1, 6),
    closes_on=date(2025, 2, 17),
    authorities=("Westshire",),
    area_is_designated=True,
    has_constitution=True,
    has_purpose=True,
    has_statement=True,
    has_public_contact=True,
    is_open_to_all=True,
    members=21,
)


@pytest.mark.rule("FORUM-8")
@pytest.mark.parametrize(
    ("designated_on", "expected"),
    [
        pytest.param(date(2025, 4, 3), date(2030, 4, 2), id="the worked example"),
        pytest.param(date(2024, 2, 29), date(2029, 2, 28), id="a leap day"),
        pytest.param(date(2025, 1, 1), date(2029, 12, 31), id="new year's day"),
    ],
)
def test_five_years_end_the_day_before_the_anniversary(designated_on, expected):
    assert last_day(designated_on) == expected


@given(st.dates(date(2012, 4, 6), date(2060, 1, 1)), st.integers(-400, 2300))
def test_a_forum_is_in_force_for_exactly_its_five_years(designated_on, days):
    today = designated_on + timedelta(days=days)
    facts = replace(FORUM, status="designated", designated_on=designated_on)
    stands = forum_stage(facts, today=today) is ForumStage.DESIGNATED
    assert stands is (designated_on <= today <= last_day(designated_on))
    assert [each.code for each in forum_raised(facts, today=today)].count("expired") == (
        today > last_day(designated_on)
    )


@pytest.mark.rule("FORUM-13")
def test_a_forum_has_thirteen_or_twenty_weeks_and_none_while_another_competes():
    def limit(**facts):
        return {clock.event: clock.predicted for clock in forum_clocks(replace(FORUM, **facts))}["Decided"]

    assert limit() == date(2025, 4, 8)
    assert limit(authorities=("Westshire", "Eastshire")) == date(2025, 5, 27)
    assert limit(competing=("NF-000002",)) is None
    assert [each.code for each in forum_raised(FORUM, today=date(2025, 4, 9))] == ["decision-overdue"]
    assert forum_raised(replace(FORUM, competing=("NF-000002",)), today=date(2026, 4, 9)) == ()
    assert forum_due(FORUM).by == date(2025, 4, 8)


@pytest.mark.rule("FORUM-3", "FORUM-7", "FORUM-16")
@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        pytest.param({}, [], id="all is there"),
        pytest.param({"members": 20}, ["1 more qualifying member"], id="twenty members"),
        pytest.param({"current": ("Other Forum",)}, ["end of the designation of Other Forum"], id="another forum"),
        pytest.param({"area_is_designated": False}, ["designation of the area"], id="no area yet"),
    ],
)
def test_what_a_forum_lacks_to_be_designated(facts, missing):
    possible = forum_possible(replace(FORUM, **facts), today=date(2025, 3, 1))
    designate = next(each for each in possible if each.move.rule == "FORUM-3")
    assert [need.words for need in designate.missing] == missing
    assert designate.is_open is not bool(missing)


@given(st.sampled_from(ForumStage))
def test_closed_forums_have_no_moves(stage):
    is_closed = stage in {ForumStage.REFUSED, ForumStage.DECLINED, ForumStage.ENDED, ForumStage.EXPIRED}
    assert (forum_moves(stage) == ()) is is_closed


def test_needs_of_a_forum_are_counted_in_words():
    assert progress_words(forum_needs(FORUM, today=date(2025, 3, 1))).startswith("10 of 12 done; decision of Westshire")


@pytest.mark.rule("FORUM-17")
def test_what_falls_with_a_forum():
    assert falls_with_forum(is_before_examination=True, is_withdrawn=True) is True
    assert falls_with_forum(is_before_examination=True, is_withdrawn=False) is None
    assert falls_with_forum(is_before_examination=False, is_withdrawn=True) is False
