"""The papers over HTTP: dossiers whole, authorities side by side, documents, and what is new."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from tests.service.server import running
from tests.store.by_hand import record, rows, street

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


def test_a_real_dossier_beside_an_invented_one_is_not_called_invented(tmp_path: Path, page: Path) -> None:
    [invented] = rows()["disclosures"]
    hostile = "<img src=x onerror=alert(1)>"
    real = invented | {"disclosure_id": "fr/town/2026-map", "invented": False, "title": hostile}
    write_store(str(tmp_path / "both.gpkg"), street(disclosures=[invented, real]), record())
    with running(Settings(store=str(tmp_path / "both.gpkg")), page=page) as where:
        told = {
            own: httpx.get(f"{where}{own}?f=html&lang=en").text
            for own in ("/dossiers/fr%2Ftown%2F2026-map", "/dossiers/xx%2Fstreet%2F2026-map", "/authorities")
        }
    marked = ["Invented data" in text for text in told.values()]
    assert marked == [False, True, False]
    assert not any(hostile in text for text in told.values())
