"""JSON and GeoJSON under /api/v1."""

from fastapi import FastAPI

from app.api import (
    areas,
    boundaries,
    consultations,
    counts,
    documents,
    groups,
    here,
    plans,
    published_results,
    record,
    referendums,
    registers,
    results,
)

PREFIX = "/api/v1"


def include(app: FastAPI) -> None:
    """Add every route of the API to the service."""
    for module in (
        areas,
        boundaries,
        consultations,
        plans,
        referendums,
        counts,
        results,
        published_results,
        registers,
        groups,
        here,
        record,
        documents,
    ):
        app.include_router(module.router, prefix=PREFIX)
