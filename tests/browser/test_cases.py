"""The pages of a plan's case in a real browser: accessible, quiet, whole on a phone, and of use without scripts."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CASE = "/cases/plans"
PAGES = {
    "cases": "/cases",
    "case-consulting": f"{CASE}/NO-000001",
    "case-examined": f"{CASE}/NP-000007",
    "case-to-vote": f"{CASE}/NP-000005",
    "case-divided": f"{CASE}/NP-000004",
    "examiner": f"{CASE}/NP-000005/examiner",
    "recommendations": f"{CASE}/NP-000005/recommendations",
    "recommendation": f"{CASE}/NP-000005/recommendations/1",
    "report": f"{CASE}/NP-000007/report",
    "conditions": f"{CASE}/NP-000007/conditions",
    "document": f"{CASE}/NP-000008/documents/map",
    "point": f"{CASE}/NP-000008/points/content",
    "step": f"{CASE}/NP-000007/steps/withdrawn",
    "policies": f"{CASE}/NP-000008/policies",
    "policy": f"{CASE}/NP-000008/policies/W1",
    "begin": "/apply/plans/new",
    "make": f"{CASE}/NP-000004/make",
    "pack": "/referendums/NR-000001/information-pack",
}


@pytest.mark.parametrize("width", [375, 1440])
def test_every_page_of_a_case_is_accessible_quiet_and_whole(signed_in, staffed, axe, pictures, width):
    page = signed_in("planning-officer", viewport={"width": width, "height": 900}, bypass_csp=True)
    faults, noises = [], []
    page.on("console", lambda said: noises.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("request", lambda asked: noises.append(asked.url) if not asked.url.startswith(staffed.address) else None)
    for name, path in PAGES.items():
        answer = page.goto(path)
        if answer.status != 200:
            faults.append(f"{name}: {answer.status}")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{name}: wider than {width}")
        page.screenshot(path=pictures / f"{name}-{width}.png", full_page=True)
        page.evaluate(axe)
        faults += [f"{name}: {each['id']}" for each in page.evaluate("axe.run()")["violations"]]
    assert (faults, noises) == ([], [])


def test_a_paper_is_handed_in_and_a_point_answered_without_scripts(signed_in, follow, tmp_path):
    page = signed_in("planning-officer", java_script_enabled=False, viewport={"width": 375, "height": 800})
    page.goto("/cases")
    follow(page.get_by_role("link", name="Ashmarsh Village Neighbourhood Plan"))
    assert "1 of 8 done" in page.inner_text("main")
    follow(page.get_by_role("link", name="The map of the area at scale"))
    page.fill("#title", "Our map")
    follow(page.get_by_role("button", name="Hand in this file"))
    assert "Choose a file." in page.inner_text(".govuk-error-summary")
    assert page.input_value("#title") == "Our map"
    paper = tmp_path / "map.pdf"
    paper.write_bytes(b"%PDF-1.7\na map")
    page.set_input_files("#file", paper)
    follow(page.get_by_role("button", name="Hand in this file"))
    assert "2 of 8 done" in page.inner_text("main")
    follow(page.get_by_role("link", name="A check that nothing in it"))
    follow(page.get_by_role("button", name="Save"))
    assert "3 of 8 done" in page.inner_text("main")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Our map").click()
    assert taken.value.suggested_filename == "map.pdf"
