"""From a designated area to a plan in force, and every way it can end."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from shapely import Point
from sqlalchemy import select

from app.audit import Actor, Deed, chain_faults, documents
from app.db import reading, writing
from app.document_store import DocumentStore
from app.errors import ConflictError, InvalidRequestError, NotAllowedError
from app.models import AreaStatus, AreaVersion, DevelopmentPlanEntry, NeighbourhoodArea, Plan, Referendum
from app.queries.here import what_applies
from app.services.counts_setup import PortionFacts, set_up_portion
from app.services.counts_signing import declare_result, sign_count
from app.services.development_plan import decline_to_make, make_plan
from app.services.example_cases import Papers
from app.services.example_counts import Hall
from app.services.plans import PlanFacts, StepFacts, attach_plan, take_step
from app.services.referendums import ReferendumFacts, arrange_referendum
from referendum.count import Poll
from referendum.errors import CountFileError, StageError, TimetableError
from referendum.outcome import GroundForNotMaking
from referendum.question import Instrument
from referendum.stages import Stage

pytestmark = pytest.mark.database

DECISION, POLL = date(2026, 7, 2), date(2026, 9, 10)
POLL_NIGHT = Deed(
    by=Actor(name="Counting officer", role="counting-officer"), at=datetime(2026, 9, 10, 22, 50, tzinfo=UTC)
)
STEPS = (
    StepFacts(to_stage=Stage.PRE_SUBMISSION, on_date=date(2025, 9, 1), closes_on=date(2025, 10, 13)),
    StepFacts(to_stage=Stage.SUBMITTED, on_date=date(2025, 12, 1)),
    StepFacts(to_stage=Stage.PUBLICISED, on_date=date(2026, 1, 12), closes_on=date(2026, 2, 23)),
    StepFacts(to_stage=Stage.EXAMINATION, on_date=date(2026, 3, 2)),
    StepFacts(to_stage=Stage.REPORT_RECEIVED, on_date=date(2026, 6, 10)),
    StepFacts(to_stage=Stage.REFERENDUM_DUE, on_date=DECISION),
)
SECOND = replace(POLL_NIGHT, by=Actor(name="Deputy counting officer", role="counting-officer"))
STATION = {"name": "Hall", "supplied": 900, "issued": 700, "spoilt": 3, "unused": 197, "tendered": 0, "found": 700}
HEADS = {"official_mark": 0, "more_than_one_answer": 4, "identifies_voter": 1, "unmarked_or_uncertain": 7}


def figures(yes, no, **facts):
    portion = {
        "council": "Westshire Council",
        "electorate": 2431,
        "stations": [STATION],
        "postal": {"found": yes + no + 12 - 700},
        "yes": yes,
        "no": no,
        "rejected": HEADS,
    }
    return {"residential": {"portions": [portion | facts]}}


@pytest.fixture
def area(district, shapes):
    """Alder, designated in 2024."""
    with writing(district) as session:
        session.add(
            NeighbourhoodArea(
                reference="NA-000900",
                name="Alder",
                status=AreaStatus.DESIGNATED.value,
                designated_on=date(2024, 4, 1),
                versions=[AreaVersion(valid_from=date(2024, 4, 1), reason="designated", geometry=shapes.square(0, 0))],
            )
        )
    return district


def plan_in(engine, deed, instrument=Instrument.NDP, area_reference="NA-000900"):
    facts = PlanFacts(
        area_reference=area_reference,
        instrument=instrument,
        title="Alder Neighbourhood Plan",
        qualifying_body="Alder Parish Council",
        period_start=2026,
        period_end=2041,
    )
    with writing(engine) as session:
        return attach_plan(session, deed, facts).reference


def stepped(engine, deed, reference, step):
    """Takes a step with everything it needs handed in first."""
    with writing(engine) as session:
        store = DocumentStore("memory://tests-of-the-chain")
        return Papers(session=session, store=store, authority=deed, body=deed).take(reference, step)


def taken_to_referendum(engine, deed, instrument=Instrument.NDP):
    reference = plan_in(engine, deed, instrument)
    for step in STEPS:
        stepped(engine, deed, reference, step)
    return reference


def arranged(engine, deed, plan, **facts):
    wanted = ReferendumFacts(plan_reference=plan, decision_on=DECISION, poll_date=POLL, council="Westshire Council")
    with writing(engine) as session:
        return arrange_referendum(session, deed, replace(wanted, **facts)).reference


def counted(engine, referendum, *rounds):
    with writing(engine) as session:
        hall = Hall(session=session, reference=referendum, first=POLL_NIGHT, second=SECOND)
        hall.hold([("count", polls) for polls in rounds])


def declared(engine, referendum):
    with writing(engine) as session:
        return declare_result(session, POLL_NIGHT, referendum).result


def stage_of(engine, plan):
    with reading(engine) as session:
        return session.scalars(select(Plan.stage).where(Plan.reference == plan)).one()


def in_force(engine, on, point=(400500, 300500)):
    with reading(engine) as session:
        here = what_applies(session, Point(*point), on)
        return [(entry.plan.reference, entry.made_on) for entry in here.entries]


@pytest.mark.rule("RESULT-1", "RESULT-5", "RESULT-3", "T-34")
def test_a_plan_is_in_force_from_the_vote_and_made_later(area, deed):
    plan = taken_to_referendum(area, deed)
    referendum = arranged(area, deed, plan)
    counted(area, referendum, figures(508, 506))
    result = declared(area, referendum)
    assert (result["decision"], result["in_development_plan_from"]) == ("must-make", "2026-09-10")
    assert stage_of(area, plan) == "in-development-plan-not-yet-made"
    assert in_force(area, date(2026, 9, 9)) == []
    assert in_force(area, POLL) == [(plan, None)]
    assert in_force(area, POLL, point=(401500, 300500)) == []
    with writing(area) as session:
        make_plan(session, deed, plan, authority_code="E07999101", made_on=date(2026, 10, 20))
    assert stage_of(area, plan) == "made"
    assert in_force(area, date(2026, 10, 20)) == [(plan, date(2026, 10, 20))]
    with reading(area) as session:
        assert list(chain_faults(documents(session))) == []


@pytest.mark.rule("COUNT-12", "COUNT-13", "RESULT-9", "T-26")
def test_a_recount_that_ties_means_not_approved(area, deed):
    plan = taken_to_referendum(area, deed)
    referendum = arranged(area, deed, plan)
    counted(area, referendum, figures(508, 506), figures(507, 507))
    result = declared(area, referendum)
    assert (result["decision"], result["polls"]["residential"]["tie"]) == ("must-not-make", True)
    assert stage_of(area, plan) == "not-approved"
    assert in_force(area, date(2027, 1, 1)) == []


@pytest.mark.rule("RESULT-6", "T-34")
def test_an_order_is_in_force_only_once_it_is_made(area, deed):
    order = taken_to_referendum(area, deed, Instrument.NDO)
    referendum = arranged(area, deed, order)
    counted(area, referendum, figures(508, 506))
    assert declared(area, referendum)["in_development_plan_from"] is None
    assert in_force(area, date(2026, 10, 1)) == []
    with writing(area) as session:
        make_plan(session, deed, order, authority_code="E07999101", made_on=date(2026, 10, 20))
    assert in_force(area, date(2026, 10, 19)) == []
    assert in_force(area, date(2026, 10, 20)) == [(order, date(2026, 10, 20))]


@pytest.mark.rule("RESULT-4", "RESULT-5")
def test_a_decision_not_to_make_it_ends_its_place_at_once(area, deed):
    plan = taken_to_referendum(area, deed)
    referendum = arranged(area, deed, plan)
    counted(area, referendum, figures(508, 506))
    declared(area, referendum)
    with writing(area) as session:
        decline_to_make(
            session,
            deed,
            plan,
            ground=GroundForNotMaking.BREACH_OF_CONVENTION_RIGHTS,
            decided_on=date(2026, 10, 20),
            reasons="It would breach a right.",
        )
    assert in_force(area, date(2026, 10, 19)) == [(plan, None)]
    assert in_force(area, date(2026, 10, 20)) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"decided_on": POLL - timedelta(days=1)}, "before its referendum", id="before the vote"),
        pytest.param({"reasons": "  "}, "Give the reasons", id="without reasons"),
        pytest.param({"ground": GroundForNotMaking.POLLS_DIVIDED}, "did not answer differently", id="not divided"),
    ],
)
@pytest.mark.rule("RESULT-4", "RESULT-5")
def test_a_decision_not_to_make_it_follows_the_vote_and_gives_reasons(area, deed, changed, said):
    plan = taken_to_referendum(area, deed)
    referendum = arranged(area, deed, plan)
    counted(area, referendum, figures(508, 506))
    declared(area, referendum)
    facts = {
        "ground": GroundForNotMaking.BREACH_OF_CONVENTION_RIGHTS,
        "decided_on": POLL + timedelta(days=40),
        "reasons": "It would breach a right.",
    }
    with pytest.raises(InvalidRequestError, match=said), writing(area) as session:
        decline_to_make(session, deed, plan, **facts | changed)
    assert stage_of(area, plan) == "in-development-plan-not-yet-made"
    assert in_force(area, date(2027, 1, 1)) == [(plan, None)]


@pytest.mark.rule("COUNT-15")
def test_nothing_of_a_declared_count_changes(area, deed):
    plan = taken_to_referendum(area, deed)
    referendum = arranged(area, deed, plan)
    counted(area, referendum, figures(508, 506))
    declared(area, referendum)
    with pytest.raises(StageError, match="nothing of its count can change"):
        counted(area, referendum, figures(508, 506))
    with pytest.raises(StageError, match="declared"):
        declared(area, referendum)


@pytest.mark.rule("COUNT-16")
def test_figures_that_do_not_add_up_are_kept_but_not_declared(area, deed):
    referendum = arranged(area, deed, taken_to_referendum(area, deed))
    counted(area, referendum, figures(508, 506, postal={"found": 300}))
    with pytest.raises(ConflictError, match="may not be declared"):
        declared(area, referendum)
    with writing(area) as session:
        reason = "Ten papers of the post were put into the wrong bundle; all agreed at the table."
        made = declare_result(session, POLL_NIGHT, referendum, reason=reason)
        assert (made.reason, made.result["decision"]) == (reason, "must-make")


def test_more_rejected_than_papers_is_refused_and_nothing_is_stored(area, deed):
    referendum = arranged(area, deed, taken_to_referendum(area, deed))
    rejected = HEADS | {"official_mark": 5000}
    with reading(area) as session:
        before = len(list(documents(session)))
    with pytest.raises(CountFileError) as refusal:
        counted(area, referendum, figures(508, 506, rejected=rejected))
    assert refusal.value.path.startswith("/polls/residential/portions/0")
    with reading(area) as session:
        assert len(list(documents(session))) == before


@pytest.mark.rule("REF-7")
@pytest.mark.parametrize(
    ("poll", "error", "words"),
    [
        pytest.param(date(2026, 7, 1), TimetableError, "not after the decision", id="before the decision"),
        pytest.param(date(2026, 9, 22), InvalidRequestError, "21 September 2026", id="after the 56th working day"),
        pytest.param(date(2026, 8, 31), InvalidRequestError, "cannot be polling day", id="a bank holiday"),
        pytest.param(date(2026, 8, 3), InvalidRequestError, "cannot be held", id="too soon for the statement"),
    ],
)
def test_an_unlawful_poll_date_is_refused(area, deed, poll, error, words):
    plan = taken_to_referendum(area, deed)
    with pytest.raises(error, match=words):
        arranged(area, deed, plan, poll_date=poll)


@pytest.mark.rule("EXAM-4", "T-15")
def test_the_referendum_area_may_be_wider_and_never_smaller(area, deed, shapes):
    plan = taken_to_referendum(area, deed)
    with pytest.raises(InvalidRequestError, match=r"leaves out 50\.00 hectares"):
        arranged(area, deed, plan, referendum_area_bng=shapes.square(0, 0, width=0.5))
    assert arranged(area, deed, plan, referendum_area_bng=shapes.square(0, 0, width=2)).startswith("NR-")


@pytest.mark.rule("REF-4")
def test_a_referendum_area_in_two_councils_is_cross_boundary(area, deed, shapes):
    plan = taken_to_referendum(area, deed)
    reference = arranged(area, deed, plan, referendum_area_bng=shapes.square(0, 0, width=3))
    with reading(area) as session:
        facts = [event["after"] for event in documents(session) if event["subject"] == reference]
    assert facts[0]["question"] == (
        "Do you want Westshire to use the neighbourhood plan for Alder to help it decide planning applications "
        "in the neighbourhood area?"
    )


def test_t42_a_plan_and_an_order_on_one_day_are_two_referendums_of_one_poll(area, deed):
    plan, order = (taken_to_referendum(area, deed, instrument) for instrument in (Instrument.NDP, Instrument.NDO))
    references = {arranged(area, deed, plan), arranged(area, deed, order)}
    with reading(area) as session:
        rows = session.scalars(select(Referendum)).all()
        assert {row.reference for row in rows} == references
        assert len({row.question for row in rows}) == 2
        assert {row.election_group_id for row in rows} == {"ref.westshire-council.2026-09-10"}


def test_a_plan_needs_a_designated_area_and_one_at_a_time(area, deed):
    plan_in(area, deed)
    with pytest.raises(ConflictError, match="PLAN-4"):
        plan_in(area, deed)


def test_a_result_is_never_reached_by_hand(area, deed):
    plan = taken_to_referendum(area, deed)
    step = StepFacts(to_stage=Stage.REFERENDUM_HELD, on_date=POLL)
    with pytest.raises(StageError, match="by recording the result"), writing(area) as session:
        take_step(session, deed, plan, step)


@pytest.mark.rule("STEP-1", "T-9")
def test_pre_submission_comments_stay_open_six_weeks(area, deed):
    plan = plan_in(area, deed)
    short = StepFacts(to_stage=Stage.PRE_SUBMISSION, on_date=date(2025, 9, 1), closes_on=date(2025, 10, 12))
    with pytest.raises(InvalidRequestError, match="2025-10-13 or later"), writing(area) as session:
        take_step(session, deed, plan, short)


@pytest.mark.rule("RESULT-10", "T-36")
def test_a_plan_in_two_authorities_is_made_when_both_have_made_it(district, deed, shapes):
    with writing(district) as session:
        line = AreaVersion(valid_from=date(2024, 4, 1), reason="designated", geometry=shapes.square(1, 0, width=2))
        session.add(NeighbourhoodArea(reference="NA-000900", name="Across", status="designated", versions=[line]))
    plan = taken_to_referendum(district, deed)
    referendum = arranged(district, deed, plan, council="Westshire")
    east, west = (
        figures(508, 506, council=council)["residential"]["portions"] for council in ("Eastshire", "Westshire")
    )
    counted(district, referendum, {"residential": {"portions": west + east}})
    declared(district, referendum)
    with writing(district) as session:
        make_plan(session, deed, plan, authority_code="E07999101", made_on=date(2026, 10, 1))
    assert stage_of(district, plan) == "in-development-plan-not-yet-made"
    with writing(district) as session:
        make_plan(session, deed, plan, authority_code="E07999102", made_on=date(2026, 10, 8))
    assert stage_of(district, plan) == "made"
    with reading(district) as session:
        entries = session.scalars(select(DevelopmentPlanEntry).order_by(DevelopmentPlanEntry.authority_code)).all()
    assert [(entry.authority_code, entry.made_on, entry.geometry.area) for entry in entries] == [
        ("E07999101", date(2026, 10, 1), 1_000_000.0),
        ("E07999102", date(2026, 10, 8), 1_000_000.0),
    ]


def next_door(role, at):
    """An officer of the other authority of the district."""
    by = Actor(name="Officer next door", role=role, organisation="E07999102", organisation_name="Eastshire")
    return Deed(by=by, at=at)


def test_nobody_next_door_takes_a_step_arranges_counts_declares_or_makes(area, deed):
    planner = next_door("planning-officer", deed.at)
    plan = plan_in(area, deed)
    with pytest.raises(NotAllowedError), writing(area) as session:
        take_step(session, planner, plan, STEPS[0])
    for step in STEPS:
        stepped(area, deed, plan, step)
    facts = ReferendumFacts(plan_reference=plan, decision_on=DECISION, poll_date=POLL, council="Westshire")
    with pytest.raises(NotAllowedError), writing(area) as session:
        arrange_referendum(session, next_door("electoral-officer", deed.at), facts)
    referendum = arranged(area, deed, plan, council="Westshire")

    counter = next_door("counting-officer", POLL_NIGHT.at)
    part = PortionFacts(poll=Poll.RESIDENTIAL, council="Westshire", stations=["Hall"])
    with pytest.raises(NotAllowedError), writing(area) as session:
        set_up_portion(session, counter, referendum, part)
    counted(area, referendum, figures(508, 506, council="Westshire"))
    with pytest.raises(NotAllowedError), writing(area) as session:
        sign_count(session, counter, referendum)
    with pytest.raises(NotAllowedError), writing(area) as session:
        declare_result(session, counter, referendum)
    declared(area, referendum)
    with pytest.raises(NotAllowedError), writing(area) as session:
        make_plan(session, planner, plan, authority_code="E07999101", made_on=date(2026, 10, 20))
    assert stage_of(area, plan) == "in-development-plan-not-yet-made"
    with reading(area) as session:
        officers = {"Planning officer", "Counting officer", "Deputy counting officer"}
        assert {event["actor"] for event in documents(session)} == officers
