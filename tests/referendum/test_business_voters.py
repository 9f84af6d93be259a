"""The business voting register."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referendum.business_holders import HolderList, Liability, holders, plain_name
from referendum.business_voters import (
    LONDON,
    BusinessBar,
    NamedVoter,
    Registration,
    business_register,
    is_business_referendum_needed,
    registration_deadline,
)
from referendum.working_days import england_calendar, working_days_before

POLL = date(2015, 5, 7)
STATE = date(2015, 2, 13)
IN_TIME = datetime(2015, 4, 21, 17, 0, tzinfo=LONDON)
RATEPAYERS = Path(__file__).parents[2] / "fixtures" / "csv" / "ratepayers.csv"


def liable(reference="R1", ratepayer="Alder Crafts Ltd", where="1 Quay", **more):
    facts = {"is_in_area": True, "state_date": STATE, **more}
    return Liability(ratepayer_reference=reference, ratepayer=ratepayer, hereditament=where, **facts)


def form(holder="R1", voter="V1", *, at=IN_TIME, born_on=date(1970, 1, 1), citizen=True, left_on=None, place=None):
    named = NamedVoter(reference=voter, born_on=born_on, is_qualifying_citizen=citizen, residential_polling_place=place)
    return Registration(holder=holder, voter=named, received_at=at, left_on=left_on)


@pytest.fixture(scope="module")
def calendar():
    return england_calendar()


@pytest.fixture
def registered(calendar):
    def register(*forms, listed=None):
        listed = listed or holders([liable(), liable("R2", "Birch Foods Ltd", "2 Quay")], state_on=STATE)
        return business_register(listed, forms, poll_date=POLL, calendar=calendar)

    return register


@pytest.mark.rule("BUS-1")
@pytest.mark.parametrize("is_business_area", [True, False])
def test_a_business_area_has_a_second_referendum(is_business_area):
    assert is_business_referendum_needed(is_business_area=is_business_area) is is_business_area


@pytest.mark.rule("BUS-7")
def test_the_published_deadline_of_a_poll_in_2015(calendar):
    assert registration_deadline(calendar, POLL) == IN_TIME


@pytest.mark.rule("BUS-3", "T-32")
@pytest.mark.parametrize(
    ("liabilities", "expected"),
    [
        pytest.param([liable(), liable(where="2 Quay")], [("1 Quay", "2 Quay")], id="one account, two premises"),
        pytest.param(
            [liable(), liable("R9", "ALDER CRAFTS LIMITED", "2 Quay")],
            [("1 Quay", "2 Quay")],
            id="one body, two accounts",
        ),
        pytest.param(
            [liable(company_number="123"), liable("R9", "Alder (Holdings)", "2 Quay", company_number="00000123")],
            [("1 Quay", "2 Quay")],
            id="one company number",
        ),
        pytest.param(
            [
                liable("R1", "A Ltd", "1"),
                liable("R2", "B Ltd", "2", company_number="7"),
                liable("R1", "Other", "3", company_number="7"),
            ],
            [("1", "2", "3")],
            id="joined through a third",
        ),
        pytest.param(
            [liable("R1", "Sam Tucker", "1"), liable("R2", "Sam Tucker", "2")], [("1",), ("2",)], id="two of one name"
        ),
        pytest.param([liable(), liable(where="Elsewhere", is_in_area=False)], [("1 Quay",)], id="premises outside"),
        pytest.param([liable(is_in_area=None)], [], id="not placed yet"),
        pytest.param([], [], id="nobody"),
    ],
)
def test_one_vote_for_each_legal_person(liabilities, expected):
    assert [one.hereditaments for one in holders(liabilities, state_on=STATE).holders] == expected


@pytest.mark.parametrize(
    ("liabilities", "code"),
    [
        pytest.param([liable("R1", "Sam Tucker"), liable("R2", "SAM  TUCKER")], "holders-of-one-name", id="namesakes"),
        pytest.param([liable(is_in_area=None)], "hereditaments-undecided", id="not placed"),
        pytest.param([liable(state_date=date(2015, 1, 1))], "list-of-another-day", id="an older list"),
    ],
)
def test_what_an_officer_must_look_at(liabilities, code):
    assert [finding.code for finding in holders(liabilities, state_on=STATE).findings] == [code]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Alder & Sons Ltd.", "ALDER AND SONS LIMITED", True),
        ("The Mill plc", "Mill Public Limited Company", True),
        ("O'Dell Ltd", "ODell Limited", True),
        ("Ltdford Bakers", "Limitedford Bakers", False),
    ],
)
def test_names_of_bodies_in_plain_form(one, other, same):
    assert (plain_name(one) == plain_name(other)) is same


@pytest.mark.rule("BUS-2", "BUS-4", "BUS-7")
@pytest.mark.parametrize(
    ("registration", "bars"),
    [
        pytest.param(form(), (), id="in time at the very moment"),
        pytest.param(
            form(at=datetime(2015, 4, 21, 17, 0, 1, tzinfo=LONDON)), (BusinessBar.TOO_LATE,), id="a second late"
        ),
        pytest.param(form(at=datetime(2015, 4, 21, 16, 0, tzinfo=UTC)), (), id="five o'clock in London in UTC"),
        pytest.param(form("R7"), (BusinessBar.NOT_A_HOLDER,), id="no ratepayer"),
        pytest.param(form(left_on=POLL), (BusinessBar.NOT_A_RATEPAYER,), id="liability ended by the poll"),
        pytest.param(form(left_on=date(2015, 5, 8)), (), id="liability ends after the poll"),
        pytest.param(form(born_on=date(1997, 5, 7)), (), id="18 on the day"),
        pytest.param(form(born_on=date(1997, 5, 8)), (BusinessBar.UNDER_18,), id="18 the day after"),
        pytest.param(form(citizen=False), (BusinessBar.NATIONALITY,), id="nationality"),
        pytest.param(
            form(citizen=False, born_on=date(2010, 1, 1)),
            (BusinessBar.UNDER_18, BusinessBar.NATIONALITY),
            id="two reasons",
        ),
    ],
)
def test_who_is_entered(registered, registration, bars):
    register = registered(registration)
    [entry] = (*register.entries, *register.refused)
    assert (entry.bars, entry.number) == (bars, None if bars else 1)


@pytest.mark.rule("BUS-9")
def test_of_two_registrations_for_one_holder_the_earlier_stands(registered):
    early, late = form(voter="V1", at=datetime(2015, 4, 1, tzinfo=UTC)), form(voter="V2")
    register = registered(late, early)
    assert [entry.registration for entry in register.entries] == [early]
    assert [entry.bars for entry in register.refused] == [(BusinessBar.SECOND_FOR_HOLDER,)]
    assert register.holders == 2


@pytest.mark.rule("BUS-4", "BUS-10")
def test_one_individual_for_two_holders_is_pointed_out_and_votes_where_it_does_as_a_resident(registered):
    register = registered(form("R1", place="Village Hall"), form("R2", place="Village Hall"))
    assert [entry.number for entry in register.entries] == [1, 2]
    assert {entry.polling_place for entry in register.entries} == {"Village Hall"}
    assert [finding.code for finding in register.findings] == ["named-for-several-holders"]


@pytest.mark.rule("BUS-6")
def test_the_example_list_has_three_hundred_holders_of_three_hundred_and_twenty_premises(calendar):
    with RATEPAYERS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    liabilities = [
        Liability(
            ratepayer_reference=row["ratepayer_reference"],
            ratepayer=row["ratepayer"],
            hereditament=row["hereditament_address"],
            is_in_area=True,
            state_date=date.fromisoformat(row["state_date"]),
        )
        for row in rows
    ]
    state_on = working_days_before(calendar, date(2027, 2, 4), 56).end
    listed = holders(liabilities, state_on=state_on)
    assert (len(liabilities), len(listed.holders)) == (320, 300)
    assert sum(len(holder.hereditaments) for holder in listed.holders) == 320


LIABILITIES = st.lists(
    st.builds(
        liable,
        st.sampled_from(["R1", "R2", "R3", "R4"]),
        st.sampled_from(["A Ltd", "B Ltd", "C", "D LLP"]),
        st.sampled_from(["1", "2", "3", "4", "5"]),
        company_number=st.none() | st.sampled_from(["1", "2"]),
    ),
    max_size=12,
)


@given(liabilities=LIABILITIES)
def test_no_two_holders_share_a_reference_and_no_premises_are_lost(liabilities):
    listed = holders(liabilities, state_on=STATE).holders
    references = [reference for holder in listed for reference in holder.references]
    assert sorted(references) == sorted({one.ratepayer_reference for one in liabilities})
    assert {where for holder in listed for where in holder.hereditaments} == {one.hereditament for one in liabilities}


@given(
    forms=st.lists(
        st.builds(
            form,
            st.sampled_from(["R1", "R2", "R3"]),
            st.sampled_from(["V1", "V2"]),
            at=st.integers(1, 30).map(lambda day: datetime(2015, 4, day, tzinfo=UTC)),
            citizen=st.booleans(),
        ),
        max_size=10,
    )
)
def test_every_form_is_entered_or_refused_and_no_holder_has_two_votes(forms):
    listed = HolderList(holders=holders([liable(), liable("R2", "B Ltd", "2")], state_on=STATE).holders, findings=())
    register = business_register(listed, forms, poll_date=POLL, calendar=england_calendar())
    assert len(register.entries) + len(register.refused) == len(forms)
    entered = [entry.registration.holder for entry in register.entries]
    assert len(entered) == len(set(entered)) <= register.holders
