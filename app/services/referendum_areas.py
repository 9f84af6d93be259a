"""The area of a referendum, decided on the examiner's report: never smaller than the neighbourhood area (EXAM-4)."""

from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry

from app.audit import Deed
from app.db import WriteSession
from app.errors import InvalidRequestError
from app.models import Examination, Plan
from app.services.examinations import (
    facts_of_examination,
    keep_examination,
)
from app.services.plans import current_line
from app.services.reports import examination_to_decide
from geo.boundary import boundary
from geo.measure import greatest_width_m, land
from geo.topology import TOLERANCE_M

NEIGHBOURHOOD_AREA, EXTENDED = "neighbourhood-area", "extended"


def decide_referendum_area(
    session: WriteSession, deed: Deed, reference: str, *, extended_bng: BaseGeometry | None, reasons: str
) -> Examination:
    """Keep the decision on the referendum area: the neighbourhood area, or one that is larger.

    Args: extended_bng: the extended area, EPSG:27700; None where it is the neighbourhood area.

    Raises:
        InvalidRequestError: it leaves out part of the neighbourhood area, or no reasons are given.

    Source: EXAM-4, EXAM-9, STEP-12, Town and Country Planning Act 1990 Sch 4B para 12(7)-(9).
    """
    plan, found = examination_to_decide(session, deed, reference)
    if not reasons.strip():
        raise InvalidRequestError("Give the reasons for this referendum area: they are published.")
    if extended_bng is not None:
        refuse_smaller_area(plan, boundary(extended_bng), found.report_on or found.proposed_on)
    before = facts_of_examination(found)
    found.area_choice = EXTENDED if extended_bng is not None else NEIGHBOURHOOD_AREA
    found.area_reasons = reasons.strip()
    found.geometry = boundary(extended_bng) if extended_bng is not None else None
    keep_examination(session, deed, found, before=before)
    return found


def refuse_smaller_area(plan: Plan, extended_bng: BaseGeometry, on: date) -> None:
    """Refuse a referendum area that leaves out part of the neighbourhood area by more than a sliver.

    Raises:
        InvalidRequestError: it does.

    Source: EXAM-4.
    """
    left_out = land(shapely.difference(current_line(plan.area, on), extended_bng))
    if not left_out.is_empty and greatest_width_m(left_out) > TOLERANCE_M:
        raise InvalidRequestError(
            f"This referendum area leaves out {left_out.area / 10_000:.2f} hectares of {plan.area.name}: "
            "it may be larger than the neighbourhood area, never smaller (EXAM-4)."
        )
