"""The plan on any page of a file, and the table of cameras on another: as text, as outlines, as a picture."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import cv2
import numpy as np
import pandas as pd
import pypdfium2 as pdfium
import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.digitising.plans import CAMERAS, HEIGHT, NAMES, WIDTH, Plan, text
from tests.digitising.scanning import Scanned

from visavis.digitising import Digitised, digitise
from visavis.digitising.other_pages import table_beside, table_in
from visavis.digitising.scans import Scan
from visavis.digitising.sheet import read_sheet
from visavis.digitising.tables import read_table
from visavis.model.errors import SheetError


def table_page(canvas: Canvas) -> None:
    """Print the cameras as a table of two blocks side by side, lines between the rows."""
    for block, cameras in enumerate((CAMERAS[:8], CAMERAS[8:])):
        left = 40 + 300 * block
        for shift, header in ((0, "N°"), (80, "Type de caméra"), (200, "Hauteur")):
            text(canvas, left + shift, 40, header, size=10)
        for row, camera in enumerate(cameras, start=1):
            y = 40 + 24 * row
            number = str(camera.label).removeprefix("V").lstrip("0")
            for shift, words in ((0, number), (80, NAMES[camera.kind]), (200, f"{row} m")):
                text(canvas, left + shift, y, words, size=9)
            canvas.line(left - 4, HEIGHT - y - 7, left + 250, HEIGHT - y - 7)


def cover(canvas: Canvas) -> None:
    text(canvas, 200, 200, "Plan de vidéoprotection", size=20)


def pages_of(draws: Sequence[Callable[[Canvas], None]]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1)
    for draw in draws:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def bound(*files: bytes) -> bytes:
    """Return PDFs bound into one."""
    whole = pdfium.PdfDocument.new()
    for content in files:
        whole.import_pages(pdfium.PdfDocument(content))
    buffer = io.BytesIO()
    whole.save(buffer)
    return buffer.getvalue()


def as_pixels(content: bytes, dpi: float = 150.0) -> np.ndarray:
    return pdfium.PdfDocument(content)[0].render(scale=dpi / 72).to_numpy()[:, :, :3].copy()


def as_picture_page(pixels: np.ndarray, turn: int = 0) -> bytes:
    """Return a PDF whose page is a picture."""
    document = pdfium.PdfDocument.new()
    picture = pdfium.PdfImage.new(document)
    picture.load_jpeg(io.BytesIO(cv2.imencode(".jpg", pixels)[1].tobytes()), inline=True)
    picture.set_matrix(pdfium.PdfMatrix().scale(WIDTH, HEIGHT))
    page = document.new_page(WIDTH, HEIGHT)
    page.insert_obj(picture)
    page.gen_content()
    page.set_rotation(turn)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(content: bytes, page: int = 1, table: pd.DataFrame | None = None) -> Digitised:
    plan = Plan()
    return digitise(
        content,
        name="plan.pdf",
        georef=plan.georef(),
        symbols=plan.symbols(),
        table=table,
        disclosure_id="d",
        source_id="s",
        page=page,
    )


@pytest.mark.slow
def test_a_plan_on_the_third_page_is_read_there_and_its_cameras_say_so() -> None:
    alone, third = read(Plan().pdf()), read(bound(pages_of([cover, cover]), Plan().pdf()), page=3)
    assert len(third.cameras) == len(CAMERAS)
    assert (third.cameras.geometry == alone.cameras.geometry).all()
    assert third.cameras["source_ref"].str.startswith("page 3, box ").all()
    assert set(third.cameras["camera_id"]).isdisjoint(alone.cameras["camera_id"])
    unread = next(f for f in third.findings if f.code == "sheet.pages-unread")
    assert unread.figures["count"] == 2


@pytest.mark.parametrize(("content", "page"), [(Plan().pdf(), 2), (Scanned().png(), 2)])
def test_a_page_that_is_not_there_is_one_line(content: bytes, page: int) -> None:
    with pytest.raises(
        SheetError, match=r"has one page, none numbered 2\. Name the page that shows the plan"
    ):
        read(content, page)


@pytest.mark.parametrize("before", [True, False])
def test_a_table_on_another_page_is_read_as_text(before: bool) -> None:
    table, plan = pages_of([table_page]), Plan().pdf()
    content = bound(table, plan) if before else bound(plan, table)
    told = read(content, page=2 if before else 1)
    codes = {finding.code: finding for finding in told.findings}
    assert codes["sheet.table-printed"].figures["rows"] == len(CAMERAS)
    assert "sheet.pages-unread" not in codes


def kinds(table: pd.DataFrame | None) -> dict[str, str | None]:
    assert table is not None
    rows, _ = read_table(table)
    return {key: row.kind for key, row in rows.items()}


TRUE_KINDS = {camera.label.removeprefix("V").lstrip("0"): camera.kind for camera in CAMERAS}


@pytest.mark.slow
def test_a_table_that_is_a_picture_is_read_single_figures_too() -> None:
    content = cv2.imencode(".jpg", as_pixels(pages_of([table_page])))[1].tobytes()
    assert kinds(table_in(content)) == TRUE_KINDS


@pytest.mark.slow
def test_a_scanned_table_that_hangs_askew_is_laid_level_first() -> None:
    pixels = as_pixels(pages_of([table_page]))
    high, wide = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), 1.5, 1.0)
    askew = cv2.warpAffine(pixels, matrix, (wide, high), borderValue=(255, 255, 255))
    assert kinds(table_in(cv2.imencode(".png", askew)[1].tobytes())) == TRUE_KINDS


@pytest.mark.slow
def test_a_picture_of_a_table_on_another_page_of_the_plan_is_found() -> None:
    content = bound(Plan().pdf(), as_picture_page(as_pixels(pages_of([table_page]))))
    beside = table_beside(content, (), page=1)
    assert kinds(beside.table) == TRUE_KINDS
    assert beside.by_picture
    assert beside.unread == 0


@pytest.mark.slow
def test_a_file_without_a_table_is_one_line() -> None:
    with pytest.raises(SheetError, match="no table of cameras was found"):
        table_in(pages_of([cover]))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_picture_on_a_turned_page_is_read_as_it_is_shown(turn: int) -> None:
    pixels = np.full((int(HEIGHT), int(WIDTH), 3), 255, np.uint8)
    pixels[20:60, 30:200] = (0, 0, 200)  # blue first
    scan = read_sheet(as_picture_page(pixels, turn))
    assert isinstance(scan, Scan)
    expected = np.rot90(pixels, -turn // 90)[:, :, ::-1]
    assert scan.unit_name == "points"
    assert scan.colour.shape == expected.shape
    assert float(np.abs(scan.colour.astype(int) - expected).mean()) < 3
