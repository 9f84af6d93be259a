"""JSON and GeoJSON under /api/v1."""

from fastapi import FastAPI


def include(app: FastAPI) -> None:
    """Add every route of the API to the service."""
