"""Layers as collections: what a client reads before it asks for features."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from weakref import WeakKeyDictionary

from visavis.layers import LAYERS, Layer
from visavis.model.provenance import BuildRecord
from visavis.service.caching import GEOJSON, HTML, JSON, SCHEMA_JSON, written
from visavis.service.coordinates import CRS84, offered
from visavis.service.downloads import DOWNLOADS
from visavis.service.serving import Link, link
from visavis.store import Store

_REL: Final = "http://www.opengis.net/def/rel/ogc/1.0"
QUERYABLES_REL: Final = f"{_REL}/queryables"
TILE_SCHEMES_REL: Final = f"{_REL}/tiling-schemes"
TILES_REL: Final = f"{_REL}/tilesets-vector"
SCHEMA_REL: Final = f"{_REL}/schema"


def collections(store: Store, base: str) -> dict[str, Any]:
    """Return all layers."""
    here = f"{base}/collections"
    return {
        "links": [
            link(here, "self", JSON, "The layers"),
            link(f"{here}?f=html", "alternate", HTML, "The layers as a page"),
        ],
        "collections": [collection(store, layer, base) for layer in LAYERS.values()],
        "crs": list(offered(None)),
    }


def collection(store: Store, layer: Layer, base: str) -> dict[str, Any]:
    """Return a layer: title, extent, CRSs, count, provenance, and where its features are."""
    summary = store.layers()[layer.name]
    extent = {} if summary.bounds is None else {"spatial": {"bbox": [list(summary.bounds)], "crs": CRS84}}
    spatial: dict[str, Any] = {}
    if layer.table.geometry:
        spatial = {"crs": list(offered(summary.bounds)), "storageCrs": CRS84}
    return {
        "id": layer.name,
        "title": layer.title.en,
        "title_fr": layer.title.fr,
        "description": layer.description.en,
        "description_fr": layer.description.fr,
        "itemType": "feature",
        **({"extent": extent} if extent else {}),
        **spatial,
        "count": summary.count,
        **provenance(store.record()),
        "links": _links(layer, f"{base}/collections/{layer.name}", base),
    }


def _links(layer: Layer, here: str, base: str) -> list[Link]:
    title = layer.title.en
    tiles = [link(f"{here}/tiles", TILES_REL, JSON, f"{title} as vector tiles")]
    return [
        link(here, "self", JSON, title),
        link(f"{here}?f=html", "alternate", HTML, f"{title} as a page"),
        link(f"{here}/items", "items", GEOJSON, f"{title}: features"),
        link(f"{here}/items?f=html", "items", HTML, f"{title}: features as a page"),
        link(f"{here}/queryables", QUERYABLES_REL, SCHEMA_JSON, f"{title}: what to ask by"),
        link(f"{here}/schema", SCHEMA_REL, SCHEMA_JSON, f"{title}: columns"),
        *(tiles if layer.table.geometry else []),
        *(
            link(
                f"{base}/exports/{layer.name}.{form.name}",
                "enclosure",
                form.media_type.partition(";")[0],
                f"{title} as {form.title}",
            )
            for form in DOWNLOADS.values()
            if layer.table.geometry or not form.spatial
        ),
    ]


def provenance(record: BuildRecord) -> dict[str, Any]:
    """Return the marks that every answer with data bears."""
    return {
        "licence": "; ".join(dict.fromkeys(source.licence for source in record.sources)),
        "attribution": "; ".join(dict.fromkeys(source.attribution for source in record.sources)),
        "build_id": record.build_id,
        "invented": record.invented,
        "invented_in": list(record.invented_in),
    }


def invented_row(record: BuildRecord, row: Mapping[str, Any]) -> bool:
    """Say whether a row is of an invented place; one that names no origin, whether any of the build is."""
    origins = [row[name] for name in ("disclosure_id", "source_id") if row.get(name)]
    return record.is_invented(*origins) if origins else record.invented


def item_members(store: Store, feature: bytes) -> bytes:
    """Return the marks of one feature: beside real dossiers, whether its own is invented."""
    record = store.record()
    if not record.invented_in:
        return provenance_members(store)
    row = json.loads(feature)["properties"]
    return written(provenance(record) | {"invented": invented_row(record, row)})[1:-1]


def provenance_members(store: Store) -> bytes:
    """Return the same marks as members of a JSON object, written once a build."""
    members = _MEMBERS.get(store)
    if members is None:
        members = _MEMBERS[store] = written(provenance(store.record()))[1:-1]
    return members


_MEMBERS: Final[WeakKeyDictionary[Store, bytes]] = WeakKeyDictionary()
