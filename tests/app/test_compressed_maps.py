"""What may be sent compressed: the lines of maps, and never a page that holds a form's token."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from app.compressed_maps import CompressedMaps

TEXT = "0123456789" * 500


@pytest.mark.parametrize(
    ("path", "takes", "encoding"),
    [
        pytest.param("/areas.geojson", "gzip", "gzip", id="a map"),
        pytest.param("/areas.geojson", "identity", None, id="a map, for whoever cannot unpack it"),
        pytest.param("/areas", "gzip", None, id="a page"),
        pytest.param("/areas.json", "gzip", None, id="other data"),
    ],
)
def test_only_the_lines_of_maps_are_sent_compressed(path, takes, encoding):
    app = Starlette(routes=[Route("/{name}", lambda request: PlainTextResponse(TEXT))])
    answer = TestClient(CompressedMaps(app)).get(path, headers={"accept-encoding": takes})
    assert answer.headers.get("content-encoding") == encoding
    assert answer.text == TEXT
