"""Layers as vector tiles: OGC API Tiles, part 1; what is made is kept as long as there is room."""

from __future__ import annotations

import asyncio
import gzip
import threading
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from visavis.layers import LAYERS, Layer
from visavis.layers import layer as declared
from visavis.model.errors import NotFoundError
from visavis.service.caching import CACHE_CONTROL, JSON, entity_tag, is_known, known, told
from visavis.service.describing import provenance
from visavis.service.parameters import parameters
from visavis.service.schemas import schema
from visavis.service.serving import Serving, link
from visavis.store import Store, draw_tile
from visavis.tiles import DEEPEST, GRID, GRID_URI, Tile, limits
from visavis.tiles.grid import HALF_M

MVT: Final = "application/vnd.mapbox-vector-tile"
_TILEJSON: Final = "application/json"
_CRS: Final = "http://www.opengis.net/def/crs/EPSG/0/3857"

# The pixel of which a scale speaks, and of how many a tile is wide (OGC 17-083r4, 6.1).
_PIXEL_M: Final = 0.00028
_PIXELS: Final = 256

Key = tuple[Any, ...]


class Kept:
    """Tiles, compressed, those asked for last."""

    def __init__(self, most_bytes: int) -> None:
        self._tiles: OrderedDict[Key, bytes] = OrderedDict()
        self._bytes = 0
        self._most_bytes = most_bytes
        self._lock = threading.Lock()

    def get(self, key: Key) -> bytes | None:
        """Return a tile that is kept."""
        with self._lock:
            found = self._tiles.get(key)
            if found is not None:
                self._tiles.move_to_end(key)
            return found

    def put(self, key: Key, tile: bytes) -> None:
        """Keep a tile, and let those go for which there is no room."""
        with self._lock:
            self._bytes += len(tile) - len(self._tiles.get(key, b""))
            self._tiles[key] = tile
            while self._bytes > self._most_bytes:
                self._bytes -= len(self._tiles.popitem(last=False)[1])


class Once:
    """Lets whoever asks for what is being made wait for it, so that it is not made twice."""

    def __init__(self) -> None:
        self._making: dict[Key, asyncio.Future[bytes]] = {}

    async def of(self, key: Key, make: Callable[[], Awaitable[bytes]]) -> bytes:
        """Return what `make` gives, or what is being made under this key already."""
        while key in self._making:
            making = self._making[key]
            await asyncio.wait([making])
            if not making.cancelled():  # else who made it went away, and another has to
                return making.result()
        making = self._making[key] = asyncio.get_running_loop().create_future()
        try:
            making.set_result(await make())
        except Exception as error:
            making.set_exception(error)
        finally:
            del self._making[key]
            making.cancel()  # where nothing came of it
        return making.result()


def tile_routes(serving: Serving) -> list[Route]:
    """Return the routes to tiles and to what describes them."""
    kept, once = Kept(serving.settings.tile_cache_bytes), Once()

    async def tile(request: Request) -> Response:
        parameters(request, ("f",), ("mvt",))
        layer, place = _layer(request), _place(request)
        with serving.live.reading() as store:
            tag = entity_tag(request, store, MVT)
            if is_known(request, tag):
                return known(tag)
            record = store.record()
            key = (record.build_id, record.built_at, layer.name, place)
            body = kept.get(key)
            if body is None:
                body = await once.of(key, lambda: _found(serving, store, layer.name, place))
                kept.put(key, body)
        headers = {"ETag": tag, "Cache-Control": CACHE_CONTROL, "Vary": "Accept-Encoding"}
        if not body:
            return Response(None, HTTPStatus.NO_CONTENT, headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(body, HTTPStatus.OK, headers | {"Content-Encoding": "gzip"}, MVT)
        return Response(gzip.decompress(body), HTTPStatus.OK, headers | {"Content-Encoding": "identity"}, MVT)

    async def tilesets(request: Request) -> Response:
        layer = _layer(request)
        parameters(request, ("f",), ("json",))
        with serving.live.reading() as store:
            base = serving.base(request)
            return told(request, store, lambda: _tilesets(store, layer, base))

    async def tileset(request: Request) -> Response:
        layer = _layer(request)
        given = parameters(request, ("f",), ("json", "tilejson"))
        make = _tilejson if given.get("f") == "tilejson" else _tileset
        with serving.live.reading() as store:
            return told(request, store, lambda: make(store, layer, serving.base(request)))

    async def grids(request: Request) -> Response:
        parameters(request, ("f",), ("json",))
        with serving.live.reading() as store:
            base = serving.base(request)
            each = {
                "id": GRID,
                "uri": GRID_URI,
                "links": [link(f"{base}/tileMatrixSets/{GRID}", "self", JSON, GRID)],
            }
            return told(request, store, lambda: {"tileMatrixSets": [each]})

    async def grid(request: Request) -> Response:
        parameters(request, ("f",), ("json",))
        with serving.live.reading() as store:
            return told(request, store, _grid)

    here = "/collections/{layer}/tiles"
    return [
        Route(f"{here}/{GRID}/{{z}}/{{y}}/{{x}}", tile),
        Route(here, tilesets),
        Route(f"{here}/{GRID}", tileset),
        Route("/tileMatrixSets", grids),
        Route(f"/tileMatrixSets/{GRID}", grid),
    ]


async def _found(serving: Serving, store: Store, layer: str, place: Tile) -> bytes:
    """Return a tile: at once where it was finished with the store, else made in a thread."""
    finished = await serving.found(store, store.tile, layer, place, short=True)
    if finished is not None:
        return finished
    draw = partial(draw_tile, patience_s=serving.settings.patience_s)
    return await serving.found(store, draw, store, layer, place, short=False)


def _layer(request: Request) -> Layer:
    layer = declared(request.path_params["layer"])
    if not layer.table.geometry:
        named = ", ".join(name for name, each in LAYERS.items() if each.table.geometry)
        raise NotFoundError(f"{layer.name} has no tiles: its rows have no geometry", remedy=f"Choose {named}")
    return layer


def _place(request: Request) -> Tile:
    texts = [request.path_params[name] for name in ("z", "x", "y")]
    if not all(text.isascii() and text.isdigit() and len(text) <= 8 for text in texts):
        raise NotFoundError("there is no such tile", remedy="Give level/row/column as whole numbers")
    return Tile(*map(int, texts)).checked()


def _tilesets(store: Store, layer: Layer, base: str) -> dict[str, Any]:
    whole = _tileset(store, layer, base)
    said = {name: whole[name] for name in ("title", "dataType", "crs", "tileMatrixSetURI", "links")}
    here = f"{base}/collections/{layer.name}/tiles"
    return {"tilesets": [said], "links": [link(here, "self", JSON, f"{layer.title.en} as vector tiles")]}


def _tileset(store: Store, layer: Layer, base: str) -> dict[str, Any]:
    here = f"{base}/collections/{layer.name}"
    bounds = store.layers()[layer.name].bounds
    box = (
        {}
        if bounds is None
        else {"boundingBox": {"lowerLeft": list(bounds[:2]), "upperRight": list(bounds[2:])}}
    )
    return {
        "title": layer.title.en,
        "description": f"{layer.description.en} Where too many lie together, squares say how many they stand for and "
        "the surest of them.",
        "dataType": "vector",
        "crs": _CRS,
        "tileMatrixSetURI": GRID_URI,
        **box,
        "tileMatrixSetLimits": [] if bounds is None else [_limits(bounds, z) for z in range(DEEPEST + 1)],
        "layers": [
            {
                "id": layer.name,
                "dataType": "vector",
                "title": layer.title.en,
                "propertiesSchema": {"type": "object", "properties": _properties(layer)},
            }
        ],
        **provenance(store.record()),
        "links": [
            link(f"{here}/tiles/{GRID}", "self", JSON, layer.title.en),
            link(f"{here}/tiles/{GRID}?f=tilejson", "alternate", _TILEJSON, "TileJSON"),
            link(f"{base}/tileMatrixSets/{GRID}", _SCHEME, JSON, GRID),
            link(here, "collection", JSON, layer.title.en),
            {**link(_template(here), "item", MVT, "Tiles"), "templated": True},
        ],
    }


_SCHEME: Final = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"


def _template(here: str) -> str:
    return f"{here}/tiles/{GRID}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}"


def _properties(layer: Layer) -> dict[str, Any]:
    told_of = {name: each for name, each in schema(layer, "")["properties"].items() if name != "geometry"}
    return told_of | {
        "count": {"type": "integer", "title": "How many features a square stands for; only where it does"},
        "generalised": {
            "type": "boolean",
            "title": "True for a square; what it says is the most of any of them",
        },
    }


def _limits(bounds: Any, z: int) -> dict[str, Any]:
    left, right, top, bottom = limits(bounds, z)
    rows = {"minTileRow": top, "maxTileRow": bottom}
    return {"tileMatrix": str(z), **rows, "minTileCol": left, "maxTileCol": right}


def _tilejson(store: Store, layer: Layer, base: str) -> dict[str, Any]:
    """TileJSON 3.0.0."""
    bounds = store.layers()[layer.name].bounds
    marks = provenance(store.record())
    return {
        "tilejson": "3.0.0",
        "name": layer.title.en,
        "description": layer.description.en,
        "attribution": f"{marks['attribution']} ({marks['licence']})",
        "version": f"1.0.0+{marks['build_id']}",
        "scheme": "xyz",
        "tiles": [f"{base}/collections/{layer.name}/tiles/{GRID}/{{z}}/{{y}}/{{x}}"],
        "minzoom": 0,
        "maxzoom": DEEPEST,
        **({} if bounds is None else {"bounds": list(bounds)}),
        "vector_layers": [
            {"id": layer.name, "fields": {name: each["title"] for name, each in _properties(layer).items()}}
        ],
        "invented": marks["invented"],
    }


def _grid() -> dict[str, Any]:
    """Return the definition of the grid (OGC 17-083r4, annex D.1), as deep as tiles go."""
    levels = []
    for z in range(DEEPEST + 1):
        size = 2 * HALF_M / (_PIXELS << z)
        levels.append(
            {
                "id": str(z),
                "scaleDenominator": size / _PIXEL_M,
                "cellSize": size,
                "cornerOfOrigin": "topLeft",
                "pointOfOrigin": [-HALF_M, HALF_M],
                "tileWidth": _PIXELS,
                "tileHeight": _PIXELS,
                "matrixWidth": 1 << z,
                "matrixHeight": 1 << z,
            }
        )
    return {
        "id": GRID,
        "title": "Google Maps Compatible for the World",
        "uri": GRID_URI,
        "crs": _CRS,
        "orderedAxes": ["X", "Y"],
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "tileMatrices": levels,
    }
