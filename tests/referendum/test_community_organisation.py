"""Who may propose a community right to build order."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referendum.community_organisation import CommunityOrganisation, organisation_reasons

GOOD = CommunityOrganisation(
    on=date(2026, 5, 1),
    company_number="IP00001",
    is_for_local_wellbeing=True,
    is_open_to_locals=True,
    residents_control=True,
    gains_stay_local=True,
    assets_pass_on=True,
    members=20,
    members_living_in_area=11,
    dwellings_of_members=10,
)


@pytest.mark.rule("CRTBO-2", "CRTBO-3", "CRTBO-4")
@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        pytest.param({}, [], id="everything holds"),
        pytest.param({"company_number": " "}, ["CRTBO-2"], id="no body corporate"),
        pytest.param({"is_for_local_wellbeing": False}, ["CRTBO-2"], id="another purpose"),
        pytest.param({"is_open_to_locals": False}, ["CRTBO-3"], id="closed to locals"),
        pytest.param({"residents_control": False}, ["CRTBO-3"], id="run from elsewhere"),
        pytest.param({"gains_stay_local": False}, ["CRTBO-3"], id="gains go elsewhere"),
        pytest.param({"assets_pass_on": False}, ["CRTBO-3"], id="assets are shared out"),
        pytest.param({"dwellings_of_members": 9}, ["CRTBO-3"], id="nine homes"),
        pytest.param({"members_living_in_area": 10}, ["CRTBO-4"], id="exactly half live there"),
    ],
)
def test_each_condition_is_asked(changes, rules):
    assert [reason.rule for reason in organisation_reasons(replace(GOOD, **changes))] == rules


@pytest.mark.rule("CRTBO-6")
def test_a_parish_council_uses_the_same_right_without_the_conditions():
    assert organisation_reasons(CommunityOrganisation(on=date(2026, 5, 1), is_parish_council=True)) == ()


@pytest.mark.rule("CRTBO-4")
@given(st.integers(0, 500), st.integers(0, 500))
def test_more_than_half_is_strict(living, elsewhere):
    body = replace(GOOD, members=living + elsewhere, members_living_in_area=living)
    assert (not organisation_reasons(body)) is (living > elsewhere)
