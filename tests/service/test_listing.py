"""What the map says, without a map and without a script: `/list` in words, `/overview.svg` as one drawing."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from xml.etree import ElementTree

import httpx
import pytest
from tests.service.server import running
from tests.web import corner

from visavis.service import Settings
from visavis.store import write_store

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    file = tmp_path_factory.mktemp("listed") / "corner.gpkg"
    write_store(str(file), corner.tables(), corner.record())
    with running(Settings(store=str(file))) as where, httpx.Client(base_url=where) as client:
        yield client


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            (
                "certain, 100 %",
                "could recognise someone known",
                "Cameras near the mill",
                "not known",
                "180° ± 6.0°",
            ),
        ),
        ("fr", ("certain, 100 %", "reconnaître une personne connue", "inconnue", "tout autour")),
    ],
)
def test_the_list_says_in_words_what_the_map_shows_and_holds_no_script(
    client: httpx.Client, language: str, sentences: tuple[str, ...]
) -> None:
    answer = client.get("/list", params={"f": "html", "lang": language})
    for sentence in sentences:
        assert sentence in answer.text
    assert answer.text.index("1 Rue du Pré") < answer.text.index("2 Rue de l’École")
    assert "<script" not in answer.text
    assert corner.HOSTILE not in answer.text
    assert len(gzip.compress(answer.content)) <= 60_000


def test_each_building_of_the_list_leads_to_what_views_it(client: httpx.Client) -> None:
    exposures = client.get("/collections/exposures/items", params={"building_id": "osm:way/1", "f": "html"})
    assert exposures.status_code == 200
    assert "building_id=osm%3Away%2F1" in client.get("/list?f=html").text.replace("osm:", "osm%3A")
    told = client.get("/list?f=json").json()
    assert [row["building_id"] for row in told["buildings"]][:2] == ["osm:way/1", "osm:way/2"]


def test_the_overview_draws_every_exposed_building_and_camera_once(client: httpx.Client) -> None:
    answer = client.get("/overview.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    drawn = ElementTree.fromstring(answer.content)  # noqa: S314  (our own)
    assert len(drawn.findall(f"{SVG}path")) == 4
    assert [title.text for title in drawn.iterfind(f"{SVG}circle/{SVG}title")][-1] == corner.HOSTILE
    plain = client.get("/overview.svg", params={"plain": "yes"})
    assert plain.text.count("<circle") == answer.text.count("<circle")
    assert len(ElementTree.fromstring(plain.content).findall(f"{SVG}path")) == 3  # noqa: S314  (one for each sureness)
    assert corner.HOSTILE not in plain.text
    assert len(plain.content) < len(answer.content)
    again = client.get("/overview.svg", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
