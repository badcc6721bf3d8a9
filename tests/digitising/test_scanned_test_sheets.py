"""A photocopy, and a picture of thin pictograms taken aslant, are read as well as is aimed at."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from visavis.digitising import digitise, score

pytestmark = [pytest.mark.shared, pytest.mark.long]

# sheet, picture, least recall and precision, most metres (median, 95 %), most degrees (median, 95 %)
AIMED_AT = [
    ("B1", "s2.jpg", 0.95, 0.8, 2.0, 2.0, 10),
    ("C1", "s3.png", 0.93, 0.8, 2.5, 2.5, 12),
]


@pytest.mark.parametrize(
    ("sheet", "picture", "least", "middle_m", "most_m", "middle_deg", "most_deg"), AIMED_AT
)
def test_a_scanned_sheet_is_read_within_the_targets(
    shared: Path,
    sheet: str,
    picture: str,
    least: float,
    middle_m: float,
    most_m: float,
    middle_deg: float,
    most_deg: float,
) -> None:
    folder = shared / "digitising" / sheet
    stem = picture.split(".")[0]
    told = digitise(
        (folder / picture).read_bytes(),
        name=picture,
        georef=json.loads((folder / f"{stem}.georef.json").read_text()),
        symbols=pd.read_csv(folder / f"{stem}.symbols.csv"),
        table=None,
        disclosure_id="test",
        source_id="test",
    )
    scored = score(gpd.read_file(folder / "truth.geojson"), told.cameras)
    figures = {name: -1 if value is None else value for name, value in asdict(scored).items()}
    assert figures["recall"] >= least
    assert figures["precision"] >= least
    if sheet != "C1":  # its table tells the kinds, not its symbols
        assert figures["kind"] >= 0.85
    assert figures["position_m_median"] <= middle_m
    assert figures["position_m_p95"] <= most_m
    assert figures["direction_found"] >= 0.88
    assert figures["direction_deg_median"] <= middle_deg
    assert figures["direction_deg_p95"] <= most_deg
