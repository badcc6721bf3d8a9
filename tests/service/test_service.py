"""How the service behaves around its features: errors, caching, headers, the page, exports, new builds."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import anyio.from_thread
import httpx
import pyogrio
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from tests.service.server import running
from tests.store.by_hand import camera, record, street

from visavis.layers.legend import legend
from visavis.model.errors import StoreError
from visavis.service import Settings, create_app
from visavis.service.guarding import CONTENT_SECURITY_POLICY
from visavis.store import write_store

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nowhere", None),
        ("/collections/nowhere", "no layer is called 'nowhere'"),
        ("/collections/nowhere/items", "no layer is called 'nowhere'"),
        ("/collections/nowhere/schema", "no layer is called 'nowhere'"),
        ("/collections/cameras/items/nobody", "cameras has no feature 'nobody'"),
        ("/collections/sqlite_master/items", "no layer"),
        ("/exports/cameras.dwg", "there is no export 'cameras.dwg'"),
        ("/exports/findings.kml", "findings has no geometry"),
        ("/exports/cameras", "there is no export"),
        ("/exports/nowhere.gpkg", "no layer"),
        ("/assets/nowhere.js", None),
        ("/..%2fsecret.txt", None),
        ("/assets/..%2f..%2fsecret.txt", None),
        ("/%00", None),
    ],
)
def test_what_is_not_there_is_a_problem_told(client: httpx.Client, path: str, words: str | None) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["type"], problem["title"], problem["status"]) == ("about:blank", "Not Found", 404)
    assert words is None or words in problem["detail"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "path", ["/", "/collections", "/collections/cameras/items/x", "/exports/cameras.gpkg"]
)
def test_nothing_can_be_written(client: httpx.Client, method: str, path: str) -> None:
    answer = client.request(method, path)
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.headers["allow"].replace(" ", "").split(",")) == {"GET", "HEAD"}


@pytest.mark.parametrize("path", ["/", "/collections", "/collections/cameras/items", "/exports/cameras.gpkg"])
def test_head_tells_what_get_would(client: httpx.Client, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert head.status_code == get.status_code == 200
    assert head.content == b""
    for name in ("content-type", "etag", "cache-control"):
        assert head.headers[name] == get.headers[name]


def test_a_fault_tells_the_client_nothing_and_the_operator_where(
    store_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_: Request) -> Response:
        raise ValueError("a secret of the house")

    app = create_app(Settings(store=str(store_file)))
    app.router.routes.insert(0, Route("/fail", fail))

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
            return await client.get("/fail", headers={"Origin": "https://elsewhere.example"})

    with anyio.from_thread.start_blocking_portal() as portal:  # a loop of its own, whatever runs here
        answer = portal.call(ask)
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "secret" not in answer.text
    (told,) = map(json.loads, caplog.messages)
    assert (told["event"], told["fault"]) == ("a request failed", "ValueError")
    assert told["lines"][-1].endswith(" fail")
    assert "secret" not in caplog.text  # what was asked could stand in an error's words


def test_an_answer_that_the_client_has_is_not_sent_again(client: httpx.Client) -> None:
    paths = ["/", "/collections", "/api", "/build", "/legend", "/collections/cameras/items?limit=2"]
    paths += ["/collections/cameras/items/osm:node%2F42", "/exports/cameras.geojson", "/conformance"]
    tags = set()
    for path in paths:
        first = client.get(path)
        tag = first.headers["etag"]
        assert "no-cache" in first.headers["cache-control"]
        tags.add(tag)
        for known in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
            again = client.get(path, headers={"If-None-Match": known})
            assert again.status_code == 304, (path, known)
            assert again.content == b""
            assert again.headers["etag"] == tag
        assert client.get(path, headers={"If-None-Match": 'W/"other"'}).status_code == 200
    assert len(tags) == len(paths)


def test_what_is_not_there_is_told_also_to_a_client_that_knows_it(client: httpx.Client) -> None:
    gone = client.get("/collections/cameras/items/nobody", headers={"If-None-Match": "*"})
    assert gone.status_code == 404


@pytest.mark.slow
def test_a_new_build_is_served_at_once_and_alters_the_tags(tmp_path: Path) -> None:
    file = tmp_path / "street.gpkg"
    write_store(str(file), street(), record())
    with running(Settings(store=str(file))) as address, httpx.Client(base_url=address) as client:
        first = client.get("/collections/cameras/items")
        assert first.json()["numberMatched"] == 15
        write_store(str(file), street(cameras=[camera(1)]), record(parameters={"draws": 7}))
        known = {"If-None-Match": first.headers["etag"]}
        second = client.get("/collections/cameras/items", headers=known)
        assert second.status_code == 200
        assert second.json()["numberMatched"] == 1
        assert second.json()["build_id"] != first.json()["build_id"]
        assert client.get("/build").json()["parameters"] == {"draws": 7}

        beside = tmp_path / "beside"
        beside.write_text("no store")
        beside.replace(file)
        assert client.get("/collections/cameras/items").json()["numberMatched"] == 1
        health = client.get("/readyz").json()
        assert health["status"] == "serving an older build"
        assert health["newer_build"] == "is not a GeoPackage"
        assert str(tmp_path) not in json.dumps(health)


def test_a_store_that_breaks_is_told_without_its_place(tmp_path: Path) -> None:
    file = tmp_path / "street.gpkg"
    write_store(str(file), street(), record())
    with closing(sqlite3.connect(file)) as database:
        (number,) = database.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'visavis_features'"
        ).fetchone()
    content = bytearray(file.read_bytes())
    content[(number - 1) * 4096 : number * 4096] = b"\xff" * 4096
    file.write_bytes(content)
    with running(Settings(store=str(file))) as address, httpx.Client(base_url=address) as client:
        assert client.get("/collections").status_code == 200
        answer = client.get("/collections/cameras/items")
        assert answer.status_code == 503
        assert answer.headers["content-type"] == "application/problem+json"
        assert "street" not in answer.text
        assert client.get("/readyz").status_code == 503
        assert client.get("/healthz").status_code == 200


def test_every_answer_says_what_a_browser_may_do(client: httpx.Client) -> None:
    for path in (
        "/",
        "/collections/cameras/items",
        "/nowhere",
        "/collections?x=1",
        "/assets/index-abc123.js",
    ):
        answer = client.get(path, headers=HTML | {"Origin": "https://elsewhere.example"})
        assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["access-control-allow-origin"] == "*"
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
    asked = client.options(
        "/collections", headers={"Origin": "https://a.example", "Access-Control-Request-Method": "GET"}
    )
    assert asked.status_code == 200
    assert "GET" in asked.headers["access-control-allow-methods"]


def test_long_answers_are_compressed(client: httpx.Client) -> None:
    zipped = client.get("/collections", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/collections", headers={"Accept-Encoding": "identity"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in zipped.headers["vary"]
    assert "content-encoding" not in plain.headers
    assert zipped.json() == plain.json()


def test_a_browser_gets_the_map_and_a_program_the_landing_page(client: httpx.Client) -> None:
    map_ = client.get("/", headers=HTML)
    assert "the map" in map_.text
    assert map_.headers["content-type"].startswith("text/html")
    assert "Accept" in map_.headers["vary"]
    for headers in ({"Accept": "*/*"}, {"Accept": "application/json"}):
        assert client.get("/", headers=headers).json()["title"] == "visavis"
    assert client.get("/?f=json", headers=HTML).json()["title"] == "visavis"
    landing = client.get("/?f=html", headers={"Accept": "application/json"})
    assert "/collections?f=html" in landing.text  # the same as a page, without a script
    assert client.get("/?f=xml").status_code == 400


def test_files_of_the_page_are_kept_as_long_as_their_names_allow(client: httpx.Client) -> None:
    script = client.get("/assets/index-abc123.js")
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "javascript" in script.headers["content-type"]
    icon = client.get("/favicon.svg")
    assert icon.headers["cache-control"] == "public, no-cache"
    again = client.get("/favicon.svg", headers={"If-None-Match": icon.headers["etag"]})
    assert again.status_code == 304


def test_a_page_that_is_not_built_says_so(store_file: Path, tmp_path: Path) -> None:
    settings = Settings(store=str(store_file), title="<Here> & there")
    with running(settings, page=tmp_path / "nowhere") as address, httpx.Client(base_url=address) as client:
        answer = client.get("/", headers=HTML)
        assert answer.status_code == 200
        assert "The map is not built" in answer.text
        assert "&lt;Here&gt; &amp; there" in answer.text
        assert client.get("/collections").status_code == 200
        assert client.get("/favicon.svg").status_code == 404


def test_the_build_and_the_legend_are_told(client: httpx.Client) -> None:
    build = client.get("/build").json()
    assert build["build_id"] == record().build_id
    assert build["invented"] is True
    assert build["counts"]["cameras"] == 15
    assert build["counts"]["comparisons"] == 0
    assert [source["licence"] for source in build["sources"]] == ["CC0-1.0", "ODbL-1.0"]
    assert client.get("/legend").json() == legend()


def test_it_lives_and_is_ready(client: httpx.Client) -> None:
    ready = client.get("/readyz")
    assert ready.json() == {"status": "ok", "build_id": record().build_id, "cameras": 15}
    assert client.get("/healthz").json()["status"] == "ok"
    for path in ("/healthz", "/readyz"):
        assert client.get(path).headers["cache-control"] == "no-store"


def test_links_name_the_address_seen_from_outside(store_file: Path) -> None:
    settings = Settings(store=str(store_file), base_url="https://cameras.example/town/")
    with running(settings) as address, httpx.Client(base_url=address) as client:
        links = client.get("/collections/cameras/items?limit=1").json()["links"]
        assert {link["rel"]: link["href"] for link in links} == {
            "self": "https://cameras.example/town/collections/cameras/items?limit=1",
            "alternate": "https://cameras.example/town/collections/cameras/items?limit=1&f=html",
            "collection": "https://cameras.example/town/collections/cameras",
            "next": "https://cameras.example/town/collections/cameras/items?limit=1&after=osm%3Anode%2F42",
        }


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISAVIS_STORE", "a.gpkg")
    monkeypatch.setenv("VISAVIS_MAX_LIMIT", "5")
    monkeypatch.setenv("VISAVIS_CORS_ORIGINS", '["https://a.example"]')
    settings = Settings()
    assert (settings.store, settings.max_limit, settings.cors_origins) == (
        "a.gpkg",
        5,
        ("https://a.example",),
    )
    assert Settings(store="b.gpkg").store == "b.gpkg"


def test_an_export_is_the_layer_as_a_file(client: httpx.Client, tmp_path: Path) -> None:
    geojson = client.get("/exports/cameras.geojson")
    assert geojson.headers["content-type"] == "application/geo+json"
    assert geojson.headers["content-disposition"] == 'attachment; filename="cameras.geojson"'
    assert len(geojson.json()["features"]) == 15
    (tmp_path / "cameras.gpkg").write_bytes(client.get("/exports/cameras.gpkg").content)
    assert pyogrio.read_info(tmp_path / "cameras.gpkg", layer="cameras")["features"] == 15


def test_a_store_that_cannot_be_opened_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store there"):
        create_app(Settings(store=str(tmp_path / "nowhere.gpkg")))


@pytest.mark.slow
def test_serving_does_not_load_what_building_needs() -> None:
    script = "import sys, visavis.service; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    heavy = {"numba", "scipy", "osmium", "folium", "pyogrio", "pypdfium2", "cv2", "visavis.pipeline"}
    assert sorted(heavy & set(loaded.split())) == []
