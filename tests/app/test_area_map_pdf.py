"""The map that goes with an application: its scale measured on the page, its structure, what does not fit."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pypdfium2
import pytest
import shapely

from app.errors import InvalidRequestError
from app.reports.area_map_pdf import MapFacts, area_map_pdf
from app.reports.map_drawing import LINE, Shown
from app.reports.map_scale import SCALES, Paper, sheet_for

EAST, NORTH = 487_000.0, 104_000.0
FACTS = MapFacts(title="Alder", by="Alder Parish Council", at=datetime(2026, 7, 1, 9, tzinfo=UTC))
DOTS_A_MM = 8
STROKE_MM = 0.7


def rectangle(width, height):
    return shapely.box(EAST, NORTH, EAST + width, NORTH + height)


def measured_mm(pdf):
    """How wide and high the area's line is on paper, in millimetres, found by its colour."""
    with pypdfium2.PdfDocument(pdf) as document:
        (page,) = document
        bitmap = page.render(scale=DOTS_A_MM * 25.4 / 72, rev_byteorder=True)
        pixels = bitmap.to_numpy()[..., :3].astype(int)
        colour = [int(LINE[at : at + 2], 16) for at in (1, 3, 5)]
        # The key's own stroke lies under the frame: only the map is measured.
        rows, columns = np.nonzero((np.abs(pixels - colour).max(axis=2) < 12)[: int(pixels.shape[0] * 0.78)])
    return (np.ptp(columns) + 1) / DOTS_A_MM, (np.ptp(rows) + 1) / DOTS_A_MM


@pytest.mark.parametrize(
    ("width", "height", "paper", "scale"),
    [
        pytest.param(180, 150, Paper.A4, 1_250, id="a few streets"),
        pytest.param(900, 600, Paper.A4, 5_000, id="a village"),
        pytest.param(1200, 1900, Paper.A3, 10_000, id="upright on A3"),
        pytest.param(9000, 5000, Paper.A4, 50_000, id="a large parish"),
    ],
)
@pytest.mark.rule("AREA-6")
def test_the_scale_on_paper_is_the_scale_it_says(width, height, paper, scale):
    wide, high = measured_mm(area_map_pdf(rectangle(width, height), FACTS, paper=paper, scale=scale))
    assert (wide - STROKE_MM) / 1000 * scale == pytest.approx(width, rel=0.005)
    assert (high - STROKE_MM) / 1000 * scale == pytest.approx(height, rel=0.005)


def test_the_page_is_accessible_named_and_the_same_each_time():
    parishes = [Shown(name="Birch & Elm", shape_bng=rectangle(4000, 3000))]
    pdf = area_map_pdf(rectangle(2000, 1500), FACTS, parishes=parishes)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert pdf == area_map_pdf(rectangle(2000, 1500), FACTS, parishes=parishes)
    with pypdfium2.PdfDocument(pdf) as document:
        assert document.get_metadata_dict()["Title"] == "Alder"
        text = document[0].get_textpage().get_text_range()
    for said in ("Alder Parish Council", "300.0 hectares", "Scale 1:12,500 on A4", "Birch & Elm", "Crown copyright"):
        assert said in text


def test_the_largest_scale_that_fits_is_chosen():
    chosen = sheet_for(rectangle(2000, 1500).bounds, Paper.A4)
    assert chosen.scale == 12_500
    assert chosen.is_landscape
    with pytest.raises(InvalidRequestError, match="does not fit on A4 at 1:5,000: choose 1:12,500 or 1:25,000"):
        sheet_for(rectangle(2000, 1500).bounds, Paper.A4, 5_000)


@pytest.mark.parametrize("scale", [0, 1_000, 7_500, 100_000])
def test_a_scale_we_do_not_print_is_refused_with_those_we_do(scale):
    with pytest.raises(InvalidRequestError, match="is no scale we print: choose 1:1,250 or"):
        sheet_for(rectangle(100, 100).bounds, Paper.A4, scale)


def test_an_area_too_large_for_the_sheet_is_refused():
    assert SCALES[-1] == 50_000
    with pytest.raises(InvalidRequestError, match="does not fit on A4 at 1:50,000: choose A3"):
        sheet_for(rectangle(15_000, 14_000).bounds, Paper.A4)


def test_a_draft_says_so_and_a_clock_that_runs_makes_no_difference_but_the_time():
    facts = replace(FACTS, at=FACTS.at.replace(microsecond=123_456), mark="Draft, version 3")
    with pypdfium2.PdfDocument(area_map_pdf(rectangle(2000, 1500), facts)) as document:
        assert "DRAFT, VERSION 3" in document[0].get_textpage().get_text_range()
    assert area_map_pdf(rectangle(2000, 1500), replace(facts, mark="")) == area_map_pdf(rectangle(2000, 1500), FACTS)
