"""The map of a plan: its neighbourhood area, and the land of each policy as a shape that can be seen and clicked."""

from collections.abc import Iterable
from typing import Any

import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from app.models import Plan, PlanPolicy
from app.queries.forum_cases import line_of_area
from app.web.geojson import feature
from app.web.words import plan_path

_LEAST_RADIUS_M = 10.0
_SHARE_OF_AREA = 0.02


def plan_shapes(plan: Plan, policies: Iterable[PlanPolicy]) -> list[dict[str, Any]]:
    """Return GeoJSON features, those drawn on top last: the area, then each policy that is about some land only.

    Points become discs and lines become bands, wide enough to be seen beside the area; `policies.geojson` has them as
    they were drawn.
    """
    area = line_of_area(plan.area)
    west, south, east, north = area.bounds
    radius_m = max(_LEAST_RADIUS_M, _SHARE_OF_AREA * max(east - west, north - south))
    whole = {
        "reference": plan.area.reference,
        "name": plan.area.name,
        "standing": "designated",
        "status": "The neighbourhood area",
        "page": f"/areas/{plan.area.reference}",
    }
    own = plan_path(plan.reference, plan.instrument)
    return [
        feature(plan.area.reference, area, whole),
        *(_policy(each, each.geometry, own, radius_m) for each in policies if each.geometry is not None),
    ]


def _policy(policy: PlanPolicy, land_bng: BaseGeometry, own: str, radius_m: float) -> dict[str, Any]:
    facts = {
        "reference": policy.code,
        "name": policy.code,
        "standing": "policy",
        "status": policy.title,
        "page": f"{own}#policy-{policy.code}",
    }
    return feature(policy.code, _shown(land_bng, radius_m), facts)


def _shown(land_bng: BaseGeometry, radius_m: float) -> BaseGeometry:
    """Return land as polygons: surfaces as they are, points and lines widened."""
    parts = shapely.get_parts(shapely.get_parts(land_bng))
    surfaces = [part for part in parts if part.area > 0]
    lines = [shapely.buffer(part, radius_m / 4) for part in parts if part.area == 0 and part.length > 0]
    points = [shapely.buffer(part, radius_m) for part in parts if part.length == 0]
    together = shapely.union_all([*surfaces, *lines, *points])
    return MultiPolygon([part for part in shapely.get_parts(together) if part.geom_type == "Polygon"])
