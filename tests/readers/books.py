"""Small workbooks and printed tables, written part by part so that what is odd in them is plain to see."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

Cell = str | int | float | None
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def xlsx(sheets: dict[str, Sequence[Sequence[Cell | tuple[str, Cell]]]], merged: Sequence[str] = ()) -> bytes:
    """Return an XLSX; a cell (formula, value) holds both, a merged range is of the first sheet."""
    names = list(sheets)
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in range(1, len(names) + 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        f"{kinds}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>'
        + "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}" r:id="s{n}"/>' for n, name in enumerate(names, 1)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="s{n}" Type="{_REL}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(names) + 1)
        )
        + "</Relationships>",
    }
    for n, name in enumerate(names, 1):
        rows = "".join(
            f'<row r="{r}">{"".join(_cell(cell, r, c) for c, cell in enumerate(row))}</row>'
            for r, row in enumerate(sheets[name], 1)
        )
        ranges = "".join(f'<mergeCell ref="{each}"/>' for each in merged) if n == 1 else ""
        joined = f"<mergeCells>{ranges}</mergeCells>" if ranges else ""
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{joined}</worksheet>'
        )
    return packed(parts)


def ods(sheets: dict[str, Sequence[Sequence[Cell]]]) -> bytes:
    """Return an ODS."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    open_document = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{open_document}:office:1.0" '
        f'xmlns:table="{open_document}:table:1.0" xmlns:text="{open_document}:text:1.0" office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{open_document}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return packed({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def packed(parts: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def printed(tables: Sequence[Sequence[Sequence[str]]], *, widths: Sequence[float] = (60, 60, 150)) -> bytes:
    """Return a PDF with one ruled table a page, its cells broken over lines."""
    content = io.BytesIO()
    style = getSampleStyleSheet()["BodyText"]
    story = []
    for table in tables:
        cells = [[Paragraph(escape(cell), style) for cell in row] for row in table]
        grid = Table(
            cells, colWidths=list(widths[: len(table[0])]), style=[("GRID", (0, 0), (-1, -1), 0.5, "black")]
        )
        story += [Paragraph("Arrêté du préfet", style), Spacer(1, 8), grid, PageBreak()]
    SimpleDocTemplate(content, pagesize=A4).build(story)
    return content.getvalue()


def _cell(cell: Cell | tuple[str, Cell], row: int, column: int) -> str:
    place = f'r="{chr(ord("A") + column)}{row}"'
    formula = ""
    if isinstance(cell, tuple):
        formula, cell = f"<f>{escape(cell[0])}</f>", cell[1]
    if cell is None:
        return f"<c {place}>{formula}</c>" if formula else ""
    if isinstance(cell, str):
        kind = "e" if cell.startswith("#") else "str" if formula else "inlineStr"
        value = f"<is><t>{escape(cell)}</t></is>" if kind == "inlineStr" else f"<v>{escape(cell)}</v>"
        return f'<c {place} t="{kind}">{formula}{value}</c>'
    return f"<c {place}>{formula}<v>{cell}</v></c>"


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return (
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
        )
    value = f'office:value-type="float" office:value="{cell}"'
    return f"<table:table-cell {value}><text:p>{cell}</text:p></table:table-cell>"
