"""The authority's table is joined to the symbols by label; what does not meet is told."""

from __future__ import annotations

import pandas as pd
import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.digitising.plans import CAMERAS, Drawn, Plan, text

from visavis.digitising import digitise
from visavis.digitising.reading import Digitised
from visavis.digitising.tables import kind_of, read_table, same_label


def read(plan: Plan, table: pd.DataFrame | None, symbols: pd.DataFrame | None = None) -> Digitised:
    return digitise(
        plan.pdf(),
        name="plan.pdf",
        georef=plan.georef(),
        symbols=plan.symbols() if symbols is None else symbols,
        table=table,
        disclosure_id="d",
        source_id="s",
    )


def test_french_and_english_headers_are_understood() -> None:
    french = pd.DataFrame(
        {
            "N° caméra": ["V01", "V02"],
            "Type de caméra": ["Caméra fixe", "Dôme PTZ"],
            "Modèle": ["B-100", None],
            "Hauteur (m)": ["4,5 m", "6"],
            "Mise en service": ["01/09/2019", "2020"],
            "Support": ["mât", None],
        }
    )
    english = french.set_axis(["Label", "Kind", "Model", "Mount height m", "Installed on", "Mount"], axis=1)
    assert read_table(french) == read_table(english)
    rows, findings = read_table(french)
    first, second = rows["V1"], rows["V2"]
    assert (first.kind, first.model_id, first.height_m, first.valid_from) == (
        "fixed",
        "B-100",
        4.5,
        "2019-09-01",
    )
    assert (second.kind, second.height_m, second.valid_from, second.mount) == ("ptz", 6.0, "2020", None)
    assert findings == ()


def test_what_a_cell_says_is_not_guessed() -> None:
    table = pd.DataFrame(
        {"n°": ["1", "2"], "hauteur": ["haut", "-3"], "date de pose": ["été 2019", "31/02/2020"]}
    )
    rows, findings = read_table(table)
    assert all(row.height_m is None and row.valid_from is None for row in rows.values())
    assert [f.code for f in findings] == ["sheet.cell-unread"] * 4
    assert findings[0].figures["row"] == 2


def test_numbers_that_a_spreadsheet_made_floats_are_labels_again() -> None:
    rows, findings = read_table(pd.DataFrame({"n°": [1.0, float("nan"), 12.0]}))
    assert [row.label for row in rows.values()] == ["1", "12"]
    assert [f.code for f in findings] == ["sheet.row-without-label"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Caméra fixe", "fixed"),
        ("Caméra dôme 360°", "dome"),
        ("DOME MOBILE", "ptz"),
        ("Lecture de plaques (LAPI)", "anpr"),
        ("caméra fixe LAPI", "anpr"),
        ("Multi-capteurs", "multisensor"),
        ("Dôme fisheye 360°", "fisheye"),
        ("ptz", "ptz"),
        ("lampadaire", None),
    ],
)
def test_kinds_are_told_from_words(words: str, kind: str | None) -> None:
    assert kind_of(words) == kind


def test_labels_are_compared_without_blanks_case_and_leading_zeros() -> None:
    assert same_label("c 07") == same_label("C7")
    assert same_label("C70") != same_label("C7")
    assert same_label("C100") != same_label("C1")


def test_rows_and_symbols_that_do_not_meet_are_told() -> None:
    labels = [camera.label for camera in CAMERAS if camera.label != "V03"] + ["V99"]
    told = read(Plan(), pd.DataFrame({"Repère": labels, "Hauteur": ["5"] * len(labels)}))
    codes = {(f.code, f.subjects) for f in told.findings}
    assert ("sheet.row-without-symbol", ("V99",)) in codes
    assert ("sheet.symbol-without-row", ("V03",)) in codes
    heights = told.cameras.set_index("label")["height_m"]
    assert heights.drop("V03").eq(5).all()
    assert pd.isna(heights["V03"])


def test_a_kind_that_the_table_gives_otherwise_is_told_and_the_sheet_followed() -> None:
    told = read(Plan(), pd.DataFrame({"n°": ["V01"], "type": ["dôme"]}))
    assert told.cameras.set_index("label").loc["V01", "kind"] == "fixed"
    doubt = next(f for f in told.findings if f.code == "sheet.kind-differs")
    assert doubt.subjects == ("d:plan:V01",)


def test_a_table_whose_labels_cannot_be_told_is_left_aside() -> None:
    told = read(Plan(), pd.DataFrame({"Voie": ["rue A"], "Remarque": [""]}))
    assert len(told.cameras) == len(CAMERAS)
    assert "sheet.table-without-labels" in {finding.code for finding in told.findings}


def one_symbol_for_all(plan: Plan) -> pd.DataFrame:
    symbols = plan.symbols().query("kind == 'ptz'")
    return symbols.assign(kind="camera", name="Caméra")


PTZ = tuple(Drawn("ptz", f"{n}", 60 + 50 * n, 60 + 40 * n, 25.0 * n) for n in range(1, 8))


def test_where_one_symbol_stands_for_all_the_table_tells_the_kind() -> None:
    plan = Plan(cameras=PTZ)
    table = pd.DataFrame({"n°": range(1, 7), "type": ["fixe", "dôme", "LAPI", "mobile", "?", "fixe"]})
    told = read(plan, table, one_symbol_for_all(plan))
    kinds = told.cameras.set_index("label")["kind"].to_dict()
    assert kinds == dict(
        zip("1234567", ["fixed", "dome", "anpr", "ptz", "unknown", "fixed", "unknown"], strict=True)
    )
    doubt = next(f for f in told.findings if f.code == "sheet.kind-unknown")
    assert doubt.subjects == ("d:plan:5", "d:plan:7")


def printed(canvas: Canvas) -> None:
    for block, x in ((PTZ[:4], 50), (PTZ[4:], 300)):
        text(canvas, x, 60, "N°")
        text(canvas, x + 40, 60, "Type")
        text(canvas, x + 140, 60, "Voie")
        for line, camera in enumerate(block):
            text(canvas, x, 80 + 15 * line, camera.label)
            text(canvas, x + 40, 80 + 15 * line, "Caméra dôme 360°" if camera.label == "3" else "Caméra fixe")
            text(canvas, x + 140, 80 + 15 * line, "Rue de la Poste")


def test_a_table_printed_on_a_later_page_is_read() -> None:
    plan = Plan(cameras=PTZ, pages=[printed])
    told = read(plan, None, one_symbol_for_all(plan))
    assert told.cameras.set_index("label")["kind"].to_dict() == {
        camera.label: "dome" if camera.label == "3" else "fixed" for camera in PTZ
    }
    assert next(f for f in told.findings if f.code == "sheet.table-printed").figures["rows"] == 7


@pytest.mark.slow
def test_later_pages_without_a_table_are_told_of() -> None:
    told = read(Plan(pages=[lambda canvas: text(canvas, 50, 50, "Annexe")]), None)
    assert next(f for f in told.findings if f.code == "sheet.pages-unread").figures["count"] == 1


def house_numbers(canvas: Canvas) -> None:
    """Print a number nearer to each symbol than its own label, as a town plan numbers its houses."""
    for number, camera in enumerate(CAMERAS, start=1):
        text(canvas, camera.x - 14, camera.y + 4, str(2 * number), size=5)


def table_of(labels: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"Repère": labels, "Hauteur": ["5"] * len(labels)})


@pytest.mark.parametrize("regular", [True, False])
def test_house_numbers_beside_symbols_are_no_labels_where_the_table_lists_others(regular: bool) -> None:
    """Labels are moved about by hand on half of the plans: then no offset tells them from house numbers."""
    aside = [(9, -6), (-26, -9), (-8, 19), (12, 14), (-30, 13)]

    def moved(canvas: Canvas) -> None:
        house_numbers(canvas)
        for n, camera in enumerate(CAMERAS):
            dx, dy = aside[n % len(aside)]
            text(canvas, camera.x + dx, camera.y + dy, camera.label)

    plan = Plan(before=house_numbers) if regular else Plan(labels=False, before=moved)
    told = read(plan, table_of([camera.label for camera in CAMERAS]))
    assert sorted(told.cameras["label"]) == sorted(camera.label for camera in CAMERAS)
    assert "sheet.symbol-without-row" not in {finding.code for finding in told.findings}


def test_a_symbol_whose_label_is_missing_does_not_take_the_house_number_beside_it() -> None:
    labels = [camera.label for camera in CAMERAS]
    without = [
        Drawn(c.kind, "" if n == 3 else c.label, c.x, c.y, c.points_to_deg) for n, c in enumerate(CAMERAS)
    ]
    told = read(Plan(cameras=without, before=house_numbers), table_of(labels))
    assert sorted(told.cameras["label"].dropna()) == [label for n, label in enumerate(labels) if n != 3]
    assert "sheet.labels-missing" in {finding.code for finding in told.findings}


def test_a_house_number_that_the_table_lists_too_is_used_by_its_camera_only() -> None:
    numbered = [Drawn(c.kind, str(n), c.x, c.y, c.points_to_deg) for n, c in enumerate(CAMERAS, start=1)]
    told = read(Plan(cameras=numbered, before=house_numbers), table_of([c.label for c in numbered]))
    assert sorted(told.cameras["label"], key=int) == [c.label for c in numbered]


def test_two_symbols_that_bear_one_listed_label_keep_it_both_and_are_told_of() -> None:
    twice = [
        Drawn(c.kind, "V01" if n == 5 else c.label, c.x, c.y, c.points_to_deg) for n, c in enumerate(CAMERAS)
    ]
    told = read(Plan(cameras=twice), table_of([camera.label for camera in CAMERAS]))
    assert (told.cameras["label"] == "V01").sum() == 2
    assert "sheet.label-twice" in {finding.code for finding in told.findings}
