"""Which disclosures are compared: those of one authority on common ground, each with each later one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

# A paper speaks for the ground that its cameras span, and a little beyond.
BEYOND_M: Final = 100.0


@dataclass(frozen=True)
class Disclosed:
    """A disclosure: its id (country/authority/year-what) and the day of the answer, or of the request, if any."""

    disclosure_id: str
    day: str | None = None

    @property
    def authority(self) -> str:
        """The part of the id that is the same for all disclosures of an authority."""
        return self.disclosure_id.rpartition("/")[0]

    @property
    def when(self) -> str | None:
        """The day, month or year that it speaks of, by the year of its id where nothing else tells; else None."""
        year = re.match(r"\d{4}(?!\d)", self.disclosure_id.rpartition("/")[2])
        return self.day or (year[0] if year else None)


@dataclass(frozen=True)
class Succession:
    """An earlier and a later disclosure, with the cameras of each and the ground that they span."""

    earlier: Disclosed
    later: Disclosed
    before: gpd.GeoDataFrame
    after: gpd.GeoDataFrame
    ground_before: BaseGeometry
    ground_after: BaseGeometry

    @property
    def order_known(self) -> bool:
        """Whether both tell their time, and the times differ as far as both are told."""
        one, other = self.earlier.when, self.later.when
        if one is None or other is None:
            return False
        told = min(len(one), len(other))
        return one[:told] != other[:told]


def successions(cameras: gpd.GeoDataFrame, disclosures: Sequence[Disclosed]) -> Iterator[Succession]:
    """Yield each two disclosures that can be compared, the earlier first.

    Parameters
    ----------
    cameras : GeoDataFrame CAMERAS, metric CRS
    disclosures : sequence of Disclosed
        Those without a day, and a year in their id, count as the earliest, in the order of their ids.
    """
    ordered = sorted(disclosures, key=lambda each: (each.when or "", each.disclosure_id))
    own = {
        each: cameras[cameras["disclosure_id"] == each.disclosure_id].reset_index(drop=True)
        for each in ordered
    }
    grounds = {each: ground_of(rows) for each, rows in own.items() if len(rows)}
    for earlier, later in combinations(grounds, 2):
        if earlier.authority == later.authority and grounds[earlier].intersects(grounds[later]):
            yield Succession(earlier, later, own[earlier], own[later], grounds[earlier], grounds[later])


def ground_of(cameras: gpd.GeoDataFrame) -> BaseGeometry:
    """Return the ground that some cameras span, and `BEYOND_M` around it."""
    return shapely.buffer(shapely.convex_hull(shapely.union_all(cameras.geometry.to_numpy())), BEYOND_M)
