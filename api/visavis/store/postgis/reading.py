"""Reading a store in PostGIS."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

import geopandas as gpd
import pandas as pd
import psycopg
import shapely

from visavis.layers import LAYERS
from visavis.layers import layer as declared
from visavis.model.crs import STORED_CRS
from visavis.model.errors import StoreError
from visavis.model.provenance import BuildRecord, Source
from visavis.model.schema import SpatialTable
from visavis.store.addresses import shown
from visavis.store.asking import Bounds, Key, Query
from visavis.store.interface import Page, Row, Summary
from visavis.store.narrowing import narrowed
from visavis.store.postgis.choosing import Choosing
from visavis.store.postgis.connecting import refusals
from visavis.store.postgis.holding import Held, columns_of
from visavis.store.postgis.laying_out import schema_of
from visavis.store.postgis.lending import Lending
from visavis.store.postgis.migrating import SCHEMA
from visavis.store.recognising import BUILD_AGAIN
from visavis.store.telling import STORE_FORMAT
from visavis.tiles import Tile

# Rows that are fetched at once by who wants all of them.
_AT_ONCE: Final = 1_000

# Classes of errors after which the connection is gone: of the connection itself, and the server ending.
_LOST: Final = ("08", "57P")

Answer = TypeVar("Answer")
Connection = psycopg.Connection[Any]


class PostgisStore:
    """One build in a database, held until it is closed, and read through a few connections.

    A connection that was lost is made anew, and the question asked once more; where the server stays away, the answer
    is a StoreError, and the next question tries again.
    """

    local: Final = False

    def __init__(self, target: str) -> None:
        self._target = target
        self._held = Held(target)
        self._lending = Lending(target)
        try:
            self._record, self._layers = self._ask(self._look)
        except BaseException:
            self.close()
            raise
        self._choosing = Choosing(schema_of(self._held.build), self._layers)

    @property
    def target(self) -> str:
        return self._target

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
        names = [*(sort.column for sort in query.sortby), table.id_column]
        keys = ", ".join(f't."{name}"' for name in names)

        def answer(connection: Connection) -> tuple[list[Row], int]:
            text, values = self._choosing.rows(table, query, limit + 1)
            found = connection.execute(f"SELECT t.feature, {keys} {text}", values, binary=True).fetchall()
            alone = query.after is None and len(found) <= limit
            return found, len(found) if alone else self._choosing.matched(connection, table, query)

        found, matched = self._ask(answer, query.patience_s)
        shown = found[:limit]
        following: Key | None = tuple(shown[-1][1:]) if len(found) > limit and shown else None
        return Page(tuple(narrowed((row[0] for row in shown), query.properties)), matched, following)

    def is_prompt(self, layer: str, query: Query) -> bool:
        """Say that a server has to be waited for."""
        del layer, query
        return False

    def item(self, layer: str, feature_id: str) -> bytes | None:
        """Return one finished feature, or None where the layer has none of that id."""
        table = declared(layer).table
        if "\0" in feature_id:  # which no text of PostgreSQL can hold
            return None
        text = f'SELECT feature FROM {self._choosing.name(table)} WHERE "{table.id_column}" = %s'
        row = self._ask(lambda connection: connection.execute(text, (feature_id,), binary=True).fetchone())
        return None if row is None else bytes(row[0])

    def tile(self, layer: str, tile: Tile) -> bytes | None:
        """Return a tile that was finished with the store, compressed by gzip; None where it has to be made."""
        declared(layer)
        text = (
            f'SELECT tile FROM "{schema_of(self._held.build)}".tiles'
            " WHERE layer = %s AND z = %s AND x = %s AND y = %s"
        )
        row = self._ask(lambda connection: connection.execute(text, (layer, *tile), binary=True).fetchone())
        return None if row is None else bytes(row[0])

    def features(self, layer: str, query: Query) -> Iterator[bytes]:
        """Give the same features one after the other, all of them, in memory that does not grow with them."""
        for found in self._bunches(layer, query, "t.feature"):
            yield from narrowed((feature for (feature,) in found), query.properties)

    def rows(self, layer: str, query: Query, columns: Sequence[str] | None = None) -> Iterator[Sequence[Row]]:
        """Give rows bunch by bunch: values in the declared order of the columns, a geometry as WKB."""
        table = declared(layer).table
        return self._bunches(layer, query, _columns(list(table.columns) if columns is None else columns))

    def frame(self, layer: str, query: Query | None = None) -> pd.DataFrame:
        """Return a layer, or the rows that a query asks for, as its declared table; `properties` apart."""
        table, query = declared(layer).table, query or Query()
        text, values = self._choosing.rows(table, query, query.limit)
        rows = self._ask(
            lambda connection: connection.execute(
                f"SELECT {_columns(list(table.columns))} {text}", values, binary=True
            ).fetchall(),
            query.patience_s,
        )
        kept = pd.DataFrame(rows, columns=list(table.columns), dtype=object)
        if not isinstance(table, SpatialTable):
            return table.frame(kept)
        shapes = shapely.from_wkb(list(kept.pop("geometry")))
        return table.frame(gpd.GeoDataFrame(kept, geometry=shapes, crs=STORED_CRS))

    def superseded(self) -> bool:
        """Say whether another build has become the current one, or the server can't be asked."""
        try:
            return self._held.current() != self._held.build
        except StoreError:
            return True

    def close(self) -> None:
        """Let go of the build and of all connections."""
        self._lending.close()
        self._held.let_go()

    def _bunches(self, layer: str, query: Query, columns: str) -> Iterator[list[Row]]:
        table = declared(layer).table
        numbers = self._ask(
            lambda connection: self._choosing.numbers(connection, table, query), query.patience_s
        )
        text = (
            f"SELECT {columns} FROM unnest(%s::bigint[]) WITH ORDINALITY AS n (fid, place)"
            f" JOIN {self._choosing.name(table)} AS t USING (fid) ORDER BY n.place"
        )
        for start in range(0, len(numbers), _AT_ONCE):
            few = list(numbers[start : start + _AT_ONCE])
            yield self._ask(lambda c, few=few: c.execute(text, (few,), binary=True).fetchall())  # type: ignore[misc]

    def _ask(self, answer: Callable[[Connection], Answer], patience_s: float | None = None) -> Answer:
        """Return what `answer` makes of a connection; once more with another where that one was lost."""
        try:
            with refusals(self._target, patience_s):
                try:
                    with self._lending.lent(patience_s) as connection:
                        return answer(connection)
                except psycopg.OperationalError as error:
                    if error.sqlstate is not None and not error.sqlstate.startswith(_LOST):
                        raise
                with self._lending.lent(patience_s) as connection:
                    return answer(connection)
        except StoreError as error:
            if isinstance(error.__cause__, psycopg.errors.UndefinedTable):
                raise StoreError(
                    "has dropped the build that was being read", file=shown(self._target), remedy="Ask again"
                ) from None
            raise

    def _look(self, connection: Connection) -> tuple[BuildRecord, dict[str, Summary]]:
        """Return what the build says of itself, after a look whether it is whole."""
        there = columns_of(connection, schema_of(self._held.build))
        for name, layer in LAYERS.items():
            missing = {*layer.table.columns, "feature"} - there.get(name, set())
            if missing:
                raise StoreError(
                    f"was built by another version: {name} lacks {', '.join(sorted(missing))}",
                    file=shown(self._target),
                    remedy=BUILD_AGAIN,
                )
        told = connection.execute(
            "SELECT store_format, built_at, software, parameters, sources"
            f" FROM {SCHEMA}.builds WHERE build = %s",
            (self._held.build,),
        ).fetchone()
        if told is None or told[0] != STORE_FORMAT:
            raise StoreError(
                "was written in a format that this version doesn't read",
                file=shown(self._target),
                remedy=BUILD_AGAIN,
            )
        _, built_at, software, parameters, sources = told
        record = BuildRecord(built_at, software, parameters, tuple(Source(**source) for source in sources))
        found = {
            name: Summary(name, count, None if None in bounds else Bounds(*bounds))
            for name, count, *bounds in connection.execute(
                f"SELECT name, count, west, south, east, north FROM {SCHEMA}.layers WHERE build = %s",
                (self._held.build,),
            )
        }
        return record, {name: found[name] for name in LAYERS}


def _columns(names: Sequence[str]) -> str:
    return ", ".join(
        "ST_AsBinary(t.geometry) AS geometry" if name == "geometry" else f't."{name}"' for name in names
    )
