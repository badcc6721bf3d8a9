"""The edges of footprints, and the straight walls that they make up.

A corner in the middle of a straight wall is a matter of drawing: houses meet that wall, not its edges. So edges
that go straight on in one another are one wall while it is asked where it stands in the open, and edges
again when that is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# No wall is cut shorter than this: that would be noise of the coordinates.
SHORTEST_M: Final = 1e-3

# Corners closer than this are one.
_SAME_M: Final = 1e-9

# A corner no further off the line through its neighbours lies on it: far above the rounding of a point put on a
# line in any metric CRS, which is 1e-9 m, and far below what any map knows.
STRAIGHT_M: Final = 1e-7


@dataclass(frozen=True)
class Edges:
    """Edges of footprints, but those too short to be one.

    Parameters
    ----------
    ends : ndarray (n, 4), metres
        x, y of start and end; the house lies to the left.
    prism : ndarray (n,)
        The footprint that each belongs to.
    ring : ndarray (n,)
        The ring that each belongs to; edges come ring by ring as they are stored.
    edge : ndarray (n,)
        Its number along the rings of the footprint as stored: edge k runs from vertex k to k + 1, the
        exterior first, then the holes.
    along : ndarray (n,)
        +1 where it runs as it is stored, −1 where it runs against that.
    """

    ends: Floats
    prism: Ints
    ring: Ints
    edge: Ints
    along: Floats

    @property
    def length_m(self) -> Floats:
        return np.asarray(np.hypot(*(self.ends[:, 2:] - self.ends[:, :2]).T))


@dataclass(frozen=True)
class Straight:
    """Straight walls, each of one edge or of several that go on in one another.

    Parameters
    ----------
    ends : ndarray (m, 4), metres
        x, y of start and end; the house lies to the left.
    prism : ndarray (m,)
    edges : Edges
    wall : ndarray (n,)
        The wall that each edge is a part of.
    """

    ends: Floats
    prism: Ints
    edges: Edges
    wall: Ints


def edges_of(footprints: NDArray[np.object_]) -> Edges:
    """Return the edges of some valid (Multi)Polygons."""
    polygons, of_prism = shapely.get_parts(footprints, return_index=True)
    rings, of_polygon = shapely.get_rings(polygons, return_index=True)
    exterior = np.diff(of_polygon, prepend=-1) > 0
    house_left = shapely.is_ccw(rings) == exterior
    points, of_ring = shapely.get_coordinates(rings, return_index=True)
    follows = np.flatnonzero(of_ring[1:] == of_ring[:-1])
    ends = np.hstack([points[follows], points[follows + 1]])
    ring = of_ring[follows]
    prism = of_prism[of_polygon[ring]]
    first = np.searchsorted(prism, np.arange(len(footprints)))
    edge = np.arange(len(prism)) - first[prism]
    real = np.hypot(*(ends[:, 2:] - ends[:, :2]).T) > _SAME_M
    against = ~house_left[ring]
    ends[against] = ends[against][:, [2, 3, 0, 1]]
    return Edges(ends[real], prism[real], ring[real], edge[real], np.where(against, -1.0, 1.0)[real])


def straight_walls(edges: Edges) -> Straight:
    """Return the walls that edges make up where they go straight on in one another."""
    every, following = np.arange(len(edges.ring)), _following(edges.ring)
    stored = np.where(edges.along[:, None] > 0.0, edges.ends, edges.ends[:, [2, 3, 0, 1]])
    start, end = stored[:, :2], stored[:, 2:]
    run, after, whole = end - start, (end - start)[following], end[following] - start
    with np.errstate(invalid="ignore", divide="ignore"):
        off = np.abs(_cross(run, after)) / np.hypot(*whole.T)
    goes_on = (off <= STRAIGHT_M) & ((run * after).sum(axis=1) > 0.0)
    goes_on &= (end == start[following]).all(axis=1) & (following != every)
    opens, closes = _runs(edges.ring, following, goes_on)
    # Many corners may each be on the line of their neighbours, and yet go round a curve.
    whole = end[closes] - start[opens]
    with np.errstate(invalid="ignore", divide="ignore"):
        curved = np.abs(_cross(whole, end - start[opens])) > STRAIGHT_M * np.hypot(*whole.T)
    curved = np.isin(opens, opens[curved])
    opens, closes = np.where(curved, every, opens), np.where(curved, every, closes)
    first, wall = np.unique(opens, return_inverse=True)
    last = np.zeros(len(first), dtype=np.int64)
    last[wall] = closes
    ends = np.hstack([start[first], end[last]])
    back = edges.along[first] < 0.0
    ends[back] = ends[back][:, [2, 3, 0, 1]]
    return Straight(ends, edges.prism[first], edges, wall.astype(np.int64))


def _following(ring: Ints) -> Ints:
    """Return the edge after each in its ring."""
    opens = np.flatnonzero(np.diff(ring, prepend=-1))
    following = np.arange(1, len(ring) + 1)
    following[np.append(opens[1:], len(ring))[: len(opens)] - 1] = opens
    return following.astype(np.int64)


def _runs(ring: Ints, following: Ints, goes_on: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return the first and the last edge of the run that each edge is in; a run may go through its ring's start."""
    every = np.arange(len(ring))
    begins = np.ones(len(ring), dtype=bool)
    begins[following[goes_on]] = False
    of_ring = np.flatnonzero(np.diff(ring, prepend=-1))
    begins[of_ring[~np.logical_or.reduceat(begins, of_ring)] if len(of_ring) else of_ring] = True
    opens = np.maximum.accumulate(np.where(begins, every, -1))
    closing = np.append(of_ring[1:], len(ring))[: len(of_ring)] - 1
    ring_start = np.repeat(of_ring, np.diff(np.append(of_ring, len(ring))))
    ring_end = np.repeat(closing, np.diff(np.append(of_ring, len(ring))))
    opens = np.where(
        opens < ring_start, opens[ring_end], opens
    )  # before its ring's first run: in the last one
    previous = np.empty(len(ring), dtype=np.int64)
    previous[following] = every
    closes = np.empty(len(ring), dtype=np.int64)
    starts = np.flatnonzero(begins)
    closes[previous[starts]] = previous[starts]
    closes[opens[previous[starts]]] = previous[starts]
    return opens.astype(np.int64), closes[opens]


def on_edges(
    straight: Straight, wall: Ints, from_m: Floats, to_m: Floats
) -> tuple[Ints, Ints, Floats, NDArray[np.bool_]]:
    """Cut parts of straight walls where one edge ends and the next begins.

    Parameters
    ----------
    straight : Straight
    wall, from_m, to_m : ndarrays (p,)
        The straight wall of each part, and from where to where along it.

    Returns
    -------
    part, edge : ndarrays (q,)
        The part and the edge, numbered among all, of each piece; pieces come part by part, from start to end.
    from_m : ndarray (q,)
        Where along its edge, the house to the left, each begins; it ends where the next one of its part begins.
    first : ndarray of bool (q,)
        Whether a piece begins where its part does; else it begins where its edge does.
    """
    edges = straight.edges
    offset = np.hypot(*(edges.ends[:, :2] - straight.ends[straight.wall, :2]).T)
    order = np.lexsort((offset, straight.wall))
    count = np.bincount(straight.wall, minlength=len(straight.prism))
    begins = np.cumsum(count) - count
    part = np.repeat(np.arange(len(wall)), count[wall])
    of_part = np.cumsum(count[wall]) - count[wall]
    edge = order[begins[wall[part]] + np.arange(len(part)) - of_part[part]]
    begin = np.maximum(from_m[part], offset[edge])
    end = np.minimum(to_m[part], (offset + edges.length_m)[edge])
    # What would be a wall too short is told of the edge beside it.
    held = end - begin
    longest = np.maximum.reduceat(held, of_part)[part] if len(part) else held
    kept = (held > SHORTEST_M) | (held == longest)
    part, edge, begin = part[kept], edge[kept], begin[kept]
    first = np.diff(part, prepend=-1) != 0
    begin = np.where(first, from_m[part], begin)
    return part, edge, begin - offset[edge], first


def _cross(a: Floats, b: Floats) -> Floats:
    return np.asarray(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])
