"""Reading a store that is a GeoPackage, straight from SQLite."""

from __future__ import annotations

import json
import sqlite3
import threading
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from visavis.layers import LAYERS
from visavis.layers import layer as declared
from visavis.model.crs import STORED_CRS
from visavis.model.errors import StoreError
from visavis.model.provenance import BuildRecord
from visavis.model.schema import SpatialTable, Table
from visavis.store.interface import Bounds, Days, Page, Summary
from visavis.store.recognising import BUILD_AGAIN, require_layers, require_whole
from visavis.store.selecting import Selection, meets_box, selection, wkb_of
from visavis.store.telling import told


class GeoPackageStore:
    """One build in one file, read through one connection that its users take in turn.

    Queries are short and SQLite answers them within the lock; the file that was opened is read to the end,
    even where another has taken its name.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._stamp = _stamp(file)
        require_whole(file)
        self._database = sqlite3.connect(
            f"{file.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False
        )
        self._database.create_function("meets_box", 5, meets_box, deterministic=True)
        try:
            with self._reading() as database:
                require_layers(database)
                self._record = told(database)
                self._layers = {summary.name: summary for summary in _summaries(database)}
        except StoreError as error:
            self.close()
            raise error.located(file) from None

    @property
    def target(self) -> str:
        return str(self._file)

    def record(self) -> BuildRecord:
        """Return how and from what the layers were built."""
        return self._record

    def layers(self) -> Mapping[str, Summary]:
        """Return every layer's summary by name, in the declared order."""
        return self._layers

    def page(
        self,
        layer: str,
        *,
        limit: int,
        after: str | None = None,
        bounds: Bounds | None = None,
        days: Days | None = None,
        where: Mapping[str, str] | None = None,
    ) -> Page:
        """Return the features after the id `after` that meet every condition, at most `limit`."""
        table = declared(layer).table
        if bounds is not None and self._all_within(table, bounds):
            bounds = None
        chosen = selection(table, bounds=bounds, days=days, where=where)
        with self._reading() as database:
            start = _number_after(database, layer, after)
            if chosen is None:
                rows, matched = _next_rows(database, layer, start, limit + 1), self._layers[layer].count
            else:
                rows, matched = _chosen_rows(database, layer, chosen, start, limit + 1)
        more = len(rows) > limit
        shown = rows[:limit]
        return Page(tuple(feature for _, feature in shown), matched, shown[-1][0] if more and shown else None)

    def item(self, layer: str, feature_id: str) -> bytes | None:
        """Return one finished feature, or None where the layer has none of that id."""
        declared(layer)
        with self._reading() as database:
            row = database.execute(
                "SELECT feature FROM visavis_features WHERE layer = ? AND id = ?",
                (layer, feature_id),
            ).fetchone()
        return None if row is None else row[0]

    def frame(
        self, layer: str, *, bounds: Bounds | None = None, where: Mapping[str, str] | None = None
    ) -> pd.DataFrame:
        """Return a layer, or the rows of it that meet every condition, as its declared table."""
        table = declared(layer).table
        columns = ", ".join(f't."{name}"' for name in table.columns)
        chosen = selection(table, bounds=bounds, days=None, where=where) or Selection(f'"{layer}" AS t', ())
        with self._reading() as database:
            rows = database.execute(
                f"SELECT {columns} FROM {chosen.clause} ORDER BY t.fid",  # noqa: S608  (of declared names)
                chosen.values,
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
        with self._lock:
            self._database.close()

    def _all_within(self, table: Table, bounds: Bounds) -> bool:
        """Say whether a box holds a layer as a whole, as one does for a map that is zoomed out."""
        whole = self._layers[table.name].bounds
        if whole is None or table.columns["geometry"].nullable:
            return False
        return (
            bounds.west <= whole.west
            and bounds.south <= whole.south
            and bounds.east >= whole.east
            and bounds.north >= whole.north
        )

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._lock:
                yield self._database
        except (sqlite3.Error, LookupError) as error:
            raise StoreError(f"is damaged ({error})", file=self._file, remedy=BUILD_AGAIN) from error


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


def _number_after(database: sqlite3.Connection, layer: str, after: str | None) -> int:
    """Return the number of the last row whose id is not beyond `after`; rows are numbered in order of id."""
    if after is None:
        return 0
    row = database.execute(
        "SELECT fid FROM visavis_features WHERE layer = ? AND id <= ? ORDER BY id DESC LIMIT 1",
        (layer, after),
    ).fetchone()
    return 0 if row is None else int(row[0])


def _next_rows(database: sqlite3.Connection, layer: str, start: int, limit: int) -> list[tuple[str, bytes]]:
    return database.execute(
        "SELECT id, feature FROM visavis_features WHERE layer = ? AND fid > ? ORDER BY fid LIMIT ?",
        (layer, start, limit),
    ).fetchall()


def _chosen_rows(
    database: sqlite3.Connection, layer: str, chosen: Selection, start: int, limit: int
) -> tuple[list[tuple[str, bytes]], int]:
    """Return rows and the count of all from one look through the conditions."""
    numbers = [
        number
        for (number,) in database.execute(
            f"SELECT t.fid FROM {chosen.clause} ORDER BY t.fid",  # noqa: S608  (of declared names)
            chosen.values,
        )
    ]
    first = bisect_right(numbers, start)
    rows = database.execute(
        "SELECT id, feature FROM visavis_features WHERE layer = ? AND fid IN (SELECT value FROM json_each(?))"
        " ORDER BY fid",
        (layer, json.dumps(numbers[first : first + limit])),
    ).fetchall()
    return rows, len(numbers)
