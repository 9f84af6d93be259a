import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referendum.count import Poll
from referendum.count_file import LARGEST_FIGURE, parse_count, read_count
from referendum.errors import CountFileError
from referendum.question import Instrument

PORTION = "/polls/residential/portions/0"


@pytest.mark.rule("COUNT-2", "COUNT-3", "COUNT-7")
def test_every_figure_is_read(count_document):
    count = read_count(count_document())
    (portion,) = count.portions[Poll.RESIDENTIAL]

    assert (count.instrument, count.area, count.poll_date.isoformat()) == (Instrument.NDP, "Alderbrook", "2026-09-10")
    assert list(count.portions) == [Poll.RESIDENTIAL]
    assert (portion.electorate, portion.postal_found, portion.yes, portion.no) == (2431, 318, 508, 506)
    assert (portion.rejected.official_mark, portion.rejected.more_than_one_answer) == (0, 4)
    assert (portion.rejected.identifies_voter, portion.rejected.unmarked_or_uncertain) == (1, 7)
    assert portion.papers_counted == 412 + 296 + 318 == 1026
    station = portion.stations[1]
    assert (station.supplied, station.issued, station.spoilt, station.unused) == (700, 297, 1, 402)
    assert (station.tendered, station.found) == (0, 296)


def test_the_schema_may_be_left_out(count_document):
    document = count_document()
    del document["schema"]
    assert read_count(document) == read_count(count_document())


@pytest.mark.parametrize(
    ("pointer", "value", "said"),
    [
        pytest.param("/schema", "folkmoot.count/2", "folkmoot.count/1", id="another schema"),
        pytest.param("/schema", None, "folkmoot.count/1", id="schema is null"),
        pytest.param("/instrument", "NDP", "ndp, ndo, crtbo", id="capitals"),
        pytest.param("/instrument", ["ndp"], "ndp, ndo, crtbo", id="instrument is a list"),
        pytest.param("/area", " ", "name", id="blank area"),
        pytest.param("/area", "Alder\nbrook", "one line", id="line break in a name"),
        pytest.param("/authority", 7, "name", id="authority is a number"),
        pytest.param("/authority", "x" * 201, "200", id="name too long"),
        pytest.param("/poll_date", "10/09/2026", "YYYY-MM-DD", id="British date"),
        pytest.param("/poll_date", "2026-02-30", "YYYY-MM-DD", id="no such day"),
        pytest.param("/poll_date", "2026-W37", "YYYY-MM-DD", id="a week"),
        pytest.param("/poll_date", 20260910, "YYYY-MM-DD", id="date is a number"),
        pytest.param("/poll_date", "1066-10-14", "2012", id="before the Act"),
        pytest.param("/poll_date", "9999-12-31", "2099", id="beyond the calendar"),
        pytest.param("/polls", [], "object", id="polls is a list"),
        pytest.param("/polls/residential", None, "object", id="poll is null"),
        pytest.param("/polls/business", None, "object", id="business is null"),
        pytest.param("/polls/advisory", {}, "advisory", id="an unknown poll"),
        pytest.param("/polls/residential/portions", [], "no portion", id="no portion"),
        pytest.param("/polls/residential/portions", {}, "list", id="portions is an object"),
        pytest.param(f"{PORTION}", 3, "object", id="portion is a number"),
        pytest.param(f"{PORTION}/council", "", "name", id="council without a name"),
        pytest.param(f"{PORTION}/yes", -1, "whole number", id="negative"),
        pytest.param(f"{PORTION}/no", 506.5, "whole number", id="fractional"),
        pytest.param(f"{PORTION}/no", 506.0, "whole number", id="whole but written as a fraction"),
        pytest.param(f"{PORTION}/yes", True, "whole number", id="true is not one"),
        pytest.param(f"{PORTION}/yes", "508", "whole number", id="text"),
        pytest.param(f"{PORTION}/yes", None, "whole number", id="null"),
        pytest.param(f"{PORTION}/yes", LARGEST_FIGURE + 1, "100 million", id="too many"),
        pytest.param(f"{PORTION}/yes", 10**400, "100 million", id="far too many"),
        pytest.param(f"{PORTION}/electorate", -5, "whole number", id="negative electorate"),
        pytest.param(f"{PORTION}/postal", 318, "object", id="postal is a number"),
        pytest.param(f"{PORTION}/postal/found", -1, "whole number", id="negative postal"),
        pytest.param(f"{PORTION}/postal/extra", 1, "extra", id="unknown key in postal"),
        pytest.param(f"{PORTION}/maybe", 1, "maybe", id="unknown answer"),
        pytest.param(f"{PORTION}/a~1b~0c", 1, "a/b~c", id="unknown key that needs escaping"),
        pytest.param(f"{PORTION}/stations/1/found", 296.0001, "whole number", id="fraction in a box"),
        pytest.param(f"{PORTION}/stations/0/voters", 1, "voters", id="unknown key in a station"),
        pytest.param(f"{PORTION}/stations/1/name", "Station A", None, id="not used"),
        pytest.param(f"{PORTION}/rejected/spoilt", 1, "spoilt", id="unknown head"),
        pytest.param(f"{PORTION}/rejected/in_part", 1, "in part", id="rejected in part"),
        pytest.param(f"{PORTION}/rejected/in_part", False, "whole number", id="in part is a boolean"),
    ],
)
@pytest.mark.rule("COUNT-8", "COUNT-16")
def test_what_cannot_be_a_count_is_refused_at_its_place(count_document, change_at, pointer, value, said):
    with pytest.raises(CountFileError) as refused:
        read_count(change_at(count_document(), pointer, value))

    where = f"{PORTION}/stations/1" if said is None else pointer
    assert refused.value.path == where
    assert str(refused.value).startswith(f"At {where}, ")
    assert str(refused.value).endswith(".")
    assert (said or "Station A") in str(refused.value)


@pytest.mark.parametrize(
    "pointer",
    [
        "/instrument", "/area", "/authority", "/poll_date", "/polls", "/polls/residential",
        "/polls/residential/portions", f"{PORTION}/council", f"{PORTION}/electorate", f"{PORTION}/stations",
        f"{PORTION}/postal", f"{PORTION}/postal/found", f"{PORTION}/yes", f"{PORTION}/no", f"{PORTION}/rejected",
        f"{PORTION}/rejected/official_mark", f"{PORTION}/stations/0/name", f"{PORTION}/stations/0/supplied",
        f"{PORTION}/stations/0/tendered",
    ],
)  # fmt: skip
def test_a_missing_member_is_named(count_document, pointer):
    document = count_document()
    *steps, last = pointer.split("/")[1:]
    place = document
    for step in steps:
        place = place[int(step)] if isinstance(place, list) else place[step]
    del place[last]

    with pytest.raises(CountFileError, match="missing") as refused:
        read_count(document)
    assert refused.value.path == pointer


@pytest.mark.rule("COUNT-16")
def test_more_rejected_than_papers_is_refused(count_document, change_at):
    with pytest.raises(CountFileError, match="1031 rejected papers are more than the 1026 papers") as refused:
        read_count(change_at(count_document(), f"{PORTION}/rejected/unmarked_or_uncertain", 1026))
    assert refused.value.path == f"{PORTION}/rejected"


def test_as_many_rejected_as_papers_is_read(count_document, change_at):
    count = read_count(change_at(count_document(), f"{PORTION}/rejected/unmarked_or_uncertain", 1021))
    assert count.portions[Poll.RESIDENTIAL][0].rejected.total == 1026


@pytest.mark.rule("COUNT-8")
def test_t30_rejected_in_part_is_accepted_on_import_as_nought(count_document, change_at):
    document = change_at(count_document(), f"{PORTION}/rejected/in_part", 0)
    assert read_count(document) == read_count(count_document())


@pytest.mark.parametrize("instruments", [["ndp", "crtbo"], "ndp,crtbo"])
def test_t42_two_instruments_on_one_day_are_two_counts(count_document, change_at, instruments):
    with pytest.raises(CountFileError) as refused:
        read_count(change_at(count_document(), "/instrument", instruments))
    assert refused.value.path == "/instrument"


def test_the_same_council_twice_is_refused(count_document):
    document = count_document("cross-boundary")
    document["polls"]["residential"]["portions"][1]["council"] = "Alpha Council"
    with pytest.raises(CountFileError, match="second time") as refused:
        read_count(document)
    assert refused.value.path == "/polls/residential/portions/1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "not JSON", id="empty"),
        pytest.param("{", "line 1, column 2", id="cut short"),
        pytest.param(b"\xff\xfe{\x00}\x00", "UTF-8", id="another encoding"),
        pytest.param('{"area": 1, "area": 2}', "twice", id="a member twice"),
        pytest.param('{"area": NaN}', "NaN", id="not a number"),
        pytest.param('{"area": -Infinity}', "-Infinity", id="infinity"),
        pytest.param("[" * 200_000, "nesting", id="deep nesting"),
        pytest.param('{"yes": ' + "9" * 5_000 + "}", "too large", id="a number too long to read"),
        pytest.param("[]", "object", id="a list"),
        pytest.param("null", "object", id="null"),
    ],
)
def test_text_that_is_no_count_gets_one_sentence(text, said):
    with pytest.raises(CountFileError) as refused:
        parse_count(text)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_byte_order_mark_is_accepted(count_document):
    text = json.dumps(count_document()).encode("utf-8-sig")
    assert parse_count(text) == read_count(count_document())


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(value=json_values)
@settings(max_examples=150, deadline=None)
def test_anything_at_all_is_read_or_refused_by_name(value):
    with pytest.raises(CountFileError):
        read_count(value)


@given(value=json_values, data=st.data())
@settings(max_examples=150, deadline=None)
def test_any_member_replaced_is_read_or_refused_by_name(value, data, change_at, count_document):
    pointers = ["/instrument", "/area", "/poll_date", "/polls", PORTION, f"{PORTION}/yes", f"{PORTION}/rejected"]
    pointers += [f"{PORTION}/stations", f"{PORTION}/stations/0/found", f"{PORTION}/postal", f"{PORTION}/council"]
    pointer = data.draw(st.sampled_from(pointers))
    with suppress(CountFileError):
        count = read_count(change_at(count_document(), pointer, value))
        assert isinstance(count.portions[Poll.RESIDENTIAL][0].papers_counted, int)
