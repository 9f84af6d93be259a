"""HTML pages."""

from fastapi import FastAPI


def include(app: FastAPI) -> None:
    """Add every page to the service."""
