"""A person's corrections: lines in, what was read corrected out, and the lines that fit nothing any more.

Nothing of a correction is kept but its line: to delete the line is to undo it.
"""

from visavis.digitising.corrections.acts import (
    ACTS,
    CORRECTIONS,
    Act,
    Correction,
    read_correction,
    written,
)
from visavis.digitising.corrections.applying import Corrected, correct
from visavis.digitising.corrections.control_points import for_no_sheet, set_control_points

__all__ = [
    "ACTS",
    "CORRECTIONS",
    "Act",
    "Corrected",
    "Correction",
    "correct",
    "for_no_sheet",
    "read_correction",
    "set_control_points",
    "written",
]
