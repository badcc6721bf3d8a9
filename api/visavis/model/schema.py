"""How a room declares its table: a pandera schema whose columns carry unit and meaning.

Schema checks, the data dictionary, the API's ``/schema`` and the queryables all derive from these
declarations. pandera does the checking; this module only adds the words and turns its reports into one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import geopandas as gpd
import pandas as pd
import pandera.pandas as pa

from visavis.model.crs import STORED_CRS
from visavis.model.errors import TableError

Column = pa.Column
Rows = Sequence[Mapping[str, Any]] | pd.DataFrame


def _column(
    dtype: Any,
    meaning: str,
    unit: str | None,
    checks: list[pa.Check],
    optional: bool,
    unique: bool = False,
    choices: Iterable[str] | None = None,
) -> Column:
    metadata = {"unit": unit, "choices": None if choices is None else tuple(choices)}
    return pa.Column(dtype, checks, nullable=optional, unique=unique, description=meaning, metadata=metadata)


def key(meaning: str) -> Column:
    """A text column that names the row: never empty, never twice."""
    return _column(str, meaning, None, [pa.Check.str_length(min_value=1)], optional=False, unique=True)


def text(meaning: str, *, optional: bool = False, among: Iterable[str] | None = None) -> Column:
    """A text column; `among` limits it to codes of the vocabulary."""
    codes = None if among is None else tuple(among)
    return _column(
        str, meaning, None, [] if codes is None else [pa.Check.isin(codes)], optional, choices=codes
    )


def picture(meaning: str, *, optional: bool = False) -> Column:
    """A PNG, in base64."""
    column = _column(str, meaning, None, [], optional)
    column.metadata = {**(column.metadata or {}), "media": "image/png"}
    return column


def day(meaning: str, *, optional: bool = False, ends: bool = False) -> Column:
    """A day, a month or a year as text in ISO 8601; where it `ends` something, a year alone is its last day."""
    column = _column(str, meaning, None, [], optional)
    column.metadata = {**(column.metadata or {}), "day": "last" if ends else "first"}
    return column


def number(
    meaning: str,
    unit: str,
    *,
    optional: bool = False,
    least: float | None = None,
    most: float | None = None,
    below: float | None = None,
    above: float | None = None,
) -> Column:
    """A float column with its unit; bounds are closed (`least`, `most`) or open (`above`, `below`)."""
    checks = [
        check(bound)
        for check, bound in (
            (pa.Check.ge, least),
            (pa.Check.le, most),
            (pa.Check.lt, below),
            (pa.Check.gt, above),
        )
        if bound is not None
    ]
    return _column(float, meaning, unit, checks, optional)


def count(meaning: str, *, optional: bool = False) -> Column:
    """A whole number, zero or more. Where it may be empty it travels as a float (NaN)."""
    dtype = float if optional else "int64"
    return _column(dtype, meaning, "count", [pa.Check.ge(0)], optional)


def flag(meaning: str) -> Column:
    """True or false, never empty."""
    return _column(bool, meaning, None, [], optional=False)


def shape(meaning: str, *, optional: bool = False) -> Column:
    """The geometry column."""
    return _column("geometry", meaning, None, [], optional)


@dataclass(frozen=True)
class Table:
    """A declared table.

    Parameters
    ----------
    name : str
        Plural noun: the layer's and the collection's name.
    schema : pandera.pandas.DataFrameSchema
        Columns in their order.
    geometry : tuple of str
        Geometry types allowed, empty for a table without geometry.
    """

    name: str
    schema: pa.DataFrameSchema
    geometry: tuple[str, ...] = ()

    @property
    def columns(self) -> dict[str, Column]:
        return cast("dict[str, Column]", self.schema.columns)

    @property
    def id_column(self) -> str:
        return next(name for name, column in self.columns.items() if column.unique)

    def unit(self, column: str) -> str | None:
        return cast("str | None", (self.columns[column].metadata or {}).get("unit"))

    def choices(self, column: str) -> tuple[str, ...] | None:
        metadata = self.columns[column].metadata or {}
        return cast("tuple[str, ...] | None", metadata.get("choices"))

    def day(self, column: str) -> str | None:
        """Return ``first`` or ``last`` for a column of days: what a year alone stands for; None for others."""
        return cast("str | None", (self.columns[column].metadata or {}).get("day"))

    def media(self, column: str) -> str | None:
        """Return the media type of what a column holds in base64; None for others."""
        return cast("str | None", (self.columns[column].metadata or {}).get("media"))

    def frame(self, rows: Rows) -> pd.DataFrame:
        """Return `rows` as this table, checked: columns in order, missing ones empty.

        Raises
        ------
        TableError
            With the first row and column that break the schema.
        """
        return self.check(pd.DataFrame(self._series(rows), columns=list(self.columns)))

    def empty(self) -> pd.DataFrame:
        """Return the table without a row."""
        return self.frame([])

    def check(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return `frame` if it keeps the schema, else raise TableError for its first breach."""
        try:
            return self.schema.validate(frame, lazy=True)
        except pa.errors.SchemaErrors as broken:
            raise TableError(**self._first_breach(frame, broken)) from None

    def _series(self, rows: Rows) -> dict[str, pd.Series[Any]]:
        if isinstance(rows, pd.DataFrame):
            data: dict[str, Any] = {
                name: rows[name].array if name in rows else [None] * len(rows) for name in self.columns
            }
        else:
            data = {name: [row.get(name) for row in rows] for name in self.columns}
        return {
            name: pd.Series(values, dtype=None if name == "geometry" else self._dtype(name))
            for name, values in data.items()
        }

    def _dtype(self, column: str) -> Any:
        return str(self.columns[column].dtype) if not self._is_text(column) else "str"

    def _is_text(self, column: str) -> bool:
        return "str" in str(self.columns[column].dtype)

    def _first_breach(self, frame: Any, broken: pa.errors.SchemaErrors) -> dict[str, Any]:
        case = broken.failure_cases.iloc[0]
        row: str | int | None = None
        if pd.notna(case["index"]):
            at = int(case["index"])
            named = frame[self.id_column].iloc[at] if self.id_column in frame else None
            row = str(named) if isinstance(named, str) else at + 1
        column = case["column"] if pd.notna(case["column"]) else case["failure_case"]
        return {
            "what": f"{self.name}: {column} is {case['failure_case']!r}, which fails {case['check']}",
            "row": row,
            "remedy": f"{column}: {self._rule(str(column))}",
        }

    def _rule(self, column: str) -> str:
        if column not in self.columns:
            return "not a column of this table"
        declared = self.columns[column]
        choices = self.choices(column)
        among = "" if choices is None else f" ({', '.join(choices)})"
        unit = "" if self.unit(column) is None else f", in {self.unit(column)}"
        return f"{declared.description}{unit}{among}"


@dataclass(frozen=True)
class SpatialTable(Table):
    """A declared table whose last column is a geometry."""

    def frame(self, rows: Rows, *, crs: Any = STORED_CRS) -> gpd.GeoDataFrame:
        """Return `rows` as this table, checked, with a geometry.

        Parameters
        ----------
        rows : sequence of mappings, or DataFrame
            A frame with geometry keeps its own CRS; plain rows get `crs`.
        """
        return self.check(self.shaped(rows, crs=crs))

    def shaped(self, rows: Rows, *, crs: Any = STORED_CRS) -> gpd.GeoDataFrame:
        """Return `rows` with the columns of this table, unchecked: a part of what is checked as a whole."""
        crs = rows.crs if isinstance(rows, gpd.GeoDataFrame) else crs
        series = self._series(rows)
        shapes = gpd.GeoSeries(series.pop("geometry"), crs=crs)
        frame = gpd.GeoDataFrame(series, geometry=shapes, crs=crs)
        return frame[list(self.columns)]

    def empty(self, *, crs: Any = STORED_CRS) -> gpd.GeoDataFrame:
        """Return the table without a row."""
        return self.frame([], crs=crs)

    def check(self, frame: pd.DataFrame) -> gpd.GeoDataFrame:
        """Return `frame` if it keeps the schema and the geometry types, else raise TableError."""
        checked = cast("gpd.GeoDataFrame", super().check(frame))
        foreign = set(checked.geom_type.dropna()) - set(self.geometry)
        if foreign:
            raise TableError(
                f"{self.name}: geometry is {', '.join(sorted(foreign))}",
                remedy=f"Give {' or '.join(self.geometry)}",
            )
        return checked


def plain_table(name: str, /, **columns: Column) -> Table:
    """Declare a table without geometry."""
    return Table(name, _schema(name, columns))


def spatial_table(name: str, types: Sequence[str], /, **columns: Column) -> SpatialTable:
    """Declare a table whose last column is the geometry."""
    return SpatialTable(name, _schema(name, columns), tuple(types))


def _schema(name: str, columns: dict[str, Column]) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(cast("Any", columns), name=name, strict=True, ordered=True)
