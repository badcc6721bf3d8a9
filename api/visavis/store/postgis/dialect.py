"""The words of PostgreSQL and PostGIS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from visavis.model.schema import Table
from visavis.store.asking import Bounds, Condition
from visavis.store.postgis.laying_out import SRID

# Marks on letters (Unicode's combining diacritical marks, its four supplements and half marks).
_MARKS: Final = "[\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f]"


class PostgisDialect:
    """Shapes are compared by PostGIS, whose functions find the index by themselves."""

    mark = "%s"

    def in_order(self, text: str) -> str:
        return f'(CAST({text} AS text) COLLATE "C")'

    def flag(self, value: bool) -> bool:
        return value

    def casei(self, text: str) -> str:
        """Fold as Unicode does it in full: by way of capitals, where ß is SS; a final sigma is a sigma."""
        capital = f'upper(CAST({text} AS text) COLLATE "und-x-icu")'
        return f"replace(lower({capital}), 'ς', 'σ')"

    def accenti(self, text: str) -> str:
        apart = f"normalize(CAST({text} AS text), NFD)"
        return f"normalize(regexp_replace({apart}, '{_MARKS}', '', 'g'), NFC)"

    def like(self, text: Condition, pattern: str, folds: Sequence[str]) -> Condition:
        own, values = text
        marked = self.mark
        for fold in folds:
            marked = {"casei": self.casei, "accenti": self.accenti}[fold](marked)
        return f"({own} LIKE {marked})", (*values, _finished(pattern))

    def in_box(self, table: Table, bounds: Bounds) -> Condition:
        """A box without width or height is a line or a point: PostGIS finds no interior in a flat polygon."""
        del table
        west, south, east, north = bounds
        if west < east and south < north:
            box = f"ST_MakeEnvelope(%s, %s, %s, %s, {SRID})"
            values: tuple[object, ...] = tuple(bounds)
        else:
            flat: BaseGeometry = shapely.Point(west, south)
            if (west, south) != (east, north):
                flat = shapely.LineString([(west, south), (east, north)])
            box, values = f"ST_GeomFromWKB(%s, {SRID})", (shapely.to_wkb(flat),)
        return f"(t.geometry IS NOT NULL AND ST_Intersects(t.geometry, {box}))", values

    def meets(self, table: Table, relation: str, shape: BaseGeometry | None) -> Condition:
        del table
        if shape is None:
            return f"ST_{relation}(t.geometry, t.geometry)", ()
        return f"ST_{relation}(t.geometry, ST_GeomFromWKB(%s, {SRID}))", (shapely.to_wkb(shape),)


def _finished(pattern: str) -> str:
    """A backslash at the very end stands for itself."""
    lonely = (len(pattern) - len(pattern.rstrip("\\"))) % 2
    return pattern + "\\" * lonely
