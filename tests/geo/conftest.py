"""Three small invented areas, and the files in which such areas are sent."""

import csv
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo.crs import wgs84_from_bng

WEST, SOUTH = 478_000.0, 222_000.0


def square(east: float, north: float, side: float) -> shapely.Polygon:
    return shapely.box(WEST + east, SOUTH + north, WEST + east + side, SOUTH + north + side)


@pytest.fixture(scope="session")
def three_areas() -> gpd.GeoDataFrame:
    """Three areas on the British grid, the second with a hole, the third in two parts.

    +-----+ +-----+ +-+ +-+
    | Ash | |Birch| |Cedar|
    |     | | [ ] | | | | |
    +-----+ +-----+ +-+ +-+
    """
    birch = square(2_000, 0, 1_000).difference(square(2_400, 400, 100))
    cedar = shapely.MultiPolygon([square(4_000, 0, 400), square(4_600, 0, 400)])
    return gpd.GeoDataFrame(
        {"reference": ["A1", "B2", "C3"], "name": ["Ash", "Birch", "Cedar"]},
        geometry=[square(0, 0, 1_000), birch, cedar],
        crs=27700,
    )


@pytest.fixture(scope="session")
def degrees(three_areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The three areas in WGS84 degrees, by OSTN15."""
    geometries = [wgs84_from_bng(geometry) for geometry in three_areas.geometry]
    return three_areas.set_geometry(gpd.GeoSeries(geometries, crs=4326))


@pytest.fixture(scope="session")
def area_files(tmp_path_factory: pytest.TempPathFactory, three_areas, degrees) -> dict[str, Path]:
    """The three areas in every format, by the format's short name."""
    folder = tmp_path_factory.mktemp("areas")
    files = {name: folder / f"areas.{name}" for name in ("gpkg", "fgb", "geojson", "kml", "gml", "csv", "parquet")}
    three_areas.to_file(files["gpkg"], driver="GPKG")
    three_areas.to_file(files["fgb"], driver="FlatGeobuf", SPATIAL_INDEX="NO")
    three_areas.to_file(files["gml"], driver="GML")
    files["kml"].write_text(kml(degrees), encoding="utf-8")
    three_areas.to_parquet(files["parquet"])
    files["geojson"].write_text(json.dumps(json.loads(degrees.to_json(drop_id=True))), encoding="utf-8")
    _write_csv(files["csv"], three_areas)
    files["shp"] = folder / "loose" / "areas.shp"
    files["shp"].parent.mkdir()
    three_areas.to_file(files["shp"])
    files["zip"] = folder / "areas.zip"
    with zipfile.ZipFile(files["zip"], "w", zipfile.ZIP_DEFLATED) as archive:
        for beside in sorted(files["shp"].parent.iterdir()):
            archive.write(beside, beside.name)
    return files


def kml(areas: gpd.GeoDataFrame, *layers: str) -> str:
    """Return KML with the areas in every one of the folders named (one folder "Areas" when none is)."""
    placemarks = "\n".join(
        f"<Placemark><name>{row.name}</name><ExtendedData><Data name='reference'><value>{row.reference}</value></Data>"
        f"</ExtendedData><MultiGeometry>{''.join(map(_kml_polygon, shapely.get_parts(row.geometry)))}</MultiGeometry>"
        "</Placemark>"
        for row in areas.itertuples()
    )
    folders = "\n".join(f"<Folder><name>{layer}</name>{placemarks}</Folder>" for layer in layers or ("Areas",))
    return f"<?xml version='1.0'?>\n<kml xmlns='http://www.opengis.net/kml/2.2'><Document>{folders}</Document></kml>\n"


def _kml_polygon(polygon: shapely.Polygon) -> str:
    outer, *inner = [
        "<LinearRing><coordinates>"
        + " ".join(f"{x!r},{y!r}" for x, y in shapely.get_coordinates(ring).tolist())
        + "</coordinates></LinearRing>"
        for ring in shapely.get_rings(polygon)
    ]
    holes = "".join(f"<innerBoundaryIs>{ring}</innerBoundaryIs>" for ring in inner)
    return f"<Polygon><outerBoundaryIs>{outer}</outerBoundaryIs>{holes}</Polygon>"


@pytest.fixture(scope="session")
def kml_of() -> Callable[..., str]:
    """The function that writes areas as KML."""
    return kml


def _write_csv(path: Path, areas: gpd.GeoDataFrame) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["reference", "name", "geometry"])
        for row in areas.itertuples():
            writer.writerow([row.reference, row.name, row.geometry.wkt])
