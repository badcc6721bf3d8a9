"""OGC API Features over real HTTP."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from tests.store.by_hand import AWKWARD, LAT, LON, record, street

from visavis.layers import LAYERS
from visavis.service.coordinates import CRS84

Found = dict[str, Any]


def linked(answer: Found, rel: str) -> str:
    (href,) = [link["href"] for link in answer["links"] if link["rel"] == rel]
    return str(href)


def through_pages(client: httpx.Client, path: str) -> list[Found]:
    features: list[Found] = []
    here: str | None = path
    while here:
        answer = client.get(here).raise_for_status().json()
        assert answer["numberReturned"] == len(answer["features"]) <= 8
        features += answer["features"]
        here = next((link["href"] for link in answer["links"] if link["rel"] == "next"), None)
    assert len(features) == answer["numberMatched"]
    return features


@pytest.mark.slow
def test_every_link_leads_where_it_says(client: httpx.Client, address: str) -> None:
    waiting, seen, followed = ["/", "/?f=json"], set(), set()
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        answer = client.get(here)
        assert answer.status_code == 200, here
        if "json" not in answer.headers["content-type"] or "/exports/" in here:
            continue
        told = answer.json()
        links = [*told.get("links", []), *(link for c in told.get("collections", []) for link in c["links"])]
        for link in links:
            assert link["href"].startswith(address)
            if (link["href"], link["type"]) in followed:
                continue
            followed.add((link["href"], link["type"]))
            accept = {"Accept": link["type"]}
            found = client.get(link["href"], headers=accept)
            assert found.status_code == 200, link
            assert found.headers["content-type"].split("; charset")[0] == link["type"], link
            waiting.append(link["href"])
    assert len(seen) > 5 * len(LAYERS)


def test_the_landing_page_names_what_a_client_needs(client: httpx.Client) -> None:
    landing = client.get("/", headers={"Accept": "application/json"}).json()
    assert {"self", "service-desc", "conformance", "data"} <= {link["rel"] for link in landing["links"]}
    assert landing["invented"] is True
    conforms = client.get(linked(landing, "conformance")).json()["conformsTo"]
    for part in ("core", "geojson", "oas30"):
        assert f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{part}" in conforms


@pytest.mark.slow
def test_the_interface_is_described_as_openapi(client: httpx.Client) -> None:
    answer = client.get("/api")
    assert answer.headers["content-type"] == "application/vnd.oai.openapi+json;version=3.0"
    api = answer.json()
    assert api["openapi"].startswith("3.0")
    fill = {
        "{collectionId}": "cameras",
        "{dossierId}": "xx%2Fstreet%2F2026-map",
        "{documentId}": "xx%2Fstreet%2F2026-map%2Fsheet.pdf",
        "{featureId}": "osm:node%2F42",
        "/pictures/{file}": "/pictures/osm:node%2F42.svg",
        "/crops/{file}": "/crops/xx%2Fstreet%2F2026-map%2Fsheet.pdf%2F01.png",
    }
    fill |= {
        "{kind}": "foi?camera=osm:node%2F42",
        "{file}": "cameras.geojson",
        "{tileMatrix}/{tileRow}/{tileCol}": "0/0/0",
    }
    for path in api["paths"]:
        for name, value in fill.items():
            path = path.replace(name, value)
        assert client.get(path).status_code == 200, path
    asked = api["paths"]["/collections/cameras/items"]["get"]["parameters"]
    assert {"$ref": "#/components/parameters/limit"} in asked
    assert "kind" in {each.get("name") for each in asked}
    limit = api["components"]["parameters"]["limit"]
    assert limit["schema"] == {"type": "integer", "minimum": 1, "maximum": 8, "default": 8}


def test_each_declared_layer_is_a_collection(client: httpx.Client) -> None:
    collections = client.get("/collections").json()["collections"]
    tables = street()
    assert [collection["id"] for collection in collections] == list(LAYERS)
    for collection in collections:
        name = collection["id"]
        assert client.get(f"/collections/{name}").json() == collection
        assert collection["title"] == LAYERS[name].title.en
        assert collection["title_fr"] == LAYERS[name].title.fr
        assert collection["count"] == len(tables[name])
        assert collection["licence"] == "CC0-1.0; ODbL-1.0"
        assert collection["invented"] is True
        if LAYERS[name].table.geometry:
            assert collection["extent"]["spatial"]["bbox"][0] == pytest.approx(
                list(tables[name].total_bounds)  # type: ignore[attr-defined]
            )


@pytest.mark.parametrize("name", list(LAYERS))
@pytest.mark.parametrize("limit", [1, 3, 1_000_000])
def test_the_pages_of_a_collection_hold_each_feature_once(
    client: httpx.Client, name: str, limit: int
) -> None:
    features = through_pages(client, f"/collections/{name}/items?limit={limit}")
    assert [feature["id"] for feature in features] == list(street()[name][LAYERS[name].table.id_column])


def test_a_page_bears_its_provenance(client: httpx.Client) -> None:
    page = client.get("/collections/cameras/items?limit=2").json()
    assert page["type"] == "FeatureCollection"
    assert page["numberMatched"] == 15
    assert page["timeStamp"].endswith("Z")
    assert page["attribution"] == "Town of Street; © Somebody & <others>"
    assert page["build_id"] == record().build_id
    assert page["invented"] is True


def test_each_feature_has_an_address_whatever_its_id(client: httpx.Client) -> None:
    for name in LAYERS:
        for feature in through_pages(client, f"/collections/{name}/items"):
            alone = client.get(
                f"/collections/{name}/items/{httpx.QueryParams({'': feature['id']})}".replace(
                    "=", "", 1
                ).replace("+", "%20")
            )
            assert alone.status_code == 200, feature["id"]
            again = client.get(linked(alone.json(), "self")).json()
            assert again == alone.json()
            assert {key: again[key] for key in feature} == feature
            assert client.get(linked(again, "collection")).json()["id"] == name


def test_an_id_may_keep_its_slashes(client: httpx.Client) -> None:
    assert client.get("/collections/cameras/items/osm:node/42").json()["id"] == "osm:node/42"


def test_conditions_stay_through_the_pages(client: httpx.Client) -> None:
    box = f"{LON},{LAT},{LON + 5e-4},{LAT + 5e-4}"
    features = through_pages(client, f"/collections/cameras/items?limit=2&bbox={box}&kind=fixed")
    assert len(features) == 6
    six = f"{LON},{LAT},-5,{LON + 5e-4},{LAT + 5e-4},90"
    assert client.get(f"/collections/cameras/items?bbox={six}").json()["numberMatched"] == 6
    assert client.get("/collections/cameras/items?bbox=179,-10,-179,10").json()["numberMatched"] == 0
    assert client.get("/collections/cameras/items?bbox=170,40,-10,50&limit=1").json()["numberMatched"] == 15


def test_a_column_can_be_asked_for(client: httpx.Client) -> None:
    asked = client.get("/collections/exposures/items", params={"building_id": "osm:way/2"}).json()
    assert [feature["properties"]["building_id"] for feature in asked["features"]] == ["osm:way/2"]
    named = client.get("/collections/exposed_buildings/items", params={"name": AWKWARD}).json()
    assert named["numberMatched"] == 2


@pytest.mark.parametrize(
    ("moment", "matched"),
    [
        ("2018-12-31", 14),
        ("2019-03-01T12:00:00Z", 15),
        ("2018-01-01/2018-12-31", 14),
        ("2021-01-01/..", 13),
        ("../2018-05-01", 13),
        ("/2018-05-01", 13),
        ("../..", 15),
    ],
)
def test_cameras_can_be_asked_for_by_time(client: httpx.Client, moment: str, matched: int) -> None:
    asked = client.get("/collections/cameras/items", params={"datetime": moment}).json()
    assert asked["numberMatched"] == matched


@pytest.mark.parametrize(
    "query",
    [
        "bbox=1,2,3",
        "bbox=1,2,3,nan",
        "bbox=1,2,3,inf",
        "bbox=a,b,c,d",
        "bbox=",
        "bbox=0,10,1,5",
        "bbox=0,0,9,1,1,3",
        "bbox=0,0,200,1",
        "bbox=0,-91,1,1",
        "limit=0",
        "limit=-1",
        "limit=ten",
        "limit=1.5",
        "limit=",
        "limit=٣",
        "limit=" + "9" * 5000,
        "limit=1&limit=2",
        "datetime=yesterday",
        "datetime=2020-13-01",
        "datetime=2021-01-01/2020-01-01",
        "datetime=..",
        "datetime=",
        "datetime=2020-01-01/2020-02-01/2020-03-01",
        "colour=red",
        "geometry=x",
        "fid=1",
        "f=xml",
        "Limit=1",
        "crs=x",
        "bbox-crs=http://www.opengis.net/def/crs/EPSG/0/9999&bbox=0,0,1,1",
        "x" * 5000 + "=1",
    ],
)
def test_an_unclear_request_is_refused_with_a_remedy(client: httpx.Client, query: str) -> None:
    answer = client.get(f"/collections/cameras/items?{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["status"], problem["title"]) == (400, "Bad Request")
    assert problem["detail"]
    assert problem["remedy"]
    assert len(answer.content) < 1000


def test_the_one_crs_may_be_named(client: httpx.Client) -> None:
    named = {"crs": CRS84, "bbox-crs": CRS84, "bbox": f"{LON},{LAT},{LON + 5e-4},{LAT + 5e-4}"}
    answer = client.get("/collections/cameras/items", params=named)
    assert answer.json()["numberMatched"] == 6
    assert answer.headers["content-crs"] == f"<{CRS84}>"
    assert client.get("/collections/cameras/items/osm:node%2F42", params={"crs": CRS84}).status_code == 200
    assert client.get("/collections/cameras/items/osm:node%2F42", params={"crs": "x"}).status_code == 400


def test_text_that_means_something_to_sql_means_nothing(client: httpx.Client) -> None:
    for text in ("' OR 1=1 --", '"; DROP TABLE cameras; --', "%", "\x00", "é" * 2000):
        for name in ("label", "camera_id", "kind"):
            asked = client.get("/collections/cameras/items", params={name: text}).json()
            assert asked["numberMatched"] == 0
        assert client.get("/collections/cameras/items", params={"after": text}).status_code == 200
    assert client.get("/collections/cameras/items").json()["numberMatched"] == 15


def test_the_schema_says_what_features_hold(client: httpx.Client) -> None:
    kinds: dict[str, type | tuple[type, ...]] = {
        "string": str,
        "number": (int, float),
        "integer": int,
        "boolean": bool,
        "null": type(None),
    }
    for name, layer in LAYERS.items():
        answer = client.get(f"/collections/{name}/schema")
        assert answer.headers["content-type"] == "application/schema+json"
        schema = answer.json()
        assert list(schema["properties"]) == list(layer.table.columns)
        for feature in through_pages(client, f"/collections/{name}/items"):
            for column, value in feature["properties"].items():
                declared = schema["properties"][column]
                types = declared["type"] if isinstance(declared["type"], list) else [declared["type"]]
                assert isinstance(value, tuple(kinds[kind] for kind in types if kind)), (name, column)  # type: ignore[arg-type]
                assert "enum" not in declared or value in declared["enum"]
                assert value is None or value >= declared.get("minimum", value)
                assert (
                    value is None
                    or "exclusiveMaximum" not in declared
                    or value < declared["exclusiveMaximum"]
                )
                assert (value is None) <= (column not in schema["required"])
    cameras = client.get("/collections/cameras/schema").json()["properties"]
    assert cameras["height_m"] == {
        "title": "Height of the lens above ground",
        "type": "number",
        "x-ogc-unit": "m",
        "exclusiveMinimum": 0,
    }
    assert cameras["camera_id"]["x-ogc-role"] == "id"
    assert cameras["geometry"]["format"] == "geometry-point"


@pytest.mark.slow
def test_each_queryable_can_be_asked_by(client: httpx.Client) -> None:
    for name in LAYERS:
        told = client.get(f"/collections/{name}/queryables").json()["properties"]
        assert list(told) == list(LAYERS[name].table.columns)
        for column, declared in told.items():
            filtered = client.get(f"/collections/{name}/items", params={"filter": f"{column} IS NULL"})
            assert filtered.status_code == 200, column
            number = set(str(declared.get("type")).split("'")) & {"number", "integer"}
            value = "true" if declared.get("type") == "boolean" else "x"
            answer = client.get(f"/collections/{name}/items", params={column: value})
            assert answer.status_code == (400 if column == "geometry" or number else 200), column
