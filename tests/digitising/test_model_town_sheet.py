"""The model town's sheet, drawn with its truth known, is read whole."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from visavis.cameras import CAMERAS_READ
from visavis.digitising import Digitised, digitise, score


@pytest.fixture(scope="module")
def town(root: Path) -> Path:
    return root / "data" / "model-town"


def read(town: Path, table: pd.DataFrame | None) -> Digitised:
    return digitise(
        (town / "sheet.pdf").read_bytes(),
        name="sheet.pdf",
        georef=json.loads((town / "sheet.georef.json").read_text()),
        symbols=pd.read_csv(town / "sheet.symbols.csv"),
        table=table,
        disclosure_id="villemodele",
        source_id="sheet",
    )


@pytest.fixture(scope="module")
def told(town: Path) -> Digitised:
    return read(town, pd.read_csv(town / "cameras.csv", sep=";", dtype=str))


@pytest.fixture(scope="module")
def truth(town: Path) -> gpd.GeoDataFrame:
    return gpd.read_file(town / "truth" / "cameras.geojson")


def test_the_town_is_read_whole(told: Digitised, truth: gpd.GeoDataFrame) -> None:
    result = score(truth, told.cameras)
    assert (result.recall, result.precision, result.kind, result.label) == (1, 1, 1, 1)
    assert (result.direction_found, result.direction_invented) == (1, 0)
    assert result.position_m_p95 is not None
    assert result.position_m_p95 < 0.3
    assert result.direction_deg_p95 is not None
    assert result.direction_deg_p95 < 0.2


def test_what_is_read_keeps_the_declared_table(told: Digitised) -> None:
    CAMERAS_READ.check(told.cameras)
    assert (told.cameras["standing"] == "detected").all()
    assert told.cameras["position_sd_m"].between(0.01, 1).all()
    assert told.cameras["source_ref"].str.fullmatch(r"page 1, box( [\d.]+){4}").all()
    assert told.cameras["assumed"].isna().all()


def test_the_tables_heights_are_joined_by_label(told: Digitised, truth: gpd.GeoDataFrame) -> None:
    read_height = told.cameras.set_index("label")["height_m"].dropna()
    assert len(read_height) > 20
    true_height = truth.set_index("label")["height_m"].astype(float)
    assert read_height.to_dict() == pytest.approx(true_height[read_height.index].to_dict())


@pytest.mark.slow
def test_two_readings_of_one_sheet_are_the_same(town: Path, told: Digitised) -> None:
    again = read(town, pd.read_csv(town / "cameras.csv", sep=";", dtype=str))
    pd.testing.assert_frame_equal(told.cameras, again.cameras)
    assert told.findings == again.findings


@pytest.mark.slow
def test_without_the_table_what_only_it_tells_stays_unknown(town: Path, truth: gpd.GeoDataFrame) -> None:
    bare = read(town, None)
    result = score(truth, bare.cameras)
    assert (result.recall, result.label, result.direction_invented) == (1, 1, 0)
    doubt = next(f for f in bare.findings if f.code == "sheet.kind-unknown")
    assert doubt.figures["count"] == (bare.cameras["kind"] == "unknown").sum() > 0
