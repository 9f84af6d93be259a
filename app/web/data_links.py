"""Where the facts of a page are found as data, for pages that do not say so themselves; shown at a page's foot."""

from collections.abc import Mapping
from urllib.parse import quote

from fastapi import Request

Links = tuple[tuple[str, str], ...]

_DESCRIPTION: Links = (("Described for programs (OpenAPI)", "/api/v1/openapi.json"),)
_DRAFT: Links = (("JSON", "/api/v1/drafts/ND-{number}"),)
_CASE: Links = (("JSON", "/api/v1/plans/{reference}/case"),)
_EXAMINATION: Links = (("JSON", "/api/v1/plans/{reference}/examination"),)
_POLICIES: Links = (
    ("JSON", "/api/v1/plans/{reference}/policies"),
    ("GeoJSON", "/plans/{reference}/policies.geojson"),
)
_DOCUMENTS: Links = (("JSON", "/api/v1/plans/{reference}/documents"),)
_COUNT: Links = (("JSON", "/api/v1/referendums/{reference}/count"),)
_CONSULTATION: Links = (("JSON", "/consultations/{subject}/{kind}.json"),)
_REGISTER: Links = (
    ("JSON", "/development-plan/{authority}.json"),
    ("GeoJSON", "/development-plan/{authority}.geojson"),
)
_WORK: Links = (("GeoJSON", "/electorate/{reference}/work.geojson"), ("table", "/electorate/{reference}/work.csv"))
_PLACEMENTS: Links = (("JSON", "/api/v1/referendums/{reference}/placements"),)
_POLL: Links = (("JSON", "/referendums/{reference}.json"), ("GeoJSON", "/referendums/{reference}.geojson"))

LINKS: Mapping[str, Links] = {
    "/about": _DESCRIPTION,
    "/accessibility": _DESCRIPTION,
    "/here": _DESCRIPTION,
    "/levy": _DESCRIPTION,
    "/rules/{rule_id}": (("JSON", "/api/v1/rules/{rule_id}"), ("all rules as JSON", "/api/v1/rules")),
    "/consultations/{subject}/{kind}/respond": _CONSULTATION,
    "/consultations/{subject}/{kind}/thanks": _CONSULTATION,
    "/apply": _DESCRIPTION,
    "/apply/ND-{number}": _DRAFT,
    "/apply/ND-{number}/check": (("JSON", "/api/v1/drafts/ND-{number}/application"),),
    "/apply/ND-{number}/parts/{part}": (("JSON", "/api/v1/drafts/ND-{number}/application"),),
    "/apply/ND-{number}/receipt": (("JSON", "/api/v1/drafts/ND-{number}/application"),),
    "/apply/ND-{number}/share": (("JSON", "/api/v1/drafts/ND-{number}/shares"),),
    "/apply/{reference}/draw": (("JSON", "/api/v1/drafts/{reference}"),),
    "/cases": (("JSON", "/cases.json"),),
    "/cases/NA-{number}": (
        ("JSON", "/api/v1/areas/NA-{number}"),
        ("what may happen next as JSON", "/api/v1/areas/NA-{number}/moves"),
        ("GeoJSON", "/cases/NA-{number}.geojson"),
    ),
    "/cases/NF-{number}": (
        ("JSON", "/api/v1/forums/NF-{number}"),
        ("what may happen next as JSON", "/api/v1/forums/NF-{number}/moves"),
        ("GeoJSON", "/forums/NF-{number}.geojson"),
    ),
    "/cases/plans/{reference}": _CASE,
    "/cases/plans/{reference}/conditions": _CASE,
    "/cases/plans/{reference}/details": _CASE,
    "/cases/plans/{reference}/do-not-make": _CASE,
    "/cases/plans/{reference}/documents/{kind}": _DOCUMENTS,
    "/cases/plans/{reference}/later-day": _CASE,
    "/cases/plans/{reference}/make": _CASE,
    "/cases/plans/{reference}/nature": _CASE,
    "/cases/plans/{reference}/points/{code}": _CASE,
    "/cases/plans/{reference}/steps/{to_stage}": _CASE,
    "/cases/plans/{reference}/examiner": _EXAMINATION,
    "/cases/plans/{reference}/examiner/appoint": _EXAMINATION,
    "/cases/plans/{reference}/examiner/consent": _EXAMINATION,
    "/cases/plans/{reference}/examiner/end": _EXAMINATION,
    "/cases/plans/{reference}/examiner/propose": _EXAMINATION,
    "/cases/plans/{reference}/examiner/question": _EXAMINATION,
    "/cases/plans/{reference}/examiner/questions/{number}": _EXAMINATION,
    "/cases/plans/{reference}/recommendations": _EXAMINATION,
    "/cases/plans/{reference}/recommendations/new": _EXAMINATION,
    "/cases/plans/{reference}/recommendations/{number}": _EXAMINATION,
    "/cases/plans/{reference}/referendum-area": (("JSON", "/api/v1/plans/{reference}/referendum-area/figures"),),
    "/cases/plans/{reference}/report": _EXAMINATION,
    "/cases/plans/{reference}/statement": _EXAMINATION,
    "/cases/plans/{reference}/policies": _POLICIES,
    "/cases/plans/{reference}/policies/{code}": _POLICIES,
    "/cases/{subject}/representations": (("all consultations as JSON", "/consultations.json"),),
    "/cases/{subject}/representations/{kind}/paper": _CONSULTATION,
    "/cases/{subject}/representations/{kind}/{number}": _CONSULTATION,
    "/count": (("JSON", "/referendums.json"),),
    "/count/{reference}": _COUNT,
    "/count/{reference}/declaration": _COUNT,
    "/count/{reference}/observers": _COUNT,
    "/count/{reference}/parts/{number}/boxes/{sheet}": _COUNT,
    "/count/{reference}/parts/{number}/round": _COUNT,
    "/count/{reference}/parts/{number}/verification": _COUNT,
    "/count/{reference}/releases": (*_COUNT, ("count board as JSON", "/count/{reference}/board.json")),
    "/count/{reference}/set-up": _COUNT,
    "/count/{reference}/signatures": _COUNT,
    "/development-plan/{authority}/import": _REGISTER,
    "/development-plan/{authority}/new": _REGISTER,
    "/development-plan/{authority}/{reference}/edit": _REGISTER,
    "/electorate": (("JSON", "/api/v1/registers"),),
    "/electorate/imports/{number}": (("JSON", "/electorate/imports/{number}.json"),),
    "/electorate/registers/{register_id}": (("all registers as JSON", "/api/v1/registers"),),
    "/electorate/{reference}": _POLL,
    "/electorate/{reference}/business": (("JSON", "/api/v1/referendums/{reference}/business-register"),),
    "/electorate/{reference}/counts/{snapshot}": (
        ("JSON", "/api/v1/referendums/{reference}/electorates/{snapshot}/whole"),
    ),
    "/electorate/{reference}/entry": _PLACEMENTS,
    "/electorate/{reference}/freeze": _POLL,
    "/electorate/{reference}/live": (("JSON", "/electorate/{reference}/live.json"),),
    "/electorate/{reference}/placements": _PLACEMENTS,
    "/electorate/{reference}/work": _WORK,
    "/record": (("table", "/record.csv"), ("JSON lines, as hashed", "/record.ndjson")),
    "/referendums/arrange/{plan}": (("JSON", "/api/v1/plans/{plan}"),),
    "/referendums/{reference}/publish-pack": (("JSON", "/referendums/{reference}.json"),),
    "/referendums/{reference}/stations": (("JSON", "/api/v1/referendums/{reference}/stations"),),
}
"""By the path of a page's route: words and address, with the names of what stands in the page's own address."""


def links_of(request: Request) -> Links:
    """Return where the facts of the page that was asked for are found as data; nothing for a page of forms alone."""
    route = request.scope.get("route")
    known = {name: quote(str(value), safe="") for name, value in request.path_params.items()}
    return tuple((words, address.format(**known)) for words, address in LINKS.get(getattr(route, "path", ""), ()))
