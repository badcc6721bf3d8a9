"""What cameras can see, in each way in which they look, rated by both scales of detail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import geopandas as gpd

from visavis.model.vocabulary import level_oodpcvs_of
from visavis.views.looks import ways_of
from visavis.views.scene import Scene
from visavis.views.seeing import Seen, look
from visavis.views.table import FACADE_STRIPS, SIGHTINGS, VIEWS


def survey(
    cameras: gpd.GeoDataFrame,
    scene: Scene,
    targets: gpd.GeoDataFrame,
    *,
    draws: int = 100,
    seed: int = 0,
    max_range_m: float = 200.0,
    precision: float | None = None,
    progress: Callable[[int], None] | None = None,
) -> Seen:
    """Return what each camera can see, how sharply on both scales, and how surely.

    A camera that zooms is looked through at its widest, and once more at full zoom (mode ``reach_tele``).
    The engine is :func:`visavis.views.see`, whose parameters these are and whose errors it raises.

    Returns
    -------
    Seen
        VIEWS, FACADE_STRIPS and SIGHTINGS. The newer level of a band of ground is that of its far edge, which
        all of it reaches.
    """
    seen = surveyed(
        cameras,
        scene,
        targets,
        draws=draws,
        seed=seed,
        max_range_m=max_range_m,
        precision=precision,
        progress=progress,
    )
    return replace(
        seen,
        views=VIEWS.check(seen.views),
        facade_strips=FACADE_STRIPS.check(seen.facade_strips),
        sightings=SIGHTINGS.check(seen.sightings),
    )


def surveyed(
    cameras: gpd.GeoDataFrame,
    scene: Scene,
    targets: gpd.GeoDataFrame,
    *,
    draws: int,
    seed: int,
    max_range_m: float,
    precision: float | None = None,
    progress: Callable[[int], None] | None = None,
) -> Seen:
    """Return what `survey` does, its tables not checked: a part of what will be checked as a whole."""
    ways = ways_of(cameras)
    begun = (~ways["camera_id"].duplicated()).cumsum().to_numpy()
    seen = look(
        ways,
        scene,
        # A building is asked about once, whatever pieces it is made of.
        targets[targets["part_of"].isna()],
        draws=draws,
        seed=seed,
        max_range_m=max_range_m,
        precision=precision,
        progress=None if progress is None else lambda done: progress(int(begun[done - 1])),
    )
    return replace(
        seen,
        views=_rated(seen.views, "px_per_m_least"),
        facade_strips=_rated(seen.facade_strips, "px_per_m"),
    )


def _rated(table: gpd.GeoDataFrame, density: str) -> gpd.GeoDataFrame:
    return table.assign(level_oodpcvs=table[density].map(level_oodpcvs_of).astype("str"))
