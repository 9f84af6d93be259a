from datetime import date
from decimal import Decimal

import pytest

from referendum.errors import CountFileError
from referendum.published_arithmetic import FIGURES, TurnoutDefinition
from referendum.published_results import PublishedStatus, published_document, read_published_results

HEADING = (
    "Area,Authority,Poll date,Electorate,Papers counted,Yes,No,Rejected official mark,Rejected more than one answer,"
    "Rejected identifies voter,Rejected unmarked or uncertain,Rejected in part,Rejected total,Turnout percent,Source"
)


def read_one(cells):
    (result,) = read_published_results(f"{HEADING}\nAlderbrook,Alder,2026-09-10,{cells},Notice\n")
    return result


def codes(result):
    return [finding.code for finding in result.findings]


def test_a_declaration_that_adds_up_is_kept_as_published():
    result = read_one('"2,431","1,026",508,506,0,4,1,7,0,12,42.20%')
    assert result.status is PublishedStatus.ADDS_UP
    assert (result.area, result.poll_date, result.line, result.source) == ("Alderbrook", date(2026, 9, 10), 2, "Notice")
    assert result.figures == dict(zip(FIGURES, (2431, 1026, 508, 506, 0, 4, 1, 7, 0, 12), strict=True))
    assert (result.turnout_percent, result.turnout_definition) == (Decimal("42.20"), TurnoutDefinition.PAPERS)
    assert published_document(result)["status"] == "published"


@pytest.mark.rule("COUNT-16")
def test_t45_totals_that_do_not_add_up_are_stored_with_the_arithmetic_and_not_corrected():
    result = read_one("2431,1027,508,506,0,4,1,7,,12,")
    assert result.status is PublishedStatus.DISCREPANCY
    assert result.figures["papers_counted"] == 1027
    (finding,) = result.findings
    assert finding.message == ("508 yes + 506 no + 12 rejected = 1026, but 1027 papers were published as counted (-1).")
    assert (finding.rule, finding.path) == ("COUNT-16", "/2")


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        pytest.param("2431,,508,506,0,4,1,7,,13,", ["heads-do-not-add-up"], id="heads short of the total"),
        pytest.param("2431,,508,506,,4,,9,,12,", ["heads-do-not-add-up"], id="some heads above the total"),
        pytest.param("2431,,508,506,,4,,7,,12,", [], id="some heads below the total can be right"),
        pytest.param("2431,1026,508,506,0,4,1,5,2,12,", ["rejected-in-part"], id="t30 rejected in part"),
        pytest.param("2431,1027,508,506,0,4,1,7,,,", ["papers-do-not-add-up"], id="no total, but all heads"),
        pytest.param("1000,1026,508,506,0,4,1,7,,12,", ["more-papers-than-electors"], id="t21 above the electorate"),
        pytest.param("1000,,508,506,,,,,,,", ["more-papers-than-electors"], id="votes above the electorate"),
        pytest.param("2431,1026,508,506,0,4,1,7,,12,43.1", ["turnout-not-reproduced"], id="turnout of nothing"),
        pytest.param(
            "2431,1030,508,506,0,4,1,7,,13,", ["heads-do-not-add-up", "papers-do-not-add-up"], id="two things wrong"
        ),
        pytest.param(",,508,506,,,,,,,", [], id="votes alone"),
        pytest.param("0,0,0,0,0,0,0,0,0,0,0", [], id="nobody at all"),
    ],
)
@pytest.mark.rule("COUNT-7", "COUNT-8", "COUNT-17")
def test_only_what_can_be_shown_wrong_is_a_discrepancy(cells, found):
    assert codes(read_one(cells)) == found


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        pytest.param(",,508,506,,,,,,,", PublishedStatus.INCOMPLETE, id="votes alone"),
        pytest.param("2431,1026,508,506,,,,,,,", PublishedStatus.INCOMPLETE, id="no rejected"),
        pytest.param("2431,1026,n/a,506,0,4,1,7,,12,", PublishedStatus.INCOMPLETE, id="no yes"),
        pytest.param("2431,1026,508,506,,,,,,12,", PublishedStatus.ADDS_UP, id="heads suppressed, total given"),
        pytest.param(",1026,508,506,0,4,1,7,,,", PublishedStatus.ADDS_UP, id="heads given, no total"),
    ],
)
def test_missing_cells_are_incomplete_and_no_discrepancy(cells, status):
    assert read_one(cells).status is status


@pytest.mark.parametrize(
    ("turnout", "definition"),
    [
        pytest.param("42.20", TurnoutDefinition.PAPERS, id="t29 of all papers"),
        pytest.param("41.71", TurnoutDefinition.VALID, id="t29 of valid votes"),
        pytest.param("42", TurnoutDefinition.BOTH, id="too coarse to tell"),
        pytest.param("42.2", TurnoutDefinition.PAPERS, id="one place"),
        pytest.param("42.19", TurnoutDefinition.NEITHER, id="cut off instead of rounded"),
        pytest.param("", None, id="not published"),
    ],
)
@pytest.mark.rule("COUNT-17")
def test_t28_the_formula_behind_a_turnout_is_named(turnout, definition):
    assert read_one(f"2431,1026,508,506,0,4,1,7,,12,{turnout}").turnout_definition is definition


@pytest.mark.parametrize(
    ("text", "path"),
    [
        pytest.param("", "/area", id="empty"),
        pytest.param("area,yes,no\n", "/poll_date", id="no date column"),
        pytest.param("area,poll_date,yes,no,maybe\n", "/maybe", id="unknown column"),
        pytest.param("area,poll_date,yes,no,Yes\n", "/yes", id="column twice"),
        pytest.param("area,poll_date,yes,no\nA,2026-09-10,5\n", "", id="a cell short"),
        pytest.param("area,poll_date,yes,no\nA,2026-09-10,-5,1\n", "/2/yes", id="negative"),
        pytest.param("area,poll_date,yes,no\nA,2026-09-10,5.5,1\n", "/2/yes", id="fraction"),
        pytest.param('area,poll_date,yes,no\nA,2026-09-10,"5,00",1\n', "/2/yes", id="comma out of place"),
        pytest.param("area,poll_date,yes,no\nA,2026-09-10,\uff15,1\n", "/2/yes", id="digits of another script"),
        pytest.param("area,poll_date,yes,no\n ,2026-09-10,5,1\n", "/2/area", id="no name"),
        pytest.param("area,poll_date,yes,no\nA,30/02/2026,5,1\n", "/2/poll_date", id="no such day"),
        pytest.param("area,poll_date,yes,no\nA,10 Sept,5,1\n", "/2/poll_date", id="date in words"),
        pytest.param(
            "area,poll_date,yes,no,turnout_percent\nA,2026-09-10,5,1,half\n", "/2/turnout_percent", id="words"
        ),
        pytest.param('area,poll_date,yes,no\n"A"x,2026-09-10,5,1\n', "", id="broken quotes"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_place(text, path):
    with pytest.raises(CountFileError) as refused:
        read_published_results(text)
    assert refused.value.path == path
    assert "\n" not in str(refused.value)


def test_british_dates_blank_lines_and_other_encodings_are_read():
    text = "area,poll_date,yes,no\r\nCafé Row,10/9/2026,5,1\r\n\r\n,,,\r\nB,2026-09-10,1,2\r\n"
    for content in (text, text.encode(), text.encode("utf-8-sig"), text.encode("cp1252")):
        results = read_published_results(content)
        assert [(result.area, result.poll_date, result.line) for result in results] == [
            ("Café Row", date(2026, 9, 10), 2),
            ("B", date(2026, 9, 10), 5),
        ]
