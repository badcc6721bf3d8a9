"""Write `web/src/generated/` from the declared layers, words, rules and desk: `python -m tools.api_types`."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from tools.desk_types import desk_types
from visavis.disclosures.subjects import SUBJECTS
from visavis.layers import LAYERS, Layer
from visavis.model import vocabulary
from visavis.model.vocabulary import Words
from visavis.readers.reference import read_models, read_rules

FOLDER = Path(__file__).resolve().parents[1] / "web" / "src" / "generated"

# Of the rules, those that a view may bear on: exposures cite no others.
_TOPICS = ("facade", "entrance", "place", "plates")

# Which words the page says, under the name of their type.
_VOCABULARY: dict[str, Words] = {
    "CameraKind": vocabulary.CAMERA_KINDS,
    "Standing": vocabulary.STANDINGS,
    "Showing": vocabulary.SHOWINGS,
    "SheetUnit": vocabulary.SHEET_UNITS,
    "SpaceKind": vocabulary.SPACE_KINDS,
    "Mode": vocabulary.MODES,
    "Aspect": vocabulary.ASPECTS,
    "Level": vocabulary.LEVELS,
    "LevelOodpcvs": vocabulary.LEVELS_OODPCVS,
    "Sureness": vocabulary.SURENESSES,
    "DocumentStatus": vocabulary.DOCUMENT_STATUSES,
    "Severity": vocabulary.SEVERITIES,
    "RequestKind": vocabulary.REQUEST_KINDS,
    "Deadline": vocabulary.DEADLINES,
    "Answer": vocabulary.ANSWERS,
    "Agreement": vocabulary.AGREEMENTS,
    "ContradictionKind": vocabulary.CONTRADICTIONS,
    "Question": vocabulary.QUESTIONS,
    "LetterKind": vocabulary.LETTER_KINDS,
    "Confidence": vocabulary.CONFIDENCES,
    "Ability": vocabulary.ABILITIES,
    "Change": vocabulary.CHANGES,
    "Pairing": vocabulary.PAIRINGS,
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


def written() -> dict[str, str]:
    """Return the files as they should stand, by name."""
    return {
        "api.ts": _api(),
        "rules.ts": _rules(),
        "models.ts": _models(),
        "subjects.ts": _subjects(),
        "desk.ts": desk_types(),
    }


# What a person wants to know of a model beyond its lens.
_CAPABILITIES = ("maker", "anpr_able", "face_recognition_able", "analytics", "masks", "source")


def _api() -> str:
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


def _rules() -> str:
    rules = read_rules()
    cited = rules[rules["bears_on"].isin(_TOPICS)].sort_values("rule_id")
    lines = [
        f"  {_quoted(row['rule_id'])}: {{\n"
        f"    cited: {_quoted(row['instrument'] + ', ' + row['article'])},\n"
        f"    en: {_quoted(row['summary_en'])},\n"
        f"    fr: {_quoted(row['summary_fr'])},\n"
        "  },"
        for row in cited.to_dict("records")
    ]
    return "\n".join(
        [
            "/**",
            " * The rules of law that a view may bear on, in our words.",
            " * Written by `python -m tools.api_types` from the shipped reference table.",
            " */",
            "",
            'import type { Word } from "./api";',
            "",
            "export interface Rule extends Word {",
            "  /** Instrument and article. */",
            "  readonly cited: string;",
            "}",
            "",
            "export const RULES: Readonly<Record<string, Rule>> = {",
            *lines,
            "};",
            "",
        ]
    )


def _models() -> str:
    rows = read_models().sort_values("model_id").drop_duplicates("model_id")
    told = [
        (row["model_id"], {name: row[name] for name in _CAPABILITIES if not pd.isna(row[name])})
        for row in rows.to_dict("records")
    ]
    return "\n".join(
        [
            "/**",
            " * What models of camera are able to, as their papers say.",
            " * Written by `python -m tools.api_types` from the shipped catalogue.",
            " */",
            "",
            'import type { Ability } from "./api";',
            "",
            "export interface Model {",
            "  readonly maker?: string;",
            "  readonly anpr_able?: Ability;",
            "  readonly face_recognition_able?: Ability;",
            "  readonly analytics?: string;",
            "  /** Privacy masks that it supports. */",
            "  readonly masks?: number;",
            "  readonly source: string;",
            "}",
            "",
            "export const MODELS: Readonly<Record<string, Model>> = {",
            *(f"  {_quoted(name)}: {json.dumps(model, ensure_ascii=False)}," for name, model in told),
            "};",
            "",
        ]
    )


def _subjects() -> str:
    return "\n".join(
        [
            "/**",
            " * What claims are about.",
            " * Written by `python -m tools.api_types` from the declared subjects.",
            " */",
            "",
            'import type { Word } from "./api";',
            "",
            "export const SUBJECTS: Readonly<Record<string, Word>> = {",
            *(
                f"  {code}: {{ en: {_quoted(word.en)}, fr: {_quoted(word.fr)} }},"
                for code, word in SUBJECTS.items()
            ),
            "};",
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
    dtype = layer.table.columns[name].dtype
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
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in written().items():
        (FOLDER / name).write_text(content, "utf-8")
