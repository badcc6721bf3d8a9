"""The forms that a map from the sheet to the ground may have, on scaled coordinates: values and derivatives.

Straight, Helmert, affine and polynomial maps are linear in their parameters; the projective map is
x' = (a·x + b·y + c) / (g·x + h·y + 1), y' likewise. Names are those of Allmaps, but for `affine`, which it
calls a polynomial of order 1. The sheet's y runs down, the ground's up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Form:
    """One form of map.

    Parameters
    ----------
    parameters : int
    at : callable (parameters, places (n, 2)) to values (n, 2)
    by_parameter : callable to the derivative (n, 2, p) of the values by the parameters
    by_place : callable to the derivative (n, 2, 2) of the values by the place
    """

    parameters: int
    at: Callable[[Array, Array], Array]
    by_parameter: Callable[[Array, Array], Array]
    by_place: Callable[[Array, Array], Array]

    @property
    def least(self) -> int:
        """How many points fix it."""
        return -(-self.parameters // 2)


def polynomial_terms(order: int) -> tuple[tuple[int, int], ...]:
    """Return the powers of x and y up to `order`, those of the affine map first: x, y, 1, then the others."""
    higher = [(total - j, j) for total in range(2, order + 1) for j in range(total + 1)]
    return ((1, 0), (0, 1), (0, 0), *higher)


def _linear(parameters: int, design: Callable[[Array], Array], slopes: Callable[[Array], Array]) -> Form:
    """Return a form from its design (n, 2, p) and the derivative (n, 2, p, 2) of that by the place."""
    return Form(
        parameters,
        lambda v, at: np.asarray(design(at) @ v, dtype=np.float64),
        lambda _, at: design(at),
        lambda v, at: np.einsum("nkpd,p->nkd", slopes(at), v),
    )


def _polynomial(order: int) -> Form:
    terms = polynomial_terms(order)
    count = len(terms)

    def spread(values: Array) -> Array:
        """Put one axis's terms (n, k, …) in their places of both axes' (n, 2, 2k, …)."""
        both = np.zeros((values.shape[0], 2, 2 * count, *values.shape[2:]))
        both[:, 0, :count] = values
        both[:, 1, count:] = values
        return both

    def design(at: Array) -> Array:
        x, y = at.T
        return spread(np.stack([x**i * y**j for i, j in terms], axis=1))

    def slopes(at: Array) -> Array:
        x, y = at.T
        by_x = [i * x ** max(i - 1, 0) * y**j for i, j in terms]
        by_y = [j * x**i * y ** max(j - 1, 0) for i, j in terms]
        return spread(np.stack([np.stack(by_x, axis=1), np.stack(by_y, axis=1)], axis=2))

    return _linear(2 * count, design, slopes)


def _rows(*rows: list[Array | float], at: Array) -> Array:
    """Return a design (n, 2, p) from its two rows, whose entries are columns or numbers."""
    full = [[np.broadcast_to(entry, len(at)) for entry in row] for row in rows]
    return np.moveaxis(np.asarray(full, dtype=np.float64), -1, 0)


def _helmert() -> Form:
    def design(at: Array) -> Array:
        x, y = at.T
        return _rows([x, y, 1.0, 0.0], [-y, x, 0.0, 1.0], at=at)

    by_x = np.array([[1.0, 0, 0, 0], [0, 1, 0, 0]])
    by_y = np.array([[0.0, 1, 0, 0], [-1, 0, 0, 0]])
    each = np.stack([by_x, by_y], axis=2)
    return _linear(4, design, lambda at: np.broadcast_to(each, (len(at), 2, 4, 2)))


def _straight() -> Form:
    def design(at: Array) -> Array:
        x, y = at.T
        return _rows([x, 1.0, 0.0], [-y, 0.0, 1.0], at=at)

    by_x, by_y = np.array([[1.0, 0, 0], [0, 0, 0]]), np.array([[0.0, 0, 0], [-1, 0, 0]])
    each = np.stack([by_x, by_y], axis=2)
    return _linear(3, design, lambda at: np.broadcast_to(each, (len(at), 2, 3, 2)))


def _projected(v: Array, at: Array) -> Array:
    a, b, c, d, e, f, g, h = v
    x, y = at.T
    w = g * x + h * y + 1
    return np.column_stack([(a * x + b * y + c) / w, (d * x + e * y + f) / w])


def _projected_by_parameter(v: Array, at: Array) -> Array:
    x, y = at.T
    w = v[6] * x + v[7] * y + 1
    u, t = _projected(v, at).T
    rows = _rows(
        [x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y], [0.0, 0.0, 0.0, x, y, 1.0, -t * x, -t * y], at=at
    )
    return np.asarray(rows / w[:, None, None], dtype=np.float64)


def _projected_by_place(v: Array, at: Array) -> Array:
    a, b, _, d, e, _, g, h = v
    x, y = _projected(v, at).T
    w = g * at[:, 0] + h * at[:, 1] + 1
    rows = np.array([[(a - g * x) / w, (b - h * x) / w], [(d - g * y) / w, (e - h * y) / w]])
    return np.moveaxis(rows, -1, 0)


FORMS: Final[Mapping[str, Form]] = MappingProxyType(
    {
        "straight": _straight(),
        "helmert": _helmert(),
        "affine": _polynomial(1),
        "projective": Form(8, _projected, _projected_by_parameter, _projected_by_place),
        "polynomial-2": _polynomial(2),
        "polynomial-3": _polynomial(3),
    }
)
