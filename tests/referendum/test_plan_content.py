"""What a plan or order may not contain."""

import pytest

from referendum.plan_content import Excluded, content_reasons
from referendum.question import Instrument


@pytest.mark.rule("PLAN-3", "ORDER-2", "ORDER-4")
@pytest.mark.parametrize(
    ("instrument", "contains", "repeats", "rules"),
    [
        pytest.param(Instrument.NDP, set(), False, [], id="a plan within its bounds"),
        pytest.param(Instrument.NDP, {Excluded.MINERALS}, False, ["PLAN-3"], id="a plan for a quarry"),
        pytest.param(Instrument.NDP, set(), True, [], id="a plan grants no permission"),
        pytest.param(Instrument.NDO, {Excluded.WASTE}, False, ["ORDER-4"], id="an order for a tip"),
        pytest.param(Instrument.NDO, set(), True, ["ORDER-2"], id="an order for what is permitted already"),
        pytest.param(
            Instrument.CRTBO, set(Excluded), True, ["ORDER-4"] * 5 + ["ORDER-2"], id="a right to build everything"
        ),
    ],
)
def test_a_plan_or_order_keeps_within_its_bounds(instrument, contains, repeats, rules):
    reasons = content_reasons(instrument, contains=contains, repeats_permission=repeats)
    assert [reason.rule for reason in reasons] == rules
