"""The work room: who looks through the tiles, and where finished ones lie until the store is written.

In come a number of workers or the address of a cluster, and a folder; out go `Workers` and `Kept`, which the
views room takes. Nothing here measures anything.
"""

from visavis.work.keeping import KeptTiles, engine_digest
from visavis.work.opening import opened_workers

__all__ = ["KeptTiles", "engine_digest", "opened_workers"]
