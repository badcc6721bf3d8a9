"""The papers over HTTP: dossiers whole, authorities side by side, documents, and what is new."""

from __future__ import annotations

from urllib.parse import quote

import httpx
import pytest

from visavis.model.vocabulary import QUESTIONS


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
