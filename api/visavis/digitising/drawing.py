"""The shapes that a PDF page draws: outlines, colours and drawing order, clipped ones left out."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from visavis.model.errors import SheetError

Points = NDArray[np.float64]
Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]

_STEPS_PER_CURVE: Final = 8
_MAX_DEPTH: Final = 12
_MAX_OBJECTS: Final = 500_000
_MAX_SEGMENTS: Final = 8_000_000


@dataclass(frozen=True, eq=False)
class Shape:
    """One painted path.

    Parameters
    ----------
    outlines : tuple of arrays (n, 2)
        Its lines in sheet coordinates, curves flattened; a closed one doesn't repeat its first point.
    closed : tuple of bool
        Which outlines are closed.
    fill, stroke : colour or None
        Red, green, blue, 0 to 255; None where it isn't painted.
    stroke_width : float
        Points.
    order : int
        Place in the drawing order: later ones hide earlier ones.
    """

    outlines: tuple[Points, ...]
    closed: tuple[bool, ...]
    fill: Colour | None
    stroke: Colour | None
    stroke_width: float
    order: int

    @cached_property
    def box(self) -> Box:
        """Left, top, right, bottom of the outlines."""
        points = np.concatenate(self.outlines)
        (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
        return float(x0), float(y0), float(x1), float(y1)


def drawn_shapes(
    page: Any, to_sheet: NDArray[np.float64], size: tuple[float, float]
) -> tuple[tuple[Shape, ...], int]:
    """Return the visible shapes of a page, and how many pictures it has.

    Parameters
    ----------
    page : FPDF_PAGE
        pdfium's handle.
    to_sheet : array (2, 3)
        From the page's coordinates to the sheet's.
    size : width and height of the sheet
    """
    shapes: list[Shape] = []
    pictures = segments = 0
    sheet_box = (0.0, 0.0, *size)
    for order, (handle, matrix, window) in enumerate(_objects(page, to_sheet, sheet_box)):
        kind = raw.FPDFPageObj_GetType(handle)
        pictures += kind == raw.FPDF_PAGEOBJ_IMAGE
        if kind != raw.FPDF_PAGEOBJ_PATH:
            continue
        segments += max(0, raw.FPDFPath_CountSegments(handle))
        if order > _MAX_OBJECTS or segments > _MAX_SEGMENTS:
            raise SheetError(
                f"the page draws more than {_MAX_OBJECTS} objects or {_MAX_SEGMENTS} segments",
                remedy="Split the plan into several sheets",
            )
        shape = _shape(handle, matrix, order)
        if shape is not None and _touch(shape.box, window):
            shapes.append(shape)
    return tuple(shapes), pictures


def _objects(page: Any, to_sheet: NDArray[np.float64], window: Box) -> Iterator[tuple[Any, Any, Box]]:
    """Walk the page's objects in drawing order, those inside form objects in place of the form."""
    stack: list[tuple[Any, Any, Any, NDArray[np.float64], Box, int]] = []
    count = max(0, raw.FPDFPage_CountObjects(page))
    stack.append((iter(range(count)), raw.FPDFPage_GetObject, page, to_sheet, window, 0))
    while stack:
        indices, get, parent, matrix, seen_through, depth = stack[-1]
        index = next(indices, None)
        if index is None:
            stack.pop()
            continue
        handle = get(parent, index)
        if not handle:
            continue
        visible = _meet(seen_through, _clip_box(handle, matrix))
        if raw.FPDFPageObj_GetType(handle) == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            inner = iter(range(max(0, raw.FPDFFormObj_CountObjects(handle))))
            placed = _times(matrix, _matrix(handle))
            stack.append((inner, raw.FPDFFormObj_GetObject, handle, placed, visible, depth + 1))
        else:
            yield handle, matrix, visible


def _shape(handle: Any, matrix: NDArray[np.float64], order: int) -> Shape | None:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(handle, mode, stroked):
        return None
    fill = _colour(raw.FPDFPageObj_GetFillColor, handle) if mode.value else None
    stroke = _colour(raw.FPDFPageObj_GetStrokeColor, handle) if stroked.value else None
    if fill is None and stroke is None:
        return None
    placed = _times(matrix, _matrix(handle))
    count = raw.FPDFPath_CountSegments(handle)
    outlines, closed = _outlines((raw.FPDFPath_GetPathSegment(handle, i) for i in range(count)), placed)
    if not outlines:
        return None
    width = ctypes.c_float(0.0)
    raw.FPDFPageObj_GetStrokeWidth(handle, width)
    scale = float(np.sqrt(abs(np.linalg.det(placed[:, :2]))))
    return Shape(outlines, closed, fill, stroke, width.value * scale if stroke else 0.0, order)


def _colour(get: Any, handle: Any) -> Colour | None:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not get(handle, red, green, blue, alpha) or alpha.value == 0:
        return None
    return red.value, green.value, blue.value


def _outlines(
    segments: Iterator[Any], matrix: NDArray[np.float64]
) -> tuple[tuple[Points, ...], tuple[bool, ...]]:
    lines: list[list[tuple[float, float]]] = []
    closed: list[bool] = []
    controls: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for segment in segments:
        if not segment or not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        kind, point = raw.FPDFPathSegment_GetType(segment), (x.value, y.value)
        if kind == raw.FPDF_SEGMENT_MOVETO or not lines:
            lines.append([point])
            closed.append(False)
            controls.clear()
        elif kind == raw.FPDF_SEGMENT_LINETO:
            lines[-1].append(point)
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            controls.append(point)
            if len(controls) == 3:
                lines[-1].extend(curve(lines[-1][-1], controls))
                controls.clear()
        if raw.FPDFPathSegment_GetClose(segment):
            closed[-1] = True
    kept = [_tidied(np.array(line), shut) for line, shut in zip(lines, closed, strict=True)]
    good = [(_moved(points, matrix), shut) for points, shut in kept if len(points) > 1]
    finite = [(points, shut) for points, shut in good if np.isfinite(points).all()]
    return tuple(points for points, _ in finite), tuple(shut for _, shut in finite)


def _tidied(points: Points, closed: bool) -> tuple[Points, bool]:
    """Drop repeated points; a line that ends where it began is closed."""
    if len(points) > 1:
        moves = np.abs(np.diff(points, axis=0)).max(axis=1) > 0
        points = points[np.concatenate([[True], moves])]
    if len(points) > 2 and np.array_equal(points[0], points[-1]):
        return points[:-1], True
    return points, closed and len(points) > 2


def curve(start: tuple[float, float], controls: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return points along a cubic Bézier curve, its start left out."""
    p0, p1, p2, p3 = (np.array(p) for p in (start, *controls))
    t = np.linspace(0, 1, _STEPS_PER_CURVE + 1)[1:, None]
    points = (1 - t) ** 3 * p0 + 3 * (1 - t) ** 2 * t * p1 + 3 * (1 - t) * t**2 * p2 + t**3 * p3
    return [(float(px), float(py)) for px, py in points]


def _clip_box(handle: Any, matrix: NDArray[np.float64]) -> Box | None:
    """Return the bounds of an object's clip paths, None where nothing clips it."""
    clip = raw.FPDFPageObj_GetClipPath(handle)
    paths = raw.FPDFClipPath_CountPaths(clip) if clip else 0
    box: Box | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(max(0, paths)):
        count = max(0, raw.FPDFClipPath_CountPathSegments(clip, path))
        segments = (raw.FPDFClipPath_GetPathSegment(clip, path, index) for index in range(count))
        points = [(x.value, y.value) for s in segments if raw.FPDFPathSegment_GetPoint(s, x, y)]
        if points:
            placed = _moved(np.array(points), matrix)
            (x0, y0), (x1, y1) = placed.min(axis=0), placed.max(axis=0)
            box = _meet((float(x0), float(y0), float(x1), float(y1)), box)
    return box


def _matrix(handle: Any) -> NDArray[np.float64]:
    m = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, m):
        return np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    return np.array([[m.a, m.c, m.e], [m.b, m.d, m.f]], dtype=np.float64)


def _times(outer: NDArray[np.float64], inner: NDArray[np.float64]) -> NDArray[np.float64]:
    linear = outer[:, :2] @ inner[:, :2]
    return np.column_stack([linear, outer[:, :2] @ inner[:, 2] + outer[:, 2]])


def _moved(points: Points, matrix: NDArray[np.float64]) -> Points:
    return np.asarray(points @ matrix[:, :2].T + matrix[:, 2], dtype=np.float64)


def _touch(a: Box, b: Box) -> bool:
    return a[0] <= b[2] and a[2] >= b[0] and a[1] <= b[3] and a[3] >= b[1]


def _meet(a: Box, b: Box | None) -> Box:
    if b is None:
        return a
    return max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])
