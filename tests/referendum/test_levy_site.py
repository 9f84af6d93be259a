from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referendum.levy import LevyReceipt, neighbourhood_share
from referendum.levy_facts import InstrumentInPlace, LevyParish, SitePart, SiteReceipt
from referendum.levy_site import levy_of_site

PERMITTED = date(2026, 9, 10)
ALDER = LevyParish(code="E04999101", name="Alder", has_council=True)
BIRCH = LevyParish(code="E04999102", name="Birch", has_council=False)
PLAN = InstrumentInPlace(reference="NP-1", title="the Alder Plan", in_place_from=date(2024, 5, 2))
ORDER = InstrumentInPlace(reference="NDO-1", title="the Alder Order", in_place_from=date(2025, 5, 1))


def part(share="1", parish=ALDER, **facts):
    return SitePart(share=Decimal(share), parish=parish, **facts)


def receipt(amount="100000", **facts):
    given_facts = {"dwellings": {ALDER.code: 120, BIRCH.code: 1000}, "already_gbp": {}}
    return SiteReceipt(
        amount_gbp=Decimal(amount), permitted_on=PERMITTED, authority="Westshire", **(given_facts | facts)
    )


@pytest.mark.rule("AFTER-7", "AFTER-8", "AFTER-9", "AFTER-10", "T-37")
@pytest.mark.parametrize(
    ("parts", "figures", "expected"),
    [
        pytest.param([part(plan=PLAN)], {}, [(25_000, 0)], id="in the plan area: a quarter, no limit"),
        pytest.param([part()], {}, [(0, 12_000)], id="no plan: limited by the parish's homes"),
        pytest.param([part()], {"index": Decimal("1.5")}, [(0, 15_000)], id="an index lifts the limit"),
        pytest.param(
            [part()], {"already_gbp": {ALDER.code: Decimal(11_500)}}, [(0, 500)], id="some of the limit is used"
        ),
        pytest.param([part()], {"already_gbp": {ALDER.code: Decimal(13_000)}}, [(0, 0)], id="all of it is used"),
        pytest.param([part(order=ORDER)], {}, [(25_000, 0)], id="permitted by an order"),
        pytest.param(
            [part("0.6", plan=PLAN), part("0.4")], {}, [(15_000, 6_000)], id="a mixed parish goes by the site's land"
        ),
        pytest.param(
            [part("0.5", plan=PLAN), part("0.5", BIRCH)], {}, [(12_500, 0), (0, 7_500)], id="two parishes, two payments"
        ),
        pytest.param(
            [part(parish=None)], {"dwellings": {}}, [(0, 15_000)], id="no parish, no number of homes: no limit"
        ),
        pytest.param([part(parish=None)], {"dwellings": {"": 50}}, [(0, 5_000)], id="no parish, homes given"),
        pytest.param(
            [part(plan=InstrumentInPlace(reference="N", title="a later plan", in_place_from=date(2026, 9, 11)))],
            {},
            [(0, 12_000)],
            id="in place a day too late",
        ),
    ],
)
def test_what_goes_to_each_parish(parts, figures, expected):
    found = levy_of_site(parts, receipt(**figures))
    assert [(each.with_plan_gbp, each.without_plan_gbp) for each in found.payments] == expected
    assert found.total_gbp == sum(sum(pair) for pair in expected)
    assert all(line.rules for payment in found.payments for line in payment.lines)


@pytest.mark.rule("AFTER-10")
@pytest.mark.parametrize(
    ("parish", "to", "is_kept"),
    [
        pytest.param(ALDER, "the parish council of Alder", False, id="council"),
        pytest.param(BIRCH, "Westshire", True, id="parish without a council"),
        pytest.param(None, "Westshire", True, id="no parish"),
        pytest.param(LevyParish(code="X", name="Elm", has_council=None), "the parish council of Elm", False, id="?"),
    ],
)
def test_who_has_the_share(parish, to, is_kept):
    (payment,) = levy_of_site([part(parish=parish, plan=PLAN)], receipt()).payments
    assert (payment.to, payment.is_kept, payment.with_plan_gbp) == (to, is_kept, 25_000)


@pytest.mark.rule("AFTER-11")
def test_the_day_of_payment_is_told_for_one_receipt_and_for_any():
    known = levy_of_site([part(plan=PLAN)], receipt(received_on=date(2026, 10, 1)))
    assert known.pay_by == date(2027, 4, 28)
    assert known.when.words == "Received on 1 October 2026, so it is paid over by 28 April 2027."
    assert levy_of_site([part(plan=PLAN)], receipt()).pay_by is None


def test_the_arithmetic_in_words():
    (payment,) = levy_of_site([part("0.6", plan=PLAN), part("0.4")], receipt("200000")).payments
    told = "\n".join(f"{line.words} [{', '.join(line.rules)}]" for line in payment.lines)
    assert told == (
        "60.00 % of the site's land is in Alder and in the area of the Alder Plan: that part of £200,000.00 is "
        "£120,000.00. We go by land: where homes lie otherwise, ask for each part by itself. [AFTER-8]\n"
        "25 % of £120,000.00 is £30,000.00, since the Alder Plan was in place when permission was given on "
        "10 September 2026: it counts since 2 May 2024, by its vote, though it is not made yet. [AFTER-7, AFTER-9]\n"
        "40.00 % of the site's land is in Alder and outside any plan in place: that part of £200,000.00 is "
        "£80,000.00. We go by land: where homes lie otherwise, ask for each part by itself. [AFTER-8]\n"
        "15 % of £80,000.00 is £12,000.00, since no neighbourhood plan was in place there on 10 September 2026. "
        "[AFTER-7, AFTER-8, AFTER-9]\n"
        "The lower share has a limit in a financial year: £100.00 times 120 homes of the whole parish of Alder times "
        "index 1 is £12,000.00. [AFTER-7, AFTER-8]\n"
        "Westshire pays this to the parish council of Alder. [AFTER-7]"
    )


@pytest.mark.parametrize(
    ("parts", "figures", "words"),
    [
        pytest.param([part()], {"index": Decimal(-1)}, "below zero", id="index"),
        pytest.param([part()], {"dwellings": {}}, "dwellings of Alder are not given", id="no dwellings"),
        pytest.param([part("0.5")], {}, "come to the whole", id="half a site"),
    ],
)
def test_figures_that_cannot_be(parts, figures, words):
    with pytest.raises(ValueError, match=words):
        levy_of_site(parts, receipt(**figures))


@given(
    pence=st.integers(0, 10**10),
    inside=st.integers(0, 100),
    dwellings=st.integers(0, 5000),
    index=st.decimals(0, 3, places=3),
)
def test_one_parish_comes_to_the_same_as_the_sum_over_its_receipts(pence, inside, dwellings, index):
    """The site cut in two equals two developments of the same size, one on each side of the line."""
    amount, share = Decimal(pence) / 100, Decimal(inside) / 100
    parts = [part(str(share), plan=PLAN), part(str(1 - share))]
    found = levy_of_site(parts, receipt(str(amount), dwellings={ALDER.code: dwellings}, index=index))
    two = [
        LevyReceipt(amount_gbp=amount * cut, site_in_plan_area=within, permitted_on=PERMITTED)
        for cut, within in ((share, True), (1 - share, False))
    ]
    whole = neighbourhood_share(two, plan_in_place_from=PLAN.in_place_from, dwellings=dwellings, index=index)
    assert found.total_gbp == whole.total_gbp
