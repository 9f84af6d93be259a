"""Maps that pages frame: what they say, what they may not say, and that nothing in them runs but their own script."""

import re
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from app.reports.electorate_map import CouncilCount, District, electorate_map, electorate_tables
from app.reports.framed_map import policy_of
from app.reports.result_map import CouncilPart, ResultShown, VoteShown, result_map
from app.reports.suppression import suppressed
from app.reports.validation_map import validation_map
from app.verdict import check_area
from app.web.framed import framed_answer
from geo.reading import Source
from geo.topology import Neighbour

HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(1) style="x">`${alert(1)}`"\'\\'
SOURCE = Source(format="GeoJSON", layer="area", crs="EPSG:27700", crs_evidence="The file says so.", flipped=False)


def land(west, south, east, north):
    return box(400_000 + west, 300_000 + south, 400_000 + east, 300_000 + north)


def checked(name):
    """A verdict on a square that overlaps its eastern neighbour, and a map of it."""
    beside = [Neighbour(reference="NA-000001", name=name, geometry_bng=land(800, 0, 2000, 1000))]
    verdict = check_area(land(0, 0, 1000, 1000), source=SOURCE, on=date(2026, 11, 21), areas=beside)
    return verdict, validation_map(verdict, verdict.findings, name=name, when="21 November 2026")


def district(code, **facts):
    plain = {"extent": "part", "entitled": 0, "undecided": 0, "unplaced": 0, "shape_bng": None}
    return District(**{"code": code} | plain | facts)


def counted(*districts, **facts):
    return electorate_map(land(0, 0, 900, 900), districts, **{"title": "Electorate", "lead": "", "entitled": 0} | facts)


def result(area="Alder", *, parts=None, at=0, **votes):
    return ResultShown(
        area=area,
        polled="10 September 2026",
        shape_bng=land(at, 0, at + 1000, 1000),
        votes={name.capitalize(): VoteShown(**vote) for name, vote in votes.items()},
        parts=parts or {},
    )


YES = {"answer": "Yes", "yes_share": Decimal("62.50"), "turnout": Decimal("31.04")}
NO = {"answer": "No", "yes_share": Decimal("42.50"), "turnout": Decimal("77.88")}


class Scan(HTMLParser):
    """What a browser would run, style or fetch because of the document's text."""

    def __init__(self, text):
        super().__init__()
        self.found, self.nonces = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        self.found += [f"{tag} {name}" for name in facts if name.startswith("on") or name == "style"]
        if tag in {"script", "style"} or facts.get("rel") == "stylesheet":
            self.nonces.append(facts.get("nonce"))
        for address in (facts.get("src"), facts.get("href")):
            if address is not None and not address.startswith("/static/"):
                self.found.append(f"{tag} {address}")


MAPS = {
    "validation": lambda: checked(HOSTILE)[1],
    "electorate": lambda: counted(district(HOSTILE, undecided=12, shape_bng=land(0, 0, 500, 500)), title=HOSTILE),
    "result": lambda: result_map(result(HOSTILE, residents=YES), [result(HOSTILE, at=1500, residents=NO)]),
}


@pytest.mark.parametrize("name", MAPS)
def test_a_document_runs_its_own_script_alone_and_asks_no_other_address(name):
    answer = framed_answer(MAPS[name](), nonce=lambda size: f"word-of-{size}")
    text, scan = answer.body.decode(), Scan(answer.body.decode())
    assert scan.found == []
    assert scan.nonces == ["word-of-18"] * 4
    assert text.count("<script") == text.count("</script>") == 2
    assert re.findall(r"https?:|wss?:|[\"'(]//", text) == []
    assert "alert(1)" in text  # what somebody typed stands there as text
    # In a template string of the script it would run; a quoted string is only text.
    assert "${" not in re.sub(r'"alt": "(?:[^"\\]|\\.)*"', "", text.rsplit("<script", 1)[1])
    assert answer.headers["content-security-policy"] == policy_of("word-of-18")


def test_the_policy_is_a_sandbox_without_inline_script_or_style_or_other_hosts():
    parts = dict(part.split(" ", 1) for part in policy_of("abc").split("; "))
    assert parts == {
        "default-src": "'none'",
        "script-src": "'nonce-abc'",
        "style-src": "'nonce-abc'",
        "img-src": "'self' data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'self'",
        "sandbox": "allow-scripts",
    }


def test_every_answer_has_a_word_of_its_own():
    answers = [framed_answer(MAPS["electorate"]()).headers["content-security-policy"] for _ in range(2)]
    assert answers[0] != answers[1]


def test_the_marks_carry_the_numbers_of_the_findings_as_listed():
    verdict, shown = checked("Easterly")
    placed = [number for number, each in enumerate(verdict.findings, 1) if each.at_bng is not None]
    text = framed_answer(shown).body.decode()
    marks = re.findall(r"u003e([\d, ]+)\\u003c/div", text)
    assert sorted(int(number) for mark in marks for number in mark.split(",")) == placed
    assert len(placed) >= 1
    assert [row[0] for row in shown.tables[0].rows] == [str(number + 1) for number in range(len(verdict.findings))]
    assert {words for words, _ in shown.key} >= {"The area", "Overlaps", "Current areas"}


COUNTS = st.lists(st.tuples(*[st.integers(0, 30)] * 3), min_size=1, max_size=6)


@pytest.mark.rule("T-43")
@given(counts=COUNTS)
def test_no_small_count_is_told_anywhere_nor_follows_from_the_rest(counts):
    columns = list(zip(*counts, strict=True))
    names = ("entitled", "undecided", "unplaced")
    made = [district(f"D{at}", **dict(zip(names, each, strict=True))) for at, each in enumerate(counts)]
    rows = electorate_tables(made, entitled=sum(columns[0]))[0].rows
    for column in (2, 3):
        told = [row[column] for row in rows]
        assert all(text == "0" or int(text) >= 10 for text in told if text.isdigit())
        # One cell alone that is not told would follow from the others, the total among them.
        assert sum(not text.isdigit() for text in told) != 1
    # Beside a published electorate, which tells its parts apart, a sum tells nothing more.
    published = [suppressed(column) for column in columns[1:]]
    for row, *parts in zip(rows, *published, strict=False):
        assert not row[3].isdigit() or all(part.isdigit() for part in parts)


@pytest.mark.rule("T-43")
def test_a_district_has_one_mark_for_all_its_open_entries():
    shown = counted(
        district("HA1", undecided=3, entitled=40, shape_bng=land(0, 0, 600, 900)),
        district("HB1", unplaced=25, entitled=500, shape_bng=land(600, 0, 1500, 900)),
        district("HC1", extent="none", shape_bng=land(0, 900, 900, 1800)),
        entitled=540,
        councils=[CouncilCount(name="Westshire", entitled=535), CouncilCount(name="Eastshire", entitled=5)],
    )
    text = framed_answer(shown).body.decode()
    # The next smallest is withheld, since three would follow from it and the total.
    assert re.findall(r"u003e([^\\]+)\\u003c/div", text) == ["under 10", "not shown"]
    assert shown.tables[0].rows == [
        ("HA1", "Partly in it", "40", "fewer than 10"),
        ("HB1", "Partly in it", "500", "not shown"),
        ("All", "", "540", "28"),
    ]
    assert shown.tables[1].rows == [("Westshire", "not shown"), ("Eastshire", "fewer than 10")]
    assert "HC1" not in text


def test_each_vote_has_a_layer_of_answers_and_one_of_turnouts():
    text = framed_answer(result_map(result(residents=YES, businesses=NO), [])).body.decode()
    layers = re.findall(r'"((?:Answer|Turnout): [^"]+)"', text)
    assert layers == [
        "Answer: residents",
        "Answer: businesses",
        "Turnout: residents",
        "Turnout: businesses",
    ]


@pytest.mark.rule("T-25")
def test_several_councils_have_one_answer_and_each_its_turnout():
    parts = [
        CouncilPart(council="Alpha", electorate=1900, papers=809, turnout=Decimal("42.58"), shape_bng=None),
        CouncilPart(council="Beta", electorate=531, papers=217, turnout=None, shape_bng=land(0, 0, 400, 1000)),
    ]
    shown = result_map(result(residents=YES, parts={"Residents": parts}), [result("Birch", residents=NO)])
    assert [table.rows for table in shown.tables] == [
        [
            ("Alder", "10 September 2026", "Residents", "Yes", "62.50 %", "31.04 %"),
            ("Birch", "10 September 2026", "Residents", "No", "42.50 %", "77.88 %"),
        ],
        [
            ("Alpha", "Residents", "1,900", "809", "42.58 %"),
            ("Beta", "Residents", "531", "217", "none"),
        ],
    ]
    assert [words for words, _ in shown.key] == [
        "This referendum area",
        "Yes",
        "No",
        "Turnout 30 to 40 %",
        "Turnout 40 to 50 %",
        "Turnout 50 % or more",
    ]
