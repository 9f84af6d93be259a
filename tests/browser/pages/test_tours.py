"""Every page in a real browser, whoever sees it: accessible, quiet, asking no stranger, and whole at every width."""

import re
from collections.abc import Mapping

import pytest
from starlette.routing import compile_path

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PLANS, POLL, COUNT, DRAFT = "/cases/plans", "/electorate/NR-000006", "/count/NR-000006", "/apply/ND-{draft}"
VISITOR = {
    "home": "/",
    "home-then": "/?on=2020-06-01",
    "areas": "/areas",
    "area-in-force": "/areas/NA-000001",
    "area-in-two-authorities": "/areas/NA-000007",
    "area-applied-for": "/areas/NA-000009",
    "area-decision": "/areas/NA-000001/decisions/E07999001",
    "plans": "/plans",
    "plan-made": "/plans/NP-000001",
    "plan-at-examination": "/plans/NP-000007",
    "plan-statement": "/plans/NP-000001/decision-statement",
    "plan-making": "/plans/NP-000001/making-decision",
    "order": "/orders/NO-000001",
    "referendums": "/referendums",
    "referendum-won": "/referendums/NR-000001",
    "referendum-tied": "/referendums/NR-000003",
    "referendum-divided": "/referendums/NR-000004",
    "referendum-to-come": "/referendums/NR-000006",
    "declaration": "/referendums/NR-000001/documents/declaration",
    "pack": "/referendums/NR-000001/information-pack",
    "board": "/count/NR-000001/board",
    "board-empty": "/count/NR-000006/board",
    "here": "/here?point=358350,277700",
    "here-then": "/here?point=358350,277700&on=2022-03-02",
    "here-refused": "/here?point=nowhere",
    "here-empty": "/here",
    "development-plans": "/development-plan",
    "development-plan": "/development-plan/E07999001",
    "groups": "/groups",
    "group": "/groups/{group}",
    "forums": "/forums",
    "forum": "/forums/NF-000001",
    "forum-decision": "/forums/NF-000001/decisions/E07999001",
    "consultations": "/consultations",
    "consultation": "/consultations/NO-000001/submission",
    "consultation-respond": "/consultations/NO-000001/submission/respond",
    "consultation-thanks": "/consultations/NO-000001/submission/thanks?number={said}",
    "apply": "/apply",
    "draw": "/apply/draw",
    "shared": "/shared/{shared}",
    "levy": "/levy",
    "rule": "/rules/AREA-10",
    "about": "/about",
    "accessibility": "/accessibility",
    "sign-in": "/sign-in",
    "missing": "/areas/NA-000404",
}
VOLUNTEER = {
    "account": "/account",
    "groups-mine": "/groups/mine",
    "group-new": "/groups/new",
    "group-edit": "/groups/{group}/edit",
    "draft": DRAFT,
    "draft-draw": f"{DRAFT}/draw",
    "draft-map": f"{DRAFT}/parts/map",
    "draft-name": f"{DRAFT}/parts/name",
    "draft-statement": f"{DRAFT}/parts/statement",
    "draft-body": f"{DRAFT}/parts/body",
    "draft-check": f"{DRAFT}/check",
    "draft-share": f"{DRAFT}/share",
    "receipt": "/apply/ND-{submitted}/receipt",
    "forum-new": "/apply/forum",
    "plan-new": "/apply/plans/new",
    "cases": "/cases",
    "members": "/members",
}
PLANNING = {
    "cases": "/cases",
    "case-area": "/cases/NA-000009",
    "case-forum": "/cases/NF-000001",
    "case-consulting": f"{PLANS}/NO-000001",
    "case-written": f"{PLANS}/NP-000008",
    "case-examined": f"{PLANS}/NP-000007",
    "case-to-vote": f"{PLANS}/NP-000005",
    "case-divided": f"{PLANS}/NP-000004",
    "examiner": f"{PLANS}/NP-000005/examiner",
    "examiner-proposed": f"{PLANS}/NO-000001/examiner/propose",
    "examiner-consent": f"{PLANS}/NO-000001/examiner/consent",
    "examiner-appoint": f"{PLANS}/NO-000001/examiner/appoint",
    "examiner-end": f"{PLANS}/NP-000007/examiner/end",
    "examiner-asks": f"{PLANS}/NP-000007/examiner/question",
    "examiner-answered": f"{PLANS}/NP-000007/examiner/questions/1",
    "report": f"{PLANS}/NP-000007/report",
    "recommendations": f"{PLANS}/NP-000005/recommendations",
    "recommendation": f"{PLANS}/NP-000005/recommendations/1",
    "recommendation-new": f"{PLANS}/NP-000005/recommendations/new",
    "referendum-area": f"{PLANS}/NP-000005/referendum-area",
    "nature": f"{PLANS}/NP-000005/nature",
    "later-day": f"{PLANS}/NP-000005/later-day",
    "statement": f"{PLANS}/NP-000005/statement",
    "conditions": f"{PLANS}/NP-000007/conditions",
    "details": f"{PLANS}/NP-000008/details",
    "document": f"{PLANS}/NP-000008/documents/map",
    "point": f"{PLANS}/NP-000008/points/content",
    "step": f"{PLANS}/NP-000007/steps/withdrawn",
    "policies": f"{PLANS}/NP-000008/policies",
    "policy": f"{PLANS}/NP-000008/policies/W1",
    "make": f"{PLANS}/NP-000004/make",
    "do-not-make": f"{PLANS}/NP-000004/do-not-make",
    "comments": "/cases/NO-000001/representations",
    "comment": "/cases/NO-000001/representations/submission/{said}",
    "comment-paper": "/cases/NO-000001/representations/submission/paper",
    "comments-summary": "/consultations/NO-000001/submission/summary",
    "local-plan-new": "/development-plan/E07999001/new",
    "local-plan-import": "/development-plan/E07999001/import",
    "local-plan-edit": "/development-plan/E07999001/DD-000003/edit",
}
ELECTORAL = {
    "registers": "/electorate",
    "import": "/electorate/imports/new?kind=full",
    "progress": "/electorate/imports/{import}",
    "register": "/electorate/registers/1",
    "electorate": POLL,
    "live": f"{POLL}/live",
    "changes": f"{POLL}/changes",
    "electorate-report": f"{POLL}/report",
    "freeze": f"{POLL}/freeze?snapshot=E0",
    "frozen": f"{POLL}/counts/provisional",
    "work": f"{POLL}/work",
    "entry": f"{POLL}/entry?number=AM1-348",
    "placements": f"{POLL}/placements",
    "business": "/electorate/NR-000004/business",
    "stations": "/referendums/NR-000006/stations",
    "publish-pack": "/referendums/NR-000006/publish-pack",
}
COUNTING = {
    "counts": "/count",
    "count": COUNT,
    "count-declared": "/count/NR-000001",
    "set-up": f"{COUNT}/set-up",
    "observers": f"{COUNT}/observers",
    "sheet": f"{COUNT}/parts/1/sheets/station-2",
    "correction": f"{COUNT}/parts/1/sheets/station-1/correction",
    "verification": f"{COUNT}/parts/1/verification",
    "verification-declared": "/count/NR-000001/parts/1/verification",
    "round": "/count/NR-000003/parts/1/round",
    "signatures": f"{COUNT}/signatures",
    "signatures-declared": "/count/NR-000003/signatures",
    "declaration": f"{COUNT}/declaration",
    "declaration-declared": "/count/NR-000004/declaration",
    "releases": f"{COUNT}/releases",
}
ADMINISTRATOR = {
    "account": "/account",
    "password": "/account/password",
    "second-factor": "/account/second-factor",
    "accounts": "/admin",
    "account-new": "/admin/accounts/new",
    "account-of": "/admin/accounts/count-assistant",
    "record": "/record",
}
TOURS: Mapping[str, Mapping[str, str]] = {
    "": VISITOR,
    "volunteer-signatory": VOLUNTEER,
    "planning-officer": PLANNING,
    "electoral-officer": ELECTORAL,
    "counting-officer": COUNTING,
    "count-assistant": {"count": COUNT, "sheet": f"{COUNT}/parts/1/sheets/station-2"},
    "administrator": ADMINISTRATOR,
}
"""Who sees which pages of the example district: a name for the picture, and the address."""

NOT_VISITED = {
    "/healthz": "for machines",
    "/documents/{sha256}": "a file",
    "/cases/plans/{reference}/files/{document_id}": "a file",
    "/sign-in/with/{name}": "leads to the council's own sign-in",
    "/sign-in/from/{name}": "comes back from the council's own sign-in",
    "/cases/CO-{number}": "leads to the page of the case",
    "/cases/NO-{number}": "leads to the page of the case",
    "/cases/NP-{number}": "leads to the page of the case",
    "/orders/{reference}/decision-statement": "the page of a plan's",
    "/orders/{reference}/making-decision": "the page of a plan's",
    "/apply/ND-{number}/validation-map": "a framed map, seen on the page that frames it",
    "/cases/NA-{number}/validation-map": "a framed map, seen on the page that frames it",
    "/electorate/{reference}/report-map": "a framed map, seen on the page that frames it",
    "/referendums/{reference}/result-map": "a framed map, seen on the page that frames it",
    "/count/{reference}/parts/{number}/boxes/{sheet}": "opens once a box differs: seen on the walk through a count",
    "/referendums/arrange/{plan}": "no plan of the example waits for its day: seen on the walk through the whole chain",
}
"""Pages that no tour visits, each with the reason."""

REFUSED = {"here-refused": 422, "missing": 404}


def routes_of_pages(app):
    """The patterns of every route that answers with a page, in the order in which they are tried."""
    found = []
    for each in app.routes:
        found += each.effective_route_contexts() if hasattr(each, "effective_route_contexts") else [each]
    paths = [each.path for each in found if getattr(each, "dependant", None) is not None and "GET" in each.methods]
    return [path for path in paths if not path.startswith("/api/")]


def is_page(path):
    return "." not in path.rsplit("/", 1)[-1]


def test_every_page_is_visited_by_somebody_or_has_a_reason_not_to_be(staffed):
    paths = routes_of_pages(staffed.app)
    patterns = [(compile_path(path)[0], path) for path in paths]
    addresses = [re.sub(r"\{\w+\}", "1", address).split("?")[0] for tour in TOURS.values() for address in tour.values()]
    visited = {next((path for pattern, path in patterns if pattern.match(each)), each) for each in addresses}
    pages = {path for path in paths if is_page(path)}
    assert (visited | NOT_VISITED.keys()) - pages == set()
    assert pages - visited - NOT_VISITED.keys() == set()
    assert visited & NOT_VISITED.keys() == set()


@pytest.mark.parametrize("name", TOURS)
def test_each_page_of_a_role_is_accessible_quiet_and_whole_and_its_links_lead_somewhere(inspect, furnished, name):
    walk = inspect(name)
    for title, address in TOURS[name].items():
        walk.visit(title, address.format_map(furnished), REFUSED.get(title, 200))
    for link in walk.links.values():
        answer = walk.page.context.request.get(walk.base + link, headers={"Accept": "text/html"})
        if answer.status >= 400:
            walk.faults.append(f"{link}: {answer.status}")
    assert walk.faults == []


def test_every_page_is_read_at_four_hundred_per_cent_without_scrolling_sideways(browser, address, furnished):
    page = browser.new_page(viewport={"width": 320, "height": 256})
    wide = []
    for name, path in VISITOR.items():
        page.goto(address + path.format_map(furnished))
        sideways = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        wide += [f"{name}: {sideways} px"] if sideways > 0 else []
    page.close()
    assert wide == []
