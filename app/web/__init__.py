"""HTML pages, and the same facts as JSON and GeoJSON at the same addresses."""

from fastapi import FastAPI

from app.auth import ANYONE
from app.web import (
    about,
    account,
    admin,
    applying,
    area_cases,
    area_map,
    areas,
    arranging,
    cases,
    comment_filing,
    consultations,
    count,
    count_boxes,
    count_rounds,
    count_sheets,
    count_signing,
    development_plan,
    documents,
    draft_pages,
    draft_sharing,
    drawing,
    electorate,
    electorate_business,
    electorate_registers,
    electorate_work,
    forum_cases,
    forums,
    groups,
    here,
    home,
    information_packs,
    levy,
    local_plans,
    members,
    outlines,
    papers,
    papers_data,
    plan_cases,
    plan_documents,
    plan_examination,
    plan_making,
    plan_points,
    plan_policies,
    plans,
    provider,
    record,
    referendums,
    representations,
    search,
    shared_drafts,
    sign_in,
    stations,
    training,
)

# Whatever is added here is public; a page for some people only carries a rule of its own, route by route.
_PUBLIC = (home, areas, plans, referendums, here, development_plan, outlines, search, about)
_BY_ROUTE = (
    levy,
    area_cases,
    forum_cases,
    forums,
    electorate_registers,
    electorate,
    electorate_work,
    electorate_business,
    sign_in,
    provider,
    account,
    groups,
    members,
    admin,
    record,
    consultations,
    comment_filing,
    representations,
    drawing,
    draft_pages,
    applying,
    draft_sharing,
    shared_drafts,
    papers_data,
    documents,
    stations,
    area_map,
    papers,
    local_plans,
)
_CASES = (
    cases,
    plan_cases,
    plan_documents,
    plan_points,
    plan_examination,
    plan_policies,
    plan_making,
    information_packs,
    arranging,
    training,
)
_COUNT = (count, count_sheets, count_boxes, count_rounds, count_signing)


def include(app: FastAPI) -> None:
    """Add every page to the service."""
    for module in _PUBLIC:
        app.include_router(module.router, dependencies=[ANYONE])
    for module in _BY_ROUTE + _CASES + _COUNT:
        app.include_router(module.router)
