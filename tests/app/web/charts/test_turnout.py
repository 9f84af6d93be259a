"""Turnout and result: five figures on the scale of the largest."""

import pytest

from app.web.charts.turnout import turnout_chart, verified_chart


def figures(electorate, papers, votes, rejected, turnout="0.00"):
    yes, no = votes
    return {
        "electorate": electorate,
        "papers_counted": papers,
        "yes": yes,
        "no": no,
        "rejected": {"official_mark": rejected, "identifies_voter": 0},
        "turnout_papers": turnout,
    }


@pytest.mark.parametrize(
    ("poll", "lengths"),
    [
        pytest.param(figures(2000, 1000, (600, 380), 20), [100, 50, 30, 19, 1], id="on the scale of the electorate"),
        pytest.param(figures(40, 50, (30, 20), 0), [80, 100, 60, 40, None], id="more papers than electors"),
        pytest.param(figures(100, 0, (0, 0), 0), [100, None, None, None, None], id="nobody voted"),
        pytest.param(figures(0, 0, (0, 0), 0), None, id="no electors, no chart"),
    ],
)
def test_each_figure_has_its_length(poll, lengths):
    chart = turnout_chart(poll)
    drawn = None if chart is None else [row.pieces[0].length if row.pieces else None for row in chart.rows]
    assert drawn == lengths


def test_the_chart_says_what_it_shows():
    chart = turnout_chart(figures(2431, 1026, (508, 506), 12, "42.20"))
    assert chart.text == (
        "Bars on one scale. Electorate: 2,431. Ballot papers: 1,026 (42.20 %). Yes: 508. No: 506. Rejected: 12."
    )
    fills = [row.pieces[0].fill for row in chart.rows]
    assert len(set(fills)) == len(fills)


def test_a_verification_stands_beside_its_electorate():
    chart = verified_chart(electorate=200, papers=100, postal=0)
    assert [[piece.length for piece in row.pieces] for row in chart.rows] == [[100], [50], []]
