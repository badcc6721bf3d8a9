"""Cameras in the forms of other registers: what may go there goes, what may not is named, and it comes back."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import osmium
import pytest
from shapely import Point
from tests.store.by_hand import camera, record, rows, street
from typer.testing import CliRunner

from visavis.cli import app
from visavis.exports import export
from visavis.model.errors import DossierError, SheetError, TableError, UsageError
from visavis.model.provenance import Source
from visavis.papers import read_papers
from visavis.readers.osm import read_osm
from visavis.readers.register import french_register_dossier, sunders_dossier
from visavis.store import Store, open_store, write_store

REAL = "fr/town/2026-map"


def real(number: int, **more: Any) -> dict[str, Any]:
    """Return a reviewed camera of a real dossier, in Paris."""
    own = {
        "camera_id": f"{REAL}:sheet:C{number}",
        "disclosure_id": REAL,
        "source_id": REAL,
        "standing": "reviewed",
        "azimuth_deg": 90.4,
        "mount": "mât d'éclairage",
        "assumed": "tilt_deg=default.tilt",
        "geometry": Point(2.35 + number * 1e-3, 48.85),
    }
    return camera(number, **own) | more


@contextmanager
def opened(
    folder: Path, cameras: list[dict[str, Any]], *, dossier: str = "CC0-1.0", paper: str | None = "CC0-1.0"
) -> Iterator[Store]:
    [told] = rows()["disclosures"]
    [sheet] = rows()["documents"]
    own = {
        "disclosure_id": REAL,
        "licence": dossier,
        "invented": False,
        "attribution": "Town",
        "title": "Map <2026>",
    }
    tables = street(
        cameras=cameras,
        disclosures=[told, told | own],
        documents=[
            sheet | {"file": "sheet.pdf", "licence": "CC0-1.0"},
            sheet
            | {"document_id": f"{REAL}/plan", "disclosure_id": REAL, "file": "sheet.pdf", "licence": paper},
        ],
    )
    file = folder / "store.gpkg"
    write_store(str(file), tables, record(sources=(*record().sources, Source(REAL, "Map", dossier, "Town"))))
    store = open_store(str(file))
    try:
        yield store
    finally:
        store.close()


def told_by(store: Store, file: Path, form: str = "osm") -> list[str]:
    return [note.en for note in export(store, "cameras", form, file)]


def nodes(file: Path) -> list[tuple[float, float, dict[str, str]]]:
    """Read with osmium, as other tools do."""
    found = osmium.FileProcessor(str(file))
    return [(node.lon, node.lat, dict(node.tags)) for node in found if node.is_node()]


@pytest.mark.slow
def test_osmium_reads_a_reviewed_camera_back_with_the_tags_of_the_wiki(tmp_path: Path) -> None:
    cameras = [
        real(1),
        real(2, kind="dome", label="<b>&\"'\x0b", azimuth_deg=None),
        real(3, kind="ptz", mount="façade", height_m=4.25),
        real(4, kind="anpr", valid_from="2019-03"),
    ]
    with opened(tmp_path, cameras) as store:
        notes = told_by(store, tmp_path / "a.osm")
    fixed, dome, ptz, plates = (tags for *_, tags in nodes(tmp_path / "a.osm"))
    assert fixed == {
        "man_made": "surveillance",
        "surveillance": "public",
        "surveillance:type": "camera",
        "camera:type": "fixed",
        "camera:direction": "90",
        "camera:mount": "street_lamp",
        "height": "5",
        "ref": "C1",
        "operator": "Town of Street",
        "source": "Map <2026>; Town",
    }
    assert dome["ref"] == "<b>&\"'"
    assert dome["camera:type"] == "dome"
    assert "camera:direction" not in dome
    assert (ptz["camera:type"], ptz["camera:mount"], ptz["height"]) == ("panning", "wall", "4.2")
    assert "camera:direction" not in ptz
    assert (plates["surveillance:type"], plates["surveillance:zone"]) == ("ALPR", "traffic")
    assert plates["start_date"] == "2019-03"
    assert [round(lon, 7) for lon, *_ in nodes(tmp_path / "a.osm")] == [2.351, 2.352, 2.353, 2.354]
    assert notes == [note for note in notes if "import guidelines" in note]


@pytest.mark.slow
def test_what_was_assumed_of_a_camera_is_not_told_as_a_fact(tmp_path: Path) -> None:
    guessed = real(1, assumed="height_m=default.mount-height;tilt_deg=default.tilt", azimuth_sd_deg=40.0)
    with opened(tmp_path, [guessed]) as store:
        told_by(store, tmp_path / "a.osm")
    [(*_, tags)] = nodes(tmp_path / "a.osm")
    assert not {"height", "camera:angle", "camera:direction"} & set(tags)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("row", "licences", "reason"),
    [
        ({"standing": "detected"}, {}, "no person has confirmed it"),
        ({"standing": "stated"}, {}, "no person has confirmed it"),
        ({"camera_id": "osm:node/1"}, {}, "it comes from OpenStreetMap"),
        ({}, {"dossier": "not stated"}, "the licence of the dossier"),
        ({}, {"dossier": "CC-BY-4.0"}, "(CC-BY-4.0) is not known to allow it"),
        ({}, {"paper": None}, "the licence of the document Sheet (none stated)"),
        ({}, {"paper": "CC0-1.0 but not here"}, "is not known to allow it"),
        ({"disclosure_id": "xx/street/2026-map", "source_id": "xx/street/2026-map"}, {}, "it is invented"),
    ],
)
def test_what_may_not_go_there_is_left_out_with_its_reason_one_line_each(
    tmp_path: Path, row: dict[str, Any], licences: dict[str, Any], reason: str
) -> None:
    with opened(tmp_path, [real(1, **row), real(2, standing="detected")], **licences) as store:
        told = sorted(told_by(store, tmp_path / "a.osm"))
    assert len(told) == 2
    assert told[0].startswith("C1: left out, ")
    assert reason in told[0]
    assert told[1] == "C2: left out, no person has confirmed it"
    assert nodes(tmp_path / "a.osm") == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "licence", ["CC0-1.0", "ODbL-1.0", "Licence Ouverte 2.0", "etalab-2.0", "OGL-UK-3.0"]
)
def test_licences_that_go_together_with_openstreetmap_s_are_let_through(tmp_path: Path, licence: str) -> None:
    with opened(tmp_path, [real(1)], dossier=licence, paper=licence) as store:
        assert len(told_by(store, tmp_path / "a.osm")) == 1
    assert len(nodes(tmp_path / "a.osm")) == 1


@pytest.mark.slow
@pytest.mark.parametrize("form", ["osm", "videoprotection"])
def test_the_same_store_gives_the_same_bytes_and_only_cameras(tmp_path: Path, form: str) -> None:
    with opened(tmp_path, [real(1), real(2)]) as store:
        for name in ("one", "two"):
            export(store, "cameras", form, tmp_path / name)
        with pytest.raises(UsageError, match="holds cameras"):
            export(store, "exposures", form, tmp_path / "three")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.slow
def test_the_file_for_openstreetmap_is_read_as_an_extract_and_is_not_to_be_uploaded(tmp_path: Path) -> None:
    with opened(tmp_path, [real(1)]) as store:
        told_by(store, tmp_path / "a.osm")
    assert "upload='false'" in (tmp_path / "a.osm").read_text("utf-8")
    [row] = read_osm(tmp_path / "a.osm").cameras.to_dict("records")
    assert (row["kind"], row["azimuth_deg"], row["height_m"], row["label"]) == ("fixed", 90, 5, "C1")


@pytest.mark.slow
def test_the_command_names_what_was_left_out(tmp_path: Path) -> None:
    with opened(tmp_path, [real(1), real(2, standing="detected")]):
        asked = ["export", str(tmp_path / "store.gpkg"), "--layer", "cameras", "--format", "osm"]
        told = CliRunner().invoke(app, [*asked, "-o", str(tmp_path / "a.osm")], catch_exceptions=False)
    assert told.exit_code == 0
    assert "C2: left out, no person has confirmed it" in told.stdout


@pytest.mark.slow
def test_the_register_of_french_towns_comes_back_as_it_left(tmp_path: Path) -> None:
    cameras = [
        real(1),
        real(2, kind="dome", azimuth_deg=None),
        real(3, kind="ptz"),
        real(4, label="Place de la République"),
        real(5, geometry=Point(-61.0, 14.6)),
    ]
    with opened(tmp_path, cameras) as store:
        notes = told_by(store, tmp_path / "town.csv", "videoprotection")
    assert notes[0] == "C5: left out, it lies outside of Lambert 93"
    with (tmp_path / "town.csv").open(encoding="utf-8") as file:
        first, dome, ptz, long = csv.DictReader(file)
    assert (first["type_camera"], dome["type_camera"], ptz["type_camera"]) == ("02", "01", "99")
    assert (first["refcam"], long["refcam"], long["situa"]) == ("C1", "", "Place de la République")
    assert (dome["angle"], ptz["angle"]) == ("", "")
    assert 640_000 < float(first["x_l93"]) < 660_000

    told = french_register_dossier(tmp_path / "town.csv", tmp_path / "dossier")
    assert (told["cameras"], told["with_direction"]) == (4, 2)
    back = read_papers(tmp_path / "dossier").cameras
    back = back.iloc[back.geometry.x.argsort()]
    assert back["kind"].tolist() == ["fixed", "dome", "unknown", "fixed"]
    assert back["azimuth_deg"].iloc[0] == pytest.approx(90.4, abs=0.51)
    assert back.geometry.iloc[0].distance(real(1)["geometry"]) < 2e-7


def test_a_table_without_the_register_s_columns_makes_no_dossier(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(SheetError, match=r"cameras\.csv"):
        french_register_dossier(tmp_path / "a.csv", tmp_path / "dossier")
    assert not (tmp_path / "dossier").exists()


TAGS = {
    "man_made": "surveillance",
    "surveillance:type": "camera",
    "camera:type": "fixed",
    "camera:direction": "75",
}
FORMS = {
    "sunders": [{"id": "42", "lat": "46.2", "lon": "6.1", **TAGS}],
    "overpass": {"elements": [{"type": "node", "id": 42, "lat": 46.2, "lon": 6.1, "tags": TAGS}]},
    "geojson": {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": "node/42",
                "properties": TAGS,
                "geometry": {"type": "Point", "coordinates": [6.1, 46.2]},
            }
        ],
    },
}


@pytest.mark.parametrize("form", FORMS)
def test_cameras_handed_on_as_json_make_the_same_dossier_in_every_form(tmp_path: Path, form: str) -> None:
    (tmp_path / "a.json").write_text(json.dumps(FORMS[form]), "utf-8")
    told = CliRunner().invoke(
        app,
        ["import", "sunders", str(tmp_path / "a.json"), "-o", str(tmp_path / "d"), "--json"],
        catch_exceptions=False,
    )
    assert json.loads(told.stdout)["with_direction"] == 1
    papers = read_papers(tmp_path / "d")
    [row] = papers.cameras.to_dict("records")
    assert (row["camera_id"], row["kind"], row["azimuth_deg"]) == ("osm:node/42", "fixed", 75)
    assert (row["geometry"].x, row["geometry"].y) == (6.1, 46.2)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("{", "is not JSON"),
        ("3", "holds no list"),
        ("{}", "has no list elements"),
        ("[3]", "is no object"),
        ('[{"lat": 91, "lon": 2}]', "has the place"),
        ('[{"lat": "north", "lon": 2}]', "has the place"),
        ('[{"lat": NaN, "lon": 2}]', "has the place"),
        ('{"type": "FeatureCollection", "features": [{"geometry": {"type": "Polygon"}}]}', "is no point"),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_json_that_holds_no_cameras_is_one_clear_line(tmp_path: Path, content: str, fault: str) -> None:
    (tmp_path / "a.json").write_text(content, "utf-8")
    with pytest.raises(TableError, match=fault):
        sunders_dossier(tmp_path / "a.json", tmp_path / "d")
    assert not (tmp_path / "d").exists()


def test_a_place_that_is_missing_is_told_and_one_told_twice_counts_once(tmp_path: Path) -> None:
    things = [{"id": 1, **TAGS}, {"id": 2, "lat": 1, "lon": 2, **TAGS}, {"id": 2, "lat": 1, "lon": 2, **TAGS}]
    (tmp_path / "a.json").write_text(json.dumps(things), "utf-8")
    told = sunders_dossier(tmp_path / "a.json", tmp_path / "d")
    assert (told["cameras"], told["findings"]) == (1, 1)
    with pytest.raises(DossierError, match="there already"):
        sunders_dossier(tmp_path / "a.json", tmp_path / "d")
