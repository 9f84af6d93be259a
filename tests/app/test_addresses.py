"""Where the world finds a page: as it is set, never as a request says where others will read it."""

import pytest
from starlette.requests import Request

from app.addresses import printed_address, public_address
from app.settings import Settings

ASKED = Request(
    {
        "type": "http",
        "scheme": "http",
        "method": "GET",
        "path": "/here",
        "root_path": "",
        "query_string": b"place=SO+1+2",
        "headers": [(b"host", b"inside:8000")],
    }
)


@pytest.mark.parametrize(
    ("public_url", "whole", "printed"),
    [
        pytest.param("", "http://inside:8000/areas", "/here?place=SO+1+2", id="not set"),
        pytest.param(
            "https://plans.example", "https://plans.example/areas", "https://plans.example/here?place=SO+1+2", id="set"
        ),
        pytest.param(
            "https://plans.example/",
            "https://plans.example/areas",
            "https://plans.example/here?place=SO+1+2",
            id="slash",
        ),
    ],
)
def test_an_address_begins_as_it_is_set(public_url, whole, printed):
    settings = Settings(public_url=public_url)
    assert public_address(ASKED, settings, "/areas") == whole
    assert printed_address(ASKED, settings) == printed
