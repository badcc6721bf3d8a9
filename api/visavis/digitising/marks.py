"""A camera symbol as it was found on a sheet: what every reader of sheets hands on."""

from __future__ import annotations

from dataclasses import dataclass

from visavis.digitising.drawing import Box
from visavis.digitising.legend import Entry


@dataclass(frozen=True)
class Mark:
    """A camera symbol found on a sheet, by whatever reader.

    Parameters
    ----------
    entry : Entry
        The legend row that it matches.
    x, y : float
        Place, sheet coordinates.
    place_sd : float
        Standard deviation of the place along each axis, sheet units.
    turn_deg : float or None
        Turn from the legend's example, degrees clockwise; None where the symbol doesn't show it.
    points_to_deg : float or None
        The way that it points, clockwise from the sheet's up; None where it shows none.
    points_to_sd_deg : float or None
    box : left, top, right, bottom of all its parts
    body_box : the same, of its body
    parts : tuple of int
        Drawing order of the shapes that it is made of; empty on a scan.
    agrees : float or None
        How much of its visible part and its rim agrees with the example, 0 to 1; None where it is drawn, part for
        part, as the example is.
    """

    entry: Entry
    x: float
    y: float
    place_sd: float
    turn_deg: float | None
    points_to_deg: float | None
    points_to_sd_deg: float | None
    box: Box
    body_box: Box
    parts: tuple[int, ...] = ()
    agrees: float | None = None
