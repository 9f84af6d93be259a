"""The estimate against Trafford's polling districts: error and coverage, beside weighting by ground alone.

Run: python tests/bench/bench_estimate.py

Adults by output area (mid-2024) and postcodes (February 2025) predict the council's own electors by polling district
(its forecast for 2027). Only the council's total is given to the estimate.
"""

import csv
import os
import sys
from pathlib import Path
from time import perf_counter

import numpy as np

from geo.crs import bng_from_wgs84_coordinates
from geo.estimate import EstimateBase, Zone, by_area_alone
from geo.reading import read_layer

REAL = Path(os.environ.get("FOLKMOOT_REAL_DATA", Path(__file__).parents[2].parent / "shared" / "data")) / "trafford"
LEAST_COVERAGE = 0.9
SLOWEST_SECONDS = 0.2


def rows(name):
    """The rows of one table."""
    with (REAL / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main():
    """Estimate every district; exit status 1 where coverage or speed fall short, or ground alone does better."""
    adults = {row["area_code"]: float(row["age_18_plus"]) for row in rows("population_mid2024_by_oa.csv")}
    zones = [
        Zone(reference=one.reference, boundary_bng=one.geometry_bng, adults=adults[one.reference])
        for one in read_layer(REAL / "output_areas_2021.gpkg").features
    ]
    truth = {
        row["PD_ID"]: float(row["Local electors 2027"]) for row in rows("polling_district_electors_forecast_2027.csv")
    }
    lonlat = np.array([(float(row["lon"]), float(row["lat"])) for row in rows("postcodes_onspd_2025_02.csv")])
    easting, northing = bng_from_wgs84_coordinates(lonlat).T
    ratio = sum(truth.values()) / sum(adults.values())
    base = EstimateBase(zones, easting=easting, northing=northing, electors_per_adult=ratio)
    districts = {
        one.attributes["area_name"]: one.geometry_bng for one in read_layer(REAL / "polling_districts.gpkg").features
    }
    slowest = ours = ground = held = 0.0
    for code, shape in districts.items():
        start = perf_counter()
        found = base.estimate(shape)
        slowest = max(slowest, perf_counter() - start)
        ours += abs(found.electors - truth[code])
        ground += abs(by_area_alone(zones, shape) * ratio - truth[code])
        held += found.electors_low <= truth[code] <= found.electors_high
    total, coverage = sum(truth.values()), held / len(districts)
    sys.stdout.write(
        f"estimate: {len(districts)} districts, error {ours / total:.1%} of all electors (ground alone "
        f"{ground / total:.1%}), the 90 % interval held the truth in {coverage:.0%}, slowest {slowest * 1000:.0f} ms\n"
    )
    sys.exit(0 if coverage >= LEAST_COVERAGE and slowest <= SLOWEST_SECONDS and ours < ground else 1)


if __name__ == "__main__":
    main()
