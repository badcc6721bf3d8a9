"""What cameras can see: views, strips of façade, and sightings of what was asked about."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from visavis.model.angles import wrap_deg
from visavis.model.crs import STORED_CRS, assert_metric, grid_convergence_deg
from visavis.model.findings import Finding, raised
from visavis.model.vocabulary import level_of, sureness_of
from visavis.views.draws import nominal_pose
from visavis.views.evenly import even_draws
from visavis.views.looks import Look, looks_of
from visavis.views.placing import Place, settle
from visavis.views.precisely import precisely
from visavis.views.scene import Scene
from visavis.views.sightings import sightings_of
from visavis.views.strips import nearest_sight, on_edges, strips_of
from visavis.views.table import FACADE_STRIPS, SIGHTINGS, VIEWS
from visavis.views.targets import Targets
from visavis.views.walls import GROUND, Floats
from visavis.views.watching import Watched, watch
from visavis.views.words import WORDS

Row = dict[str, Any]
Columns = dict[str, NDArray[Any]]

# A camera mapped deeper inside a building than this is told; nearer the outline it simply hangs on the wall.
_TOLD_INSIDE_M: Final = 0.5


@dataclass(frozen=True)
class Seen:
    """What cameras can see, in the CRS of the scene, ordered by id."""

    views: gpd.GeoDataFrame
    facade_strips: gpd.GeoDataFrame
    sightings: gpd.GeoDataFrame
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Much:
    """How often, how surely and how far to look, as `see` is asked to."""

    draws: int
    seed: int
    max_range_m: float
    precision: float | None


@dataclass
class _Told:
    """Rows as they come, camera by camera."""

    views: list[Row] = field(default_factory=list)
    strips: list[Columns] = field(default_factory=list)
    sightings: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def see(
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
    """Return what each camera can see, how sharply and how surely.

    What is seen, how much and how sharply is that of the camera as it is given. How surely is the share
    of draws, each within the errors of camera and roofs, that see some of it. Cameras and buildings stand as high
    as the ground below them, where a terrain model told it; the ground in view is that of a level plane through the
    camera's foot, and terrain hides nothing.

    A camera that looks one way, nobody knows which, is given the whole circle as its view; each draw points
    it somewhere, so that what is in its reach gets a probability of about HFOV / 360, and is called possible
    at most. A PTZ has its `reach`, the whole circle at any tilt with the lens as given, and is seen `now` where
    its direction is known. What has a probability of 0.05 or less is left out.

    Parameters
    ----------
    cameras : GeoDataFrame CAMERAS, in the metric CRS of the scene
        Azimuths are from true north.
    scene : Scene
    targets : GeoDataFrame SPACES, in the same CRS
        What to ask about: polygons with a height for their façades, those without for their ground, points for
        entrances.
    draws : int
        How well probabilities are to be known: as well as by so many independent draws, at least 1. Fewer, even
        ones are taken (`visavis.views.evenly`).
    seed : int
        Seed of the draws. A camera's draws depend on this and its id alone.
    max_range_m : float
        Distance in plan beyond which nothing is looked for.
    precision : float, optional
        The standard error of a probability that is wanted at most, below 1. Of each camera as many draws are taken as
        that needs, in the place of `draws`; one of which it needs too many has a finding.
    progress : callable, optional
        Called with the number of cameras done.

    Returns
    -------
    Seen
        VIEWS, FACADE_STRIPS and SIGHTINGS.

    Raises
    ------
    AssertionError
        Where the tables are not in one metric CRS.
    ValueError
        Where no draw, no range or no precision is asked for.
    """
    seen = look(
        cameras,
        scene,
        targets,
        draws=draws,
        seed=seed,
        max_range_m=max_range_m,
        precision=precision,
        progress=progress,
    )
    return Seen(
        views=VIEWS.check(seen.views),
        facade_strips=FACADE_STRIPS.check(seen.facade_strips),
        sightings=SIGHTINGS.check(seen.sightings),
        findings=seen.findings,
    )


def look(
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
    """Return what `see` does, its tables not checked: a part of what will be checked as a whole."""
    if draws < 1 or not max_range_m > 0.0:
        raise ValueError(f"at least one draw and a range above 0 are needed, got {draws} and {max_range_m}")
    if precision is not None and not 0.0 < precision < 1.0:
        raise ValueError(f"a precision between 0 and 1 is needed, got {precision}")
    for frame in (cameras, targets):
        assert_metric(frame)
        if frame.crs != scene.crs:
            raise AssertionError(
                f"cameras, targets and scene have to share one CRS: {frame.crs}, {scene.crs}"
            )
    asked = Targets.of(targets, scene)
    told, much = _Told(findings=list(scene.findings)), _Much(draws, seed, max_range_m, precision)
    turn = _convergence_deg(cameras)
    rows = cameras.itertuples(index=False)
    for done, (camera, convergence) in enumerate(zip(rows, turn, strict=True), start=1):
        azimuth = float(wrap_deg(camera.azimuth_deg + convergence))
        _look_through(camera, azimuth, scene, asked, told, much)
        if progress is not None:
            progress(done)
    return Seen(
        views=VIEWS.shaped(_by_id(told.views, "view_id"), crs=scene.crs),
        facade_strips=_strips_table(told.strips, scene.crs),
        sightings=SIGHTINGS.shaped(_by_id(told.sightings, "sighting_id"), crs=scene.crs),
        findings=in_order(told.findings),
    )


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings each once, ordered by id, whatever the order in which cameras were looked through."""
    return tuple(finding for _, finding in sorted({each.finding_id(): each for each in findings}.items()))


def _look_through(
    camera: Any,
    azimuth_deg: float,
    scene: Scene,
    targets: Targets,
    told: _Told,
    much: _Much,
) -> None:
    scene, targets = scene.from_ground(camera.ground_m), targets.from_ground(camera.ground_m)
    place = settle(camera.geometry.x, camera.geometry.y, camera.height_m, scene)
    told.findings.extend(_place_findings(camera, place, scene))
    if math.isnan(place.moved_m):
        return
    pose = nominal_pose(camera, place, azimuth_deg, min(camera.range_m, much.max_range_m), scene)
    for look in looks_of(camera):
        watch_with = partial(
            watch, camera, look, pose, scene, targets, seed=much.seed, max_range_m=much.max_range_m
        )
        watched = _watched(camera, look, watch_with, much, told)
        views = list(_views(camera, look, watched))
        strips = _strips(camera, look, watched, scene)
        told.views.extend(views)
        told.strips.append(strips)
        for row in sightings_of(camera, watched, targets, scene):
            told.sightings.append(
                row
                | {
                    "sighting_id": f"{camera.camera_id}/{look.mode}/{row['target_id']}",
                    "camera_id": camera.camera_id,
                    "mode": look.mode,
                }
            )
        told.findings.extend(
            _view_findings(camera, look, watched, nothing=not views and not len(strips["edge"]))
        )


def _watched(
    camera: Any, look: Look, watch_with: Callable[..., Watched], much: _Much, told: _Told
) -> Watched:
    if much.precision is None:
        return watch_with(draws=even_draws(much.draws))
    watched, draws = precisely(lambda n: watch_with(draws=n), much.precision)
    if watched.largest_se > much.precision:
        told.findings.append(
            raised(
                WORDS,
                "views.precision-not-reached",
                camera.camera_id,
                camera=camera.camera_id,
                mode=look.mode,
                draws=draws,
                reached=round(watched.largest_se, 4),
                wanted=much.precision,
            )
        )
    return watched


def _views(camera: Any, look: Look, watched: Watched) -> Iterator[Row]:
    of_bands = zip(watched.of_bands.share.tolist(), watched.of_bands.se.tolist(), strict=True)
    for band, (probability, error) in zip(watched.bands, of_bands, strict=True):
        sureness = _sureness(probability, look)
        if sureness is None:
            continue
        yield {
            "view_id": f"{camera.camera_id}/{look.mode}/{band.level}",
            **_of_camera(camera, look),
            "level": band.level,
            "px_per_m_least": band.px_per_m_least,
            "distance_least_m": band.distance_least_m,
            "distance_most_m": band.distance_most_m,
            "area_m2": float(band.ground.area),
            "probability": probability,
            "probability_se": float(error),
            "sureness": sureness,
            "geometry": band.ground,
        }


def _strips(camera: Any, look: Look, watched: Watched, scene: Scene) -> Columns:
    strips, in_view = strips_of(watched.pieces, watched.parts, watched.of_parts)
    sight = nearest_sight(strips, watched.lens, watched.around.ends, camera.pixels, camera.hfov_deg)
    columns = {
        **on_edges(strips, watched.around, scene),
        "distance_m": sight.distance_m,
        "incidence_deg": sight.incidence_deg,
        "px_per_m": sight.px_per_m,
        "level": np.array([level_of(density) for density in sight.px_per_m], dtype=object),
        "probability": in_view.share,
        "probability_se": in_view.se,
        "sureness": np.array([_sureness(each, look) for each in in_view.share], dtype=object),
    }
    keys = ("z_low_from_m", "from_m", "edge", "building")
    order = np.lexsort([columns[key] for key in keys])
    columns = {name: values[order] for name, values in columns.items()}
    building, edge = columns.pop("building"), columns["edge"]
    every = np.arange(len(edge))
    opens = np.append(True, (np.diff(building) != 0) | (np.diff(edge) != 0))[: len(edge)]
    number = every - np.maximum.accumulate(np.where(opens, every, 0))
    ids = scene.building_ids[building]
    of_camera = {
        name: np.full(len(edge), value, dtype=object) for name, value in _of_camera(camera, look).items()
    }
    names = [
        f"{camera.camera_id}/{look.mode}/{building_id}/{edge}/{k}"
        for building_id, edge, k in zip(ids, edge.tolist(), number.tolist(), strict=True)
    ]
    return columns | of_camera | {"building_id": ids, "strip_id": np.array(names, dtype=object)}


def _of_camera(camera: Any, look: Look) -> Row:
    return {
        "camera_id": camera.camera_id,
        "disclosure_id": camera.disclosure_id,
        "standing": camera.standing,
        "mode": look.mode,
        "assumed": camera.assumed,
        "terrain": camera.terrain,
    }


def _sureness(probability: float, look: Look) -> str | None:
    """Return the probability in words; what rests on a direction that nobody knows is possible at most."""
    word = sureness_of(probability)
    return "possible" if look.undirected and word is not None else word


def _place_findings(camera: Any, place: Place, scene: Scene) -> Iterator[Finding]:
    point = camera.geometry
    mapped_on = int(scene.standing_on(np.array([point.x]), np.array([point.y]), camera.height_m)[0])
    if mapped_on == GROUND:
        return
    building = str(scene.building_ids[scene.building[mapped_on]])
    if math.isnan(place.moved_m):
        yield raised(
            WORDS,
            "views.camera-shut-in",
            camera.camera_id,
            building,
            camera=camera.camera_id,
            building=building,
        )
    elif scene.roof_m[mapped_on] < camera.height_m:
        yield raised(
            WORDS,
            "views.camera-on-roof",
            camera.camera_id,
            building,
            camera=camera.camera_id,
            building=building,
        )
    elif place.moved_m > _TOLD_INSIDE_M:
        yield raised(
            WORDS,
            "views.camera-inside-building",
            camera.camera_id,
            building,
            camera=camera.camera_id,
            building=building,
            depth_m=round(place.moved_m, 2),
        )


def _view_findings(camera: Any, look: Look, watched: Watched, *, nothing: bool) -> Iterator[Finding]:
    if not len(watched.around.walls):
        yield raised(WORDS, "views.nothing-stands-around", camera.camera_id, camera=camera.camera_id)
    if not watched.bands and not len(watched.pieces):
        yield raised(
            WORDS, "views.camera-sees-nothing", camera.camera_id, camera=camera.camera_id, mode=look.mode
        )
    elif nothing:
        yield raised(
            WORDS,
            "views.too-unlikely-to-tell",
            camera.camera_id,
            camera=camera.camera_id,
            mode=look.mode,
            hfov_deg=round(float(camera.hfov_deg), 1),
        )


def _convergence_deg(cameras: gpd.GeoDataFrame) -> Floats:
    if cameras.empty or cameras.crs is None:
        return np.zeros(0)
    places = cameras.geometry.to_crs(STORED_CRS)
    return grid_convergence_deg(cameras.crs, places.x.to_numpy(), places.y.to_numpy())


def _by_id(rows: list[Row], key: str) -> list[Row]:
    return sorted(rows, key=lambda row: str(row[key]))


def _strips_table(parts: list[Columns], crs: Any) -> gpd.GeoDataFrame:
    filled = [part for part in parts if len(part["edge"])]
    if not filled:
        return FACADE_STRIPS.shaped([], crs=crs)
    table = pd.DataFrame({name: np.concatenate([part[name] for part in filled]) for name in filled[0]})
    table = table.sort_values("strip_id", ignore_index=True)
    return FACADE_STRIPS.shaped(gpd.GeoDataFrame(table, geometry="geometry", crs=crs))
