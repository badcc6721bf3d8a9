"""Labels of scans: read beside and inside symbols, upright or turned; a guess is no label."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.digitising.plans import CAMERAS, HEIGHT, Drawn, Plan
from tests.digitising.scanning import Scanned

from visavis.digitising.joining import Labels
from visavis.digitising.legend import read_legend
from visavis.digitising.marks import Mark
from visavis.digitising.scans import open_picture
from visavis.digitising.scans.forms import Form, forms_of, possible_labels
from visavis.digitising.scans.lettering import read_labels
from visavis.digitising.scans.recognising import line_picture, log_likelihoods, read_lines


def labels_of(how: Scanned, listed: tuple[str, ...] = ()) -> tuple[Labels, set[str]]:
    """Read the labels of symbols whose places are known; return also the codes of the findings."""
    scan = open_picture(how.png())
    legend = read_legend(how.symbols(), scan.width, scan.height, "pixels")
    marks = []
    for camera in how.plan.cameras:
        x, y = how.seen(*how.plan.seen(camera.x, camera.y))
        box = (x - 12, y - 12, x + 12, y + 12)
        marks.append(Mark(legend[0], x, y, 0.5, None, None, None, box, box))
    labels, findings = read_labels(scan, legend, marks, listed)
    return labels, {finding.code for finding in findings}


HOW = {
    "clean": Scanned(),
    "grainy": Scanned(grain=12),
    "turned by a quarter": Scanned(quarter_turns=1),
    "black and white": Scanned(bilevel=True, grain=12),
}


@pytest.mark.slow
@pytest.mark.parametrize("how", HOW)
def test_labels_beside_symbols_are_read(how: str) -> None:
    labels, codes = labels_of(HOW[how])
    read = dict(zip((camera.label for camera in CAMERAS), labels.text, strict=True))
    assert all(text in (label, None) for label, text in read.items()), read
    assert sum(text is not None for text in read.values()) >= 0.85 * len(CAMERAS)
    assert "sheet.labels-read-from-picture" in codes


def numbers_inside(canvas: Canvas) -> None:
    canvas.setFont("Helvetica-Bold", 7)
    for number, camera in enumerate(CAMERAS, start=1):
        canvas.setFillColorRGB(0.8, 0.05, 0.05)
        canvas.circle(camera.x, HEIGHT - camera.y, 6.5, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawCentredString(camera.x, HEIGHT - camera.y - 2.5, str(number))


@pytest.mark.slow
def test_white_numbers_inside_symbols_are_read() -> None:
    labels, _ = labels_of(Scanned(Plan(labels=False, after=numbers_inside)))
    assert labels.text == tuple(str(number) for number in range(1, len(CAMERAS) + 1))


@pytest.mark.slow
def test_a_label_that_the_table_lists_is_read_where_it_is_words() -> None:
    names = [
        "Gare",
        "Mairie",
        "Halle",
        "Port",
        "Parc",
        "Pont",
        "Quai",
        "Stade",
        "Lac",
        "Musée",
        "Tour",
        "Bois",
    ]
    cameras = tuple(Drawn(c.kind, n, c.x, c.y, c.points_to_deg) for c, n in zip(CAMERAS, names, strict=False))
    labels, _ = labels_of(Scanned(Plan(cameras=cameras)), tuple(names))
    assert sum(a == b for a, b in zip(labels.text, names, strict=True)) >= 10
    assert all(a in (b, None) for a, b in zip(labels.text, names, strict=True))


def covered(*hidden: int) -> Callable[[Canvas], None]:
    def blot(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0, 0, 0)
        for number in hidden:
            canvas.rect(CAMERAS[number].x + 8, HEIGHT - CAMERAS[number].y + 4, 16, 9, stroke=0, fill=1)

    return blot


@pytest.mark.slow
def test_a_label_that_is_blotted_out_is_missing_and_not_guessed() -> None:
    labels, codes = labels_of(Scanned(Plan(after=covered(2, 7))))
    assert labels.text[2] is None
    assert labels.text[7] is None
    assert "sheet.labels-missing" in codes


@pytest.mark.slow
def test_a_sheet_without_labels_has_none() -> None:
    labels, codes = labels_of(Scanned(Plan(labels=False)))
    assert labels.text == (None,) * len(CAMERAS)
    assert "sheet.labels-missing" in codes


def test_a_symbol_without_any_mark_is_no_fault() -> None:
    labels, codes = labels_of(Scanned(replace(Plan(), cameras=())))
    assert labels.text == ()
    assert codes == set()


def test_the_form_of_labels_is_learned_in_spite_of_some_misread() -> None:
    read = ["C01", "C02", "C17", "C30", "C88", "G20", "C5", "CO1", "12"]
    assert forms_of(read) == (Form("C", 2, True, ""),)
    assert forms_of([str(n) for n in range(1, 40)]) == (Form("", 2, False, ""),)
    assert possible_labels((), ["7", "12"]) == tuple(str(n) for n in range(1, 100))


def test_listed_labels_are_sought_as_the_sheet_prints_them() -> None:
    assert possible_labels(("C1", "C12"), ["C01", "C12", "C07"]) == ("C01", "C12")
    assert possible_labels(("Gare 2",), []) == ("Gare2",)


def test_probabilities_of_strings_add_up_to_one_at_most_and_the_best_is_what_was_read() -> None:
    scan = open_picture(Scanned().png())
    x, y = Scanned().seen(CAMERAS[1].x + 8, CAMERAS[1].y - 13)
    corners = np.array([(x, y), (x + 34, y), (x + 34, y + 20), (x, y + 20)])
    (reading,) = read_lines([line_picture(scan.colour, corners)])
    assert reading.text == "V02"
    texts = [f"V{n:02d}" for n in range(100)]
    log = log_likelihoods(reading.probability, texts)
    assert np.exp(log).sum() <= 1 + 1e-9
    assert texts[int(log.argmax())] == "V02"
