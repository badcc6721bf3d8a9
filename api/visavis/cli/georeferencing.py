"""The commands that fix a sheet to the ground: by control points, or by points that they propose."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from visavis.cli.telling import Json, need, tell

if TYPE_CHECKING:
    from visavis.digitising import Annotation, Georeference


def georeference(
    sheet: Annotated[Path, typer.Argument(help="A sheet: PDF or picture.")],
    georef: Annotated[
        Path | None, typer.Option(help="Its control points; the sheet's own georeference without.")
    ] = None,
    crs: Annotated[str | None, typer.Option(help="CRS of the world file beside it: EPSG:2154.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the points as a Georeference Annotation.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Fit a sheet to the ground: which map, how well, and which control points are off."""
    from visavis.digitising import annotation_for, read_annotations, write_annotation
    from visavis.digitising import georeference as fix
    from visavis.model.errors import GeoreferenceError
    from visavis.readers.dossier import read_georef
    from visavis.readers.own_georeference import own_georeference

    need(sheet, *([georef] if georef else []))
    try:
        told = own_georeference(sheet, sheet.read_bytes(), crs) if georef is None else read_georef(georef)
        annotation = annotation_for(read_annotations(told), sheet.name)
        fixed, findings = fix(annotation)
    except GeoreferenceError as error:
        raise error.located(georef or sheet) from None
    if output is not None:
        written = json.dumps(write_annotation(annotation), ensure_ascii=False, indent=1)
        output.write_text(written + "\n", "utf-8")
    points = _points(fixed)
    summary = {
        **told_georeference(fixed),
        "origin": fixed.origin or "control points",
        "corners_sd_m": _corners(annotation, fixed),
        "findings": [finding.text_en for finding in findings],
        "points": points if as_json else [_line(point) for point in points],
    }
    tell(summary, as_json)


def told_georeference(fixed: Georeference) -> dict[str, Any]:
    """Return which map was fitted and why: how far each form lies from left-out points."""
    foretold = ", ".join(f"{kind} {metres:.2f}" for kind, metres in fixed.choice.foretold_m.items())
    return {
        "transformation": fixed.transformation.kind,
        "leave_one_out_m": None
        if fixed.leave_one_out_m != fixed.leave_one_out_m
        else round(fixed.leave_one_out_m, 3),
        "foretold_m": foretold or "too few points to tell",
    }


def _points(fixed: Georeference) -> list[dict[str, Any]]:
    rows = zip(fixed.points, fixed.residual_m, fixed.left_out_m, fixed.used, strict=True)
    return [
        {
            "point": number,
            "name": point.name,
            "residual_m": round(float(residual), 3),
            "left_out_m": None if left_out != left_out else round(float(left_out), 3),
            "used": bool(used),
        }
        for number, (point, residual, left_out, used) in enumerate(rows, start=1)
    ]


def _corners(annotation: Annotation, fixed: Georeference) -> str:
    if annotation.width is None or annotation.height is None:
        return "size of the sheet not stated"
    import numpy as np

    width, height = annotation.width, annotation.height
    places = np.array([(0.0, 0.0), (width, 0.0), (width, height), (0.0, height), (width / 2, height / 2)])
    sd = fixed.position_sd_m(places)
    return ", ".join(f"{value:.2f}" for value in sd[:4]) + f"; middle {sd[4]:.2f}"


def _line(point: dict[str, Any]) -> str:
    left_out = "not told" if point["left_out_m"] is None else f"{point['left_out_m']:.2f} m"
    aside = "" if point["used"] else ", not used"
    named = f" ({point['name']})" if point["name"] else ""
    return f"{point['point']}{named}: residual {point['residual_m']:.2f} m, left out {left_out}{aside}"


def suggest(
    sheet: Annotated[Path, typer.Argument(help="A sheet: PDF or picture.")],
    spaces: Annotated[list[Path], typer.Option(help="Buildings and streets around it: OpenStreetMap.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Proposed control points to write.")],
    scale: Annotated[
        int | None,
        typer.Option(min=50, max=100_000, help="Its scale, 5000 for 1:5000; else as printed on it."),
    ] = None,
    georef: Annotated[
        Path | None, typer.Option(help="Its control points, to be brought nearer to the buildings.")
    ] = None,
    dpi: Annotated[float | None, typer.Option(min=18, max=2400, help="Pixels per inch of a picture.")] = None,
    as_json: Json = False,
) -> None:
    """Propose control points for a sheet that nobody placed, by its buildings and street names."""
    from visavis.progress import shown_progress
    from visavis.readers.dossier import read_georef
    from visavis.readers.suggesting import suggest_points

    need(sheet, *spaces, *([georef] if georef else []))
    with shown_progress() as progress:
        picked = None if georef is None else read_georef(georef)
        annotation, told = suggest_points(
            sheet, spaces, scale=scale, dpi=dpi, georef=picked, progress=progress
        )
    output.write_text(json.dumps(annotation, ensure_ascii=False, indent=1) + "\n", "utf-8")
    tell({**told, "output": str(output)}, as_json)
    if not as_json:
        typer.echo("These are proposals: look at each on the sheet before you use the file with --georef.")
