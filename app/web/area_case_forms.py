"""The forms of an area's case: what was typed, and what the services are told of it."""

import json
from datetime import date

import shapely
from pydantic import BaseModel
from shapely.geometry.base import BaseGeometry

from app.db import WriteSession
from app.errors import NotFoundError
from app.models import ConsentPurpose, NeighbourhoodArea
from app.queries.area_offers import offers_for
from app.queries.places import land_of
from app.services.area_consents import ConsentFacts
from app.services.area_decisions import DecisionFacts
from app.services.area_steps import PartsFacts
from app.services.modifications import ChangeFacts, ChangeKind
from app.web.fields import FieldError, no_longer_than, optional_day, typed_day
from geo.errors import GeoError
from geo.measure import land
from geo.reading import read_geojson_geometry
from referendum.area_refusals import Ground

_LONG = 20_000


class AreaCaseForm(BaseModel):
    """Everything that can be typed on the page of a case; each form of it sends its own part."""

    publicised_on: str = ""
    closes_on: str = ""
    map_scale: str = ""
    body_statement: str = ""
    purpose: str = ""
    body_code: str = ""
    given_on: str = ""
    minute: str = ""
    authority_code: str = ""
    outcome: str = ""
    ground: str = ""
    line: str = ""
    decided_on: str = ""
    published_on: str = ""
    reasons: str = ""
    is_business_area: str = ""
    business_area_reasons: str = ""
    told_on: str = ""
    withdrawn_on: str = ""
    withdrawn_because: str = ""
    kind: str = ""
    piece: str = ""
    others: str = ""
    name: str = ""
    changed_on: str = ""
    applied_by: str = ""
    applied_parish_code: str = ""
    applied_on: str = ""
    change_reasons: str = ""
    change_is_business: str = ""
    change_business_reasons: str = ""
    form_token: str = ""

    @classmethod
    def for_today(cls, today: date, authority_code: str) -> "AreaCaseForm":
        """Return the form with today in its dates and one's own authority in its place."""
        day = today.isoformat()
        return cls(decided_on=day, changed_on=day, told_on=day, withdrawn_on=day, authority_code=authority_code)


def parts_facts(typed: AreaCaseForm) -> PartsFacts:
    """Return the parts of the application that were typed.

    Raises:
        FieldError: the scale is no number, or nothing was typed.
    """
    text = typed.map_scale.replace(",", "").replace("1:", "").strip()
    if text and not (text.isascii() and text.isdigit() and len(text) < 9):  # noqa: PLR2004 - a scale has few digits
        raise FieldError("map_scale", "Write the scale as a number: 5000 for a map at 1 to 5,000.")
    body = no_longer_than("body_statement", typed.body_statement, _LONG)
    if not text and not body:
        raise FieldError("map_scale", "Write the scale of the map, or the statement, or both.")
    return PartsFacts(map_scale=int(text) if text else None, body_statement=body or None)


def consent_facts(typed: AreaCaseForm) -> ConsentFacts:
    """Return the consent that was typed.

    Raises:
        FieldError: naming the field that is missing or cannot be used.
    """
    if typed.purpose not in set(ConsentPurpose):
        raise FieldError("purpose", "Choose what the consent is for.")
    return ConsentFacts(
        purpose=ConsentPurpose(typed.purpose),
        body_code=no_longer_than("body_code", typed.body_code, 80),
        given_on=typed_day("given_on", typed.given_on),
        minute=no_longer_than("minute", typed.minute, 200),
    )


def decision_facts(session: WriteSession, area: NeighbourhoodArea, typed: AreaCaseForm, today: date) -> DecisionFacts:
    """Return the decision that was typed, with the line that its outcome designates.

    Raises:
        FieldError: naming the field that is missing or cannot be used.

    Source: AREA-9, AREA-16, AREA-18, AREA-19.
    """
    offers = offers_for(session, area, today)
    if typed.outcome not in {"designate", "clean-edge", "carve-out", "part", "refuse"}:
        raise FieldError("outcome", "Choose what is decided.")
    if typed.is_business_area not in {"yes", "no"}:
        raise FieldError("is_business_area", "Say whether it is a business area: it must be considered (AREA-19).")
    refuses = typed.outcome in {"part", "refuse"}
    line: BaseGeometry | None = None
    if typed.outcome == "clean-edge" and offers.clean is not None:
        line = offers.clean.candidate
    elif typed.outcome == "part":
        line = typed_land(session, "line", typed.line, today) if typed.line.strip() else offers.left
        line = _within(line, area)
    ground = Ground.NOT_APPROPRIATE if typed.outcome == "part" else _ground(typed)
    return DecisionFacts(
        authority_code=typed.authority_code.strip(),
        designate=not refuses,
        decided_on=typed_day("decided_on", typed.decided_on),
        published_on=optional_day("published_on", typed.published_on),
        reasons=_needed("reasons", typed.reasons, "Give the reasons: the applicant must be told them."),
        is_business_area=typed.is_business_area == "yes",
        business_area_reasons=_needed(
            "business_area_reasons", typed.business_area_reasons, "Say why it is, or is not, a business area."
        ),
        ground=ground if refuses else None,
        line_bng=line,
        modifies=tuple(each.reference for each in offers.overlaps) if typed.outcome == "carve-out" else (),
    )


def _within(line: BaseGeometry | None, area: NeighbourhoodArea) -> BaseGeometry:
    """Return the part of some land that was applied for; a whole parish may be named for it."""
    if line is None:
        raise FieldError("line", "No land is left, so none can be designated: refuse it, or name land applied for.")
    shared = land(shapely.intersection(line, area.applications[-1].geometry))
    if shared.is_empty:
        raise FieldError("line", "None of that land was applied for: name land inside the line of the application.")
    return shared


def _ground(typed: AreaCaseForm) -> Ground | None:
    if typed.outcome == "refuse" and typed.ground not in set(Ground):
        raise FieldError("ground", "Choose the ground of the refusal.")
    return Ground(typed.ground) if typed.outcome == "refuse" else None


def _needed(field: str, text: str, words: str) -> str:
    if not text.strip():
        raise FieldError(field, words)
    return no_longer_than(field, text, _LONG)


def typed_land(session: WriteSession, field: str, text: str, today: date) -> BaseGeometry:
    """Return the land that was typed: a parish code, the reference of an area, or a line as GeoJSON; EPSG:27700.

    Raises:
        FieldError: it is none of these.
    """
    if not text.strip():
        raise FieldError(field, "Name the land: the code of a parish, the reference of an area, or GeoJSON.")
    try:
        if text.lstrip().startswith("{"):
            return read_geojson_geometry(json.loads(text)).geometry_bng
        return land_of(session, text.strip(), today)
    except NotFoundError as refusal:
        raise FieldError(field, str(refusal)) from refusal
    except (ValueError, GeoError) as refusal:
        raise FieldError(field, f"That is no line that can be read: {refusal}") from refusal


def change_facts_of(session: WriteSession, reference: str, typed: AreaCaseForm, today: date) -> ChangeFacts:
    """Return the change of a designated area that was typed.

    Raises:
        FieldError: naming the field that is missing or cannot be used.

    Source: AREA-16, AREA-22.
    """
    if typed.kind not in {"subtract", "enlarge", "split", "merge"}:
        raise FieldError("kind", "Choose what is to be done.")
    kind = ChangeKind(typed.kind)
    others = tuple(part.strip().upper() for part in typed.others.replace(",", " ").split())
    if kind is ChangeKind.MERGE and not others:
        raise FieldError("others", "Name the areas to join to it by their references.")
    return ChangeFacts(
        kind=kind,
        reference=reference,
        on=typed_day("changed_on", typed.changed_on),
        applied_by=_needed("applied_by", no_longer_than("applied_by", typed.applied_by, 200), "Say who applied."),
        applied_parish_code=typed.applied_parish_code.strip() or None,
        applied_on=typed_day("applied_on", typed.applied_on),
        reasons=_needed("change_reasons", typed.change_reasons, "Give the reasons for the change."),
        piece_bng=None if kind is ChangeKind.MERGE else typed_land(session, "piece", typed.piece, today),
        name=no_longer_than("name", typed.name, 200),
        others=others if kind is ChangeKind.MERGE else (),
        is_business_area=typed.change_is_business == "yes",
        business_area_reasons=no_longer_than("change_business_reasons", typed.change_business_reasons, _LONG),
    )
