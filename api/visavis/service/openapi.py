"""The interface in OpenAPI 3.0, from the declared layers."""

from __future__ import annotations

from typing import Any, Final

from visavis import __version__
from visavis.layers import LAYERS, Layer
from visavis.model.vocabulary import LETTER_KINDS
from visavis.service.answers import COMPONENTS, answers, shape
from visavis.service.asking import CONDITIONS
from visavis.service.caching import GEOJSON, HTML, JSON, OPENAPI_JSON, SCHEMA_JSON
from visavis.service.coordinates import CRS84
from visavis.service.crops import PNG
from visavis.service.dossiers import FEED_JSON
from visavis.service.downloads import DOWNLOADS
from visavis.service.index import SEARCHED
from visavis.service.letters import LETTER_CHOICES, LETTER_FORMS, TEXT
from visavis.service.negotiating import LANGUAGES
from visavis.service.overview import SVG
from visavis.service.pictures import PICTURE_CHOICES, PICTURE_FORMS
from visavis.service.search import MOST, MOST_LETTERS, USUAL
from visavis.service.settings import Settings
from visavis.service.tiles import MVT
from visavis.store import asked_by
from visavis.tiles import GRID

Node = dict[str, Any]


def openapi(settings: Settings, base: str) -> Node:
    """Return the document that `/api` serves."""
    return {
        "openapi": "3.0.3",
        "info": {
            "title": settings.title,
            "version": __version__,
            "description": "Cameras of disclosed maps, and the private spaces that they could view, "
            "to be checked on site. Every path only reads.",
            "license": {"name": "Apache-2.0"},
        },
        "servers": [{"url": base}],
        "paths": {**_service(), **_layers(settings), **_tiles(), **_files(settings)},
        "components": COMPONENTS
        | {"parameters": {_named(each): each for each in (*_items_parameters(settings), *_SAID)}},
    }


def _service() -> Node:
    return {
        "/": _get(
            "landing",
            "The landing page; to a browser, the map",
            [*_SAID],
            {JSON: shape("Landing"), HTML: None},
        ),
        "/conformance": _get(
            "conformance", "What it conforms to", _SAID, {JSON: shape("Conformance"), HTML: None}
        ),
        "/api": _get("api", "This document", _SAID, {OPENAPI_JSON: None, HTML: None}),
        "/list": _get("list", "What the map says, in words", _SAID, {JSON: None, HTML: None}),
        "/overview.svg": _get("overview", "Exposed buildings and cameras as one drawing", [], {SVG: None}),
        "/addresses": _get(
            "addresses",
            "Every known address and its building, to be searched where it is typed",
            _JSON_ONLY,
            {JSON: None},
        ),
        "/authorities": _get("authorities", "Authorities side by side", _SAID, {JSON: None, HTML: None}),
        "/dossiers/{dossierId}": _get(
            "dossier",
            "A dossier with all its papers",
            [_path("dossierId", "Id of the dossier"), *_SAID],
            {JSON: None, HTML: None},
        ),
        "/documents/{documentId}": _get(
            "document",
            "A document of a dossier",
            [_path("documentId", "Id of the document"), *_JSON_ONLY],
            {JSON: None},
        ),
        "/search": _get(
            "search",
            "Rows of all dossiers that hold every word: papers, claims, questions, timelines, authorities",
            [
                _sized(
                    "q",
                    "Words, or their beginnings; case and accents do not matter, a number is meant whole.",
                    type="string",
                    maxLength=MOST_LETTERS,
                ),
                _sized("in", "Only in this layer.", type="string", enum=list(SEARCHED)),
                _query("dossier", "Only in the dossier of this id."),
                _sized(
                    "limit",
                    f"How many; above {MOST} it counts as {MOST}.",
                    type="integer",
                    minimum=1,
                    default=USUAL,
                ),
                _sized("offset", "How many to leave out.", type="integer", minimum=0, default=0),
                *_SAID,
            ],
            {JSON: shape("Search"), HTML: None},
        ),
        "/feed.json": _get("feed", "What is new, as JSON Feed", [], {FEED_JSON: None}),
        "/build": _get("build", "From what and how the layers were built", _JSON_ONLY, {JSON: None}),
        "/legend": _get("legend", "How the layers are drawn", _JSON_ONLY, {JSON: None}),
        "/healthz": _get("live", "Whether the service lives", [], {JSON: shape("Status")}, cached=False),
        "/readyz": _get("ready", "Whether the layers can be read", [], {JSON: shape("Status")}, cached=False),
    }


def _layers(settings: Settings) -> Node:
    one = "/collections/{collectionId}"
    shared: list[Node] = [
        {"$ref": f"#/components/parameters/{_named(each)}"} for each in (*_items_parameters(settings), *_SAID)
    ]
    taken = {each["name"] for each in (*_items_parameters(settings), *_SAID)}
    return {
        "/collections": _get("collections", "The layers", _SAID, {JSON: shape("Collections"), HTML: None}),
        one: _get("collection", "A layer", [_COLLECTION, *_SAID], {JSON: shape("Collection"), HTML: None}),
        f"{one}/queryables": _get(
            "queryables",
            "What a layer can be asked by",
            [_COLLECTION, *_SAID],
            {SCHEMA_JSON: None, HTML: None},
        ),
        f"{one}/schema": _get(
            "schema", "A layer's columns", [_COLLECTION, *_SAID], {SCHEMA_JSON: None, HTML: None}
        ),
        f"{one}/items": _items("items", "Features of a layer", [_COLLECTION, *shared, _QUERYABLES]),
        # Layer by layer too, with what each can be asked by: GDAL reads here what it may leave to the service.
        **{
            f"/collections/{name}/items": _items(
                f"items_of_{name}", f"Features of {name}", [*shared, *_equalities(layer, taken)]
            )
            for name, layer in LAYERS.items()
        },
        f"{one}/items/{{featureId}}": _get(
            "item",
            "A feature",
            [
                _COLLECTION,
                _path("featureId", "Id, percent-encoded"),
                _crs("crs", "CRS of the answer."),
                *_SAID,
            ],
            {GEOJSON: shape("Feature"), HTML: None},
        ),
    }


def _items(operation: str, summary: str, parameters: list[Node]) -> Node:
    return _get(operation, summary, parameters, {GEOJSON: shape("Features"), HTML: None})


def _equalities(layer: Layer, taken: set[str]) -> list[Node]:
    """Return the columns whose value may be given as it is."""
    return [
        {
            **_query(name, f"Equal to this: {layer.table.columns[name].description}"),
            "schema": {"type": "boolean"} if kind == "flag" else {"type": "string"},
        }
        for name, kind in asked_by(layer.table).items()
        if name not in taken
    ]


def _named(parameter: Node) -> str:
    return str(parameter["name"]).replace("-", "_")


def _tiles() -> Node:
    spatial = [name for name, layer in LAYERS.items() if layer.table.geometry]
    of = {**_COLLECTION, "schema": {"type": "string", "enum": spatial}}
    one = "/collections/{collectionId}/tiles"
    place = [_path(name, said, kind="integer") for name, said in _PLACE.items()]
    answered = _get("tile", "A vector tile; 204 where it is empty", [of, *place], {MVT: None})
    answered["get"]["responses"]["204"] = {"description": "Nothing lies there"}
    forms = {**_F, "schema": {"type": "string", "enum": ["json", "tilejson"]}}
    return {
        one: _get("tilesets", "A layer's tiles", [of, *_JSON_ONLY], {JSON: None}),
        f"{one}/{GRID}": _get("tileset", "What the tiles hold; as TileJSON too", [of, forms], {JSON: None}),
        f"{one}/{GRID}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}": answered,
        "/tileMatrixSets": _get("grids", "The grids of tiles", _JSON_ONLY, {JSON: None}),
        f"/tileMatrixSets/{GRID}": _get("grid", "The grid of the web's maps", _JSON_ONLY, {JSON: None}),
    }


_PLACE: Final = {"tileMatrix": "Level", "tileRow": "Row, from the north", "tileCol": "Column, from the west"}


def _files(settings: Settings) -> Node:
    return {
        "/exports/{file}": _get(
            "export",
            "A layer or a part of it as a file, {layer}.{format}; its licence, source and date are in it",
            [
                _path("file", "Layer and format", _exported()),
                *(
                    {"$ref": f"#/components/parameters/{_named(each)}"}
                    for each in _items_parameters(settings)
                    if each["name"] in CONDITIONS
                ),
                _QUERYABLES,
            ],
            dict.fromkeys(each.media_type.partition(";")[0] for each in DOWNLOADS.values()),
        ),
        **({"/pictures/{file}": _picture()} if settings.pictures else {}),
        "/crops/{file}": _get(
            "crop",
            "The sheet around the symbol of a camera, {camera_id}.png, where its licence allows",
            [_path("file", "Id of the camera, percent-encoded, and .png")],
            {PNG: None},
        ),
        "/letters/{kind}": _letter(),
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
        dict.fromkeys(PICTURE_FORMS.values()),
    )


def _letter() -> Node:
    return _get(
        "letter",
        "A letter that fits a camera or a dossier, with the law of the day; its blanks are for the reader to fill in",
        [
            _path("kind", "Which letter", list(LETTER_KINDS)),
            _query("camera", "Id of the camera that it is about; this or dossier."),
            _query("dossier", "Id of the dossier that it is about; this or camera."),
            {**_query("lang", "Its language."), "schema": {"type": "string", "enum": list(LANGUAGES)}},
            {**_query("f", "Form of the answer."), "schema": _among(LETTER_FORMS)},
            *(
                {**_query(name, _LETTER[name]), "schema": _among(choices)}
                for name, choices in LETTER_CHOICES.items()
            ),
        ],
        {JSON: shape("Letter"), TEXT: None},
    )


def _among(choices: tuple[str, ...]) -> Node:
    first, *rest = choices
    return {"type": "string", "enum": [*choices] if first else rest, **({"default": first} if first else {})}


def _items_parameters(settings: Settings) -> list[Node]:
    whole = {"minimum": 1, "maximum": settings.max_limit, "default": min(settings.limit, settings.max_limit)}
    return [
        {
            "name": "bbox",
            "in": "query",
            "description": "Lower corner, upper corner: west,south,east,north in CRS84 degrees, or in the order of the "
            "axes of bbox-crs; west greater than east crosses the antimeridian. Features without a geometry are not in "
            "any box.",
            "schema": {
                "type": "array",
                "items": {"type": "number"},
                "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
            },
            **_AS_ONE,
        },
        _crs("bbox-crs", "CRS of the box: one that the collection lists."),
        _query(
            "datetime",
            "A day, a moment or an interval (2024-01-01/..): cameras known to stand then, by valid_from and valid_to, "
            "to the day. Layers without these columns ignore it.",
        )
        | _AS_ONE,
        {
            "name": "limit",
            "in": "query",
            "description": "Features of a page; more than the most counts as the most.",
            "schema": {"type": "integer", **whole},
            **_AS_ONE,
        },
        _query("after", "Where the page begins; links to the next page carry it."),
        _query("filter", "Features for which this holds, in CQL2: kind = 'ptz' AND height_m > 4."),
        {
            **_query("filter-lang", "What the filter is written in."),
            "schema": _among(("cql2-text", "cql2-json")),
        },
        _crs("filter-crs", "CRS of shapes within the filter."),
        _query(
            "sortby",
            "Properties to sort by, with - for descending: -height_m,kind. Unknown values come last.",
        ),
        _query("properties", "Properties that the features shall have: kind,height_m."),
        _crs("crs", "CRS of the answer: one that the collection lists."),
    ]


_QUERYABLES: Final[Node] = {
    "name": "queryables",
    "in": "query",
    "description": "Any queryable of the layer by its name: features whose column equals the value.",
    "schema": {"type": "object", "additionalProperties": {"type": "string"}},
    "style": "form",
    "explode": True,
}


# How the standards declare parameters: written once, values between commas.
_AS_ONE: Final[Node] = {"style": "form", "explode": False}


def _query(name: str, description: str) -> Node:
    return {"name": name, "in": "query", "description": description, "schema": {"type": "string"}}


def _sized(name: str, description: str, **schema: object) -> Node:
    return {**_query(name, description), "schema": schema}


def _crs(name: str, description: str) -> Node:
    schema = {"type": "string", "format": "uri", "default": CRS84}
    return {**_query(name, description), "schema": schema, **_AS_ONE}


def _path(name: str, description: str, choices: list[str] | None = None, kind: str = "string") -> Node:
    schema = {"type": kind, **({} if choices is None else {"enum": choices})}
    return {"name": name, "in": "path", "required": True, "description": description, "schema": schema}


_PICTURE: Final = {
    "lang": "Language of its words.",
    "mode": "Which way of looking; without it, what the camera looks at now where that is known, else its reach.",
    "masks": "Whether suggested privacy masks are laid over it.",
    "plain": "Whether it is drawn small and without words.",
}
_LETTER: Final = {
    "about": "What a reminder is about: a request for documents, or for one's own data.",
    "answer": "Before an appeal: whether none came, or the request was refused.",
}
_F: Final = _query("f", "Form of the answer; without it, what the client accepts.")
_SAID: Final[list[Node]] = [
    {**_F, "schema": {"type": "string", "enum": ["json", "geojson", "html"]}},
    {
        **_query("lang", "Language of a page; without it, what the client accepts."),
        "schema": {"type": "string", "enum": list(LANGUAGES)},
    },
]
_JSON_ONLY: Final[list[Node]] = [{**_F, "schema": {"type": "string", "enum": ["json"]}}]
_COLLECTION: Final = _path("collectionId", "Name of the layer", list(LAYERS))


def _get(
    operation: str,
    summary: str,
    parameters: list[Node],
    content: dict[str, Node | None],
    *,
    cached: bool = True,
) -> Node:
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "parameters": parameters,
            "responses": answers(content, cached=cached),
        }
    }
