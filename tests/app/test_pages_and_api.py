"""Whatever a page can change, a program can change as well; or it is said here why not."""

import pytest

from app.main import create_app
from app.settings import Settings

OWN = "a person's own account is kept by the person, in a browser"
TABLES = "accounts and organisations are kept by pages and the command line, by people with a second factor"

PAGES = {
    "/levy": "POST /levy",
    "/cases/NA-{number}/publicise": "POST /areas/{reference}/publicity",
    "/cases/NA-{number}/parts": "POST /areas/{reference}/parts",
    "/cases/NA-{number}/consents": "POST /areas/{reference}/consents",
    "/cases/NA-{number}/decide": "POST /areas/{reference}/decisions",
    "/cases/NA-{number}/publish": "POST /areas/{reference}/publications",
    "/cases/NA-{number}/withdraw": "POST /areas/{reference}/withdrawal",
    "/cases/NA-{number}/change": "POST /areas/{reference}/changes",
    "/cases/NF-{number}": "POST /forums/{reference}/decisions",
    "/apply/forum": "POST /forums",
    "/apply/parish": "POST /drafts",
    "/apply/ND-{number}/parts/{part}": "PUT /drafts/{reference}/application/{part}",
    "/apply/ND-{number}/submit": "POST /drafts/{reference}/application",
    "/apply/ND-{number}/share": "POST /drafts/{reference}/shares",
    "/apply/ND-{number}/share/{share}/end": "POST /drafts/{reference}/shares/{number}/end",
    "/apply/ND-{number}/comments": "POST /drafts/{reference}/comments",
    "/apply/ND-{number}/comments/{comment_number}": "PUT /drafts/{reference}/comments/{number}/standing",
    "/apply/ND-{number}/versions/{version}/restore": "POST /drafts/{reference}/versions/{number}/restore",
    "/apply/plans/new": "POST /plans",
    "/electorate/imports/new": "POST /registers",
    "/electorate/{reference}/freeze": "POST /referendums/{reference}/electorates",
    "/electorate/{reference}/work": "POST /referendums/{reference}/placements",
    "/electorate/{reference}/entry": "POST /referendums/{reference}/placements",
    "/electorate/{reference}/business/list": "POST /referendums/{reference}/business-register/lists",
    "/electorate/{reference}/business/premises": "POST /referendums/{reference}/business-register/premises",
    "/electorate/{reference}/business/registrations": "POST /referendums/{reference}/business-register/registrations",
    "/electorate/{reference}/business/struck": (
        "POST /referendums/{reference}/business-register/registrations/{number}/striking"
    ),
    "/electorate/{reference}/business/freeze": "POST /referendums/{reference}/business-register/counts",
    "/development-plan/{authority}/new": "POST /development-plan/{authority}/documents",
    "/development-plan/{authority}/{reference}/edit": "POST /development-plan/{authority}/documents",
    "/development-plan/{authority}/import": "POST /development-plan/{authority}/documents/files",
    "/groups/new": "POST /groups",
    "/groups/{reference}/edit": "PUT /groups/{reference}",
    "/groups/{reference}/publish": "POST /groups/{reference}/publication",
    "/groups/{reference}/withdraw": "POST /groups/{reference}/withdrawal",
    "/cases/{subject}/representations/{kind}/paper": "POST /consultations/{subject}/{kind}/representations",
    "/cases/{subject}/representations/{kind}/told": "POST /consultations/{subject}/{kind}/told",
    "/cases/{subject}/representations/{kind}/{number}": (
        "POST /consultations/{subject}/{kind}/representations/{number}/publication"
    ),
    "/cases/{subject}/representations/{kind}/{number}/answer": (
        "POST /consultations/{subject}/{kind}/representations/{number}/answer"
    ),
    "/cases/{subject}/representations/{kind}/file": "POST /consultations/{subject}/{kind}/summary/filing",
    "/cases/plans/{reference}/steps/{to_stage}": "POST /plans/{reference}/steps",
    "/cases/plans/{reference}/details": "PUT /plans/{reference}/details",
    "/cases/plans/{reference}/documents/{kind}": "POST /plans/{reference}/documents",
    "/cases/plans/{reference}/points/{code}": "PUT /plans/{reference}/points/{code}",
    "/cases/plans/{reference}/examiner/propose": "POST /plans/{reference}/examiner",
    "/cases/plans/{reference}/examiner/appoint": "POST /plans/{reference}/examiner/appointment",
    "/cases/plans/{reference}/examiner/end": "POST /plans/{reference}/examiner/end",
    "/cases/plans/{reference}/examiner/question": "POST /plans/{reference}/questions",
    "/cases/plans/{reference}/examiner/consent": "POST /plans/{reference}/examiner/consent",
    "/cases/plans/{reference}/examiner/questions/{number}": "POST /plans/{reference}/questions/{number}/answer",
    "/cases/plans/{reference}/report": "POST /plans/{reference}/report",
    "/cases/plans/{reference}/recommendations/new": "POST /plans/{reference}/recommendations",
    "/cases/plans/{reference}/recommendations/{number}": "POST /plans/{reference}/recommendations/{number}/decision",
    "/cases/plans/{reference}/referendum-area": "POST /plans/{reference}/referendum-area",
    "/cases/plans/{reference}/nature": "POST /plans/{reference}/nature",
    "/cases/plans/{reference}/later-day": "POST /plans/{reference}/later-day",
    "/cases/plans/{reference}/statement": "POST /plans/{reference}/decision-statement",
    "/cases/plans/{reference}/policies/{code}": "PUT /plans/{reference}/policies/{code}",
    "/cases/plans/{reference}/policies/{code}/remove": "DELETE /plans/{reference}/policies/{code}",
    "/cases/plans/{reference}/make": "POST /plans/{reference}/makings",
    "/cases/plans/{reference}/decision-statement/file": "POST /plans/{reference}/decision-statement/filing",
    "/cases/plans/{reference}/do-not-make": "POST /plans/{reference}/refusals-to-make",
    "/referendums/{reference}/stations": "PUT /referendums/{reference}/stations",
    "/referendums/{reference}/publish-pack": "POST /referendums/{reference}/information-pack",
    "/referendums/arrange/{plan}": "POST /referendums",
    "/count/{reference}/set-up": "POST /referendums/{reference}/count/portions",
    "/count/{reference}/observers": "POST /referendums/{reference}/count/observers",
    "/count/{reference}/releases": "POST /referendums/{reference}/count/releases",
    "/count/{reference}/parts/{number}/sheets/{sheet}": "POST /referendums/{reference}/count/portions/{number}/entries",
    "/count/{reference}/parts/{number}/sheets/{sheet}/correction": (
        "POST /referendums/{reference}/count/portions/{number}/corrections"
    ),
    "/count/{reference}/parts/{number}/boxes/{sheet}/steps": (
        "POST /referendums/{reference}/count/portions/{number}/box-steps"
    ),
    "/count/{reference}/parts/{number}/boxes/{sheet}/cause": (
        "POST /referendums/{reference}/count/portions/{number}/causes"
    ),
    "/count/{reference}/parts/{number}/boxes/{sheet}/agreement": (
        "POST /referendums/{reference}/count/portions/{number}/cause-agreements"
    ),
    "/count/{reference}/parts/{number}/verification": (
        "POST /referendums/{reference}/count/portions/{number}/verification"
    ),
    "/count/{reference}/parts/{number}/round": "POST /referendums/{reference}/count/portions/{number}/rounds",
    "/count/{reference}/parts/{number}/recount": "POST /referendums/{reference}/count/portions/{number}/recounts",
    "/count/{reference}/parts/{number}/authorisation": (
        "POST /referendums/{reference}/count/portions/{number}/authorisation"
    ),
    "/count/{reference}/parts/{number}/final-statement": (
        "POST /referendums/{reference}/count/portions/{number}/final-statement"
    ),
    "/count/{reference}/signatures": "POST /referendums/{reference}/count/signatures",
    "/count/{reference}/declaration": "POST /referendums/{reference}/declaration",
}
# By how the address begins: what no program needs, or may not yet do.
REASONS = {
    "/sign-": OWN,
    "/account": OWN,
    "/admin": TABLES,
    "/members": "the members of a forum are personal: only the forum's own people keep them, on its page",
    "/training": "a training night is for people at a screen",
    "/shared/": "whoever has only a link comments on the page the link opens",
    "/consultations/{subject}/{kind}/respond": "the public answers by name on the page; a program sends no comments",
}


@pytest.fixture(scope="module")
def changes(tmp_path_factory):
    """The address and method of every route that takes more than a question."""
    app = create_app(Settings(data_folder=tmp_path_factory.mktemp("changes")))
    routes = [route for each in app.routes for route in getattr(each, "effective_route_contexts", list)()]
    return {f"{method} {route.path}" for route in routes for method in route.methods - {"GET", "HEAD"}}


def test_every_change_on_a_page_has_its_route_or_a_reason(changes):
    pages = {each.removeprefix("POST ") for each in changes if not each.split()[1].startswith("/api/")}
    untold = {each for each in pages - set(PAGES) if not each.startswith(tuple(REASONS))}
    assert untold == set()
    assert set(PAGES) <= pages


def test_every_route_named_here_is_there(changes):
    assert {each.replace(" ", " /api/v1", 1) for each in PAGES.values()} <= changes
