"""A plan's case in a real browser, on a phone that runs no scripts."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


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
