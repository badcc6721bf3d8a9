"""Cut into tiles, done by others, in any order, broken off and gone on with: always the same bytes."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.views.towns import camera, cameras
from tests.work.quarter import RANGE_M, quarter, watching

from visavis.model.errors import VisavisError
from visavis.views import Scene, Seen, Workers, survey, survey_in_tiles
from visavis.views.tiles import BeyondTile, Box, Town, cut, lots_of, scene_of
from visavis.views.tiling import Terms, look_through, seen_by_tile
from visavis.work import KeptTiles, opened_workers
from visavis.work.packing import packed

pytestmark = pytest.mark.slow

TERMS = {"draws": 3, "seed": 7, "max_range_m": RANGE_M}


@pytest.fixture(scope="module")
def plain() -> bytes:
    return packed(survey(watching(), Scene.of(quarter()), quarter(), **TERMS))  # type: ignore[arg-type]


def tiled(seen_by: gpd.GeoDataFrame | None = None, **how: Any) -> bytes:
    return packed(survey_in_tiles(watching() if seen_by is None else seen_by, quarter(), **TERMS | how))


@pytest.mark.parametrize(("cell_m", "most"), [(25.0, 1), (61.0, 7), (140.0, 1000), (5000.0, 3)])
def test_the_size_of_tiles_changes_nothing(plain: bytes, cell_m: float, most: int) -> None:
    assert tiled(cell_m=cell_m, most=most) == plain


@settings(max_examples=2)
@given(order=st.permutations(range(len(watching()))), turned=st.randoms(use_true_random=False))
def test_the_order_of_cameras_and_spaces_changes_nothing(plain: bytes, order: list[int], turned: Any) -> None:
    rows = list(range(len(quarter())))
    turned.shuffle(rows)
    town, seen_by = quarter().iloc[rows], watching().iloc[order]
    assert packed(survey_in_tiles(seen_by, town, **TERMS, cell_m=100.0)) == plain  # type: ignore[arg-type]
    assert packed(survey(seen_by, Scene.of(town), town, **TERMS)) == plain  # type: ignore[arg-type]


def test_the_quarter_has_all_that_is_easily_cut_wrong() -> None:
    seen = survey(watching(), Scene.of(quarter()), quarter(), **TERMS)  # type: ignore[arg-type]
    codes = {finding.code for finding in seen.findings}
    assert {
        "views.building-buried",
        "views.footprint-repaired",
        "views.camera-inside-building",
        "views.camera-on-roof",
    } <= codes
    assert "heart" in set(seen.views["camera_id"]), "moved out of the middle of a hall 300 m wide"
    assert {"facade", "entrance", "ground"} == set(seen.sightings["aspect"])


def test_a_camera_that_must_know_more_than_its_tile_says_so() -> None:
    town = Town(watching().query("camera_id == 'heart'"), quarter())
    tile = cut(lots_of(town, max_range_m=RANGE_M)[0], town)
    with pytest.raises(BeyondTile) as beyond:
        look_through(tile, Terms(**TERMS))  # type: ignore[arg-type]
    assert not tile.known.holds(beyond.value.needed)


def test_a_building_in_two_pieces_comes_whole_with_what_touches_it() -> None:
    town = Town(watching().query("camera_id == 'twin'"), quarter())
    lot = lots_of(town, max_range_m=RANGE_M)[0]
    assert lot.reach.east < 0
    tile = cut(lot, town)
    assert {"twin-west", "twin-east", "arch"} <= set(tile.spaces["space_id"])
    assert "hall" not in set(tile.spaces["space_id"])


def test_a_tile_knows_what_hangs_in_the_air_as_the_whole_town_does() -> None:
    whole = Scene.of(quarter())
    hanging = dict(zip(whole.building_ids[whole.building], whole.base_m, strict=True))
    assert hanging["arch"] == 3.0
    town = Town(watching().query("camera_id == 'pile'"), quarter())
    tile = cut(lots_of(town, max_range_m=RANGE_M)[0], town)
    assert tile.known.east < -150, "what bears the slab lies beyond"
    scene = scene_of(tile)
    for building, base_m in zip(scene.building_ids[scene.building], scene.base_m, strict=True):
        assert base_m == hanging[building], building
    assert "slab" in tile.buildings
    assert "last-pier" in set(tile.spaces["space_id"])


def test_a_tile_of_many_cameras_on_one_point_is_several() -> None:
    crowd = cameras(*(camera(f"c{k:05d}", 30.0, -70.0) for k in range(10_000)))
    town = Town(crowd, quarter())
    lots = [lot for lot in lots_of(town, max_range_m=RANGE_M) if len(lot.rows)]
    assert max(len(lot.rows) for lot in lots) <= 32
    assert sorted(np.concatenate([lot.rows for lot in lots])) == list(range(10_000))
    assert len({lot.reach for lot in lots}) == 1


class Counting(Executor):
    """Lets others do the work, and knows how much is out at once."""

    def __init__(self, others: Executor) -> None:
        self.others = others
        self.given = self.out = self.most = 0
        self.lock = threading.Lock()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        with self.lock:
            self.given, self.out = self.given + 1, self.out + 1
            self.most = max(self.most, self.out)
        future = self.others.submit(fn, *args, **kwargs)
        future.add_done_callback(self._back)
        return future

    def _back(self, _: Future[Any]) -> None:
        with self.lock:
            self.out -= 1


def test_no_more_tiles_are_out_than_the_workers_take_at_once(plain: bytes) -> None:
    with ThreadPoolExecutor(2) as threads:
        counting = Counting(threads)
        assert tiled(workers=Workers(counting, 3), cell_m=60.0) == plain
    assert counting.given > 10
    assert counting.most <= 3


@pytest.fixture(scope="module")
def pool() -> Iterator[Workers]:
    with opened_workers(2) as workers:
        yield workers


def test_two_processes_give_the_same_bytes(plain: bytes, pool: Workers) -> None:
    assert isinstance(pool.executor, ProcessPoolExecutor)
    assert tiled(workers=pool, cell_m=150.0) == plain


def test_a_dask_cluster_gives_the_same_bytes(plain: bytes) -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        opened_workers(dask=cluster.scheduler_address) as workers,
    ):
        assert workers.at_once == 4
        assert tiled(workers=workers, cell_m=150.0) == plain


def test_a_worker_that_is_gone_is_told_in_one_line() -> None:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as executor:
        executor.submit(int).result()
        (process,) = executor._processes.values()
        process.kill()
        with pytest.raises(VisavisError, match="a worker was ended from outside") as gone:
            tiled(workers=Workers(executor, 2))
    assert "\n" not in str(gone.value)


def test_what_was_kept_is_not_done_again(plain: bytes, tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as threads:
        first, second = Counting(threads), Counting(threads)
        how = {"kept": KeptTiles(tmp_path / "kept"), "cell_m": 100.0}
        some = seen_by_tile(
            Town(watching(), quarter()),
            Terms(**TERMS),
            workers=Workers(first, 1),
            **how,  # type: ignore[arg-type]
        )
        for _ in range(4):
            next(some)
        some.close()
        done = len(list((tmp_path / "kept").iterdir()))
        assert 4 <= done <= first.given
        assert tiled(workers=Workers(second, 1), **how) == plain
        again = Counting(threads)
        assert tiled(workers=Workers(again, 1), **how) == plain
    # Only the tile that twice proves too small is handed out, and found when it is wide enough.
    assert again.given == 2
    assert second.given > 5


def test_what_was_kept_of_other_cameras_buildings_or_terms_is_not_taken(tmp_path: Path) -> None:
    kept = KeptTiles(tmp_path / "kept")
    town, some = quarter(), watching().query("camera_id.str.startswith('street')")
    tiled(some, kept=kept)
    higher = town.assign(height_m=town["height_m"].mask(town["space_id"] == "h2.05", 30.0))
    moved = some.assign(height_m=9.0)  # under the same ids
    for seeing, built, terms in (
        (some, higher, TERMS),
        (moved, town, TERMS),
        (some, town, TERMS | {"seed": 8}),
        (some, town, TERMS | {"draws": 4}),
    ):
        fresh = packed(survey(seeing, Scene.of(built), built, **terms))  # type: ignore[arg-type]
        assert packed(survey_in_tiles(seeing, built, **terms, kept=kept)) == fresh  # type: ignore[arg-type]


class Noted(KeptTiles):
    """Remembers what was asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.found: dict[str, bool] = {}

    def get(self, key: str, crs: Any) -> Seen | None:
        seen = super().get(key, crs)
        self.found[key] = seen is not None
        return seen


def test_a_damaged_tile_is_done_again(plain: bytes, kept_tiles: Path) -> None:
    for number, file in enumerate(sorted(kept_tiles.iterdir())):
        whole = file.read_bytes()
        file.write_bytes(whole[: number * 100] if number % 2 else whole[:-40] + b"?" + whole[-39:])
    noted = Noted(kept_tiles)
    assert tiled(kept=noted) == plain
    assert not any(noted.found.values())
    assert tiled(kept=noted) == plain
    assert any(noted.found.values())


@settings(max_examples=100)
@given(data=st.data())
def test_no_byte_of_a_kept_tile_can_change_unseen(
    kept_tiles: Path, keys: list[str], data: st.DataObject
) -> None:
    kept = KeptTiles(kept_tiles)
    key = data.draw(st.sampled_from(keys))
    file = kept._file(key)
    whole = file.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    file.write_bytes(whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :])
    try:
        assert kept.get(key, quarter().crs) is None
    finally:
        file.write_bytes(whole)
    assert kept.get(key, quarter().crs) is not None


@pytest.fixture(scope="module")
def keys(kept_tiles: Path) -> list[str]:
    noted = Noted(kept_tiles)
    tiled(kept=noted)
    return [key for key, found in noted.found.items() if found]


@pytest.fixture(scope="module")
def kept_tiles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept") / "tiles"
    tiled(kept=KeptTiles(folder))
    return folder


def test_boxes_hold_their_own_sides() -> None:
    box = Box(0, 0, 2, 1)
    assert box.holds(box)
    assert box.grown(1) == Box(-1, -1, 3, 2)
    assert not box.holds(Box(0, 0, 2, 1.5))


def test_nothing_to_see_is_no_failure() -> None:
    empty = survey_in_tiles(watching().iloc[:0], quarter().iloc[:0])
    assert isinstance(empty, Seen)
    assert empty.views.empty
    bare = survey_in_tiles(watching().iloc[:1], quarter().iloc[:0], draws=1)
    assert len(bare.views)
