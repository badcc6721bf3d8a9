"""Write `web/src/generated/api.ts` from the declared layers: `python -m tools.api_types`."""

from __future__ import annotations

import json
from pathlib import Path

from visavis.layers import LAYERS, Layer
from visavis.model import vocabulary
from visavis.model.vocabulary import Words

FILE = Path(__file__).resolve().parents[1] / "web" / "src" / "generated" / "api.ts"

# Which words the page says, under the name of their type.
_VOCABULARY: dict[str, Words] = {
    "CameraKind": vocabulary.CAMERA_KINDS,
    "Standing": vocabulary.STANDINGS,
    "SpaceKind": vocabulary.SPACE_KINDS,
    "Mode": vocabulary.MODES,
    "Aspect": vocabulary.ASPECTS,
    "Level": vocabulary.LEVELS,
    "Sureness": vocabulary.SURENESSES,
    "DocumentStatus": vocabulary.DOCUMENT_STATUSES,
    "Severity": vocabulary.SEVERITIES,
}

_HEAD = """/**
 * The tables and the words of the service, as TypeScript.
 * Written by `python -m tools.api_types` from the declarations in Python; a test keeps it fresh.
 */

import type { LineString, MultiLineString, MultiPolygon, Point, Polygon } from "geojson";

export interface Word {
  readonly en: string;
  readonly fr: string;
}
"""


def written() -> str:
    """Return the file as it should stand."""
    words = [_words(name, words) for name, words in _VOCABULARY.items()]
    ids = {name: layer.table.id_column for name, layer in LAYERS.items()}
    return "\n".join(
        [
            _HEAD,
            *words,
            "/** The row of each collection: the `properties` of its features. */",
            "export interface Rows {",
            *(_row(layer) for layer in LAYERS.values()),
            "}",
            "",
            "/** The geometry of each collection's features. */",
            "export interface Geometries {",
            *(f"  {name}: {_geometry(layer)};" for name, layer in LAYERS.items()),
            "}",
            "",
            "/** The column that names the row. */",
            "export const ID_COLUMN = {",
            *(f"  {name}: {_quoted(column)}," for name, column in ids.items()),
            "} as const satisfies { [K in keyof Rows]: keyof Rows[K] };",
            "",
        ]
    )


def _words(name: str, words: Words) -> str:
    constant = "".join(
        f"_{letter}" if letter.isupper() and at else letter for at, letter in enumerate(name)
    ).upper()
    return "\n".join(
        [
            f"export const {constant} = {{",
            *(f"  {code}: {{ en: {_quoted(en)}, fr: {_quoted(fr)} }}," for code, (en, fr) in words.items()),
            "} as const satisfies Record<string, Word>;",
            f"export type {name} = keyof typeof {constant};",
            "",
        ]
    )


def _row(layer: Layer) -> str:
    table = layer.table
    lines = [f"  {layer.name}: {{"]
    for name, column in table.columns.items():
        if name == "geometry":
            continue
        unit = "" if table.unit(name) is None else f" [{table.unit(name)}]"
        empty = " | null" if column.nullable else ""
        lines += [f"    /** {column.description}{unit} */", f"    {name}: {_type(layer, name)}{empty};"]
    return "\n".join([*lines, "  };"])


def _type(layer: Layer, name: str) -> str:
    choices = layer.table.choices(name)
    if choices is not None:
        return next(kind for kind, words in _VOCABULARY.items() if tuple(words) == choices)
    dtype = str(layer.table.columns[name].dtype)
    if dtype.startswith(("float", "int")):
        return "number"
    return "boolean" if dtype == "bool" else "string"


def _geometry(layer: Layer) -> str:
    if not layer.table.geometry:
        return "null"
    types = " | ".join(layer.table.geometry)
    return f"{types} | null" if layer.table.columns["geometry"].nullable else types


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(written(), "utf-8")
