"""Maps of a report: buildings by how surely they could be viewed, cameras and where they point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import cos, radians, sin
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from visavis.layers.legend import legend
from visavis.model.vocabulary import SURENESSES, Word

_WIDTH: Final = 1000.0
_MOST_HEIGHT: Final = 900.0
_TICK: Final = 26.0
_SCALES_M: Final = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000)
_HEAD: Final = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}">'
_NORTH: Final = Word("N", "N")


def drawn(
    bounds: Sequence[float],
    spaces: gpd.GeoDataFrame,
    exposed: gpd.GeoDataFrame,
    cameras: gpd.GeoDataFrame,
    lang: str,
    marked: str | None = None,
) -> bytes:
    """Return a map as SVG, north up, with a scale and a key.

    Parameters
    ----------
    bounds : sequence of float
        West, south, east, north in the metric CRS of the frames.
    marked : str, optional
        The building that it is about.
    """
    west, south, east, north = bounds
    scale = min(_WIDTH / (east - west), _MOST_HEIGHT / (north - south))
    height = (north - south) * scale
    frame = shapely.box(west, south, east, north)

    def placed(xy: Any) -> Any:
        points = np.asarray(xy)
        return np.column_stack([(points[:, 0] - west) * scale, (north - points[:, 1]) * scale])

    colours = {entry["code"]: entry["colour"] for entry in legend()["exposed_buildings"]}
    whole = f'width="{_WIDTH:.0f}" height="{height:.1f}"'
    parts = [
        _HEAD.format(width=_WIDTH, height=height + 64),
        f'<rect {whole} fill="#f7f6f2"/>',
        f'<clipPath id="map"><rect {whole}/></clipPath><g clip-path="url(#map)">',
    ]
    near = spaces[spaces.intersects(frame) & spaces.geom_type.isin(["Polygon", "MultiPolygon"])]
    plain = 'fill="#e3e0d8" stroke="#b9b4a8" stroke-width="0.8"'
    parts += [f'<path d="{_path(shape, placed)}" {plain}/>' for shape in near.geometry]
    for building in exposed[exposed.intersects(frame)].to_dict("records"):
        about = building["building_id"] == marked
        edge = 'stroke="#111" stroke-width="4"' if about else 'stroke="#55504a" stroke-width="0.8"'
        colour = colours[building["sureness"]]
        parts.append(f'<path d="{_path(building["geometry"], placed)}" fill="{colour}" {edge}/>')
    for camera in cameras[cameras.intersects(frame)].to_dict("records"):
        (x, y), *_ = placed([(camera["geometry"].x, camera["geometry"].y)])
        parts += _camera(x, y, camera)
    parts.append("</g>")
    parts += _key(height, scale, colours, lang)
    return "\n".join([*parts, "</svg>"]).encode()


def _camera(x: float, y: float, row: Mapping[Any, Any]) -> Iterator[str]:
    if pd.notna(row["azimuth_deg"]):
        turn = radians(row["azimuth_deg"])
        yield (
            f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{x + _TICK * sin(turn):.1f}" y2="{y - _TICK * cos(turn):.1f}" '
            'stroke="#111" stroke-width="3"/>'
        )
    yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="#fff" stroke="#111" stroke-width="3"/>'
    if pd.notna(row["label"]):
        label = escape(str(row["label"]))
        yield (
            f'<text x="{x + 11:.1f}" y="{y - 9:.1f}" font-family="Source Sans Pro" font-size="19" '
            f'stroke="#fff" stroke-width="4" paint-order="stroke" fill="#111">{label}</text>'
        )


def _key(height: float, scale: float, colours: dict[str, str], lang: str) -> Iterator[str]:
    y = height + 38
    text = 'font-family="Source Sans Pro" font-size="22" fill="#111"'
    x = 4.0
    for code, word in SURENESSES.items():
        yield f'<rect x="{x:.0f}" y="{y - 18:.0f}" width="22" height="22" fill="{colours[code]}" stroke="#55504a"/>'
        yield f'<text x="{x + 30:.0f}" y="{y:.0f}" {text}>{escape(getattr(word, lang))}</text>'
        x += 50 + 12 * len(getattr(word, lang))
    metres = max((each for each in _SCALES_M if each * scale <= 240), default=_SCALES_M[0])
    end, bar = _WIDTH - 60, 'stroke="#111" stroke-width="4"'
    yield f'<line x1="{end - metres * scale:.1f}" y1="{y:.0f}" x2="{end:.1f}" y2="{y:.0f}" {bar}/>'
    yield f'<text x="{end - metres * scale:.1f}" y="{y - 10:.0f}" {text}>{metres} m</text>'
    yield f'<path d="M{end + 34:.0f} {y - 30:.0f} l9 30 l-9 -8 l-9 8 z" fill="#111"/>'
    yield f'<text x="{end + 27:.0f}" y="{y + 20:.0f}" {text}>{getattr(_NORTH, lang)}</text>'


def _path(shape: Any, placed: Any) -> str:
    rings = (ring for polygon in shapely.get_parts(shape) for ring in (polygon.exterior, *polygon.interiors))
    return " ".join(
        "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in placed(ring.coords)) + "Z" for ring in rings
    )
