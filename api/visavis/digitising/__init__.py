"""Disclosed sheets in, cameras on the ground out, each with the error of its place and direction.

Comes in: the bytes of a PDF or a picture, control points, the legend as a person marked it, the authority's table.
Goes out: `CAMERAS_READ` in CRS84, findings, the georeference with its residuals, and where on the sheet each was read.
Never: a direction that the symbol doesn't show, a file opened, a symbol dropped without a finding.

Drawn sheets (`symbols`) and sheets of pixels (`scans`) give the same `Mark`s; all that follows is one.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from visavis.digitising.crop_table import CROPS

if TYPE_CHECKING:
    from visavis.digitising.annotation import (
        Annotation,
        ControlPoint,
        annotation_for,
        read_annotations,
        write_annotation,
    )
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


def __getattr__(name: str) -> Any:
    """Load what reads sheets when it is first asked for: who serves a store needs the table alone."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)


_WHERE: Final = {
    "Annotation": "annotation",
    "ControlPoint": "annotation",
    "Digitised": "reading",
    "Georeference": "georeferencing",
    "Score": "scoring",
    "annotation_for": "annotation",
    "digitise": "reading",
    "georeference": "georeferencing",
    "read_annotations": "annotation",
    "score": "scoring",
    "write_annotation": "annotation",
}
