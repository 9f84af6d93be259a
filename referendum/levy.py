"""The neighbourhood share of the Community Infrastructure Levy: rate, parts, limit and days of payment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

SHARE_WITH_PLAN = Decimal("0.25")
SHARE_WITHOUT_PLAN = Decimal("0.15")
LIMIT_PER_DWELLING_GBP = Decimal(100)
PENNY = Decimal("0.01")
_APRIL, _OCTOBER = 4, 10
_DAY_OF_PAYMENT = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class LevyReceipt:
    """Levy received for one development.

    Attributes:
        amount_gbp: what was received, pounds; never a float.
        site_in_plan_area: whether the development's own site lies in the neighbourhood area of the plan, whatever
            else of the parish does.
        permitted_on: the day on which planning permission first permitted the development.
        permitted_by_order: whether a neighbourhood development order granted that permission.

    Source: AFTER-8, AFTER-9.
    """

    amount_gbp: Decimal
    site_in_plan_area: bool
    permitted_on: date
    permitted_by_order: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourhoodShare:
    """What is to be passed on for one parish and one financial year, pounds to the penny.

    Attributes:
        with_plan_gbp: the higher share, which has no limit.
        without_plan_gbp: the lower share, after the limit.
        limit_gbp: the limit of the lower share.
    """

    with_plan_gbp: Decimal
    without_plan_gbp: Decimal
    limit_gbp: Decimal

    @property
    def total_gbp(self) -> Decimal:
        """Both shares together."""
        return self.with_plan_gbp + self.without_plan_gbp


def levy_rate(receipt: LevyReceipt, *, plan_in_place_from: date | None) -> Decimal:
    """Return the share of one receipt that goes to the neighbourhood: by its site and its permission, not its parish.

    Args:
        receipt: the levy of one development.
        plan_in_place_from: first day on which the neighbourhood plan was in place; None where there is none.

    Source: AFTER-7, AFTER-8, AFTER-9 (Unverified: the day the plan must be in place), Community Infrastructure Levy
    Regulations 2010 reg 59A.
    """
    if receipt.permitted_by_order:
        return SHARE_WITH_PLAN
    planned = plan_in_place_from is not None and receipt.permitted_on >= plan_in_place_from
    return SHARE_WITH_PLAN if planned and receipt.site_in_plan_area else SHARE_WITHOUT_PLAN


def neighbourhood_share(
    receipts: Sequence[LevyReceipt],
    *,
    plan_in_place_from: date | None,
    dwellings: int,
    index: Decimal = Decimal(1),
) -> NeighbourhoodShare:
    """Return the neighbourhood share of a financial year's receipts in one parish.

    Args:
        receipts: every development's levy received in the year.
        plan_in_place_from: first day on which the neighbourhood plan was in place; None where there is none.
        dwellings: council-tax dwellings of the whole parish, in the plan area or not.
        index: what the limit per dwelling is multiplied by for the year.

    Raises: ValueError for an amount, an index or a number of dwellings below zero.
    Source: AFTER-7, AFTER-8, AFTER-10 (Unverified: without a parish council the authority keeps the same share and
    spends it in agreement with the community), reg 59A.
    """
    if dwellings < 0 or index < 0 or any(receipt.amount_gbp < 0 for receipt in receipts):
        raise ValueError("amounts, dwellings and the index cannot be below zero: correct the figure.")
    sums = {SHARE_WITH_PLAN: Decimal(0), SHARE_WITHOUT_PLAN: Decimal(0)}
    for receipt in receipts:
        rate = levy_rate(receipt, plan_in_place_from=plan_in_place_from)
        sums[rate] += receipt.amount_gbp * rate
    limit = lower_share_limit(dwellings, index)
    return NeighbourhoodShare(
        with_plan_gbp=to_penny(sums[SHARE_WITH_PLAN]),
        without_plan_gbp=min(to_penny(sums[SHARE_WITHOUT_PLAN]), limit),
        limit_gbp=limit,
    )


def lower_share_limit(dwellings: int, index: Decimal) -> Decimal:
    """Return the most that the lower share can come to in a parish in one financial year, pounds to the penny.

    Args:
        dwellings: council-tax dwellings of the whole parish, in the plan area or not.
        index: what the limit per dwelling is multiplied by for the year.

    Source: AFTER-7, AFTER-8, reg 59A.
    """
    return to_penny(LIMIT_PER_DWELLING_GBP * dwellings * index)


def levy_payment_day(received_on: date) -> date:
    """Return the last day for paying over what was received on a day: 28 October or 28 April.

    Source: AFTER-11, reg 59D.
    """
    if _APRIL <= received_on.month < _OCTOBER:
        return date(received_on.year, _OCTOBER, _DAY_OF_PAYMENT)
    return date(received_on.year + (received_on.month >= _OCTOBER), _APRIL, _DAY_OF_PAYMENT)


def to_penny(amount: Decimal) -> Decimal:
    """Return an amount of pounds to the penny, half a penny rounded up."""
    return amount.quantize(PENNY, ROUND_HALF_UP)
