"""The desk's answers as TypeScript, from the pydantic models that it answers with."""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from visavis.desk.answers import SHAPES

_HEAD: Final = """/**
 * What the review desk answers and takes.
 * Written by `python -m tools.api_types` from its models in Python; a test keeps it fresh.
 */
"""
_PLAIN: Final = {
    "string": "string",
    "number": "number",
    "integer": "number",
    "boolean": "boolean",
    "null": "null",
}


def desk_types() -> str:
    """Return the module of the desk's types."""
    written: list[tuple[type[BaseModel], Literal["serialization"]]] = [
        (shape, "serialization") for shape in SHAPES
    ]
    _, schema = models_json_schema(written, ref_template="{model}")
    shapes = schema["$defs"]
    return "\n".join([_HEAD, *(_interface(name, shapes[name]) for name in sorted(shapes))])


def _interface(name: str, shape: dict[str, Any]) -> str:
    needed = set(shape.get("required", ()))
    return "\n".join(
        [
            *_comment(shape.get("description"), ""),
            f"export interface {name} {{",
            *(
                line
                for field, told in shape.get("properties", {}).items()
                for line in (
                    *_comment(told.get("description"), "  "),
                    f"  readonly {field}{'' if field in needed else '?'}: {_type(told)};",
                )
            ),
            "}",
            "",
        ]
    )


def _comment(words: str | None, indent: str) -> list[str]:
    if not words:
        return []
    lines = words.splitlines()
    if len(lines) == 1:
        return [f"{indent}/** {lines[0]} */"]
    return [f"{indent}/**", *(f"{indent} * {line}".rstrip() for line in lines), f"{indent} */"]


def _type(told: dict[str, Any]) -> str:
    if "$ref" in told:
        return str(told["$ref"])
    if "const" in told:
        return _quoted(told["const"])
    if "enum" in told:
        return " | ".join(_quoted(each) for each in told["enum"])
    if "anyOf" in told:
        return " | ".join(_type(each) for each in told["anyOf"])
    if told.get("type") == "array":
        if "prefixItems" in told:
            return f"readonly [{', '.join(_type(each) for each in told['prefixItems'])}]"
        inner = _type(told["items"])
        return f"readonly ({inner})[]" if " " in inner else f"readonly {inner}[]"
    if told.get("type") == "object":
        return "Readonly<Record<string, unknown>>"
    return _PLAIN[told["type"]]


def _quoted(value: object) -> str:
    return f'"{value}"'
