from datetime import date
from decimal import Decimal

import pytest

from referendum.levy import LevyReceipt, levy_payment_day, levy_rate, neighbourhood_share

PLAN_FROM = date(2026, 9, 10)


def receipt(amount="1000", *, inside=True, on=PLAN_FROM, by_order=False):
    return LevyReceipt(
        amount_gbp=Decimal(amount), site_in_plan_area=inside, permitted_on=on, permitted_by_order=by_order
    )


@pytest.mark.rule("AFTER-7", "AFTER-8", "AFTER-9")
@pytest.mark.parametrize(
    ("levy", "plan_from", "rate"),
    [
        pytest.param(receipt(), PLAN_FROM, "0.25", id="in the plan area, on its first day"),
        pytest.param(receipt(on=date(2026, 9, 9)), PLAN_FROM, "0.15", id="permitted the day before"),
        pytest.param(receipt(inside=False), PLAN_FROM, "0.15", id="same parish, outside the plan area"),
        pytest.param(receipt(), None, "0.15", id="no plan"),
        pytest.param(receipt(by_order=True), None, "0.25", id="permitted by an order"),
    ],
)
def test_t37_the_rate_goes_by_site_and_permission(levy, plan_from, rate):
    assert levy_rate(levy, plan_in_place_from=plan_from) == Decimal(rate)


@pytest.mark.rule("AFTER-7", "AFTER-8", "AFTER-10")
def test_only_the_share_without_a_plan_has_a_limit_and_it_counts_the_whole_parish():
    receipts = [receipt("100000"), receipt("100000", inside=False)]
    share = neighbourhood_share(receipts, plan_in_place_from=PLAN_FROM, dwellings=120)
    assert (share.with_plan_gbp, share.without_plan_gbp, share.limit_gbp) == (25_000, 12_000, 12_000)
    assert share.total_gbp == 37_000


@pytest.mark.rule("T-23")
def test_pennies_are_exact_and_a_half_is_rounded_up():
    receipts = [receipt("0.10"), receipt("0.30", inside=False)]
    share = neighbourhood_share(receipts, plan_in_place_from=PLAN_FROM, dwellings=1, index=Decimal("1.5"))
    assert (share.with_plan_gbp, share.without_plan_gbp) == (Decimal("0.03"), Decimal("0.05"))
    assert share.limit_gbp == Decimal("150.00")


@pytest.mark.parametrize("wrong", [{"dwellings": -1}, {"dwellings": 1, "index": Decimal(-1)}])
def test_figures_below_zero_are_refused(wrong):
    with pytest.raises(ValueError, match="below zero"):
        neighbourhood_share([receipt()], plan_in_place_from=None, **wrong)


@pytest.mark.rule("AFTER-11")
@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 4, 1), date(2026, 10, 28)),
        (date(2026, 9, 30), date(2026, 10, 28)),
        (date(2026, 10, 1), date(2027, 4, 28)),
        (date(2027, 3, 31), date(2027, 4, 28)),
    ],
    ids=str,
)
def test_the_share_is_paid_twice_a_year(received, due):
    assert levy_payment_day(received) == due
