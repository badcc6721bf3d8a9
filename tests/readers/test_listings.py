"""Tables of cameras are read from CSV, workbooks and PDF as they were saved, or refused in one line."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.readers.books import ods, packed, printed, xlsx

from visavis.digitising.listed import Reading
from visavis.model.errors import SheetError
from visavis.readers.listings import Listing, listing_of
from visavis.readers.printed_lists import unbroken

READING = Reading.model_validate(
    {"columns": {"label": "Numéro", "postcode": ["Arrondissement", "Code postal"], "place": "Implantation"}}
)
HEADER = ["Code postal", "Numéro", "Implantation"]
ROWS = [
    ["75001", "01049", "Rue des Halles, rue de la Ferronnerie"],
    ["75005", "7", "Place de l'Église à Œuilly"],
]


def read(content: bytes, reading: Reading = READING) -> Listing:
    return listing_of(content, reading, name="list")


def told(listing: Listing) -> list[list[str]]:
    return listing.rows[["postcode", "label", "place"]].to_numpy().tolist()


def as_csv(separator: str, rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_is_read_whatever_its_separator_and_encoding(separator: str, encoding: str) -> None:
    listing = read(as_csv(separator, [HEADER, *ROWS]).encode(encoding))
    assert told(listing) == ROWS
    assert listing.rows["where"].tolist() == ["row 2", "row 3"]
    assert [f.code for f in listing.findings] == (["table.encoding-told"] if encoding == "cp1252" else [])


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
@pytest.mark.parametrize(
    "words", ["Place de l'Église", "Allée des Érables", "Rue Évariste Galois — côté pair"]
)
def test_the_code_page_is_told_by_few_accents(encoding: str, words: str) -> None:
    content = as_csv(";", [HEADER, ["75001", "1", words.replace("—", "-")]]).encode(encoding)
    assert told(read(content)) == [["75001", "1", words.replace("—", "-")]]


def test_an_encoding_that_is_declared_is_taken_and_a_wrong_one_refused() -> None:
    content = as_csv(";", [HEADER, *ROWS[:1]]).encode("mac-roman")
    declared = READING.model_copy(update={"encoding": "mac-roman"})
    assert told(read(content, declared)) == ROWS[:1]
    with pytest.raises(SheetError, match="is not ascii"):
        read(content, READING.model_copy(update={"encoding": "ascii"}))


def test_a_header_may_stand_below_a_title_and_come_again() -> None:
    rows = [["Liste des caméras", "", ""], HEADER, ROWS[0], HEADER, ROWS[1]]
    assert told(read(as_csv(";", rows).encode())) == ROWS


def test_a_cell_beyond_the_header_is_told_and_its_row_kept() -> None:
    listing = read(as_csv(";", [HEADER, [*ROWS[0], "supprimée"]]).encode())
    assert told(listing) == ROWS[:1]
    assert [f.code for f in listing.findings] == ["table.row-too-wide"]
    assert "supprimée" in listing.findings[0].text_fr


@pytest.mark.parametrize("make", [xlsx, ods])
def test_a_workbook_is_read_sheet_by_sheet_and_empty_ones_are_passed(make: object) -> None:
    book = make({"Vide": [], "Caméras": [HEADER, ["75001", 1049, "Rue A"]], "Notes": [["rien"]]})  # type: ignore[operator]
    listing = read(book)
    assert told(listing) == [["75001", "1049", "Rue A"]]
    assert listing.rows["where"].tolist() == ["Caméras, row 2"]
    assert [f.code for f in listing.findings] == ["table.others-unread"]


def test_merged_cells_hold_for_each_row_and_formulas_for_their_value() -> None:
    rows = [HEADER, [75001, 1, ('CONCAT("Rue ";"A")', "Rue A")], [None, 2, "Rue B"], [75002, 3, "Rue C"]]
    listing = read(xlsx({"L": rows}, merged=["A2:A3"]))
    assert told(listing) == [["75001", "1", "Rue A"], ["75001", "2", "Rue B"], ["75002", "3", "Rue C"]]


def test_a_formula_that_failed_is_an_empty_cell_and_its_row_is_kept() -> None:
    listing = read(xlsx({"L": [HEADER, [("1/0", "#DIV/0!"), 1, "Rue A"]]}))
    assert listing.rows["postcode"].tolist() == [None]
    assert listing.rows["label"].tolist() == ["1"]


def test_a_printed_table_goes_on_over_pages_with_and_without_its_header() -> None:
    goes_on = [[f"{each} (suite)" if each == "Numéro" else each for each in HEADER], ["75009", "9", "Rue E"]]
    listing = read(printed([[HEADER, *ROWS], [["75006", "8", "Quai Neuf"]], goes_on]))
    assert told(listing) == [*ROWS, ["75006", "8", "Quai Neuf"], ["75009", "9", "Rue E"]]
    assert set(listing.rows["list"]) == {1}
    assert listing.rows["where"].iloc[2] == "page 2, row 1"


def test_two_printed_tables_are_two_lists() -> None:
    listing = read(printed([[HEADER, ROWS[0]], [["Arrondissement", *HEADER[1:]], ROWS[1]]]))
    assert listing.rows["list"].tolist() == [1, 2]


def test_only_declared_pages_are_read() -> None:
    content = printed([[HEADER, ROWS[0]], [HEADER, ROWS[1]]])
    assert told(read(content, READING.model_copy(update={"pages": "2"}))) == ROWS[1:]


@pytest.mark.parametrize(
    ("cell", "whole"),
    [
        ("rue de\nRivoli", "rue de Rivoli"),
        ("boulevard Saint-\nGermain", "boulevard Saint-Germain"),
        ("rue de l'\nEglise", "rue de l'Eglise"),
        ("place Saint-Jean-\nde-Dieu", "place Saint-Jean-de-Dieu"),
        ("vidéo-\nprotection", "vidéoprotection"),
    ],
)
def test_broken_lines_are_put_together(cell: str, whole: str) -> None:
    assert unbroken(cell) == whole


def test_a_word_that_has_a_hyphen_elsewhere_keeps_it() -> None:
    assert unbroken("rue du porte-\navions", frozenset({"porte-avions"})) == "rue du porte-avions"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"a;b\n1;2\n", "no table has the columns"),
        ('Numéro;Implantation\n1;"Rue A\n2;Rue B\n'.encode(), "row 2"),
        (b"Num\x00ero;Implantation", "null characters"),
        (b"PK\x03\x04 not a zip", "can't be read as a workbook"),
        (b"%PDF-1.7\nnothing", "damaged"),
        (xlsx({"Vide": []}), "no table with the columns"),
        (printed([[["a", "b", "c"]]]), "of a PDF only tables with ruled lines are read"),
    ],
)
def test_what_is_no_table_is_refused_in_one_line(content: bytes, words: str) -> None:
    with pytest.raises(SheetError) as refused:
        read(content)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.slow
def test_a_workbook_that_unpacks_to_a_flood_is_refused_before_it_is_unpacked() -> None:
    bomb = packed({"xl/workbook.xml": "", "xl/worksheets/sheet1.xml": " " * 210_000_000})
    assert len(bomb) < 1_000_000
    with pytest.raises(SheetError, match="unpacks to 210 MB"):
        read(bomb)


def test_a_workbook_that_lies_about_its_size_is_refused() -> None:
    honest = packed({"xl/worksheets/sheet1.xml": " " * 5_000_000})
    lying = bytearray(honest)
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = honest.index(mark) + offset
        lying[at : at + 4] = (1000).to_bytes(4, "little")
    with zipfile.ZipFile(io.BytesIO(bytes(lying))) as archive:
        assert archive.infolist()[0].file_size == 1000
    with pytest.raises(SheetError, match="can't be read as a workbook"):
        read(bytes(lying))


@pytest.mark.slow
def test_a_million_rows_are_refused_with_the_row_where_it_was_enough() -> None:
    content = "Code postal;Numéro;Implantation\n".encode() + b"75001;1;Rue A\n" * 1_000_000
    with pytest.raises(SheetError, match=r"row 200001: lists more than 200000 rows"):
        read(content)


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.4\n", b"\xd0\xcf\x11\xe0", b"\xff\xfe"]),
)
def test_whatever_the_bytes_are_they_are_read_or_refused(noise: bytes, start: bytes) -> None:
    assert _outcome(start + noise).count("\n") == 0


@given(st.integers(0, 5000), st.integers(0, 255))
def test_a_spoilt_workbook_is_read_or_refused(at: int, byte: int) -> None:
    book = bytearray(BOOK)
    book[at % len(book)] = byte
    assert _outcome(bytes(book)).count("\n") == 0


@pytest.mark.slow
@given(
    st.lists(
        st.tuples(st.integers(0, 10_000), st.binary(min_size=1, max_size=4), st.booleans()),
        min_size=1,
        max_size=8,
    )
)
def test_a_spoilt_pdf_is_read_or_refused(spoils: list[tuple[int, bytes, bool]]) -> None:
    content = bytearray(PLAIN_PDF)
    for at, put, in_place in spoils:
        where = at % len(content)
        content[where : where + (len(put) if in_place else 0)] = put
    assert _outcome(bytes(content)).count("\n") == 0


def _outcome(content: bytes) -> str:
    """Return the line in which bytes are refused, nothing where they are read; all else is a failure."""
    try:
        read(content)
    except SheetError as refused:
        return str(refused)
    return ""


def _uncompressed(content: bytes) -> bytes:
    """Return a PDF whose operators stand in plain, so that a spoilt byte spoils one of them."""
    plain = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(plain, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)
    return plain.getvalue()


BOOK = xlsx({"L": [HEADER, *ROWS]})
PLAIN_PDF = _uncompressed(printed([[HEADER, *ROWS]]))


@pytest.mark.shared
@pytest.mark.long
def test_both_lists_of_the_paris_bulletin_are_read_to_the_letter(shared: Path) -> None:
    folder = shared / "data" / "paris_bovp"
    content = (folder / "2019-02-01_BOVP_009.pdf").read_bytes()
    rows = listing_of(content, READING, name="bulletin.pdf").rows
    assert rows["list"].value_counts().to_dict() == {1: 1391, 2: 962}
    with (folder / "annexe1.csv").open(encoding="utf-8") as opened:
        retyped = {
            (line["Code postal"], line["Numéro"].lstrip("0")): line["Implantation"]
            for line in csv.DictReader(opened, delimiter=";")
        }
    first = rows[rows["list"] == 1]
    mine = {
        (code, label.lstrip("0")): place
        for code, label, place in zip(first["postcode"], first["label"], first["place"], strict=True)
    }
    assert len(mine) == 1391
    # 24 rows differ: in them the people who retyped the list mended it, or slipped. The next test holds to the print.
    assert sum(mine.get(key) == place for key, place in retyped.items()) >= 1367
    # Of the second list nearly all stand in the first, most in the same words: none is a header or a broken line.
    second = rows[rows["list"] == 2]
    assert second["label"].is_unique
    theirs = {
        (code, label.lstrip("0")): place
        for code, label, place in zip(second["postcode"], second["label"], second["place"], strict=True)
    }
    assert len(theirs.keys() & mine.keys()) == 960
    assert sum(mine.get(key) == place for key, place in theirs.items()) == 889
    _as_printed(content, rows)


def _as_printed(content: bytes, listing: object) -> None:
    """Assert that another program reads each row on its page: postcode, number and words, one after the other."""
    document = pdfium.PdfDocument(content)
    pages: dict[int, str] = {}
    for where, postcode, label, place in listing[["where", "postcode", "label", "place"]].to_numpy():  # type: ignore[index]
        number = int(where.split()[1].rstrip(","))
        for page in (number, number + 1):
            if page not in pages:
                pages[page] = _bare(document[page - 1].get_textpage().get_text_range())
        assert _bare(f"{postcode}{label}{place}") in pages[number] + pages[number + 1], where


def _bare(words: str) -> str:
    return "".join(each for each in words if each.isalnum())
