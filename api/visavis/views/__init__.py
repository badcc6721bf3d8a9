"""The views room: what a camera can see, of the ground and of façades, with buildings in the way.

In come complete cameras and a scene of prisms (footprint, base, height) in a metric CRS; out go views by
density band and strips of façade, each with a probability. Nothing here knows who owns a wall.
"""

from typing import TYPE_CHECKING, Any

from visavis.views.table import FACADE_STRIPS, SIGHTINGS, VIEWS

if TYPE_CHECKING:
    from visavis.views.scene import Scene
    from visavis.views.seeing import Seen, see
    from visavis.views.surveying import survey

__all__ = ["FACADE_STRIPS", "SIGHTINGS", "VIEWS", "Scene", "Seen", "see", "survey"]


def __getattr__(name: str) -> Any:
    """Load the engine when it is first asked for: who serves a store needs the tables alone, not the compiler."""
    if name == "Scene":
        from visavis.views.scene import Scene

        return Scene
    if name in {"Seen", "see"}:
        from visavis.views import seeing

        return getattr(seeing, name)
    if name == "survey":
        from visavis.views.surveying import survey

        return survey
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
