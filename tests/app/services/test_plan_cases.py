"""What a plan's case holds its people to: three ways of change, grounds and areas of decisions, the frozen pack."""

from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from app.audit import Actor, Deed
from app.db import reading, writing
from app.document_store import DocumentStore
from app.errors import ConflictError, InvalidRequestError, NotAllowedError
from app.models import AreaStatus, AreaVersion, DevelopmentPlanEntry, NeighbourhoodArea, Plan
from app.services.development_plan import make_plan
from app.services.examinations import current_examination, find_nature
from app.services.example_cases import Papers, Told
from app.services.information_packs import Publication, freeze_pack, what_pack_lacks
from app.services.plan_checks import Said, check_organisation, confirm_point
from app.services.plan_documents import SPECIFIED, PlanFile, file_plan_document
from app.services.plan_facts import NO, YES
from app.services.plans import PlanFacts, StepFacts, attach_plan, plan_by_reference, take_step
from app.services.policies import PolicyFacts, write_policy
from app.services.record.faults import state_faults
from app.services.referendum_areas import decide_referendum_area
from app.services.referendums import ReferendumFacts, arrange_referendum, referendum_by_reference
from app.services.report_changes import Change, add_change
from referendum.community_organisation import CommunityOrganisation
from referendum.errors import StageError
from referendum.examination import Ground, Nature
from referendum.question import Instrument
from referendum.stages import Course, Stage

pytestmark = pytest.mark.database

OFFICER = Actor(name="Planning officer", role="planning-officer")
STORE = DocumentStore("memory://tests-of-plan-cases")
DAYS = {
    Stage.PRE_SUBMISSION: (date(2025, 9, 1), date(2025, 10, 13)),
    Stage.SUBMITTED: (date(2025, 12, 1), None),
    Stage.PUBLICISED: (date(2026, 1, 12), date(2026, 2, 23)),
    Stage.EXAMINATION: (date(2026, 3, 2), None),
    Stage.REPORT_RECEIVED: (date(2026, 6, 10), None),
    Stage.REFERENDUM_DUE: (date(2026, 7, 2), None),
    Stage.APPROVED: (date(2026, 7, 2), None),
}
TO_REPORT = (Stage.PRE_SUBMISSION, Stage.SUBMITTED, Stage.PUBLICISED, Stage.EXAMINATION, Stage.REPORT_RECEIVED)


def on(day):
    return Deed(by=OFFICER, at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


NOW = on(date(2026, 7, 20))


@pytest.fixture
def area(district, shapes):
    """Alder, designated in 2024."""
    with writing(district) as session:
        line = AreaVersion(valid_from=date(2024, 4, 1), reason="designated", geometry=shapes.square(0, 0))
        session.add(
            NeighbourhoodArea(reference="NA-000900", name="Alder", status=AreaStatus.DESIGNATED.value, versions=[line])
        )
    return district


def begun(engine, instrument=Instrument.NDP, **facts):
    defaults = {"title": "Alder Plan", "qualifying_body": "Alder Parish Council"}
    defaults |= {"period_start": 2026, "period_end": 2041}
    wanted = PlanFacts(area_reference="NA-000900", instrument=instrument, **(defaults | facts))
    with writing(engine) as session:
        return attach_plan(session, on(date(2025, 1, 6)), wanted).reference


def papers_on(session, told=None):
    return Papers(session=session, store=STORE, authority=NOW, body=NOW, told=told or Told())


def taken(engine, reference, *stages, told=None, note=""):
    for stage in stages:
        day, closes = DAYS[stage]
        with writing(engine) as session:
            step = StepFacts(to_stage=stage, on_date=day, closes_on=closes, note=note)
            papers_on(session, told).take(reference, step)


def stage_of(engine, reference):
    with reading(engine) as session:
        return session.scalars(select(Plan.stage).where(Plan.reference == reference)).one()


def made_plan(engine):
    """A plan made in 2024, put there as an import would."""
    with writing(engine) as session:
        area = session.scalars(select(NeighbourhoodArea)).one()
        plan = Plan(
            reference="NP-000900",
            instrument="ndp",
            title="The older plan",
            area=area,
            qualifying_body="Alder Parish Council",
            period_start=2024,
            period_end=2039,
            stage=Stage.MADE.value,
            entries=[
                DevelopmentPlanEntry(
                    authority_code="E07999101",
                    basis="RESULT-6",
                    part_from=date(2024, 6, 1),
                    made_on=date(2024, 6, 1),
                    geometry=area.versions[0].geometry,
                )
            ],
        )
        session.add(plan)
    return "NP-000900"


def in_force(engine):
    with reading(engine) as session:
        rows = session.scalars(select(DevelopmentPlanEntry).order_by(DevelopmentPlanEntry.id)).all()
        return [(row.plan.reference, row.part_from, row.part_until) for row in rows]


@pytest.mark.rule("MOD-1", "MOD-2", "MOD-3", "MOD-5", "MOD-7", "PLAN-4")
def test_a_change_that_leaves_the_nature_alone_is_made_without_a_vote_and_replaces_the_plan(area):
    old = made_plan(area)
    new = begun(area, course=Course.CHANGE_WITHOUT_REFERENDUM, modifies=old)
    taken(area, new, *TO_REPORT, Stage.APPROVED)
    assert stage_of(area, new) == "approved-not-yet-made"
    with writing(area) as session:
        make_plan(session, NOW, new, authority_code="E07999101", made_on=date(2026, 7, 20))
    assert (stage_of(area, old), stage_of(area, new)) == ("superseded", "made")
    assert in_force(area) == [
        (old, date(2024, 6, 1), date(2026, 7, 20)),
        (new, date(2026, 7, 20), None),
    ]


@pytest.mark.rule("MOD-3")
def test_the_authority_sends_a_change_of_nature_to_a_vote(area):
    new = begun(area, course=Course.CHANGE_WITHOUT_REFERENDUM, modifies=made_plan(area))
    taken(area, new, Stage.PRE_SUBMISSION, Stage.SUBMITTED)
    with writing(area) as session:
        said = Said(code="authority-view-on-nature", answer=YES, note="New sites.", on_date=date(2025, 12, 10))
        confirm_point(session, NOW, new, said)
        assert plan_by_reference(session, new).course == "change-with-referendum"
    taken(area, new, Stage.PUBLICISED, Stage.EXAMINATION, Stage.REPORT_RECEIVED, Stage.REFERENDUM_DUE)
    assert stage_of(area, new) == "referendum-to-be-held"


@pytest.mark.rule("MOD-4")
def test_the_body_chooses_when_the_examiner_finds_the_nature_changed(area):
    new = begun(area, course=Course.CHANGE_WITHOUT_REFERENDUM, modifies=made_plan(area))
    taken(area, new, *TO_REPORT[:4])
    with writing(area) as session:
        find_nature(session, NOW, new, nature=Nature.CHANGES, reasons="It adds forty homes.")
        take_step(session, NOW, new, StepFacts(to_stage=Stage.BODY_CHOICE, on_date=date(2026, 4, 1)))
    body = Deed(by=Actor(name="Clerk", role="volunteer-signatory"), at=NOW.at)
    with writing(area) as session:
        take_step(session, body, new, StepFacts(to_stage=Stage.EXAMINATION, on_date=date(2026, 4, 9)))
        assert plan_by_reference(session, new).course == "change-with-referendum"
    taken(area, new, Stage.REPORT_RECEIVED, Stage.REFERENDUM_DUE)


@pytest.mark.rule("MOD-6")
def test_a_minor_change_needs_the_bodys_consent_and_nothing_more(area):
    new = begun(area, course=Course.MINOR_CHANGE, modifies=made_plan(area))
    step = StepFacts(to_stage=Stage.APPROVED, on_date=date(2026, 7, 2))
    with writing(area) as session:
        papers = papers_on(session)
        papers.file(new, "submission-draft")
        said = Said(code="policies-not-affected", answer=YES, note="Names only.", on_date=date(2026, 7, 1))
        confirm_point(session, NOW, new, said)
    with (
        pytest.raises(StageError, match="2 of 3 done; missing: the qualifying body's consent"),
        writing(area) as session,
    ):
        take_step(session, NOW, new, step)
    taken(area, new, Stage.APPROVED)
    assert stage_of(area, new) == "approved-not-yet-made"


@pytest.mark.rule("MOD-1")
@pytest.mark.parametrize(
    ("facts", "error"),
    [
        pytest.param({"modifies": ""}, InvalidRequestError, id="no plan named"),
        pytest.param({"instrument": Instrument.NDO}, InvalidRequestError, id="an order"),
    ],
)
def test_only_a_made_plan_is_changed(area, facts, error):
    old = made_plan(area)
    with pytest.raises(error):
        begun(area, **({"course": Course.MINOR_CHANGE, "modifies": old} | facts))


@pytest.mark.rule("MOD-2")
def test_a_view_on_the_nature_belongs_to_a_change_and_comes_in_time(area):
    new = begun(area)
    said = Said(code="view-on-nature", answer=NO, note="Nothing much.", on_date=date(2025, 8, 1))
    with pytest.raises(InvalidRequestError, match="is not asked of"), writing(area) as session:
        confirm_point(session, NOW, new, said)


@pytest.mark.rule("CRTBO-2", "CRTBO-3", "CRTBO-4", "CRTBO-5", "ORDER-2", "ORDER-4")
def test_a_right_to_build_order_waits_for_a_fit_organisation(area):
    order = begun(area, Instrument.CRTBO, title="Mill Yard")
    taken(area, order, Stage.PRE_SUBMISSION)
    unfit = CommunityOrganisation(on=date(2025, 11, 1), members=12, members_living_in_area=6)
    with writing(area) as session:
        reasons = check_organisation(session, NOW, order, unfit)
        assert {reason.rule for reason in reasons} == {"CRTBO-2", "CRTBO-3", "CRTBO-4"}
    step = StepFacts(to_stage=Stage.SUBMITTED, on_date=date(2025, 12, 1))
    with pytest.raises(StageError) as refused, writing(area) as session:
        take_step(session, NOW, order, step)
    for words in ("the facts that show who may propose it", "whether leaseholders lose", "land with permission"):
        assert words in str(refused.value)
    taken(area, order, Stage.SUBMITTED, Stage.PUBLICISED)


@pytest.mark.rule("EXAM-4", "EXAM-9")
def test_the_referendum_area_may_be_larger_never_smaller(area, shapes):
    plan = begun(area)
    wider = shapes.square(0, 0, width=2)
    taken(area, plan, *TO_REPORT, told=Told(extended_bng=wider))
    with pytest.raises(InvalidRequestError, match="never smaller"), writing(area) as session:
        decide_referendum_area(session, NOW, plan, extended_bng=shapes.square(0.5, 0), reasons="Less.")
    taken(area, plan, Stage.REFERENDUM_DUE, told=Told(extended_bng=wider))
    facts = ReferendumFacts(
        plan_reference=plan, decision_on=date(2026, 7, 2), poll_date=date(2026, 9, 10), council="Westshire"
    )
    with writing(area) as session:
        poll = arrange_referendum(session, NOW, facts)
        assert poll.geometry.area == pytest.approx(2_000_000)


@pytest.mark.rule("EXAM-2", "EXAM-6", "STEP-11", "STEP-12")
def test_a_departure_on_the_facts_goes_round_by_comments(area):
    plan = begun(area)
    told = Told(
        recommendation="submit-with-modifications",
        changes=(
            {
                "about": "Policy H1",
                "text": "Leave it out.",
                "ground": "basic-conditions",
                "decision": "departed-on-facts",
                "reason": "A new survey shows the need.",
            },
        ),
    )
    taken(area, plan, *TO_REPORT, told=told)
    with writing(area) as session:
        own = Change(about="Page 3", text="Correct a name.", ground=Ground.ERRORS, is_own=True)
        assert add_change(session, NOW, plan, own).number == 2
    with pytest.raises(StageError, match="comments invited before departing"):
        taken(area, plan, Stage.REFERENDUM_DUE, told=told)


@pytest.mark.rule("STEP-4")
def test_only_a_proposal_like_one_that_failed_within_two_years_is_declined(area):
    first = begun(area)
    taken(area, first, Stage.PRE_SUBMISSION, Stage.SUBMITTED)
    refused = StepFacts(to_stage=Stage.REFUSED, on_date=date(2025, 12, 5), note="Papers were missing.")
    decline = StepFacts(to_stage=Stage.DECLINED, on_date=date(2025, 12, 5), note="It is the same again.")
    with pytest.raises(StageError, match="an earlier proposal that failed"), writing(area) as session:
        take_step(session, NOW, first, decline)
    with writing(area) as session:
        take_step(session, NOW, first, refused)
    second = begun(area, title="Alder Plan again")
    later = {Stage.PRE_SUBMISSION: date(2026, 1, 5), Stage.SUBMITTED: date(2026, 3, 2)}
    for stage, day in later.items():
        with writing(area) as session:
            closes = date(2026, 2, 16) if stage is Stage.PRE_SUBMISSION else None
            papers_on(session).take(second, StepFacts(to_stage=stage, on_date=day, closes_on=closes))
    with writing(area) as session:
        take_step(session, NOW, second, StepFacts(to_stage=Stage.DECLINED, on_date=date(2026, 3, 9), note="The same."))
    assert stage_of(area, second) == "declined"


def polled(engine):
    """A plan with its referendum arranged for 10 September."""
    plan = begun(engine)
    taken(engine, plan, *TO_REPORT, Stage.REFERENDUM_DUE)
    facts = ReferendumFacts(
        plan_reference=plan, decision_on=date(2026, 7, 2), poll_date=date(2026, 9, 10), council="Westshire"
    )
    with writing(engine) as session:
        return plan, arrange_referendum(session, NOW, facts).reference


PUBLICATION = Publication(
    published_on=date(2026, 7, 20), inspection=("www.westshire.example", "Town hall, 9am to 5pm"), entries=4265
)


def publish(engine, poll, facts=PUBLICATION, deed=NOW):
    with writing(engine) as session:
        pack = freeze_pack(session, deed, poll, facts)
        return pack.sha256, pack.manifest


@pytest.mark.rule("REF-10", "REF-11", "REF-12", "REF-18")
def test_statement_and_five_documents_are_frozen_together(area):
    plan, poll = polled(area)
    with pytest.raises(ConflictError, match="lacks the draft plan or order"):
        publish(area, poll)
    with writing(area) as session:
        for kind in SPECIFIED:
            if kind != "examiner-report":
                papers_on(session).file(plan, kind)
        assert what_pack_lacks(session, referendum_by_reference(session, poll)) == []
    sha256, manifest = publish(area, poll)
    assert len(sha256) == 64
    assert len(manifest["documents"]) == 5
    assert all(STORE.has(each["sha256"]) for each in manifest["documents"])
    assert manifest["statement"]["expenses"] == {"entries": 4265, "limit_gbp": "2613.64"}
    assert manifest["statement"]["neighbourhood_area"] is None
    with pytest.raises(ConflictError, match="stays as it was"):
        publish(area, poll)
    with reading(area) as session:
        assert [fault for fault in state_faults(session) if fault.subject in {plan, poll}] == []


@pytest.mark.rule("REF-9", "REF-10")
@pytest.mark.parametrize(
    ("published", "inspection", "words"),
    [
        pytest.param(date(2026, 7, 21), PUBLICATION.inspection, "still to come", id="tomorrow"),
        pytest.param(date(2026, 7, 2), PUBLICATION.inspection, "publish after it", id="on the day of the decision"),
        pytest.param(date(2026, 7, 20), ("website",), "at least one place", id="nowhere but the website"),
    ],
)
def test_a_pack_is_published_in_time_and_in_the_right_places(area, published, inspection, words):
    _, poll = polled(area)
    facts = Publication(published_on=published, inspection=inspection, entries=1)
    with pytest.raises(InvalidRequestError, match=words):
        publish(area, poll, facts)


@pytest.mark.rule("REF-9")
def test_a_pack_that_is_too_late_for_its_poll_is_refused(area):
    _, poll = polled(area)
    late = date(2026, 8, 10)
    with pytest.raises(InvalidRequestError, match="REF-9"):
        publish(area, poll, Publication(published_on=late, inspection=("a", "b"), entries=1), deed=on(late))


@pytest.mark.rule("REF-21")
def test_from_the_statement_to_the_poll_editorial_text_stays_as_it_is(area):
    plan, poll = polled(area)
    with writing(area) as session:
        for kind in SPECIFIED:
            papers_on(session).file(plan, kind)
    publish(area, poll)
    dates = "from 20 July 2026 to 10 September 2026"
    sent = PlanFile(kind="other", file_name="leaflet.txt", content=b"Vote yes!")
    for day in (date(2026, 7, 20), date(2026, 9, 10)):
        with pytest.raises(ConflictError, match=dates), writing(area) as session:
            file_plan_document(session, on(day), STORE, plan, sent)
        with pytest.raises(ConflictError, match=dates), writing(area) as session:
            write_policy(session, on(day), plan, PolicyFacts(code="H1", title="Homes", text="Homes."))
    with writing(area) as session:
        assert file_plan_document(session, on(date(2026, 9, 11)), STORE, plan, sent).version == 1


def test_somebody_elses_examination_is_left_alone(area):
    plan = begun(area)
    taken(area, plan, *TO_REPORT[:4])
    body = Deed(by=Actor(name="Clerk", role="volunteer-signatory"), at=NOW.at)
    with pytest.raises(NotAllowedError), writing(area) as session:
        decide_referendum_area(session, body, plan, extended_bng=None, reasons="Ours.")
    with reading(area) as session:
        assert current_examination(session, plan_by_reference(session, plan)).area_choice == ""


def test_of_two_people_who_take_the_same_step_at_once_one_is_told(area):
    plan = begun(area)
    taken(area, plan, *TO_REPORT)
    with writing(area) as session:
        step = StepFacts(to_stage=Stage.REFERENDUM_DUE, on_date=date(2026, 7, 2))
        papers_on(session).hand_in(plan, step)
    gate, answers = Barrier(2), []

    def decide():
        gate.wait(10)
        try:
            with writing(area) as session:
                take_step(session, NOW, plan, step)
            answers.append("taken")
        except StageError as refusal:
            answers.append(str(refusal))

    people = [Thread(target=decide) for _ in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join(30)
    assert sorted(len(answer) > len("taken") for answer in answers) == [False, True]
    with reading(area) as session:
        steps = plan_by_reference(session, plan).steps
        assert [each.to_stage for each in steps].count("referendum-to-be-held") == 1
