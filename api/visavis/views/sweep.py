"""The exact angular sweep: which parts of walls and of the ground a lens sees, over, between and under prisms.

Bearings are told where their ray meets a square around the lens, not as angles: see `visavis.views.bearings`.
Along such a bearing v everything straight is a *form*, linear in v: the inverse distance to a wall, the slope
(z − h) / distance to its top or foot, the upper and lower edge of the picture. Two forms compare by the signs of
their difference at both ends of a span, and where these differ its root is one division. There is no
trigonometry and no sampling.

The sweep goes from one end of a wall to the next. In between, the walls that a bearing meets stay the same
and in the same order, so they are walked from near to far with one running value, the *shade*: the steepest
slope met so far. A wall shows above its shade, and so does the ground. What hangs in the air, a house over a
passage, hides a band of slopes of its own, a *lintel*. Where the order of two forms changes on the way, the walk
is cut short at that bearing and taken up again behind it.

Sources: the sweep around a point among walls is T. Asano's (*An efficient algorithm for finding the
visibility polygon for a polygonal region with holes*, 1985); the running steepest slope is that of line
of sight over terrain (W. R. Franklin, C. Ray, *Higher isn't necessarily better*, 1994); that inverse depth is
linear on the faces of a square is how cube maps are drawn (N. Greene, *Environment mapping and other
applications of world projections*, 1986).
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from visavis.compiled import njit
from visavis.views.bearings import SAME_BEARING, pointing
from visavis.views.in_sight import LINE_A, LINE_B, WHICH, grown, in_sight
from visavis.views.lens import Lens
from visavis.views.lintels import LINTEL
from visavis.views.picture import bearings_of, picture_edges
from visavis.views.rows import (
    COLUMNS,
    HIGH_A,
    HIGH_B,
    HIGH_BY,
    INVERSE_A,
    INVERSE_B,
    KEY,
    LOW_A,
    LOW_B,
    LOW_BY,
    V0,
    V1,
    joined_facades,
    joined_grounds,
)
from visavis.views.standing import Standing
from visavis.views.typed import ZERO
from visavis.views.walking import TOP, UNDERSIDE, taken, walk
from visavis.views.walls import Floats

# Columns of what a sweep returns of walls.
WALL: Final = 0  # index of the wall, and along it
FROM: Final = 1
TO: Final = 2
LOW_FROM: Final = 3
LOW_TO: Final = 4
HIGH_FROM: Final = 5
HIGH_TO: Final = 6

# A wall whose plane passes closer than this by the lens is seen edge-on: it hides what is behind but shows
# nothing of itself. It is the wall that the camera hangs on, or one in line with it.
EDGE_ON_M: Final = 0.30


@njit(cache=True, nogil=True)
def sweep(lens: Lens, walls: Standing) -> tuple[Floats, Floats]:
    """Return what a lens sees of walls and ground.

    Parameters
    ----------
    lens : Lens
    walls : Standing

    Returns
    -------
    facades : ndarray (m, 7)
        Seen pieces of walls: index of the wall, from and to in metres from its start, lower bound of the
        seen part at both ends, upper bound at both ends, in metres above the ground. Pieces don't overlap.
    ground : ndarray (k, 10)
        Seen cells of ground: square bearing from and to; the near and the far side as forms of inverse
        distance; 1 where there is a near side (0 where the cell begins at the lens's foot); 1 where the
        far side is the arc at the range; and a number for what bounds it, near and far. Cells come by bearing,
        then by distance.
    """
    pieces = in_sight(lens, walls)
    kept = _numbered(pieces)
    facades, ground = _swept(lens, taken(walls, kept), walls.slabs, pieces)
    return _on_walls(lens, facades, walls.ends, kept), ground


@njit(cache=True, nogil=True)
def _numbered(pieces):  # type: ignore[no-untyped-def]
    """Return the walls that are met, in order, and put their numbers among these in the place of theirs."""
    kept, n = np.empty(len(pieces), np.int64), ZERO
    for p in range(len(pieces)):
        wall = int(pieces[p, WHICH])
        if n == 0 or kept[n - 1] != wall:
            kept[n] = wall
            n += 1
        pieces[p, WHICH] = n - 1
    return kept[:n].copy()


@njit(cache=True, nogil=True)
def _swept(lens, near, slabs, pieces):  # type: ignore[no-untyped-def]
    bearings = bearings_of(lens, pieces)
    by_start = np.argsort(pieces[:, 0])
    highest = 0.0
    for k in range(len(near)):
        highest = max(highest, near[k, TOP])

    most = 2 * len(pieces) + 8
    facades, grounds = np.empty((most, COLUMNS)), np.empty((most, 10))
    n_facades, n_grounds = ZERO, ZERO
    last_facade, last_ground = np.full((len(near), 2), -1, np.int64), np.full(8, -1, np.int64)
    active, nearness, n_active, begun = np.empty(len(pieces), np.int64), np.empty(len(pieces)), ZERO, ZERO
    lintels = np.empty((len(slabs), LINTEL))
    bands = np.empty_like(lintels)

    for e in range(len(bearings) - 1):
        v0, v1 = bearings[e], bearings[e + 1]
        if v1 - v0 < SAME_BEARING:
            continue
        middle = 0.5 * (v0 + v1)
        while begun < len(pieces) and pieces[by_start[begun], 0] <= middle:
            active[n_active] = by_start[begun]
            n_active += 1
            begun += 1
        n_active, hangs = _near_to_far(active, nearness, n_active, pieces, near, middle)
        hangs += len(slabs)
        if hangs > len(lintels):
            lintels = np.empty((2 * hangs, LINTEL))
            bands = np.empty_like(lintels)
        side = round(0.5 * middle)
        low, high = picture_edges(lens, middle, side)
        begin = v0
        while begin < v1 - SAME_BEARING:
            rows = (n_active + 2) * (hangs + 1)
            if n_facades + rows > len(facades):
                facades = grown(facades, rows)
            if n_grounds + rows > len(grounds):
                grounds = grown(grounds, rows)
            until = v1
            while True:
                turn, more_facades, more_grounds = walk(
                    lens, near, slabs, begin, until, side, low, high, highest, active, n_active, pieces, facades,
                    n_facades, grounds, n_grounds, lintels, bands,
                )  # fmt: skip
                if turn >= until:
                    break
                until = turn
            n_facades = joined_facades(facades, n_facades, more_facades, last_facade)
            n_grounds = joined_grounds(grounds, n_grounds, more_grounds, last_ground)
            begin = until
    return facades[:n_facades], grounds[:n_grounds].copy()


@njit(cache=True, nogil=True)
def _near_to_far(active, nearness, n_active, pieces, near, middle):  # type: ignore[no-untyped-def]
    """Drop the walls that have ended and order the others; they nearly are in order already.

    Returns how many there are, and how many of them hang in the air.
    """
    kept, hang = ZERO, ZERO
    for q in range(n_active):
        p = active[q]
        if pieces[p, 1] < middle:
            continue
        inverse = pieces[p, LINE_A] + pieces[p, LINE_B] * middle
        place = kept
        while place > 0 and nearness[place - 1] < inverse:
            nearness[place], active[place] = nearness[place - 1], active[place - 1]
            place -= 1
        nearness[place], active[place] = inverse, p
        kept += 1
        hang += near[int(pieces[p, WHICH]), UNDERSIDE] > -np.inf
    return kept, hang


@njit(cache=True, nogil=True)
def _on_walls(lens, seen, ends, kept):  # type: ignore[no-untyped-def]
    """Return seen pieces from bearings and slopes to metres along the wall and above ground.

    What goes on across the line behind the lens is one piece again.
    """
    found, bounds = np.empty((len(seen), 7)), np.empty((len(seen), 4))
    n = 0
    for r in range(len(seen)):
        k = kept[int(seen[r, KEY])]
        dx, dy = ends[k, 2] - ends[k, 0], ends[k, 3] - ends[k, 1]
        length = math.hypot(dx, dy)
        if 1.0 / math.hypot(seen[r, INVERSE_A], seen[r, INVERSE_B]) < EDGE_ON_M:
            continue
        cos_a, sin_a = math.cos(lens.axis_rad), math.sin(lens.axis_rad)
        # A wall that is seen has its house behind it, so that its start lies at the greater bearing.
        for end in range(2):
            px, py = pointing(seen[r, V1] if end == 0 else seen[r, V0])
            distance = 1.0 / (seen[r, INVERSE_A] * px + seen[r, INVERSE_B] * py)
            x = lens.x + distance * (px * cos_a - py * sin_a) - ends[k, 0]
            y = lens.y + distance * (px * sin_a + py * cos_a) - ends[k, 1]
            found[n, FROM + end] = min(max((x * dx + y * dy) / length, 0.0), length)
            found[n, LOW_FROM + end] = lens.height_m + distance * (seen[r, LOW_A] * px + seen[r, LOW_B] * py)
            found[n, HIGH_FROM + end] = lens.height_m + distance * (
                seen[r, HIGH_A] * px + seen[r, HIGH_B] * py
            )
        found[n, WALL] = k
        for column in range(4):
            bounds[n, column] = seen[r, column]
        n += 1
    if lens.half_rad < math.pi:
        return found[:n].copy()
    return _across_the_line_behind(found[:n], bounds[:n])


@njit(cache=True, nogil=True)
def _across_the_line_behind(found, bounds):  # type: ignore[no-untyped-def]
    kept = np.ones(len(found), np.bool_)
    for late in range(len(found)):
        if bounds[late, V1] != 4.0:
            continue
        for early in range(len(found)):
            if (
                bounds[early, V0] == -4.0
                and kept[early]
                and early != late
                and found[early, WALL] == found[late, WALL]
                and bounds[early, LOW_BY] == bounds[late, LOW_BY]
                and bounds[early, HIGH_BY] == bounds[late, HIGH_BY]
            ):
                # The wall's start lies at the greater bearing: in the part that begins at −4.
                for column in (FROM, LOW_FROM, HIGH_FROM):
                    found[late, column] = found[early, column]
                kept[early] = False
                break
    return found[kept].copy()
