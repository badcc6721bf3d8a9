"""The commands. Each reads its arguments, calls one stage, and tells what came of it.

Exit codes: 0 done, 1 something in the data stopped or spoilt it, 2 the command was not understood.
"""

from __future__ import annotations

import sys
from typing import Annotated, NoReturn

import typer

from visavis import __version__
from visavis.cli.building import build, demo
from visavis.cli.coming_due import due
from visavis.cli.evidencing import new_key, rebuild, verify
from visavis.cli.exporting import export
from visavis.cli.georeferencing import georeference, suggest
from visavis.cli.lettering import letter
from visavis.cli.papers import check, digitise, import_osm, import_sunders, import_videoprotection, new, score
from visavis.cli.picturing import picture
from visavis.cli.reviewing import agree, review
from visavis.cli.serving import serve
from visavis.model.errors import UsageError, VisavisError

app = typer.Typer(
    name="visavis",
    help="From disclosed camera maps to the private spaces that the cameras could view.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for command in (
    demo,
    new,
    check,
    digitise,
    georeference,
    suggest,
    score,
    review,
    agree,
    build,
    serve,
    export,
    picture,
    letter,
    due,
    verify,
    rebuild,
):
    app.command()(command)
imports = typer.Typer(help="Make a dossier from another register.", no_args_is_help=True)
imports.command("osm")(import_osm)
imports.command("sunders")(import_sunders)
imports.command("videoprotection")(import_videoprotection)
app.add_typer(imports, name="import")
keys = typer.Typer(help="The key that an operator signs evidence with.", no_args_is_help=True)
keys.command("new")(new_key)


@keys.callback()
def key() -> None:
    """Keep a group of one command a group."""


app.add_typer(keys, name="key")


def main() -> NoReturn:
    """Run the command line; every failure is one line, unless --debug asks for more."""
    debug = "--debug" in sys.argv
    if debug:
        sys.argv.remove("--debug")
    try:
        app()
    except UsageError as error:
        _fail(error, 2, debug)
    except VisavisError as error:
        _fail(error, 1, debug)
    except OSError as error:
        named = VisavisError(error.strerror or str(error), file=error.filename, remedy="Check path and space")
        _fail(named, 1, debug)
    except Exception as error:  # the edge: nobody is served by a traceback that they did not ask for
        if debug:
            raise
        _fail(VisavisError(f"{type(error).__name__}: {error}", remedy="Run again with --debug"), 1, debug)
    raise SystemExit(0)


def _fail(error: VisavisError, code: int, debug: bool) -> NoReturn:
    if debug:
        raise error
    sys.stderr.write(f"visavis: {error}\n")
    raise SystemExit(code)


@app.callback(invoke_without_command=True)
def visavis(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of a failure.")] = False,
) -> None:
    """visavis, from the paper to the private space."""
    del debug  # taken from the arguments before any parsing, so that it may stand anywhere
    if version:
        typer.echo(f"visavis {__version__}")
        raise typer.Exit
