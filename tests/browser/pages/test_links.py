"""Every link of every page that anybody may see: it leads somewhere, and what stands behind its # is there."""

import html
import re
from urllib.parse import urljoin

import pytest
from fastapi.testclient import TestClient

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"', re.DOTALL)
NAMED = re.compile(r'\b(?:id|name)="([^"]+)"')
SENT_ON = {303, 307, 308}


def kind_of(address):
    """Files of one kind are asked for once: what differs is the reference, and making each again takes time."""
    path = address.split("?")[0]
    return re.sub(r"\d+|[0-9a-f]{64}", "0", path) if "." in path.rsplit("/", 1)[-1] else address


def test_every_link_of_the_public_pages_leads_somewhere_and_so_does_its_fragment(staffed):
    visitor = TestClient(staffed.app, base_url=staffed.address)
    waiting, seen, names, aimed, broken = ["/"], set(), {}, [], []
    while waiting:
        address = waiting.pop()
        if kind_of(address) in seen:
            continue
        seen.add(kind_of(address))
        answer = visitor.get(address, headers={"Accept": "text/html"}, follow_redirects=False)
        if answer.status_code in SENT_ON:
            waiting.append(answer.headers["location"].removeprefix(staffed.address).partition("#")[0])
        elif answer.status_code != 200:
            broken.append((address, answer.status_code))
        elif "text/html" in answer.headers["content-type"]:
            names[address] = set(NAMED.findall(answer.text))
            for link in (html.unescape(each) for each in LINK.findall(answer.text)):
                target, _, fragment = urljoin(address, link).partition("#")
                if target.startswith("/"):
                    waiting.append(target)
                    aimed += [(address, target, fragment)] if fragment else []
    missing = [each for each in aimed if each[1] in names and each[2] not in names[each[1]]]
    assert len(seen) > 100
    assert (broken, missing) == ([], [])
