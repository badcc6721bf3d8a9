"""The report: tagged, in reading order, with words for every picture, in both languages, the same bytes twice."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from visavis.evidence import Papers, new_key, read_signer, seal, verify
from visavis.evidence.report_words import METHODS, WORDS
from visavis.evidence.reporting import building_name, report
from visavis.layers import publish
from visavis.model.errors import UsageError
from visavis.model.provenance import BuildRecord
from visavis.pipeline import Outcome
from visavis.store import Store, open_store, write_store

pytestmark = pytest.mark.long

SECTIONS = ("summary", "map", "findings", "methods", "papers", "annexes")


@pytest.fixture(scope="module")
def store(built_town: Outcome, town_store: Path) -> Iterator[Store]:
    del built_town
    opened = open_store(str(town_store))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def french(store: Store) -> bytes:
    """With the one building first in rank shown: the others only cost time."""
    return report(store, "fr", 1)


def elements(content: bytes) -> list[pikepdf.Dictionary]:
    """Return the structure tree in reading order."""
    found: list[pikepdf.Dictionary] = []

    def walk(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Array):
            for each in node:  # type: ignore[attr-defined]
                walk(each)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node.K)

    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "fr"
        metadata = pdf.open_metadata()
        assert str(metadata["pdfuaid:part"]) == "1"
        assert "Villemodèle" in str(metadata["dc:title"])
        walk(pdf.Root.StructTreeRoot.K)
        return [pikepdf.Dictionary(S=each.S, Alt=each.get("/Alt", "")) for each in found]


def text_of(content: bytes) -> str:
    return " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))


def test_it_is_tagged_and_every_picture_has_words(french: bytes, store: Store) -> None:
    tags = elements(french)
    kinds = [str(tag.S) for tag in tags]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == len(SECTIONS)
    pictures = [str(tag.Alt) for tag in tags if str(tag.S) == "/Figure"]
    # Two maps, the sheet, the computed picture.
    assert len(pictures) == 4
    assert all(len(words) > 20 for words in pictures)
    cameras, buildings = store.layers()["cameras"].count, store.layers()["exposed_buildings"].count
    assert str(cameras) in pictures[0]
    assert str(buildings) in pictures[0]
    assert kinds.count("/TH") >= 30
    assert kinds.index("/H1") < kinds.index("/H2") < kinds.index("/Figure") < kinds.index("/Table")


def test_its_parts_come_in_their_order(french: bytes) -> None:
    text = " ".join(text_of(french).split())
    at = text.find("1 / ")
    for section in SECTIONS[1:]:
        at = text.find(WORDS[section].fr, at + 1)
        assert at > 0, section


def test_its_figures_are_those_of_the_layers(french: bytes, store: Store) -> None:
    text = " ".join(text_of(french).split())
    buildings = store.frame("exposed_buildings")
    certain = int((buildings["sureness"] == "certain").sum())
    assert f"{len(buildings)} bâtiments privés" in text
    assert f"{certain} de façon certaine" in text
    for row in buildings.head(40).to_dict("records"):
        assert building_name(row) in text
    for label in store.frame("cameras")["label"]:
        assert label in text
    assert "SPÉCIMEN" in text
    assert "à vérifier sur place" in text
    for word in ("infraction", "illégal", "espionn", "viole"):
        assert word not in text.lower()


def test_it_is_the_same_bytes_twice(french: bytes, store: Store) -> None:
    assert report(store, "fr", 1) == french


def test_both_languages_say_the_same_with_the_same_figures() -> None:
    for word in (*WORDS.values(), *METHODS):
        assert sorted(re.findall(r"\{\w+\}", word.en)) == sorted(re.findall(r"\{\w+\}", word.fr))


def test_a_store_without_cameras_has_a_report_of_its_papers(tmp_path: Path) -> None:
    record = BuildRecord(datetime(2026, 1, 1, tzinfo=UTC), "visavis", {})
    write_store(str(tmp_path / "empty.gpkg"), publish({}), record)
    store = open_store(str(tmp_path / "empty.gpkg"))
    try:
        assert record.build_id in text_of(report(store, "en"))
    finally:
        store.close()


def test_another_language_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="no words in 'de'"):
        report(store, "de")


def test_a_bundle_takes_it_along(store: Store, tmp_path: Path) -> None:
    new_key(tmp_path / "k")
    seal(
        store,
        Papers(),
        read_signer(tmp_path / "k"),
        tmp_path / "b.zip",
        reports=[("report-en.pdf", lambda: b"%PDF-")],
    )
    assert verify(tmp_path / "b.zip").faults == ()
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert archive.read("report-en.pdf") == b"%PDF-"


def test_the_commands_seal_and_verify_a_bundle(built_town: Outcome, town_store: Path, tmp_path: Path) -> None:
    del built_town

    def visavis(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "visavis", *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    assert visavis("key", "new", "-o", "k").returncode == 0
    asked = ("export", str(town_store), "--format", "bundle", "--no-report", "-o", "b.zip")
    assert visavis(*asked, "--key", "k").returncode == 0
    told = visavis("verify", "b.zip", "--key", "k.pub", "--json")
    assert told.returncode == 0
    assert json.loads(told.stdout)["whole_and_signed"] is True
