"""Ways on which a vehicle could be followed: from one place where its plate could be read to the next."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from visavis.following.reading import Pieces, empty, pieces_of
from visavis.following.table import FOLLOWED_WAYS
from visavis.model.vocabulary import REACHES, SURENESSES

# scipy is loaded where ways are sought: a service needs the tables alone.
if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

# Farther apart, so many ways lead from one place to the other that seeing a plate at both tells little of the way.
MOST_BETWEEN_M: Final = 500.0
_RANK: Final = {code: rank for rank, code in enumerate(SURENESSES)}


@dataclass(frozen=True)
class Followed:
    """Ways between places where plates could be read, and how much of the streets such places cover.

    `streets_m` is the length of all streets of the spaces; by dossier, `read_m` is that on which a plate could be read,
    `pointed_m` that on which one could be read without turning a camera, and `chains` how many cameras hang together.
    """

    ways: gpd.GeoDataFrame
    streets_m: float
    read_m: dict[str, float]
    pointed_m: dict[str, float]
    chains: dict[str, int]

    def coverage(self, disclosure_id: str) -> float:
        """Return the share of the streets' length on which a plate could be read."""
        return self.read_m.get(disclosure_id, 0.0) / self.streets_m if self.streets_m else 0.0


def follow(readings: gpd.GeoDataFrame, roads: gpd.GeoDataFrame) -> Followed:
    """Return the ways from one place where a plate could be read to the next, along the streets.

    Two cameras of a dossier are joined where the shortest way between the stretches that they read is at most
    `MOST_BETWEEN_M` long and no third camera reads a plate on it. One-way streets are taken both ways. Where no
    crossing lies between, a vehicle read at both ends can have gone no other way; each crossing is told.

    Parameters
    ----------
    readings : GeoDataFrame PLATE_READINGS
    roads : GeoDataFrame ROADS
        In the same CRS.
    """
    pieces = pieces_of(roads)
    if readings.empty or not len(pieces.road):
        total = float(pieces.length_m.sum()) if len(pieces.road) else 0.0
        return Followed(empty(FOLLOWED_WAYS, readings.crs), total, {}, {}, {})
    net = _Net.of(pieces, roads)
    rows, read_m, pointed_m, chains = [], {}, {}, {}
    for dossier, mine in readings.groupby("disclosure_id"):
        by_camera = {
            str(camera): net.pieces_on(shapely.union_all(group.geometry.to_numpy()))
            for camera, group in mine.groupby("camera_id")
        }
        read_m[str(dossier)] = net.length_m(np.concatenate([*by_camera.values()]))
        still = mine.loc[~mine["mode"].isin(REACHES)].geometry.to_numpy()
        pointed_m[str(dossier)] = net.length_m(net.pieces_on(shapely.union_all(still)))
        surest = mine.assign(rank=mine["sureness"].map(_RANK)).sort_values(
            ["rank", "probability"], ascending=[True, False]
        )
        about = surest.drop_duplicates("camera_id").set_index("camera_id")
        ways = list(net.between(by_camera))
        chains[str(dossier)] = _longest_chain(list(by_camera), [(way.one, way.other) for way in ways])
        rows += [_row(way, about, roads, str(dossier)) for way in ways]
    told = pd.DataFrame(rows, columns=list(FOLLOWED_WAYS.columns)).sort_values("way_id", ignore_index=True)
    frame = FOLLOWED_WAYS.frame(gpd.GeoDataFrame(told, geometry="geometry", crs=readings.crs))
    return Followed(frame, float(pieces.length_m.sum()), read_m, pointed_m, chains)


@dataclass(frozen=True)
class _Way:
    one: str
    other: str
    length_m: float
    turnings: int
    roads: NDArray[np.int64]
    line: Any


@dataclass(frozen=True)
class _Net:
    """The streets as a graph of short pieces: two nodes a piece, those of streets that meet being one."""

    pieces: Pieces
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    graph: csr_matrix
    piece_of: dict[tuple[int, int], int]
    degree: NDArray[np.int64]
    tree: Any

    @classmethod
    def of(cls, pieces: Pieces, roads: gpd.GeoDataFrame) -> _Net:
        first, second, nodes = _nodes(pieces, roads)
        length = pieces.length_m
        # Pieces between the same two nodes would be added up: the shorter one stands.
        order = np.lexsort((length, np.maximum(first, second), np.minimum(first, second)))
        low, high = np.minimum(first, second)[order], np.maximum(first, second)[order]
        fresh = np.r_[True, (low[1:] != low[:-1]) | (high[1:] != high[:-1])]
        kept = order[fresh]
        from scipy.sparse import coo_matrix

        graph = coo_matrix(
            (
                np.r_[length[kept], length[kept]],
                (np.r_[first[kept], second[kept]], np.r_[second[kept], first[kept]]),
            ),
            shape=(nodes, nodes),
        )
        named = {
            (int(a), int(b)): int(piece) for a, b, piece in zip(low[fresh], high[fresh], kept, strict=True)
        }
        middles = shapely.STRtree(np.asarray(shapely.points(pieces.middle)))
        degree = np.bincount(np.r_[first, second], minlength=nodes)
        return cls(pieces, first, second, graph.tocsr(), named, degree, middles)

    def pieces_on(self, lines: Any) -> NDArray[np.int64]:
        """Return the pieces whose middle lies on some lines that were made of them."""
        return np.sort(self.tree.query(lines, predicate="dwithin", distance=1e-3))

    def length_m(self, pieces: NDArray[np.int64]) -> float:
        """Return how long some pieces are, each once."""
        return float(self.pieces.length_m[np.unique(pieces)].sum())

    def between(self, by_camera: dict[str, NDArray[np.int64]]) -> Any:
        """Yield the ways from each camera to the next ones."""
        from scipy.sparse.csgraph import dijkstra

        names = sorted(by_camera)
        reads: dict[int, set[str]] = {}
        for name in names:
            for piece in by_camera[name]:
                reads.setdefault(int(piece), set()).add(name)
        ends = {name: np.unique(np.r_[self.first[on], self.second[on]]) for name, on in by_camera.items()}
        for number, name in enumerate(names):
            far, before, _ = dijkstra(
                self.graph,
                directed=False,
                indices=ends[name],
                limit=MOST_BETWEEN_M,
                min_only=True,
                return_predecessors=True,
            )
            for other in names[number + 1 :]:
                node = int(ends[other][np.argmin(far[ends[other]])])
                if not 0.0 < far[node] <= MOST_BETWEEN_M:
                    continue
                way = self._way(name, other, node, far, before, reads)
                if way is not None:
                    yield way

    def _way(
        self, name: str, other: str, node: int, far: Any, before: Any, reads: dict[int, set[str]]
    ) -> _Way | None:
        path = [node]
        while before[path[-1]] >= 0:
            path.append(int(before[path[-1]]))
        on = [self.piece_of[(min(a, b), max(a, b))] for a, b in pairwise(path)]
        if any(reads.get(piece, set()) - {name, other} for piece in on):
            return None
        places = [self._place(one, piece) for one, piece in zip(path, [on[0], *on], strict=True)]
        return _Way(
            name,
            other,
            float(far[node]),
            int((self.degree[path[1:-1]] > 2).sum()),
            np.unique(self.pieces.road[on]),
            shapely.simplify(shapely.LineString(places), 0.1),
        )

    def _place(self, node: int, piece: int) -> Any:
        return self.pieces.begin[piece] if self.first[piece] == node else self.pieces.end[piece]


def _nodes(pieces: Pieces, roads: gpd.GeoDataFrame) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Return the node at each end of each piece, and how many nodes there are; streets share those they name alike."""
    ends = pd.factorize(pd.concat([roads["from_node"], roads["to_node"]], ignore_index=True))[0]
    begin_of, end_of = ends[: len(roads)], ends[len(roads) :]
    crossings = int(ends.max()) + 1
    count = len(pieces.road)
    is_first = np.r_[True, pieces.road[1:] != pieces.road[:-1]]
    is_last = np.r_[is_first[1:], True]
    first = np.where(is_first, begin_of[pieces.road], crossings + np.arange(count))
    second = np.where(is_last, end_of[pieces.road], crossings + np.arange(count) + 1)
    return first.astype(np.int64), second.astype(np.int64), crossings + count + 1


def _longest_chain(cameras: list[str], pairs: list[tuple[str, str]]) -> int:
    """Return how many cameras hang together by ways, at most."""
    if not pairs:
        return 1 if cameras else 0
    at = {camera: number for number, camera in enumerate(cameras)}
    rows = np.array([at[one] for one, _ in pairs])
    columns = np.array([at[other] for _, other in pairs])
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    joined = coo_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(cameras), len(cameras)))
    return int(np.bincount(connected_components(joined, directed=False)[1]).max())


def _row(way: _Way, about: pd.DataFrame, roads: gpd.GeoDataFrame, dossier: str) -> dict[str, Any]:
    both = about.loc[[way.one, way.other]]
    less = both.sort_values(["rank", "probability"], ascending=[False, True]).iloc[0]
    return {
        "way_id": f"{way.one}>{way.other}",
        "camera_from": way.one,
        "camera_to": way.other,
        "disclosure_id": dossier,
        "length_m": way.length_m,
        "turnings": way.turnings,
        "streets": ";".join(sorted(roads["name"].iloc[way.roads].dropna().unique())) or None,
        "probability": float(both["probability"].min()),
        "sureness": less["sureness"],
        "rule_ids": less["rule_ids"],
        "geometry": way.line,
    }
