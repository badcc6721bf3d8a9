"""How every command tells what came of it: as words or as JSON, and by its exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from visavis.model.errors import VisavisError

Json = Annotated[bool, typer.Option("--json", help="Print a machine-readable summary.")]


def tell(summary: dict[str, Any], as_json: bool) -> None:
    """Print what came of a command: a line for each figure, and one for each entry of a list."""
    if as_json:
        typer.echo(json.dumps(summary, ensure_ascii=False))
        return
    for name, value in summary.items():
        words = name.replace("_", " ")
        if isinstance(value, list):
            typer.echo(f"{words}: {len(value)}")
            for line in value:
                typer.echo(f"  {line}")
        else:
            typer.echo(f"{words}: {'not known' if value is None else value}")


def tell_problems(dossier: str, problems: Sequence[VisavisError], as_json: bool) -> NoReturn:
    """Print the problems of a dossier, and leave with 1."""
    if as_json:
        told = [{"file": p.file, "line": p.line, "what": p.what, "remedy": p.remedy} for p in problems]
        typer.echo(json.dumps({"dossier": dossier, "problems": told}, ensure_ascii=False))
    for problem in () if as_json else problems:
        sys.stderr.write(f"visavis: {problem}\n")
    raise SystemExit(1)


def end(severities: list[str]) -> None:
    """Leave with 1 where a finding says that part of the data could not be used."""
    if "problem" in severities:
        raise SystemExit(1)


def need(*files: Path) -> None:
    """Refuse the first file that does not exist."""
    for file in files:
        if not file.is_file():
            raise VisavisError("no such file", file=file, remedy="Check the name")
