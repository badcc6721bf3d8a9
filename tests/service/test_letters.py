"""`/letters/{kind}`: text and JSON, the law of the day, nothing of the reader."""

from __future__ import annotations

from datetime import date

import httpx
import pytest

from tools.letters import case
from visavis.letters import write
from visavis.readers.letter_templates import read_templates
from visavis.readers.reference import read_rules
from visavis.service.letters import as_told

CAMERA = "xx/street/2026-map/sheet.pdf/01"


def test_a_letter_comes_as_json_with_its_blanks(client: httpx.Client) -> None:
    told = client.get("/letters/preserve", params={"camera": CAMERA, "lang": "fr"}).raise_for_status().json()
    assert told["kind"] == "preserve"
    blanks = {blank["name"]: blank for blank in told["blanks"]}
    assert all(blank["shown"] in told["text"] for blank in blanks.values())
    assert blanks["date"]["type"] == "date"
    # The street lies nowhere, and no law is known there: the legal basis is a blank, too.
    assert blanks["legal_basis"]["shown"] == "[fondement juridique, à rechercher]"
    assert told["rules"] == []


def test_a_day_that_follows_from_another_is_told_with_how_it_follows() -> None:
    letter = write("preserve", case(), read_rules(), read_templates(), lang="fr", on=date(2026, 11, 30))
    told = as_told(letter)
    (erased,) = (blank for blank in told["blanks"] if blank["name"] == "erased_on")
    assert erased["computed"] == {"of": "filmed_on", "months": 1, "days": 0}
    assert told["rules"][0]["rule_id"] == "fr-retention"


@pytest.mark.slow
def test_a_letter_comes_as_plain_text(client: httpx.Client) -> None:
    asked = {"camera": CAMERA, "lang": "en"}
    text = client.get("/letters/foi", params={**asked, "f": "txt"}).raise_for_status()
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert text.headers["content-language"] == "en"
    assert "[your name]" in text.text
    accepted = client.get("/letters/foi", params=asked, headers={"accept": "text/plain"})
    assert accepted.text == text.text
    again = client.get(
        "/letters/foi",
        params=asked,
        headers={"if-none-match": accepted.headers["etag"], "accept": "text/plain"},
    )
    assert again.status_code == 304


def test_a_letter_about_a_whole_dossier_names_no_camera(client: httpx.Client) -> None:
    told = client.get(
        "/letters/foi", params={"dossier": "xx/street/2026-map", "lang": "en"}
    ).raise_for_status()
    assert "in particular camera" not in told.json()["text"]


def test_what_can_not_be_written_is_refused_in_one_line(client: httpx.Client) -> None:
    for path, params, status in (
        ("/letters/love", {"camera": CAMERA}, 404),
        ("/letters/foi", {"camera": "nobody"}, 404),
        ("/letters/foi", {}, 400),
        ("/letters/foi", {"camera": CAMERA, "dossier": "x"}, 400),
        ("/letters/foi", {"camera": CAMERA, "name": "Jeanne"}, 400),
        ("/letters/appeal", {"camera": CAMERA, "answer": "perhaps"}, 400),
        ("/letters/foi", {"camera": CAMERA, "lang": "de"}, 400),
    ):
        answer = client.get(path, params=params)
        assert answer.status_code == status, (path, params)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["remedy"]
