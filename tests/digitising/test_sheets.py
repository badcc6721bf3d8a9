"""A vector PDF's first page becomes shapes and text in sheet coordinates; anything else is refused in one line."""

from __future__ import annotations

import io
import random

import numpy as np
import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from tests.digitising.plans import HEIGHT, WIDTH, Plan, text

from visavis.digitising import digitise
from visavis.digitising.sheet import read_sheet
from visavis.model.errors import InputError, SheetError

PLAN = Plan().pdf()


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, **options)  # type: ignore[arg-type]
    return buffer.getvalue()


def drawn(draw: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1)
    draw(canvas)  # type: ignore[operator]
    canvas.save()
    return buffer.getvalue()


def test_shapes_come_with_place_colour_and_order() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(100, HEIGHT - 70, 40, 20, fill=1, stroke=0)
        canvas.setStrokeColorRGB(0, 0, 1)
        canvas.setLineWidth(2)
        canvas.line(10, HEIGHT - 20, 60, HEIGHT - 20)

    sheet = read_sheet(drawn(draw))
    assert (sheet.width, sheet.height) == (WIDTH, HEIGHT)
    box, line = sheet.shapes
    assert box.box == pytest.approx((100, 50, 140, 70), abs=0.01)
    assert (box.fill, box.stroke, box.closed) == ((255, 0, 0), None, (True,))
    assert (line.fill, line.stroke, line.closed) == (None, (0, 0, 255), (False,))
    assert line.stroke_width == pytest.approx(2)
    assert box.order < line.order


def test_a_scaled_and_turned_drawing_is_read_where_a_reader_sees_it() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(200, HEIGHT - 100)
        canvas.rotate(-90)
        canvas.scale(2, 2)
        canvas.setLineWidth(1)
        canvas.line(0, 0, 10, 0)

    (line,) = read_sheet(drawn(draw)).shapes
    assert line.outlines[0] == pytest.approx(np.array([[200, 100], [200, 120]]), abs=0.01)
    assert line.stroke_width == pytest.approx(2)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_a_reader_sees_it(turn: int) -> None:
    plan = Plan(page_turn=turn)
    sheet = read_sheet(plan.pdf())
    assert (sheet.width, sheet.height) == ((WIDTH, HEIGHT) if turn % 180 == 0 else (HEIGHT, WIDTH))
    label = next(run for run in sheet.texts if run.text == "V02")
    assert (label.x, label.y) == pytest.approx(plan.seen(159, 84), abs=0.02)
    assert label.turn_deg % 360 == pytest.approx(turn, abs=0.01)


def test_a_cropped_page_counts_from_the_crop_boxs_corner() -> None:
    with pikepdf.open(io.BytesIO(PLAN)) as pdf:
        pdf.pages[0].cropbox = [50, 20, WIDTH, HEIGHT - 30]
        sheet = read_sheet(saved(pdf))
    assert (sheet.width, sheet.height) == (WIDTH - 50, HEIGHT - 50)
    label = next(run for run in sheet.texts if run.text == "V02")
    assert (label.x, label.y) == pytest.approx((159 - 50, 84 - 30), abs=0.02)


def test_a_drawing_within_a_form_is_the_same_drawing() -> None:
    plain, formed = read_sheet(PLAN), read_sheet(Plan(in_form=True).pdf())
    boxes = [np.array([shape.box for shape in sheet.shapes]) for sheet in (formed, plain)]
    assert boxes[0] == pytest.approx(boxes[1], abs=0.02)
    assert [(t.text, t.box) for t in formed.texts] == [
        (t.text, pytest.approx(t.box, abs=0.02)) for t in plain.texts
    ]


def test_what_a_clip_hides_is_not_there() -> None:
    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.rect(0, 0, 100, HEIGHT)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.circle(50, 50, 10)
        canvas.circle(300, 50, 10)

    (left,) = read_sheet(drawn(draw)).shapes
    assert left.box[2] < 100


def test_turned_text_is_one_run_with_its_direction() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.circle(9, 9, 3)
        canvas.translate(200, 200)
        canvas.rotate(50)
        text(canvas, 0, HEIGHT, "Rue Lamartine")

    (run,) = read_sheet(drawn(draw)).texts
    assert run.text == "Rue Lamartine"
    assert run.turn_deg == pytest.approx(-50, abs=0.01)


def encrypted() -> bytes:
    with pikepdf.open(io.BytesIO(PLAN)) as pdf:
        return saved(pdf, encryption=pikepdf.Encryption(owner="owner", user="reader"))


def scanned() -> bytes:
    picture = ImageReader(Image.effect_noise((200, 150), 60).convert("RGB"))
    return drawn(lambda canvas: canvas.drawImage(picture, 0, 0, WIDTH, HEIGHT))


def pages_without() -> bytes:
    with pikepdf.open(io.BytesIO(PLAN)) as pdf:
        del pdf.pages[0]
        return saved(pdf)


def picture(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (30, 20), (200, 30, 30)).save(buffer, kind)
    return buffer.getvalue()


REFUSED = {
    "nothing": (b"", "empty"),
    "words": (b"Bonjour", "neither a PDF"),
    "a web page": (b"<html><body>404</body></html>", "neither a PDF"),
    "a cut PDF": (PLAN[: len(PLAN) // 2], "cut short"),
    "the first bytes": (PLAN[:9], "cut short"),
    "an encrypted PDF": (encrypted(), "encrypted"),
    "a PDF without pages": (pages_without(), "damaged or has no page"),
    "an empty page": (drawn(lambda canvas: canvas.showPage()), "draws nothing"),
    "a GIF": (picture("GIF"), "not read"),
    "a cut PNG": (picture("PNG")[:60], "can't be read"),
    "damaged inside": (b"%PDF-1.4\n" + bytes(range(256)) * 8 + b"%%EOF", "damaged"),
}


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_is_a_sheet_of_pixels(kind: str) -> None:
    scan = read_sheet(picture(kind))
    assert (scan.width, scan.height, scan.unit) == (30, 20, 1)
    assert scan.colour.reshape(-1, 3).mean(axis=0) == pytest.approx((200, 30, 30), abs=4)


def test_a_page_that_is_a_picture_is_read_at_the_pictures_resolution_and_measured_in_points() -> None:
    scan = read_sheet(scanned())
    assert scan.colour.shape == (150, 200, 3)
    assert (scan.width, scan.height) == pytest.approx((WIDTH, HEIGHT), abs=4)


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_in_one_line_with_a_remedy(what: str) -> None:
    content, words = REFUSED[what]
    with pytest.raises(SheetError, match=words) as refused:
        read_sheet(content)
    assert "\n" not in str(refused.value)
    assert refused.value.remedy


def damaged(dice: random.Random) -> bytes:
    content = bytearray(PLAN)
    for _ in range(dice.choice([1, 3, 30])):
        at = dice.randrange(len(content))
        match dice.randrange(3):
            case 0:
                content[at] = dice.randrange(256)
            case 1:
                del content[at : at + dice.randrange(1, 60)]
            case _:
                content[at:at] = content[at : at + dice.randrange(1, 60)]
    if dice.random() < 0.2:
        content = content[: dice.randrange(len(content))] + b"\n%%EOF"
    return bytes(content)


def outcome(content: bytes) -> str:
    plan = Plan()
    try:
        digitise(
            content,
            name="plan.pdf",
            georef=plan.georef(),
            symbols=plan.symbols(),
            table=None,
            disclosure_id="d",
            source_id="s",
        )
    except InputError as refused:
        return str(refused)
    return "read"


@pytest.mark.slow
def test_a_pdf_damaged_anywhere_is_read_or_refused_and_never_crashes() -> None:
    dice = random.Random(20)  # noqa: S311
    outcomes = {outcome(damaged(dice)) for _ in range(120)}
    assert "read" in outcomes
    assert len(outcomes) > 2
    assert not any("\n" in words for words in outcomes)
