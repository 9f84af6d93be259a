"""The public pages on an empty and a small district: they answer, as page and as data, and refuse in plain words."""

import pytest

pytestmark = pytest.mark.database


@pytest.mark.parametrize("path", ["/", "/areas", "/plans", "/referendums", "/here"])
def test_a_page_stands_when_nothing_is_stored(client, district, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1


@pytest.mark.parametrize("path", ["/", "/areas", "/plans", "/referendums", "/here"])
def test_a_page_carries_no_script_or_style_of_its_own(client, district, path):
    text = client.get(path).text
    assert " style=" not in text
    assert "<style" not in text
    assert "unsafe-inline" not in client.get(path).headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/areas/NA-000404", "/plans/NP-000404", "/orders/NO-000404", "/referendums/NR-000404"]
)
def test_what_is_not_there_is_a_friendly_404(client, district, path):
    answer = client.get(path, headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert "<h1" in answer.text
    assert "Traceback" not in answer.text


def test_a_place_that_is_not_understood_is_redisplayed_and_escaped(client, district):
    answer = client.get("/here", params={"point": "<b>the church"}, headers={"accept": "text/html"})
    assert answer.status_code == 422
    assert "&lt;b&gt;the church" in answer.text
    assert "<b>the church" not in answer.text
