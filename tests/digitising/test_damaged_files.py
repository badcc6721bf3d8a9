"""Damaged, swollen and odd files: an answer or one line, never a fault, a crash or a hang."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import replace

import cv2
import numpy as np
import pikepdf
import pytest
from tests.digitising.plans import WIDTH, Plan
from tests.digitising.scanning import Scanned, png

from tools.damaging import run
from visavis.apart import Limits, read_apart
from visavis.digitising import digitise, write_annotation
from visavis.digitising.scans import open_picture, opening, picture_pages
from visavis.digitising.sheet import read_sheet
from visavis.model.errors import GeoreferenceError, SheetError


@pytest.mark.slow
def test_spoilt_files_of_every_kind_are_read_or_told() -> None:
    """A longer run is ``python -m tools.damaging --seconds 600``."""
    told = run(count=140, seed=1)
    assert told["broken"] == []
    assert told["cases"] == 140
    assert told["told"] > 20
    assert told["read"] > 20


def forms_within_forms(depth: int, times: int) -> bytes:
    """Return a PDF whose page draws a form that draws a form …, each several times."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(300, 300))
    inner = pikepdf.Stream(document, b"0 0 1 1 re f " * times)
    inner.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 300, 300]
    )
    form = document.make_indirect(inner)
    for _ in range(depth):
        outer = pikepdf.Stream(document, b"/F Do " * times)
        outer.stream_dict = pikepdf.Dictionary(
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 300, 300],
            Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form)),
        )
        form = document.make_indirect(outer)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    page.Contents = pikepdf.Stream(document, b"/F Do")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.slow
def test_a_bomb_of_forms_within_forms_is_ended_with_one_line() -> None:
    bomb = forms_within_forms(depth=9, times=12)
    assert len(bomb) < 20_000
    with pytest.raises(SheetError) as raised:
        read_apart(read_sheet, bomb, limits=Limits(memory_mb=1_000, computing_s=8))
    assert raised.value.remedy
    assert "\n" not in str(raised.value)


def test_a_picture_that_says_it_is_huge_is_refused_before_it_is_unpacked() -> None:
    content = bytearray(png(np.zeros((8, 8, 3), np.uint8)))
    content[16:24] = struct.pack(">II", 100_000, 100_000)
    content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))
    with pytest.raises(SheetError, match="100000 × 100000 pixels"):
        open_picture(bytes(content))


@pytest.mark.parametrize("ending", [".png", ".jpg", ".tif"])
def test_a_large_picture_is_read_reduced_in_the_same_coordinates(
    ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pixels = Scanned().pixels()
    content = cv2.imencode(ending, np.ascontiguousarray(pixels))[1].tobytes()
    monkeypatch.setattr(opening, "WORKING_PIXELS", pixels.shape[0] * pixels.shape[1] // 3)
    scan = open_picture(content)
    assert scan.unit == 2
    assert scan.colour.shape[0] == -(-pixels.shape[0] // 2)
    assert abs(scan.width - pixels.shape[1]) < 2
    assert abs(scan.height - pixels.shape[0]) < 2
    # Its colours are those of the picture (blue first there), not of a corner of it.
    whole = cv2.resize(pixels, scan.colour.shape[1::-1], interpolation=cv2.INTER_AREA)[:, :, ::-1]
    assert float(np.abs(whole.astype(int) - scan.colour).mean()) < 6


@pytest.mark.slow
def test_a_picture_that_was_read_reduced_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    how = Scanned(Plan(cameras=()))
    monkeypatch.setattr(opening, "WORKING_PIXELS", 900_000)
    found = {finding.code: finding.figures for finding in how.read().findings}
    assert found["sheet.reduced"] == {"sheet": "plan.png", "factor": 2}


def test_a_tiff_of_many_pages_gives_the_one_that_is_named() -> None:
    pages = [np.full((20 + n, 30, 3), 40 * n, np.uint8) for n in range(5)]
    content = cv2.imencodemulti(".tif", pages)[1].tobytes()
    assert picture_pages(content) == 5
    scan = open_picture(content, 4)
    assert (scan.colour.shape, int(scan.colour[0, 0, 0]), scan.page, scan.pages) == ((23, 30, 3), 120, 4, 5)
    with pytest.raises(SheetError, match="has 5 pages, none numbered 6"):
        open_picture(content, 6)


def test_a_tiff_whose_directories_run_in_a_circle_is_read_once() -> None:
    content = bytearray(cv2.imencode(".tif", np.zeros((6, 6, 3), np.uint8))[1].tobytes())
    (at,) = struct.unpack_from("<I", content, 4)
    (entries,) = struct.unpack_from("<H", content, at)
    struct.pack_into("<I", content, at + 2 + 12 * entries, at)
    assert picture_pages(bytes(content)) == 1


def test_a_mirrored_page_is_one_line() -> None:
    plan = Plan()
    with pikepdf.open(io.BytesIO(plan.pdf())) as document:
        page = document.pages[0]
        page.contents_add(f"q -1 0 0 1 {WIDTH} 0 cm".encode(), prepend=True)
        page.contents_add(b"Q")
        buffer = io.BytesIO()
        document.save(buffer)
    symbols = plan.symbols()
    annotation = plan.annotation()
    points = tuple(replace(point, x=WIDTH - point.x) for point in annotation.points)
    with pytest.raises(GeoreferenceError, match="mirror the sheet"):
        digitise(
            buffer.getvalue(),
            name="plan.pdf",
            georef=write_annotation(replace(annotation, points=points)),
            symbols=symbols.assign(
                x0=WIDTH - symbols["x1"], x1=WIDTH - symbols["x0"], points_to_deg=-symbols["points_to_deg"]
            ),
            table=None,
            disclosure_id="d",
            source_id="s",
        )
