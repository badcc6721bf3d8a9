"""Pictures over HTTP: what they are, who may have them, how often they are drawn."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest
import shapely
from starlette.exceptions import HTTPException
from tests.service.server import running
from tests.views.towns import cameras, fixed, garden, house, spaces

from visavis.layers import publish
from visavis.model.provenance import BuildRecord, Source
from visavis.service import Settings
from visavis.service.pictures import Drawings
from visavis.store import write_store

LOOK = {"hfov_deg": 90.0, "vfov_deg": 60.0, "pixels": 1000.0, "tilt_deg": 5.0, "height_m": 5.0}
ONE = "/pictures/d%2Fone"


def _town(file: Path, **more: Any) -> None:
    built = spaces(
        house("h", shapely.box(10, -2, 20, 4), 8.0),
        garden("g", shapely.box(5, -3, 10, 2)),
        house("wide", shapely.box(300, -900, 1200, 900), 9.0),
    )
    rows = cameras(
        fixed("d/one", azimuth_deg=90.0, label="C1", model_id="IPC6525-Z30", **LOOK | more),
        fixed("d/lost", azimuth_deg=None, label="C2", **LOOK),
        fixed("d/shut-in", x=750.0, azimuth_deg=0.0, label="C3", **LOOK),
    )
    source = Source("s", "Town", "CC0-1.0", "A town (invented)", invented=True)
    record = BuildRecord(
        datetime(2026, 5, 4, tzinfo=UTC), "visavis", {"max_range_m": 100.0, **more}, (source,)
    )
    write_store(str(file), publish({"cameras": rows, "spaces": built}), record)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pictured") / "town.gpkg"
    _town(file)
    return file


@pytest.fixture(scope="module")
def client(file: Path) -> Iterator[httpx.Client]:
    with running(Settings(store=str(file))) as where, httpx.Client(base_url=where, timeout=120) as asking:
        yield asking


@pytest.mark.slow
def test_a_camera_links_to_its_picture_as_svg_and_png(client: httpx.Client) -> None:
    links = client.get("/collections/cameras/items/d%2Fone").json()["links"]
    found = {each["type"]: each["href"] for each in links if each["rel"] == "preview"}
    assert set(found) == {"image/svg+xml", "image/png"}
    for kind, href in found.items():
        answer = client.get(href)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == kind
    assert client.get(found["image/png"]).content.startswith(b"\x89PNG")
    assert "<title>Camera C1" in client.get(found["image/svg+xml"]).text
    spaces = client.get("/collections/spaces/items/h").json()["links"]
    assert not [each for each in spaces if each["rel"] == "preview"]


@pytest.mark.slow
def test_its_words_and_figures_come_in_both_languages(client: httpx.Client) -> None:
    english, french = (client.get(f"{ONE}.json?lang={lang}&masks=yes").json() for lang in ("en", "fr"))
    assert english["title"].startswith("Camera C1")
    assert french["title"].startswith("Caméra C1")
    assert english["masks_supported"] == 32
    assert 1 <= english["masks"] <= 32
    assert english["private_share_left"] == 0.0
    assert any("stores 32, shows 8 at a time" in line for line in english["captions"]["masks"])
    assert any("Masques suggérés" in line for line in french["captions"]["masks"])
    assert "masks" not in client.get(f"{ONE}.json").json()


def test_a_plain_picture_has_the_numbers_of_its_masks_and_no_other_words(client: httpx.Client) -> None:
    root = ET.fromstring(client.get(f"{ONE}.svg?plain=yes&masks=yes").text)  # noqa: S314
    texts = [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts
    assert all(text.isdigit() for text in texts)
    assert float(root.get("width") or 0) <= 480


@pytest.mark.slow
def test_a_known_picture_is_not_sent_again_and_a_new_build_draws_a_new_one(tmp_path: Path) -> None:
    store = tmp_path / "town.gpkg"
    _town(store)
    with running(Settings(store=str(store))) as where, httpx.Client(base_url=where, timeout=120) as client:
        first = client.get(f"{ONE}.svg")
        known = {"If-None-Match": first.headers["etag"]}
        assert client.get(f"{ONE}.svg", headers=known).status_code == 304
        assert client.get(f"{ONE}.svg").content == first.content
        _town(store, height_m=9.0)
        fresh = client.get(f"{ONE}.svg", headers=known)
        assert fresh.status_code == 200
        assert "Lens 9.0 m above ground" in fresh.text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/pictures/nobody.svg", 404, "cameras has no feature 'nobody'"),
        ("/pictures/C1.svg", 404, "no feature 'C1'"),
        (f"{ONE}.gif", 404, "no picture 'gif'"),
        ("/pictures/", 404, None),
        ("/pictures/d%2Fshut-in.svg", 404, "stands inside a building"),
        (f"{ONE}.svg?lang=de", 400, "lang is 'de'"),
        (f"{ONE}.svg?masks=", 400, "masks is ''"),
        (f"{ONE}.svg?width=9999", 400, "'width' is not a parameter here"),
        (f"{ONE}.svg?lang=en&lang=fr", 400, "lang is given twice"),
        (f"{ONE}.svg?mode=reach", 400, "has no mode 'reach'"),
        ("/pictures/d%2Flost.svg?masks=yes", 400, "nobody knows which way it looks"),
    ],
)
def test_what_can_t_be_drawn_is_a_problem_told(
    client: httpx.Client, path: str, status: int, says: str | None
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert says is None or says in answer.json()["detail"]
    assert client.post(f"{ONE}.svg").status_code == 405


def test_an_operator_may_draw_none(file: Path) -> None:
    settings = Settings(store=str(file), pictures=False)
    with running(settings) as where, httpx.Client(base_url=where) as client:
        assert client.get(f"{ONE}.svg").status_code == 404
        links = client.get("/collections/cameras/items/d%2Fone").json()["links"]
        assert not [each for each in links if each["rel"] == "preview"]
        assert "/pictures/{file}" not in json.loads(client.get("/api").text)["paths"]


def test_the_interface_tells_of_pictures(client: httpx.Client) -> None:
    told = client.get("/api").json()["paths"]["/pictures/{file}"]["get"]
    assert {each["name"] for each in told["parameters"]} == {"file", "lang", "mode", "masks", "plain"}


def test_what_was_drawn_is_kept_until_the_room_is_full() -> None:
    drawings, drawn = Drawings(most_bytes=25), []

    def draw(name: str) -> bytes:
        def now() -> dict[str, bytes]:
            drawn.append(name)
            return {"svg": name.encode() * 9, "json": b"{}"}

        assert drawings.drawn((name,), "json", now) == b"{}"
        return drawings.drawn((name,), "svg", now)

    for name in ("a", "b", "a", "c", "a", "b"):
        assert draw(name) == name.encode() * 9
    # The third found no room beside the first two: the one longest not asked for went.
    assert drawn == ["a", "b", "c", "b"]


def test_one_picture_is_drawn_at_a_time_and_who_comes_when_too_many_wait_is_sent_away() -> None:
    drawings = Drawings(most_waiting=1)
    begun, go_on = threading.Event(), threading.Event()
    at_once, most = 0, 0
    results: list[bytes] = []

    def draw() -> dict[str, bytes]:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        begun.set()
        assert go_on.wait(20)
        at_once -= 1
        return {"svg": b"picture"}

    def ask(key: str) -> None:
        results.append(drawings.drawn((key,), "svg", draw))

    first = threading.Thread(target=ask, args=("one",))
    first.start()
    assert begun.wait(20)
    second = threading.Thread(target=ask, args=("one",))
    second.start()
    while not drawings.full:
        assert second.is_alive()
        second.join(0.01)
    with pytest.raises(HTTPException) as refused:
        drawings.drawn(("two",), "svg", draw)
    assert refused.value.status_code == 503
    assert refused.value.headers == {"Retry-After": "5"}
    go_on.set()
    for thread in (first, second):
        thread.join(20)
    # The second found what the first had drawn.
    assert (results, most) == ([b"picture"] * 2, 1)
