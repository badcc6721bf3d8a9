"""The store room: where published layers live, and how they are replaced safely.

In come the published tables and the record of their build; out come pages of finished GeoJSON features,
single features, map tiles, and the tables again, as a `Query` asks for them. A store is one build, whole, and never
changes: a new build takes its place at once, and :class:`LiveStore` follows. Nothing here measures anything
or speaks HTTP.

There are two kinds, by the name of the target: a GeoPackage, which needs nothing else and is the default, and
PostGIS (`postgresql://…`). Both keep the `Store` protocol and pass the same tests.
"""

from visavis.store.addresses import shown
from visavis.store.asking import (
    LANGUAGES,
    Bounds,
    Days,
    Expression,
    Key,
    Query,
    Sort,
    asked_by,
    meeting,
    read_filter,
    sortable,
)
from visavis.store.interface import Page, Row, Store, Summary
from visavis.store.live import LiveStore
from visavis.store.placing import placed, write_whole
from visavis.store.targets import open_store, work_folder, write_store
from visavis.store.tiled import draw_tile, make_tile, pyramid

__all__ = [
    "LANGUAGES",
    "Bounds",
    "Days",
    "Expression",
    "Key",
    "LiveStore",
    "Page",
    "Query",
    "Row",
    "Sort",
    "Store",
    "Summary",
    "asked_by",
    "draw_tile",
    "make_tile",
    "meeting",
    "open_store",
    "placed",
    "pyramid",
    "read_filter",
    "shown",
    "sortable",
    "work_folder",
    "write_store",
    "write_whole",
]
