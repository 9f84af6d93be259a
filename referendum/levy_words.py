"""The arithmetic of a neighbourhood share of the levy in words: what was done, why, and under which rule."""

from datetime import date
from decimal import Decimal

from referendum.levy import SHARE_WITH_PLAN, levy_payment_day, to_penny
from referendum.levy_facts import InstrumentInPlace, LevyLine, LevyParish, SitePart, SiteReceipt


def share_line(part: SitePart, receipt: SiteReceipt, amount: Decimal) -> LevyLine:
    """Say how much of the site's land one part is, and of the levy (AFTER-8)."""
    where = "in no parish" if part.parish is None else f"in {part.parish.name}"
    words = (
        f"{part.share * 100:.2f} % of the site's land is {where} {_standing(part)}: that part of "
        f"{pounds(receipt.amount_gbp)} is {pounds(amount)}. We go by land: where homes lie otherwise, ask for each "
        "part by itself."
    )
    return LevyLine(words=words, rules=("AFTER-8",), amount_gbp=to_penny(amount))


def _standing(part: SitePart) -> str:
    if part.order is not None:
        return f"and under {part.order.title}"
    return "and outside any plan in place" if part.plan is None else f"and in the area of {part.plan.title}"


def rate_line(part: SitePart, receipt: SiteReceipt, rate: Decimal, amount: Decimal) -> LevyLine:
    """Say which rate holds on a part, and why (AFTER-7, AFTER-8, AFTER-9)."""
    share = f"{rate * 100:.0f} % of {pounds(amount)} is {pounds(amount * rate)}"
    on = _day(receipt.permitted_on)
    rules: tuple[str, ...] = ("AFTER-7", "AFTER-9")
    if part.order is not None:
        because = f"the permission was given by {part.order.title}"
    elif part.plan is not None and rate == SHARE_WITH_PLAN:
        because = f"{part.plan.title} was in place when permission was given on {on}: {_since(part.plan, receipt)}"
    elif part.plan is not None:
        because = f"{part.plan.title} was not in place yet when permission was given on {on}"
    else:
        because, rules = f"no neighbourhood plan was in place there on {on}", ("AFTER-7", "AFTER-8", "AFTER-9")
    return LevyLine(words=f"{share}, since {because}.", rules=rules, amount_gbp=to_penny(amount * rate))


def _since(plan: InstrumentInPlace, receipt: SiteReceipt) -> str:
    since = f"it counts since {_day(plan.in_place_from)}"
    if plan.made_on is None:
        return f"{since}, by its vote, though it is not made yet"
    if plan.made_on > receipt.permitted_on:
        return f"{since}, by its vote, though it was made only on {_day(plan.made_on)}"
    return since


def receiver(parish: LevyParish | None, authority: str) -> tuple[str, bool, str]:
    """Return who has the share, whether the authority keeps it, and the sentence that says so (AFTER-10)."""
    kept = f"{authority} keeps the share and spends it as agreed with the community."
    if parish is None:
        return authority, True, f"The land is in no parish, so {kept}"
    if parish.has_council is False:
        return authority, True, f"{parish.name} has no parish council, so {kept}"
    council = f"the parish council of {parish.name}"
    if parish.has_council is None:
        told = "We do not hold whether there is one; where there is none, the authority keeps the share."
        return council, False, f"{authority} pays this to {council}. {told}"
    return council, False, f"{authority} pays this to {council}."


def when(received_on: date | None) -> LevyLine:
    """Say by when the share is paid over (AFTER-11)."""
    if received_on is None:
        words = (
            "What is received from 1 April to 30 September is paid over by 28 October, and what is received from "
            "1 October to 31 March by 28 April."
        )
    else:
        words = f"Received on {_day(received_on)}, so it is paid over by {_day(levy_payment_day(received_on))}."
    return LevyLine(words=words, rules=("AFTER-11",))


def pounds(amount: Decimal) -> str:
    """Return an amount as people write it: £1,234.50."""
    return f"£{to_penny(amount):,.2f}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
