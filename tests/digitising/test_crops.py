"""Where on its sheet each camera was read, and the sheet shown there where its licence allows."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import cv2
import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from tools.model_town.symbols import BY_KIND
from visavis.digitising import CROPS, Digitised, digitise
from visavis.digitising.crops import crops
from visavis.digitising.drawing import Box
from visavis.digitising.legend import Entry
from visavis.digitising.marks import Mark
from visavis.digitising.scans import Scan

# Colours come in sixteen steps.
STEP = 17
RED = (230, 30, 30)


def read(town: Path, licence: str | None) -> Digitised:
    return digitise(
        (town / "sheet.pdf").read_bytes(),
        name="sheet.pdf",
        georef=json.loads((town / "sheet.georef.json").read_text()),
        symbols=pd.read_csv(town / "sheet.symbols.csv"),
        table=None,
        disclosure_id="villemodele",
        source_id="sheet",
        document_id="villemodele/sheet.pdf",
        licence=licence,
    )


@pytest.fixture(scope="module")
def town(root: Path) -> Path:
    return root / "data" / "model-town"


@pytest.fixture(scope="module")
def told(town: Path) -> Digitised:
    return read(town, "CC0-1.0")


def opened(picture: str) -> NDArray[np.uint8]:
    """Return a picture in base64 as red, green and blue."""
    found = cv2.imdecode(np.frombuffer(base64.b64decode(picture), np.uint8), cv2.IMREAD_COLOR_RGB)
    assert found is not None
    return np.asarray(found, dtype=np.uint8)


def middle(picture: str) -> NDArray[np.int64]:
    shown = opened(picture)
    return shown[shown.shape[0] // 2, shown.shape[1] // 2].astype(np.int64)


def test_every_camera_leads_to_its_sheet_page_and_box(told: Digitised) -> None:
    CROPS.check(told.crops)
    assert told.crops["camera_id"].tolist() == told.cameras["camera_id"].tolist()
    assert set(told.crops["sheet"]) == {"sheet.pdf"}
    assert set(told.crops["page"]) == {1}
    assert set(told.crops["unit"]) == {"points"}
    assert set(told.crops["document_id"]) == {"villemodele/sheet.pdf"}
    boxes = told.crops[["x0", "y0", "x1", "y1"]]
    said = ["page 1, box " + " ".join(f"{side:.1f}" for side in box) for box in boxes.to_numpy()]
    assert said == told.cameras["source_ref"].tolist()


def test_the_middle_of_each_picture_has_the_colour_of_the_cameras_symbol(told: Digitised) -> None:
    kinds = told.cameras.set_index("camera_id")["kind"]
    drawn = kinds[kinds.isin(["fixed", "dome", "ptz", "anpr"])]
    assert drawn.nunique() == 4
    shown = told.crops.set_index("camera_id")["picture"]
    for camera_id, kind in drawn.items():
        symbol = [int(BY_KIND[kind].colour[i : i + 2], 16) for i in (1, 3, 5)]
        there = opened(shown[camera_id]).astype(np.int64)
        high, wide = there.shape[:2]
        # A dome's symbol has a white ring within.
        around = there[high // 2 - 8 : high // 2 + 8, wide // 2 - 8 : wide // 2 + 8]
        of_symbol = (np.abs(around - symbol) <= STEP).all(axis=2)
        assert of_symbol.mean() > 0.4, (camera_id, kind)


@pytest.mark.parametrize(
    ("licence", "showing"),
    [
        (None, "licence_unknown"),
        ("CC-BY-NC-4.0", "licence_closed"),
        ("tous droits réservés", "licence_closed"),
    ],
)
def test_without_a_licence_that_allows_it_the_box_is_told_and_nothing_shown(
    licence: str | None, showing: str
) -> None:
    told = of_scan(licence=licence)
    assert told["picture"].isna().all()
    assert told["showing"].tolist() == [showing]
    assert told[["x0", "y0", "x1", "y1"]].to_numpy().tolist() == [[10.0, 20.0, 30.0, 36.0]]


def of_scan(
    box: Box = (10.0, 20.0, 30.0, 36.0), licence: str | None = "etalab-2.0", factor: int = 1
) -> pd.DataFrame:
    """Return the crop of a red symbol on a white scan of 400 × 300 pixels, or so many times larger."""
    colour = np.full((300 * factor, 400 * factor, 3), 255, dtype=np.uint8)
    x0, y0, x1, y1 = (int(side) * factor for side in box)
    colour[y0:y1, x0:x1] = RED
    large = (float(x0), float(y0), float(x1), float(y1))
    entry = Entry(2, "fixed", "camera", large, None)
    mark = Mark(entry, (x0 + x1) / 2, (y0 + y1) / 2, 0.1, None, None, None, large, large)
    return crops(
        Scan(colour),
        b"",
        [mark],
        ["d:C1"],
        name="scan.png",
        disclosure_id="d",
        document_id=None,
        licence=licence,
    )


@pytest.mark.parametrize(
    "box", [(0.0, 0.0, 20.0, 16.0), (200.0, 150.0, 220.0, 170.0), (380.0, 280.0, 400.0, 300.0)]
)
def test_a_symbol_at_the_edge_of_a_scan_is_in_the_middle_too(box: Box) -> None:
    (picture,) = of_scan(box)["picture"]
    assert np.abs(middle(picture) - RED).max() <= STEP
    shown = opened(picture)
    assert shown.shape[:2] == (100, 160)
    off_white = (shown != 255).any(axis=2).sum()
    assert off_white == (box[2] - box[0]) * (box[3] - box[1])


def test_a_picture_is_no_larger_for_a_finer_scan() -> None:
    (picture,) = of_scan((100.0, 100.0, 120.0, 120.0), factor=6)["picture"]
    assert opened(picture).shape == (240, 384, 3)
    assert np.abs(middle(picture) - RED).max() <= STEP


def test_a_sheet_without_a_camera_has_no_crop(told: Digitised) -> None:
    none = crops(
        Scan(np.zeros((5, 5, 3), dtype=np.uint8)),
        b"",
        [],
        [],
        name="scan.png",
        disclosure_id="d",
        document_id=None,
        licence="CC0-1.0",
    )
    assert none.empty
    assert list(none.columns) == list(told.crops.columns)
