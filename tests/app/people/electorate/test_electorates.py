"""An electorate kept in the service: the command line's own bytes, alterations, placements, frozen for ever."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from app.audit import verify
from app.db import reading, writing
from app.documents import document_text
from app.electors import electorate_document
from app.electors_changes import Standing
from app.electors_files import ElectorateFiles, count_files
from app.electors_placements import read_placements
from app.errors import ConflictError, InvalidRequestError, NotAllowedError
from app.models import ElectorPlacement, LocationPoint, Register
from app.services.electorates import freeze_electorate, frozen_electorate, is_same_when_counted_again
from app.services.electorates_changes import columns_of, steps_between
from app.services.electorates_counting import count_for
from app.services.electorates_placements import history, place_electors, placements_for
from app.services.information_packs import Publication, freeze_pack
from app.services.pack_numbers import frozen_number
from app.services.record import state_faults
from app.services.referendums import referendum_by_reference
from app.services.registers import import_register, register_by_id
from app.services.registers_altering import AlterationFiles, alter_register
from app.services.registers_locations import LocationUpload, import_locations
from geo.electorate import OfficerPlacement
from geo.errors import RegisterError

pytestmark = pytest.mark.database
POLL = date(2027, 2, 4)


@pytest.fixture
def register_id(peopled, officers_deed, register_files):
    with writing(peopled) as session:
        return import_register(session, officers_deed, register_files).id


@pytest.fixture
def alter(peopled, officers_deed, secret, papers):
    def altered(register, *updates, as_at=date(2027, 1, 1), locations=None):
        files = AlterationFiles(
            register_id=register,
            as_at=as_at,
            updates=updates,
            locations=papers.locations if locations is None else locations,
            address_secret=secret,
        )
        with writing(peopled) as session:
            return alter_register(session, officers_deed, files).id

    return altered


def own_faults(session):
    """What is wrong with the electorate's own tables; the referendum was put there without an event."""
    return [fault for fault in state_faults(session) if fault.subject not in {"NA-000001", "NP-000001"}]


def decision(number, *, is_in_area, reason="seen on the map", district="HB1"):
    return OfficerPlacement(polling_district=district, number=number, suffix=0, is_in_area=is_in_area, reason=reason)


def counted(engine, poll, register):
    """The document, as the service counts it now."""
    with reading(engine) as session:
        found = count_for(session, referendum_by_reference(session, poll), register_by_id(session, register))
    return document_text(electorate_document(found.electorate))


def by_files(papers, **more):
    files = ElectorateFiles(
        area=papers.area,
        registers=(papers.register,),
        locations=papers.locations,
        polling_districts=papers.districts,
        **more,
    )
    return lambda as_at: document_text(electorate_document(count_files(files, poll_date=POLL, as_at=as_at).electorate))


def test_service_and_command_line_give_the_same_bytes_with_alterations_and_placements(
    *, peopled, poll, papers, register_id, alter, officers_deed
):
    assert counted(peopled, poll, register_id) == by_files(papers)(date(2026, 12, 1))
    second = alter(register_id, papers.update)
    third = alter(second, papers.second_update, as_at=date(2027, 2, 1))
    path = papers.folder / "placements.csv"
    path.write_text("number,decision,reason\nHB1-6,in,gate is on Mill Lane\nHB1-4,out,home in Eastshire\n", "utf-8")
    with writing(peopled) as session:
        place_electors(session, officers_deed, poll, register_id=third, placements=read_placements(path))
    told = by_files(papers, alterations=(papers.update, papers.second_update), placements=path)(date(2027, 2, 1))
    assert counted(peopled, poll, third) == told
    assert '"undecided": 0' in told
    assert "HB1-99 is deleted but was not there" in told


def test_alterations_leave_the_version_they_alter_as_it_was(peopled, poll, papers, register_id, alter):
    before = counted(peopled, poll, register_id)
    second = alter(register_id, papers.update)
    assert counted(peopled, poll, register_id) == before
    assert counted(peopled, poll, second) != before
    with reading(peopled) as session:
        assert [row.entries for row in session.scalars(select(Register).order_by(Register.id))] == [11, 11]
        assert own_faults(session) == []
        assert verify(session).faults == ()


@pytest.mark.parametrize(
    ("again", "error", "words"),
    [
        pytest.param({}, ConflictError, "altered already", id="the same version twice"),
        pytest.param({"newest": True}, ConflictError, "applied to this register before", id="the same update twice"),
        pytest.param(
            {"newest": True, "as_at": date(2026, 1, 1)}, InvalidRequestError, "earlier day", id="an earlier day"
        ),
        pytest.param({"newest": True, "full": True}, RegisterError, "monthly update", id="a full register"),
    ],
)
def test_what_cannot_be_applied_is_refused_and_stores_nothing(
    *, peopled, papers, register_id, alter, again, error, words
):
    second = alter(register_id, papers.update)
    base = second if again.get("newest") else register_id
    with pytest.raises(error, match=words):
        alter(base, papers.register if again.get("full") else papers.update, as_at=again.get("as_at", date(2027, 3, 1)))
    with reading(peopled) as session:
        assert len(session.scalars(select(Register)).all()) == 2


def test_locations_kept_for_a_council_locate_its_registers_as_files_do(
    *, peopled, poll, papers, register_files, officers_deed, secret, register_id
):
    upload = LocationUpload(authority_code="E07999101", paths=papers.locations, address_secret=secret)
    with writing(peopled) as session:
        kinds = [(file.kind, file.rows) for file in import_locations(session, officers_deed, upload)]
    assert kinds == [("postcode", 2), ("address", 2), ("uprn", 8)]
    with writing(peopled) as session:
        other = import_register(session, officers_deed, replace(register_files, locations=())).id
    assert counted(peopled, poll, other) == counted(peopled, poll, register_id)
    with reading(peopled) as session:
        assert {point.accuracy_m for point in session.scalars(select(LocationPoint))} == {1.0, 150.0}
        assert own_faults(session) == []


def test_points_far_from_the_council_are_not_kept_and_the_latest_file_is_used(
    *, peopled, papers, officers_deed, secret, register_files, poll
):
    papers.uprns.write_text("UPRN,X_COORDINATE,Y_COORDINATE\n100001,400500,300500\n7,500000,500000\n", "utf-8")
    newer = papers.folder / "newer.csv"
    newer.write_text("UPRN,X_COORDINATE,Y_COORDINATE\n100001,400501,300500\n", "utf-8")
    for path in (papers.uprns, newer):
        upload = LocationUpload(authority_code="E07999101", paths=(path,), address_secret=secret)
        with writing(peopled) as session:
            rows = [file.rows for file in import_locations(session, officers_deed, upload)]
        assert rows == [1]
    with writing(peopled) as session:
        number = import_register(session, officers_deed, replace(register_files, locations=())).id
        east = session.execute(
            text("SELECT easting FROM register_entry WHERE register_id = :number AND position = 0"), {"number": number}
        ).scalar_one()
    assert east == 400501


def test_a_later_decision_supersedes_and_none_is_deleted(peopled, poll, register_id, officers_deed):
    for answer, why in ((True, "first look"), (False, "seen again on site")):
        with writing(peopled) as session:
            placements = [decision(3, is_in_area=answer, reason=why)]
            place_electors(session, officers_deed, poll, register_id=register_id, placements=placements)
    with reading(peopled) as session:
        referendum = referendum_by_reference(session, poll)
        told = [(one.number, one.is_in_area, one.reason, one.is_superseded) for one in history(session, referendum)]
        held = placements_for(session, referendum, register_by_id(session, register_id))
        assert len(session.scalars(select(ElectorPlacement)).all()) == 2
        assert own_faults(session) == []
    assert told == [("HB1-3", False, "seen again on site", False), ("HB1-3", True, "first look", True)]
    assert [one.is_in_area for one in held.applied] == [False]


def test_a_decision_holds_on_the_altered_register_unless_the_home_changed(
    *, peopled, poll, register_id, officers_deed, papers, alter
):
    with writing(peopled) as session:
        placements = [decision(3, is_in_area=True), decision(6, is_in_area=True)]
        place_electors(session, officers_deed, poll, register_id=register_id, placements=placements)
    second = alter(register_id, papers.update)
    with reading(peopled) as session:
        held = placements_for(session, referendum_by_reference(session, poll), register_by_id(session, second))
    assert [one.number for one in held.applied] == [6]
    assert [one.number for one in held.lapsed] == [3]


@pytest.mark.parametrize(
    ("placements", "words"),
    [
        pytest.param([], "No decision", id="none"),
        pytest.param([decision(3, is_in_area=True, reason=" ")], "has no reason", id="no reason"),
        pytest.param([decision(3, is_in_area=True, reason="x" * 501)], "longer than 500", id="too long"),
        pytest.param([decision(77, is_in_area=True)], "HB1-77", id="no such entry"),
    ],
)
def test_decisions_that_cannot_be_used_are_refused_whole(
    *, peopled, poll, register_id, officers_deed, placements, words
):
    kept = [decision(6, is_in_area=True), *placements] if placements else []
    with writing(peopled) as session, pytest.raises(InvalidRequestError, match=words):
        place_electors(session, officers_deed, poll, register_id=register_id, placements=kept)
    with reading(peopled) as session:
        assert session.scalars(select(ElectorPlacement)).all() == []


def test_another_council_may_do_none_of_it(*, peopled, poll, register_id, officers_deed, register_files):
    other = replace(
        officers_deed,
        by=replace(officers_deed.by, organisation="E07999102", organisation_name="Eastshire"),
    )
    for act in (
        lambda session: import_register(session, other, register_files),
        lambda session: freeze_electorate(session, other, poll, snapshot="E0", register_id=register_id),
        lambda session: place_electors(
            session, other, poll, register_id=register_id, placements=[decision(3, is_in_area=True)]
        ),
    ):
        with pytest.raises(NotAllowedError), writing(peopled) as session:
            act(session)


@pytest.mark.rule("ELEC-16")
def test_frozen_electorates_come_out_the_same_when_counted_again(
    *, peopled, poll, register_id, officers_deed, papers, alter
):
    with writing(peopled) as session:
        placements = [decision(6, is_in_area=True)]
        place_electors(session, officers_deed, poll, register_id=register_id, placements=placements)
        freeze_electorate(session, officers_deed, poll, snapshot="E0", register_id=register_id)
    second = alter(register_id, papers.update)
    later = replace(officers_deed, at=officers_deed.at + timedelta(days=30))
    with writing(peopled) as session:
        place_electors(session, later, poll, register_id=second, placements=[decision(6, is_in_area=False)])
        freeze_electorate(session, later, poll, snapshot="E2", register_id=second)
        with pytest.raises(ConflictError, match="never counted again"):
            freeze_electorate(session, later, poll, snapshot="E0", register_id=second)
    with reading(peopled) as session:
        referendum = referendum_by_reference(session, poll)
        frozen = {name: frozen_electorate(session, referendum, name) for name in ("E0", "E2")}
        assert all(is_same_when_counted_again(session, referendum, count) for count in frozen.values())
        assert own_faults(session) == []
        (step,) = steps_between(session, referendum, columns_of(session, referendum, None))
        told = {each.number: (each.before, each.after) for each in step.changes}
        assert told == {
            "HB1-3": (Standing.OPEN, Standing.ENTITLED),
            "HB1-6": (Standing.ENTITLED, Standing.OUTSIDE),
            "HB1-7": (Standing.ABSENT, Standing.ENTITLED),
        }
    first, last = (frozen[name].provenance for name in ("E0", "E2"))
    assert last["register"]["versions"] == [second, register_id]
    assert (first["placements"]["count"], last["placements"]["count"]) == (1, 1)
    assert first["boundary_sha256"] == last["boundary_sha256"]
    assert first["portions"] == [
        {"council": "E07999101", "in_area": frozen["E0"].entries_in_area, "registered": 6, "entitled": 5}
    ]
    assert first["lead_council"] is None
    assert first["rule_set"].startswith("england-")
    with writing(peopled) as session:
        session.execute(text("UPDATE register_entry SET markers = 'F' WHERE number = 1 AND polling_district = 'HB1'"))
        referendum = referendum_by_reference(session, poll)
        assert not is_same_when_counted_again(session, referendum, frozen_electorate(session, referendum, "E0"))
        session.rollback()


@pytest.mark.parametrize(
    ("table", "change", "words"),
    [
        ("elector_placement", "UPDATE elector_placement SET reason = 'other'", "decisions of the placements"),
        ("elector_placement", "DELETE FROM elector_placement", "is gone"),
        ("electorate_count", "UPDATE electorate_count SET provenance = '{}'", "its own figures"),
        ("register_entry", "DELETE FROM register_entry WHERE position = 0", "its own figures"),
    ],
)
def test_an_edit_behind_the_record_is_named(*, peopled, poll, register_id, officers_deed, table, change, words):
    with writing(peopled) as session:
        placements = [decision(6, is_in_area=True)]
        place_electors(session, officers_deed, poll, register_id=register_id, placements=placements)
        freeze_electorate(session, officers_deed, poll, snapshot="E0", register_id=register_id)
    with writing(peopled) as session:
        session.execute(text(change))
    with reading(peopled) as session:
        assert [fault.what for fault in state_faults(session) if words in fault.what], table


@pytest.mark.rule("REF-18", "REF-19", "T-22")
def test_the_information_pack_gives_the_number_that_is_frozen(*, peopled, poll, register_id, officers_deed):
    with writing(peopled) as session:
        referendum = referendum_by_reference(session, poll)
        freeze_electorate(session, officers_deed, poll, snapshot="E0", register_id=register_id)
        assert frozen_number(session, referendum) is None  # the businesses of its business poll are not frozen
        referendum.has_business_poll = False
        number = frozen_number(session, referendum)
        assert (number.in_area, number.overseas, number.entries) == (6, 1, 5)
        facts = Publication(published_on=officers_deed.at.date(), inspection=["website", "hall"], entries=6)
        with pytest.raises(InvalidRequestError, match="The count E0 has 5 entries, not 6"):
            freeze_pack(session, officers_deed, poll, facts)
        session.rollback()
