"""The views room: what a camera can see, of the ground and of façades, with buildings in the way.

In come complete cameras and a scene of prisms (footprint, base, height) in a metric CRS; out go views by
density band and strips of façade, each with a probability. Nothing here knows who owns a wall.
"""

from visavis.views.scene import Scene
from visavis.views.seeing import Seen, see
from visavis.views.table import FACADE_STRIPS, SIGHTINGS, VIEWS

__all__ = ["FACADE_STRIPS", "SIGHTINGS", "VIEWS", "Scene", "Seen", "see"]
