"""What the servers are asked: the same questions of each, as it wants them written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode

import numpy as np

from benchmarks.many import BOUNDS, many_id
from benchmarks.standing import HELLO, NO_TILES_KEPT, OURS, PEER_SCHEMA, PEERS

Asked = Callable[[str, np.random.Generator], str]

# More than any server here answers in one go, so that what is kept of an answer is of no use for another.
_DIFFERENT: Final = 12_000

# Tiles that are asked for again and again, as a map does.
_TILES: Final = 100


@dataclass(frozen=True)
class Question:
    """A kind of request: who is asked, and how the path for a server is made.

    Parameters
    ----------
    different : int
        How many different paths there are.
    again : bool
        Whether each is asked for once before it is timed.
    """

    name: str
    path: Asked
    of: tuple[str, ...] = (*OURS, *PEERS)
    different: int = _DIFFERENT
    again: bool = False

    def paths(self, server: str, turn: int) -> list[str]:
        """Return the same questions for every server, others in every round."""
        if server == HELLO:
            return ["/"]
        random = np.random.default_rng([turn, 6])
        paths = [self.path(server, random) for _ in range(self.different)]
        return [f"/collections/{_prefix(server)}{path}" for path in paths]


def questions(features: int) -> list[Question]:
    """Return all questions about layers of so many features."""
    return [
        Question("one item", _item(features), (*OURS, *PEERS, HELLO)),
        Question("limit=10", lambda _s, _r: _items({"limit": 10}), different=1),
        Question("box of 500", _box(500, features)),
        Question("box of 1,000", _box(1_000, features)),
        Question("CQL2, some 100 in all", _cql),
        Question("CQL2, 100 of thousands", _cql_of_many),
        *(
            Question(f"tile z{z}, first", _tile(z), (NO_TILES_KEPT, "TiPg"), _TILES)
            for z in (12, 13, 14, 15, 16)
        ),
        *(Question(f"tile z{z}, again", _tile(z), (*OURS, "TiPg"), _TILES, again=True) for z in (12, 13, 14)),
    ]


def _prefix(server: str) -> str:
    """Return what stands before the name of a layer: TiPg says the schema too."""
    return f"{PEER_SCHEMA}." if server == "TiPg" else ""


def _items(query: Mapping[str, Any], layer: str = "cameras") -> str:
    return f"{layer}/items?{urlencode(query)}"


def _box(share: int, features: int) -> Asked:
    def asked(_: str, random: np.random.Generator) -> str:
        width, height = BOUNDS[2] - BOUNDS[0], BOUNDS[3] - BOUNDS[1]
        side = (share / features) ** 0.5
        west = random.uniform(BOUNDS[0], BOUNDS[2] - width * side)
        south = random.uniform(BOUNDS[1], BOUNDS[3] - height * side)
        edges = (west, south, west + width * side, south + height * side)
        return _items({"bbox": ",".join(f"{edge:.6f}" for edge in edges), "limit": 2_000})

    return asked


def _item(features: int) -> Asked:
    def asked(_: str, random: np.random.Generator) -> str:
        return f"cameras/items/{quote(many_id(int(random.integers(features))))}"

    return asked


def _cql(server: str, random: np.random.Generator) -> str:
    """Ask for a hundredth of one kind in twenty."""
    least = random.uniform(3.0, 7.0)
    return _filtered(server, f"kind = 'ptz' AND height_m BETWEEN {least:.5f} AND {least + 0.055:.5f}")


def _cql_of_many(server: str, random: np.random.Generator) -> str:
    return _filtered(server, f"kind = 'ptz' AND height_m > {random.uniform(3.0, 7.0):.5f}")


def _filtered(server: str, text: str) -> str:
    language = {} if server == "pygeoapi" else {"filter-lang": "cql2-text"}
    return _items({"filter": text, "limit": 100} | language)


def _tile(zoom: int) -> Asked:
    def asked(server: str, random: np.random.Generator) -> str:
        longitude, latitude = random.uniform(BOUNDS[0], BOUNDS[2]), random.uniform(BOUNDS[1], BOUNDS[3])
        mercator = np.arcsinh(np.tan(np.radians(latitude))) / np.pi
        column = int((longitude + 180) / 360 * 2**zoom)
        row = int((1 - mercator) / 2 * 2**zoom)
        ends = f"{column}/{row}" if server == "TiPg" else f"{row}/{column}"
        return f"views/tiles/WebMercatorQuad/{zoom}/{ends}"

    return asked
