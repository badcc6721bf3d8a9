"""The georeference of a picture: the tags of a GeoTIFF, or a world file beside it.

Sources: OGC GeoTIFF 1.1 (19-008r4), 7; a world file's six lines as ESRI wrote them: the numbers are those of the
middle of the upper left pixel. Sheet coordinates have their origin at that pixel's corner.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyproj
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from visavis.model.errors import GeoreferenceError
from visavis.readers.stated import Stated, crs_of

Array = NDArray[np.float64]

_SCALE, _TIE_POINTS, _MATRIX, _KEYS = 33550, 33922, 34264, 34735
_RASTER_TYPE, _GEOGRAPHIC, _PROJECTED = 1025, 2048, 3072
_PIXEL_IS_POINT: Final = 2
_USER_DEFINED: Final = 32767


def stated_in_tiff(content: bytes, crs: str | None) -> Stated | None:
    """Return the georeference that a TIFF's tags state; None where it is no TIFF or has none."""
    picture = _opened(content)
    if picture is None or picture.format != "TIFF":
        return None
    tags: dict[int, Any] = {
        tag: picture.tag_v2[tag]  # type: ignore[attr-defined]
        for tag in (_SCALE, _TIE_POINTS, _MATRIX, _KEYS)
        if tag in picture.tag_v2  # type: ignore[attr-defined]
    }
    matrix = _tagged(tags)
    if matrix is None:
        return None
    keys = {key: value for key, place, _, value in _quads(tags.get(_KEYS, ())) if place == 0}
    if keys.get(_RASTER_TYPE) == _PIXEL_IS_POINT:
        matrix = _from_corner(matrix)
    named = next(
        (keys[k] for k in (_PROJECTED, _GEOGRAPHIC) if keys.get(k, _USER_DEFINED) < _USER_DEFINED), None
    )
    return _stated("GeoTIFF", matrix, _chosen(crs, named, "the GeoTIFF"), picture)


def stated_beside(file: Path, content: bytes, crs: str | None) -> Stated | None:
    """Return the georeference of the world file beside a picture; None where there is none."""
    world = next((each for each in _names(file) if each.is_file()), None)
    picture = _opened(content)
    if world is None or picture is None:
        return None
    try:
        a, d, b, e, c, f = (float(line.replace(",", ".")) for line in world.read_text("ascii").split())
    except (ValueError, UnicodeDecodeError):
        raise GeoreferenceError(
            "is no world file",
            file=world,
            remedy="Give six numbers, one a line, or control points with --georef",
        ) from None
    matrix = np.array([[a, b, c], [d, e, f]])
    if not np.isfinite(matrix).all() or abs(a * e - b * d) < 1e-15:
        raise GeoreferenceError(
            "lays the picture on a line", file=world, remedy="Export it again from its source"
        )
    return _stated("world file", _from_corner(matrix), _chosen(crs, None, world.name), picture)


def _names(file: Path) -> list[Path]:
    """Return where a world file may stand: plan.jgw, plan.jpgw, plan.wld beside plan.jpg."""
    ending = file.suffix.lower().lstrip(".")
    endings = [ending[:1] + ending[-1:] + "w", ending + "w", "wld"] if ending else ["wld"]
    return [file.with_suffix("." + cased) for each in endings for cased in (each, each.upper())]


def _opened(content: bytes) -> Image.Image | None:
    try:
        return Image.open(io.BytesIO(content))  # the header alone is read
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return None


def _tagged(tags: dict[int, Any]) -> Array | None:
    if _MATRIX in tags and len(tags[_MATRIX]) == 16:
        full = np.array(tags[_MATRIX], dtype=np.float64).reshape(4, 4)
        return full[:2][:, [0, 1, 3]]
    if _SCALE in tags and len(tags.get(_TIE_POINTS, ())) >= 6:
        across, down = (float(value) for value in tags[_SCALE][:2])
        column, row, _, x, y = (float(value) for value in tags[_TIE_POINTS][:5])
        return np.array([[across, 0.0, x - across * column], [0.0, -down, y + down * row]])
    return None


def _quads(keys: Any) -> list[tuple[int, int, int, int]]:
    numbers = [int(value) for value in keys]
    return [tuple(numbers[i : i + 4]) for i in range(4, len(numbers) - 3, 4)]  # type: ignore[misc]


def _from_corner(matrix: Array) -> Array:
    """Return a map of pixels' middles as one of sheet coordinates, whose origin is the first pixel's corner."""
    return np.column_stack([matrix[:, :2], matrix[:, 2] - matrix[:, :2] @ [0.5, 0.5]])


def _chosen(asked: str | None, named: int | None, where: str) -> pyproj.CRS:
    if asked is not None:
        return crs_of(asked, "crs")
    if named is None:
        raise GeoreferenceError(
            f"{where} names no CRS", remedy="Give it: crs in the dossier's sheet, or --crs EPSG:2154"
        )
    return crs_of(f"EPSG:{named}", where)


def _stated(origin: str, matrix: Array, crs: pyproj.CRS, picture: Image.Image) -> Stated:
    width, height = (float(side) for side in picture.size)
    return Stated(origin, matrix, crs, (0.0, 0.0, width, height), width, height)
