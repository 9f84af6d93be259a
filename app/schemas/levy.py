"""The neighbourhood share of the levy, into and out of the API and the command line."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from app.queries.levy import LevyAnswer
from app.schemas.common import Named, Shape
from referendum.levy_facts import InstrumentInPlace, LevyLine, LevyPayment, SitePart

LEVY_SCHEMA = "folkmoot.levy/1"

Pounds = Annotated[Decimal, Field(ge=0, le=10_000_000_000, decimal_places=2)]
Homes = Annotated[int, Field(ge=0, le=10_000_000)]
Index = Annotated[Decimal, Field(ge=0, le=100, decimal_places=6)]


class LevyIn(Shape):
    """A development: its site (GeoJSON, or easting and northing in metres), its permission, and the year's figures.

    `dwellings` and `already_gbp` are one figure where the site lies in one parish, or figures by parish name or code.
    """

    site: dict[str, Any] | None = None
    easting: Annotated[float, Field(ge=0, le=700_000)] | None = None
    northing: Annotated[float, Field(ge=0, le=1_300_000)] | None = None
    permitted_on: date
    amount_gbp: Pounds
    dwellings: Homes | Annotated[dict[str, Homes], Field(max_length=50)] | None = None
    already_gbp: Pounds | Annotated[dict[str, Pounds], Field(max_length=50)] | None = None
    index: Index = Decimal(1)
    permitted_by_order: bool = False
    received_on: date | None = None


class LevyInstrumentOut(Shape):
    """A plan or order in place on part of the site."""

    reference: str
    title: str
    in_place_from: date
    made_on: date | None


class LevyPartOut(Shape):
    """Land of the site on which one rate holds."""

    share: Decimal
    parish: Named | None
    plan: LevyInstrumentOut | None
    order: LevyInstrumentOut | None


class LevyLineOut(Shape):
    """One step of the arithmetic."""

    words: str
    rules: list[str]
    amount_gbp: Decimal | None


class LevyPaymentOut(Shape):
    """What goes to the neighbourhood for the land in one parish."""

    parish: Named | None
    has_council: bool | None
    to: str
    is_kept_by_authority: bool
    amount_gbp: Decimal
    with_plan_gbp: Decimal
    without_plan_gbp: Decimal
    limit_gbp: Decimal | None
    lines: list[LevyLineOut]


class LevyOut(Shape):
    """The neighbourhood share of one development, with its arithmetic."""

    authority: Named
    permitted_on: date
    received_gbp: Decimal
    total_gbp: Decimal
    pay_by: date | None
    payment_days: LevyLineOut
    parts: list[LevyPartOut]
    payments: list[LevyPaymentOut]


def levy_out(answer: LevyAnswer) -> LevyOut:
    """Return an answer as it is published."""
    return LevyOut(
        authority=Named(reference=answer.authority.code, name=answer.authority.name),
        permitted_on=answer.question.permitted_on,
        received_gbp=answer.question.amount_gbp,
        total_gbp=answer.levy.total_gbp,
        pay_by=answer.levy.pay_by,
        payment_days=_line(answer.levy.when),
        parts=[_part(part) for part in answer.parts],
        payments=[_payment(payment) for payment in answer.levy.payments],
    )


def _line(line: LevyLine) -> LevyLineOut:
    return LevyLineOut(words=line.words, rules=list(line.rules), amount_gbp=line.amount_gbp)


def _instrument(found: InstrumentInPlace | None) -> LevyInstrumentOut | None:
    return None if found is None else LevyInstrumentOut.model_validate(found)


def _part(part: SitePart) -> LevyPartOut:
    parish = None if part.parish is None else Named(reference=part.parish.code, name=part.parish.name)
    return LevyPartOut(share=part.share, parish=parish, plan=_instrument(part.plan), order=_instrument(part.order))


def _payment(payment: LevyPayment) -> LevyPaymentOut:
    parish = payment.parish
    return LevyPaymentOut(
        parish=None if parish is None else Named(reference=parish.code, name=parish.name),
        has_council=False if parish is None else parish.has_council,
        to=payment.to,
        is_kept_by_authority=payment.is_kept,
        amount_gbp=payment.amount_gbp,
        with_plan_gbp=payment.with_plan_gbp,
        without_plan_gbp=payment.without_plan_gbp,
        limit_gbp=payment.limit_gbp,
        lines=[_line(line) for line in payment.lines],
    )
