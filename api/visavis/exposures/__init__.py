"""The exposures room: which private space a camera could view, which part, how sharply and how surely.

In come views, façade strips and spaces; out go exposures, one row for a camera, mode and space, and their
sums by building and by floors. Rules say which article a row bears on; a row says *could view*, never more.
Results stop at the building.
"""

from visavis.exposures.exposing import Exposed, expose
from visavis.exposures.floors import expose_floors
from visavis.exposures.table import EXPOSED_BUILDINGS, EXPOSED_FLOORS, EXPOSURES

__all__ = [
    "EXPOSED_BUILDINGS",
    "EXPOSED_FLOORS",
    "EXPOSURES",
    "Exposed",
    "expose",
    "expose_floors",
]
