"""Cameras that a table lists: rows and a declared reading in, cameras on the ground out.

Comes in: rows of text as a reader of tables gives them, what a person declared of their columns, and a gazetteer.
Goes out: `CAMERAS_READ` in CRS84; the rows that could not be placed, as `UNPLACED`; findings.
Never: a place that is one of several, a row dropped.
"""

from visavis.digitising.listed.declared import FIELDS, Reading
from visavis.digitising.listed.gazetteer import GAZETTEER, Gazetteer, gazetteer
from visavis.digitising.listed.placing import UNPLACED, Listed, place_rows, unplaced_findings

__all__ = [
    "FIELDS",
    "GAZETTEER",
    "UNPLACED",
    "Gazetteer",
    "Listed",
    "Reading",
    "gazetteer",
    "place_rows",
    "unplaced_findings",
]
