"""The printed map of an area, and its boundary in words."""

from datetime import date

import pypdfium2
import pytest
import shapely

from app.db import writing
from app.models import AreaVersion, NeighbourhoodArea
from geo.description import NamedLine
from geo.redraw import rebuild

pytestmark = pytest.mark.database


@pytest.fixture
def area(district, shapes):
    line = shapes.square(0, 0)
    with writing(district) as session:
        version = AreaVersion(valid_from=date(2020, 1, 1), reason="designated", geometry=line)
        session.add(NeighbourhoodArea(reference="NA-000001", name="Alder", status="designated", versions=[version]))
    return line


def test_the_map_is_one_sheet_at_the_scale_asked_for(client, area):
    answer = client.get("/areas/NA-000001/map.pdf", params={"scale": 10_000})
    assert answer.headers["content-type"] == "application/pdf"
    with pypdfium2.PdfDocument(answer.content) as document:
        (page,) = document
        text = page.get_textpage().get_text_range()
    assert "Scale 1:10,000 on A4" in text
    assert "Birch" in text
    refused = client.get("/areas/NA-000001/map.pdf", params={"scale": 1_250})
    assert refused.status_code == 422
    assert "does not fit on A4 at 1:1,250: choose" in refused.json()["detail"]
    assert client.get("/areas/NA-000404/map.pdf").status_code == 404


def test_the_words_name_the_parish_and_bring_the_line_back(client, area):
    text = client.get("/areas/NA-000001/boundary.txt").text.strip()
    assert text.endswith("follows all of the boundary of Alder parish back to the start.")
    again = rebuild(text, [NamedLine(name="the boundary of Alder parish", shape_bng=area)])
    assert shapely.symmetric_difference(again, area).area < 1.0
