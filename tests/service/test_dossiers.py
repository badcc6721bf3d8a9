"""The papers over HTTP: dossiers whole, authorities side by side, documents, and what is new."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from tests.service.server import running
from tests.store.by_hand import record, rows, street

from visavis.model.provenance import BuildRecord, Source
from visavis.model.vocabulary import QUESTIONS
from visavis.service import Settings
from visavis.store import write_store


def test_authorities_stand_side_by_side_by_the_six_questions(client: httpx.Client) -> None:
    told = client.get("/authorities", params={"f": "json"}).json()
    assert [each["code"] for each in told["questions"]] == list(QUESTIONS)
    assert len(told["authorities"]) > 0


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "Authorities side by side"), ("fr", "Les autorités côte à côte")]
)
def test_people_read_the_comparison_in_their_language(client: httpx.Client, lang: str, words: str) -> None:
    page = client.get("/authorities", params={"f": "html", "lang": lang})
    assert page.headers["content-type"].startswith("text/html")
    assert words in page.text


@pytest.mark.slow
def test_a_dossier_is_told_whole_and_one_that_is_not_there_is_not_found(client: httpx.Client) -> None:
    own = client.get("/authorities", params={"f": "json"}).json()["authorities"][0]["disclosure_id"]
    told = client.get(f"/dossiers/{quote(own, safe='')}", params={"f": "json"}).json()
    assert told["disclosure_id"] == own
    assert {"claims", "contradictions", "documents", "timeline"} <= set(told)
    assert client.get(f"/dossiers/{quote(own, safe='')}", params={"f": "html"}).status_code == 200
    assert client.get("/dossiers/nowhere").status_code == 404
    assert client.get("/documents/nowhere").status_code == 404


def test_the_feed_names_each_document_which_can_be_asked_for(client: httpx.Client) -> None:
    answer = client.get("/feed.json")
    assert answer.headers["content-type"].startswith("application/feed+json")
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    documents = [item for item in feed["items"] if "/documents/" in item["url"]]
    assert documents
    assert all(client.get(item["url"]).status_code == 200 for item in documents)


@pytest.mark.slow
def test_a_dossier_s_page_tells_its_findings_with_the_papers_that_they_rest_on(
    tmp_path: Path, page: Path
) -> None:
    [finding] = rows()["findings"]
    own = {"disclosure_id": "xx/street/2026-map", "document_ids": "xx/street/2026-map/sheet.pdf"}
    many = [finding | own | {"finding_id": f"sheet.one/{number:04}"} for number in range(150)]
    write_store(str(tmp_path / "a.gpkg"), street(findings=many), record())
    with running(Settings(store=str(tmp_path / "a.gpkg")), page=page) as where:
        text = httpx.get(f"{where}/dossiers/xx%2Fstreet%2F2026-map?f=html&lang=fr").text
    assert text.count("s&#39;écarte de 3,5 m") == 100
    assert "/collections/documents/items/xx%2Fstreet%2F2026-map%2Fsheet.pdf" in text
    assert "Tous les constats" in text


REAL = "fr/town/2026-map"
HOSTILE = "<img src=x onerror=alert(1)>"
WHOLE = "Invented data"
PART = "Invented in part"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, page: Path) -> Iterator[httpx.Client]:
    """An invented dossier and a real one in one store."""
    file = tmp_path_factory.mktemp("both") / "both.gpkg"
    [invented] = rows()["disclosures"]
    [paper] = rows()["documents"]
    tables = street(
        disclosures=[invented, invented | {"disclosure_id": REAL, "invented": False, "title": HOSTILE}],
        documents=[paper, paper | {"document_id": f"{REAL}/a", "disclosure_id": REAL}],
    )
    sources = (*record().sources, Source(REAL, "A real map", "CC0-1.0", "A real town"))
    write_store(str(file), tables, record(sources=sources))
    with running(Settings(store=str(file)), page=page) as where, httpx.Client(base_url=where) as asking:
        yield asking


@pytest.mark.parametrize(
    ("address", "marks"),
    [
        ("/dossiers/fr%2Ftown%2F2026-map", (False, False)),
        ("/dossiers/xx%2Fstreet%2F2026-map", (True, False)),
        ("/authorities", (True, False)),
        (f"/collections/documents/items/{quote(REAL + '/a', safe='')}", (False, False)),
        ("/collections/documents/items/xx%2Fstreet%2F2026-map%2Fsheet.pdf", (True, False)),
        ("/collections/cameras/items/osm:node%2F42", (True, False)),
        ("/collections/exposed_buildings/items/osm:way%2F1", (False, True)),
        ("/collections/cameras/items", (False, True)),
        ("/collections", (False, True)),
    ],
)
def test_a_mark_stands_where_something_is_invented_and_nowhere_else(
    both: httpx.Client, address: str, marks: tuple[bool, bool]
) -> None:
    text = both.get(address, params={"f": "html", "lang": "en"}).text
    assert (WHOLE in text, PART in text) == marks
    assert HOSTILE not in text


def test_programs_are_told_which_sources_are_invented(both: httpx.Client) -> None:
    told = both.get("/collections/documents/items", params={"f": "json"}).json()
    assert (told["invented"], told["invented_in"]) == (True, ["xx/street/2026-map"])
    own = [
        both.get(f"/collections/documents/items/{quote(name, safe='')}", params={"f": "json"}).json()
        for name in (f"{REAL}/a", "xx/street/2026-map/sheet.pdf")
    ]
    assert [each["invented"] for each in own] == [False, True]
    assert both.get("/build").json()["invented_in"] == ["xx/street/2026-map"]
    assert both.get("/exports/cameras.geojson").json()["invented_in"] == ["xx/street/2026-map"]
    for form in ("kml", "gpkg"):
        assert b"nvented in part" in both.get(f"/exports/cameras.{form}").content


def sources(*named: tuple[str, bool]) -> BuildRecord:
    return record(sources=tuple(Source(name, name, "CC0-1.0", name, invented=flag) for name, flag in named))


@pytest.mark.parametrize(
    ("told", "invented", "in_part"),
    [
        (sources(("xx/a/b", True), ("town.osm", True), ("camera-models", False)), True, ()),
        (sources(("zz/c/cameras", False), ("town.osm", True), ("camera-models", False)), True, ()),
        (sources(("xx/a/b", True), ("fr/a/b", False)), True, ("xx/a/b",)),
        (sources(("xx/a/b", True), ("zz/c/openstreetmap", False)), True, ("xx/a/b",)),
        (sources(("fr/a/b", False), ("osm", False)), False, ()),
    ],
)
def test_a_build_is_invented_as_a_whole_unless_a_real_dossier_stands_in_it(
    told: BuildRecord, invented: bool, in_part: tuple[str, ...]
) -> None:
    assert (told.invented, told.invented_in) == (invented, in_part)
    assert (told.mark is None) == (not invented)
    assert told.is_invented() == (invented and not in_part)
