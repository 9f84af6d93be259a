"""Forums: apply, publicise, decide, five years, renewal, and the two ways a designation is withdrawn."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from app.db import reading, writing
from app.errors import ConflictError, InvalidRequestError, NotAllowedError
from app.queries.area_cases import area_cases
from app.queries.forum_cases import forum_with_everything, proposals_without_forum
from app.services.forum_decisions import (
    EndingFacts,
    ForumDecisionFacts,
    decide_forum,
    end_forum,
    publish_forum_decision,
)
from app.services.forums import ForumFacts, apply_for_forum, publicise_forum
from app.services.plans import PlanFacts, attach_plan
from referendum.errors import StageError
from referendum.forum_stages import Ending
from referendum.question import Instrument

pytestmark = pytest.mark.database

FACTS = ForumFacts(
    area_reference="NA-000001",
    organisation_code="",
    name="Cedar Forum",
    purpose="Clause 2: to improve the well-being of Cedar.",
    constitution="Adopted on 3 February 2026.",
    statement="It meets each condition.",
    contact_name="A. Member",
    contact_way="01632 960001",
    contact_agreed_on=date(2026, 2, 3),
    is_open_to_all=True,
    received_on=date(2026, 3, 2),
    members=24,
    living=20,
    working=6,
    elected=1,
)
YES = ForumDecisionFacts(
    authority_code="E07999102",
    outcome="designate",
    decided_on=date(2026, 5, 1),
    published_on=date(2026, 5, 5),
    reasons="It meets the conditions.",
)


class Forums:
    def __init__(self, office):
        self.office, self.engine, self.deed = office, office.engine, office.deed

    def apply(self, **facts):
        with writing(self.engine) as session:
            return apply_for_forum(session, self.deed, replace(FACTS, **facts)).reference

    def publicise(self, reference, on=date(2026, 3, 9), closes_on=date(2026, 4, 20)):
        with writing(self.engine) as session:
            publicise_forum(session, self.deed, reference, publicised_on=on, closes_on=closes_on)

    def decide(self, reference, **facts):
        with writing(self.engine) as session:
            return decide_forum(session, self.deed, reference, replace(YES, **facts)).status

    def end(self, reference, ending=Ending.NO_LONGER_QUALIFIES, on=date(2026, 6, 1), reasons="Too few.", notice=None):
        facts = EndingFacts(ending=ending, ended_on=on, reasons=reasons, notice_on=notice)
        with writing(self.engine) as session:
            return end_forum(session, self.deed, reference, facts).status

    def designated(self, **facts):
        reference = self.apply(**facts)
        self.publicise(reference)
        self.decide(reference)
        return reference

    def row(self, reference):
        with reading(self.engine) as session:
            return forum_with_everything(session, reference)

    def cases(self, today):
        with reading(self.engine) as session:
            return [each for each in area_cases(session, None, today) if each.kind == "forum"]


@pytest.fixture
def cedar(office, shapes):
    """Cedar, in Eastshire alone, where there is no parish council: designated on 1 April 2026."""
    reference = office.apply("Cedar", shapes.square(2, 0), None)
    office.publicise(reference)
    office.decide(reference, authority_code="E07999102")
    return reference


@pytest.fixture
def forums(office, cedar):
    return Forums(office)


@pytest.mark.rule("FORUM-7", "FORUM-8", "FORUM-11", "FORUM-12")
def test_a_forum_is_designated_after_its_six_weeks(office, forums):
    reference = forums.apply()
    assert reference == "NF-000001"
    with pytest.raises(StageError, match="not been publicised"):
        forums.decide(reference)
    with pytest.raises(InvalidRequestError, match="2026-04-20 or later"):
        forums.publicise(reference, closes_on=date(2026, 4, 19))
    forums.publicise(reference)
    with pytest.raises(StageError, match="end of the six weeks"):
        forums.decide(reference, decided_on=date(2026, 4, 20))
    assert forums.decide(reference) == "designated"
    assert forums.row(reference).designated_on == date(2026, 5, 1)
    with pytest.raises(StageError, match="no application waiting"):
        forums.decide(reference)
    assert office.faults() == []


@pytest.mark.rule("FORUM-2", "FORUM-3", "FORUM-4", "FORUM-11")
@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param({"members": 20, "living": 20}, "1 more qualifying member", id="twenty members"),
        pytest.param({"is_open_to_all": False}, "open to all", id="a closed club"),
    ],
)
def test_what_a_forum_must_be_is_asked_when_it_is_designated(forums, facts, words):
    reference = forums.apply(**facts)
    forums.publicise(reference)
    with pytest.raises(StageError, match=words):
        forums.decide(reference)
    assert forums.decide(reference, outcome="refuse", reasons="It does not qualify.") == "refused"


@pytest.mark.rule("FORUM-11")
@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param({"constitution": " "}, "written constitution", id="no constitution"),
        pytest.param({"statement": ""}, "statement how the conditions are met", id="no statement"),
        pytest.param({"contact_agreed_on": None}, "contact who agrees", id="a contact who has not agreed"),
    ],
)
def test_an_application_with_a_part_missing_is_not_publicised(forums, facts, words):
    with pytest.raises(StageError, match=words):
        forums.publicise(forums.apply(**facts))


@pytest.mark.rule("T-6")
def test_nobody_is_counted_twice(forums):
    with pytest.raises(InvalidRequestError, match="count each individual once"):
        forums.apply(members=30, living=10, working=10, elected=1)
    with pytest.raises(InvalidRequestError, match="count each individual once"):
        forums.apply(members=9, living=10, working=0, elected=0)


@pytest.mark.rule("FORUM-7", "FORUM-15")
def test_while_one_forum_is_designated_another_is_neither_designated_nor_considered(office, forums):
    forums.designated()
    other = forums.apply(name="Other Forum")
    forums.publicise(other)
    with pytest.raises(StageError, match="end of the designation of Cedar Forum"):
        forums.decide(other)
    assert forums.decide(other, outcome="decline", reasons="Another forum is designated.") == "declined"
    assert office.faults() == []


@pytest.mark.rule("FORUM-13", "FORUM-15")
def test_two_that_compete_stop_the_clock_and_neither_is_declined_too_early(forums):
    first, second = forums.apply(), forums.apply(name="Other Forum")
    forums.publicise(first)
    with pytest.raises(ConflictError, match="only while another forum is designated"):
        forums.decide(second, outcome="decline", decided_on=date(2026, 4, 20))
    assert [case.due_on for case in forums.cases(date(2026, 12, 1))] == [None, None]
    assert forums.decide(second, outcome="decline", decided_on=date(2026, 4, 21)) == "declined"
    (case,) = forums.cases(date(2026, 12, 1))
    assert (case.reference, case.due_on, case.is_overdue) == (first, date(2026, 6, 9), True)
    assert [raised.code for raised in case.raised] == ["decision-overdue"]


@pytest.mark.rule("FORUM-16")
def test_a_forum_waits_for_its_area(office, forums, shapes):
    area = office.apply("North Cedar", shapes.square(2, 1), None)
    office.publicise(area)
    reference = forums.apply(area_reference=area)
    forums.publicise(reference)
    with pytest.raises(StageError, match="designation of the area"):
        forums.decide(reference)
    office.decide(area, authority_code="E07999102")
    assert forums.decide(reference) == "designated"


@pytest.mark.rule("FORUM-8", "T-8")
@pytest.mark.parametrize(
    ("today", "codes"),
    [
        pytest.param(date(2030, 4, 29), [], id="more than a year before its last day"),
        pytest.param(date(2030, 4, 30), ["expires-within-12-months"], id="a year before"),
        pytest.param(date(2030, 10, 30), ["expires-within-6-months"], id="half a year before"),
        pytest.param(date(2031, 1, 30), ["expires-within-3-months"], id="three months before"),
        pytest.param(date(2031, 4, 30), ["expires-within-3-months"], id="its last day"),
        pytest.param(date(2031, 5, 1), ["expired"], id="the anniversary"),
    ],
)
def test_the_end_of_five_years_is_raised_and_nothing_is_changed_by_it(office, forums, today, codes):
    reference = forums.designated()
    assert [raised.code for case in forums.cases(today) for raised in case.raised] == codes
    assert forums.row(reference).status == "designated"
    assert office.faults() == []


@pytest.mark.rule("FORUM-8")
def test_a_renewal_is_a_fresh_application_that_takes_the_place_of_the_old(office, forums):
    old = forums.designated()
    again = forums.apply(received_on=date(2026, 5, 4))
    forums.publicise(again, date(2026, 5, 5), date(2026, 6, 16))
    assert forums.decide(again, decided_on=date(2026, 6, 30)) == "designated"
    before = forums.row(old)
    assert (before.status, before.ended_on, before.ending) == ("ended", date(2026, 6, 30), "renewed")
    assert forums.row(again).designated_on == date(2026, 6, 30)
    assert office.faults() == []


@pytest.mark.rule("FORUM-9", "FORUM-10", "FORUM-17")
def test_a_designation_is_withdrawn_with_reasons_or_at_the_forums_notice(office, forums, cedar):
    reference = forums.designated()
    with writing(office.engine) as session:
        facts = PlanFacts(
            area_reference=cedar, instrument=Instrument.NDP, title="Cedar Plan", qualifying_body="Cedar Forum"
        )
        plan = attach_plan(session, office.deed, facts).reference
    with pytest.raises(InvalidRequestError, match="Give the reasons"):
        forums.end(reference, reasons=" ")
    with pytest.raises(InvalidRequestError, match="day of the forum's notice"):
        forums.end(reference, Ending.AT_ITS_OWN_NOTICE)
    with pytest.raises(StageError, match="not a designated forum on 2031-05-01"):
        forums.end(reference, on=date(2031, 5, 1))
    assert forums.end(reference) == "ended"
    with reading(office.engine) as session:
        told = proposals_without_forum(session, forum_with_everything(session, reference))
        assert [(each.reference, falls, each.stage) for each, falls in told] == [(plan, True, "preparation")]
    assert office.faults() == []


@pytest.mark.rule("FORUM-7")
def test_two_officers_designating_two_forums_at_once_never_both_succeed(office, forums):
    references = [forums.apply(name=f"Forum {number}") for number in range(4)]
    for reference in references:
        forums.publicise(reference)

    def attempt(reference):
        try:
            return forums.decide(reference)
        except StageError:
            return "refused by the service"

    with ThreadPoolExecutor(4) as officers:
        outcomes = list(officers.map(attempt, references))
    assert sorted(outcomes) == ["designated", *["refused by the service"] * 3]
    assert office.faults() == []


def test_a_decision_is_published_once(office, forums):
    reference = forums.apply()
    forums.publicise(reference)
    forums.decide(reference, published_on=None)
    with writing(office.engine) as session:
        publish_forum_decision(
            session, office.deed, reference, authority_code="E07999102", published_on=date(2026, 5, 7)
        )
    with pytest.raises(ConflictError, match="still to be published"), writing(office.engine) as session:
        publish_forum_decision(
            session, office.deed, reference, authority_code="E07999102", published_on=date(2026, 5, 8)
        )
    assert office.faults() == []


def test_nobody_next_door_touches_a_forum(forums):
    reference = forums.apply()
    next_door = Forums(forums.office.in_organisation("E07999101", "Westshire"))
    for act in (next_door.publicise, next_door.decide, next_door.end, lambda _: next_door.apply(name="X")):
        with pytest.raises(NotAllowedError):
            act(reference)
