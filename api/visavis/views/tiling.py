"""Cameras looked through in tiles, by any number of workers; the result is that of `survey`, to the last bit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, Protocol

import geopandas as gpd
import pandas as pd

from visavis.model.errors import VisavisError
from visavis.model.findings import Finding, raised
from visavis.model.schema import SpatialTable
from visavis.views.seeing import Seen, in_order
from visavis.views.surveying import surveyed
from visavis.views.table import FACADE_STRIPS, SIGHTINGS, VIEWS
from visavis.views.tiles import MOST_CAMERAS, BeyondTile, Lot, Tile, Town, cut, lots_of, scene_of
from visavis.views.words import WORDS
from visavis.views.workers import IN_PROCESS, Workers

# A tile that proved too small is cut again this much wider than was asked for.
_WIDER_M: Final = 50.0


@dataclass(frozen=True)
class Terms:
    """How cameras are looked through: as for :func:`visavis.views.survey`."""

    draws: int = 100
    seed: int = 0
    max_range_m: float = 200.0
    precision: float | None = None


class Kept(Protocol):
    """Where finished tiles are kept for a run that comes after one that was broken off."""

    def get(self, key: str, crs: Any) -> Seen | None:
        """Return what was kept under a key, in a CRS, or None where there is nothing whole."""
        ...

    def put(self, key: str, seen: Seen) -> None:
        """Keep what a tile gave."""
        ...


class NothingKept:
    """Keeps nothing."""

    def get(self, key: str, crs: Any) -> Seen | None:  # noqa: ARG002
        return None

    def put(self, key: str, seen: Seen) -> None: ...


def survey_in_tiles(
    cameras: gpd.GeoDataFrame,
    spaces: gpd.GeoDataFrame,
    *,
    draws: int = 100,
    seed: int = 0,
    max_range_m: float = 200.0,
    precision: float | None = None,
    workers: Workers = IN_PROCESS,
    kept: Kept | None = None,
    cell_m: float | None = None,
    most: int = MOST_CAMERAS,
    progress: Callable[[int], None] | None = None,
) -> Seen:
    """Return what each camera can see, as :func:`visavis.views.survey` does, by any number of workers.

    Parameters
    ----------
    cameras : GeoDataFrame CAMERAS
    spaces : GeoDataFrame SPACES, in the same metric CRS
        What stands in the way, and what is asked about.
    draws, seed, max_range_m, precision
        As for `survey`.
    workers : Workers
        An executor of this process, of others, or of a cluster.
    kept : Kept, optional
        Where finished tiles are kept and looked for.
    cell_m, most
        As for :func:`visavis.views.tiles.lots_of`; the result does not depend on them.
    progress : callable, optional
        Called with the number of cameras done.
    """
    town = Town(cameras, spaces)
    terms = Terms(draws, seed, max_range_m, precision)
    parts = seen_by_tile(town, terms, workers=workers, kept=kept, cell_m=cell_m, most=most, progress=progress)
    return joined(list(parts), town.crs)


def seen_by_tile(
    town: Town,
    terms: Terms,
    *,
    workers: Workers = IN_PROCESS,
    kept: Kept | None = None,
    cell_m: float | None = None,
    most: int = MOST_CAMERAS,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Seen]:
    """Yield what is seen in each tile, in no order; no more tiles are at hand than the workers take at once.

    Findings about buildings are those of the tile's own; `joined` puts them together.

    Raises
    ------
    VisavisError
        Where a worker is gone.
    """
    lots = lots_of(town, max_range_m=terms.max_range_m, cell_m=cell_m, most=most)
    done = 0
    for lot, seen in _Run(town, terms, workers, NothingKept() if kept is None else kept).over(lots):
        done += len(lot.rows)
        if progress is not None and len(lot.rows):
            progress(done)
        yield seen


def look_through(tile: Tile, terms: Terms) -> Seen:
    """Return what is seen in a tile; this is what a worker is given to do.

    Raises
    ------
    BeyondTile
        Where a camera has to know more than the tile holds.
    """
    scene = scene_of(tile)
    own = [_about(each, set(tile.buildings).intersection(each.subjects)) for each in scene.findings]
    told = in_order(each for each in own if each.subjects)
    if tile.cameras.empty:
        views, strips, sightings = (
            table.shaped([], crs=scene.crs) for table in (VIEWS, FACADE_STRIPS, SIGHTINGS)
        )
        return Seen(views, strips, sightings, told)
    seen = surveyed(tile.cameras, replace(scene, findings=()), tile.spaces, **asdict(terms))
    return replace(seen, findings=in_order([*seen.findings, *told]))


def joined(parts: Sequence[Seen], crs: Any) -> Seen:
    """Return what was seen in some tiles as one."""
    of_buildings: dict[str, list[Finding]] = {}
    others: list[Finding] = []
    for finding in (finding for part in parts for finding in part.findings):
        if set(finding.figures) == {"buildings"}:
            of_buildings.setdefault(finding.code, []).append(finding)
        else:
            others.append(finding)
    summed = [
        _about(found[0], {name for each in found for name in each.subjects})
        for found in of_buildings.values()
    ]
    return Seen(
        views=_stacked(VIEWS, [part.views for part in parts], crs),
        facade_strips=_stacked(FACADE_STRIPS, [part.facade_strips for part in parts], crs),
        sightings=_stacked(SIGHTINGS, [part.sightings for part in parts], crs),
        findings=in_order([*others, *summed]),
    )


@dataclass
class _Run:
    """Tiles handed out, no more than the workers take, until all have come back."""

    town: Town
    terms: Terms
    workers: Workers
    kept: Kept
    out: dict[Future[Seen], tuple[Lot, str]] = field(default_factory=dict)

    def over(self, lots: Iterable[Lot]) -> Iterator[tuple[Lot, Seen]]:
        try:
            for lot in lots:
                while len(self.out) >= self.workers.at_once:
                    yield from self._back()
                yield from self._hand_out(lot)
            while self.out:
                yield from self._back()
        except (BrokenProcessPool, CancelledError) as gone:
            raise VisavisError(
                "a worker was ended from outside, perhaps for want of memory",
                remedy="Run it again: it goes on where it was; fewer workers take less memory",
            ) from gone
        finally:
            for future in self.out:
                future.cancel()

    def _hand_out(self, lot: Lot) -> Iterator[tuple[Lot, Seen]]:
        tile = cut(lot, self.town)
        key = f"{tile.digest()} {self.terms}"
        found = self.kept.get(key, self.town.crs)
        if found is None:
            self.out[self.workers.executor.submit(look_through, tile, self.terms)] = lot, key
        else:
            yield lot, found

    def _back(self) -> Iterator[tuple[Lot, Seen]]:
        """Yield the tiles that are done; one that proved too small is cut wider and handed out again."""
        for future in wait(self.out, return_when=FIRST_COMPLETED).done:
            lot, key = self.out.pop(future)
            try:
                seen = future.result()
            except BeyondTile as beyond:
                needed = beyond.needed.grown(_WIDER_M)
                yield from self._hand_out(replace(lot, reach=lot.reach.with_(needed)))
            else:
                self.kept.put(key, seen)
                yield lot, seen


def _about(finding: Finding, buildings: Iterable[str]) -> Finding:
    """Return a finding about buildings as one about some of them."""
    if set(finding.figures) != {"buildings"}:
        raise AssertionError(f"{finding.code} says more of a scene than which buildings it is about")
    ids = sorted(buildings)
    return raised(WORDS, finding.code, *ids, buildings=len(ids))


def _stacked(declared: SpatialTable, parts: Iterable[gpd.GeoDataFrame], crs: Any) -> gpd.GeoDataFrame:
    filled = [part for part in parts if len(part)]
    if not filled:
        return declared.empty(crs=crs)
    return declared.frame(pd.concat(filled).sort_values(declared.id_column, ignore_index=True))
