"""The area of a referendum, decided on the examiner's report: never smaller than the neighbourhood area (EXAM-4)."""

from datetime import date

import shapely
from shapely import MultiPolygon
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
from geo.findings import Severity
from geo.measure import is_wider_than, land
from geo.topology import TOLERANCE_M
from geo.validity import problems

NEIGHBOURHOOD_AREA, EXTENDED = "neighbourhood-area", "extended"


def decide_referendum_area(
    session: WriteSession, deed: Deed, reference: str, *, extended_bng: BaseGeometry | None, reasons: str
) -> Examination:
    """Keep the decision on the referendum area: the neighbourhood area, or one that is larger.

    Args: extended_bng: the extended area, EPSG:27700; None where it is the neighbourhood area.

    Raises:
        InvalidRequestError: its line is not valid, it leaves out part of the neighbourhood area or adds nothing to it,
            or no reasons are given.

    Source: EXAM-4, EXAM-9, STEP-12, Town and Country Planning Act 1990 Sch 4B para 12(7)-(9).
    """
    plan, found = examination_to_decide(session, deed, reference)
    if not reasons.strip():
        raise InvalidRequestError("Give the reasons for this referendum area: they are published.")
    if extended_bng is not None:
        _refuse(plan, line_to_hold(plan, found, found.proposed_on), boundary(extended_bng))
    before = facts_of_examination(found)
    found.area_choice = EXTENDED if extended_bng is not None else NEIGHBOURHOOD_AREA
    found.area_reasons = reasons.strip()
    found.geometry = boundary(extended_bng) if extended_bng is not None else None
    keep_examination(session, deed, found, before=before)
    return found


def line_to_hold(plan: Plan, found: Examination | None, otherwise: date) -> MultiPolygon:
    """Return the line of the neighbourhood area that the referendum area must hold: that of the day of the report.

    Args:
        plan: whose area it is.
        found: its examination, where there is one.
        otherwise: the day that counts as long as there is no report.

    Source: EXAM-4.
    """
    reported = found.report_on if found is not None else None
    return current_line(plan.area, reported or otherwise)


def line_as_decided(plan: Plan, found: Examination | None, otherwise: date) -> MultiPolygon:
    """Return the referendum area as it was decided, or the neighbourhood area until a larger one was. Source: T-15."""
    if found is not None and found.geometry is not None:
        return boundary(found.geometry)
    return line_to_hold(plan, found, otherwise)


def fault_of_line(plan: Plan, neighbourhood_bng: BaseGeometry, extended_bng: BaseGeometry) -> str | None:
    """Return in one sentence why an area cannot be a referendum area; None where it can.

    Args:
        plan: whose referendum it is.
        neighbourhood_bng: the line it must hold, EPSG:27700 metres, valid.
        extended_bng: the line to look at, the same.

    Source: EXAM-4.
    """
    for problem in problems(extended_bng):
        if problem.severity is Severity.ERROR:
            return problem.message
    left_out = land(shapely.difference(neighbourhood_bng, extended_bng))
    if left_out.is_empty or not is_wider_than(left_out, TOLERANCE_M):
        return None
    name = plan.area.name
    if not shapely.intersects(neighbourhood_bng, extended_bng):
        return (
            f"This line lies wholly outside {name}: a referendum area holds the whole neighbourhood area, "
            "and may be larger (EXAM-4)."
        )
    return (
        f"This referendum area leaves out {left_out.area / 10_000:.2f} hectares of {name}: "
        "it may be larger than the neighbourhood area, never smaller (EXAM-4)."
    )


def is_larger(neighbourhood_bng: BaseGeometry, extended_bng: BaseGeometry) -> bool:
    """Say whether a valid area takes in more than a sliver beyond the neighbourhood area. Source: EXAM-4, T-15."""
    return is_wider_than(land(shapely.difference(extended_bng, neighbourhood_bng)), TOLERANCE_M)


def _refuse(plan: Plan, neighbourhood_bng: BaseGeometry, extended_bng: BaseGeometry) -> None:
    fault = fault_of_line(plan, neighbourhood_bng, extended_bng)
    if fault is not None:
        raise InvalidRequestError(fault)
    if not is_larger(neighbourhood_bng, extended_bng):
        raise InvalidRequestError(
            f"This line is that of {plan.area.name} itself: choose the neighbourhood area, or draw a larger one."
        )
