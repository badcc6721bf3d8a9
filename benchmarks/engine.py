"""Our side of every comparison, through the narrow functions of the views room; seconds are those of the processor."""

from __future__ import annotations

import math
from dataclasses import dataclass
from time import process_time
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from visavis.views.lens import Lens
from visavis.views.outline import ground_polygon
from visavis.views.scene import Scene
from visavis.views.surroundings import Surroundings

Floats = NDArray[np.float64]

WHOLE_TURN: Final = math.pi


@dataclass(frozen=True)
class Picture:
    """The picture of a fixed camera, all in degrees; `tilt_deg` is below the horizon."""

    hfov_deg: float
    vfov_deg: float
    tilt_deg: float


def lens_all_round(place: Floats, range_m: float) -> Lens:
    """Return a lens that looks all round, up and down without limit."""
    x, y, height_m = place.tolist()
    return Lens(x, y, height_m, 0.0, WHOLE_TURN, range_m, -math.inf, math.inf, 1.0, 0.0)


def lens_ahead(place: Floats, range_m: float, axis_rad: float, picture: Picture) -> Lens:
    """Return the lens of a fixed camera with a pinhole's picture."""
    x, y, height_m = place.tolist()
    return Lens(
        x, y, height_m, axis_rad, math.radians(picture.hfov_deg) / 2.0, range_m,
        -math.tan(math.radians(picture.tilt_deg + picture.vfov_deg / 2.0)),
        -math.tan(math.radians(picture.tilt_deg - picture.vfov_deg / 2.0)),
        0.0, 0.0,
    )  # fmt: skip


def look(scene: Scene, lens: Lens) -> tuple[Floats, Floats]:
    """Return façade pieces and ground cells: one camera from nothing."""
    return scene.seen(lens)


def pass_s(scene: Scene, lenses: list[Lens]) -> float:
    """Return the seconds that looking through all lenses took."""
    start = process_time()
    for lens in lenses:
        look(scene, lens)
    return process_time() - start


def sweep_s(scene: Scene, lenses: list[Lens]) -> float:
    """Return the seconds of the sweeps alone, surroundings collected beforehand."""
    around = [Surroundings.around(lens.x, lens.y, lens.range_m, scene) for lens in lenses]
    roofs = [scene.roof_m[each.prisms] for each in around]
    start = process_time()
    for each, lens, roof_m in zip(around, lenses, roofs, strict=True):
        each.seen(lens, roof_m)
    return process_time() - start


def outline_s(scene: Scene, lenses: list[Lens]) -> float:
    """Return the seconds of making polygons of ground cells, the sweeps done beforehand."""
    cells = [look(scene, lens)[1] for lens in lenses]
    start = process_time()
    for each, lens in zip(cells, lenses, strict=True):
        ground_polygon(each, lens)
    return process_time() - start


def ground_in_view(scene: Scene, lens: Lens) -> Any:
    """Return the ground in view as the engine publishes it: a (multi)polygon, its arcs drawn with chords."""
    return ground_polygon(look(scene, lens)[1], lens)
