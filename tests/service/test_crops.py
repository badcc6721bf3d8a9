"""Where on its sheet a camera was read, over HTTP."""

from __future__ import annotations

import base64
from urllib.parse import quote

import httpx
import pytest
from tests.store.by_hand import PIXEL, camera

ONE = str(camera(1)["camera_id"])
CLOSED = str(camera(2)["camera_id"])
AWKWARD = "été/ça ?&#%25"


@pytest.mark.parametrize("camera_id", [ONE, AWKWARD])
def test_a_camera_leads_to_the_sheet_around_its_symbol(client: httpx.Client, camera_id: str) -> None:
    links = client.get(f"/collections/cameras/items/{quote(camera_id, safe='')}").json()["links"]
    via = {each["type"]: each["href"] for each in links if each["rel"] == "via"}
    assert set(via) == {"application/geo+json", "image/png"}
    crop = client.get(via["application/geo+json"]).json()
    assert crop["properties"]["sheet"] == "sheet.pdf"
    shown = client.get(via["image/png"])
    assert shown.headers["content-type"] == "image/png"
    assert shown.content == base64.b64decode(PIXEL)
    again = client.get(via["image/png"], headers={"If-None-Match": shown.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_sheet_that_may_not_be_shown_is_told_with_its_box(client: httpx.Client) -> None:
    links = client.get(f"/collections/cameras/items/{quote(CLOSED, safe='')}").json()["links"]
    assert [each["type"] for each in links if each["rel"] == "via"] == ["application/geo+json"]
    refused = client.get(f"/crops/{quote(CLOSED, safe='')}.png")
    assert refused.status_code == 404
    assert refused.headers["content-type"] == "application/problem+json"
    assert "licence" in refused.json()["detail"]


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/crops/nobody.png", "no sheet shows the camera 'nobody'"),
        (f"/crops/{quote(ONE, safe='')}.gif", "no crop 'gif'"),
        ("/crops/osm%3Anode%2F42.png", "no sheet shows"),
    ],
)
def test_what_is_not_there_is_a_problem_of_its_own(client: httpx.Client, path: str, says: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert says in answer.json()["detail"]


@pytest.mark.parametrize(
    ("language", "read", "refused"),
    [
        ("en", "Read from the sheet sheet.pdf, page 3", "licence is none that is known"),
        ("fr", "Lue sur le plan sheet.pdf, page 3", "licence du plan n&#39;est pas de celles"),
    ],
)
def test_a_cameras_page_shows_its_sheet_in_both_languages(
    client: httpx.Client, language: str, read: str, refused: str
) -> None:
    said = {"f": "html", "lang": language}
    page = client.get(f"/collections/cameras/items/{quote(ONE, safe='')}", params=said).text
    assert read in page
    assert f"/crops/{quote(ONE, safe=':')}.png" in page
    closed = client.get(f"/collections/cameras/items/{quote(CLOSED, safe='')}", params=said).text
    assert refused in closed
    assert "/crops/" not in closed.replace("/collections/crops/", "")
    none = client.get("/collections/cameras/items/osm%3Anode%2F42", params=said).text
    assert "sheet.pdf" not in none


def test_the_layers_own_page_shows_the_picture_and_its_list_does_not(client: httpx.Client) -> None:
    one = client.get(f"/collections/crops/items/{quote(ONE, safe='')}", params={"f": "html"}).text
    assert f'src="data:image/png;base64,{PIXEL}"' in one
    assert PIXEL not in client.get("/collections/crops/items", params={"f": "html"}).text
    column = client.get("/collections/crops/schema").json()["properties"]["picture"]
    assert (column["contentEncoding"], column["contentMediaType"]) == ("base64", "image/png")
