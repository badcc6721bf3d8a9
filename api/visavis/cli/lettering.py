"""The command that writes a letter."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from visavis.cli.telling import Json, tell

Day = datetime | None


def letter(
    store: Annotated[str, typer.Argument(help="Store to read: x.gpkg or postgresql://…")],
    kind: Annotated[str, typer.Option(help="foi, access, preserve, reminder, appeal or complaint.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write: .txt, .docx or .pdf.")],
    camera: Annotated[str | None, typer.Option(help="Camera that it is about: its id or label.")] = None,
    dossier: Annotated[str | None, typer.Option(help="Dossier, where it is about no single camera.")] = None,
    lang: Annotated[str, typer.Option(help="Its language: fr or en.")] = "fr",
    about: Annotated[str, typer.Option(help="Of a reminder: of which request, foi or access.")] = "foi",
    answer: Annotated[str, typer.Option(help="Of an appeal: the answer, none or refused.")] = "none",
    asked_on: Annotated[
        Day, typer.Option(formats=["%Y-%m-%d"], help="Day on which your request was received.")
    ] = None,
    refused_on: Annotated[
        Day, typer.Option(formats=["%Y-%m-%d"], help="Day on which it was refused.")
    ] = None,
    filmed_on: Annotated[
        Day, typer.Option(formats=["%Y-%m-%d"], help="Day on which you were filmed.")
    ] = None,
    on: Annotated[
        Day,
        typer.Option(formats=["%Y-%m-%d"], help="Day of the letter, whose law it cites; today unless told."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Write a letter that fits a camera: nothing is sent, and who writes it stays blank."""
    from visavis.exports.letters import Asked, write_letter
    from visavis.store import open_store

    today = datetime.now(UTC).date() if on is None else on.date()
    days = {"asked_on": asked_on, "refused_on": refused_on, "filmed_on": filmed_on}
    filled: dict[str, str | date] = {name: day.date() for name, day in days.items() if day is not None}
    opened = open_store(store)
    try:
        asked = Asked(kind, lang, camera, dossier, about, answer, {"date": today, **filled})
        told = write_letter(opened, asked, output, today)
    finally:
        opened.close()
    tell(told, as_json)
