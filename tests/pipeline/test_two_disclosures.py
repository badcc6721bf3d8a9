"""A build of two dossiers of one authority: what became of its cameras is a layer and a finding."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from visavis.datasets import model_town
from visavis.pipeline import Options, build

pytestmark = pytest.mark.long

ORIGIN = (-20.0, 47.0)


def dossier(folder: Path, name: str, answered: str, cameras: dict[str, tuple[float, float, float]]) -> Path:
    """Write a dossier whose cameras, by label, stand some metres east and north and point somewhere."""
    folder = folder / name
    folder.mkdir()
    features: list[dict[str, Any]] = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [ORIGIN[0] + x / 76_000, ORIGIN[1] + y / 111_200]},
            "properties": {
                "label": label,
                "kind": "fixed",
                "azimuth_deg": azimuth,
                "azimuth_sd_deg": 3.0,
                "position_sd_m": 1.0,
            },
        }
        for label, (x, y, azimuth) in cameras.items()
    ]
    (folder / "cameras.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": features}), "utf-8"
    )
    (folder / "disclosure.yml").write_text(
        f"""id: xx/town/{name}
title: Cameras of {name}
authority: Town (invented)
country: XX
invented: true
licence: CC0-1.0
attribution: Town (invented)
request: {{answered_on: {answered}, status: disclosed}}
cameras: [{{file: cameras.geojson}}]
""",
        "utf-8",
    )
    return folder


def test_a_build_of_two_disclosures_says_what_became_of_each_camera(tmp_path: Path) -> None:
    before = {"A": (0.0, 0.0, 90.0), "B": (40.0, 0.0, 180.0), "C": (0.0, 60.0, 0.0)}
    after = {"A": (0.0, 0.0, 270.0), "B": (52.0, 5.0, 180.0), "D": (60.0, 60.0, 0.0)}
    outcome = build(
        [
            dossier(tmp_path, "2024-map", "2024-02-01", after),
            dossier(tmp_path, "2019-map", "2019-06", before),
        ],
        [model_town() / "town.osm"],
        str(tmp_path / "two.gpkg"),
        clock=lambda: datetime(2026, 1, 1, tzinfo=UTC),
        options=Options(draws=1),
    )
    rows = outcome.tables["camera_changes"]
    told = {
        row["label_to"] if isinstance(row["label_to"], str) else row["label_from"]: row
        for row in rows.to_dict("records")
    }
    assert {label: row["change"] for label, row in told.items()} == {
        "A": "turned",
        "B": "moved",
        "C": "removed",
        "D": "added",
    }
    assert abs(told["A"]["turned_deg"]) == pytest.approx(180)
    assert told["B"]["moved_m"] == pytest.approx(13, abs=0.1)
    assert told["B"]["geometry"].geom_type == "LineString"
    assert "changes.compared" in set(outcome.tables["findings"]["code"])
