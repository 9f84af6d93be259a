"""The page on which a planning officer draws the referendum area, sees what it comes to, and decides on it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from shapely import MultiPolygon

from app.auth import ExamineDeed
from app.db import ReadSession, WriteSession
from app.errors import InvalidRequestError, NotAllowedError, ServiceError
from app.models import Examination
from app.routing import Route
from app.schemas.drafts import bng_shape
from app.schemas.referendum_area import figures_out
from app.services import referendum_areas
from app.services.boundaries import geometry_hash
from app.services.draft_starts import Part
from app.services.examinations import authority_only
from app.services.plan_facts import PlanCase
from app.services.referendum_area_figures import figures_of
from app.services.referendum_area_parts import Place, places_near, with_places
from app.services.referendum_areas import line_as_decided, line_to_hold
from app.services.reports import why_not_to_decide
from app.state import CurrentState, Reading, Writing
from app.web.case_forms import Typed, TypedIn
from app.web.case_page import BASE, case_for, crumbs_to
from app.web.case_tasks import base_of
from app.web.examination_parts import examination_in
from app.web.fields import FieldError, errors_of
from app.web.form_page import Errors, form_page, see
from app.web.sent_line import line_of
from geo.boundary import boundary
from geo.electorate import Extent
from geo.errors import GeoError
from geo.reading import read_geojson_geometry
from geo.validity import is_valid_ogc
from referendum.errors import ReferendumError

router = APIRouter(route_class=Route, include_in_schema=False)

AREAS = ((referendum_areas.NEIGHBOURHOOD_AREA, "The neighbourhood area"), (referendum_areas.EXTENDED, "A larger area"))
KINDS: Mapping[str, str] = {
    "parish": "Parishes",
    "polling-district": "Polling districts",
    "relevant-council": "Whole councils",
    "authority": "Whole councils",
}
LOOK_FIRST = "The line has changed. Look at the figures, then save the decision."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """The page as it is to be shown.

    Attributes:
        case: whose page it is.
        found: its examination.
        neighbourhood_bng: the line that the referendum area must hold.
        line_bng: the line as drawn so far.
        choice, reasons: what is chosen and typed.
        is_sent: the line is what somebody sent, not what is stored.
        note: what to do now.
    """

    case: PlanCase
    found: Examination
    neighbourhood_bng: MultiPolygon
    line_bng: MultiPolygon
    choice: str
    reasons: str
    is_sent: bool = False
    note: str = ""


@router.get(f"{BASE}/referendum-area")
def show_area(
    request: Request, state: CurrentState, session: Reading, deed: ExamineDeed, reference: str
) -> HTMLResponse:
    """Show the referendum area as decided, or the neighbourhood area until it is, ready to be drawn larger."""
    authority_only(session, deed, reference, "The referendum area")
    case, today = case_for(session, deed, reference), state.clock.today()
    found = examination_in(case)
    drawn = _Drawn(
        case=case,
        found=found,
        neighbourhood_bng=line_to_hold(case.plan, found, today),
        line_bng=line_as_decided(case.plan, found, today),
        choice=found.area_choice,
        reasons=found.area_reasons,
    )
    return _page(request, session, drawn, today)


@router.post(f"{BASE}/referendum-area")
def area_sent(
    request: Request, state: CurrentState, session: Writing, deed: ExamineDeed, *, reference: str, typed: TypedIn
) -> Response:
    """Decide on the referendum area; or show what the line comes to, where that is asked or nobody has seen it yet."""
    case, today = case_for(session, deed, reference), state.clock.today()
    drawn, errors = _read(session, case, typed, today)
    if errors or typed.values.get("act") == "figures":
        return _page(request, session, drawn, today, errors=errors)
    try:
        if drawn.choice not in dict(AREAS):
            raise FieldError("who", "Choose who is to vote.")
        is_extended = drawn.choice == referendum_areas.EXTENDED
        if drawn.note:
            return _page(request, session, drawn, today)
        if not typed.text("reasons"):
            raise FieldError("reasons", "Give the reasons for this referendum area: they are published.")
        with session.begin_nested():
            referendum_areas.decide_referendum_area(
                session,
                deed,
                reference,
                extended_bng=drawn.line_bng if is_extended else None,
                reasons=typed.text("reasons"),
            )
    except NotAllowedError:
        raise
    except ServiceError as refusal:
        return _page(request, session, drawn, today, errors=errors_of(refusal, "places"))
    except (ReferendumError, GeoError) as refusal:
        return _page(request, session, drawn, today, errors=[("places", str(refusal))])
    return see(base_of(case))


def _read(session: WriteSession, case: PlanCase, typed: Typed, today: date) -> tuple[_Drawn, Errors]:
    """Return the page that was sent: its line with the ticked places and the file, or as it was and what is wrong."""
    found = examination_in(case)
    neighbourhood = line_to_hold(case.plan, found, today)
    before, after, errors, sent = neighbourhood, neighbourhood, [], None
    try:
        sent = _line_sent(typed)
        before = after = sent or neighbourhood
        after = _line_made(session, typed, before, neighbourhood, today)
    except FieldError as refusal:
        errors = list(errors_of(refusal, "file"))
    except (ServiceError, GeoError) as refusal:
        errors = [("places", str(refusal))]
    drawn = _Drawn(
        case=case,
        found=found,
        neighbourhood_bng=neighbourhood,
        line_bng=after,
        choice=typed.values.get("choice", "") if after is before else referendum_areas.EXTENDED,
        reasons=typed.values.get("reasons", ""),
        is_sent=sent is not None,
        note="" if after is before else LOOK_FIRST,
    )
    return drawn, errors


def _line_sent(typed: Typed) -> MultiPolygon | None:
    """Return the line that the page held: from the script as a file of any size, else from the hidden field."""
    sent = typed.files.get("line")
    text = sent.content.decode("utf-8", "replace") if sent is not None else typed.values.get("line", "")
    if not text.strip():
        return None
    try:
        document = json.loads(text)
    except ValueError as problem:
        raise InvalidRequestError("The line did not arrive whole: open this page anew and draw it again.") from problem
    if not isinstance(document, dict):
        raise InvalidRequestError("The line did not arrive whole: open this page anew and draw it again.")
    return boundary(read_geojson_geometry(document).geometry_bng)


def _line_made(
    session: WriteSession, typed: Typed, before: MultiPolygon, neighbourhood: MultiPolygon, today: date
) -> MultiPolygon:
    """Return the line after the file and the ticks of a page without a script; the very same where neither says more.

    Raises:
        FieldError: the file cannot be used.
    """
    if "file" in typed.files:
        try:
            return boundary(line_of(typed.files["file"]))
        except (GeoError, InvalidRequestError) as refusal:
            raise FieldError("file", str(refusal)) from refusal
    if not typed.is_ticked("places_shown"):
        return before
    ticked = set(typed.lists.get("place", ()))
    free = [each for each in _offered(session, before, neighbourhood, today) if not each.is_held]
    added = [each.part for each in free if key_of(each.part) in ticked and each.extent is not Extent.WHOLE]
    taken = [each.part for each in free if key_of(each.part) not in ticked and each.extent is Extent.WHOLE]
    if not added and not taken:
        return before
    return with_places(session, before, neighbourhood, added=added, taken=taken, on=today)


def _offered(
    session: ReadSession | WriteSession, line: MultiPolygon, neighbourhood: MultiPolygon, today: date
) -> list[Place]:
    return places_near(session, line if is_valid_ogc(line) else neighbourhood, neighbourhood, today)


def key_of(part: Part) -> str:
    """Return the name by which a form ticks a place."""
    return f"{part.kind.value}:{part.authority_code}:{part.code}"


def _page(
    request: Request, session: ReadSession | WriteSession, drawn: _Drawn, today: date, *, errors: Errors = ()
) -> HTMLResponse:
    plan = drawn.case.plan
    offered = _offered(session, drawn.line_bng, drawn.neighbourhood_bng, today)
    facts = {
        "plan": plan,
        "base": base_of(drawn.case),
        "found": drawn.found,
        "line": json.dumps(bng_shape(drawn.line_bng)),
        "neighbourhood": json.dumps(bng_shape(drawn.neighbourhood_bng)),
        "mark": geometry_hash(line_as_decided(plan, drawn.found, today)),
        "is_sent": drawn.is_sent,
        "note": drawn.note,
        "figures": figures_out(plan.reference, figures_of(session, plan, drawn.line_bng, today)),
        "kinds": _by_kind([each for each in offered if not each.is_held]),
        "held": [each.name for each in offered if each.is_held],
        "closed": why_not_to_decide(plan, drawn.found),
        "areas": AREAS,
        "choice": drawn.choice,
        "reasons": drawn.reasons,
    }
    return form_page(
        request,
        "cases/referendum_area.html",
        facts,
        errors=errors,
        section="/cases",
        crumbs=crumbs_to(drawn.case),
    )


def _by_kind(offered: Sequence[Place]) -> list[tuple[str, list[tuple[str, Place]]]]:
    groups: dict[str, list[tuple[str, Place]]] = {}
    for each in offered:
        groups.setdefault(KINDS[each.part.kind.value], []).append((key_of(each.part), each))
    return list(groups.items())
