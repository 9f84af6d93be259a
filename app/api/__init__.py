"""JSON and GeoJSON under /api/v1."""

from fastapi import FastAPI

from app.api import (
    area_cases,
    areas,
    boundaries,
    business,
    consultations,
    counts,
    development_plan,
    documents,
    draft_applications,
    draft_layers,
    drafts,
    electorates,
    estimates,
    examinations,
    forums,
    groups,
    here,
    information_packs,
    levy,
    papers,
    plan_cases,
    plans,
    published_results,
    record,
    referendum_areas,
    referendums,
    registers,
    results,
    rules,
    stations,
)

PREFIX = "/api/v1"


def include(app: FastAPI) -> None:
    """Add every route of the API to the service."""
    for module in (
        areas,
        area_cases,
        forums,
        boundaries,
        consultations,
        plans,
        examinations,
        plan_cases,
        information_packs,
        referendum_areas,
        referendums,
        stations,
        business,
        counts,
        results,
        published_results,
        registers,
        electorates,
        groups,
        here,
        development_plan,
        levy,
        record,
        rules,
        documents,
        papers,
        estimates,
        drafts,
        draft_applications,
        draft_layers,
    ):
        app.include_router(module.router, prefix=PREFIX)
