"""OGC's abstract tests, each under the name of its requirement.

Features parts 1 (17-069r4), 2 (18-058r1) and 3 (19-079r2), Tiles part 1 (20-057), CQL2 (21-065r2).
"""

from __future__ import annotations

import json
import re
from typing import Any

import httpx
import mapbox_vector_tile
import numpy as np
import pyproj
import pytest
import shapely
from tests.store.by_hand import LAT, LON, street

from visavis.layers import LAYERS
from visavis.service.conformance import CONFORMANCE
from visavis.service.coordinates import CRS84
from visavis.service.tiles import MVT

Found = dict[str, Any]
EPSG = "http://www.opengis.net/def/crs/EPSG/0/{}"
SPATIAL = [name for name, layer in LAYERS.items() if layer.table.geometry and len(street()[name])]


def items(client: httpx.Client, layer: str = "cameras", **asked: object) -> Found:
    given = {name.replace("_", "-"): str(value) for name, value in asked.items()}
    answer = client.get(f"/collections/{layer}/items", params=given)
    assert answer.status_code == 200, answer.text
    told: Found = answer.json()
    return told


def filtered(client: httpx.Client, text: str, layer: str = "cameras") -> list[str]:
    return [feature["id"] for feature in items(client, layer, filter=text)["features"]]


def refused(client: httpx.Client, **asked: str) -> None:
    given = {name.replace("_", "-"): value for name, value in asked.items()}
    assert client.get("/collections/cameras/items", params=given).status_code == 400


# Part 1: core


def test_req_core_root_success(client: httpx.Client) -> None:
    links = client.get("/?f=json").json()["links"]
    assert {"service-desc", "service-doc", "conformance", "data"} <= {link["rel"] for link in links}


def test_req_core_api_definition_success(client: httpx.Client) -> None:
    for link in client.get("/?f=json").json()["links"]:
        if link["rel"] in ("service-desc", "service-doc"):
            answer = client.get(link["href"])
            assert answer.status_code == 200
            assert answer.headers["content-type"].split("; charset")[0] == link["type"]


def test_req_core_conformance_success(client: httpx.Client) -> None:
    assert client.get("/conformance").json()["conformsTo"] == list(CONFORMANCE)


@pytest.mark.slow
def test_req_core_http(client: httpx.Client) -> None:
    for method in ("HEAD", "GET"):
        assert client.request(method, "/collections").status_code == 200
    assert client.post("/collections").status_code == 405
    assert client.get("/collections/nothing").status_code == 404


def test_req_core_query_param_unknown_and_invalid(client: httpx.Client) -> None:
    for path in (
        "/",
        "/conformance",
        "/api",
        "/collections",
        "/collections/cameras",
        "/collections/cameras/items",
    ):
        assert client.get(path, params={"unknown": "x"}).status_code == 400, path
    refused(client, limit="x")


def test_req_core_fc_md_items(client: httpx.Client) -> None:
    told = client.get("/collections").json()
    for collection in told["collections"]:
        assert {"id", "links", "itemType"} <= set(collection)
        assert {"self", "items"} <= {link["rel"] for link in collection["links"]}
        assert all({"rel", "type", "href"} <= set(link) for link in collection["links"])


def test_req_core_sfc_md_success(client: httpx.Client) -> None:
    for told in client.get("/collections").json()["collections"]:
        alone = client.get(f"/collections/{told['id']}").json()
        assert {
            name: alone[name] for name in ("id", "title", "description", "extent", "crs") if name in told
        } == {name: told[name] for name in ("id", "title", "description", "extent", "crs") if name in told}
        links = {link["rel"]: link for link in alone["links"]}
        assert client.get(links["items"]["href"], params={"limit": 1}).status_code == 200


def test_req_core_parameter_definitions(client: httpx.Client) -> None:
    """fc-limit, fc-bbox and fc-time-definition; of part 2 fc-crs-definition and fc-bbox-crs-definition."""
    document = client.get("/api").json()
    named = document["paths"]["/collections/cameras/items"]["get"]["parameters"]
    referred = [each["$ref"].rpartition("/")[2] for each in named if "$ref" in each]
    used = [document["components"]["parameters"][each] for each in referred]
    defined = {each["name"]: each for each in used}
    kinds = {"limit": "integer", "bbox": "array", "datetime": "string", "crs": "string", "bbox-crs": "string"}
    for name, kind in kinds.items():
        each = defined[name]
        assert (each["name"], each["in"], each["style"], each["explode"]) == (name, "query", "form", False)
        assert each.get("required", False) is False
        assert each["schema"]["type"] == kind
    assert {"minimum", "maximum", "default"} <= set(defined["limit"]["schema"])
    assert defined["bbox"]["schema"]["items"] == {"type": "number"}
    assert defined["crs"]["schema"]["format"] == defined["bbox-crs"]["schema"]["format"] == "uri"


def test_req_core_crs84(client: httpx.Client) -> None:
    """What names no CRS has longitude and latitude, in this order."""
    for shape in (each["geometry"] for each in items(client)["features"]):
        lon, lat = shape["coordinates"]
        assert (lon, lat) == (pytest.approx(LON, abs=0.01), pytest.approx(LAT, abs=0.01))


@pytest.mark.parametrize("name", SPATIAL)
def test_req_core_fc_md_extent(client: httpx.Client, name: str) -> None:
    west, south, east, north = client.get(f"/collections/{name}").json()["extent"]["spatial"]["bbox"][0]
    for feature in items(client, name)["features"]:
        if feature["geometry"] is not None:
            box = shapely.geometry.shape(feature["geometry"]).bounds
            assert west - 1e-6 <= box[0] <= box[2] <= east + 1e-6
            assert south - 1e-6 <= box[1] <= box[3] <= north + 1e-6


def test_req_core_fc_limit_response(client: httpx.Client) -> None:
    for limit in (1, 3, 8, 1000):
        assert len(items(client, limit=limit)["features"]) == min(limit, 8)
    for wrong in ("0", "-1", "a", "1.5"):
        refused(client, limit=wrong)


def test_req_core_fc_bbox_response(client: httpx.Client) -> None:
    table = street()["spaces"]
    for box in ((LON, LAT, LON + 3e-4, LAT + 2e-4), (LON + 6.5e-4, LAT + 1e-5, LON + 9e-4, LAT + 9e-5)):
        expected = table["space_id"][shapely.intersects(table.geometry.to_numpy(), shapely.box(*box))]  # type: ignore[attr-defined]
        found = items(client, "spaces", bbox=",".join(map(str, box)))
        assert {feature["id"] for feature in found["features"]} == set(expected)


def test_req_core_fc_time_response(client: httpx.Client) -> None:
    assert items(client, datetime="2018-01-01/2018-12-31")["numberMatched"] == 14
    refused(client, datetime="2018-99-01")


def test_req_core_fc_links_and_next(client: httpx.Client) -> None:
    answer = client.get("/collections/cameras/items", params={"limit": 4})
    links = {link["rel"]: link for link in answer.json()["links"]}
    assert {"self", "alternate", "next"} <= set(links)
    assert f'<{links["next"]["href"]}>; rel="next"' == answer.headers["link"]
    seen: list[str] = []
    here: str | None = "/collections/cameras/items?limit=4"
    while here:
        page = client.get(here).json()
        seen += [feature["id"] for feature in page["features"]]
        here = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    assert len(seen) == len(set(seen)) == page["numberMatched"]


def test_req_core_fc_time_stamp_and_numbers(client: httpx.Client) -> None:
    page = items(client, limit=2)
    assert page["timeStamp"].endswith("Z")
    assert (page["numberMatched"], page["numberReturned"]) == (15, 2)


def test_req_core_f_success(client: httpx.Client) -> None:
    feature = client.get("/collections/cameras/items/osm:node%2F42").json()
    assert feature["id"] == "osm:node/42"
    assert {"self", "alternate", "collection"} <= {link["rel"] for link in feature["links"]}


def test_req_geojson_content(client: httpx.Client) -> None:
    for name in LAYERS:
        answer = client.get(f"/collections/{name}/items")
        assert answer.headers["content-type"] == "application/geo+json"
        assert answer.json()["type"] == "FeatureCollection"


@pytest.mark.parametrize(
    "path",
    ["/?f=html", "/conformance", "/api", "/collections", "/collections/cameras", "/collections/cameras/items",
     "/collections/cameras/items/osm:node%2F42", "/collections/cameras/queryables", "/collections/cameras/schema"],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "fr"])
def test_req_html_content(client: httpx.Client, path: str, language: str) -> None:
    answer = client.get(path, headers={"Accept": "text/html", "Accept-Language": language})
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-language"] == language
    assert answer.text.startswith(f'<!doctype html>\n<html lang="{language}">')
    assert "<script" not in answer.text
    assert " style=" not in answer.text
    assert answer.text.count("<h1>") == 1
    assert 'href="#content"' in answer.text
    assert "<b>Rue" not in answer.text  # what a source wrote stays text


def test_req_oas30_oas_definition(client: httpx.Client) -> None:
    api = client.get("/api").json()
    assert api["openapi"].startswith("3.0")
    names = {each["name"] for each in api["components"]["parameters"].values()}
    assert {
        "bbox",
        "datetime",
        "limit",
        "filter",
        "filter-lang",
        "filter-crs",
        "crs",
        "bbox-crs",
        "sortby",
    } <= names


# Part 2: coordinate reference systems by reference


@pytest.mark.parametrize("name", SPATIAL)
def test_req_crs_fc_md_crs_list_and_storage_crs(client: httpx.Client, name: str) -> None:
    told = client.get(f"/collections/{name}").json()
    assert told["crs"][0] == CRS84
    assert told["storageCrs"] in told["crs"]
    assert EPSG.format(4326) in told["crs"]
    assert EPSG.format(32627) in told["crs"]  # the zone in which the street lies


def test_req_crs_crs_action_and_content_crs(client: httpx.Client) -> None:
    plain = items(client, limit=3)["features"]
    for uri in client.get("/collections/cameras").json()["crs"][1:]:
        answer = client.get("/collections/cameras/items", params={"limit": 3, "crs": uri})
        assert answer.headers["content-crs"] == f"<{uri}>"
        turn = pyproj.Transformer.from_crs("OGC:CRS84", int(uri.rpartition("/")[2]))
        for feature, before in zip(answer.json()["features"], plain, strict=True):
            expected = turn.transform(*before["geometry"]["coordinates"])
            assert feature["geometry"]["coordinates"] == pytest.approx(expected, abs=1e-3)
            assert feature["properties"] == before["properties"]


def test_req_crs_axis_order_of_epsg_4326_is_latitude_first(client: httpx.Client) -> None:
    lon, lat = client.get("/collections/cameras/items/osm:node%2F42").json()["geometry"]["coordinates"]
    turned = client.get("/collections/cameras/items/osm:node%2F42", params={"crs": EPSG.format(4326)})
    assert turned.json()["geometry"]["coordinates"] == pytest.approx([lat, lon])


def test_req_crs_default_is_crs84(client: httpx.Client) -> None:
    for path in ("/collections/cameras/items", "/collections/cameras/items/osm:node%2F42"):
        assert client.get(path).headers["content-crs"] == f"<{CRS84}>"


def test_req_crs_bbox_crs_action(client: httpx.Client) -> None:
    box = (LON, LAT, LON + 5e-4, LAT + 5e-4)
    plain = [feature["id"] for feature in items(client, bbox=",".join(map(str, box)))["features"]]
    assert plain
    turned = ",".join(map(str, (box[1], box[0], box[3], box[2])))
    assert plain == [f["id"] for f in items(client, bbox=turned, bbox_crs=EPSG.format(4326))["features"]]
    turn = pyproj.Transformer.from_crs("OGC:CRS84", "EPSG:3857")
    metric = ",".join(map(str, (*turn.transform(*box[:2]), *turn.transform(*box[2:]))))
    assert plain == [f["id"] for f in items(client, bbox=metric, bbox_crs=EPSG.format(3857))["features"]]


def test_req_crs_uris_are_of_the_form_that_ogc_names(client: httpx.Client) -> None:
    """crs-uri, fc-md-storageCrs-valid-value, ogc-crs-header-value."""
    told = client.get("/collections/cameras").json()
    for uri in (*told["crs"], told["storageCrs"]):
        assert re.fullmatch(r"http://www\.opengis\.net/def/crs/(OGC/1\.3/CRS84|EPSG/0/\d+)", uri)


def test_req_crs_invalid_is_400(client: httpx.Client) -> None:
    refused(client, crs=EPSG.format(1))
    refused(client, bbox="0,0,1,1", bbox_crs=EPSG.format(1))


# Part 3: filtering


def test_req_queryables_get_queryables(client: httpx.Client) -> None:
    for name in LAYERS:
        told = client.get(f"/collections/{name}/queryables")
        assert told.headers["content-type"] == "application/schema+json"
        assert told.json()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        links = client.get(f"/collections/{name}").json()["links"]
        assert "http://www.opengis.net/def/rel/ogc/1.0/queryables" in {link["rel"] for link in links}


def test_req_filter_filter_param_and_mixing_expressions(client: httpx.Client) -> None:
    box = f"{LON},{LAT},{LON + 12e-4},{LAT + 5e-4}"
    both = items(client, filter="kind <> 'fixed'", bbox=box, datetime="2019-03-01")
    ids = {feature["id"] for feature in both["features"]}
    assert ids <= set(filtered(client, "kind <> 'fixed'"))
    assert both["numberMatched"] == len(ids)


def test_req_filter_filter_lang_param(client: httpx.Client) -> None:
    text = '{"op": "=", "args": [{"property": "kind"}, "ptz"]}'
    assert items(client, filter=text, filter_lang="cql2-json")["numberMatched"] == 1
    refused(client, filter="kind = 'ptz'", filter_lang="cql-text")


def test_req_filter_filter_crs_param(client: httpx.Client) -> None:
    place = f"S_DWITHIN(geometry, POINT({LAT} {LON}))"
    refused(client, filter=place)
    box = f"S_INTERSECTS(geometry, BBOX({LAT}, {LON}, {LAT + 5e-4}, {LON + 5e-4}))"
    turned = items(client, filter=box, filter_crs=EPSG.format(4326))
    assert (
        turned["numberMatched"]
        == items(client, bbox=f"{LON},{LAT},{LON + 5e-4},{LAT + 5e-4}")["numberMatched"]
    )
    refused(client, filter=box, filter_crs="x")


def test_req_features_filter_invalid_is_400(client: httpx.Client) -> None:
    refused(client, filter="kind =")
    refused(client, filter="nothing = 1")


# CQL2


@pytest.mark.parametrize(
    ("requirement", "text", "expected"),
    [
        ("basic-cql2 binary-comparison", "height_m >= 5 AND kind = 'ptz'", 1),
        ("basic-cql2 logical", "NOT (kind = 'fixed' OR kind = 'ptz')", 2),
        ("basic-cql2 is-null", "azimuth_deg IS NULL", 1),
        ("basic-cql2 date", "valid_from >= DATE('2018-05-02')", 2),
        ("basic-cql2 timestamp", "valid_from < TIMESTAMP('2019-01-01T00:00:00Z')", 1),
        ("advanced-comparison like", "label LIKE 'C1%'", 5),
        ("advanced-comparison between", "height_m BETWEEN 4 AND 6", 15),
        ("advanced-comparison in", "kind IN ('ptz', 'dome')", 2),
        ("case-insensitive casei", "CASEI(kind) = CASEI('PTZ')", 1),
        ("accent-insensitive accenti", "ACCENTI(camera_id) LIKE ACCENTI('été%')", 1),
        ("temporal t_before", "T_BEFORE(valid_to, DATE('2020-01-01'))", 1),
        ("temporal t_during", "T_DURING(valid_from, INTERVAL('2018-01-01', '2018-12-31'))", 1),
        ("property-property", "hfov_deg > vfov_deg", 15),
    ],
)
def test_req_cql2(client: httpx.Client, requirement: str, text: str, expected: int) -> None:
    assert items(client, filter=text)["numberMatched"] == expected, requirement


@pytest.mark.parametrize(
    "relation", ["intersects", "disjoint", "equals", "touches", "crosses", "within", "contains", "overlaps"]
)
@pytest.mark.parametrize("name", ["spaces", "exposures", "cameras"])
def test_req_cql2_spatial_functions(client: httpx.Client, relation: str, name: str) -> None:
    table = street()[name]
    shapes = table.geometry.to_numpy()  # type: ignore[attr-defined]
    boxes = [shapely.box(LON, LAT, LON + x, LAT + y) for x, y in ((1e-4, 1e-4), (3e-4, 4e-4))]
    for shape in (*boxes, shapes[0]):
        expected = table[LAYERS[name].table.id_column][getattr(shapely, relation)(shapes, shape)]
        found = items(client, name, filter=f"S_{relation.upper()}(geometry, {shapely.to_wkt(shape, 16)})")
        assert found["numberMatched"] == len(expected), (relation, name)
        assert {feature["id"] for feature in found["features"]} <= set(expected)


# Tiles


def test_req_tiles_tilesets_list_and_tileset(client: httpx.Client) -> None:
    for name in SPATIAL:
        (told,) = client.get(f"/collections/{name}/tiles").json()["tilesets"]
        whole = client.get(next(link["href"] for link in told["links"] if link["rel"] == "self")).json()
        assert (whole["dataType"], whole["layers"][0]["id"]) == ("vector", name)
        (item,) = [link for link in whole["links"] if link["rel"] == "item"]
        assert item["templated"] is True
        scheme = next(link["href"] for link in whole["links"] if link["rel"].endswith("tiling-scheme"))
        assert client.get(scheme).json()["uri"] == whole["tileMatrixSetURI"]
    assert client.get("/collections/findings/tiles").status_code == 404


def test_req_tiles_core_tc_success(client: httpx.Client) -> None:
    told = client.get("/collections/spaces/tiles/WebMercatorQuad").json()
    (within,) = [each for each in told["tileMatrixSetLimits"] if each["tileMatrix"] == "16"]
    place = f"16/{within['minTileRow']}/{within['minTileCol']}"
    answer = client.get(f"/collections/spaces/tiles/WebMercatorQuad/{place}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, MVT)
    assert mapbox_vector_tile.decode(answer.content)["spaces"]["features"]
    again = client.get(
        f"/collections/spaces/tiles/WebMercatorQuad/{place}",
        headers={"If-None-Match": answer.headers["etag"]},
    )
    assert again.status_code == 304
    for accept in ("gzip", "identity"):
        other = client.get(
            f"/collections/spaces/tiles/WebMercatorQuad/{place}", headers={"Accept-Encoding": accept}
        )
        assert other.content == answer.content


def test_req_tiles_core_tc_error(client: httpx.Client) -> None:
    here = "/collections/spaces/tiles/WebMercatorQuad"
    assert client.get(f"{here}/16/0/0").status_code == 204
    for place in ("30/0/0", "1/2/0", "1/0/2", "a/0/0", "1/-1/0", "1/0/999999999999"):
        assert client.get(f"{here}/{place}").status_code == 404, place
    assert client.get("/collections/spaces/tiles/Nowhere/0/0/0").status_code == 404


def test_req_tms_tilematrixset(client: httpx.Client) -> None:
    told = client.get("/tileMatrixSets/WebMercatorQuad").json()
    first = told["tileMatrices"][0]
    assert first["scaleDenominator"] == pytest.approx(559082264.028717)
    assert first["cellSize"] == pytest.approx(156543.033928041)
    assert [level["matrixWidth"] for level in told["tileMatrices"]] == [2**z for z in range(19)]


def test_tilejson_says_where_tiles_are(client: httpx.Client) -> None:
    told = client.get("/collections/cameras/tiles/WebMercatorQuad?f=tilejson").json()
    assert told["tilejson"] == "3.0.0"
    (address,) = told["tiles"]
    assert client.get(address.format(z=0, x=0, y=0)).status_code == 200
    assert np.allclose(told["bounds"], street()["cameras"].total_bounds)  # type: ignore[attr-defined]
    assert "camera_id" in told["vector_layers"][0]["fields"]
    assert json.dumps(told).count("Invented") <= 1
