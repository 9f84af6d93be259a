"""The register of the development plan of every authority: pages, data, and files to keep."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

from app.auth import CurrentVisitor
from app.moved import TO_SUCCESSOR
from app.queries.development_plan_register import (
    ADOPTED,
    AuthorityPlan,
    PlanPart,
    Waiting,
    WeighedDraft,
    authorities_on,
    authority_named,
    count_authorities_on,
    counts_of_parts,
    development_plan,
)
from app.queries.parts import Part
from app.queries.planning_matters import planning_matters
from app.roles import May, may
from app.routing import Route
from app.schemas.development_plan import (
    AuthorityOut,
    DevelopmentPlanOut,
    MatterOut,
    development_plan_of,
    draft_of,
    kind_name,
    matter_of,
    page_of,
    part_of,
    status_of,
    waiting_of,
)
from app.state import CurrentState, Reading
from app.table_files import csv_lines
from app.web.days import OnDay
from app.web.geojson import collection, feature
from app.web.page import HOME, on_query, page
from app.web.paging import numbered
from app.web.words import STAGE_WORDS, STANDING_TAGS, Standing, Tag, plan_path

router = APIRouter(route_class=Route, include_in_schema=False, dependencies=[TO_SUCCESSOR])

REGISTER = ("Development plans", "/development-plan")
_NATIONAL = (
    "reference",
    "name",
    "development-plan-type",
    "adopted-date",
    "documentation-url",
    "organisations",
    "start-date",
    "end-date",
)


@router.get("/development-plan.json")
def authorities_as_data(session: Reading, on: OnDay) -> list[AuthorityOut]:
    """Return every planning authority with the number of instruments in force."""
    return _authorities(session, on)


def _authorities(session: Reading, on: date, part: Part | None = None) -> list[AuthorityOut]:
    counts = counts_of_parts(session, on)
    return [
        AuthorityOut(code=each.code, name=each.name, in_force=counts.get(each.code, 0))
        for each in authorities_on(session, on, part)
    ]


@router.get("/development-plan")
def authorities(request: Request, session: Reading, state: CurrentState, on: OnDay) -> HTMLResponse:
    """List the planning authorities."""
    query = on_query(on, state.clock.today())
    shown = numbered(request, count_authorities_on(session, on))
    facts = {
        "authorities": _authorities(session, on, shown.part),
        "shown": shown,
        "on": on,
        "today": state.clock.today(),
        "query": query,
    }
    data = [
        ("JSON", f"/development-plan.json{query}"),
        ("GeoJSON", f"/api/v1/development-plan.geojson{query}"),
        ("neighbourhood planning matters as a table", f"/planning-matters.csv{query}"),
        ("and as JSON", f"/planning-matters.json{query}"),
    ]
    return page(request, "development_plan/list.html", facts, section=REGISTER[1], crumbs=[HOME], data=data)


@router.get("/planning-matters.json")
def all_matters_as_data(session: Reading, on: OnDay) -> list[MatterOut]:
    """Return the register of neighbourhood planning matters of every authority."""
    return [matter_of(each) for each in planning_matters(session, on)]


@router.get("/planning-matters.csv")
def all_matters_as_table(session: Reading, on: OnDay) -> Response:
    """Return the register of neighbourhood planning matters of every authority as a table."""
    return _matters_table(all_matters_as_data(session, on), "planning-matters.csv")


@router.get("/development-plan/{authority}/planning-matters.json")
def matters_as_data(session: Reading, on: OnDay, authority: str) -> list[MatterOut]:
    """Return one authority's register of neighbourhood planning matters (AFTER-4)."""
    authority_named(session, authority, on)
    return [matter_of(each) for each in planning_matters(session, on, authority)]


@router.get("/development-plan/{authority}/planning-matters.csv")
def matters_as_table(session: Reading, on: OnDay, authority: str) -> Response:
    """Return one authority's register of neighbourhood planning matters as a table (AFTER-4)."""
    return _matters_table(matters_as_data(session, on, authority), f"{authority}-planning-matters.csv")


@router.get("/development-plan/{authority}/development-plan.csv")
def in_national_columns(session: Reading, on: OnDay, authority: str) -> Response:
    """Return what is and was in force in the columns of the national "development plan" data set.

    Unverified: the columns are those of the data set's draft specification.

    Source: AFTER-6, Levelling-up and Regeneration Act 2023 ss 84-86.
    """
    found = development_plan(session, authority, on)
    rows = [
        (
            part.reference,
            part.title,
            "neighbourhood-plan" if part.kind == "ndp" else part.kind,
            part.part_from,
            part.address,
            f"statistical-geography:{part.authority_code}",
            part.part_from,
            part.part_until or "",
        )
        for part in [*found.plans, *found.orders, *found.ended]
    ]
    return _table(csv_lines(_NATIONAL, rows), f"{authority}-development-plan.csv")


def _matters_table(matters: Iterable[MatterOut], name: str) -> Response:
    heads = [field for field in MatterOut.model_fields if field != "area"]
    rows = [[each.area.reference, each.area.name, *(getattr(each, head) for head in heads)] for each in matters]
    return _table(csv_lines(["area_reference", "area_name", *heads], rows), name)


def _table(lines: Iterator[str], name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/development-plan/{authority}.json")
def plan_as_data(session: Reading, on: OnDay, authority: str) -> DevelopmentPlanOut:
    """Return one authority's development plan on a day."""
    return development_plan_of(development_plan(session, authority, on))


@router.get("/development-plan/{authority}.geojson")
def plan_as_map(session: Reading, on: OnDay, authority: str) -> JSONResponse:
    """Return the land of an authority's development plan on a day; what covers it all has no geometry of its own."""
    return collection(features_of(session, authority, on))


def features_of(session: Reading, authority: str, on: OnDay) -> list[dict[str, Any]]:
    """Return the authority's outline, and after it each instrument in force, the first to become part first."""
    found = development_plan(session, authority, on)
    outline = authority_named(session, authority, on)
    facts = {"reference": authority, "name": found.name, "standing": "authority", "status": "Planning authority"}
    whole = feature(authority, outline.geometry, facts)
    return [whole, *(_feature(part, found) for part in [*found.orders, *found.plans][::-1])]


def _feature(part: PlanPart, found: AuthorityPlan) -> dict[str, Any]:
    facts = {
        "reference": part.reference,
        "name": part.title,
        "standing": "designated" if part.basis == ADOPTED else "in-force",
        "status": status_of(part, found.on),
        "line": kind_name(part.kind),
        "part_from": part.part_from.isoformat(),
        "page": page_of(part),
    }
    if part.land_bng is None:
        return {"type": "Feature", "id": part.reference, "properties": facts, "geometry": None}
    return feature(part.reference, part.land_bng, facts)


@router.get("/development-plan/{authority}")
def plan(
    request: Request, session: Reading, state: CurrentState, on: OnDay, visitor: CurrentVisitor, *, authority: str
) -> HTMLResponse:
    """Show one authority's development plan on a day: what is in force, what is weighed, and what was once."""
    found, today = development_plan(session, authority, on), state.clock.today()
    query = on_query(on, today)
    facts = {
        "authority": {"code": found.code, "name": found.name},
        "on": on,
        "today": today,
        "plans": [(part_of(part, on), tag_of(part, on)) for part in found.plans],
        "orders": [(part_of(part, on), tag_of(part, on)) for part in found.orders],
        "ended": [(part_of(part, on), tag_of(part, on)) for part in found.ended],
        "drafts": [(draft_of(each), proposal_path(each), STAGE_WORDS[each.stage].tag) for each in found.drafts],
        "waiting": [(waiting_of(each), proposal_path(each), STAGE_WORDS[each.stage].tag) for each in found.waiting],
        "legend": _legend(found),
        "query": query,
        "keeps": visitor is not None
        and may(visitor.actor.role, May.KEEP_DEVELOPMENT_PLAN)
        and visitor.actor.organisation == authority,
    }
    base = f"/development-plan/{authority}"
    data = [
        ("JSON", f"{base}.json{query}"),
        ("GeoJSON", f"{base}.geojson{query}"),
        ("table in the national columns", f"{base}/development-plan.csv{query}"),
        ("neighbourhood planning matters as a table", f"{base}/planning-matters.csv{query}"),
        ("and as JSON", f"{base}/planning-matters.json{query}"),
    ]
    crumbs = [HOME, REGISTER]
    return page(request, "development_plan/plan.html", facts, section=REGISTER[1], crumbs=crumbs, data=data)


def proposal_path(found: WeighedDraft | Waiting) -> str:
    """Return the address of a proposal's own page."""
    return plan_path(found.plan.reference, found.plan.instrument)


def tag_of(part: PlanPart, on: date) -> Tag:
    """Return the tag that tells where an instrument stands on a day."""
    text = status_of(part, on)
    if part.part_until is not None and part.part_until <= on:
        return Tag(text=text, colour="grey")
    return Tag(text=text, colour="blue" if part.basis == ADOPTED else "green")


def _legend(found: AuthorityPlan) -> list[tuple[str, str]]:
    entries = [("authority", found.name)]
    if any(part.basis == ADOPTED and part.land_bng is not None for part in found.plans):
        entries.append((Standing.DESIGNATED.value, "Local plan for part of the authority"))
    if found.orders or any(part.basis != ADOPTED for part in found.plans):
        entries.append((Standing.IN_FORCE.value, STANDING_TAGS[Standing.IN_FORCE].text))
    return entries
