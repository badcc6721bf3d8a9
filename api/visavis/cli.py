"""The commands. Each reads its arguments, calls one stage, and tells what came of it.

Exit codes: 0 done, 1 something in the data stopped or spoilt it, 2 the command was not understood.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import pandas as pd
import typer

from visavis import __version__
from visavis.cli_export import export
from visavis.cli_georeference import georeference, suggest, told_georeference
from visavis.cli_picture import picture
from visavis.model.errors import UsageError, VisavisError
from visavis.progress import shown_progress

if TYPE_CHECKING:
    from visavis.views import Workers

app = typer.Typer(
    name="visavis",
    help="From disclosed camera maps to the private spaces that the cameras could view.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
imports = typer.Typer(help="Make a dossier from another register.", no_args_is_help=True)
app.add_typer(imports, name="import")
app.command()(export)
app.command()(picture)
app.command()(georeference)
app.command()(suggest)

Json = Annotated[bool, typer.Option("--json", help="Print a machine-readable summary.")]
Draws = Annotated[
    int | None, typer.Option(min=1, max=10_000, help="Draws from each camera's doubt; 100 unless told.")
]
Precision = Annotated[
    float | None,
    typer.Option(
        min=0.001,
        max=0.2,
        help="Largest standard error of a probability: as many draws as that needs, in the place of --draws.",
    ),
]
Seed = Annotated[int, typer.Option(min=0, help="Seed of the draws.")]
Range = Annotated[float, typer.Option(min=1, max=2_000, help="Farthest distance computed, in metres.")]
Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(min=0, max=65_535, help="Port to listen on.")]


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


@app.command()
def demo(
    store: Annotated[Path, typer.Option("--output", "-o", help="Store to write.")] = Path("model-town.gpkg"),
    serve: Annotated[bool, typer.Option(help="Serve it when it is built.")] = True,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    as_json: Json = False,
) -> None:
    """Build the shipped model town from paper to layers, then serve it."""
    from visavis.datasets import model_town

    town = model_town()
    _build([town], [town / "town.osm"], [], str(store), {}, as_json)
    if serve:
        typer.echo(
            f"\nThe model town is an invented place. Open http://{host}:{port}/\n"
            "Look first at a dark façade on the map: click it to read which cameras could view it,\n"
            "how surely and how sharply. The list beside the map says the same. Ctrl+C ends it."
        )
        _serve(str(store), host, port)


@app.command()
def digitise(
    sheet: Annotated[
        Path, typer.Argument(help="A sheet (pdf, png, jpg, tif), or a list (pdf, csv, xlsx, ods).")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="GeoJSON to write.")],
    georef: Annotated[
        Path | None,
        typer.Option(help="A sheet's control points: a Georeference Annotation. Its own are taken without."),
    ] = None,
    crs: Annotated[str | None, typer.Option(help="CRS of the world file beside a sheet: EPSG:2154.")] = None,
    symbols: Annotated[Path | None, typer.Option(help="A sheet's legend: a CSV.")] = None,
    table: Annotated[
        Path | None, typer.Option(help="The authority's table of cameras: csv, xlsx, ods, pdf, jpg …")
    ] = None,
    page: Annotated[int, typer.Option(min=1, help="Page of the sheet that shows the plan.")] = 1,
    columns: Annotated[Path | None, typer.Option(help="What a list's columns mean: a YAML mapping.")] = None,
    gazetteer: Annotated[
        list[Path] | None, typer.Option(help="Streets to place a list by: CSV or OpenStreetMap.")
    ] = None,
    disclosure: Annotated[str, typer.Option(help="Id of the dossier.")] = "zz/sheet/cameras",
    as_json: Json = False,
) -> None:
    """Read one sheet, or one list of cameras, into GeoJSON."""
    if columns is not None:
        if georef or symbols or table or crs:
            raise UsageError(
                "--columns goes with a list, --georef and --symbols with a sheet", remedy="Give one"
            )
        _digitise_list(sheet, columns, gazetteer or [], output, disclosure, as_json)
        return
    if symbols is None:
        raise UsageError("a sheet needs --symbols, a list --columns", remedy="See docs/dossier.md for both")
    from visavis.pipeline import digitise_sheet
    from visavis.readers.cameras import write_cameras
    from visavis.readers.dossier import read_sheet

    _need(sheet, symbols, *(file for file in (georef, table) if file))
    digitised = digitise_sheet(read_sheet(sheet, georef, symbols, table, crs, page), disclosure)
    write_cameras(digitised.cameras, output)
    summary = {
        "cameras": len(digitised.cameras),
        "directions": int(digitised.cameras["azimuth_deg"].notna().sum()),
        "labels": int(digitised.cameras["label"].notna().sum()),
        **told_georeference(digitised.georeference),
        "findings": [finding.text_en for finding in digitised.findings],
        "output": str(output),
    }
    _tell(summary, as_json)


def _digitise_list(
    file: Path, columns: Path, gazetteers: list[Path], output: Path, disclosure: str, as_json: bool
) -> None:
    from visavis.digitising.listed import gazetteer, unplaced_findings
    from visavis.pipeline import place_list
    from visavis.readers.cameras import write_cameras
    from visavis.readers.dossier import read_list
    from visavis.readers.gazetteers import read_places

    _need(file, columns, *gazetteers)
    table = read_list(file, columns)
    places = [read_places(each) for each in gazetteers]
    listed = place_list(table, gazetteer([entries for entries, _ in places]), disclosure)
    write_cameras(listed.cameras, output)
    doubts = [*table.listing.findings, *(f for _, findings in places for f in findings), *listed.findings]
    summary = {
        "cameras": len(listed.cameras),
        "directions": int(listed.cameras["azimuth_deg"].notna().sum()),
        "labels": int(listed.cameras["label"].notna().sum()),
        "unplaced": len(listed.unplaced),
        "findings": [finding.text_en for finding in (*doubts, *unplaced_findings(listed.unplaced))],
        "output": str(output),
    }
    _tell(summary, as_json)


@app.command()
def score(
    cameras: Annotated[Path, typer.Argument(help="Digitised cameras: GeoJSON.")],
    truth: Annotated[Path, typer.Option(help="The truth: GeoJSON.")],
    as_json: Json = False,
) -> None:
    """Hold digitised cameras against the truth."""
    from visavis.digitising.scoring import score as hold
    from visavis.readers.cameras import read_points

    _need(cameras, truth)
    _tell(asdict(hold(read_points(truth), read_points(cameras))), as_json)


@imports.command("osm")
def import_osm(
    file: Annotated[Path, typer.Argument(help="An OpenStreetMap extract: .osm or .osm.pbf.")],
    dossier: Annotated[Path, typer.Option("--output", "-o", help="Dossier folder to make.")],
    as_json: Json = False,
) -> None:
    """Make a dossier from the surveillance cameras of OpenStreetMap."""
    from visavis.readers.register import osm_dossier

    _need(file)
    _tell(osm_dossier(file, dossier), as_json)


@app.command()
def new(
    dossier: Annotated[Path, typer.Argument(help="Folder to make: …/country/authority/year-what.")],
    as_json: Json = False,
) -> None:
    """Make a commented skeleton of a dossier."""
    from visavis.readers.beginning import begin_dossier

    _tell(begin_dossier(dossier), as_json)


@app.command()
def check(
    dossier: Annotated[Path, typer.Argument(help="Dossier folder.")],
    spaces: Annotated[
        list[Path] | None, typer.Option(help="OpenStreetMap, for streets that a list names.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Say what is wrong or doubtful in a dossier: every problem with file and line."""
    from visavis.pipeline import read_papers
    from visavis.readers.looking import look_at

    if problems := look_at(dossier).problems:
        _tell_problems(str(dossier), problems, as_json)
    papers = read_papers(dossier, spaces or [])
    summary = {
        "dossier": str(dossier),
        "cameras": len(papers.cameras),
        "reviewed": int((papers.cameras["standing"] == "reviewed").sum()),
        "unplaced": len(papers.unplaced),
        "findings": [f.text_en for f in papers.findings],
    }
    _tell(summary, as_json)
    _end([f.kind.severity for f in papers.findings])


@app.command()
def build(
    dossiers: Annotated[list[Path] | None, typer.Argument(help="Dossier folders.")] = None,
    spaces: Annotated[list[Path] | None, typer.Option(help="Buildings, gardens, entrances.")] = None,
    cameras: Annotated[list[Path] | None, typer.Option(help="Cameras already digitised: GeoJSON.")] = None,
    store: Annotated[
        str, typer.Option("--output", "-o", help="Store to write: x.gpkg or postgresql://….")
    ] = "visavis.gpkg",
    terrain: Annotated[
        list[Path] | None, typer.Option(help="Terrain models: rasters of ground heights. Flat without.")
    ] = None,
    terrain_sd: Annotated[
        float | None, typer.Option(min=0, max=100, help="Standard deviation of their heights, in metres.")
    ] = None,
    draws: Draws = None,
    precision: Precision = None,
    seed: Seed = 2017,
    max_range: Range = 200.0,
    law_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day whose law is applied; today unless told."),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, max=1_024, help="Processes to look through cameras; all cores unless told."),
    ] = None,
    dask: Annotated[str | None, typer.Option(help="Address of a Dask scheduler: tcp://host:port.")] = None,
    squares: Annotated[
        float | None,
        typer.Option(min=1, max=80, help="Build square by square, of so many km, into the folder --output."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Build a store from dossiers and the built world around them.

    A build that was broken off goes on where it was, if it is run again with the same files and options.
    """
    from visavis.work import opened_workers

    if precision is not None and draws is not None:
        raise UsageError("--draws and --precision both say how often to draw", remedy="Give one of them")
    if terrain_sd is not None and not terrain:
        raise UsageError("--terrain-sd goes with a terrain model", remedy="Name one with --terrain")
    chosen = {
        "draws": draws or 100,
        "seed": seed,
        "max_range_m": max_range,
        "precision": precision,
        "terrain_sd_m": terrain_sd,
        "law_of": None if law_of is None else law_of.date().isoformat(),
    }
    ground = terrain or []
    with opened_workers(workers, dask) as opened:
        if squares is not None:
            _build_squares(
                dossiers or [], spaces or [], cameras or [], ground, store, squares, chosen, as_json, opened
            )
            return
        _build(dossiers or [], spaces or [], cameras or [], store, chosen, as_json, opened, ground)


@app.command()
def serve(
    store: Annotated[str, typer.Argument(help="Store to serve: x.gpkg or postgresql://….")],
    host: Host = "127.0.0.1",
    port: Port = 8000,
) -> None:
    """Serve a store: the map, the API and the exports."""
    from visavis.store import shown

    typer.echo(f"Serving {shown(store)} at http://{host}:{port}/ (Ctrl+C ends it)")
    _serve(store, host, port)


def _build(
    dossiers: list[Path],
    spaces: list[Path],
    cameras: list[Path],
    store: str,
    chosen: dict[str, Any],
    as_json: bool,
    workers: Workers | None = None,
    terrain: Sequence[Path] = (),
) -> None:
    from visavis.pipeline import Options, build
    from visavis.store import shown
    from visavis.views import IN_PROCESS

    started = datetime.now(UTC)
    with shown_progress() as progress:
        outcome = build(
            dossiers,
            spaces,
            store,
            cameras=cameras,
            terrain=terrain,
            clock=lambda: datetime.now(UTC),
            options=Options(**chosen),
            workers=workers or IN_PROCESS,
            progress=progress,
        )
    findings: pd.DataFrame = outcome.tables["findings"]
    _tell(
        {
            "store": shown(store),
            "build_id": outcome.record.build_id,
            "seconds": round((datetime.now(UTC) - started).total_seconds(), 1),
            **{name: len(table) for name, table in outcome.tables.items()},
            "findings_by_severity": dict(sorted(Counter(findings["severity"]).items())),
        },
        as_json,
    )
    _end(list(findings["severity"]))


def _build_squares(
    dossiers: list[Path],
    spaces: list[Path],
    cameras: list[Path],
    terrain: list[Path],
    folder: str,
    side_km: float,
    chosen: dict[str, Any],
    as_json: bool,
    workers: Workers,
) -> None:
    from visavis.pipeline import Options
    from visavis.squares import build_squares

    if dossiers or len(cameras) != 1 or not spaces:
        raise UsageError(
            "--squares takes one file of cameras and the buildings around them",
            remedy="Give --cameras FILE --spaces FILE; build dossiers one by one",
        )
    started = datetime.now(UTC)
    with shown_progress() as progress:
        told = build_squares(
            cameras[0],
            spaces,
            Path(folder),
            side_km=side_km,
            terrain=terrain,
            clock=lambda: datetime.now(UTC),
            options=Options(**chosen),
            workers=workers,
            progress=progress,
        )
    summed = {
        name: sum(square[name] for square in told)
        for name in ("cameras_in_it", "exposures", "facade_strips", "views")
    }
    seconds = round((datetime.now(UTC) - started).total_seconds(), 1)
    _tell({"folder": folder, "squares": len(told), "seconds": seconds, **summed}, as_json)


def _serve(store: str, host: str, port: int) -> None:
    from visavis.service import Settings
    from visavis.service.running import serve as run

    run(Settings(store=store), host=host, port=port)


def _tell(summary: dict[str, Any], as_json: bool) -> None:
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
            typer.echo(f"{words}: {value}")


def _tell_problems(dossier: str, problems: Sequence[VisavisError], as_json: bool) -> NoReturn:
    if as_json:
        told = [{"file": p.file, "line": p.line, "what": p.what, "remedy": p.remedy} for p in problems]
        typer.echo(json.dumps({"dossier": dossier, "problems": told}, ensure_ascii=False))
    for problem in () if as_json else problems:
        sys.stderr.write(f"visavis: {problem}\n")
    raise SystemExit(1)


def _end(severities: list[str]) -> None:
    """Leave with 1 where a finding says that part of the data could not be used."""
    if "problem" in severities:
        raise SystemExit(1)


def _need(*files: Path) -> None:
    for file in files:
        if not file.is_file():
            raise VisavisError("no such file", file=file, remedy="Check the name")
