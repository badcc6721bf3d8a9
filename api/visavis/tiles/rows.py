"""The rows that a tile is made of: their columns, and their shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from visavis.model.schema import Table

if TYPE_CHECKING:
    import geopandas as gpd

_KINDS = {"bool": bool, "int64": int, "float64": float}


@dataclass(frozen=True)
class Rows:
    """Rows of a layer.

    Parameters
    ----------
    columns : mapping of str to sequence
        Values by the name of the declared column, None where one is not known; `geometry` apart.
    shapes : array of geometries, (n,)
        In CRS84; None where a row has no place.
    """

    columns: Mapping[str, Sequence[Any]]
    shapes: NDArray[np.object_]

    def __len__(self) -> int:
        return len(self.shapes)

    def of(self, chosen: NDArray[np.int64]) -> Rows:
        """Return some of them, by their places."""
        places = chosen.tolist()
        return Rows(
            {name: [column[place] for place in places] for name, column in self.columns.items()},
            self.shapes[chosen],
        )


def rows_of(table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Rows:
    """Return rows as a store gives them: values in the order of `names`, a geometry as WKB in the end."""
    columns = list(zip(*rows, strict=True)) or [()] * (len(names) + 1)
    return Rows(
        {name: _typed(table, name, column) for name, column in zip(names, columns, strict=False)},
        np.asarray(shapely.from_wkb(columns[-1]), dtype=object).reshape(-1),
    )


def rows_in(table: Table, frame: gpd.GeoDataFrame) -> Rows:
    """Return the rows of a declared table."""
    return Rows(
        {name: _typed(table, name, frame[name].tolist()) for name in named(table)},
        frame.geometry.to_numpy(),
    )


def named(table: Table) -> list[str]:
    """Return the columns that a tile tells."""
    return [name for name in table.columns if name != "geometry"]


def _typed(table: Table, name: str, values: Iterable[Any]) -> list[Any]:
    """Return values as the column is declared, whatever the store keeps: a flag may be a number there."""
    kind = _KINDS.get(table.columns[name].dtype, str)
    return [None if value is None or value != value else kind(value) for value in values]
