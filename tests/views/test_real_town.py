"""A real town as its map has it: terraces, overlaps, slivers and all."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import shapely

from visavis.cameras import complete
from visavis.model.crs import local_crs
from visavis.readers.osm import read_osm
from visavis.readers.reference import read_reference
from visavis.spaces import furnish
from visavis.views import Scene, see


def _above(one: Any, other: Any) -> bool:
    return min(one.z_low_from_m, one.z_low_to_m) >= max(other.z_high_from_m, other.z_high_to_m) - 1e-6


@pytest.mark.shared
@pytest.mark.long
def test_views_of_a_real_town_keep_their_word(shared: Path) -> None:
    read = read_osm(shared / "data" / "geneva_osm" / "geneva.osm.pbf")
    bounds = read.buildings.bounds
    crs = local_crs(bounds[["minx", "maxx"]].to_numpy().ravel(), bounds[["miny", "maxy"]].to_numpy().ravel())
    spaces = furnish(*(part.to_crs(crs) for part in (read.buildings, read.grounds, read.entrances))).spaces
    cameras = complete(read.cameras.to_crs(crs), read_reference().models).cameras
    result = see(cameras, Scene.of(spaces), spaces, draws=5, seed=1)

    assert result.views.is_valid.all()
    assert result.sightings["share"].between(0, 1).all()
    for _, bands in result.views.groupby(["camera_id", "mode"]):
        whole = shapely.union_all(bands.geometry.to_numpy())
        assert bands["area_m2"].sum() == pytest.approx(whole.area, rel=1e-6)
    strips = result.facade_strips.sort_values("from_m")
    for _, mine in strips.groupby(["camera_id", "mode", "building_id", "edge"]):
        for one, other in combinations(mine.itertuples(), 2):
            beside = other.from_m >= one.to_m - 1e-6
            # Over and under what hangs in the air one stretch of a wall shows twice.
            assert beside or _above(one, other) or _above(other, one)
    told = {subject for finding in result.findings for subject in finding.subjects}
    silent = (
        set(cameras["camera_id"]) - set(result.views["camera_id"]) - set(result.facade_strips["camera_id"])
    )
    assert silent <= told
