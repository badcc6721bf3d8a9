"""Control points as an IIIF Georeference Annotation, the form that Allmaps reads and writes.

Source: IIIF Georeference Extension 1.0 (https://iiif.io/api/extension/georef/). Older files name the place on
the sheet ``pixelCoords`` instead of ``resourceCoords``; both are read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from visavis.model.errors import GeoreferenceError

_CONTEXTS: Final = (
    "http://iiif.io/api/extension/georef/1/context.json",
    "http://iiif.io/api/presentation/3/context.json",
)
# The origin of points that a program proposed and nobody confirmed.
PROPOSED: Final = "proposal"
Mask = tuple[tuple[float, float], ...]

_SOURCES: Final = ("Image", "ImageService1", "ImageService2", "ImageService3", "Canvas")
_SVG: Final = re.compile(r"<polygon\s[^>]*points\s*=\s*([\"'])(?P<points>.*?)\1", re.DOTALL)
_SVG_SIZE: Final = re.compile(r"\b(width|height)\s*=\s*[\"']\s*([0-9]+(?:\.[0-9]+)?)")
_FORMS: Final = {
    "straight": "straight",
    "helmert": "helmert",
    "polynomial1": "affine",
    "polynomial2": "polynomial-2",
    "polynomial3": "polynomial-3",
    "projective": "projective",
    "thinplatespline": "thin-plate-spline",
    "linear": "linear",
}
_ADDRESS: Final = re.compile(r"https?://")
_REMEDY: Final = "Give an IIIF Georeference Annotation, as Allmaps writes it"


@dataclass(frozen=True)
class ControlPoint:
    """A place known on the sheet and on the ground.

    Parameters
    ----------
    x, y : float
        Sheet coordinates, y down.
    longitude, latitude : float
        WGS 84, degrees.
    name : str, optional
        In words, such as a street crossing.
    """

    x: float
    y: float
    longitude: float
    latitude: float
    name: str | None = None


@dataclass(frozen=True)
class Annotation:
    """Control points of one sheet.

    Parameters
    ----------
    points : tuple of ControlPoint
    source : str
        The sheet as the annotation names it.
    width, height : float, optional
        Of the picture that the points were picked on.
    mask : tuple of (x, y)
        Outline of the map on the sheet.
    transformation : str, optional
        What the annotation asks for; `order` goes with a polynomial.
    source_type, part_of, resource_crs
        Kept as they were read, so that they are written back.
    origin : str, optional
        What of the sheet's own file the points were taken from: `GeoPDF`, `GeoTIFF`, `world file`.
    stated_sd_m : float, optional
        How exact the file tells them, along each axis on the ground.
    """

    points: tuple[ControlPoint, ...]
    source: str = ""
    width: float | None = None
    height: float | None = None
    mask: Mask = ()
    transformation: str | None = None
    order: int | None = None
    annotation_id: str | None = None
    source_type: str = "Image"
    part_of: Any = None
    resource_crs: Any = None
    origin: str | None = None
    stated_sd_m: float | None = None


def read_annotations(content: Mapping[str, Any]) -> tuple[Annotation, ...]:
    """Return the sheets of an Annotation or AnnotationPage, in its order.

    Raises
    ------
    GeoreferenceError
        Where it is no valid Georeference Annotation; points are counted from 1.
    """
    kind = _mapping(content, "the file").get("type")
    if kind == "AnnotationPage":
        return tuple(_annotation(_mapping(i, "an item")) for i in _list(content.get("items"), "items"))
    return (_annotation(content),)


def annotation_for(annotations: Sequence[Annotation], name: str) -> Annotation:
    """Return the annotation of the sheet called `name`: the only one, or the one whose source names it.

    Raises
    ------
    GeoreferenceError
        Where none is given, or several of which not just one names the sheet.
    """
    if not annotations:
        raise GeoreferenceError("the AnnotationPage holds no annotation", remedy=_REMEDY)
    if len(annotations) == 1:
        return annotations[0]
    stem = name.rsplit(".", 1)[0]
    named = [a for a in annotations if a.source.rstrip("/").rsplit("/", 1)[-1] in (name, stem)]
    if len(named) != 1:
        raise GeoreferenceError(
            f"{len(annotations)} annotations, of which {len(named)} name the sheet {name!r}",
            remedy="Keep one annotation a sheet",
        )
    return named[0]


def write_annotation(annotation: Annotation) -> dict[str, Any]:
    """Return an annotation as a mapping, ready to be written as JSON."""
    source: dict[str, Any] = {"id": annotation.source, "type": annotation.source_type}
    if annotation.part_of is not None:
        source["partOf"] = annotation.part_of
    target: dict[str, Any] = {"type": "SpecificResource", "source": source}
    if annotation.width is not None and annotation.height is not None:
        source |= {"height": annotation.height, "width": annotation.width}
        mask = annotation.mask or _corners(annotation.width, annotation.height)
        outline = " ".join(f"{_plain(x)},{_plain(y)}" for x, y in mask)
        svg = f'<svg width="{_plain(annotation.width)}" height="{_plain(annotation.height)}">'
        target["selector"] = {
            "type": "SvgSelector",
            "value": f'{svg}<polygon points="{outline}" /></svg>',
        }
    body: dict[str, Any] = {"type": "FeatureCollection"}
    if annotation.transformation is not None:
        options = {} if annotation.order is None else {"options": {"order": annotation.order}}
        body["transformation"] = {"type": annotation.transformation, **options}
    if annotation.resource_crs is not None:
        body["resourceCrs"] = annotation.resource_crs
    if annotation.origin is not None:
        body["_visavis"] = {"origin": annotation.origin, "statedSdM": annotation.stated_sd_m}
    body["features"] = [_feature(point) for point in annotation.points]
    named = {} if annotation.annotation_id is None else {"id": annotation.annotation_id}
    return {
        "@context": list(_CONTEXTS),
        **named,
        "type": "Annotation",
        "motivation": "georeferencing",
        "target": target,
        "body": body,
    }


def _plain(number: float) -> str:
    """Return a number without exponent: SVG allows one, readers of annotations do not."""
    return f"{number:.6f}".rstrip("0").rstrip(".")


def _corners(width: float, height: float) -> Mask:
    return (0.0, 0.0), (width, 0.0), (width, height), (0.0, height)


def _feature(point: ControlPoint) -> dict[str, Any]:
    named = {} if point.name is None else {"name": point.name}
    return {
        "type": "Feature",
        "properties": {"resourceCoords": [point.x, point.y], **named},
        "geometry": {"type": "Point", "coordinates": [point.longitude, point.latitude]},
    }


def _annotation(content: Mapping[str, Any]) -> Annotation:
    if content.get("type") != "Annotation":
        raise GeoreferenceError(f"type is {content.get('type')!r}, not Annotation", remedy=_REMEDY)
    target = _mapping(content.get("target"), "target")
    source, source_type, width, height, mask = _target(target)
    body = _mapping(content.get("body"), "body")
    if body.get("type") != "FeatureCollection":
        raise GeoreferenceError(f"body is {body.get('type')!r}, not a FeatureCollection", remedy=_REMEDY)
    transformation, order = _transformation(body.get("transformation"))
    features = _list(body.get("features"), "features")
    points = tuple(_point(feature, number) for number, feature in enumerate(features, start=1))
    name, inner, own = content.get("id"), target.get("source"), body.get("_visavis")
    origin, stated = (own.get("origin"), own.get("statedSdM")) if isinstance(own, Mapping) else (None, None)
    return Annotation(
        points,
        source,
        width,
        height,
        mask,
        transformation,
        order,
        None if name is None else str(name),
        source_type,
        inner.get("partOf") if isinstance(inner, Mapping) else None,
        body.get("resourceCrs"),
        origin if isinstance(origin, str) else None,
        _size(stated, "statedSdM"),
    )


def _target(target: Mapping[str, Any]) -> tuple[str, str, float | None, float | None, Mask]:
    source = target.get("source")
    if isinstance(source, Mapping):
        kind = source.get("type", "Image")
        if kind not in _SOURCES:
            raise GeoreferenceError(f"the target's source has type {source.get('type')!r}", remedy=_REMEDY)
        width, height = (_size(source.get(side), side) for side in ("width", "height"))
        source = source.get("id", source.get("@id"))
        if not isinstance(source, str) or not source:
            raise GeoreferenceError("the target names no source", remedy=_REMEDY)
    else:
        (source, kind), width, height = _served(source, target), None, None
    if "selector" not in target:
        return source, kind, width, height, ()
    svg_width, svg_height, mask = _selector(_mapping(target["selector"], "selector"))
    width, height = width or svg_width, height or svg_height
    if width is None or height is None:
        raise GeoreferenceError("the selector gives no width and height", remedy=_REMEDY)
    return source, kind, width, height, mask


def _served(source: object, target: Mapping[str, Any]) -> tuple[str, str]:
    """Return the service of the older form, which names a picture's address and the service that serves it."""
    if not isinstance(source, str) or not _ADDRESS.match(source):
        raise GeoreferenceError("the target names no source, or not by an address", remedy=_REMEDY)
    services = target.get("service")
    served = []
    for service in _list(services, "the target's service") or [None]:
        named = _mapping(service, "the target's service")
        name = named.get("@id", named.get("id"))
        if not isinstance(name, str) or not _ADDRESS.match(name):
            raise GeoreferenceError("the target's service has no address as its id", remedy=_REMEDY)
        kind = named.get("type", named.get("@type"))
        if kind not in _SOURCES:
            raise GeoreferenceError(f"the target's service has type {kind!r}", remedy=_REMEDY)
        served.append((name, kind))
    return served[0]


def _selector(selector: Mapping[str, Any]) -> tuple[float | None, float | None, Mask]:
    svg = selector.get("value")
    found = _SVG.search(svg) if isinstance(svg, str) and selector.get("type") == "SvgSelector" else None
    if found is None or not isinstance(svg, str):
        raise GeoreferenceError("the selector is no SvgSelector with a polygon", remedy=_REMEDY)
    numbers = []
    for pair in found["points"].split():
        x, comma, y = pair.partition(",")
        try:
            numbers.append((float(x), float(y)))
        except ValueError:
            raise GeoreferenceError(f"the selector's polygon has a point {pair!r}", remedy=_REMEDY) from None
        if not comma or not all(map(math.isfinite, numbers[-1])):
            raise GeoreferenceError(f"the selector's polygon has a point {pair!r}", remedy=_REMEDY)
    if len(set(numbers)) < 3:
        raise GeoreferenceError("the selector's polygon has fewer than three points", remedy=_REMEDY)
    opening = svg[: svg.index("<polygon")]
    sizes = {side: float(number) for side, number in _SVG_SIZE.findall(opening)}
    return sizes.get("width"), sizes.get("height"), tuple(numbers)


def kind_of_map(annotation: Annotation) -> str | None:
    """Return the form of map that an annotation asks for; None where it asks for none that is known."""
    named = re.sub(r"[^a-z0-9]", "", (annotation.transformation or "").lower())
    if named == "polynomial":
        named += str(annotation.order or 1)
    return _FORMS.get(named)


def _transformation(asked: object) -> tuple[str | None, int | None]:
    """Return what is asked for, known or not: what can't be fitted is a doubt of the fit."""
    if asked is None:
        return None, None
    if not isinstance(asked, Mapping):
        return str(asked), None
    options = asked.get("options")
    order = options.get("order") if isinstance(options, Mapping) else None
    return str(asked.get("type")), order if isinstance(order, int) else None


def _point(feature: object, number: int) -> ControlPoint:
    content = _mapping(feature, f"point {number}")
    if content.get("type") != "Feature":
        raise GeoreferenceError(f"point {number} is no Feature", remedy=_REMEDY)
    properties = _mapping(content.get("properties"), f"point {number}: properties")
    geometry = _mapping(content.get("geometry"), f"point {number}: geometry")
    if geometry.get("type") != "Point":
        raise GeoreferenceError(f"point {number}: geometry is no Point", remedy=_REMEDY)
    on_sheet = properties.get("resourceCoords", properties.get("pixelCoords"))
    x, y = _pair(on_sheet, f"point {number}: resourceCoords")
    longitude, latitude = _pair(geometry.get("coordinates"), f"point {number}: coordinates")
    if abs(longitude) > 180 or abs(latitude) > 90:
        raise GeoreferenceError(
            f"point {number}: {longitude:g}, {latitude:g} is no longitude and latitude",
            remedy="Give WGS 84 degrees, longitude first",
        )
    name = properties.get("name")
    return ControlPoint(x, y, longitude, latitude, name if isinstance(name, str) else None)


def _pair(value: object, what: str) -> tuple[float, float]:
    numbers = value if isinstance(value, list | tuple) else []
    good = [n for n in numbers if isinstance(n, int | float) and not isinstance(n, bool) and math.isfinite(n)]
    # GeoJSON lets a position carry a height; nothing else may follow.
    most = 3 if what.endswith(": coordinates") else 2
    if len(good) != len(numbers) or not 2 <= len(good) <= most:
        raise GeoreferenceError(f"{what} are not two numbers", remedy=_REMEDY)
    return float(good[0]), float(good[1])


def _size(value: object, side: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < math.inf:
        raise GeoreferenceError(f"{side} is {value!r}", remedy="Give the sheet's size, above zero")
    return float(value)


def _mapping(value: object, what: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise GeoreferenceError(f"{what} is missing or not a JSON object", remedy=_REMEDY)
    return value


def _list(value: object, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise GeoreferenceError(f"{what} is missing or not a JSON array", remedy=_REMEDY)
    return value
