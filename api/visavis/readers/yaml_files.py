"""YAML that people write: read with its lines, and refused where it is made to hurt.

An alias (`*name`) lets a few lines stand for billions of values; none is needed in a dossier, so none is read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent
from ruamel.yaml.reader import ReaderError

from visavis.model.errors import DossierError

MOST_BYTES: Final = 5_000_000
DEEPEST: Final = 20
_FORMAT: Final = "See docs/dossier.md for the format"

Declared = TypeVar("Declared", bound=BaseModel)


def read_yaml(file: Path) -> Any:
    """Return what a YAML file holds, with the lines kept.

    Raises
    ------
    DossierError
        With the line, where it is no YAML, no UTF-8, too large, too deep, or uses aliases.
    """
    content = file.read_bytes()
    if len(content) > MOST_BYTES:
        raise DossierError(
            f"is larger than {MOST_BYTES // 1_000_000} MB", file=file, remedy="Put long lists into tables"
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        line = content.count(b"\n", 0, broken.start) + 1
        raise DossierError("is not UTF-8", file=file, line=line, remedy="Save it as UTF-8") from None
    try:
        _refuse_bombs(text, file)
        return YAML(typ="rt").load(text)
    except MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        raise DossierError(
            f"is not YAML: {broken.problem or broken.context}",
            file=file,
            line=None if mark is None else mark.line + 1,
            remedy="Mend that line",
        ) from None
    except ReaderError as broken:
        line = text.count("\n", 0, broken.position) + 1
        raise DossierError(
            f"is not YAML: {broken.reason}", file=file, line=line, remedy="Take the character out"
        ) from None
    except (YAMLError, ValueError) as broken:
        raise DossierError(f"is not YAML: {broken}", file=file, remedy="Save it as UTF-8 YAML") from None


def validated(model: type[Declared], content: Any, file: Path) -> Declared:
    """Return the content of a file as what it is declared to be, or raise its first problem."""
    found, problems = checked(model, content, file)
    if found is None:
        raise problems[0]
    return found


def checked(model: type[Declared], content: Any, file: Path) -> tuple[Declared | None, list[DossierError]]:
    """Return the content of a file as what it is declared to be, or every problem with its line."""
    try:
        return model.model_validate(content), []
    except ValidationError as broken:
        return None, [
            DossierError(
                f"{'.'.join(str(part) for part in each['loc']) or 'the file'}: "
                + each["msg"].removeprefix("Value error, "),
                file=file,
                line=line_of(content, each["loc"]),
                remedy=_FORMAT,
            )
            for each in broken.errors(include_url=False)
        ]


def line_of(content: Any, path: tuple[int | str, ...]) -> int:
    """Return the line on which the deepest known part of `path` stands; the first where none is known."""
    line = 1
    for part in path:
        try:
            line = content.lc.data[part][0] + 1
            content = content[part]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    return line


def _refuse_bombs(text: str, file: Path) -> None:
    depth = 0
    for event in YAML(typ="rt").parse(text):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if isinstance(event, AliasEvent):
            raise DossierError(
                "uses an alias (*), which is not read",
                file=file,
                line=event.start_mark.line + 1,
                remedy="Write the value out",
            )
        if depth > DEEPEST:
            raise DossierError(
                f"is nested more than {DEEPEST} deep",
                file=file,
                line=event.start_mark.line + 1,
                remedy=_FORMAT,
            )
