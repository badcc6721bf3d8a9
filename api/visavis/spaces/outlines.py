"""Outlines as every room may rely on them: valid, and turned one way."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

Shapes = NDArray[np.object_]


def sound(shapes: Any) -> Shapes:
    """Return areas that are valid, with the outer ring anticlockwise and holes clockwise.

    Readers mend and tell what is broken in a file; what projecting does to a hair's breadth is mended here.
    """
    given: Shapes = np.asarray(shapes, dtype=object)
    broken = ~shapely.is_valid(given)
    valid = given.copy()
    valid[broken] = shapely.make_valid(given[broken], method="structure", keep_collapsed=False)
    turned: Shapes = np.asarray(shapely.orient_polygons(valid, exterior_cw=False), dtype=object)
    return turned
