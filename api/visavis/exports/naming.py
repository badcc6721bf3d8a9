"""Which camera a person means."""

from __future__ import annotations

import geopandas as gpd

from visavis.model.errors import NotFoundError, UsageError
from visavis.store import Query, Store


def named_camera(store: Store, name: str, labelled: bool) -> gpd.GeoDataFrame:
    """Return the one row of a camera by its id, or where `labelled` by its label.

    Raises
    ------
    NotFoundError
        Where no camera has that id or label.
    UsageError
        Where several have that label.
    """
    found = store.frame("cameras", Query(where={"camera_id": name}))
    if found.empty and labelled:
        found = store.frame("cameras", Query(where={"label": name}))
    if found.empty:
        raise NotFoundError(
            f"no camera is called {name!r}", remedy="Give a camera_id of the layer cameras, or a label"
        )
    if len(found) > 1:
        ids = ", ".join(sorted(found["camera_id"])[:4])
        raise UsageError(f"{len(found)} cameras are labelled {name!r}", remedy=f"Give the id of one: {ids} …")
    return gpd.GeoDataFrame(found)
