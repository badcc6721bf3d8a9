"""Conditions put together by whoever asks."""

from __future__ import annotations

from shapely.geometry.base import BaseGeometry

from visavis.store.asking.expressions import Every, Expression, Meets


def meeting(*conditions: Expression | BaseGeometry) -> Expression | None:
    """Return one condition of several, of which a shape in CRS84 asks for what intersects it; None for none."""
    parts = tuple(
        Meets("intersects", condition) if isinstance(condition, BaseGeometry) else condition
        for condition in conditions
    )
    return None if not parts else parts[0] if len(parts) == 1 else Every(parts)
