"""The commands that read papers: begin and check a dossier, digitise a sheet or a list, hold it to the truth."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from visavis.cli.georeferencing import told_georeference
from visavis.cli.telling import Json, end, need, tell, tell_problems
from visavis.model.errors import UsageError


def new(
    dossier: Annotated[Path, typer.Argument(help="Folder to make: …/country/authority/year-what.")],
    as_json: Json = False,
) -> None:
    """Make a commented skeleton of a dossier."""
    from visavis.readers.beginning import begin_dossier

    tell(begin_dossier(dossier), as_json)


def check(
    dossier: Annotated[Path, typer.Argument(help="Dossier folder.")],
    spaces: Annotated[
        list[Path] | None, typer.Option(help="OpenStreetMap, for streets that a list names.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Say what is wrong or doubtful in a dossier: every problem with file and line."""
    from visavis.papers import read_papers
    from visavis.progress import shown_progress
    from visavis.readers.looking import look_at

    if problems := look_at(dossier).problems:
        tell_problems(str(dossier), problems, as_json)
    with shown_progress() as progress:
        papers = read_papers(dossier, spaces or [], progress)
    summary = {
        "dossier": str(dossier),
        "cameras": len(papers.cameras),
        "reviewed": int((papers.cameras["standing"] == "reviewed").sum()),
        "unplaced": len(papers.unplaced),
        "findings": [f.text_en for f in papers.findings],
    }
    tell(summary, as_json)
    end([f.kind.severity for f in papers.findings])


def import_osm(
    file: Annotated[Path, typer.Argument(help="An OpenStreetMap extract: .osm or .osm.pbf.")],
    dossier: Annotated[Path, typer.Option("--output", "-o", help="Dossier folder to make.")],
    as_json: Json = False,
) -> None:
    """Make a dossier from the surveillance cameras of OpenStreetMap."""
    from visavis.readers.register import osm_dossier

    need(file)
    tell(osm_dossier(file, dossier), as_json)


def import_sunders(
    file: Annotated[
        Path, typer.Argument(help="Cameras of OpenStreetMap as JSON: Sunders, Overpass, GeoJSON.")
    ],
    dossier: Annotated[Path, typer.Option("--output", "-o", help="Dossier folder to make.")],
    as_json: Json = False,
) -> None:
    """Make a dossier from cameras of OpenStreetMap that were handed on as JSON."""
    from visavis.readers.register import sunders_dossier

    need(file)
    tell(sunders_dossier(file, dossier), as_json)


def import_videoprotection(
    file: Annotated[
        Path, typer.Argument(help="The table geo_video_camera of a French town: csv, xlsx, ods.")
    ],
    dossier: Annotated[Path, typer.Option("--output", "-o", help="Dossier folder to make.")],
    as_json: Json = False,
) -> None:
    """Make a dossier from a French town's register of cameras."""
    from visavis.readers.register import french_register_dossier

    need(file)
    tell(french_register_dossier(file, dossier), as_json)


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
    from visavis.papers import digitise_sheet
    from visavis.progress import shown_progress
    from visavis.readers.cameras import write_cameras
    from visavis.readers.dossier import read_sheet

    need(sheet, symbols, *(file for file in (georef, table) if file))
    with shown_progress() as progress:
        given = read_sheet(sheet, georef, symbols, table, crs, page)
        digitised = digitise_sheet(given, disclosure, progress)
    write_cameras(digitised.cameras, output)
    summary = {
        "cameras": len(digitised.cameras),
        "directions": int(digitised.cameras["azimuth_deg"].notna().sum()),
        "labels": int(digitised.cameras["label"].notna().sum()),
        **told_georeference(digitised.georeference),
        "findings": [finding.text_en for finding in digitised.findings],
        "output": str(output),
    }
    tell(summary, as_json)


def _digitise_list(
    file: Path, columns: Path, gazetteers: list[Path], output: Path, disclosure: str, as_json: bool
) -> None:
    from visavis.digitising.listed import gazetteer, unplaced_findings
    from visavis.papers import place_list
    from visavis.readers.cameras import write_cameras
    from visavis.readers.dossier import read_list
    from visavis.readers.gazetteers import read_places

    need(file, columns, *gazetteers)
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
    tell(summary, as_json)


def score(
    cameras: Annotated[Path, typer.Argument(help="Digitised cameras: GeoJSON.")],
    truth: Annotated[Path, typer.Option(help="The truth: GeoJSON.")],
    as_json: Json = False,
) -> None:
    """Hold digitised cameras against the truth."""
    from visavis.digitising.scoring import score as hold
    from visavis.readers.cameras import read_points

    need(cameras, truth)
    tell(asdict(hold(read_points(truth), read_points(cameras))), as_json)
