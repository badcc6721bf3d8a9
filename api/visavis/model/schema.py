"""How a room declares its table: columns with type, unit, meaning, and what they may hold.

Schema checks, the data dictionary, the API's ``/schema`` and the queryables all derive from these
declarations. A column looks itself over, which takes microseconds; what does not pass goes to pandera, whose word
counts and whose report becomes one line. pandera is loaded only then: it takes its time, for an empty table too.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, cast

import geopandas as gpd
import numpy as np
import pandas as pd

from visavis.model.crs import STORED_CRS
from visavis.model.errors import TableError

if TYPE_CHECKING:
    import pandera.pandas as pa

Rows = Sequence[Mapping[str, Any]] | pd.DataFrame

_DTYPES: Final[dict[str, Any]] = {"str": pd.StringDtype(na_value=np.nan)}

_WITHIN: Final[dict[str, Callable[[Any, float], Any]]] = {
    "ge": operator.ge,
    "le": operator.le,
    "gt": operator.gt,
    "lt": operator.lt,
    "min_length": lambda texts, least: texts.str.len() >= least,
}


@dataclass(frozen=True)
class Column:
    """A declared column.

    Parameters
    ----------
    dtype : str
        ``str``, ``float64``, ``int64``, ``bool`` or ``geometry``.
    description : str
        What its values mean.
    unit : str, optional
        Of a number.
    nullable, unique : bool
        Whether a value may be missing, or must not come twice.
    choices : tuple of str, optional
        The codes that it may hold.
    bounds : tuple of (str, float)
        How far numbers may go: ``ge``, ``le``, ``gt`` or ``lt``, and the number; ``min_length`` for text.
    day : str, optional
        For a column of days, ``first`` or ``last``: what a year alone stands for.
    media : str, optional
        Media type of what it holds in base64.
    """

    dtype: str
    description: str
    unit: str | None = None
    nullable: bool = False
    unique: bool = False
    choices: tuple[str, ...] | None = None
    bounds: tuple[tuple[str, float], ...] = ()
    day: str | None = None
    media: str | None = None

    def keeps(self, values: pd.Series[Any]) -> bool:
        """Return whether values surely keep what is declared; of a dtype that comes near it, pandera says."""
        if values.dtype != _DTYPES.get(self.dtype, self.dtype):
            return False
        empty = values.isna()
        if empty.any():
            if not self.nullable:
                return False
            values = values[~empty]
        if self.unique and not values.is_unique:
            return False
        if self.choices is not None and not values.isin(self.choices).all():
            return False
        return all(_WITHIN[how](values, bound).all() for how, bound in self.bounds)

    def checked(self) -> pa.Column:
        """Return it as pandera checks it."""
        import pandera.pandas as pa

        made: dict[str, Any] = {"ge": pa.Check.ge, "le": pa.Check.le, "gt": pa.Check.gt, "lt": pa.Check.lt}
        checks = [
            pa.Check.str_length(min_value=int(bound)) if how == "min_length" else made[how](bound)
            for how, bound in self.bounds
        ]
        if self.choices is not None:
            checks.append(pa.Check.isin(self.choices))
        kind: Any = {"str": str, "float64": float, "bool": bool}.get(self.dtype, self.dtype)
        return pa.Column(
            kind, checks, nullable=self.nullable, unique=self.unique, description=self.description
        )


def key(meaning: str) -> Column:
    """A text column that names the row: never empty, never twice."""
    return Column("str", meaning, unique=True, bounds=(("min_length", 1),))


def text(meaning: str, *, optional: bool = False, among: Iterable[str] | None = None) -> Column:
    """A text column; `among` limits it to codes of the vocabulary."""
    return Column("str", meaning, nullable=optional, choices=None if among is None else tuple(among))


def picture(meaning: str, *, optional: bool = False) -> Column:
    """A PNG, in base64."""
    return Column("str", meaning, nullable=optional, media="image/png")


def day(meaning: str, *, optional: bool = False, ends: bool = False) -> Column:
    """A day, a month or a year as text in ISO 8601; where it `ends` something, a year alone is its last day."""
    return Column("str", meaning, nullable=optional, day="last" if ends else "first")


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
    given = (("ge", least), ("le", most), ("lt", below), ("gt", above))
    bounds = tuple((how, bound) for how, bound in given if bound is not None)
    return Column("float64", meaning, unit, optional, bounds=bounds)


def count(meaning: str, *, optional: bool = False) -> Column:
    """A whole number, zero or more. Where it may be empty it travels as a float (NaN)."""
    return Column("float64" if optional else "int64", meaning, "count", optional, bounds=(("ge", 0),))


def flag(meaning: str) -> Column:
    """True or false, never empty."""
    return Column("bool", meaning)


def shape(meaning: str, *, optional: bool = False) -> Column:
    """The geometry column."""
    return Column("geometry", meaning, nullable=optional)


@dataclass(frozen=True)
class Table:
    """A declared table.

    Parameters
    ----------
    name : str
        Plural noun: the layer's and the collection's name.
    columns : mapping of str to Column
        In their order.
    geometry : tuple of str
        Geometry types allowed, empty for a table without geometry.
    """

    name: str
    columns: Mapping[str, Column] = field(hash=False)
    geometry: tuple[str, ...] = ()

    @cached_property
    def schema(self) -> pa.DataFrameSchema:
        """Return what pandera checks frames by."""
        import pandera.pandas as pa

        checked = {name: column.checked() for name, column in self.columns.items()}
        return pa.DataFrameSchema(cast("Any", checked), name=self.name, strict=True, ordered=True)

    @cached_property
    def id_column(self) -> str:
        return next(name for name, column in self.columns.items() if column.unique)

    def unit(self, column: str) -> str | None:
        return self.columns[column].unit

    def choices(self, column: str) -> tuple[str, ...] | None:
        return self.columns[column].choices

    def day(self, column: str) -> str | None:
        """Return ``first`` or ``last`` for a column of days: what a year alone stands for; None for others."""
        return self.columns[column].day

    def media(self, column: str) -> str | None:
        """Return the media type of what a column holds in base64; None for others."""
        return self.columns[column].media

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
        if self._keeps(frame):
            return frame.copy(deep=False)
        from pandera.errors import SchemaErrors

        try:
            return self.schema.validate(frame, lazy=True)
        except SchemaErrors as broken:
            raise TableError(**self._first_breach(frame, broken)) from None

    def _keeps(self, frame: pd.DataFrame) -> bool:
        return list(frame.columns) == list(self.columns) and all(
            column.keeps(frame[name]) for name, column in self.columns.items()
        )

    def _series(self, rows: Rows) -> dict[str, pd.Series[Any]]:
        if isinstance(rows, pd.DataFrame):
            data: dict[str, Any] = {
                name: rows[name].array if name in rows else [None] * len(rows) for name in self.columns
            }
        else:
            data = {name: [row.get(name) for row in rows] for name in self.columns}
        return {
            name: pd.Series(values, dtype=None if name == "geometry" else self.columns[name].dtype)
            for name, values in data.items()
        }

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
    return Table(name, columns)


def spatial_table(name: str, types: Sequence[str], /, **columns: Column) -> SpatialTable:
    """Declare a table whose last column is the geometry."""
    return SpatialTable(name, columns, tuple(types))
