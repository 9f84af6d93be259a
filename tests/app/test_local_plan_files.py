"""Local plans as files hold them."""

import json
from datetime import date

import pytest

from app.errors import InvalidRequestError
from app.local_plan_files import read_local_plans
from referendum.development_documents import DocumentKind, Ending

SQUARE = "SRID=27700;POLYGON((400000 300000, 401000 300000, 401000 301000, 400000 300000))"


def written(tmp_path, text, name="plans.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_a_table_of_dated_plans_with_and_without_land(tmp_path):
    read = read_local_plans(
        written(
            tmp_path,
            "Reference,Name,Development Plan Type,Adopted_Date,Superseded date,adopted-by,geometry\n"
            "LP1,Old Plan,Core Strategy,2010-03-01,2019/05/02,,\n"
            f'AAP,Quay Plan,area-action-plan,2020-01-31,,,"{SQUARE}"\n'
            "MW,Minerals,minerals-and-waste-plan,2016-07-14,,The County,\n"
            "LP2,Plan being written,local-plan,,,,\n",
        )
    )
    old, quay, minerals = read.documents
    assert read.not_adopted == ("Plan being written",)
    assert (old.kind, old.part_from, old.part_until) == (DocumentKind.LOCAL_PLAN, date(2010, 3, 1), date(2019, 5, 2))
    assert (old.ended_by, old.land_bng) == (Ending.SUPERSEDED, None)
    assert quay.land_bng.area == pytest.approx(500_000)
    assert (minerals.adopted_by, minerals.land_bng, minerals.ended_by) == ("The County", None, None)


def test_geojson_whose_rows_have_land_or_none(tmp_path):
    ring = [[-2.0, 52.6], [-1.99, 52.6], [-1.99, 52.61], [-2.0, 52.6]]
    facts = {"reference": "A", "name": "A plan", "adopted-date": "2020-01-31"}
    features = [
        {"type": "Feature", "properties": facts, "geometry": {"type": "Polygon", "coordinates": [ring]}},
        {"type": "Feature", "properties": facts | {"reference": "B"}, "geometry": None},
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    first, second = read_local_plans(written(tmp_path, text, "plans.geojson")).documents
    assert first.land_bng.area > 100_000
    assert second.land_bng is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("reference,name,adopted-date\nA,A plan,2020\n", "not a whole date", id="half a date"),
        pytest.param("reference,name,adopted-date\n,A plan,2020-01-01\n", "Row 1 has no reference", id="no reference"),
        pytest.param("reference,name,adopted-date\nA,,2020-01-01\n", "Row 1 has no name", id="no name"),
        pytest.param("reference,name,adopted-date,kind\nA,B,2020-01-01,novel\n", "kind 'novel'", id="unknown kind"),
        pytest.param("reference,name,adopted-date\n", "has no rows", id="no rows"),
        pytest.param(f"reference,name,adopted-date\nA,{'B' * 301},2020-01-01\n", "shorten it", id="endless name"),
        pytest.param(
            f'reference,name,adopted-date,geometry\nA,B,2020-01-01,"{SQUARE}"\nC,D,2020-01-01,POLYGON((\n',
            "Row 2",
            id="broken land",
        ),
    ],
)
def test_what_cannot_be_used_is_named_with_its_row(tmp_path, text, says):
    with pytest.raises(InvalidRequestError, match=says):
        read_local_plans(written(tmp_path, text))


def test_a_file_in_another_alphabet_is_refused(tmp_path):
    path = tmp_path / "plans.csv"
    path.write_bytes("reference,name\nÄ,ö".encode("utf-16"))
    with pytest.raises(InvalidRequestError, match="save it again"):
        read_local_plans(path)
