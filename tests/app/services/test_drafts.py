"""Boundaries being drawn: begun, saved, brought back, told of a second editor; the verdict is check-area's own."""

import json

import pytest
import shapely

from app.audit import Actor, Deed
from app.db import reading, writing
from app.models import DraftVersion
from app.services.drafts import drafts_of
from app.services.record import state_faults

pytestmark = pytest.mark.usefixtures("district")

CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
ALDER = {"kind": "parish", "code": "E04999101"}
BIRCH = {"kind": "parish", "code": "E04999102"}


def grid(geometry):
    """A geometry as the editor sends it."""
    return {**json.loads(shapely.to_geojson(geometry)), "crs": CRS}


def start(officer, *parts):
    answer = officer.post("/api/v1/drafts/starts/parts", json={"parts": list(parts)})
    assert answer.status_code == 200, answer.text
    return answer.json()


def begin(officer, started, **changes):
    body = {"name": started["name"], "start": started["start"], "boundary": started["boundary"]} | changes
    answer = officer.post("/api/v1/drafts", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def save(officer, reference, boundary, based_on):
    body = {"boundary": boundary, "based_on": based_on}
    return officer.post(f"/api/v1/drafts/{reference}/versions", json=body)


def stored_line(engine, number):
    with reading(engine) as session:
        found = session.query(DraftVersion).filter(DraftVersion.number == number).one()
        return found.geometry


def test_a_whole_parish_is_taken_as_it_is_stored(officer, shapes):
    started = start(officer, ALDER)
    assert started["name"] == "Alder"
    assert shapely.geometry.shape(started["boundary"]).equals_exact(shapes.square(0, 0), 0)
    assert begin(officer, started)["versions"][0]["origin"] == "accepted"


def test_parts_join_exactly_along_their_shared_edge(officer, shapes):
    joined = shapely.geometry.shape(start(officer, ALDER, BIRCH)["boundary"])
    assert joined.equals(shapes.square(0, 0, 2, 1))
    assert shapely.get_num_interior_rings(joined.geoms[0]) == 0


@pytest.mark.parametrize(
    ("kind", "facts", "expected"),
    [("drawn", {}, "own"), ("file", {"file": "ours.gpkg"}, "uploaded")],
    ids=["drawn", "from a file"],
)
def test_what_a_line_is_follows_from_how_it_began(officer, shapes, kind, facts, expected):
    boundary = grid(shapes.square(0, 0))
    body = {"name": "Ours", "start": {"kind": kind, "facts": facts}, "boundary": boundary}
    assert begin(officer, body)["versions"][0]["origin"] == expected


def test_an_official_line_is_amended_once_a_point_has_moved_and_accepted_again_when_it_is_back(officer, shapes):
    started = start(officer, ALDER)
    draft = begin(officer, started)
    moved = save(officer, draft["reference"], grid(shapes.square(0, 0, 1, 2)), 1)
    back = save(officer, draft["reference"], started["boundary"], 2)
    assert (moved.json()["origin"], back.json()["origin"]) == ("amended", "accepted")


def test_a_start_that_does_not_say_which_parts_is_refused_in_a_sentence(officer, shapes):
    body = {"name": "A", "start": {"kind": "parts", "facts": {}}, "boundary": grid(shapes.square(0, 0))}
    answer = officer.post("/api/v1/drafts", json=body)
    assert (answer.status_code, "start again" in answer.json()["detail"]) == (422, True)


@pytest.mark.database
def test_every_digit_survives_saving_and_reading(officer, engine):
    ring = [(400000.123456789, 300000.1), (401000.3, 300000.7000000001), (400500.9, 301000.00000012)]
    line = shapely.MultiPolygon([shapely.Polygon(ring)])
    draft = begin(officer, {"name": "Fine", "start": {"kind": "drawn", "facts": {}}, "boundary": grid(line)})
    answered = officer.get(f"/api/v1/drafts/{draft['reference']}/versions/1").json()["boundary"]
    assert shapely.to_wkb(stored_line(engine, 1)) == shapely.to_wkb(line)
    assert answered["coordinates"] == grid(line)["coordinates"]


def test_saving_again_what_was_answered_stores_the_same_bytes(officer, engine):
    ring = [(400000.123456789, 300000.1), (401000.3, 300000.7000000001), (400500.9, 301000.00000012)]
    line = grid(shapely.MultiPolygon([shapely.Polygon(ring)]))
    draft = begin(officer, {"name": "Fine", "start": {"kind": "drawn", "facts": {}}, "boundary": line})
    again = officer.get(f"/api/v1/drafts/{draft['reference']}/versions/1").json()["boundary"]
    assert save(officer, draft["reference"], again, 1).status_code == 201
    assert shapely.to_wkb(stored_line(engine, 2)) == shapely.to_wkb(stored_line(engine, 1))


@pytest.mark.database
def test_a_save_on_an_older_version_is_answered_with_the_newer_one_and_loses_neither(officer, engine, shapes):
    draft = begin(officer, start(officer, ALDER))
    reference, first, second = draft["reference"], grid(shapes.square(0, 0, 1, 2)), grid(shapes.square(0, 0, 2, 2))
    assert save(officer, reference, first, 1).json()["number"] == 2
    refused = save(officer, reference, second, 1)
    assert refused.status_code == 409
    assert refused.json()["latest"]["number"] == 2
    assert refused.json()["latest"]["boundary"]["coordinates"] == first["coordinates"]
    assert save(officer, reference, second, 2).json()["number"] == 3
    assert shapely.equals(stored_line(engine, 2), shapes.square(0, 0, 1, 2))


def test_bringing_back_makes_a_new_version(officer, engine, shapes):
    draft = begin(officer, start(officer, ALDER))
    reference = draft["reference"]
    save(officer, reference, grid(shapes.square(0, 0, 2, 2)), 1)
    back = officer.post(f"/api/v1/drafts/{reference}/versions/1/restore", json={"based_on": 2})
    assert (back.json()["number"], back.json()["restores"]) == (3, 1)
    assert shapely.to_wkb(stored_line(engine, 3)) == shapely.to_wkb(stored_line(engine, 1))
    stale = officer.post(f"/api/v1/drafts/{reference}/versions/1/restore", json={"based_on": 2})
    assert (stale.status_code, stale.json()["latest"]["number"]) == (409, 3)


def test_another_organisation_sees_nothing_of_it(officer, engine):
    begin(officer, start(officer, ALDER))
    stranger = Deed(by=Actor(name="x", role="volunteer-editor", organisation="E04999102"), at=None)
    with reading(engine) as session:
        assert drafts_of(session, stranger) == []


def test_two_windows_hear_of_each_other(officer):
    draft = begin(officer, start(officer, ALDER))
    path = f"/api/v1/drafts/{draft['reference']}/editors"
    first = officer.post(path, json={"window": "window-one"}).json()
    second = officer.post(path, json={"window": "window-two"}).json()
    again = officer.post(path, json={"window": "window-one"}).json()
    assert (first["others"], second["others"], again["others"]) == ([], ["Planning officer"], ["Planning officer"])


@pytest.mark.database
def test_the_live_verdict_is_the_document_of_check_area(officer, shapes):
    line = grid(shapes.square(0, 0, 2, 1))
    body = {"boundary": line, "applicant": "parish:E04999101"}
    live = officer.post("/api/v1/drafts/verdict", json=body).json()
    assert live["check"] == officer.post("/api/v1/area-checks", json=body).json()
    assert live["words"]["verdict"]
    assert len(live["words"]["findings"]) == len(live["check"]["findings"])


@pytest.mark.parametrize(
    ("operation", "expected"),
    [("add", (0, 0, 2, 1)), ("take-away", (0, 0, 1, 1))],
)
def test_reshaping_is_exact(officer, shapes, operation, expected):
    whole = shapes.square(0, 0) if operation == "add" else shapes.square(0, 0, 2, 1)
    body = {"operation": operation, "boundary": grid(whole), "shape": grid(shapes.square(1, 0))}
    answer = officer.post("/api/v1/drafts/reshape", json=body).json()
    assert shapely.geometry.shape(answer["boundary"]).equals(shapes.square(*expected))


def test_a_line_splits_an_area_into_pieces(officer, shapes):
    line = grid(shapely.LineString([(400500, 299000), (400500, 302000)]))
    body = {"operation": "split", "boundary": grid(shapes.square(0, 0)), "shape": line}
    pieces = officer.post("/api/v1/drafts/reshape", json=body).json()["pieces"]
    assert [shapely.geometry.shape(piece).area for piece in pieces] == [500_000, 500_000]


def test_a_line_that_stops_inside_is_refused_in_a_sentence(officer, shapes):
    line = grid(shapely.LineString([(400500, 299000), (400500, 300500)]))
    answer = officer.post(
        "/api/v1/drafts/reshape", json={"operation": "split", "boundary": grid(shapes.square(0, 0)), "shape": line}
    )
    assert (answer.status_code, answer.json()["detail"].count(".")) == (422, 1)


def test_a_file_with_several_features_asks_which(officer, shapes, tmp_path):
    features = [
        {"type": "Feature", "properties": {"reference": code, "name": code}, "geometry": shapes.as_geojson(shape)}
        for code, shape in (("A", shapes.square(0, 0)), ("B", shapes.square(1, 0)))
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    asked = officer.post("/api/v1/drafts/starts/file", files={"file": ("two.geojson", text)}).json()
    assert (asked["choose"], [each["value"] for each in asked["choices"]]) == ("feature", ["A", "B"])
    sent = {"file": ("two.geojson", text)}
    chosen = officer.post("/api/v1/drafts/starts/file", files=sent, data={"feature": "B"}).json()
    assert chosen["start"] == {"kind": "file", "facts": {"file": "two.geojson", "layer": "two", "feature": "B"}}


def test_layers_come_on_the_grid_every_digit_as_stored(officer, shapes):
    found = officer.get("/api/v1/drafts/layers/parish?bbox=399900,299900,400500,300500").json()
    assert [each["id"] for each in found["features"]] == ["E04999101"]
    assert found["exact"]
    assert officer.get("/api/v1/drafts/layers/parish?bbox=1,2").status_code == 422
    assert officer.get("/api/v1/drafts/layers/moon?bbox=399900,299900,400500,300500").status_code == 404


@pytest.mark.database
def test_the_record_tells_what_the_tables_hold(officer, engine, shapes):
    draft = begin(officer, start(officer, ALDER))
    save(officer, draft["reference"], grid(shapes.square(0, 0, 2, 2)), 1)
    with reading(engine) as session:
        assert state_faults(session) == []
    with writing(engine) as session:
        session.query(DraftVersion).filter(DraftVersion.number == 2).one().geometry = shapes.square(2, 0)
    with reading(engine) as session:
        assert [each.subject for each in state_faults(session)] == [draft["reference"]]


@pytest.mark.database
def test_a_line_begun_anew_inside_a_draft_is_what_it_now_is_and_one_brought_back_what_it_was(officer, engine, shapes):
    draft = begin(
        officer, {"name": "A", "start": {"kind": "drawn", "facts": {}}, "boundary": grid(shapes.square(0, 0))}
    )
    taken = start(officer, ALDER)
    path = f"/api/v1/drafts/{draft['reference']}/versions"
    anew = {"boundary": taken["boundary"], "based_on": 1, "start": taken["start"]}
    moved = grid(shapes.square(0, 0, 1, 2))
    answers = [
        officer.post(path, json=anew).json(),
        save(officer, draft["reference"], moved, 2).json(),
        officer.post(path, json={"boundary": moved, "based_on": 3, "start": {"kind": "file", "facts": {}}}).json(),
        officer.post(f"{path}/3/restore", json={"based_on": 4}).json(),
        officer.post(f"{path}/1/restore", json={"based_on": 5}).json(),
    ]
    assert [each["origin"] for each in answers] == ["accepted", "amended", "uploaded", "amended", "own"]
    assert [each["start"]["kind"] for each in answers] == ["parts", "parts", "file", "parts", "drawn"]
    with reading(engine) as session:
        assert state_faults(session) == []
