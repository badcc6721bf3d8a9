"""The spaces room: buildings, gardens and entrances, which of them are private, and how high.

In come buildings, grounds and entrances as readers deliver them; out goes one table of spaces with a kind,
a height and how sure the kind is. Every building is a space, private or not. Spaces, and cameras with them, are put
onto the ground that a terrain model tells; else nothing here knows cameras.
"""

from typing import TYPE_CHECKING, Any

from visavis.spaces.table import BUILDINGS, ENTRANCES, GROUNDS, PARTS, PASSAGES, SPACES, USES

if TYPE_CHECKING:
    from visavis.spaces.furnishing import Furnished, furnish
    from visavis.spaces.raising import Raised, raise_ground

__all__ = [
    "BUILDINGS",
    "ENTRANCES",
    "GROUNDS",
    "PARTS",
    "PASSAGES",
    "SPACES",
    "USES",
    "Furnished",
    "Raised",
    "furnish",
    "raise_ground",
]


def __getattr__(name: str) -> Any:
    """Load the work when it is first asked for: who serves a store needs the tables alone, not scipy."""
    if name in {"Furnished", "furnish"}:
        from visavis.spaces import furnishing

        return getattr(furnishing, name)
    if name in {"Raised", "raise_ground"}:
        from visavis.spaces import raising

        return getattr(raising, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
