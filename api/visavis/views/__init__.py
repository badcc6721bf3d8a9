"""The views room: what a camera can see, of the ground and of façades, with buildings in the way.

In come complete cameras and a scene of prisms (footprint, base, height) in a metric CRS; out go views by
density band and strips of façade, each with a probability. Nothing here knows who owns a wall.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from visavis.views.table import FACADE_STRIPS, SIGHTINGS, VIEWS

if TYPE_CHECKING:
    from visavis.views.scene import Scene
    from visavis.views.seeing import Seen, see
    from visavis.views.surveying import survey
    from visavis.views.tiling import survey_in_tiles
    from visavis.views.workers import IN_PROCESS, Workers

__all__ = [
    "FACADE_STRIPS",
    "IN_PROCESS",
    "SIGHTINGS",
    "VIEWS",
    "Scene",
    "Seen",
    "Workers",
    "see",
    "survey",
    "survey_in_tiles",
]


def __getattr__(name: str) -> Any:
    """Load the engine when it is first asked for: who serves a store needs the tables alone, not the compiler."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)


_WHERE: Final = {
    "IN_PROCESS": "workers",
    "Scene": "scene",
    "Seen": "seeing",
    "Workers": "workers",
    "see": "seeing",
    "survey": "surveying",
    "survey_in_tiles": "tiling",
}
