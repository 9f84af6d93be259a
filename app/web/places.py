"""A place as people type it, for pages."""

from app.typed_places import Place, read_place

__all__ = ["Place", "read_place"]
