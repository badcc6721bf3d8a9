"""The camera room: the camera table, optics, and the catalogue of models.

In come cameras as read (many columns empty); out go complete cameras, where every value that a default
filled is named in `assumed`. An unknown azimuth stays unknown. Nothing here reads a file.
"""

from visavis.cameras.catalogue import CAMERA_MODELS
from visavis.cameras.completing import Completed, complete
from visavis.cameras.defaults import CAMERA_DEFAULTS, house_defaults
from visavis.cameras.table import CAMERAS, CAMERAS_READ

__all__ = [
    "CAMERAS",
    "CAMERAS_READ",
    "CAMERA_DEFAULTS",
    "CAMERA_MODELS",
    "Completed",
    "complete",
    "house_defaults",
]
