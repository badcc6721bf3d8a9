"""Where on the ground may a sheet lie, if nobody picked control points?

Comes in: the lines that a sheet draws, the outlines of buildings, the streets with their names, the words on the sheet.
Goes out: a placing with its error, and street crossings as control points: proposals, for a person to confirm.
Never: a placing that the buildings don't bear out, a proposal that looks like a point that somebody picked.
"""

from visavis.digitising.suggesting.aligning import Alignment, align
from visavis.digitising.suggesting.crossings import crossings_of, proposed_points
from visavis.digitising.suggesting.lines import Lines, lines_of_outlines, lines_of_picture, lines_of_sheet
from visavis.digitising.suggesting.proposing import Proposal, Written, propose
from visavis.digitising.suggesting.searching import Start, search

__all__ = [
    "Alignment",
    "Lines",
    "Proposal",
    "Start",
    "Written",
    "align",
    "crossings_of",
    "lines_of_outlines",
    "lines_of_picture",
    "lines_of_sheet",
    "propose",
    "proposed_points",
    "search",
]
