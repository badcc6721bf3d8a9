"""What a sweep starts from."""

from __future__ import annotations

from typing import NamedTuple


class Lens(NamedTuple):
    """What a sweep starts from; bearings are counter-clockwise from the axis.

    Parameters
    ----------
    x, y : float
        Place in metres.
    height_m : float
        Height above the ground below, more than 0.
    axis_rad : float
        Where the axis points, counter-clockwise from grid east.
    half_rad : float
        Half of the horizontal field, at most π.
    range_m : float
        Nothing further off in plan is looked for.
    low_slope, high_slope : float
        Slope (rise over distance in plan) of the picture's lower and upper edge straight ahead, −∞ and ∞
        where it has none.
    cone : float
        0 for a pinhole, whose edges of the picture are planes: the slope at bearing t is cos t times that
        ahead. 1 for an all-round picture, where it is the same everywhere.
    floor_m : float
        What stands under the lens: 0, or the roof that it is above.
    """

    x: float
    y: float
    height_m: float
    axis_rad: float
    half_rad: float
    range_m: float
    low_slope: float
    high_slope: float
    cone: float
    floor_m: float
