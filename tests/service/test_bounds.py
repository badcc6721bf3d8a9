"""What the service refuses, and how: nothing that is asked breaks it, writes, or is written down."""

from __future__ import annotations

import json
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlparse

import httpx
import pytest
from tests.service.server import running, running_apart
from tests.store.by_hand import LAT, LON

from visavis.service import Settings
from visavis.service.bounding import MOST_ADDRESS_BYTES

ATTACKS = [
    "' OR '1'='1",
    "'; DROP TABLE cameras; --",
    '"; DELETE FROM visavis_features; --',
    "1 UNION SELECT sql FROM sqlite_master",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "%00",
    "\x00",
    "\r\nSet-Cookie: a=b",
    "${jndi:ldap://x}",
    "𝕊𝕌𝕊" * 50,
    "null",
    "NaN",
    "1e400",
    "-" * 300,
    "(" * 300,
    "[" * 300,
]

ADDRESSES = [
    "/collections/{}",
    "/collections/{}/items",
    "/collections/cameras/items/{}",
    "/exports/{}",
    "/collections/{}/tiles",
    "/collections/cameras/tiles/WebMercatorQuad/{}/0/0",
    "/pictures/{}",
]


def problem(answer: httpx.Response, *statuses: int) -> dict[str, object]:
    assert answer.status_code in statuses, (answer.status_code, answer.text[:300])
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, object] = answer.json()
    assert told["detail"]
    assert told["remedy"]
    assert len(answer.content) < 1_500
    return told


@pytest.mark.slow
def test_every_parameter_takes_an_attack_as_a_word_or_refuses_it(
    client: httpx.Client, store_file: Path
) -> None:
    before = store_file.read_bytes()
    api = client.get("/api").json()
    shared = api["components"]["parameters"]
    tried = 0
    for path, told in api["paths"].items():
        if path.split("/")[-1] == "items" and "{" not in path and "cameras" not in path:
            continue  # the layers are alike
        here = path.replace("{collectionId}", "cameras").replace("{featureId}", "osm:node%2F42")
        here = here.replace("/pictures/{file}", "/pictures/osm:node%2F42.json").replace(
            "{file}", "cameras.geojson"
        )
        here = here.replace("{tileMatrix}/{tileRow}/{tileCol}", "0/0/0").replace("{kind}", "foi")
        given = [
            shared.get(each.get("$ref", "").rpartition("/")[2], each)
            for each in told["get"].get("parameters", [])
        ]
        for parameter in (each for each in given if each["in"] == "query"):
            for attack in ATTACKS:
                name = "label" if parameter["name"] == "queryables" else parameter["name"]
                answer = client.get(here, params={name: attack})
                tried += 1
                # A letter is about a camera or a dossier, and none has the name of an attack.
                refused = (400, 404) if name in ("camera", "dossier") else (400,)
                assert answer.status_code in (200, *refused), (here, name, attack, answer.text[:200])
                assert "set-cookie" not in answer.headers
                if answer.status_code == 200:
                    assert answer.headers["content-type"].startswith(("application/", "text/html", "image/"))
    for attack in ATTACKS:
        for here in ADDRESSES:
            answer = client.get(here.format(quote(attack, safe="")))
            assert answer.status_code in (400, 404), (here, attack)
    assert tried > 300
    assert store_file.read_bytes() == before
    with sqlite3.connect(store_file) as database:
        assert database.execute("SELECT COUNT(*) FROM cameras").fetchone() == (15,)


def test_a_page_shows_an_attack_as_text(client: httpx.Client) -> None:
    asked = {"f": "html", "filter": "label = '<script>alert(1)</script>'"}
    page = client.get("/collections/cameras/items", params=asked)
    assert page.status_code == 200
    assert "<script" not in page.text
    assert "&lt;script&gt;" in page.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"bbox": "nan,nan,nan,nan"}, "bbox"),
        ({"bbox": "1,2,inf,4"}, "bbox"),
        ({"filter": "S_INTERSECTS(geometry, BBOX(1, 1e999, 2, 3))"}, "filter"),
        ({"filter": "(" * 900 + "TRUE" + ")" * 900}, "deep"),
        ({"filter": "NOT " * 1000 + "TRUE"}, "deep"),
        ({"filter": "S_INTERSECTS(geometry, POLYGON((" + ",".join(["1 2"] * 1000) + ")))"}, "sound|read"),
        ({"sortby": "kind,kind"}, "sortby"),
        ({"sortby": "-nothing"}, "nothing"),
        ({"properties": "kind,nothing"}, "nothing"),
        ({"sortby": "kind", "after": "[1"}, "after"),
        ({"sortby": "kind", "after": '["a", NaN]'}, "after"),
        ({"sortby": "kind", "after": '["a"]'}, "order"),
        ({"filter-crs": "EPSG:4326"}, "filter-crs"),
        ({"lang": "de"}, "lang"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_remedy(
    client: httpx.Client, query: dict[str, str], said: str
) -> None:
    told = problem(client.get("/collections/cameras/items", params=query), 400)
    assert any(word in str(told["detail"]) for word in said.split("|"))


def test_a_box_across_the_antimeridian_is_two_boxes(client: httpx.Client) -> None:
    def number(query: dict[str, str]) -> int:
        return int(client.get("/collections/cameras/items", params=query).json()["numberMatched"])

    assert number({"bbox": f"{LON - 1},{LAT - 1},{LON - 2},{LAT + 1}"}) == 15  # all but a slice
    assert number({"bbox": f"{LON + 1},{LAT - 1},{LON - 1},{LAT + 1}"}) == 0
    box = f"S_INTERSECTS(geometry, BBOX({LON - 1}, {LAT - 1}, {LON - 2}, {LAT + 1}))"
    assert number({"filter": box}) == 15


def test_an_address_that_is_too_long_is_refused(client: httpx.Client) -> None:
    polygon = "POLYGON((" + ",".join(f"{n / 1e6:.6f} 1" for n in range(3_000)) + "))"
    asked = {"filter": f"S_INTERSECTS(geometry, {polygon})"}
    problem(client.get("/collections/cameras/items", params=asked), 414)


@pytest.fixture(scope="module")
def apart(store_file: Path) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as environment:
        for name, value in {"LOG": "requests", "METRICS": "true", "MAX_URL_BYTES": "200000"}.items():
            environment.setenv(f"VISAVIS_{name}", value)
        with running_apart(store_file) as (address, server):
            yield address
            server.terminate()
            told = server.communicate(timeout=20)[0]
            lines = [json.loads(line) for line in told.splitlines()]
            assert any(line["event"] == "answered" and line["layer"] == "cameras" for line in lines)
            for secret in ("127.0.0.1", "osm:node", "4.35", "bbox", "label", "Rue"):
                assert secret not in told, secret  # who asked, and for which place, is nobody's business


def test_a_hundred_megabytes_of_address_are_refused_and_not_kept(apart: str) -> None:
    where = urlparse(apart)
    block = b"x" * 1_000_000
    with socket.create_connection((where.hostname, where.port or 80), timeout=30) as line:
        line.sendall(b"GET /collections/cameras/items?filter=")
        try:
            for _ in range(100):
                line.sendall(block)
        except OSError:
            pass  # it hung up
        try:
            said = line.recv(4096).decode()
        except ConnectionError:
            said = ""
    assert said.startswith("HTTP/1.1 414"), said[:200]
    assert str(MOST_ADDRESS_BYTES) in said
    assert httpx.get(f"{apart}/readyz").status_code == 200


def test_headers_without_end_are_refused(apart: str) -> None:
    where = urlparse(apart)
    with socket.create_connection((where.hostname, where.port or 80), timeout=30) as line:
        line.sendall(
            b"GET / HTTP/1.1\r\nHost: x\r\n"
            + b"".join(b"X-%d: y%s\r\n" % (n, b"z" * 100) for n in range(2_000))
        )
        assert line.recv(4096).startswith(b"HTTP/1.1 431")


def test_what_is_no_http_is_refused(apart: str) -> None:
    where = urlparse(apart)
    with socket.create_connection((where.hostname, where.port or 80), timeout=30) as line:
        line.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        assert line.recv(4096).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(("points", "status"), [(30_000, 400), (60_000, 414), (1_000_000, 414)])
def test_a_polygon_with_a_million_points_is_refused(apart: str, points: int, status: int) -> None:
    where = urlparse(apart)
    ring = b",".join([b"1%202"] * points)
    with socket.create_connection((where.hostname, where.port or 80), timeout=30) as line:
        try:
            line.sendall(b"GET /collections/cameras/items?filter=S_INTERSECTS(geometry,POLYGON((" + ring)
            line.sendall(b"))) HTTP/1.1\r\nHost: here\r\n\r\n")
        except OSError:
            pass  # it hung up
        assert line.recv(4096).startswith(b"HTTP/1.1 %d" % status)


def test_figures_tell_what_was_answered_and_how_fast(apart: str) -> None:
    for _ in range(3):
        httpx.get(
            f"{apart}/collections/cameras/items", params={"bbox": "4.35,50.8,4.36,50.9", "label": "Rue"}
        )
    httpx.get(f"{apart}/collections/cameras/items/osm:node%2F42")
    told = httpx.get(f"{apart}/metrics").text
    line = next(
        line for line in told.splitlines() if line.startswith("visavis_answers_total") and 'items"' in line
    )
    assert 'layer="cameras"' in line
    assert float(line.rsplit(" ", 1)[1]) >= 3
    assert "visavis_seconds_bucket" in told
    assert "osm:node" not in told


def test_figures_are_told_only_where_the_operator_wants_it(client: httpx.Client) -> None:
    assert client.get("/metrics").status_code == 404


def test_who_asks_too_often_is_told_when_to_come_again(store_file: Path) -> None:
    with (
        running(Settings(store=str(store_file), rate_per_minute=5)) as address,
        httpx.Client(base_url=address) as client,
    ):
        answers = [client.get("/collections/cameras") for _ in range(7)]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
        problem(answers[-1], 429)
        assert answers[-1].headers["retry-after"] == "60"
        assert client.get("/healthz").status_code == 200


def test_what_takes_too_long_is_given_up_with_a_remedy(store_file: Path) -> None:
    slow = " OR ".join(["ACCENTI(CASEI(label)) LIKE '%é%è%ê%ë%'"] * 440)
    with (
        running(Settings(store=str(store_file), patience_s=1e-6, max_url_bytes=100_000)) as address,
        httpx.Client(base_url=address) as client,
    ):
        told = problem(client.get("/collections/cameras/items", params={"filter": slow}), 422)
        assert "takes more than" in str(told["detail"])
        assert client.get("/collections/cameras/items").status_code == 200


def test_an_answer_is_compressed_as_the_client_likes_it(client: httpx.Client) -> None:
    plain = client.get("/collections", headers={"Accept-Encoding": "identity"})
    for accept, used in (("br", "br"), ("gzip", "gzip"), ("br, gzip", "br")):
        answer = client.get("/collections", headers={"Accept-Encoding": accept})
        assert answer.headers["content-encoding"] == used
        if used == "gzip":
            assert answer.json() == plain.json()
        assert "Accept-Encoding" in answer.headers["vary"]
