"""What is seen in a tile as bytes, and back, each number and letter as it was.

A zip of NumPy arrays without pickled objects: what lies on a disk is read, never run. Geometry is WKB, text UTF-8.
"""

from __future__ import annotations

import io
import json
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from visavis.model.findings import Finding, raised
from visavis.model.schema import SpatialTable
from visavis.views import FACADE_STRIPS, SIGHTINGS, VIEWS, Seen
from visavis.views.words import WORDS

_TABLES: Final = (VIEWS, FACADE_STRIPS, SIGHTINGS)
_ABSENT: Final = -1

Arrays = dict[str, NDArray[Any]]


def packed(seen: Seen) -> bytes:
    """Return what is seen in a tile as bytes."""
    arrays: Arrays = {"findings": _of_text(json.dumps([_told(finding) for finding in seen.findings]))}
    for table in _TABLES:
        for name, column in getattr(seen, table.name).items():
            arrays |= _arrays(f"{table.name}/{name}", column)
    written = io.BytesIO()
    np.savez_compressed(written, **arrays)  # type: ignore[arg-type]
    return written.getvalue()


def unpacked(content: bytes, crs: Any) -> Seen:
    """Return what `packed` was given.

    Parameters
    ----------
    content : bytes
    crs : pyproj.CRS
        That of the tile: it is not told again in each.

    Raises
    ------
    ValueError, KeyError, OSError, zipfile.BadZipFile
        Where the bytes are not of `packed`.
    """
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        tables = {table.name: _table(table, arrays, crs) for table in _TABLES}
        findings = json.loads(arrays["findings"].tobytes())
    return Seen(**tables, findings=tuple(_finding(*told) for told in findings))


def _arrays(name: str, column: pd.Series[Any]) -> Arrays:
    if isinstance(column, gpd.GeoSeries):
        return _of_bytes(name, list(shapely.to_wkb(column.to_numpy())))
    if column.dtype.kind in "biuf":
        return {name: column.to_numpy()}
    texts, gone = column.astype(object).tolist(), column.isna().tolist()
    return _of_bytes(name, [None if no else text.encode() for text, no in zip(texts, gone, strict=True)])


def _of_bytes(name: str, values: list[bytes | None]) -> Arrays:
    lengths = np.array([_ABSENT if value is None else len(value) for value in values], dtype=np.int64)
    content = b"".join(value for value in values if value is not None)
    return {name: np.frombuffer(content, dtype=np.uint8), f"{name}#": lengths}


def _of_text(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _table(table: SpatialTable, arrays: Any, crs: Any) -> gpd.GeoDataFrame:
    columns: dict[str, Any] = {}
    for name in table.columns:
        key = f"{table.name}/{name}"
        if f"{key}#" not in arrays:
            columns[name] = arrays[key]
            continue
        values = _to_bytes(arrays[key].tobytes(), arrays[f"{key}#"])
        if name == "geometry":
            columns[name] = shapely.from_wkb(np.array(values, dtype=object))
        else:
            columns[name] = [None if value is None else value.decode() for value in values]
    shapes = columns.pop("geometry")
    return table.shaped(gpd.GeoDataFrame(columns, geometry=shapes, crs=crs))


def _to_bytes(content: bytes, lengths: NDArray[np.int64]) -> list[bytes | None]:
    ends = np.cumsum(np.maximum(lengths, 0)).tolist()
    return [
        None if length == _ABSENT else content[end - length : end]
        for end, length in zip(ends, lengths.tolist(), strict=True)
    ]


def _told(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.subjects, finding.rule_id, dict(finding.figures)


def _finding(code: str, subjects: list[str], rule_id: str | None, figures: dict[str, Any]) -> Finding:
    return raised(WORDS, code, *subjects, rule_id=rule_id, **figures)
