"""The number of entries that an information statement gives, and how it came about."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.db import ReadSession, WriteSession
from app.models import Referendum
from app.services.business_counts import frozen_business
from app.services.electorates import frozen_electorate
from app.services.registers import register_by_id
from referendum.law import expenses_limit_gbp

_PERIOD_BEGINS = "E0"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackNumber:
    """How many entries the expenses limit is worked out from.

    Attributes:
        register_id: the register version that was counted.
        as_at: the day that the register speaks of.
        in_area: entries in the referendum area.
        overseas: those of them of overseas electors, who are on no register of local government electors.
        businesses: businesses on the first list of ratepayers; None where there is no business poll.
        is_whole: whether every council's register is in it; elsewhere the others' entries come on top.
    """

    register_id: int
    as_at: date
    in_area: int
    overseas: int
    businesses: int | None
    is_whole: bool

    @property
    def entries(self) -> int:
        """The number itself."""
        return self.in_area - self.overseas + (self.businesses or 0)

    @property
    def limit_gbp(self) -> Decimal:
        """The expenses limit that follows from it, in pounds."""
        return expenses_limit_gbp(self.entries)


def frozen_number(session: ReadSession | WriteSession, referendum: Referendum) -> PackNumber | None:
    """Return the number as it is frozen; None while the electorate E0, or the businesses of E0, are not.

    Source: REF-18, REF-19, T-22, Neighbourhood Planning (Referendums) Regulations 2012 reg 6(1).
    """
    residents = frozen_electorate(session, referendum, _PERIOD_BEGINS)
    business = frozen_business(session, referendum, _PERIOD_BEGINS)
    if residents is None or (referendum.has_business_poll and business is None):
        return None
    return PackNumber(
        register_id=residents.register_id,
        as_at=register_by_id(session, residents.register_id).as_at,
        in_area=residents.entries_in_area,
        overseas=int(residents.document["not_entitled"]["overseas"]),
        businesses=None if business is None else business.holders,
        is_whole=not referendum.is_cross_boundary,
    )
