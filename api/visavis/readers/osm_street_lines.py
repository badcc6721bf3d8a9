"""Named streets of an OpenStreetMap extract as lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import osmium
from numpy.typing import NDArray

from visavis.readers.osm_broken import told_if_broken


def read_street_lines(path: Path) -> dict[str, list[NDArray[np.float64]]]:
    """Return the lines (n, 2), longitude and latitude, of each street by its name.

    Raises
    ------
    SpacesError
        Where the file can't be read.
    """
    lines: dict[str, list[NDArray[np.float64]]] = {}
    with told_if_broken(path):
        wanted = osmium.filter.KeyFilter("highway")
        thing: Any
        for thing in osmium.FileProcessor(str(path)).with_locations().with_filter(wanted):
            name = thing.tags.get("name") if thing.is_way() else None
            if name:
                nodes = [(n.lon, n.lat) for n in thing.nodes if n.location.valid()]
                if len(nodes) > 1:
                    lines.setdefault(name, []).append(np.array(nodes, dtype=np.float64))
    return lines
