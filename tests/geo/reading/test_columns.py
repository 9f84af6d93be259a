"""Which column is a code and which a name, in the layouts that exist."""

import pytest

from geo.reading.columns import code_column, name_column, values

LAYOUTS = {
    "ONS parishes": ("PAR23CD PAR23NM PAR23NMW LAD23CD LAD23NM BNG_E GlobalID", "PAR23CD", "PAR23NM"),
    "ONS parishes and unparished areas": ("FID PARNCP22CD PARNCP22NM LAD22CD", "PARNCP22CD", "PARNCP22NM"),
    "ONS districts": ("OBJECTID LAD25CD LAD25NM LAD25NMW LONG LAT", "LAD25CD", "LAD25NM"),
    "ONS wards": ("WD25CD WD25NM LAD25CD LAD25NM BNG_E LADCD_ACTIVE UTLACD", "WD25CD", "WD25NM"),
    "ONS wards listed after their district": ("LAD25CD LAD25NM WD25CD WD25NM", "LAD25CD", "LAD25NM"),
    "planning data": ("entity reference name organisation", "reference", "name"),
    "parishes of planning data": ("par_cd name reference organisation entity lad_cd", "par_cd", "name"),
    "planning authorities": (
        "lad local-planning-authority reference organisation_name organisation",
        "local-planning-authority",
        "organisation_name",
    ),
    "neighbourhood areas": ("organisation name description geography reference", "reference", "name"),
    "a council's plans": ("OBJECTID NP_REF NP_NAME STATUS", "NP_REF", "NP_NAME"),
    "OS Boundary-Line": ("NAME AREA_CODE DESCRIPTIO CODE HECTARES", "AREA_CODE", "NAME"),
    "a council's code and name": ("area_code area_name", "area_code", "area_name"),
    "OpenStreetMap": ("osm_id name admin_level gss", "gss", "name"),
    "nothing known": ("colour shape_leng", None, None),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_code_and_name_are_recognised(layout):
    columns, code, name = LAYOUTS[layout]
    assert (code_column(columns.split()), name_column(columns.split())) == (code, name)


def test_values_are_trimmed_and_blanks_are_none():
    assert values({"a": [" x ", "  ", None]}, "a", 3) == ["x", None, None]
    assert values({}, None, 2) == [None, None]
