"""Decisions on forums, plans and orders in words: every fact stands in its paper, and nothing that is not known."""

from dataclasses import replace
from datetime import date

import pytest

from referendum.comment_summary import CommentSummed, Summed, comment_summary
from referendum.consultations import Consultation
from referendum.examination import Answer, Ground, Recommends
from referendum.forum_notice import ForumNotice, forum_notice
from referendum.plan_notices import (
    DecidedChange,
    MakingDecision,
    PlanDecision,
    decision_statement_notice,
    making_notice,
)
from referendum.question import Instrument

CHANGE = DecidedChange(
    number=1,
    about="Policy G1",
    text="Leave out the last line.",
    ground=Ground.ERRORS,
    is_own=False,
    answer=Answer.ACCEPTED,
    reason="It was a slip.",
)
DECISION = PlanDecision(
    title="Alder Plan",
    instrument=Instrument.NDP,
    area="Alder",
    body="Alder Parish Council",
    authority="Westshire",
    decision="referendum",
    decided_on=date(2026, 6, 30),
    examiner="Rowan Thackeray",
    received_on=date(2026, 6, 8),
    recommends=Recommends.MODIFIED,
    changes=(CHANGE,),
    conditions=(("a", "regard to national policy.", "yes", ""), ("housing", "supply", None, "")),
    area_choice="extended",
    area_reasons="The bypass.",
)
MAKING = MakingDecision(
    title="Alder Plan",
    instrument=Instrument.NDP,
    area="Alder",
    authority="Westshire and Eastshire",
    is_made=True,
    decided_on=date(2026, 10, 8),
    by=(("Westshire", date(2026, 10, 1)), ("Eastshire", date(2026, 10, 8))),
    votes=("Residents voted on 10 September 2026: 600 for it and 400 against.",),
)
FORUM = ForumNotice(
    name="Alder Forum",
    reference="NF-000001",
    area_name="Alder",
    area_reference="NA-000001",
    authority="Westshire",
    outcome="designate",
    decided_on=date(2025, 4, 3),
    reasons="It is open to all.",
    constitution="One member, one vote.",
    contact="A. Member, the hall",
    designated_on=date(2025, 4, 3),
)
DRAFT = Summed(
    kind=Consultation.PRE_SUBMISSION,
    title="Alder Plan",
    opens_on=date(2026, 1, 6),
    closes_on=date(2026, 2, 20),
    held_by="Alder Parish Council",
    publicity="In the hall.",
    consulted="The water company.",
    by_channel=(("on paper", 2), ("on the web", 1)),
    comments=(
        CommentSummed(number=1, about="all of it", said_by="A resident", text="Good.", withheld_because="", answer=""),
        CommentSummed(number=2, about="all of it", said_by="", text=None, withheld_because="It is rude", answer=""),
        CommentSummed(number=3, about="policy G1", said_by="", text=None, withheld_because="", answer="Kept."),
    ),
)


@pytest.mark.rule("STEP-2", "STEP-12", "STEP-13", "EXAM-4", "FORUM-14", "RESULT-10", "RESULT-11")
@pytest.mark.parametrize(
    ("notice", "has", "has_not"),
    [
        pytest.param(
            decision_statement_notice(replace(DECISION, published_on=date(2026, 7, 3))),
            [
                "On 30 June 2026 Westshire decided that a referendum must be held on Alder Plan",
                "recommends to put it to a referendum with modifications. It came on 8 June 2026.",
                "The examiner recommends: Leave out the last line. It may be changed to correct an error.",
                "Decision: Accepted. It was a slip.",
                "(a) regard to national policy: Met.",
                "supply: Not decided.",
                "The referendum area is larger than the neighbourhood area Alder. The bypass.",
                "by the end of 14 August 2026",
            ],
            ["(housing)"],
            id="a referendum is to be held",
        ),
        pytest.param(
            decision_statement_notice(replace(DECISION, decision="declined", recommends=None, reasons="The same.")),
            ["not to consider, as a repeat of an earlier proposal, Alder Plan", "The same."],
            ["recommends", "national policy", "referendum area", "court"],
            id="declined as a repeat, not yet published",
        ),
        pytest.param(
            making_notice(MAKING),
            ["On 1 October 2026 Westshire made", "On 8 October 2026 Eastshire made", "600 for it"],
            ["decided not to make"],
            id="made by two authorities",
        ),
        pytest.param(
            making_notice(replace(MAKING, is_made=False, by=(), reasons="It breaches rights.")),
            ["On 8 October 2026 Westshire and Eastshire decided not to make Alder Plan", "It breaches rights."],
            [" made Alder Plan"],
            id="not made",
        ),
        pytest.param(
            forum_notice(FORUM),
            ["designated Alder Forum (NF-000001)", "Its last day is 2 April 2030", "One member", "A. Member, the hall"],
            ["refused"],
            id="a forum designated",
        ),
        pytest.param(
            forum_notice(replace(FORUM, outcome="refuse", designated_on=None)),
            ["refused to designate Alder Forum", "It is open to all."],
            ["A. Member", "One member", "last day"],
            id="a forum refused",
        ),
        pytest.param(
            comment_summary(DRAFT),
            [
                "3 comments came in: 2 on paper, 1 on the web. 1 of them is not shown here",
                "1 still waits to be read.",
                "The water company.",
                "Comment 2, not shown: It is rude.",
                "Comment 3, still to be read. What was done about it: Kept.",
            ],
            [],
            id="a summary",
        ),
        pytest.param(
            comment_summary(replace(DRAFT, comments=(), by_channel=())),
            ["Nobody commented."],
            ["came in"],
            id="silence",
        ),
    ],
)
def test_a_paper_tells_what_is_on_record_and_no_more(notice, has, has_not):
    told = "\n".join(part.text for part in notice.paragraphs)
    for words in has:
        assert words in told
    for words in has_not:
        assert words not in told
    assert all(part.text.strip() and part.rule for part in notice.paragraphs)
