"""The format of a dossier, told from its declarations: JSON Schema, table schemas, a skeleton, and a page to read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any, Final, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from visavis.disclosures.record import Record
from visavis.disclosures.table import FILES
from visavis.model.days import FORM
from visavis.model.schema import Table
from visavis.model.vocabulary import QUESTIONS

SCHEMA_FILE: Final = "disclosure.schema.json"
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_TABLE_SCHEMA: Final = "https://specs.frictionlessdata.io/schemas/table-schema.json"


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema of `disclosure.yml`: editors complete and check by it."""
    return {"$schema": _DIALECT, **Record.model_json_schema()}


def table_schema(table: Table) -> dict[str, Any]:
    """Return the schema of a table of the dossier, as Frictionless Table Schema words it."""
    return {
        "$schema": _TABLE_SCHEMA,
        "fields": [_field(table, name) for name in table.columns],
        "missingValues": [""],
    }


def as_json(schema: Mapping[str, Any]) -> str:
    """Return a schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def skeleton(disclosure_id: str, schema_at: str) -> dict[str, str]:
    """Return the files of a new dossier by name: all that can be told, as comments, and what must be, to be replaced.

    Parameters
    ----------
    disclosure_id : str
        country/authority/year-what
    schema_at : str
        Where the JSON Schema stands, as seen from the folder.
    """
    country, authority, _ = disclosure_id.split("/")
    must = {
        "id": disclosure_id,
        "title": f"Cameras of {authority}",
        "authority": authority,
        "country": country.upper(),
        "licence": "not stated",
        "attribution": authority,
    }
    lines = [
        f"# yaml-language-server: $schema={schema_at}",
        "# What was asked, given, claimed and kept back. Lines that begin with # are left out: take the mark away to",
        "# say something. Days are 2021-05-12, 2021-05 or 2021. `visavis check` names file and line of what is wrong.",
    ]
    for name, field in Record.model_fields.items():
        lines += ["", f"# {field.description}"]
        if name in must:
            lines.append(f"{name}: {_scalar(must[name])}")
        elif name == "request":
            lines += ["request:", "  status: asked", *_commented(field, skip=("status",))]
        elif name == "questions":
            lines.append("questions:")
            for code, question in QUESTIONS.items():
                lines += [f"  # {question.en}", f"  - code: {code}", "    answer: not_asked"]
            lines += _commented(field, skip=("code", "answer"), indent="    ")
        elif name in FILES:
            lines.append(f"{name}: {name}.csv")
        elif _model_in(field) is not None:
            lines += [f"# {name}:", *_commented(field)]
        else:
            lines.append(f"# {name}:")
    return {
        "disclosure.yml": "\n".join(lines) + "\n",
        **{f"{name}.csv": ",".join(table.columns) + "\n" for name, table in FILES.items()},
        SCHEMA_FILE: as_json(record_schema()),
    }


def page(*more: Table) -> str:
    """Return every key and every column of a dossier as a page in Markdown; `more` are further written tables."""
    parts = ["## disclosure.yml\n", _keys(Record)]
    for model in _models(Record):
        parts += [f"### An entry of {_used_as(model)}\n", f"{(model.__doc__ or '').strip()}\n", _keys(model)]
    for table in (*FILES.values(), *more):
        name = "models" if table.name == "camera_models" else table.name
        parts += [f"## {name}.csv\n", _columns(table)]
    return "\n".join(parts)


def _field(table: Table, name: str) -> dict[str, Any]:
    column, choices = table.columns[name], table.choices(name)
    kind = "number" if column.dtype.startswith("float") else "string"
    constraints = {
        **({} if column.nullable else {"required": True}),
        **({} if choices is None else {"enum": list(choices)}),
        **({"pattern": FORM} if table.day(name) is not None else {}),
    }
    return {
        "name": name,
        "type": kind,
        "description": column.description,
        **({"constraints": constraints} if constraints else {}),
    }


def _scalar(words: str) -> str:
    """Return words as YAML reads them back: quoted where they might be taken for a number or a truth."""
    plain = re.fullmatch(r"[A-Za-z][\w /-]*", words) and words.lower() not in ("true", "false", "null")
    return words if plain else json.dumps(words, ensure_ascii=False)


def _commented(field: FieldInfo, skip: tuple[str, ...] = (), indent: str = "  ") -> Iterator[str]:
    """Yield the keys of an entry as comments, a dash before the first of a list's."""
    model = _model_in(field)
    if model is None:
        return
    listed = get_origin(field.annotation) is tuple and not skip
    for number, (name, inner) in enumerate(
        each for each in model.model_fields.items() if each[0] not in skip
    ):
        lead = ("- " if number == 0 else "  ") if listed else ""
        yield f"#{indent}{lead}{name}:  # {inner.description}{_among(inner)}"


def _keys(model: type[BaseModel]) -> str:
    rows = [
        f"| `{name}` | {'yes' if field.is_required() else ''} | {field.description}{_among(field)} |"
        for name, field in model.model_fields.items()
    ]
    return "\n".join(["| key | needed | meaning |", "|---|---|---|", *rows, ""])


def _columns(table: Table) -> str:
    rows = []
    for name, column in table.columns.items():
        choices = table.choices(name)
        among = "" if choices is None else f": {', '.join(choices)}"
        unit = table.unit(name)
        told = "" if unit in (None, "1", "count") else f", in {unit}"
        rows.append(f"| `{name}` | {'' if column.nullable else 'yes'} | {column.description}{told}{among} |")
    return "\n".join(["| column | needed | meaning |", "|---|---|---|", *rows, ""])


def _among(field: FieldInfo) -> str:
    codes = [code for code in _literals(field.annotation) if isinstance(code, str)]
    return f": {', '.join(codes)}" if codes else ""


def _literals(annotation: Any) -> tuple[Any, ...]:
    if str(get_origin(annotation)).endswith("Literal"):
        return get_args(annotation)
    if isinstance(annotation, UnionType):
        return tuple(code for part in get_args(annotation) for code in _literals(part))
    return ()


def _model_in(field: FieldInfo) -> type[BaseModel] | None:
    for part in (field.annotation, *get_args(field.annotation)):
        if isinstance(part, type) and issubclass(part, BaseModel):
            return part
    return None


def _models(model: type[BaseModel]) -> list[type[BaseModel]]:
    found = [_model_in(field) for field in model.model_fields.values()]
    return list(dict.fromkeys(each for each in found if each is not None))


def _used_as(model: type[BaseModel]) -> str:
    names = [f"`{name}`" for name, field in Record.model_fields.items() if _model_in(field) is model]
    return " and ".join(names)
