"""Whole layers over HTTP: the same bytes as the command writes."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import geopandas as gpd
import httpx
import pyogrio
import pytest
from tests.store.by_hand import LAT, LON, record, street

from visavis.exports import FORMATS, export
from visavis.service.downloads import DOWNLOADS
from visavis.store import open_store, write_store


@pytest.mark.parametrize("form", list(DOWNLOADS))
def test_a_download_is_the_file_that_the_command_writes(
    client: httpx.Client, store_file: Path, form: str, tmp_path: Path
) -> None:
    answer = client.get(f"/exports/cameras.{form}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FORMATS[form].media_type
    name = f"cameras{FORMATS[form].suffix}"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    store = open_store(str(store_file))
    export(store, "cameras", form, tmp_path / name)
    store.close()
    assert answer.content == (tmp_path / name).read_bytes()
    known = client.get(f"/exports/cameras.{form}", headers={"If-None-Match": answer.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    head = client.head(f"/exports/cameras.{form}")
    assert (head.status_code, head.content) == (200, b"")


def test_a_csv_names_its_metadata_and_they_are_there(client: httpx.Client) -> None:
    answer = client.get("/exports/cameras.csv")
    assert answer.headers["link"] == (
        '<cameras.csv-metadata.json>; rel="describedby"; type="application/csvm+json"'
    )
    told = client.get("/exports/cameras.csv-metadata.json")
    assert told.headers["content-type"] == "application/csvm+json"
    assert told.json()["url"] == "cameras.csv"


def test_a_collection_links_to_each_format_that_can_hold_it(client: httpx.Client) -> None:
    for layer, forms in (
        ("cameras", set(DOWNLOADS)),
        ("findings", set(DOWNLOADS) - {"fgb", "kml", "pmtiles"}),
    ):
        links = client.get(f"/collections/{layer}").json()["links"]
        offered = {link["href"].rpartition(".")[2] for link in links if link["rel"] == "enclosure"}
        assert offered == forms
        for form in offered:
            assert client.head(f"/exports/{layer}.{form}").status_code == 200


# What each condition lets through, by the command's own words for it.
PARTS = [
    ({"filter": "kind = 'ptz'"}, "filter kind = 'ptz'"),
    ({"bbox": f"{LON},{LAT},{LON + 5e-4},{LAT + 5e-4}"}, f"bbox {LON:g},{LAT:g},-19.9995,47.0005"),
    ({"kind": "dome", "datetime": "2018-06-01"}, "kind = dome; datetime 2018-06-01"),
]


@pytest.mark.parametrize(("asked", "words"), PARTS)
@pytest.mark.parametrize("form", ["geojson", "geojsonseq", "csv", "kml", "gpkg", "parquet"])
def test_a_part_holds_the_features_that_a_page_gives_and_says_which_they_are(
    client: httpx.Client, form: str, asked: dict[str, str], words: str, tmp_path: Path
) -> None:
    answer = client.get(f"/exports/cameras.{form}", params=asked)
    assert answer.status_code == 200, answer.text
    file = tmp_path / f"cameras{FORMATS[form].suffix}"
    file.write_bytes(answer.content)
    expected = client.get("/collections/cameras/items", params={**asked, "limit": "8"}).json()
    layer = "cameras" if form == "gpkg" else None
    read = (
        gpd.read_parquet(file)
        if form == "parquet"
        else pyogrio.read_dataframe(file, layer=layer, use_arrow=False)
    )
    assert list(read["camera_id"]) == [feature["id"] for feature in expected["features"]]
    assert expected["numberMatched"] == len(expected["features"])
    if form == "geojson":
        assert answer.json()["part"] == words
    if form == "csv":
        beside = answer.headers["link"].partition(">")[0].lstrip("<")
        assert words in json.dumps(client.get(f"/exports/{beside}").json(), ensure_ascii=False)


def test_a_part_that_makes_no_sense_is_refused_before_a_byte_is_sent(client: httpx.Client) -> None:
    for asked in (
        {"filter": "kind ="},
        {"bbox": "1,2"},
        {"datetime": "soon"},
        {"limit": "1"},
        {"colour": "red"},
    ):
        answer = client.get("/exports/cameras.geojson", params=asked)
        assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    whole = client.get("/exports/cameras.pmtiles", params={"kind": "ptz"})
    assert whole.status_code == 400
    assert "whole layers" in whole.json()["detail"]


@pytest.mark.slow
def test_files_of_two_builds_that_are_written_at_once_bear_each_their_own_time(tmp_path: Path) -> None:
    """GDAL has one clock for the whole process."""
    stores = []
    for number in range(2):
        told = replace(record(), built_at=record().built_at + timedelta(days=number))
        write_store(str(tmp_path / f"{number}.gpkg"), street(), told)
        stores.append(open_store(str(tmp_path / f"{number}.gpkg")))
    alone = []
    for number, store in enumerate(stores):
        export(store, "cameras", "gpkg", tmp_path / f"alone-{number}.gpkg")
        alone.append((tmp_path / f"alone-{number}.gpkg").read_bytes())

    def write(turn: int) -> bool:
        file = tmp_path / f"{turn}-together.gpkg"
        export(stores[turn % 2], "cameras", "gpkg", file)
        return file.read_bytes() == alone[turn % 2]

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(write, range(8)))
    for store in stores:
        store.close()
