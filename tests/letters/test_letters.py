"""Letters: golden texts, the law of their day, blanks that stay visible, templates that can do nothing else."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import jinja2
import pikepdf
import pypdfium2
import pytest

from tools.letters import FOLDER, ON, VARIANTS, case, letters
from visavis.exports.letters import Asked, rendered, write_letter
from visavis.letters import BLANKS, Letter, named_rules, write
from visavis.model.errors import NotFoundError, UsageError
from visavis.model.provenance import BuildRecord
from visavis.model.vocabulary import LETTER_KINDS, QUESTIONS
from visavis.pipeline import Outcome
from visavis.readers.letter_templates import LANGUAGES, read_templates
from visavis.readers.reference import read_rules
from visavis.store import open_store

RULES, TEMPLATES = read_rules(), read_templates()
LETTERS = letters()


def written(kind: str, lang: str = "fr", on: date = ON, jurisdiction: str = "FR", **how: str) -> Letter:
    return write(kind, case(jurisdiction), RULES, TEMPLATES, lang=lang, on=on, **how)


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_reads_as_it_was_approved(name: str) -> None:
    assert LETTERS[name].text == (FOLDER / f"{name}.txt").read_text("utf-8"), (
        "python -m tools.letters; read the diff"
    )


def test_no_golden_letter_is_left_over() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == set(LETTERS)


@pytest.mark.parametrize("name", LETTERS)
def test_every_blank_is_told_and_stands_in_the_text_once_by_its_own_words(name: str) -> None:
    letter = LETTERS[name]
    shown = [blank.shown(letter.lang) for blank in letter.blanks]
    assert len(set(shown)) == len(shown)
    assert set(re.findall(r"\[[^\]]+\]", letter.text)) == set(shown)
    assert {"name", "address"} <= {blank.name for blank in letter.blanks}


@pytest.mark.parametrize("name", LETTERS)
def test_no_letter_accuses(name: str) -> None:
    told = LETTERS[name].text.lower()
    for word in ("violat", "illegal", "illégal", "infraction commise", "spies", "espionn"):
        assert word not in told
    if "could view" in told or "pourrait voir" in told:
        assert "to be checked on site" in told or "à vérifier sur place" in told


@pytest.mark.parametrize("name", LETTERS)
def test_each_paragraph_is_whole(name: str) -> None:
    text = LETTERS[name].text
    assert not re.search(r"[^\W\d]\(|  |\{\{|\}\}|%\}| ,|\(\)|None", text)


def test_every_rule_that_a_template_names_is_known() -> None:
    known = set(RULES["rule_id"])
    for template in TEMPLATES.values():
        assert named_rules(template) <= known


@pytest.mark.parametrize("kind", LETTER_KINDS)
def test_both_languages_cite_the_same_rules_and_leave_the_same_blanks(kind: str) -> None:
    french, english = written(kind), written(kind, "en")
    assert [rule.rule_id for rule in french.rules] == [rule.rule_id for rule in english.rules]
    assert [blank.name for blank in french.blanks] == [blank.name for blank in english.blanks]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_request_for_documents_puts_the_six_questions_in_their_order(lang: str) -> None:
    text = written("foi", lang).text
    places = [
        text.find(f"{number}. {getattr(word, lang)}") for number, word in enumerate(QUESTIONS.values(), 1)
    ]
    # French typography keeps a question mark on its line.
    places = [text.replace("\u00a0", " ").find(getattr(word, lang)) for word in QUESTIONS.values()]
    assert places == sorted(places)
    assert min(places) > 0


def test_the_law_is_that_of_the_day() -> None:
    assert "Loi n° 78-753" in written("foi", on=date(2015, 12, 31)).text
    now = written("foi", on=date(2016, 1, 1))
    assert "Loi n° 78-753" not in now.text
    assert "L.311-1" in now.text
    assert "L.253-5" in written("access", on=date(2023, 5, 20)).text
    assert "L.253-5" not in written("access", on=date(2023, 5, 21)).text


def test_where_no_rule_is_known_the_legal_basis_is_a_blank() -> None:
    letter = written("foi", "en", jurisdiction="GB")
    assert "[legal basis, to be looked up]" in letter.text
    assert "silence" not in letter.text


def test_recordings_of_the_last_of_january_are_erased_by_the_last_of_february() -> None:
    letter = write(
        "preserve", case(), RULES, TEMPLATES, lang="fr", on=ON, filled={"filmed_on": date(2026, 1, 31)}
    )
    assert "le 28 février 2026 au plus tard" in letter.text
    stated = replace(case(), retention_days=15)
    letter = write(
        "preserve", stated, RULES, TEMPLATES, lang="fr", on=ON, filled={"filmed_on": date(2026, 1, 31)}
    )
    assert "conservées 15 jours" in letter.text.replace("\u00a0", " ")
    assert "15 février 2026 au plus tard" in letter.text


def test_what_is_put_in_makes_no_part_and_no_markup() -> None:
    told = replace(case(), authority="§ law\n{{ 7 * 7 }}\x1eorigin\x1e")
    letter = write("foi", told, RULES, TEMPLATES, lang="en", on=ON, filled={"name": "\x1elaw\x1e{{ 7 * 7 }}"})
    assert [part.role for part in letter.parts] == [part.role for part in LETTERS["en-foi"].parts]
    assert "49" not in letter.text


@pytest.mark.parametrize(
    "template",
    ["§ body\n{{ missing }}", "§ body\n{{ case.__class__.__mro__ }}", "§ body\n{{ case.camera.nothing }}"],
)
def test_a_template_that_asks_for_more_than_it_is_given_is_refused(template: str) -> None:
    with pytest.raises(jinja2.TemplateError):
        write("foi", case(), RULES, {("fr", "foi"): template}, lang="fr", on=ON)


@pytest.mark.parametrize(
    ("kind", "how"),
    [
        ("love", {}),
        ("foi", {"lang": "de"}),
        ("reminder", {"about": "rent"}),
        ("appeal", {"answer": "perhaps"}),
    ],
)
def test_what_there_is_not_is_refused_in_one_line(kind: str, how: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="there is no"):
        write(kind, case(), RULES, TEMPLATES, **{"lang": "fr", "on": ON, **how})  # type: ignore[arg-type]


def test_every_blank_is_used_by_some_letter() -> None:
    bare = replace(case("GB"), supervisor=None, appeal_body=None)
    used: set[str] = set()
    for facts in (case(), bare):
        for name, (kind, how) in VARIANTS.items():
            del name
            letter = write(kind, facts, RULES, TEMPLATES, lang="fr", on=ON, **how)  # type: ignore[arg-type]
            used |= {blank.name for blank in letter.blanks}
    assert used == set(BLANKS)


RECORD = BuildRecord(built_at=None, software="visavis", parameters={})  # type: ignore[arg-type]


@pytest.mark.parametrize("form", [".txt", ".docx", ".pdf"])
def test_a_file_is_the_same_twice(form: str) -> None:
    letter = LETTERS["fr-preserve"]
    assert rendered(letter, form, RECORD) == rendered(letter, form, RECORD)


@pytest.mark.parametrize("name", ["fr-foi", "en-complaint"])
def test_the_document_holds_every_paragraph(name: str) -> None:
    letter = LETTERS[name]
    read = docx.Document(io.BytesIO(rendered(letter, ".docx", RECORD)))
    assert [p.text for p in read.paragraphs] == [p.text for part in letter.parts for p in part.paragraphs]


@pytest.mark.parametrize("name", ["fr-preserve", "en-foi"])
def test_the_pdf_is_tagged_and_reads_in_order(name: str) -> None:
    letter = LETTERS[name]
    content = rendered(letter, ".pdf", RECORD)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith(letter.lang)
        assert pdf.Root.StructTreeRoot.K is not None
    read = pypdfium2.PdfDocument(content)
    squeezed = re.sub(r"[\W\d]+", "", "".join(page.get_textpage().get_text_bounded() for page in read))
    at = 0
    for text in (p.text for part in letter.parts for p in part.paragraphs if len(p.text) > 30):
        at = squeezed.find(re.sub(r"[\W\d]+", "", text)[:40], at)
        assert at >= 0, text


@pytest.mark.long
def test_a_letter_is_written_from_a_store(built_town: Outcome, town_store: Path, tmp_path: Path) -> None:
    del built_town
    store = open_store(str(town_store))
    try:
        asked = Asked("preserve", "fr", "C26", filled={"filmed_on": date(2026, 11, 20)})
        told = write_letter(store, asked, tmp_path / "letter.txt", ON)
        # The recording is gone by Sunday 20 December: Friday is the last working day on which a letter helps.
        assert told["send_by"] == "2026-12-18"
        text = (tmp_path / "letter.txt").read_text("utf-8")
        assert text.startswith("SPÉCIMEN")
        assert "C26" in text
        assert "Ville de Villemodèle" in text
        appeal = Asked(
            "appeal", "en", dossier="xx/villemodele/2026-cameras", filled={"asked_on": date(2026, 10, 12)}
        )
        told = write_letter(store, appeal, tmp_path / "appeal.pdf", ON)
        assert told["send_by"] == "2027-01-11"
        with pytest.raises(NotFoundError, match="no camera"):
            write_letter(store, Asked("foi", "fr", "C99"), tmp_path / "x.txt", ON)
        with pytest.raises(NotFoundError, match="no dossier"):
            write_letter(store, Asked("foi", "fr", dossier="xx/none"), tmp_path / "x.txt", ON)
        with pytest.raises(UsageError, match="is no letter"):
            write_letter(store, Asked("foi", "fr", "C26"), tmp_path / "x.odt", ON)
        with pytest.raises(UsageError, match="a camera or a dossier"):
            write_letter(store, Asked("foi", "fr"), tmp_path / "x.txt", ON)
        assert not (tmp_path / "x.txt").exists()
    finally:
        store.close()
