"""The specification of ballot papers, and the papers of councils that share a referendum."""

from dataclasses import replace
from datetime import date

import pytest

from referendum.ballot import number_ranges
from referendum.ballot_papers import PapersOfCouncil, ballot_paper, shared_paper_findings
from referendum.question import Instrument, prescribed_question

PAPER = ballot_paper(Instrument.NDP, area="Alder", authority="Westshire", colour="Blue")
ON = date(2026, 9, 1)


@pytest.mark.rule("POLL-1", "POLL-3", "Q-2")
@pytest.mark.parametrize(
    ("instrument", "form"), [(Instrument.NDP, "Form 1"), (Instrument.NDO, "Form 2"), (Instrument.CRTBO, "Form 3")]
)
def test_the_form_is_the_instruments_own(instrument, form):
    paper = ballot_paper(instrument, area="Alder", authority="Westshire", colour=" Blue ")
    assert paper.form == form
    assert paper.question == prescribed_question(instrument, area="Alder", authority="Westshire")
    assert paper.answers == ("Yes", "No")
    assert paper.on_the_back == ("The number of the ballot paper", "Another unique identifying mark")
    assert "official mark" in paper.official_mark
    assert paper.colour == "Blue"


def test_numbers_go_to_places():
    paper = ballot_paper(
        Instrument.NDP, area="A", authority="B", colour="Blue", numbers=number_ranges(1, [("Hall", 10), ("Post", 5)])
    )
    assert [(span.place, span.first, span.last) for span in paper.numbers] == [("Hall", 1, 10), ("Post", 11, 15)]


@pytest.mark.rule("REF-6")
@pytest.mark.parametrize(
    ("paper", "issued_on", "codes"),
    [
        pytest.param(replace(PAPER, colour="blue"), ON, [], id="the same"),
        pytest.param(replace(PAPER, colour="White"), ON, ["ballot-papers-differ"], id="another colour"),
        pytest.param(PAPER, date(2026, 9, 2), ["issue-dates-differ"], id="another day"),
        pytest.param(
            replace(PAPER, question="?"), date(2026, 9, 2), ["ballot-papers-differ", "issue-dates-differ"], id="both"
        ),
    ],
)
def test_councils_that_share_a_referendum_use_one_paper(paper, issued_on, codes):
    papers = [
        PapersOfCouncil(council="West", paper=PAPER, issued_on=ON),
        PapersOfCouncil(council="East", paper=paper, issued_on=issued_on),
    ]
    assert [finding.code for finding in shared_paper_findings(papers)] == codes
    assert shared_paper_findings(papers[:1]) == shared_paper_findings([]) == []
