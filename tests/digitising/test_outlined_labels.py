"""Labels that a program turned into outlines are read by their shape, whether one path a label or one a letter."""

from __future__ import annotations

import ctypes
from dataclasses import replace

import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw
from reportlab.pdfgen.canvas import Canvas
from tests.digitising.plans import HEIGHT, Drawn, Plan

from visavis.digitising import Digitised, digitise

CAMERAS = tuple(
    Drawn("fixed", label, 60.0 + 90 * (n % 5), 70.0 + 110 * (n // 5), 47.0 * n)
    for n, label in enumerate(
        ["C01", "C12", "C23", "C34", "C45", "C56", "C67", "C78", "C89", "C90", "C6", "C-1"]
    )
)


def outlined(canvas: Canvas, font: bytes, label: str, x: float, y: float, *, one_path: bool) -> None:
    """Draw a label as the outlines of its letters, seven points high."""
    document = pdfium.PdfDocument.new()
    face = raw.FPDFText_LoadStandardFont(document.raw, font)
    path = canvas.beginPath()
    canvas.setFillColorRGB(0.1, 0.1, 0.1)
    for letter in label:
        width = ctypes.c_float()
        raw.FPDFFont_GetGlyphWidth(face, ord(letter), ctypes.c_float(7), width)
        trace(path, raw.FPDFFont_GetGlyphPath(face, ord(letter), ctypes.c_float(7)), x, HEIGHT - y)
        x += width.value
        if not one_path:
            canvas.drawPath(path, stroke=0, fill=1)
            path = canvas.beginPath()
    if one_path:
        canvas.drawPath(path, stroke=0, fill=1)
    raw.FPDFFont_Close(face)
    document.close()


def trace(path: object, glyph: object, x: float, y: float) -> None:
    controls: list[float] = []
    px, py = ctypes.c_float(), ctypes.c_float()
    for index in range(raw.FPDFGlyphPath_CountGlyphSegments(glyph)):
        segment = raw.FPDFGlyphPath_GetGlyphPathSegment(glyph, index)
        raw.FPDFPathSegment_GetPoint(segment, px, py)
        # pdfium gives these outlines for an em of one point.
        place = (x + 7 * px.value, y + 7 * py.value)
        match raw.FPDFPathSegment_GetType(segment):
            case raw.FPDF_SEGMENT_MOVETO:
                path.moveTo(*place)  # type: ignore[attr-defined]
            case raw.FPDF_SEGMENT_LINETO:
                path.lineTo(*place)  # type: ignore[attr-defined]
            case _:
                controls += place
                if len(controls) == 6:
                    path.curveTo(*controls)  # type: ignore[attr-defined]
                    controls.clear()
        if raw.FPDFPathSegment_GetClose(segment):
            path.close()  # type: ignore[attr-defined]


def read(plan: Plan) -> Digitised:
    return digitise(
        plan.pdf(),
        name="plan.pdf",
        georef=plan.georef(),
        symbols=plan.symbols(),
        table=None,
        disclosure_id="d",
        source_id="s",
    )


@pytest.mark.parametrize("one_path", [True, False])
@pytest.mark.parametrize("font", [b"Helvetica", b"Times-Bold"])
def test_outlined_labels_are_read_by_their_shape(font: bytes, one_path: bool) -> None:
    # A dash is only known for one among letters of the same path.
    cameras = CAMERAS if one_path else CAMERAS[:-1]

    def labels(canvas: Canvas) -> None:
        for camera in cameras:
            outlined(canvas, font, camera.label, camera.x + 9, camera.y - 6, one_path=one_path)

    told = read(Plan(cameras=cameras, labels=False, after=labels))
    by_place = {(round(x), round(y)): camera.label for camera in cameras for x, y in [(camera.x, camera.y)]}
    assert sorted(told.cameras["label"].dropna()) == sorted(by_place.values())
    note = next(f for f in told.findings if f.code == "sheet.labels-read-by-shape")
    assert note.figures["count"] == len(cameras)


def test_outlines_that_are_like_no_letter_stay_unread_and_are_told_of() -> None:
    def scribbles(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.1, 0.1, 0.1)
        for camera in CAMERAS:
            path = canvas.beginPath()
            for n in range(3):
                left, foot = camera.x + 9 + 5 * n, HEIGHT - camera.y + 6
                path.moveTo(left, foot)
                for dx, dy in ((4, 0.5), (0.4, 2.5), (4, 3), (0, 5)):
                    path.lineTo(left + dx, foot + dy)
                path.close()
            canvas.drawPath(path, stroke=0, fill=1)

    told = read(replace(Plan(cameras=CAMERAS, labels=False), after=scribbles))
    assert told.cameras["label"].isna().all()
    codes = {
        finding.code: finding.figures["count"] for finding in told.findings if "count" in finding.figures
    }
    assert codes["sheet.lettering-unread"] == len(CAMERAS)
    assert codes["sheet.labels-missing"] == len(CAMERAS)
