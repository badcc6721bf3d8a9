"""Reading a store that is a GeoPackage, straight from SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd
import shapely

from visavis.layers import LAYERS
from visavis.layers import layer as declared
from visavis.model.crs import STORED_CRS
from visavis.model.errors import StoreError
from visavis.model.provenance import BuildRecord
from visavis.model.schema import SpatialTable, Table
from visavis.store.asking import Bounds, Key, Query, order
from visavis.store.choosing import DIALECT, Choosing
from visavis.store.finished import Finished
from visavis.store.interface import Page, Row, Summary
from visavis.store.lending import Lending
from visavis.store.narrowing import narrowed
from visavis.store.recognising import BUILD_AGAIN, require_layers, require_whole
from visavis.store.sqlite import give_functions, wkb_of
from visavis.store.telling import told
from visavis.tiles import Tile

# Rows that are fetched at once by who wants all of them.
_AT_ONCE: Final = 1_000


class GeoPackageStore:
    """One build in one file, read through a few connections.

    The file that was opened is read to the end, even where another has taken its name.
    """

    local: Final = True

    def __init__(self, file: Path) -> None:
        self._file = file
        self._stamp = _stamp(file)
        require_whole(file)
        try:
            self._lending = Lending(file, give_functions)
        except sqlite3.DatabaseError as error:
            raise StoreError(f"is damaged ({error})", file=file, remedy=BUILD_AGAIN) from error
        try:
            with self._lending.lent() as database:
                require_layers(database)
                self._record = told(database)
                self._layers = {summary.name: summary for summary in _summaries(database)}
        except StoreError as error:
            self.close()
            raise error.located(file) from None
        self._choosing = Choosing(self._layers)
        self._finished = Finished(self._layers)

    @property
    def target(self) -> str:
        return str(self._file)

    def record(self) -> BuildRecord:
        """Return how and from what the layers were built."""
        return self._record

    def layers(self) -> Mapping[str, Summary]:
        """Return every layer's summary by name, in the declared order."""
        return self._layers

    def page(self, layer: str, query: Query) -> Page:
        """Return the features after `query.after` that meet every condition, at most `query.limit`."""
        table = declared(layer).table
        limit = self._layers[layer].count if query.limit is None else query.limit
        with self._lending.lent(query.patience_s) as database:
            numbers, matched = self._choosing.page(database, table, query, limit + 1)
            shown, more = numbers[:limit], len(numbers) > limit
            features = self._finished.of(database, layer, shown)
            following = _key(database, table, query, shown[-1]) if more and limit else None
        if query.properties is not None:
            features = list(narrowed(features, query.properties))
        return Page(tuple(features), matched, following)

    def is_prompt(self, layer: str, query: Query) -> bool:
        """Say whether a page is found in no time, so that whoever asks may wait for it."""
        return self._choosing.is_prompt(declared(layer).table, query)

    def item(self, layer: str, feature_id: str) -> bytes | None:
        """Return one finished feature, or None where the layer has none of that id."""
        declared(layer)
        if not self._layers[layer].count:
            return None
        with self._lending.lent() as database:
            row = database.execute(
                "SELECT feature FROM visavis_features WHERE layer = ? AND id = ?",
                (layer, feature_id),
            ).fetchone()
        return None if row is None else row[0]

    def tile(self, layer: str, tile: Tile) -> bytes | None:
        """Return a tile that was finished with the store, compressed by gzip; None where it has to be made."""
        declared(layer)
        with self._lending.lent() as database:
            row = database.execute(
                "SELECT tile FROM visavis_tiles WHERE layer = ? AND z = ? AND x = ? AND y = ?", (layer, *tile)
            ).fetchone()
        return None if row is None else row[0]

    def features(self, layer: str, query: Query) -> Iterator[bytes]:
        """Give the same features one after the other, all of them, in memory that does not grow with them."""
        table = declared(layer).table
        with self._lending.lent(query.patience_s) as database:
            numbers = self._choosing.all(database, table, query)
        for start in range(0, len(numbers), _AT_ONCE):
            with self._lending.lent() as database:
                features = self._finished.of(database, layer, numbers[start : start + _AT_ONCE])
            yield from narrowed(features, query.properties)

    def rows(self, layer: str, query: Query, columns: Sequence[str] | None = None) -> Iterator[Sequence[Row]]:
        """Give the rows behind them likewise, bunch by bunch, a geometry as WKB."""
        table = declared(layer).table
        with self._lending.lent(query.patience_s) as database:
            numbers = self._choosing.all(database, table, query)
        names = list(table.columns) if columns is None else list(columns)
        listed = ", ".join(f't."{name}"' for name in names)
        for start in range(0, len(numbers), _AT_ONCE):
            with self._lending.lent() as database:
                found = database.execute(
                    f'SELECT {listed} FROM json_each(?) AS n CROSS JOIN "{layer}" AS t'  # noqa: S608
                    " ON t.fid = n.value ORDER BY n.key",
                    (json.dumps(list(numbers[start : start + _AT_ONCE])),),
                ).fetchall()
            if "geometry" in names:
                found = [(*row[:-1], None if row[-1] is None else wkb_of(row[-1])) for row in found]
            yield found

    def frame(self, layer: str, query: Query | None = None) -> pd.DataFrame:
        """Return a layer, or the rows that a query asks for, as its declared table; `properties` apart."""
        table, query = declared(layer).table, query or Query()
        columns = ", ".join(f't."{name}"' for name in table.columns)
        ordered = order(table, query, DIALECT) if query.sortby else "t.fid"
        limit = -1 if query.limit is None else query.limit  # none, to SQLite
        with self._lending.lent(query.patience_s) as database:
            text, values = self._choosing.where(database, table, query)
            rows = database.execute(
                f'SELECT {columns} FROM "{layer}" AS t WHERE {text} ORDER BY {ordered} LIMIT ?',  # noqa: S608
                (*values, limit),
            ).fetchall()
        kept = pd.DataFrame(rows, columns=list(table.columns), dtype=object)
        if not isinstance(table, SpatialTable):
            return table.frame(kept)
        shapes = shapely.from_wkb([None if g is None else wkb_of(g) for g in kept.pop("geometry")])
        return table.frame(gpd.GeoDataFrame(kept, geometry=shapes, crs=STORED_CRS))

    def superseded(self) -> bool:
        """Say whether the file at this name is another one, or none, since it was opened."""
        try:
            return _stamp(self._file) != self._stamp
        except StoreError:
            return True

    def close(self) -> None:
        """Let go of the file."""
        self._lending.close()


def _key(database: sqlite3.Connection, table: Table, query: Query, number: int) -> Key:
    """Return what the next page begins after: the values of a row that were sorted by, and its id."""
    names = [*(sort.column for sort in query.sortby), table.id_column]
    columns = ", ".join(f'"{name}"' for name in names)
    return tuple(
        database.execute(f'SELECT {columns} FROM "{table.name}" WHERE fid = ?', (number,)).fetchone()  # noqa: S608
    )


def _stamp(file: Path) -> tuple[int, ...]:
    """Return what tells one file from another at the same name."""
    try:
        found = file.stat()
    except OSError as error:
        raise StoreError(
            "no store there" if isinstance(error, FileNotFoundError) else f"can't be read ({error.strerror})",
            file=file,
            remedy="Check the name, or make it with visavis build",
        ) from None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _summaries(database: sqlite3.Connection) -> Iterator[Summary]:
    rows = database.execute(
        "SELECT c.table_name, o.feature_count, c.min_x, c.min_y, c.max_x, c.max_y"
        " FROM gpkg_contents AS c JOIN gpkg_ogr_contents AS o USING (table_name)"
    ).fetchall()
    found = {name: (count, bounds) for name, count, *bounds in rows}
    for name in LAYERS:
        count, bounds = found[name]
        yield Summary(name, count, None if None in bounds else Bounds(*bounds))
