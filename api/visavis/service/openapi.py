"""The interface in OpenAPI 3.0, from the declared layers."""

from __future__ import annotations

from typing import Any, Final

from visavis import __version__
from visavis.layers import LAYERS
from visavis.service.caching import GEOJSON, JSON, OPENAPI_JSON, SCHEMA_JSON
from visavis.service.downloads import DOWNLOADS
from visavis.service.parameters import CRS84
from visavis.service.pictures import PICTURE_CHOICES, PICTURE_FORMS
from visavis.service.settings import Settings

Node = dict[str, Any]

_PROBLEM: Final = "application/problem+json"


def openapi(settings: Settings, base: str) -> Node:
    """Return the document that `/api` serves."""
    return {
        "openapi": "3.0.3",
        "info": {
            "title": settings.title,
            "version": __version__,
            "description": "Cameras of disclosed maps, and the private spaces that they could view, "
            "to be checked on site. Every path only reads.",
        },
        "servers": [{"url": base}],
        "paths": {
            "/": _get("landing", "The landing page; to a browser, the map", [_F], _ok(JSON, "text/html")),
            "/conformance": _get("conformance", "What the service conforms to", [_F], _ok(JSON)),
            "/api": _get("api", "This document", [_F], _ok(OPENAPI_JSON)),
            "/build": _get("build", "From what and how the layers were built", [_F], _ok(JSON)),
            "/legend": _get("legend", "How the layers are drawn", [_F], _ok(JSON)),
            "/healthz": _get("health", "Whether the layers can be read", [_F], _ok(JSON)),
            "/collections": _get("collections", "The layers", [_F], _ok(JSON)),
            "/collections/{collectionId}": _get("collection", "A layer", [_COLLECTION, _F], _ok(JSON)),
            "/collections/{collectionId}/queryables": _get(
                "queryables", "What a layer can be asked by", [_COLLECTION, _F], _ok(SCHEMA_JSON)
            ),
            "/collections/{collectionId}/schema": _get(
                "schema", "A layer's columns", [_COLLECTION, _F], _ok(SCHEMA_JSON)
            ),
            "/collections/{collectionId}/items": _get(
                "items",
                "Features of a layer",
                [_COLLECTION, *_items_parameters(settings), _CRS, _F],
                _ok(GEOJSON),
            ),
            "/collections/{collectionId}/items/{featureId}": _get(
                "item",
                "A feature",
                [_COLLECTION, _path("featureId", "Id, percent-encoded"), _F],
                _ok(GEOJSON),
            ),
            "/exports/{file}": _get(
                "export",
                "A whole layer as a file, {layer}.{format}; its licence, source and date are in it",
                [_path("file", "Layer and format", _exported())],
                _ok(*dict.fromkeys(each.media_type.partition(";")[0] for each in DOWNLOADS.values())),
            ),
            **({"/pictures/{file}": _picture()} if settings.pictures else {}),
        },
    }


def _exported() -> list[str]:
    return [
        f"{name}.{form.name}"
        for name, layer in LAYERS.items()
        for form in DOWNLOADS.values()
        if layer.table.geometry or not form.spatial
    ]


def _picture() -> Node:
    return _get(
        "picture",
        "What a camera could view, as a computed picture: {camera_id}.svg, .png, or its words and figures as .json",
        [
            _path("file", "Id of the camera, percent-encoded, and format"),
            *(
                {"name": name, "in": "query", "description": _PICTURE[name], "schema": _among(choices)}
                for name, choices in PICTURE_CHOICES.items()
            ),
        ],
        _ok(*PICTURE_FORMS.values()),
    )


def _among(choices: tuple[str, ...]) -> Node:
    first, *rest = choices
    return {"type": "string", "enum": [*choices] if first else rest, **({"default": first} if first else {})}


def _items_parameters(settings: Settings) -> list[Node]:
    return [
        {
            "name": "bbox",
            "in": "query",
            "description": "west,south,east,north in CRS84 degrees; west greater than east crosses the "
            "antimeridian. Features without a geometry are not in any box.",
            "schema": {
                "type": "array",
                "items": {"type": "number"},
                "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
            },
            "style": "form",
            "explode": False,
        },
        _crs("bbox-crs", "CRS of the box; there is one."),
        {
            "name": "datetime",
            "in": "query",
            "description": "A day, a moment or an interval (2024-01-01/..): cameras known to stand then, by "
            "valid_from and valid_to, to the day. Layers without these columns ignore it.",
            "schema": {"type": "string"},
        },
        {
            "name": "limit",
            "in": "query",
            "description": "Features of a page; more than the most counts as the most.",
            "schema": {
                "type": "integer",
                "minimum": 1,
                "maximum": settings.max_limit,
                "default": settings.limit,
            },
        },
        {
            "name": "after",
            "in": "query",
            "description": "Id after which the page begins; links to the next page carry it.",
            "schema": {"type": "string"},
        },
        {
            "name": "queryables",
            "in": "query",
            "description": "Any queryable of the layer by its name: features whose column equals the value.",
            "schema": {"type": "object", "additionalProperties": {"type": "string"}},
            "style": "form",
            "explode": True,
        },
    ]


def _crs(name: str, description: str) -> Node:
    schema = {"type": "string", "format": "uri", "enum": [CRS84], "default": CRS84}
    return {"name": name, "in": "query", "description": description, "schema": schema}


_PICTURE: Final = {
    "lang": "Language of its words.",
    "mode": "Which way of looking; without it, what the camera looks at now where that is known, else its reach.",
    "masks": "Whether suggested privacy masks are laid over it.",
    "plain": "Whether it is drawn small and without words.",
}
_CRS: Final = _crs("crs", "CRS of the answer; there is one.")
_F: Final[Node] = {
    "name": "f",
    "in": "query",
    "description": "Form of the answer.",
    "schema": {"type": "string", "enum": ["json", "geojson", "html"]},
}


def _path(name: str, description: str, choices: list[str] | None = None) -> Node:
    schema = {"type": "string", **({} if choices is None else {"enum": choices})}
    return {"name": name, "in": "path", "required": True, "description": description, "schema": schema}


_COLLECTION: Final = _path("collectionId", "Name of the layer", list(LAYERS))


def _get(operation: str, summary: str, parameters: list[Node], answers: Node) -> Node:
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "parameters": parameters,
            "responses": {**answers, "default": {"description": "Why not", "content": _content(_PROBLEM)}},
        }
    }


def _ok(*media_types: str) -> Node:
    return {
        "200": {"description": "The answer", "content": _content(*media_types)},
        "304": {"description": "The client has it already"},
    }


def _content(*media_types: str) -> Node:
    return {media_type: {"schema": {"type": "object"}} for media_type in media_types}
