"""The command that writes a layer, or a part of it, to a file."""

from __future__ import annotations

from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from visavis.cli.evidencing import write_bundle, write_pdf
from visavis.model.errors import UsageError

if TYPE_CHECKING:
    from visavis.store import Bounds


def export(
    store: Annotated[str, typer.Argument(help="Store to read: x.gpkg or postgresql://…")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write.")],
    layer: Annotated[str, typer.Option(help="Layer to export.")] = "exposures",
    form: Annotated[
        str,
        typer.Option(
            "--format",
            help="geojson, geojsonseq, gpkg, fgb, parquet, shp, csv, kml, pmtiles, html, pdf, bundle, osm "
            "or videoprotection.",
        ),
    ] = "geojson",
    where: Annotated[
        list[str] | None, typer.Option(help="Only features of which a column equals a value: column=value.")
    ] = None,
    bbox: Annotated[str | None, typer.Option(help="Only those in a box: west,south,east,north.")] = None,
    cql: Annotated[
        str | None, typer.Option("--filter", help="Only those that meet a condition: CQL2 text.")
    ] = None,
    key: Annotated[Path | None, typer.Option(help="Of a bundle: the operator's key.")] = None,
    dossier: Annotated[
        list[Path] | None, typer.Option(help="Of a bundle: dossiers it was built from.")
    ] = None,
    spaces: Annotated[list[Path] | None, typer.Option(help="Of a bundle: likewise.")] = None,
    cameras: Annotated[list[Path] | None, typer.Option(help="Of a bundle: likewise.")] = None,
    terrain: Annotated[list[Path] | None, typer.Option(help="Of a bundle: likewise.")] = None,
    lang: Annotated[str, typer.Option(help="Of a report, also in a bundle: en or fr.")] = "en",
    with_report: Annotated[
        bool, typer.Option("--report/--no-report", help="Of a bundle: the report.")
    ] = True,
    hashed: Annotated[
        bool, typer.Option("--hashed", help="Of a bundle: digests of these papers, not the papers.")
    ] = False,
) -> None:
    """Export a layer or a part of it, the whole as a portable map, or as a signed bundle of evidence."""
    if form in ("bundle", "pdf") and (where or bbox or cql):
        raise UsageError(f"a {form} holds the whole store", remedy="Leave out --where, --bbox and --filter")
    if form == "bundle":
        given = (tuple(each or ()) for each in (dossier, spaces, cameras, terrain))
        write_bundle(store, output, key, *given, enclosed=not hashed, lang=lang if with_report else None)
        return
    if key or dossier or spaces or cameras or terrain or hashed:
        raise UsageError("papers and a key go into a bundle", remedy="Say --format bundle")
    if form == "pdf":
        write_pdf(store, output, lang)
        return
    from visavis.exports import export as write
    from visavis.exports import in_words
    from visavis.layers import layer as declared
    from visavis.store import Query, open_store, read_filter

    equal = dict(_pair(each) for each in where or [])
    bounds = None if bbox is None else _bounds(bbox)
    chosen = None if cql is None else read_filter(cql, "cql2-text", declared(layer).table)
    opened = open_store(store)
    try:
        notes = write(
            opened,
            layer,
            form,
            output,
            query=Query(where=equal, bounds=bounds, filter=chosen),
            told=in_words(where=equal, bounds=bounds, filter_text=cql),
        )
    finally:
        opened.close()
    typer.echo(f"wrote {output}")
    for note in notes:
        typer.echo(f"  {note.en}")


def _pair(text: str) -> tuple[str, str]:
    column, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"--where is {text!r}", remedy="Write column=value, for example kind=ptz")
    return column.strip(), value.strip()


def _bounds(text: str) -> Bounds:
    from visavis.store import Bounds

    try:
        bounds = Bounds(*map(float, text.split(",")))
    except (TypeError, ValueError):
        bounds = None
    if bounds is None or not all(map(isfinite, bounds)) or bounds.south > bounds.north:
        raise UsageError(
            f"--bbox is {text!r}", remedy="Give west,south,east,north in degrees, longitude first"
        )
    return bounds
