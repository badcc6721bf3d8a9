"""From footprints to the walls that stand in the open: cut where they meet, each with what it rises from.

Between two houses that touch there is no façade below the lower roof. So every wall is cut where another house
crosses it, touches it or has a corner on it, and each part is asked what stands on its outer side. A part
is kept where its own house rises above that, from that height upwards; the rest is inside the built
mass and neither seen nor in the way. Seen along any line, the parts kept are the steps of one surface, which
is all that a sweep needs to know.

What hangs in the air, over a passage, is no step of that surface: one looks below it. Its walls are all kept,
shown or not, and where it is built against another house's wall that one has a gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from visavis.views.edges import SHORTEST_M, Straight, edges_of, on_edges, straight_walls

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Houses closer than this touch: maps draw a shared wall twice, some centimetres apart, and nobody looks
# through such a gap. Real passages are several times wider.
TOUCHING_M: Final = 0.10

# Walls closer than this are one: rounding, as it is where two houses are drawn with the same corners.
_SAME_WALL_M: Final = 1e-6

GROUND: Final = -1
NOTHING: Final = -1

# A house this little above what fills the place below it stands on that.
_STANDS_M: Final = 0.10
_STANDS_SHARE: Final = 0.99


@dataclass(frozen=True)
class Walls:
    """Straight parts of outer walls, each seen from one side only.

    Parameters
    ----------
    ends : ndarray (n, 4), metres
        x, y of start and end; the house lies to the left.
    prism : ndarray (n,)
        The prism that the wall belongs to.
    outside : ndarray (n,)
        The lower prism on the ground that it rises from, or `GROUND`.
    against : ndarray (n,)
        A prism in the air that is built against it, so that it does not show there, or `NOTHING`.
    edge : ndarray (n,)
        Its edge, numbered along the rings of the footprint as stored: edge k runs from vertex k to k + 1,
        the exterior first, then the holes.
    start_m : ndarray (n,), metres
        Where along that edge, from vertex k, the wall starts.
    along : ndarray (n,)
        +1 where the wall runs as its edge does, −1 where it runs against it.
    """

    ends: Floats
    prism: Ints
    outside: Ints
    against: Ints
    edge: Ints
    start_m: Floats
    along: Floats

    def __len__(self) -> int:
        return len(self.prism)

    @cached_property
    def length_m(self) -> Floats:
        return np.asarray(np.hypot(*(self.ends[:, 2:] - self.ends[:, :2]).T))

    @cached_property
    def others(self) -> Ints:
        """The prisms that each wall rises from and has built against it, (n, 2)."""
        return np.column_stack([self.outside, self.against])

    @property
    def lines(self) -> NDArray[np.object_]:
        return np.asarray(shapely.linestrings(self.ends.reshape(-1, 2, 2)), dtype=object)


def walls_of(footprints: NDArray[np.object_], roof_m: Floats, base_m: Floats) -> Walls:
    """Return the walls of some prisms that stand in the open.

    Parameters
    ----------
    footprints : ndarray of shapely (Multi)Polygons, valid
    roof_m : ndarray of float, metres above ground
    base_m : ndarray of float, metres above ground
        Lower edge of what hangs in the air; −∞ of what stands.
    """
    straight = straight_walls(edges_of(footprints))
    near = _neighbours(footprints)
    parts = _cut(_whole(straight), np.isin(straight.prism, near))
    return _on_edges(_in_the_open(parts, footprints, roof_m, base_m, near), straight)


def hanging_from(
    footprints: NDArray[np.object_], ground_m: Floats, above_m: Floats, below_m: Floats
) -> Floats:
    """Return the lower edge of what hangs in the air; −∞ for what stands on the ground or on other prisms.

    Parameters
    ----------
    footprints : ndarray of shapely (Multi)Polygons, valid
    ground_m : ndarray of float, metres
        Height of the ground that each stands on.
    above_m, below_m : ndarrays of float, metres above that ground
        Top and lower edge as they are given.
    """
    roof_m, base_m = ground_m + above_m, ground_m + below_m
    hangs = np.where((below_m > 0.0) & (below_m < above_m), base_m, -np.inf)
    tree = shapely.STRtree(footprints)
    # From below upwards: what stands on something that stands itself stands.
    for k in sorted(np.flatnonzero(hangs > -np.inf).tolist(), key=lambda k: (base_m[k], k)):
        below = np.sort(tree.query(footprints[k], predicate="intersects"))  # a tree tells them in any order
        below = below[(below != k) & (hangs[below] == -np.inf) & (roof_m[below] >= base_m[k] - _STANDS_M)]
        if len(below):
            borne = shapely.intersection(footprints[k], shapely.union_all(footprints[below]))
            if shapely.area(borne) >= _STANDS_SHARE * shapely.area(footprints[k]):
                hangs[k] = -np.inf
    return hangs


def _whole(straight: Straight) -> Walls:
    """Return straight walls from end to end, each told as one edge of its own number."""
    n = len(straight.prism)
    none = np.full(n, GROUND), np.full(n, NOTHING)
    return Walls(straight.ends, straight.prism, *none, np.arange(n), np.zeros(n), np.ones(n))


def _on_edges(parts: Walls, straight: Straight) -> Walls:
    """Return parts of straight walls as parts of the edges that these are made of."""
    edges = straight.edges
    part, edge, from_m, first = on_edges(straight, parts.edge, parts.start_m, parts.start_m + parts.length_m)
    start = np.where(first[:, None], parts.ends[part, :2], edges.ends[edge, :2])
    goes_on = np.append(~first[1:], False)[: len(first), None]
    end = np.where(goes_on, np.roll(start, -1, axis=0), parts.ends[part, 2:])
    along, length = edges.along[edge], edges.length_m[edge]
    return Walls(
        np.hstack([start, end]),
        parts.prism[part],
        parts.outside[part],
        parts.against[part],
        edges.edge[edge],
        np.clip(np.where(along > 0.0, from_m, length - from_m), 0.0, length),
        along,
    )


def _neighbours(footprints: NDArray[np.object_]) -> Ints:
    """Return the prisms that touch or overlap another one."""
    tree = shapely.STRtree(footprints)
    a, b = tree.query(footprints, predicate="dwithin", distance=TOUCHING_M)
    return np.unique(a[a != b]).astype(np.int64)


def _cut(walls: Walls, near: NDArray[np.bool_]) -> Walls:
    """Return the walls cut where another house's wall crosses them or has a corner on them."""
    some = np.flatnonzero(near)
    lines = walls.lines[some]
    i, j = some[shapely.STRtree(lines).query(lines, predicate="dwithin", distance=TOUCHING_M)]
    other = walls.prism[i] != walls.prism[j]
    i, j = i[other], j[other]
    at_m = [
        _crossing(walls.ends[i], walls.ends[j]),
        _foot(walls.ends[i], walls.ends[j][:, :2]),
        _foot(walls.ends[i], walls.ends[j][:, 2:]),
    ]
    length = walls.length_m
    wall, cut = np.concatenate([i, i, i]), np.concatenate(at_m)
    inner = (cut > SHORTEST_M) & (cut < length[wall] - SHORTEST_M)
    every = np.arange(len(walls))
    wall = np.concatenate([every, wall[inner], every])
    cut = np.concatenate([np.zeros(len(walls)), cut[inner], length])
    order = np.lexsort((cut, wall))
    wall, cut = wall[order], cut[order]
    first, last = np.diff(wall, prepend=-1) != 0, np.diff(wall, append=-1) != 0
    # A cut right behind another one adds nothing; the end of a wall always stays.
    fresh = first | last | (np.diff(cut, prepend=-np.inf) > SHORTEST_M)
    wall, cut = wall[fresh], cut[fresh]
    part = np.flatnonzero(wall[1:] == wall[:-1])
    return _parts(walls, wall[part], cut[part], cut[part + 1])


def _parts(walls: Walls, wall: Ints, from_m: Floats, to_m: Floats) -> Walls:
    start, run = walls.ends[wall, :2], walls.ends[wall, 2:] - walls.ends[wall, :2]
    length = np.hypot(*run.T)
    along = run / length[:, None]
    whole_end = to_m >= length
    end = np.where(whole_end[:, None], walls.ends[wall, 2:], start + along * to_m[:, None])
    return Walls(
        np.hstack([start + along * from_m[:, None], end]),
        walls.prism[wall],
        walls.outside[wall],
        walls.against[wall],
        walls.edge[wall],
        walls.start_m[wall] + walls.along[wall] * from_m,
        walls.along[wall],
    )


def _crossing(a: Floats, b: Floats) -> Floats:
    """Return how far along each `a` it crosses `b`; NaN where it doesn't."""
    da, db, gap = a[:, 2:] - a[:, :2], b[:, 2:] - b[:, :2], b[:, :2] - a[:, :2]
    turn = _cross(da, db)
    la, lb = np.hypot(*da.T), np.hypot(*db.T)
    with np.errstate(divide="ignore", invalid="ignore"):
        on_a, on_b = _cross(gap, db) / turn, _cross(gap, da) / turn
        meets = (np.abs(turn) > 1e-9 * la * lb) & (on_b >= 0) & (on_b <= 1) & (on_a >= 0) & (on_a <= 1)
        return np.where(meets, on_a * la, np.nan)


def _foot(wall: Floats, corner: Floats) -> Floats:
    """Return where along each wall a corner stands that touches it; NaN where it is too far off."""
    run, to_corner = wall[:, 2:] - wall[:, :2], corner - wall[:, :2]
    length = np.hypot(*run.T)
    off = np.abs(_cross(run, to_corner)) / length
    at = (run * to_corner).sum(axis=1) / length
    return np.where(off <= TOUCHING_M, at, np.nan)


def _cross(a: Floats, b: Floats) -> Floats:
    return np.asarray(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])


def _in_the_open(
    parts: Walls, footprints: NDArray[np.object_], roof_m: Floats, base_m: Floats, near: Ints
) -> Walls:
    """Return the parts whose house rises above what stands on their outer side, and all of what hangs."""
    # Of prisms that fill the same place the highest counts, and of equally high ones the first.
    rank = np.empty(len(roof_m), dtype=np.int64)
    rank[np.lexsort((-np.arange(len(roof_m)), roof_m))] = np.arange(len(roof_m))
    asked = np.flatnonzero(np.isin(parts.prism, near))
    run = parts.ends[asked, 2:] - parts.ends[asked, :2]
    length = np.hypot(*run.T)
    # Beside a short part, where two walls cross, the full distance would reach into the house it leaves.
    aside = np.minimum(TOUCHING_M, length / 4.0) / length
    to_the_right = np.column_stack([run[:, 1], -run[:, 0]]) * aside[:, None]
    middle = (parts.ends[asked, :2] + parts.ends[asked, 2:]) / 2.0
    tree, own, hangs = shapely.STRtree(footprints), parts.prism[asked], base_m > -np.inf
    standing, hanging = np.where(hangs, -1, rank), np.where(hangs, rank, -1)
    beyond = _highest_other(tree, middle + to_the_right, own, standing)
    # Walls are cut where they cross, so that a middle lies in another house or does not; only where both have
    # the same wall is it asked on which side.
    inwards = (
        np.column_stack([-run[:, 1], run[:, 0]]) * (np.minimum(_SAME_WALL_M, length / 4.0) / length)[:, None]
    )
    within = _highest_other(tree, middle + inwards, own, standing)
    before = _highest_other(tree, middle + to_the_right, own, hanging)
    around = _highest_other(tree, middle - to_the_right, own, hanging)
    rises = (beyond == GROUND) | (roof_m[beyond] < roof_m[own])
    topmost = (within == GROUND) | (rank[within] < rank[own])

    outside, against, kept = parts.outside.copy(), parts.against.copy(), np.ones(len(parts), dtype=bool)
    # A wall in the air that stands in another house shows above that one's roof.
    inside = hangs[own] & ~topmost
    outside[asked] = np.where(inside, within, beyond)
    against[asked] = np.where(before != NOTHING, before, around)
    kept[asked] = hangs[own] | (rises & topmost)
    return Walls(
        parts.ends[kept],
        parts.prism[kept],
        outside[kept],
        against[kept],
        parts.edge[kept],
        parts.start_m[kept],
        parts.along[kept],
    )


def _highest_other(tree: Any, points: Floats, own: Ints, rank: Ints) -> Ints:
    """Return the prism of the highest rank other than its own at each point, −1 where none has a rank."""
    at, prism = tree.query(shapely.points(points), predicate="intersects")
    other = prism != own[at]
    best = np.full(len(points), -1, dtype=np.int64)
    np.maximum.at(best, at[other], rank[prism[other]])
    of_rank = np.full(len(rank) + 1, -1, dtype=np.int64)  # the last for none
    ranked = np.flatnonzero(rank >= 0)
    of_rank[rank[ranked]] = ranked
    return of_rank[best]
