"""What is known of a development's site and levy, and what is answered: parts of the land, lines of the arithmetic."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentInPlace:
    """A plan or order in place where part of the site lies.

    Attributes:
        reference, title: as it is published.
        in_place_from: the first day on which it was part of the development plan.
        made_on: the day on which the authority made it; None where it has not.
    """

    reference: str
    title: str
    in_place_from: date
    made_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevyParish:
    """The parish in which part of the site lies; land in no parish has none.

    Attributes:
        code, name: as the official boundary has them.
        has_council: whether a parish council governs it; None where the source does not say.
    """

    code: str
    name: str
    has_council: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePart:
    """The land of the site in one parish on which one rate holds.

    Attributes:
        share: of the site's land, 0 to 1.
        parish: None for land in no parish.
        plan: the neighbourhood plan in place there when permission was given; None where there was none.
        order: the neighbourhood development order that gave the permission; None where none did.
    """

    share: Decimal
    parish: LevyParish | None
    plan: InstrumentInPlace | None = None
    order: InstrumentInPlace | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReceipt:
    """What was received for the development, and the figures of the year.

    Attributes:
        amount_gbp: levy received, pounds.
        permitted_on: the day on which planning permission first permitted the development.
        authority: name of the charging authority.
        dwellings: council-tax dwellings of each whole parish, by its code; "" is the land in no parish.
        already_gbp: what each parish has had at the lower rate in the same financial year, by its code.
        index: what the limit per dwelling is multiplied by for the year.
        received_on: the day on which the levy was received; None where it is not known yet.
    """

    amount_gbp: Decimal
    permitted_on: date
    authority: str
    dwellings: Mapping[str, int]
    already_gbp: Mapping[str, Decimal]
    index: Decimal = Decimal(1)
    received_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevyLine:
    """One step of the arithmetic: what was done and why, the rules it follows, and what it comes to in pounds."""

    words: str
    rules: tuple[str, ...]
    amount_gbp: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevyPayment:
    """What goes to the neighbourhood for the land in one parish.

    Attributes:
        parish: None for land in no parish.
        to: who has it, in words.
        is_kept: the authority keeps it, and spends it as the community agrees.
        with_plan_gbp: the higher share, which has no limit.
        without_plan_gbp: the lower share, after the limit.
        limit_gbp: what was left of the year's limit; None where nothing is limited.
        lines: the arithmetic.
    """

    parish: LevyParish | None
    to: str
    is_kept: bool
    with_plan_gbp: Decimal
    without_plan_gbp: Decimal
    limit_gbp: Decimal | None
    lines: tuple[LevyLine, ...]

    @property
    def amount_gbp(self) -> Decimal:
        """Both shares together."""
        return self.with_plan_gbp + self.without_plan_gbp


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLevy:
    """The neighbourhood share of one development: a payment for each parish, and the last day for paying it over.

    `pay_by` is None where the day of receipt is not known; `when` says the two days of the year in either case.
    """

    payments: tuple[LevyPayment, ...]
    pay_by: date | None
    when: LevyLine

    @property
    def total_gbp(self) -> Decimal:
        """What goes to all parishes together."""
        return sum((payment.amount_gbp for payment in self.payments), Decimal(0))
