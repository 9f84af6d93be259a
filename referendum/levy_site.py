"""The neighbourhood share of one development's levy, told line by line: by the site's own land, not by its parish."""

from collections.abc import Sequence
from decimal import Decimal

from referendum.levy import (
    LIMIT_PER_DWELLING_GBP,
    SHARE_WITH_PLAN,
    LevyReceipt,
    levy_payment_day,
    levy_rate,
    lower_share_limit,
    to_penny,
)
from referendum.levy_facts import LevyLine, LevyParish, LevyPayment, SiteLevy, SitePart, SiteReceipt
from referendum.levy_words import pounds, rate_line, receiver, share_line, when


def levy_of_site(parts: Sequence[SitePart], receipt: SiteReceipt) -> SiteLevy:
    """Return what goes to the neighbourhood for one development, parish by parish, with its arithmetic.

    Args:
        parts: the land of the site, cut wherever the parish or the rate changes; their shares come to 1.
        receipt: what was received, and the figures of the year.

    Raises: ValueError for an amount, an index or a number below zero, shares that do not come to 1, or a parish
    with land at the lower rate whose dwellings are not given.
    Source: AFTER-7, AFTER-8 (Unverified: land shares stand for what is built on each part), AFTER-9, AFTER-10
    (Unverified), AFTER-11, Community Infrastructure Levy Regulations 2010 regs 59A, 59D.
    """
    _refuse_below_zero(receipt)
    if sum(part.share for part in parts) != 1:
        raise ValueError("the parts of the site must come to the whole of it: correct their shares.")
    parishes = {_code(part): part.parish for part in parts}
    payments = [
        _payment(parish, [part for part in parts if _code(part) == code], receipt) for code, parish in parishes.items()
    ]
    pay_by = None if receipt.received_on is None else levy_payment_day(receipt.received_on)
    return SiteLevy(payments=tuple(payments), pay_by=pay_by, when=when(receipt.received_on))


def _refuse_below_zero(receipt: SiteReceipt) -> None:
    amounts = [receipt.amount_gbp, receipt.index, *receipt.already_gbp.values()]
    if any(amount < 0 for amount in amounts) or any(number < 0 for number in receipt.dwellings.values()):
        raise ValueError("amounts, dwellings and the index cannot be below zero: correct the figure.")


def _code(part: SitePart) -> str:
    return "" if part.parish is None else part.parish.code


def _payment(parish: LevyParish | None, parts: Sequence[SitePart], receipt: SiteReceipt) -> LevyPayment:
    lines: list[LevyLine] = []
    higher = lower = Decimal(0)
    for part in parts:
        amount = receipt.amount_gbp * part.share
        if part.share != 1:
            lines.append(share_line(part, receipt, amount))
        rate = _rate(part, receipt, amount)
        lines.append(rate_line(part, receipt, rate, amount))
        if rate == SHARE_WITH_PLAN:
            higher += amount * rate
        else:
            lower += amount * rate
    limit = _limit(parish, receipt, lines) if lower else None
    with_plan, without_plan = to_penny(higher), to_penny(lower)
    if limit is not None and without_plan > limit:
        words = f"{pounds(without_plan)} is more than that, so the lower share stops at {pounds(limit)}."
        lines.append(LevyLine(words=words, rules=("AFTER-7",), amount_gbp=limit))
        without_plan = limit
    to, is_kept, who = receiver(parish, receipt.authority)
    lines.append(LevyLine(words=who, rules=("AFTER-10",) if is_kept else ("AFTER-7",)))
    return LevyPayment(
        parish=parish,
        to=to,
        is_kept=is_kept,
        with_plan_gbp=with_plan,
        without_plan_gbp=without_plan,
        limit_gbp=limit,
        lines=tuple(lines),
    )


def _rate(part: SitePart, receipt: SiteReceipt, amount: Decimal) -> Decimal:
    levy = LevyReceipt(
        amount_gbp=amount,
        site_in_plan_area=part.plan is not None,
        permitted_on=receipt.permitted_on,
        permitted_by_order=part.order is not None,
    )
    return levy_rate(levy, plan_in_place_from=None if part.plan is None else part.plan.in_place_from)


def _limit(parish: LevyParish | None, receipt: SiteReceipt, lines: list[LevyLine]) -> Decimal | None:
    code = "" if parish is None else parish.code
    dwellings = receipt.dwellings.get(code)
    if dwellings is None and parish is None:
        words = "This land is in no parish, so no limit by the number of a parish's homes is worked out."
        lines.append(LevyLine(words=words, rules=("AFTER-10",)))
        return None
    if dwellings is None:
        raise ValueError(f"the dwellings of {parish.name if parish else 'the parish'} are not given: add their number.")
    whole, already = lower_share_limit(dwellings, receipt.index), receipt.already_gbp.get(code, Decimal(0))
    name = "this land's neighbourhood" if parish is None else f"the whole parish of {parish.name}"
    words = (
        f"The lower share has a limit in a financial year: {pounds(LIMIT_PER_DWELLING_GBP)} times {dwellings:,} homes "
        f"of {name} times index {receipt.index} is {pounds(whole)}."
    )
    lines.append(LevyLine(words=words, rules=("AFTER-7", "AFTER-8"), amount_gbp=whole))
    if not already:
        return whole
    left = max(whole - to_penny(already), Decimal("0.00"))
    words = f"{pounds(already)} of it has been passed on in the same year already, so {pounds(left)} is left."
    lines.append(LevyLine(words=words, rules=("AFTER-7",), amount_gbp=left))
    return left
