"""The engine compiled ahead of its first use: `python -m visavis.views.warming`, once after installing.

What is compiled lies in numba's cache, beside the package or in the person's own cache folder, until the code or the
processor changes.
"""

from __future__ import annotations

from typing import Any

import shapely

from visavis.cameras import CAMERAS
from visavis.model.crs import local_crs
from visavis.model.ground import FLAT
from visavis.spaces import SPACES
from visavis.views.scene import Scene
from visavis.views.seeing import Seen
from visavis.views.surveying import survey


def warm() -> Seen:
    """Look at a house, its door and its garden with a camera of each kind, so that every kernel is compiled."""
    crs = local_crs([0.0], [0.0])
    common = {
        "base_m": 0.0, "height_sd_m": 1.0, "terrain": FLAT, "use_confidence": 1.0, "source_id": "warming",
    }  # fmt: skip

    def space(name: str, kind: str, height_m: float, shape: Any, **more: Any) -> dict[str, Any]:
        return {
            **common,
            "space_id": name,
            "building_id": "house",
            "kind": kind,
            "height_m": height_m,
            "geometry": shape,
            **more,
        }

    spaces = SPACES.frame(
        [
            space("house", "dwelling_facade", 6.0, shapely.box(5, 5, 15, 12)),
            space(
                "bridge", "other_private", 9.0, shapely.box(-4, -9, 4, -7), base_m=5.0, building_id="bridge"
            ),
            space("door", "dwelling_entrance", 0.0, shapely.Point(10, 5)),
            space("garden", "private_ground", 0.0, shapely.box(5, 12, 15, 20)),
        ],
        crs=crs,
    )
    optics = {"position_sd_m": 1.0, "height_m": 7.0, "height_sd_m": 0.5, "tilt_deg": 15.0, "pixels": 1920.0}
    cameras = CAMERAS.frame(
        [
            {
                **optics,
                "camera_id": kind,
                "disclosure_id": "warming",
                "standing": "stated",
                "terrain": FLAT,
                "kind": kind,
                "azimuth_deg": azimuth,
                "azimuth_sd_deg": None if azimuth is None else 5.0,
                "hfov_deg": hfov,
                "vfov_deg": 50.0,
                "range_m": 40.0,
                "source_id": "warming",
                "geometry": shapely.Point(0, 0),
            }
            for kind, azimuth, hfov in (
                ("fixed", 45.0, 80.0),
                ("unknown", None, 80.0),
                ("ptz", 45.0, 60.0),
                ("dome", None, 360.0),
            )
        ],
        crs=crs,
    )
    return survey(cameras, Scene.of(spaces), spaces, draws=3)


if __name__ == "__main__":
    warm()
