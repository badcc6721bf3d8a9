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
from visavis.digitising.corrections.applying import BY_HAND, Corrected, correct
from visavis.digitising.corrections.control_points import (
    Numbered,
    for_no_sheet,
    numbered_points,
    set_control_points,
)

__all__ = [
    "ACTS",
    "BY_HAND",
    "CORRECTIONS",
    "Act",
    "Corrected",
    "Correction",
    "Numbered",
    "correct",
    "for_no_sheet",
    "numbered_points",
    "read_correction",
    "set_control_points",
    "written",
]
