"""About the service, how accessible it is, and the rules it goes by."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.routing import Route
from app.web.page import HOME, page
from referendum.rulebook import rule, rules

router = APIRouter(route_class=Route, include_in_schema=False)

MARK_WORDS = {
    "V": "Checked against the law as it stands, with its later changes.",
    "VM": "Checked against the law as it was first made.",
    "V2": "Checked only against what others write about the law.",
    "U": "Not checked yet. Have someone check it before you rely on it.",
}
KIND_WORDS = {
    "duty": "A duty the service supports",
    "computation": "Something the service works out",
    "context": "Background",
}


@router.get("/about")
def about(request: Request) -> HTMLResponse:
    """Say what the service is and where its data comes from."""
    return page(request, "about/about.html", {}, section="/about", crumbs=[HOME])


@router.get("/accessibility")
def accessibility(request: Request) -> HTMLResponse:
    """Say how accessible the service is."""
    return page(request, "about/accessibility.html", {}, section="/about", crumbs=[HOME])


@router.get("/rules/{rule_id}")
def one_rule(request: Request, rule_id: str) -> HTMLResponse:
    """Show one rule in plain words, with its source and how far it was checked."""
    found = rule(rule_id)
    family = found.id.rsplit("-", 1)[0]
    facts = {
        "rule": found,
        "mark_words": MARK_WORDS.get(str(found.mark.value).upper(), ""),
        "kind_words": KIND_WORDS.get(found.kind.value, found.kind.value),
        "family": [each for each in rules() if each.id.rsplit("-", 1)[0] == family],
    }
    return page(request, "rules/rule.html", facts, crumbs=[HOME])
