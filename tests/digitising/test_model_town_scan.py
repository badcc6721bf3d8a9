"""The model town's scan: few symbols of some kinds, much lettering, other signs that look alike."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from visavis.digitising import Score, annotation_for, georeference, read_annotations, score
from visavis.digitising.legend import read_legend
from visavis.digitising.scans import open_picture
from visavis.digitising.scans.levelling import find_level
from visavis.model.crs import STORED_CRS

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def scored(root: Path) -> Score:
    """How well the symbols are found; labels are not read here."""
    town = root / "data" / "model-town"
    scan = open_picture((town / "scan.jpg").read_bytes())
    legend = read_legend(pd.read_csv(town / "scan.symbols.csv"), scan.width, scan.height, "pixels")
    points = annotation_for(read_annotations(json.loads((town / "scan.georef.json").read_text())), "scan.jpg")
    ground, _ = georeference(points, size=(scan.width, scan.height))
    marks, _ = find_level(scan, legend, ground.transformation)
    at = np.array([(mark.x, mark.y) for mark in marks])
    shown = np.array([np.nan if mark.points_to_deg is None else mark.points_to_deg for mark in marks])
    known = np.isfinite(shown)
    azimuth, azimuth_sd = np.full(len(marks), np.nan), np.full(len(marks), np.nan)
    azimuth[known] = ground.azimuth_deg(at[known], shown[known])
    stated = np.array([mark.points_to_sd_deg or 0.0 for mark in marks])
    azimuth_sd[known] = ground.azimuth_sd_deg(at[known], shown[known], stated[known])
    frame = gpd.GeoDataFrame(
        {
            "kind": [mark.entry.kind for mark in marks],
            "label": None,
            "azimuth_deg": azimuth,
            "azimuth_sd_deg": azimuth_sd,
            "position_sd_m": ground.position_sd_m(at, np.array([mark.place_sd for mark in marks])),
        },
        geometry=gpd.points_from_xy(*ground.place(at).T),
        crs=STORED_CRS,
    )
    return score(gpd.read_file(town / "truth" / "cameras.geojson"), frame)


def test_nearly_every_symbol_is_found_and_no_letter_or_other_sign_is_taken_for_one(scored: Score) -> None:
    assert scored.recall is not None
    assert scored.precision is not None
    assert scored.recall >= 0.95
    assert scored.precision >= 0.9


def test_places_and_directions_are_near_and_within_what_is_stated(scored: Score) -> None:
    assert scored.direction_found is not None
    assert scored.direction_found >= 0.95
    assert scored.direction_invented == 0
    assert scored.position_m_p95 is not None
    assert scored.position_m_p95 < 0.5
    assert scored.direction_deg_p95 is not None
    assert scored.direction_deg_p95 < 2.0
    assert scored.position_covered_95 is not None
    assert scored.position_covered_95 >= 0.9
    assert scored.direction_covered_95 is not None
    assert scored.direction_covered_95 >= 0.9
