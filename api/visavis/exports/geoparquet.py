"""A layer as GeoParquet 1.1: WKB with a covering box for each row, so that readers fetch only what they look at."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from pyproj import CRS

from visavis.exports.columnar import arrow_schema, batch
from visavis.exports.origin import members
from visavis.exports.part import Part
from visavis.model.crs import STORED_CRS
from visavis.model.vocabulary import Word
from visavis.store import Row

# Rows that are kept or skipped together by a reader; what is held in memory while writing.
_ROW_GROUP: Final = 10_000
_EDGES: Final = ("xmin", "ymin", "xmax", "ymax")
_BOX: Final = pa.struct([pa.field(edge, pa.float64(), nullable=False) for edge in _EDGES])


def write_geoparquet(part: Part, file: Path) -> tuple[Word, ...]:
    """Write one layer in row groups. A table without geometry becomes plain Parquet."""
    seen = _Seen() if part.layer.table.geometry else None
    rows = arrow_schema(part.layer.table)
    schema = rows if seen is None else rows.append(pa.field("bbox", _BOX))
    with pq.ParquetWriter(file, schema, compression="zstd", version="2.6") as writer:
        for group in _grouped(part.rows()):
            made = batch(group, rows)
            if seen is not None:
                made = pa.RecordBatch.from_arrays(
                    [*made.columns, seen.boxes(made["geometry"])], schema=schema
                )
            writer.write_batch(made, row_group_size=_ROW_GROUP)
        writer.add_key_value_metadata(
            {
                **({} if seen is None else {"geo": json.dumps(seen.described())}),
                "visavis": json.dumps(members(part), ensure_ascii=False),
            }
        )
    return ()


class _Seen:
    """What the header of GeoParquet says of all geometries, gathered as they pass."""

    def __init__(self) -> None:
        self._types: set[str] = set()
        self._bounds = np.full(4, np.nan)

    def boxes(self, geometry: pa.Array) -> pa.Array:
        """Return each geometry's box, none where there is no geometry."""
        shapes = shapely.from_wkb(np.array(geometry.to_pylist(), dtype=object))
        there = ~shapely.is_missing(shapes)
        self._types |= {shape.geom_type for shape in shapes[there]}
        bounds = shapely.bounds(shapes)
        if there.any():
            low, high = bounds[there, :2].min(axis=0), bounds[there, 2:].max(axis=0)
            self._bounds = np.array([*np.fmin(self._bounds[:2], low), *np.fmax(self._bounds[2:], high)])
        edges = [pa.array(np.where(there, bounds[:, k], 0.0)) for k in range(4)]
        return pa.StructArray.from_arrays(edges, fields=list(_BOX), mask=pa.array(~there))

    def described(self) -> dict[str, Any]:
        bounded = {} if np.isnan(self._bounds).any() else {"bbox": self._bounds.tolist()}
        return {
            "version": "1.1.0",
            "primary_column": "geometry",
            "columns": {
                "geometry": {
                    "encoding": "WKB",
                    "geometry_types": sorted(self._types),
                    "crs": CRS(STORED_CRS).to_json_dict(),
                    "covering": {"bbox": {edge: ["bbox", edge] for edge in _EDGES}},
                    **bounded,
                }
            },
        }


def _grouped(bunches: Iterator[Sequence[Row]]) -> Iterator[list[Row]]:
    group: list[Row] = []
    for bunch in bunches:
        group += bunch
        if len(group) >= _ROW_GROUP:
            yield group[:_ROW_GROUP]
            group = group[_ROW_GROUP:]
    if group:
        yield group
