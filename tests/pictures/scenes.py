"""Pictures of small towns built by hand, and what stands at a pixel of them."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import shapely
from tests.views.towns import cameras

from visavis.pictures import Patch, Picture, picture_of
from visavis.views import Scene


def pictured(town: gpd.GeoDataFrame, camera: dict[str, Any], **how: Any) -> Picture:
    """Return the picture of a camera in a town."""
    row = next(cameras(camera).itertuples(index=False))
    return picture_of(row, Scene.of(town), town, **{"reach_m": 150.0, "max_range_m": 100.0} | how)


def at(picture: Picture, x: float, y: float) -> Patch:
    """Return the patch at a pixel; there is exactly one."""
    found = [patch for patch in picture.patches if patch.shape.contains(shapely.Point(x, y))]
    assert len(found) == 1, f"{len(found)} patches at {x}, {y}"
    return found[0]


def of(picture: Picture, what: str) -> Any:
    """Return all of the picture that is one kind of thing."""
    return shapely.union_all([patch.shape for patch in picture.patches if patch.what == what])
