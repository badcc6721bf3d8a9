"""Proposed control points for a sheet, from the files: the sheet, and the buildings and streets around it."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyproj
from numpy.typing import NDArray
from PIL import Image

from visavis.digitising import (
    Annotation,
    annotation_for,
    georeference,
    read_annotations,
    write_annotation,
)
from visavis.digitising.scans import Scan
from visavis.digitising.sheet import Sheet, read_sheet
from visavis.digitising.suggesting import (
    Lines,
    Start,
    Written,
    crossings_of,
    lines_of_outlines,
    lines_of_picture,
    lines_of_sheet,
    propose,
    proposed_points,
    search,
)
from visavis.model.crs import STORED_CRS, local_crs
from visavis.model.errors import GeoreferenceError, SpacesError, VisavisError
from visavis.model.progress import Progress, untold
from visavis.readers.osm_street_lines import read_street_lines
from visavis.readers.osm_streets import OSM_SUFFIXES
from visavis.readers.spaces import merge_spaces, read_spaces

_PRINTED: Final = re.compile(r"\b1\s*[:/]\s*([0-9][0-9  .']{1,8}[0-9])\b")
_USUAL: Final = (500, 1000, 2000, 2500, 5000, 10000)
_INCH_M: Final = 0.0254
_POINTS_PER_INCH: Final = 72.0
# Longer sides of A4 to A0, in inches: a picture that tells no resolution is one of these, whole.
_PAPER_IN: Final = (11.69, 16.54, 23.39, 33.11, 46.81)
_USUAL_DPI: Final = (72, 96, 100, 150, 180, 200, 240, 300, 400, 600)
_WALL_STEP_M: Final = 2.0
# Nobody knows the buildings themselves any better.
_LEAST_SD_M: Final = 0.1


def suggest_points(
    file: Path,
    spaces: Sequence[Path],
    *,
    scale: int | None = None,
    dpi: float | None = None,
    georef: Mapping[str, Any] | None = None,
    page: int = 1,
    progress: Progress = untold,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return proposed control points as an annotation, and what speaks for them.

    Parameters
    ----------
    file : Path
        A PDF or a picture.
    spaces : sequence of Path
    scale : int, optional
        5000 for 1:5000; else what the sheet prints, else the usual ones are tried.
    dpi : float, optional
        Of a picture; else what it tells, else that of a whole sheet of paper.
    georef : mapping, optional
        Control points that were picked: no placing is sought, theirs is made nearer to the buildings.
    page : int
        Which page of the file is the plan, from 1.

    Raises
    ------
    GeoreferenceError
        Where no placing is borne out, with the reason.
    """
    content = file.read_bytes()
    try:
        drawn = read_sheet(content, page)
    except VisavisError as error:
        raise error.located(file) from None
    progress("reading buildings", 0, 0)
    walls, building, streets, crs = _surroundings(spaces)
    sheet = lines_of_picture(drawn.colour) if isinstance(drawn, Scan) else lines_of_sheet(drawn.shapes)
    if isinstance(drawn, Scan):
        sheet = Lines(sheet.at * drawn.unit, sheet.along)
    if len(sheet) < 1000:
        raise GeoreferenceError(
            "draws too few lines to lay over buildings", file=file, remedy="Pick its control points by hand"
        )
    if georef is None:
        starts = search(sheet, walls, _scales(drawn, content, scale, dpi), progress)
    else:
        starts = [Start(_picked(georef, file.name, drawn, crs), float("nan"))]
    found = propose(sheet, walls, building, _words(drawn), streets, starts)
    if found is not None and georef is not None and not found.alignment.gains:
        fit = found.alignment
        raise GeoreferenceError(
            f"lies no nearer to the buildings than by its control points: {fit.before_m:.2f} m before, "
            f"{fit.after_m:.2f} m after",
            file=file,
            remedy="Keep its control points",
        )
    if found is None or found.refused is not None:
        why = "no placing was found" if found is None else found.refused
        raise GeoreferenceError(
            f"can't be placed by its buildings: {why}",
            file=file,
            remedy="Give its --scale, spaces that hold all of it, or pick control points by hand",
        )
    low, high = np.quantile(sheet.at, [0.01, 0.99], axis=0)
    frame = float(low[0]), float(low[1]), float(high[0]), float(high[1])
    back = pyproj.Transformer.from_crs(crs, STORED_CRS, always_xy=True)
    points = proposed_points(
        found.alignment, crossings_of(streets), frame, lambda m: np.column_stack(back.transform(*m.T))
    )
    if len(points) < 3:
        raise GeoreferenceError(
            "has fewer than three named crossings beneath it", file=file, remedy="Pick control points by hand"
        )
    fit = found.alignment
    annotation = Annotation(
        points,
        file.name,
        drawn.width,
        drawn.height,
        transformation="polynomial",
        order=1,
        origin="proposal",
        stated_sd_m=round(max(fit.sd_m, fit.after_m, _LEAST_SD_M), 3),
    )
    metres = float(np.sqrt(abs(np.linalg.det(fit.matrix[:, :2]))))
    told = {
        "points": len(points),
        "metres_per_unit": round(metres, 4),
        "turned_deg": round(float(np.degrees(np.arctan2(-fit.matrix[1, 0], fit.matrix[0, 0]))), 2),
        "walls_drawn": round(fit.drawn, 3),
        "misfit_before_m": round(fit.before_m, 2),
        "misfit_after_m": round(fit.after_m, 2),
        "halves_apart_sd_m": round(fit.sd_m, 3),
        "street_names_read": found.names,
        "beside_their_street": found.beside,
    }
    return write_annotation(annotation), told


def _picked(
    georef: Mapping[str, Any], name: str, drawn: Sheet | Scan, crs: pyproj.CRS
) -> NDArray[np.float64]:
    """Return the affine map, sheet to metres, that is nearest to what control points give."""
    fixed, _ = georeference(annotation_for(read_annotations(georef), name), size=(drawn.width, drawn.height))
    x, y = np.meshgrid(np.linspace(0, drawn.width, 5), np.linspace(0, drawn.height, 5))
    places = np.column_stack([x.ravel(), y.ravel()])
    onto = pyproj.Transformer.from_crs(STORED_CRS, crs, always_xy=True)
    ground = np.column_stack(onto.transform(*fixed.place(places).T))
    design = np.column_stack([places, np.ones(len(places))])
    return np.asarray(np.linalg.lstsq(design, ground, rcond=None)[0].T, dtype=np.float64)


def _surroundings(
    spaces: Sequence[Path],
) -> tuple[Lines, NDArray[np.int64], dict[str, list[NDArray[np.float64]]], pyproj.CRS]:
    buildings = merge_spaces([read_spaces(file) for file in spaces]).buildings
    if buildings.empty:
        raise SpacesError("hold no buildings", file=spaces[0], remedy="Give the buildings around the sheet")
    bounds = buildings.total_bounds
    crs = local_crs(bounds[[0, 2]], bounds[[1, 3]])
    parts, owners = [], []
    for number, shape in enumerate(buildings.to_crs(crs).geometry):
        for polygon in getattr(shape, "geoms", [shape]):
            each = lines_of_outlines([np.asarray(polygon.exterior.coords)[:, :2]], _WALL_STEP_M, _WALL_STEP_M)
            parts.append(each)
            owners.append(np.full(len(each), number))
    onto = pyproj.Transformer.from_crs(STORED_CRS, crs, always_xy=True)
    streets: dict[str, list[NDArray[np.float64]]] = {}
    for file in spaces:
        if file.name.lower().endswith(OSM_SUFFIXES):
            for name, lines in read_street_lines(file).items():
                streets.setdefault(name, []).extend(
                    np.column_stack(onto.transform(*line.T)) for line in lines
                )
    walls = Lines(np.vstack([p.at for p in parts]), np.vstack([p.along for p in parts]))
    return walls, np.concatenate(owners), streets, crs


def _words(drawn: Sheet | Scan) -> list[Written]:
    if isinstance(drawn, Scan):
        return []
    return [
        Written(run.text, (run.box[0] + run.box[2]) / 2, (run.box[1] + run.box[3]) / 2) for run in drawn.texts
    ]


def _scales(drawn: Sheet | Scan, content: bytes, scale: int | None, dpi: float | None) -> list[float]:
    """Return how many metres a unit of the sheet may be."""
    printed = [] if isinstance(drawn, Scan) else _printed_scales(drawn)
    denominators = [scale] if scale is not None else printed or list(_USUAL)
    if not isinstance(drawn, Scan) or drawn.unit_name == "points":
        return [each * _INCH_M / _POINTS_PER_INCH for each in denominators]
    return sorted(
        {each * _INCH_M / one for each in denominators for one in _resolutions(drawn, content, dpi)}
    )


def _printed_scales(drawn: Sheet) -> list[int]:
    found = [_PRINTED.search(run.text) for run in drawn.texts]
    numbers = [int(re.sub(r"[^0-9]", "", match[1])) for match in found if match]
    return sorted({number for number in numbers if 100 <= number <= 50_000})


def _resolutions(drawn: Scan, content: bytes, dpi: float | None) -> list[float]:
    if dpi is not None:
        return [dpi]
    try:
        told = float(Image.open(io.BytesIO(content)).info.get("dpi", (0, 0))[0])
    except (OSError, ValueError, TypeError, Image.DecompressionBombError):
        told = 0.0
    if told > 75:  # 72 is what programs write that do not know
        return [told]
    longest = max(drawn.width, drawn.height)
    # Scanners have usual resolutions: of the papers that this may be, those that one of them gives.
    near = [one for side in _PAPER_IN for one in _USUAL_DPI if abs(longest / side / one - 1) < 0.02]
    return [longest / side for side in _PAPER_IN] if not near else [float(one) for one in near]
