"""The command that draws what a camera could see."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from visavis.cli.telling import Json, tell


def picture(
    store: Annotated[str, typer.Argument(help="Store to read: x.gpkg.")],
    camera: Annotated[str, typer.Option(help="Id of the camera, or its label where it is the only one.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write: .png or .svg.")],
    mask: Annotated[bool, typer.Option("--mask", help="Lay suggested privacy masks over it.")] = False,
    lang: Annotated[str, typer.Option(help="Its words: en or fr.")] = "en",
    mode: Annotated[str | None, typer.Option(help="fixed, now or reach; now where that is known.")] = None,
    as_json: Json = False,
) -> None:
    """Draw what a camera could see, and which masks would cover what is private."""
    from visavis.exports.picturing import write_picture
    from visavis.store import open_store

    opened = open_store(store)
    try:
        told = write_picture(opened, camera, output, mode=mode, mask=mask, lang=lang)
    finally:
        opened.close()
    tell(told, as_json)
