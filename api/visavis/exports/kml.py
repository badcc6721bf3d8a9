"""A layer as KML 2.3 for globes, written placemark by placemark.

GDAL writes KML too, but either without the description of the document that bears licence and source, or with the
whole document in memory.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from visavis.exports.origin import summary
from visavis.exports.part import Part
from visavis.layers import Layer
from visavis.layers.legend import legend
from visavis.model.schema import Table

_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n'
)
_FILL_OPACITY: Final = 0x66
_KINDS: Final = {"float64": "double", "int64": "int", "bool": "bool"}

Coordinates = Sequence[Any]


def kml(part: Part) -> Iterator[bytes]:
    """Return a document with the legend's colours, the columns' meanings, and a placemark for each feature.

    A feature without a geometry is a placemark without a place. A camera's days are its time span.
    """
    layer = part.layer
    yield (
        f"{_HEAD}<name>{_text(layer.title.en)} · {_text(layer.title.fr)}</name>\n"
        f"<description>{_text(summary(part))}</description>\n{_styles(layer)}{_schema(layer.table)}"
    ).encode()
    for bunch in part.features():
        yield "".join(_placemark(layer, json.loads(feature)) for feature in bunch).encode()
    yield b"</Document>\n</kml>\n"


def _placemark(layer: Layer, feature: Mapping[str, Any]) -> str:
    told = feature["properties"]
    name = told.get("label") or told.get("name") or feature["id"]
    look = told.get(layer.coloured_by) if layer.coloured_by else None
    style = f"<styleUrl>#{_text(str(look))}</styleUrl>" if look else ""
    data = "".join(
        f"<SimpleData name={quoteattr(column)}>{_text(_value(value))}</SimpleData>"
        for column, value in told.items()
        if value is not None
    )
    return (
        f"<Placemark><name>{_text(str(name))}</name>{_span(told)}{style}"
        f'<ExtendedData><SchemaData schemaUrl="#{layer.name}">{data}</SchemaData></ExtendedData>'
        f"{_shape(feature['geometry'])}</Placemark>\n"
    )


def _span(told: Mapping[str, Any]) -> str:
    edges = [
        f"<{tag}>{_text(told[column])}</{tag}>"
        for tag, column in (("begin", "valid_from"), ("end", "valid_to"))
        if told.get(column)
    ]
    return f"<TimeSpan>{''.join(edges)}</TimeSpan>" if edges else ""


def _value(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _shape(geometry: Mapping[str, Any] | None) -> str:
    return "" if geometry is None else _SHAPES[geometry["type"]](geometry["coordinates"])


def _point(coordinates: Coordinates) -> str:
    return f"<Point>{_places([coordinates])}</Point>"


def _line(coordinates: Coordinates) -> str:
    return f"<LineString>{_places(coordinates)}</LineString>"


def _polygon(rings: Coordinates) -> str:
    outer, *holes = (f"<LinearRing>{_places(ring)}</LinearRing>" for ring in rings)
    inner = "".join(f"<innerBoundaryIs>{hole}</innerBoundaryIs>" for hole in holes)
    return f"<Polygon><outerBoundaryIs>{outer}</outerBoundaryIs>{inner}</Polygon>"


def _several(one: Callable[[Coordinates], str]) -> Callable[[Coordinates], str]:
    return lambda parts: f"<MultiGeometry>{''.join(map(one, parts))}</MultiGeometry>"


_SHAPES: Final[Mapping[str, Callable[[Coordinates], str]]] = MappingProxyType(
    {
        "Point": _point,
        "LineString": _line,
        "Polygon": _polygon,
        "MultiPoint": _several(_point),
        "MultiLineString": _several(_line),
        "MultiPolygon": _several(_polygon),
    }
)


def _places(coordinates: Coordinates) -> str:
    return f"<coordinates>{' '.join(f'{x},{y}' for x, y in coordinates)}</coordinates>"


def _styles(layer: Layer) -> str:
    return "".join(
        f"<Style id={quoteattr(entry['code'])}>"
        f"<IconStyle><color>{_colour(entry['colour'])}</color></IconStyle>"
        f"<LineStyle><color>{_colour(entry['colour'])}</color><width>2</width></LineStyle>"
        f"<PolyStyle><color>{_colour(entry['colour'], _FILL_OPACITY)}</color></PolyStyle></Style>\n"
        for entry in legend().get(layer.name, [])
    )


def _colour(hexadecimal: str, opacity: int = 0xFF) -> str:
    """Return a colour in KML's order: opacity, blue, green, red."""
    red, green, blue = (hexadecimal[k : k + 2] for k in (1, 3, 5))
    return f"{opacity:02x}{blue}{green}{red}"


def _schema(table: Table) -> str:
    fields = "".join(
        f'<SimpleField type="{_KINDS.get(column.dtype, "string")}" name={quoteattr(name)}>'
        f"<displayName>{_text(column.description or name)}</displayName></SimpleField>\n"
        for name, column in table.columns.items()
        if name != "geometry"
    )
    return f'<Schema name="{table.name}" id="{table.name}">\n{fields}</Schema>\n'


def _text(value: str) -> str:
    """Escape, and leave out what XML 1.0 can't hold (section 2.2)."""
    return escape("".join(c for c in value if c >= " " or c in "\t\n\r"))
