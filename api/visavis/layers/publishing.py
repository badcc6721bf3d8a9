"""From the rooms' tables to what is published: every declared layer, in CRS84, checked and in order."""

from __future__ import annotations

from collections.abc import MutableMapping

import geopandas as gpd
import pandas as pd

from visavis.layers.declared import LAYERS
from visavis.model.crs import STORED_CRS


def publish(tables: MutableMapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return every layer by name, ordered by id; one that no room made is there, empty.

    `tables` is emptied on the way: a large table is then not there twice for longer than turning it takes.

    Raises
    ------
    TableError
        Where a table breaks its declaration.
    KeyError
        Where a table is given that no layer declares.
    """
    undeclared = set(tables) - set(LAYERS)
    if undeclared:
        raise KeyError(f"not declared as layers: {', '.join(sorted(undeclared))}")
    return {
        name: _stored(tables.pop(name), name) if name in tables else layer.table.empty()
        for name, layer in LAYERS.items()
    }


def _stored(table: pd.DataFrame, name: str) -> pd.DataFrame:
    declared = LAYERS[name].table
    if isinstance(table, gpd.GeoDataFrame):
        table = table.to_crs(STORED_CRS)
    return declared.check(table.sort_values(declared.id_column, ignore_index=True))
