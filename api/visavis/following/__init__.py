"""The following room: where could number plates be read, and where could a vehicle be followed camera to camera?

In come cameras, the ground in their view, and the streets; out go the stretches of street on which a plate could be
sharp enough to be read, and the ways from one such place to the next. Density and angle alone do not read a plate: what
is told is what could be, to be checked on site.
"""

from visavis.following.finding import findings_of
from visavis.following.network import Followed, follow
from visavis.following.reading import read_plates
from visavis.following.table import FOLLOWED_WAYS, PLATE_NEEDS, PLATE_READINGS, ROADS

__all__ = [
    "FOLLOWED_WAYS",
    "PLATE_NEEDS",
    "PLATE_READINGS",
    "ROADS",
    "Followed",
    "findings_of",
    "follow",
    "read_plates",
]
