"""Doubts have ids that survive a rebuild; errors are one line."""

from __future__ import annotations

import json

import pytest

from visavis.model.errors import InputError, SheetError, VisavisError
from visavis.model.findings import FINDINGS, Finding, Kind, catalogue, findings_table, raised

WORDS = catalogue(
    sheet__far_point=Kind("doubt", "{point} lies {off_m} m off.", "{point} est à {off_m} m."),
    sheet__read=Kind("note", "Read.", "Lu."),
)


def far(point: str = "p1", off_m: float = 3.5) -> Finding:
    return raised(WORDS, "sheet.far-point", point, point=point, off_m=off_m)


def test_a_finding_says_its_figures_in_both_languages() -> None:
    assert far().text_en == "p1 lies 3.5 m off."
    assert far().text_fr == "p1 est à 3.5 m."
    assert far().kind.severity == "doubt"


def test_an_id_is_the_same_for_the_same_doubt_and_tells_all_else_apart() -> None:
    assert far().finding_id("d") == far().finding_id("d")
    ids = {
        far().finding_id(),
        far().finding_id("d"),
        far("p2").finding_id(),
        far(off_m=3.6).finding_id(),
        raised(WORDS, "sheet.far-point", "p1", point="p1", off_m=3.5, rule_id="r").finding_id(),
        raised(WORDS, "sheet.read").finding_id(),
    }
    assert len(ids) == 6
    assert all(name.startswith(("sheet.far-point/", "sheet.read/")) for name in ids)


def test_an_id_stays_as_it_was_when_the_words_change() -> None:
    other = catalogue(sheet__far_point=Kind("note", "Off: {point}, {off_m}.", "Loin : {point}, {off_m}."))
    assert raised(other, "sheet.far-point", "p1", point="p1", off_m=3.5).finding_id() == far().finding_id()


def test_this_id_was_given_once_and_must_not_move() -> None:
    assert far().finding_id("fr/town/2026") == "sheet.far-point/b583f064ded2"


def test_the_table_tells_each_doubt_once_in_order_of_ids() -> None:
    table = findings_table([far("p2"), far(), far()], "d")
    assert len(table) == 2
    assert table["finding_id"].is_monotonic_increasing
    row = table.set_index("subject_ids").loc["p1"]
    assert json.loads(row["figures"]) == {"point": "p1", "off_m": 3.5}
    assert (row["disclosure_id"], row["severity"]) == ("d", "doubt")


def test_no_doubt_is_an_empty_table() -> None:
    assert list(findings_table([]).columns) == list(FINDINGS.columns)


def test_a_code_without_words_can_not_be_raised() -> None:
    with pytest.raises(KeyError):
        raised(WORDS, "sheet.unheard-of")


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (VisavisError("is empty"), "is empty"),
        (InputError("is empty", file="a.csv"), "a.csv: is empty"),
        (InputError("is empty", file="a.csv", row=3, remedy="Fill it"), "a.csv, row 3: is empty. Fill it"),
        (InputError("is empty", row="x/1"), "row x/1: is empty"),
        (InputError("is\n  empty", remedy="Fill\nit"), "is empty. Fill it"),
    ],
)
def test_an_error_is_one_line_of_what_where_and_remedy(error: VisavisError, line: str) -> None:
    assert str(error) == line


def test_a_pure_rooms_error_gets_its_file_later_and_keeps_one_it_has() -> None:
    bare = SheetError("is cut short", row=2, remedy="Ask for it again")
    named = bare.located("sheet.pdf")
    assert type(named) is SheetError
    assert str(named) == "sheet.pdf, row 2: is cut short. Ask for it again"
    assert str(named.located("other.pdf")) == str(named)
