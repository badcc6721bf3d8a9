"""Disclosed sheets in, cameras on the ground out, each with the error of its place and direction.

Comes in: the bytes of a PDF or a picture, control points, the legend as a person marked it, the authority's table.
Goes out: `CAMERAS_READ` in CRS84, findings, the georeference with its residuals, and where on the sheet each was read.
Never: a direction that the symbol doesn't show, a file opened, a symbol dropped without a finding.

Drawn sheets (`symbols`) and sheets of pixels (`scans`) give the same `Mark`s; all that follows is one.
"""

from visavis.digitising.annotation import (
    Annotation,
    ControlPoint,
    annotation_for,
    read_annotations,
    write_annotation,
)
from visavis.digitising.crops import CROPS
from visavis.digitising.georeferencing import Georeference, georeference
from visavis.digitising.reading import Digitised, digitise
from visavis.digitising.scoring import Score, score

__all__ = [
    "CROPS",
    "Annotation",
    "ControlPoint",
    "Digitised",
    "Georeference",
    "Score",
    "annotation_for",
    "digitise",
    "georeference",
    "read_annotations",
    "score",
    "write_annotation",
]
