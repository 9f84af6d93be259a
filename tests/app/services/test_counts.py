"""The night of the count in the service: two people for every figure, a way out of every variance."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text

from app.audit import Actor, Deed, chain_faults, documents
from app.db import create_database_engine, reading, writing
from app.errors import ConflictError, InvalidRequestError, NotAllowedError
from app.models import Referendum
from app.queries.counts import portions_of
from app.schemas.counts import portion_of
from app.services.counts import Part
from app.services.counts_board import ReleaseKind, release
from app.services.counts_keying import EntryFacts, correct_figures, key_figures
from app.services.counts_rounds import answer_recount, authorise_portion, confirm_portion_round, give_final_statement
from app.services.counts_setup import PortionFacts, record_observer, set_up_portion
from app.services.counts_signing import declare_result, sign_count
from app.services.counts_verification import agree_cause, draw_up_statement, propose_cause, take_box_step
from app.services.record import state_faults
from app.services.referendums import referendum_by_reference
from referendum.count import Poll
from referendum.errors import ReferendumError, StageError
from referendum.verification import CauseKind, Step

pytestmark = pytest.mark.database

AT = datetime(2026, 9, 10, 22, 50, tzinfo=UTC)
REFERENCE = "NR-000901"
ACCOUNT = {"supplied": 900, "issued": 700, "spoilt": 3, "unused": 197, "tendered": 0, "found": 700}
VOTES = {
    "yes": 508,
    "no": 506,
    "official_mark": 0,
    "more_than_one_answer": 4,
    "identifies_voter": 1,
    "unmarked_or_uncertain": 7,
}
PART = Part(reference=REFERENCE, number=1)


def of(name, role="counting-officer", council="Westshire"):
    by = Actor(name=name, role=role, organisation=f"code of {council}", organisation_name=council)
    return Deed(by=by, at=AT)


ANN, BEN, CAT = of("Ann", "count-assistant"), of("Ben"), of("Cat", "chief-counting-officer")


def faults(session):
    """What is wrong with the count; the area and the plan were put there without their events."""
    return [fault.what for fault in state_faults(session) if fault.subject == REFERENCE]


@dataclass
class Hall:
    """A count in one database, each deed in a transaction of its own."""

    engine: object

    def do(self, service, *args, **options):
        with writing(self.engine) as session:
            return service(session, *args, **options)

    def key(self, deed, sheet, figures, part=PART):
        return self.do(key_figures, deed, part, EntryFacts(sheet=sheet, figures=figures))

    def settle(self, sheet, figures, part=PART, people=(ANN, BEN)):
        for deed in people:
            self.key(deed, sheet, figures, part)

    def verified(self, account=ACCOUNT, part=PART, people=(ANN, BEN), council="Westshire", postal=326):
        facts = PortionFacts(poll=Poll.RESIDENTIAL, council=council, stations=["Hall"])
        self.do(set_up_portion, people[1], part.reference, facts)
        self.settle("electorate", {"electorate": 2431}, part, people)
        self.settle("station-1", account, part, people)
        self.settle("postal-1", {"found": postal}, part, people)
        return self

    def counted(self):
        self.verified()
        self.do(draw_up_statement, BEN, PART)
        self.settle("round-1", VOTES)
        self.do(confirm_portion_round, BEN, PART)
        return self

    def signed(self):
        self.counted()
        for deed in (BEN, CAT):
            self.do(sign_count, deed, REFERENCE)
        return self

    def stands(self, number=1):
        with reading(self.engine) as session:
            referendum = session.scalars(select(Referendum).where(Referendum.reference == REFERENCE)).one()
            stands = portions_of(referendum)[number - 1]
            return portion_of(stands, "anyone"), referendum.plan.stage


@pytest.fixture
def hall(district, arrange_poll):
    arrange_poll(district)
    return Hall(district)


def test_the_second_person_sees_nothing_of_the_first_by_any_door(hall):
    hall.do(set_up_portion, BEN, REFERENCE, PortionFacts(poll=Poll.RESIDENTIAL, council="Westshire", stations=["Hall"]))
    hall.key(ANN, "station-1", ACCOUNT | {"tendered": 4711})
    shown, _ = hall.stands()
    assert "4711" not in shown.model_dump_json()
    with reading(hall.engine) as session:
        assert "4711" not in str(list(documents(session)))
    hall.key(BEN, "station-1", ACCOUNT | {"tendered": 4712})
    shown, _ = hall.stands()
    assert "471" not in shown.model_dump_json()
    assert (shown.sheets[1].state, shown.sheets[1].differing) == ("differs", ["tendered"])
    hall.key(CAT, "station-1", {"tendered": 4712})
    shown, _ = hall.stands()
    assert shown.sheets[1].figures["tendered"] == 4712


def test_a_sheet_sent_twice_is_kept_once_and_another_reading_by_the_same_person_is_refused(hall):
    hall.do(set_up_portion, BEN, REFERENCE, PortionFacts(poll=Poll.RESIDENTIAL, council="Westshire", stations=["Hall"]))
    for _ in range(2):
        hall.key(ANN, "station-1", ACCOUNT)
    with reading(hall.engine) as session:
        assert [event["kind"] for event in documents(session)] == ["count:portion-set-up", "count:sheet-keyed"]
    with pytest.raises(StageError, match="another person must key it"):
        hall.key(ANN, "station-1", ACCOUNT | {"issued": 1})


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        pytest.param(ACCOUNT | {"issued": -1}, "whole number from 0", id="negative"),
        pytest.param(ACCOUNT | {"issued": 10**12}, "whole number from 0", id="too large"),
        pytest.param({"issued": 1}, "Key exactly these figures", id="figures missing"),
        pytest.param(ACCOUNT | {"yes": 1}, "Key exactly these figures", id="a figure too many"),
    ],
)
def test_impossible_figures_are_refused_and_nothing_is_kept(hall, figures, said):
    hall.do(set_up_portion, BEN, REFERENCE, PortionFacts(poll=Poll.RESIDENTIAL, council="Westshire", stations=["Hall"]))
    with pytest.raises(ReferendumError, match=said):
        hall.key(ANN, "station-1", figures)
    assert hall.stands()[0].sheets[1].state == "awaiting-first"


def test_a_difference_blocks_until_a_correction_with_its_reason(hall):
    hall.verified()
    hall.do(draw_up_statement, BEN, PART)
    hall.key(ANN, "round-1", VOTES)
    hall.key(BEN, "round-1", VOTES | {"yes": 580})
    with pytest.raises(StageError, match="not keyed and settled"):
        hall.do(confirm_portion_round, BEN, PART)
    fixed = EntryFacts(sheet="round-1", figures={"yes": 508})
    with pytest.raises(StageError, match="Say why"):
        hall.do(correct_figures, BEN, PART, fixed, reason=" ")
    hall.do(correct_figures, BEN, PART, fixed, reason="The sheet says 508; an eight was read as a nought.")
    hall.do(confirm_portion_round, BEN, PART)
    with reading(hall.engine) as session:
        assert faults(session) == []


@pytest.mark.rule("COUNT-2", "COUNT-3")
def test_a_box_with_a_variance_closes_by_a_cause_that_two_people_agree_on(hall):
    hall.verified(ACCOUNT | {"found": 699})
    with pytest.raises(StageError, match="differs from its account"):
        hall.do(draw_up_statement, BEN, PART)
    with pytest.raises(StageError, match="first recheck-account, recount-box"):
        hall.do(propose_cause, BEN, PART, "station-1", kind=CauseKind.TAKEN_AWAY, note="Seen leaving.")
    hall.do(take_box_step, BEN, PART, "station-1", Step.RECHECK_ACCOUNT, seen_steps=0)
    with pytest.raises(ConflictError, match="Someone else acted first"):
        hall.do(take_box_step, BEN, PART, "station-1", Step.RECHECK_ACCOUNT, seen_steps=0)
    hall.do(take_box_step, BEN, PART, "station-1", Step.RECOUNT_BOX, found=699)
    hall.do(propose_cause, BEN, PART, "station-1", kind=CauseKind.TAKEN_AWAY, note="Seen leaving.")
    with pytest.raises(StageError, match="Two people must agree"):
        hall.do(agree_cause, BEN, PART, "station-1")
    hall.do(agree_cause, CAT, PART, "station-1")
    row = hall.do(draw_up_statement, BEN, PART)
    (station,) = row.document["stations"]
    assert (station["variance"], station["cause"]["kind"], row.document["total_verified"]) == (-1, "taken-away", 1025)
    with reading(hall.engine) as session:
        assert faults(session) == []


@pytest.mark.rule("COUNT-3")
def test_a_box_never_stays_open_for_ever(hall):
    hall.verified(ACCOUNT | {"found": 701})
    for deed in (BEN, CAT):
        hall.do(take_box_step, deed, PART, "station-1", Step.RECOUNT_BOX, found=702)
    shown, _ = hall.stands()
    assert (shown.boxes[0].state, shown.boxes[0].found) == ("closed-by-recounts", 702)
    assert hall.do(draw_up_statement, BEN, PART).document["total_verified"] == 702 + 326


@pytest.mark.rule("COUNT-3")
def test_papers_issued_that_were_never_supplied_cannot_be_verified(hall):
    hall.verified(ACCOUNT | {"supplied": 600})
    for deed in (BEN, CAT):
        hall.do(take_box_step, deed, PART, "station-1", Step.RECOUNT_BOX, found=700)
    with pytest.raises(StageError, match="more papers than it was given"):
        hall.do(draw_up_statement, BEN, PART)


def test_nothing_is_counted_before_its_poll_or_before_verification(hall):
    hall.verified()
    early = replace(ANN, at=datetime(2026, 9, 9, 12, tzinfo=UTC))
    with pytest.raises(StageError, match="before its poll"):
        hall.key(early, "station-1", ACCOUNT)
    with pytest.raises(StageError, match="verification comes first"):
        hall.key(ANN, "round-1", VOTES)


@pytest.mark.rule("COUNT-12")
def test_a_recount_takes_the_whole_count_back_and_every_round_is_kept(hall):
    hall.signed()
    hall.do(answer_recount, BEN, PART, asked_by="Observer 1", granted=False, reason="Asked for three times.")
    hall.do(answer_recount, BEN, PART, asked_by="Observer 2", granted=True, reason="Two bundles were mixed up.")
    for service in (sign_count, declare_result):
        with pytest.raises(ConflictError, match="no whole count now"):
            hall.do(service, BEN, REFERENCE)
    hall.settle("round-2", VOTES | {"yes": 507, "no": 507})
    hall.do(confirm_portion_round, BEN, PART)
    with pytest.raises(ConflictError, match="signatures of two people"):
        hall.do(declare_result, BEN, REFERENCE)
    for deed in (BEN, CAT):
        hall.do(sign_count, deed, REFERENCE, round_number=2)
    assert hall.do(declare_result, BEN, REFERENCE).result["decision"] == "must-not-make"
    shown, _ = hall.stands()
    assert [(one["number"], one["figures"]["yes"]) for one in shown.rounds] == [(1, 508), (2, 507)]
    assert [one["granted"] for one in shown.recounts] == [False, True]
    with reading(hall.engine) as session:
        assert faults(session) == []
        assert list(chain_faults(documents(session))) == []


def test_one_person_does_not_sign_twice_and_does_not_declare_alone(hall):
    hall.counted()
    for _ in range(2):
        hall.do(sign_count, BEN, REFERENCE)
    with pytest.raises(ConflictError, match="signatures of two people"):
        hall.do(declare_result, BEN, REFERENCE)


@pytest.mark.rule("COUNT-14", "REF-4", "T-25")
def test_no_portion_declares_alone(district, arrange_poll):
    arrange_poll(district, cross=True)
    hall = Hall(district)
    east = tuple(of(name, council="Eastshire") for name in ("Eve", "Fay"))
    second = Part(reference=REFERENCE, number=2)
    hall.verified()
    hall.do(draw_up_statement, BEN, PART)
    hall.settle("round-1", VOTES)
    hall.do(confirm_portion_round, BEN, PART)
    with pytest.raises(StageError, match="before it is authorised"):
        hall.do(give_final_statement, BEN, PART)
    with pytest.raises(NotAllowedError):
        hall.do(authorise_portion, BEN, PART)
    hall.do(authorise_portion, CAT, PART)
    hall.do(give_final_statement, BEN, PART)
    with pytest.raises(ConflictError, match="no whole count"):
        hall.do(sign_count, CAT, REFERENCE)
    with pytest.raises(NotAllowedError):
        hall.key(east[0], "electorate", {"electorate": 1})
    hall.verified(part=second, people=east, council="Eastshire")
    hall.do(draw_up_statement, east[0], second)
    hall.settle("round-1", VOTES, second, east)
    hall.do(confirm_portion_round, east[0], second)
    hall.do(answer_recount, CAT, second, asked_by="The chief", granted=True, reason="The totals look alike.")
    hall.settle("round-2", VOTES, second, east)
    hall.do(confirm_portion_round, east[0], second)
    hall.do(authorise_portion, CAT, second)
    hall.do(give_final_statement, east[1], second)
    for deed in (CAT, east[0]):
        hall.do(sign_count, deed, REFERENCE)
    with pytest.raises(NotAllowedError):
        hall.do(declare_result, BEN, REFERENCE)
    totals = hall.do(declare_result, CAT, REFERENCE).result["polls"]["residential"]
    assert (totals["yes"], totals["electorate"]) == (1016, 4862)
    with reading(hall.engine) as session:
        assert faults(session) == []


@pytest.mark.rule("COUNT-5")
def test_the_board_shows_what_was_released_and_nothing_by_station(hall):
    hall.verified()
    with pytest.raises(ConflictError, match="not verified yet"):
        hall.do(release, BEN, REFERENCE, ReleaseKind.VERIFICATION)
    hall.do(draw_up_statement, BEN, PART)
    for _ in range(2):
        shown = hall.do(release, BEN, REFERENCE, ReleaseKind.VERIFICATION)
    assert shown.number == 1
    assert shown.document["statements"] == [
        {"poll": "residential", "council": "Westshire", "electorate": 2431, "total_verified": 1026, "postal": 326,
         "stations": 1}
    ]  # fmt: skip
    with pytest.raises(ConflictError, match="not declared yet"):
        hall.do(release, BEN, REFERENCE, ReleaseKind.RESULT)


def test_observers_are_known_by_their_badges(hall):
    facts = {"council": "Westshire", "badge": "Observer 1", "appointed_by": "Alder Parish Council"}
    for _ in range(2):
        hall.do(record_observer, BEN, REFERENCE, **facts)
    with pytest.raises(ConflictError, match="another badge"):
        hall.do(record_observer, BEN, REFERENCE, **facts | {"appointed_by": "Somebody else"})
    wrong = {"badge": " "}, {"badge": "Observer \x00"}, {"badge": "x" * 41}, {"council": "Westshire\x00"}
    for each in wrong:
        with pytest.raises((InvalidRequestError, NotAllowedError)):
            hall.do(record_observer, BEN, REFERENCE, **facts | each)


TAMPERED = {
    "an entry": "UPDATE count_entry SET figures = '{\"electorate\": 9}' WHERE sheet = 'electorate' AND keyer = 'Ann'",
    "a keyer": "UPDATE count_entry SET keyer = 'Dot' WHERE keyer = 'Ann' AND sheet = 'round-1'",
    "a confirmed round": "UPDATE count_portion_round SET reason = 'Another'",
    "a signature": "DELETE FROM count_sign_off WHERE name = 'Cat'",
    "a state": "UPDATE count_portion SET state = 'counting'",
    "a statement": "DELETE FROM count_verification",
}


@pytest.mark.parametrize("statement", TAMPERED.values(), ids=TAMPERED)
def test_an_edit_made_straight_in_the_database_is_named(hall, statement):
    hall.signed()
    with writing(hall.engine) as session:
        session.execute(text(statement))
    with reading(hall.engine) as session:
        assert faults(session)


def at_once(database_url, *deeds):
    """Does several things at the same moment, each from an engine of its own; returns what came of each."""

    def attempt(deed):
        engine = create_database_engine(database_url)
        try:
            with writing(engine) as session:
                return deed(session)
        except (ConflictError, StageError) as refusal:
            return refusal
        finally:
            engine.dispose()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(attempt, deeds))


def refusals(outcomes):
    return [each for each in outcomes if isinstance(each, Exception)]


@pytest.mark.rule("COUNT-12", "COUNT-15")
def test_a_declaration_raced_by_a_recount_has_one_winner(hall, database_url):
    hall.signed()
    outcomes = at_once(
        database_url,
        lambda session: declare_result(session, BEN, REFERENCE, round_number=1).round_number,
        lambda session: (
            answer_recount(
                session, CAT, PART, asked_by="Observer 1", granted=True, reason="Once more.", round_number=1
            ).granted
        ),
    )
    assert len(refusals(outcomes)) == 1
    shown, stage = hall.stands()
    is_declared = not isinstance(outcomes[0], Exception)
    assert (shown.state, stage == "referendum-to-be-held") == (("final", False) if is_declared else ("counting", True))
    with reading(hall.engine) as session:
        assert faults(session) == []


def test_two_people_signing_at_once_both_sign_and_one_who_sends_twice_signs_once(hall, database_url):
    hall.counted()
    outcomes = at_once(
        database_url,
        *[lambda session, deed=deed: sign_count(session, deed, REFERENCE).name for deed in (BEN, CAT, BEN, CAT)],
    )
    assert sorted(outcomes) == ["Ben", "Ben", "Cat", "Cat"]
    with reading(hall.engine) as session:
        referendum = session.scalars(select(Referendum)).one()
        assert sorted(one.name for one in referendum.sign_offs) == ["Ben", "Cat"]


def test_a_signature_raced_by_a_recount_never_stands_under_other_figures(hall, database_url):
    hall.counted()
    outcomes = at_once(
        database_url,
        lambda session: sign_count(session, BEN, REFERENCE, round_number=1).round_number,
        lambda session: answer_recount(session, CAT, PART, asked_by="Chief", granted=True, reason="Again.").granted,
    )
    assert outcomes[1] is True
    hall.settle("round-2", VOTES | {"yes": 507, "no": 507})
    hall.do(confirm_portion_round, BEN, PART)
    with pytest.raises(ConflictError, match="latest round is 2 now, not 1"):
        hall.do(sign_count, CAT, REFERENCE, round_number=1)
    hall.do(sign_count, CAT, REFERENCE, round_number=2)
    with pytest.raises(ConflictError, match="signatures of two people"):
        hall.do(declare_result, CAT, REFERENCE)


def test_many_second_keyers_at_once_settle_a_sheet_once(hall, database_url):
    hall.do(set_up_portion, BEN, REFERENCE, PortionFacts(poll=Poll.RESIDENTIAL, council="Westshire", stations=["Hall"]))
    people = [of(f"Keyer {number}", "count-assistant") for number in range(6)]
    outcomes = at_once(
        database_url,
        *[
            lambda session, deed=deed: (
                key_figures(session, deed, PART, EntryFacts(sheet="station-1", figures=ACCOUNT)).state.value
            )
            for deed in people
        ],
    )
    assert len(refusals(outcomes)) == 4
    assert sorted(each for each in outcomes if isinstance(each, str)) == ["agreed", "awaiting-second"]
    with reading(hall.engine) as session:
        referendum = session.scalars(select(Referendum)).one()
        assert len(referendum.portions[0].entries) == 2
        assert faults(session) == []


def test_a_declaration_sent_twice_is_the_same_declaration(hall, database_url):
    hall.signed()
    outcomes = at_once(
        database_url,
        *[lambda session: declare_result(session, BEN, REFERENCE, round_number=1).id for _ in range(3)],
    )
    assert len(set(outcomes)) == 1
    with reading(hall.engine) as session:
        assert [event["kind"] for event in documents(session)].count("result:declared") == 1
        assert referendum_by_reference(session, REFERENCE).declaration.declared_by == "Ben"
