"""A layer as RFC 7946 GeoJSON, written feature by feature."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from visavis.layers import LAYERS
from visavis.store import Query, Store


def write_geojson(store: Store, layer: str, file: Path) -> None:
    """Write every feature of a layer, with what the build says of itself as foreign members (section 6.1)."""
    with file.open("wb") as written:
        written.write(json.dumps(_head(store, layer), ensure_ascii=False).encode()[:-1])
        written.write(b', "features": [')
        between = b"\n"
        for feature in store.features(layer, Query()):
            written.write(between + feature)
            between = b",\n"
        written.write(b"\n]}\n")


def _head(store: Store, layer: str) -> dict[str, Any]:
    record = store.record().as_dict()
    told = LAYERS[layer]
    return {
        "type": "FeatureCollection",
        "name": layer,
        "title": told.title.en,
        "description": told.description.en,
        "licence": "; ".join(dict.fromkeys(source["licence"] for source in record["sources"])),
        **record,
    }
