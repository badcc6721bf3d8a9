"""A sheet's legend as its symbols file has it: read, tried on the sheet, written back."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from visavis.desk.answers.legends import Example, FoundSymbol, Legend, LegendTry
from visavis.desk.answers.plain import Box, Named, Words
from visavis.desk.jobs import Job
from visavis.desk.journal import NotSavedError, revision_of
from visavis.desk.refusing import RefusedError, invalid
from visavis.desk.rows import told_problem
from visavis.digitising.legend import ANY_CAMERA, read_legend
from visavis.digitising.marking import Marked
from visavis.digitising.page_pictures import PagePicture
from visavis.digitising.reviewing import confidences
from visavis.model.errors import VisavisError
from visavis.model.vocabulary import CAMERA_KINDS
from visavis.readers.camera_tables import read_table
from visavis.store.placing import write_whole

_COLUMNS = ("kind", "name", "x0", "y0", "x1", "y1", "points_to_deg")
LEGEND_KINDS = [
    *(Named(name=code, en=word.en, fr=word.fr) for code, word in CAMERA_KINDS.items()),
    Named(name=ANY_CAMERA, en="camera: the table tells its kind", fr="caméra : le tableau indique le type"),
]


def legend_answer(file: Path, page: int, px: float) -> Legend:
    """Return the legend of a symbols file, its boxes in pixels of the page picture."""
    content = file.read_bytes() if file.is_file() else b""
    examples, problems = [], []
    try:
        rows = read_table(file).to_dict("records") if content.strip() else []
    except VisavisError as broken:
        rows, problems = [], [told_problem(broken, file.name, "unreadable")]
    for number, row in enumerate(rows, start=1):
        sides = [_number(row.get(side)) for side in ("x0", "y0", "x1", "y1")]
        if any(side is None for side in sides):
            what = VisavisError("the box is incomplete", file=file, remedy="Draw it anew")
            problems.append(told_problem(what, file.name, "unreadable", number + 1))
            continue
        x0, y0, x1, y1 = (float(side or 0.0) * px for side in sides)
        examples.append(
            Example(
                id=str(number),
                page=page,
                box=(x0, y0, x1, y1),
                kind=_words(row.get("kind")) or "unknown",
                name=_words(row.get("name")),
                azimuth_deg=_number(row.get("points_to_deg")),
            )
        )
    return Legend(
        revision=revision_of(content),
        file=file.name,
        page=page,
        examples=examples,
        kinds=LEGEND_KINDS,
        problems=problems,
    )


def as_symbols(examples: Sequence[Example], picture: PagePicture) -> pd.DataFrame:
    """Return examples as the rows of a symbols file, checked against the page.

    Raises
    ------
    RefusedError
        With the number of the example that is wrong.
    """
    px = picture.px_per_unit
    rows = [
        {
            "kind": each.kind,
            "name": " ".join(each.name.split()),
            **dict(zip(("x0", "y0", "x1", "y1"), (round(v / px, 2) for v in each.box), strict=True)),
            "points_to_deg": "" if each.azimuth_deg is None else round(each.azimuth_deg % 360.0, 2),
        }
        for each in examples
    ]
    table = pd.DataFrame(rows, columns=list(_COLUMNS)).astype(str)
    try:
        read_legend(table, picture.width / px, picture.height / px)
    except VisavisError as error:
        at = f"example {error.row - 1}: " if isinstance(error.row, int) else ""
        raise invalid(f"{at}{error.what}", error.remedy) from None
    return table


def save_legend(file: Path, symbols: pd.DataFrame, revision: str) -> None:
    """Write a symbols file, whole or not at all, and keep the one that stood there as `.bak`.

    Raises
    ------
    RefusedError
        Where the file is another than that of `revision`.
    NotSavedError
    """
    old = file.read_bytes() if file.is_file() else b""
    if revision_of(old) != revision:
        raise RefusedError(
            f"{file.name} was changed since", code="conflict", remedy="Look at it anew", about=["legend"]
        )
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(symbols[list(_COLUMNS)].to_numpy().tolist())
    try:
        if old:
            write_whole(file.with_name(f"{file.name}.bak"), old)
        write_whole(file, text.getvalue().encode())
    except VisavisError as error:
        raise NotSavedError(error.what, file=file, remedy=error.remedy) from error


def told_try(job: Job, px: float) -> LegendTry:
    """Return what came of trying some examples."""
    found: list[FoundSymbol] = []
    findings: list[Words] = []
    if isinstance(job.result, Marked):
        marked = job.result
        bare: list[dict[str, Any]] = [{"kind": mark.entry.kind} for mark in marked.marks]
        sure = confidences(marked, bare)
        for mark, each in zip(marked.marks, sure, strict=True):
            x0, y0, x1, y1 = (float(side) * px for side in mark.box)
            box: Box = (x0, y0, x1, y1)
            found.append(
                FoundSymbol(
                    x=mark.x * px,
                    y=mark.y * px,
                    box=box,
                    kind=mark.entry.kind,
                    azimuth_deg=mark.points_to_deg,
                    score=each.symbol or 0.0,
                )
            )
        findings = [Words(en=f.text_en, fr=f.text_fr) for f in marked.findings]
    return LegendTry(
        job=job.name,
        state=job.state,
        found=found,
        findings=findings,
        seconds=job.seconds,
        error=None if job.error is None else job.error.what,
        remedy=None if job.error is None else job.error.remedy,
    )


def _words(cell: Any) -> str:
    return "" if cell is None or pd.isna(cell) else str(cell).strip()


def _number(cell: Any) -> float | None:
    try:
        number = float(_words(cell))
    except ValueError:
        return None
    return number if math.isfinite(number) else None
