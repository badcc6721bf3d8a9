"""The spaces room: buildings, gardens and entrances, which of them are private, and how high.

In come buildings, grounds and entrances as readers deliver them; out goes one table of spaces with a kind,
a height and how sure the kind is. Every building is a space, private or not. Nothing here knows cameras.
"""

from visavis.spaces.furnishing import Furnished, furnish
from visavis.spaces.table import BUILDINGS, ENTRANCES, GROUNDS, PARTS, PASSAGES, SPACES, USES

__all__ = [
    "BUILDINGS",
    "ENTRANCES",
    "GROUNDS",
    "PARTS",
    "PASSAGES",
    "SPACES",
    "USES",
    "Furnished",
    "furnish",
]
