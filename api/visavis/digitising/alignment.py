"""Whether two drawn shapes are the same one, turned: style, size, and the turns that lay one on the other.

Outlines are taken as complex numbers (x + iy). For two lists of corresponding points, centred, the rotation
that lays one on the other with the least sum of squares is the argument of Σ conj(p)·q (Kabsch, 1976, in the
plane); for a closed outline whose starting point is unknown, all starting points are tried at once as a
circular correlation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.digitising.drawing import Colour, Points, Shape

Complexes = NDArray[np.complex128]

# Two drawings of one symbol differ by rounding of the file's coordinates and by flattening, not by design.
SAME_SIZE: Final = 0.03
SAME_PLACE_PT: Final = 0.15
_SAME_COLOUR: Final = 6  # of 255: conversions between colour spaces round
_SAMPLES: Final = 96
_ROUND_LEAST_POINTS: Final = 12
_ROUND: Final = 0.03
_RECTANGLE_LEAST_TURN_DEG: Final = 2.0


@dataclass(frozen=True, eq=False)
class Form:
    """A shape with the figures by which it is found again at any rotation.

    Parameters
    ----------
    shape : Shape
    centre : complex
        Centroid of the area where it encloses one, of the line else.
    area, length : float
        Enclosed area and length of line; points² and points.
    spread : float
        Root mean square distance of its line from the centre, points.
    """

    shape: Shape
    centre: complex
    area: float
    length: float
    spread: float

    @cached_property
    def is_round(self) -> bool:
        """Whether it is a circle, or several around one centre."""
        return all(self._is_circle(points) for points in self.shape.outlines) and all(self.shape.closed)

    @cached_property
    def is_symmetric(self) -> bool:
        """Whether some turn other than a whole one lays it on itself."""
        if self.is_round:
            return True
        turns = rotations(self, self)
        return any(abs((turn + 180) % 360 - 180) > _RECTANGLE_LEAST_TURN_DEG for turn, _ in turns)

    def _is_circle(self, points: Points) -> bool:
        if len(points) < _ROUND_LEAST_POINTS:
            return False
        radii = np.abs(points @ _XY - self.centre)
        return float(np.ptp(radii)) <= _ROUND * float(radii.mean()) + 0.02


_XY: Final = np.array([1.0, 1.0j])


def form_of(shape: Shape) -> Form:
    """Return a shape with its figures."""
    centroids, areas, lengths, seconds = zip(
        *(_figures(points, shut) for points, shut in zip(shape.outlines, shape.closed, strict=True)),
        strict=True,
    )
    area, length = float(np.sum(areas)), float(np.sum(lengths))
    weights = np.abs(areas) if abs(area) > 1e-6 else np.array(lengths)
    signed = np.array(areas) if abs(area) > 1e-6 else weights
    total = signed.sum()
    centre = complex(np.sum(signed * np.array(centroids)) / total) if total else complex(centroids[0])
    spread = np.sqrt(sum(second(centre) for second in seconds) / max(length, 1e-9))
    return Form(shape, centre, abs(area), length, float(spread))


def same_form(a: Form, b: Form) -> bool:
    """Return whether style and size agree, whatever the rotation."""
    return (
        len(a.shape.outlines) == len(b.shape.outlines)
        and same_style(a.shape, b.shape)
        and _near(a.length, b.length)
        and _near(a.spread, b.spread)
        and abs(a.area - b.area) <= 2 * SAME_SIZE * max(a.area, b.area) + 0.1 * SAME_PLACE_PT * a.length
    )


def same_style(a: Shape, b: Shape) -> bool:
    """Return whether two shapes are painted alike."""
    return (
        _same_colour(a.fill, b.fill)
        and _same_colour(a.stroke, b.stroke)
        and abs(a.stroke_width - b.stroke_width) <= 0.05 * max(a.stroke_width, b.stroke_width) + 0.01
    )


def rotations(a: Form, b: Form) -> list[tuple[float, float]]:
    """Return the turns (degrees clockwise) that lay `a` on `b`, each with its rms misfit in points.

    Empty where none does. A circle has every turn and gives none: ask `is_round` first.
    """
    tolerance = SAME_SIZE * a.spread + 0.3 * SAME_PLACE_PT
    pairs = list(zip(a.shape.outlines, b.shape.outlines, a.shape.closed, b.shape.closed, strict=True))
    if any(shut_a != shut_b for _, _, shut_a, shut_b in pairs):
        return []
    points = [_paired(p, q, shut) for p, q, shut, _ in pairs]
    if len(points) == 1:
        correlation, size = _correlated(*points[0], closed=pairs[0][2])
    else:
        p = np.concatenate([p for p, _ in points]) - np.mean(np.concatenate([p for p, _ in points]))
        q = np.concatenate([q for _, q in points]) - np.mean(np.concatenate([q for _, q in points]))
        correlation, size = (
            np.array([np.vdot(p, q)]),
            (float(np.vdot(p, p).real), float(np.vdot(q, q).real), len(p)),
        )
    misfit = np.sqrt(np.maximum(0, size[0] + size[1] - 2 * np.abs(correlation)) / size[2])
    turns = np.degrees(np.angle(correlation)) % 360
    found = [(float(turns[i]), float(misfit[i])) for i in np.argsort(misfit) if misfit[i] <= tolerance]
    return _distinct(found)


def _distinct(found: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Keep the best of turns that lie within ten degrees of each other."""
    kept: list[tuple[float, float]] = []
    for turn, misfit in found:
        if all(abs((turn - other + 180) % 360 - 180) > 10 for other, _ in kept):
            kept.append((turn, misfit))
    return kept


def _paired(p: Points, q: Points, closed: bool) -> tuple[Complexes, Complexes]:
    """Return both outlines as complex numbers, the same many points on each."""
    if len(p) != len(q):
        p, q = _resampled(p, closed), _resampled(q, closed)
    zp, zq = p @ _XY, q @ _XY
    if closed and np.sign(_signed_area(zp)) != np.sign(_signed_area(zq)):
        zq = zq[::-1]
    return zp, zq


def _correlated(p: Complexes, q: Complexes, *, closed: bool) -> tuple[Complexes, tuple[float, float, int]]:
    p, q = p - p.mean(), q - q.mean()
    if closed:
        correlation = np.fft.ifft(np.conj(np.fft.fft(p)) * np.fft.fft(q))
    else:
        correlation = np.array([np.vdot(p, q), np.vdot(p, q[::-1])])
    return correlation, (float(np.vdot(p, p).real), float(np.vdot(q, q).real), len(p))


def _resampled(points: Points, closed: bool) -> Points:
    line = np.vstack([points, points[:1]]) if closed else points
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    at = np.linspace(0, along[-1], _SAMPLES, endpoint=not closed)
    return np.column_stack([np.interp(at, along, line[:, 0]), np.interp(at, along, line[:, 1])])


def _signed_area(z: Complexes) -> float:
    return float(np.sum(np.conj(z) * np.roll(z, -1)).imag / 2)


class _SecondMoment:
    """∫ |z − c|² along a line, for any c."""

    def __init__(self, start: Complexes, step: Complexes) -> None:
        self.start, self.step = start, step

    def __call__(self, centre: complex) -> float:
        a, d = self.start - centre, self.step
        size = np.abs(d)
        return float(np.sum(size * (np.abs(a) ** 2 + (np.conj(a) * d).real + size**2 / 3)))


def _figures(points: Points, closed: bool) -> tuple[complex, float, float, _SecondMoment]:
    """Return centroid, signed area (0 for an open line), length, and second moment of one outline."""
    z = points @ _XY
    line = np.append(z, z[0]) if closed else z
    step = np.diff(line)
    size = np.abs(step)
    length = float(size.sum())
    middle = complex(np.sum(size * (line[:-1] + step / 2)) / length) if length else complex(z.mean())
    moment = _SecondMoment(line[:-1], step)
    if not closed:
        return middle, 0.0, length, moment
    local = line - middle
    cross = (np.conj(local[:-1]) * local[1:]).imag
    area = float(cross.sum() / 2)
    if abs(area) < 1e-9:
        return middle, 0.0, length, moment
    return middle + complex(np.sum(cross * (local[:-1] + local[1:])) / (6 * area)), area, length, moment


def _near(a: float, b: float) -> bool:
    return abs(a - b) <= SAME_SIZE * max(a, b) + 0.3 * SAME_PLACE_PT


def _same_colour(a: Colour | None, b: Colour | None) -> bool:
    if a is None or b is None:
        return a is b
    return max(abs(x - y) for x, y in zip(a, b, strict=True)) <= _SAME_COLOUR
