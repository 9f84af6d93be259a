"""The neighbourhood share of one development's levy, from its site, its permission and the figures of the year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from shapely.geometry.base import BaseGeometry

from app.db import ReadSession
from app.errors import InvalidRequestError
from app.models import Boundary
from app.queries.levy_sites import site_authority, site_parts
from geo.validity import is_valid_ogc
from referendum.levy_facts import LevyParish, SiteLevy, SitePart, SiteReceipt
from referendum.levy_site import levy_of_site

Figure = TypeVar("Figure")


@dataclass(frozen=True, slots=True, kw_only=True)
class LevyQuestion:
    """A development's site, its permission, and the figures of the year.

    Attributes:
        site_bng: a point or the outline of the site, EPSG:27700 metres.
        permitted_on: the day on which planning permission first permitted the development.
        amount_gbp: levy received, pounds.
        dwellings: council-tax dwellings by parish, by code or name in any case; "" is the one parish that the site
            lies in.
        already_gbp: what each parish has had at the lower rate in the same year, by the same names.
        index: what the limit per dwelling is multiplied by for the year.
        permitted_by_order: a neighbourhood development order gave the permission.
        received_on: the day on which the levy was received; None where it is not known yet.
    """

    site_bng: BaseGeometry
    permitted_on: date
    amount_gbp: Decimal
    dwellings: Mapping[str, int] = field(default_factory=dict)
    already_gbp: Mapping[str, Decimal] = field(default_factory=dict)
    index: Decimal = Decimal(1)
    permitted_by_order: bool = False
    received_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevyAnswer:
    """What was found of the site, and the share with its arithmetic.

    Attributes:
        question: what was asked.
        authority: the planning authority in which the site lies.
        parts: the land of the site, cut wherever the parish or the rate changes.
        levy: the payments.
    """

    question: LevyQuestion
    authority: Boundary
    parts: tuple[SitePart, ...]
    levy: SiteLevy


class MissingDwellingsError(InvalidRequestError):
    """A parish's number of homes is needed; `parishes` names each parish of the site, for the form to ask again."""

    def __init__(self, message: str, parishes: tuple[str, ...]) -> None:
        super().__init__(message)
        self.parishes = parishes


def levy_share(session: ReadSession, question: LevyQuestion) -> LevyAnswer:
    """Return the neighbourhood share of one development, with the boundaries and plans of the day of its permission.

    Raises:
        InvalidRequestError: the outline crosses itself, the site lies in no planning authority or in several, no
            order is in force where one is said to have given permission, or a figure is below zero.
        MissingDwellingsError: a parish with land at the lower rate whose number of homes is not given.

    Source: AFTER-7, AFTER-8, AFTER-9, AFTER-10 (Unverified), AFTER-11, T-37.
    """
    if not is_valid_ogc(question.site_bng):
        raise InvalidRequestError("The outline of the site crosses itself: put the line right and send it again.")
    site, on = question.site_bng, question.permitted_on
    authority = site_authority(session, site, on)
    parts = site_parts(session, site, on, permitted_by_order=question.permitted_by_order)
    parishes = {part.parish.code: part.parish for part in parts if part.parish is not None}
    receipt = SiteReceipt(
        amount_gbp=question.amount_gbp,
        permitted_on=question.permitted_on,
        authority=authority.name,
        dwellings=_by_code(question.dwellings, parishes, "homes"),
        already_gbp=_by_code(question.already_gbp, parishes, "amount already passed on"),
        index=question.index,
        received_on=question.received_on,
    )
    _refuse_missing(parts, receipt, parishes)
    try:
        levy = levy_of_site(parts, receipt)
    except ValueError as problem:
        raise InvalidRequestError(f"{str(problem)[:1].upper()}{str(problem)[1:]}") from problem
    return LevyAnswer(question=question, authority=authority, parts=parts, levy=levy)


def _by_code(figures: Mapping[str, Figure], parishes: Mapping[str, LevyParish], what: str) -> Mapping[str, Figure]:
    """Return figures by the codes of the site's parishes."""
    names = {name.casefold(): code for code, parish in parishes.items() for name in (code, parish.name)}
    names[""] = next(iter(parishes), "")
    if "" in figures and len(parishes) > 1:
        raise MissingDwellingsError(_each_by_name(parishes, what), tuple(each.name for each in parishes.values()))
    unknown = [name for name in figures if name.casefold() not in names]
    if unknown:
        known = ", ".join(each.name for each in parishes.values()) or "no parish"
        raise InvalidRequestError(f"“{unknown[0][:60]}” is no parish of this site, which lies in {known}.")
    return {names[name.casefold()]: figure for name, figure in figures.items()}


def _each_by_name(parishes: Mapping[str, LevyParish], what: str) -> str:
    names = [each.name for each in parishes.values()]
    example = "; ".join(f"{name}: 120" for name in names)
    return f"The site lies in {' and '.join(names)}: give the {what} of each by its name, such as {example}."


def _refuse_missing(parts: Sequence[SitePart], receipt: SiteReceipt, parishes: Mapping[str, LevyParish]) -> None:
    for part in parts:
        if part.parish is None or part.plan is not None or part.order is not None:
            continue
        if part.parish.code not in receipt.dwellings:
            words = (
                f"Give the number of homes in the parish of {part.parish.name}: the share is limited by it, since no "
                "neighbourhood plan was in place on the site."
                if len(parishes) == 1
                else _each_by_name(parishes, "homes")
            )
            raise MissingDwellingsError(words, tuple(each.name for each in parishes.values()))
