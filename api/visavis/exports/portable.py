"""A map in one HTML file that needs nothing else: no network, no tiles, no other file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, Final, cast

import folium
from branca.element import Element, Figure

from visavis.exports.labels import OPACITY, frame_html, label_html
from visavis.exports.part import Part
from visavis.layers import LAYERS
from visavis.layers.legend import legend
from visavis.model.errors import UsageError, VisavisError
from visavis.model.vocabulary import Word
from visavis.store import Query, Store

# Drawn one over the other in this order.
DRAWN: Final = ("spaces", "views", "exposed_buildings", "exposures", "cameras")

# Shown from the start, beside the layer that is asked for; the others wait in the list of layers.
_ALWAYS_SHOWN: Final = frozenset({"spaces", "exposed_buildings", "cameras"})

_LEAFLET: Final = Path(__file__).resolve().parents[1] / "_web" / "leaflet"
_NEAREST_ZOOM: Final = 19

# How surely is said by the line: whole, dashed, dotted. Colour alone would not reach everybody.
_DASHES: Final = {"solid": None, "hatched": "6 4", "dotted": "1 5"}
_FILLS: Final = {"spaces": 0.9, "views": 0.25, "exposed_buildings": 0.6, "exposures": 0.6, "cameras": 0.9}
_WALL_WIDTH: Final = 2.5
_WIDTHS: Final = {"spaces": 0.5, "views": 0.5, "exposed_buildings": 1.0, "exposures": 1.0, "cameras": 1.5}

Feature = dict[str, Any]


def write_map(part: Part, file: Path) -> tuple[Word, ...]:
    """Write buildings, cameras, views and exposures as a Leaflet map with legend, sources and marks.

    Raises
    ------
    UsageError
        Where the layer is none of those that are drawn, or a part of one is asked for.
    VisavisError
        Where Leaflet is not there to be put in.
    """
    store, layer = part.store, part.layer.name
    if layer not in DRAWN:
        raise UsageError(f"{layer} is not drawn on a map", remedy=f"Choose {', '.join(DRAWN)}")
    drawn = _bare_map(store)
    for name in DRAWN:
        if store.layers()[name].count:
            _draw(store, name, shown=name in _ALWAYS_SHOWN or name == layer).add_to(drawn)
    folium.LayerControl(collapsed=False).add_to(drawn)
    figure = _figure(drawn)
    figure.title = escape(", ".join(source.title for source in store.record().sources[:1]) or "visavis")
    figure.html.add_child(_Plain(frame_html(store.record(), DRAWN)))
    _number(figure)
    file.write_text(figure.render(), "utf-8")
    return ()


def _bare_map(store: Store) -> folium.Map:
    """Return a map without tiles and without the links to other hosts that folium puts in."""
    bounds = [summary.bounds for summary in store.layers().values() if summary.bounds is not None]
    drawn = folium.Map(tiles=None, control_scale=True, location=[0, 0])
    drawn.default_js, drawn.default_css = [], []
    header = _figure(drawn).header
    header.add_child(_Plain(f"<style>{_leaflet('leaflet.css')}</style>"))
    header.add_child(_Plain(f"<script>{_leaflet('leaflet.js')}</script>"))
    if bounds:
        west, south, east, north = zip(*bounds, strict=True)
        drawn.fit_bounds([[min(south), min(west)], [max(north), max(east)]], max_zoom=_NEAREST_ZOOM)
    return drawn


def _figure(drawn: folium.Map) -> Figure:
    return cast("Figure", drawn.get_root())


def _number(element: Element, path: str = "v") -> None:
    """Name elements by their place in the tree instead of by chance: the same build gives the same file."""
    element._id = path
    for number, child in enumerate(element._children.values()):
        _number(child, f"{path}_{number}")


def _draw(store: Store, name: str, *, shown: bool) -> folium.GeoJson:
    looks = {entry["code"]: entry for entry in legend().get(name, [])}
    column = LAYERS[name].coloured_by

    def style(feature: Feature) -> dict[str, Any]:
        look = looks.get(feature["properties"]["code"], {"colour": "#6a6e75", "pattern": "solid"})
        return {
            "color": look["colour"] if name != "spaces" else "#8d8778",
            "fillColor": look["colour"],
            "fillOpacity": _FILLS[name] * OPACITY[look.get("pattern", "solid")],
            "weight": _WALL_WIDTH if "LineString" in feature["geometry"]["type"] else _WIDTHS[name],
            "dashArray": _DASHES[look.get("pattern", "solid")],
        }

    features = [
        {
            "type": "Feature",
            "id": str(number),
            "geometry": feature["geometry"],
            "properties": {
                "code": feature["properties"].get(column),
                "label": label_html(LAYERS[name], feature["properties"]),
            },
        }
        for number, feature in enumerate(_features(store, name))
        if feature["geometry"] is not None
    ]
    title = LAYERS[name].title
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        name=f"{title.en} · {title.fr}",
        show=shown,
        style_function=style,
        marker=folium.CircleMarker(radius=6 if name == "cameras" else 3, fill=True),
        popup=folium.GeoJsonPopup(fields=["label"], labels=False, max_width=420),
        embed=True,
    )


def _features(store: Store, layer: str) -> Iterator[Feature]:
    yield from (json.loads(feature) for feature in store.features(layer, Query()))


class _Plain(Element):
    """Text as it stands: folium would read braces in it as its own template."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render(self, **_: Any) -> str:
        return self._text


def _leaflet(name: str) -> str:
    try:
        return (_LEAFLET / name).read_text("utf-8")
    except FileNotFoundError:
        raise VisavisError(
            "the portable map needs Leaflet, which is not built",
            remedy="Run python hatch_build.py in the checkout, or install the package",
        ) from None
