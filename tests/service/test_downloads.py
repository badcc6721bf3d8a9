"""Whole layers over HTTP: the same bytes as the command writes."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from visavis.exports import FORMATS, export
from visavis.service.downloads import DOWNLOADS
from visavis.store import open_store


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
    for layer, forms in (("cameras", set(DOWNLOADS)), ("findings", set(DOWNLOADS) - {"fgb", "kml"})):
        links = client.get(f"/collections/{layer}").json()["links"]
        offered = {link["href"].rpartition(".")[2] for link in links if link["rel"] == "enclosure"}
        assert offered == forms
        for form in offered:
            assert client.head(f"/exports/{layer}.{form}").status_code == 200
