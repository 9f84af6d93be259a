"""A line of dates: places in proportion to time, labels in order and apart, today always on it."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.charts.date_words import SHORT_WORDS, happenings_of, short_words
from app.web.charts.dates import GAP_EM, LINE_EM, ROOM_EM, SET_IN_EM, Happening, Mark, date_line
from app.web.charts.lettering import width_em
from app.web.charts.spread import spread
from app.web.timetables import timetable_rows
from referendum.question import Instrument
from referendum.timetable import timetable, timetable_document
from referendum.timetable_events import EVENTS

START = date(2026, 10, 5)
days = st.lists(st.integers(0, 400), min_size=1, max_size=30)


def happening(after, words="Notice of poll", mark=Mark.DEADLINE):
    return Happening(day=START + timedelta(days=after), words=words, mark=mark)


def line(*happenings, today=0):
    return date_line(happenings, today=START + timedelta(days=today))


def bounds(label):
    top = label.middle_em - LINE_EM / 2
    return top, top + len(label.lines) * LINE_EM


@pytest.mark.parametrize(
    ("after", "shares"),
    [
        pytest.param([0, 50, 100], [0, 0.5, 1], id="evenly"),
        pytest.param([0, 1, 100], [0, 0.01, 1], id="a day after the first"),
        pytest.param([0, 400], [0, 1], id="two days a year apart"),
        pytest.param([0], [0], id="one day only"),
    ],
)
def test_places_on_the_line_keep_the_time_between_them(after, shares):
    drawn = line(*(happening(each) for each in after))
    length = max(drawn.last_em - drawn.first_em, 1)
    assert [(label.at_em - drawn.first_em) / length for label in drawn.labels] == pytest.approx(shares, abs=0.002)


@given(days, st.integers(-200, 600))
def test_labels_stay_in_order_apart_and_on_the_drawing(after, today):
    drawn = line(*(happening(each) for each in after), today=today)
    assert drawn.is_over == (today > max(after))
    assert len(drawn.labels) == len(set(after) if drawn.is_over else {*after, today})
    assert [label.at_em for label in drawn.labels if label.is_today] == ([] if drawn.is_over else [drawn.today_em])
    end = -GAP_EM
    for label in drawn.labels:
        top, bottom = bounds(label)
        assert top >= end + GAP_EM - 0.02
        end = bottom
    assert end <= drawn.height_em
    assert drawn.first_em <= drawn.today_em <= drawn.last_em <= drawn.height_em


def test_what_happens_on_one_day_stands_under_one_date():
    drawn = line(happening(3, "Register to vote"), happening(3, "Polls open", Mark.POLL), today=3)
    (label,) = drawn.labels
    assert [words.text for words in label.lines] == ["Today", "8 October 2026", "Register to vote", "Polls open"]
    assert (label.mark, label.is_today, drawn.marks) == (Mark.POLL, True, (Mark.POLL,))


def test_long_words_are_broken_and_set_in():
    words = "Applications for a voter authority certificate or an anonymous elector's document close"
    (label,) = line(happening(0, words)).labels
    assert " ".join(each.text for each in label.lines[2:]) == words
    assert [each.goes_on for each in label.lines[:4]] == [False, False, False, True]
    assert all(width_em(each.text) <= ROOM_EM - SET_IN_EM * each.goes_on for each in label.lines)


@pytest.mark.parametrize(
    ("last", "months"),
    [
        pytest.param(90, ["Nov", "Dec", "Jan"], id="every month"),
        pytest.param(600, ["Jan", "Jul", "Jan"], id="half years where months stand too close"),
        pytest.param(4000, ["2030", "2035"], id="every fifth year"),
        pytest.param(10, [], id="within a month"),
    ],
)
def test_months_are_marked_where_they_have_room(last, months):
    drawn = line(happening(0), happening(last))
    assert [each.text for each in drawn.months] == months
    places = [each.y_em for each in drawn.months]
    assert all(below - above >= LINE_EM for above, below in pairwise(places))


def test_the_line_is_told_in_words():
    drawn = line(happening(20), happening(40, "Polls open", Mark.POLL), today=30)
    assert drawn.text == (
        "A line of dates from 25 October 2026 to 14 November 2026. Today is 4 November 2026. "
        "Polling day is 14 November 2026. Next: Polls open, 14 November 2026. Every date is in the table."
    )
    assert "Today is 14 November 2030. All of it is over." in line(happening(20), today=1501).text
    assert date_line([], today=START) is None


@pytest.mark.parametrize(
    ("wished", "heights", "room", "places"),
    [
        pytest.param([0, 5, 9], [1, 1, 1], 10, [0, 5, 9], id="nothing in the way"),
        pytest.param([5, 5], [2, 2], 10, [4, 6], id="two of one place part evenly"),
        pytest.param([9, 9], [2, 2], 10, [6, 8], id="pushed up from the end"),
        pytest.param([0, 0, 0], [2, 2, 2], 10, [0, 2, 4], id="pushed down from the start"),
        pytest.param([1, 2, 3], [2, 2, 2], 6, [0, 2, 4], id="no room to spare"),
        pytest.param([], [], 6, [], id="nothing"),
    ],
)
def test_labels_part_as_little_as_they_must(wished, heights, room, places):
    assert spread(wished, heights, room=room) == pytest.approx(places)


def test_labels_that_cannot_fit_are_refused():
    with pytest.raises(ValueError, match="do not fit"):
        spread([0, 1], [3, 3], room=5)


@pytest.mark.parametrize("instrument", list(Instrument))
@pytest.mark.parametrize("business", [False, True], ids=["residents", "businesses too"])
def test_every_row_of_a_timetable_has_few_words(instrument, business):
    dates = timetable(instrument=instrument, decision=START, poll=date(2027, 2, 4), business=business)
    rows = timetable_rows(timetable_document(dates))
    assert [row["event"] for row in rows if short_words(row["event"]).words == row["event"]] == []
    assert len(happenings_of(rows)) == len(rows)
    voters = [each.words for each in happenings_of(rows, for_voters=True)]
    assert {"Register to vote, midnight", "Ask for postal vote, 5pm", "Polls open, 7am"} <= set(voters)
    assert "Name observers" not in voters


def test_short_words_are_those_of_the_rules():
    assert set(SHORT_WORDS) == {event.key for event in EVENTS}


def test_an_event_of_no_present_rule_keeps_its_words_for_everybody():
    row = {"event": "Last day to ask for a lantern", "date": "2026-10-05", "clock": "", "rule": "REF-16"}
    expected = Happening(day=START, words="Last day to ask for a lantern", mark=Mark.EVENT)
    assert happenings_of([row], for_voters=True) == [expected]
