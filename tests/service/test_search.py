"""Search over the papers: every word, folded, in what order, as JSON and as a page; a large dossier too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.service.server import running
from tests.store.by_hand import filled, record, rows, street

from visavis.layers import LAYERS
from visavis.model.folding import fold, words_of
from visavis.model.provenance import Source
from visavis.service import Settings
from visavis.service.index import SEARCHED, Index
from visavis.store import write_store

REAL = "fr/town/2021-cameras"
HOSTILE = "<script>alert('plaques')</script>"


def claim(number: int, **more: object) -> dict[str, object]:
    return {
        "claim_id": f"{REAL}/claim-{number}",
        "disclosure_id": REAL,
        "subject": "cameras_installed",
        "value": str(2_170 + number),
        "stated_by": f"speaker {number % 9}",
        **more,
    }


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, page: Path) -> Iterator[httpx.Client]:
    """A service over an invented dossier and a real one with ten thousand claims."""
    file = tmp_path_factory.mktemp("large") / "large.gpkg"
    [invented] = rows()["disclosures"]
    claims = [claim(number) for number in range(10_000)]
    claims[77] = claim(77, value="217", quote="les caméras de l'Hôtel de Ville, rue de l'Œuvre")
    claims[78] = claim(78, quote=HOSTILE)
    tables = street(
        disclosures=[invented, invented | {"disclosure_id": REAL, "authority": "Éville", "invented": False}],
        claims=claims,
    )
    told = record()
    sources = (*told.sources, Source(REAL, "Cameras", "CC0-1.0", "Éville"))
    write_store(str(file), tables, record(sources=sources))
    with running(Settings(store=str(file)), page=page) as where, httpx.Client(base_url=where) as client:
        yield client


def found(client: httpx.Client, query: str, **more: str | int) -> list[str]:
    answer = client.get("/search", params={"q": query, "f": "json", "limit": 100, **more})
    assert answer.status_code == 200
    return [each["id"] for each in answer.json()["results"]]


@pytest.mark.slow
@pytest.mark.parametrize(
    "query", ["hotel ville", "HÔTEL", "œuvre", "oeuvre cameras", "l'hôtel", "ho\u0302tel", "hôt vil"]
)
def test_case_accents_and_beginnings_of_words_are_folded(large: httpx.Client, query: str) -> None:
    assert found(large, query) == [f"{REAL}/claim-77"]


def test_a_number_is_meant_whole(large: httpx.Client) -> None:
    assert found(large, "217") == [f"{REAL}/claim-77"]


def test_every_word_is_asked_for(large: httpx.Client) -> None:
    assert found(large, "hôtel nowhere") == []


def test_codes_are_found_by_their_words_in_both_languages(large: httpx.Client) -> None:
    installed = large.get("/search", params={"q": "caméras installées", "f": "json"}).json()
    assert installed["matched"] == 10_000
    assert [each["layer"] for each in found_rows(large, "communiqué")] == [
        "disclosures",
        "disclosures",
        "documents",
    ]


def found_rows(client: httpx.Client, query: str) -> list[dict[str, str]]:
    told: list[dict[str, str]] = client.get("/search", params={"q": query, "f": "json"}).json()["results"]
    return told


def test_an_authority_is_found_and_only_the_invented_dossier_is_marked(large: httpx.Client) -> None:
    marks = {each["disclosure_id"]: each["invented"] for each in found_rows(large, "disclosed")}
    assert marks == {REAL: False, "xx/street/2026-map": True}
    assert [each["disclosure_id"] for each in found_rows(large, "eville")] == [REAL]
    page = large.get("/search", params={"q": "eville", "f": "html", "lang": "en"}).text
    assert "Invented data" not in page
    assert "Invented data" in large.get("/search", params={"q": "street", "f": "html", "lang": "en"}).text


def test_pages_of_results_lead_to_one_another_and_hold_each_once(large: httpx.Client) -> None:
    seen: list[str] = []
    address: str | None = "/search?q=speaker&in=claims&limit=100&offset=9700&f=json"
    while address:
        told = large.get(address).json()
        seen += [each["id"] for each in told["results"]]
        address = next((each["href"] for each in told["links"] if each["rel"] == "next"), None)
    assert len(seen) == len(set(seen)) == 300


def test_a_page_without_a_script_marks_what_was_meant_and_escapes_the_rest(large: httpx.Client) -> None:
    page = large.get("/search", params={"q": "plaques", "f": "html", "lang": "fr"})
    assert HOSTILE not in page.text
    assert "<mark>plaques</mark>" in page.text
    assert "<script" not in page.text
    assert "1 trouvé" in page.text
    echoed = large.get("/search", params={"q": '"><img src=x>', "f": "html"}).text
    assert "<img" not in echoed


def test_where_a_row_stands_and_its_dossier_can_be_opened(large: httpx.Client) -> None:
    [row] = large.get("/search", params={"q": "hôtel", "f": "json"}).json()["results"]
    for address in row["links"].values():
        assert large.get(address).status_code == 200


def test_a_dossier_and_a_layer_can_be_named(large: httpx.Client) -> None:
    assert found(large, "disclosed", **{"in": "documents"}) == ["xx/street/2026-map/sheet.pdf"]
    assert found(large, "disclosed", dossier=REAL) == [REAL]


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "x" * 201},
        {"q": "a", "in": "nowhere"},
        {"q": "a", "limit": "0"},
        {"q": "a", "offset": "-1"},
    ],
)
def test_what_is_not_understood_is_refused(large: httpx.Client, asked: dict[str, str]) -> None:
    assert large.get("/search", params=asked).status_code == 400


def test_nothing_asked_is_a_page_to_ask_on(large: httpx.Client) -> None:
    assert large.get("/search", params={"f": "json"}).json()["matched"] == 0
    assert '<input id="words"' in large.get("/search", params={"f": "html"}).text


@pytest.mark.slow
def test_pages_and_the_landing_lead_to_the_search(large: httpx.Client) -> None:
    for address in ("/?f=html", "/authorities?f=html", "/dossiers/fr%2Ftown%2F2021-cameras?f=html"):
        assert "/search" in large.get(address).text
    assert "/search" in large.get("/api?f=json").json()["paths"]
    assert any(each["rel"] == "search" for each in large.get("/?f=json").json()["links"])


@settings(max_examples=40)
@given(st.lists(st.text(max_size=12), min_size=1, max_size=6), st.data())
def test_any_word_of_a_row_finds_the_row(quotes: list[str], data: st.DataObject) -> None:
    table = LAYERS["claims"].table
    told = [
        ("claims", {**dict.fromkeys(table.columns), **filled(table, claim(number, quote=quote, value=None))})
        for number, quote in enumerate(quotes)
    ]
    index = Index.of(told)
    at = data.draw(st.integers(0, len(quotes) - 1))
    for word in words_of(quotes[at]):
        assert f"{REAL}/claim-{at}" in {hit.entry.id for hit in index.find(word.folded)}
        assert f"{REAL}/claim-{at}" in {hit.entry.id for hit in index.find(fold(word.folded.upper()))}


def test_every_searched_layer_is_one_of_a_dossier() -> None:
    assert all("disclosure_id" in LAYERS[name].table.columns for name in SEARCHED)
