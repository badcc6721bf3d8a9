"""Pages for people: what programs read as JSON, as HTML that needs no script."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request

from visavis.layers import LAYERS, Layer
from visavis.model.vocabulary import SHOWINGS
from visavis.service.coordinates import offered
from visavis.service.crops import Crop
from visavis.service.describing import invented_row, provenance
from visavis.service.negotiating import Language
from visavis.service.serving import Link, Serving, segment
from visavis.service.words import say
from visavis.store import Page, Store

TEMPLATES: Final = Path(__file__).with_name("templates")

Steps = Sequence[tuple[str, str]]

# Columns that name rows of another layer, or several joined by ';'.
_LEADS: Final = {
    "camera_id": "cameras",
    "camera_ids": "cameras",
    "space_id": "spaces",
    "part_of": "spaces",
    "building_id": "exposed_buildings",
    "disclosure_id": "disclosures",
    "document_id": "documents",
    "document_ids": "documents",
    "request_id": "requests",
    "claim_ids": "claims",
}

_EXAMPLES: Final = {
    "cameras": "kind = 'ptz' AND height_m > 4",
    "exposures": "sureness = 'certain' AND px_per_m >= 125",
    "findings": "severity = 'doubt'",
}


@dataclass(frozen=True)
class _Column:
    name: str
    unit: str | None
    meaning: str
    leads_to: str | None
    media: str | None


def page_of(
    serving: Serving,
    request: Request,
    store: Store,
    template: str,
    language: Language,
    path: Steps,
    **told: Any,
) -> str:
    """Return a page: a template of this folder with what it tells."""
    given = dict(request.query_params)
    base = serving.base(request)
    here = (
        f"{base}{request.scope['path']}"
        if request.scope["path"].isascii()
        else str(request.url).partition("?")[0]
    )
    other = given | {"f": "html", "lang": "en" if language == "fr" else "fr"}
    plain = {name: value for name, value in given.items() if name not in ("f", "lang")} | {"f": "json"}
    return (
        _environment()
        .get_template(template)
        .render(
            service=serving.settings.title,
            base=base,
            language=language,
            say=partial(say, language=language),
            path=path,
            other_language=f"{here}?{urlencode(other)}",
            as_json=f"{here}?{urlencode(plain)}",
            provenance=provenance(store.record()),
            mark=store.record().mark,
            **({"links": ()} | told),
        )
    )


def layers_step(language: Language) -> tuple[str, str]:
    """Return the step to the list of layers."""
    return "/collections", say("layers", language)


def layer_step(layer: Layer, language: Language) -> tuple[str, str]:
    """Return the step to a layer."""
    return f"/collections/{layer.name}", str(getattr(layer.title, language))


def collection_page(
    serving: Serving, request: Request, store: Store, layer: Layer, language: Language, links: Sequence[Link]
) -> str:
    """Return a layer as a page."""
    summary = store.layers()[layer.name]
    return page_of(
        serving,
        request,
        store,
        "collection.html",
        language,
        [layers_step(language), layer_step(layer, language)],
        layer=layer,
        summary=summary,
        crs=offered(summary.bounds) if layer.table.geometry else (),
        links=links,
    )


def items_page(
    serving: Serving,
    request: Request,
    store: Store,
    layer: Layer,
    page: Page,
    given: Mapping[str, str],
    language: Language,
    links: Sequence[Link],
) -> str:
    """Return features as a page."""
    base = serving.base(request)
    here = f"{base}/collections/{layer.name}/items"
    said = {"f": "html", "lang": language}
    further = next((each["href"] for each in links if each["rel"] == "next"), None)
    rows = []
    for feature in map(json.loads, page.features):
        href = f"{here}/{segment(str(feature['id']))}?{urlencode(said)}"
        rows.append({"id": feature["id"], "properties": feature["properties"], "href": href})
    first = {name: value for name, value in given.items() if name != "after"} | said
    return page_of(
        serving,
        request,
        store,
        "items.html",
        language,
        [layers_step(language), layer_step(layer, language), ("", say("features", language))],
        layer=layer,
        rows=rows,
        matched=page.matched,
        columns=[
            each
            for each in _columns(layer)
            if each.name != layer.table.id_column
            and each.media is None
            and (not rows or each.name in rows[0]["properties"])
        ],
        given=given,
        example=_EXAMPLES.get(layer.name, f"{layer.table.id_column} LIKE 'a%'"),
        further=None if further is None else _saying(further, said),
        first=f"{here}?{urlencode(first)}",
        links=links,
    )


def item_page(
    serving: Serving,
    request: Request,
    store: Store,
    layer: Layer,
    feature: bytes,
    language: Language,
    links: Sequence[Link],
    crop: Crop | None = None,
) -> str:
    """Return one feature as a page; that of a camera shows where on its sheet it was read."""
    told = json.loads(feature)
    items = (f"/collections/{layer.name}/items", say("features", language))
    return page_of(
        serving,
        request,
        store,
        "item.html",
        language,
        [layers_step(language), layer_step(layer, language), items, ("", str(told["id"]))],
        layer=layer,
        id=told["id"],
        properties=told["properties"],
        invented=invented_row(store.record(), told["properties"]),
        geometry=told["geometry"],
        columns=_columns(layer),
        crop=crop,
        showings=SHOWINGS,
        links=links,
    )


def _saying(address: str, said: Mapping[str, str]) -> str:
    missing = {name: value for name, value in said.items() if f"{name}={value}" not in address}
    return f"{address}&{urlencode(missing)}" if missing else address


@cache
def _columns_of(name: str) -> tuple[_Column, ...]:
    table = LAYERS[name].table
    told = []
    for column, declared in table.columns.items():
        if column == "geometry":
            continue
        unit = table.unit(column)
        leads = _LEADS.get(column)
        told.append(
            _Column(
                column,
                None if unit in (None, "1", "count") else unit,
                str(declared.description),
                None if leads == name and column == table.id_column else leads,
                table.media(column),
            )
        )
    return tuple(told)


def _columns(layer: Layer) -> tuple[_Column, ...]:
    return _columns_of(layer.name)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["segment"] = segment
    environment.filters["kinds"] = lambda told: " / ".join(told) if isinstance(told, list) else told
    return environment
