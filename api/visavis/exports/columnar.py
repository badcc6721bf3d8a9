"""Rows as Arrow record batches: how they reach GDAL and Parquet without becoming objects one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import pyarrow as pa

from visavis.exports.part import Part
from visavis.model.schema import Table
from visavis.store import Row

Bunches = Iterator[Sequence[Row]]

_TYPES: Final = {"float64": pa.float64(), "int64": pa.int64(), "bool": pa.bool_(), "geometry": pa.binary()}


def arrow_schema(table: Table, named: Mapping[str, str] | None = None) -> pa.Schema:
    """Return a declared table's columns with their unit and meaning; a geometry is WKB.

    Parameters
    ----------
    named : mapping of str to str, optional
        Other names for some columns.
    """
    return pa.schema(
        [
            pa.field(
                (named or {}).get(name, name),
                _TYPES.get(column.dtype, pa.string()),
                nullable=column.nullable,
                metadata={"description": column.description or "", "unit": table.unit(name) or ""},
            )
            for name, column in table.columns.items()
        ]
    )


def batch(rows: Sequence[Row], schema: pa.Schema) -> pa.RecordBatch:
    """Return some rows, at least one, as one batch."""
    columns = zip(*rows, strict=True)
    arrays = [_array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


class Streamed:
    """Rows as a stream that GDAL draws from; what goes wrong on the way is kept, as GDAL would forget it."""

    def __init__(
        self,
        part: Part,
        schema: pa.Schema,
        chosen: Callable[[Sequence[Row]], Sequence[Row]] = lambda rows: rows,
    ) -> None:
        self.trouble: BaseException | None = None
        self._part, self._schema, self._chosen = part, schema, chosen

    def reader(self) -> pa.RecordBatchReader:
        """Return the stream, to be drawn once."""
        return pa.RecordBatchReader.from_batches(self._schema, self._batches())

    def _batches(self) -> Iterator[pa.RecordBatch]:
        try:
            for rows in self._part.rows():
                if kept := self._chosen(rows):
                    yield batch(kept, self._schema)
        except BaseException as trouble:
            self.trouble = trouble
            raise


def _array(values: Sequence[object], kind: pa.DataType) -> pa.Array:
    if pa.types.is_boolean(kind):  # SQLite keeps them as numbers
        values = [None if value is None else bool(value) for value in values]
    return pa.array(values, kind)
