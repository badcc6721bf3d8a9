"""Every format is opened again with other tools, and every feature compared with the table that it came from."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from tests.store.by_hand import AWKWARD, camera, record, street

from visavis.exports import FORMATS, export, streamed
from visavis.layers import LAYERS, short_names
from visavis.model.errors import UsageError, VisavisError
from visavis.store import Bounds, Query, Store, open_store, write_store

PARTS = [name for name, each in FORMATS.items() if not each.whole]
SPATIAL = [name for name, layer in LAYERS.items() if layer.table.geometry]
EXACT = {"gpkg", "fgb", "parquet", "shp"}


def written(store: Store, layer: str, form: str, folder: Path, **how: Any) -> Path:
    file = folder / f"{layer}{FORMATS[form].suffix}"
    export(store, layer, form, file, **how)
    return file


def read(file: Path, layer: str, form: str) -> pd.DataFrame:
    """Return what GDAL (or Arrow) finds in a file, as the declared table."""
    table = LAYERS[layer].table
    if form == "parquet":
        found = (
            gpd.read_parquet(file).drop(columns="bbox", errors="ignore")
            if table.geometry
            else pd.read_parquet(file)
        )
    elif form == "shp":
        with zipfile.ZipFile(file) as archive:
            stems = sorted({Path(name).stem for name in archive.namelist() if name.endswith(".dbf")})
        found = pd.concat(
            [pyogrio.read_dataframe(f"/vsizip/{file}", layer=stem, use_arrow=False) for stem in stems]
        )
        found = found.rename(columns={short: name for name, short in short_names(table).items()})
    elif form == "csv":
        texts = {name: str for name, column in table.columns.items() if "str" in column.dtype}
        found = pd.read_csv(file, encoding="utf-8-sig", dtype=texts)
    else:
        found = pyogrio.read_dataframe(file, layer=layer if form == "gpkg" else None, use_arrow=False)
        if form == "kml" and "name" in table.columns:  # which GDAL takes for the placemark's own
            found["name"] = found["Name"].where(found["Name"] != found[table.id_column])
    return found.sort_values(table.id_column, ignore_index=True)


def compare(found: pd.DataFrame, layer: str, form: str, expected: pd.DataFrame) -> None:
    table = LAYERS[layer].table
    assert list(found[table.id_column]) == list(expected[table.id_column])
    for name in table.columns:
        if name == "geometry":
            continue
        if name not in found:  # GeoJSON and KML know no column in which nothing stands
            assert form in {"geojsonseq", "kml"}
            assert expected[name].isna().all()
            continue
        for got, wanted in zip(found[name], expected[name], strict=True):
            if pd.isna(wanted):
                assert pd.isna(got), (name, got)
            elif isinstance(wanted, float):
                assert float(got) == pytest.approx(wanted, abs=0 if form in EXACT else 1e-3, rel=1e-9), name
            elif isinstance(wanted, bool | np.bool_):
                assert str(got).lower() in {str(wanted).lower(), str(int(wanted))}
            elif isinstance(wanted, str):
                assert got == wanted, name
            else:
                assert int(got) == wanted


def compare_places(found: Any, layer: str, form: str, expected: Any) -> None:
    far = 0.0 if form in EXACT else 1e-7
    for got, wanted in zip(found, expected["geometry"], strict=True):
        if wanted is None:
            assert got is None or got.is_empty
            continue
        assert shapely.hausdorff_distance(got, wanted) <= far
        assert got.geom_type.removeprefix("Multi") == wanted.geom_type.removeprefix("Multi")
        assert len(shapely.get_parts(got)) == len(shapely.get_parts(wanted))
        assert shapely.area(got) == pytest.approx(shapely.area(wanted), abs=1e-11)


@pytest.mark.parametrize("form", ["gpkg", "fgb", "parquet", "shp", "geojsonseq", "kml"])
@pytest.mark.parametrize("layer", SPATIAL)
def test_every_feature_of_a_spatial_layer_comes_back(
    store: Store, form: str, layer: str, tmp_path: Path
) -> None:
    file = written(store, layer, form, tmp_path)
    found = read(file, layer, form)
    compare(found, layer, form, street()[layer])
    assert found.crs in ("EPSG:4326", "OGC:CRS84")
    compare_places(found.geometry, layer, form, street()[layer])


@pytest.mark.parametrize("form", ["gpkg", "parquet", "shp", "csv"])
@pytest.mark.parametrize("layer", [name for name in LAYERS if name not in SPATIAL])
def test_every_row_of_a_plain_table_comes_back(store: Store, form: str, layer: str, tmp_path: Path) -> None:
    found = read(written(store, layer, form, tmp_path), layer, form)
    compare(found, layer, form, street()[layer])


@pytest.mark.parametrize("layer", SPATIAL)
def test_csv_gives_each_place_as_spreadsheets_and_gdal_take_it(
    store: Store, layer: str, tmp_path: Path
) -> None:
    file = written(store, layer, "csv", tmp_path)
    found, expected = read(file, layer, "csv"), street()[layer]
    compare(found, layer, "csv", expected)
    if LAYERS[layer].table.geometry == ("Point",):
        places = list(gpd.points_from_xy(found["longitude"], found["latitude"]))
    else:
        places = [None if pd.isna(text) else shapely.from_wkt(text) for text in found["WKT"]]
        assert pyogrio.read_info(file)["geometry_type"] is not None
    compare_places(places, layer, "csv", expected)


@pytest.mark.parametrize("form", ["fgb", "kml"])
def test_a_table_without_geometry_is_refused_where_the_format_needs_one(
    store: Store, form: str, tmp_path: Path
) -> None:
    with pytest.raises(
        UsageError, match=r"findings has no geometry.*Choose geojson, geojsonseq, gpkg, parquet"
    ):
        export(store, "findings", form, tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


ORIGIN = ("CC0-1.0; ODbL-1.0", "© Somebody", "2026-01-01", record().build_id, "to be checked on site")


def origin_of(file: Path, layer: str, form: str) -> str:
    """Return where a file says where it comes from, as the tools for the format show it."""
    if form == "parquet":
        return json.dumps(json.loads(pq.read_metadata(file).metadata[b"visavis"]), ensure_ascii=False)
    if form == "shp":
        with zipfile.ZipFile(file) as archive:
            return archive.read("README.txt").decode()
    if form == "csv":
        return file.with_name(f"{file.name}-metadata.json").read_text("utf-8")
    if form in {"gpkg", "fgb"}:
        told = pyogrio.read_info(file, layer=layer)
        return json.dumps([told["dataset_metadata"], told["layer_metadata"]], ensure_ascii=False)
    head = file.read_text("utf-8").splitlines()
    return "\n".join(head[:8])


@pytest.mark.parametrize("form", PARTS)
def test_every_file_says_licence_source_date_and_that_it_is_invented(
    store: Store, form: str, tmp_path: Path
) -> None:
    told = origin_of(written(store, "cameras", form, tmp_path), "cameras", form)
    for words in ORIGIN:
        if form == "shp" and ";" in words:  # named source by source
            assert all(each in told for each in words.split("; "))
        elif words != "© Somebody" or form != "kml":
            assert words in told.replace("\\", ""), words
    assert "nvented" in told


@pytest.mark.parametrize("form", PARTS)
def test_the_same_build_gives_the_same_bytes_in_every_format(store: Store, form: str, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        written(store, "spaces", form, tmp_path / name)
    one, two = (sorted((tmp_path / name).iterdir()) for name in ("one", "two"))
    assert [each.name for each in one] == [each.name for each in two]
    assert [each.read_bytes() for each in one] == [each.read_bytes() for each in two]


@pytest.mark.parametrize("form", [name for name, each in FORMATS.items() if each.stream])
def test_a_stream_gives_the_bytes_of_the_file(store: Store, form: str, tmp_path: Path) -> None:
    blocks = streamed(store, "spaces", form)
    assert blocks is not None
    assert b"".join(blocks) == written(store, "spaces", form, tmp_path).read_bytes()
    assert streamed(store, "spaces", "gpkg") is None


@pytest.mark.parametrize("form", PARTS)
def test_a_part_holds_what_meets_the_conditions_and_says_which_it_is(
    store: Store, form: str, tmp_path: Path
) -> None:
    query = Query(where={"kind": "ptz"}, bounds=Bounds(-180, -90, 180, 90))
    file = written(store, "cameras", form, tmp_path, query=query, told="kind is ptz")
    if form not in {"geojson"}:
        found = read(file, "cameras", form)
        assert list(found["camera_id"]) == ["xx/street/2026-map/sheet.pdf/12"]
    assert "kind is ptz" in origin_of(file, "cameras", form)


@pytest.mark.parametrize("form", PARTS)
def test_a_part_without_a_feature_is_a_file_without_a_feature(
    store: Store, form: str, tmp_path: Path
) -> None:
    file = written(store, "cameras", form, tmp_path, query=Query(where={"kind": "nothing"}), told="nothing")
    assert file.stat().st_size > 0
    if form in {"gpkg", "fgb", "shp", "parquet", "csv"}:
        assert len(read(file, "cameras", form)) == 0


def test_geoparquet_is_1_1_with_a_box_for_each_row_that_readers_go_by(store: Store, tmp_path: Path) -> None:
    file = written(store, "spaces", "parquet", tmp_path)
    told = json.loads(pq.read_metadata(file).metadata[b"geo"])
    column = told["columns"]["geometry"]
    assert told["version"] == "1.1.0"
    assert column["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    assert column["crs"]["id"] == {"authority": "OGC", "code": "CRS84"}
    assert column["geometry_types"] == ["MultiPolygon", "Point", "Polygon"]
    whole = street()["spaces"]
    assert column["bbox"] == pytest.approx(whole.total_bounds)
    west, south, east, north = whole.geometry.iloc[0].bounds
    near = gpd.read_parquet(file, bbox=(west, south, east, north))
    assert set(near["space_id"]) == set(whole.cx[west:east, south:north]["space_id"])
    unit = pq.read_schema(file).field("height_m").metadata
    assert unit == {b"description": b"Height above ground", b"unit": b"m"} or unit[b"unit"] == b"m"


def test_a_flatgeobuf_finds_by_its_index(store: Store, tmp_path: Path) -> None:
    file = written(store, "spaces", "fgb", tmp_path)
    assert pyogrio.read_info(file)["capabilities"]["fast_spatial_filter"]
    whole = street()["spaces"]
    bounds = tuple(whole.geometry.iloc[0].bounds)
    near = pyogrio.read_dataframe(file, bbox=bounds)
    assert set(near["space_id"]) == set(whole[whole.intersects(shapely.box(*bounds))]["space_id"])


@pytest.mark.slow
def test_a_shapefile_parts_points_from_areas_and_tells_what_it_could_not_hold(tmp_path: Path) -> None:
    long = "é" * 200
    spaces = [dict(row) for row in street()["spaces"].to_dict("records")]
    for row in spaces[:2]:
        row["name"] = long
    write_store(str(tmp_path / "long.gpkg"), street(spaces=spaces), record())
    store = open_store(str(tmp_path / "long.gpkg"))
    notes = export(store, "spaces", "shp", tmp_path / "spaces.zip")
    store.close()
    assert any("2 texts of name (name) were longer than 254 bytes" in note.en for note in notes)
    assert any("2 textes de name" in note.fr for note in notes)
    assert [name for name, _ in pyogrio.list_layers(tmp_path / "spaces.zip")] == [
        "spaces_areas",
        "spaces_points",
    ]
    cut = pyogrio.read_dataframe(tmp_path / "spaces.zip", layer="spaces_areas", use_arrow=False)
    assert set(cut["name"].dropna()) == {"é" * 127}
    with zipfile.ZipFile(tmp_path / "spaces.zip") as archive:
        told = archive.read("README.txt").decode()
        assert archive.read("spaces_areas.cpg") == b"UTF-8"
        assert b"WGS_1984" in archive.read("spaces_areas.prj")
    for words in ("use_conf (use_confidence): ", "[m]", "longer than 254 bytes", "dépassaient 254 octets"):
        assert words in told, words


def test_a_shapefile_is_a_zip_and_nothing_else(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"several files\. Name a zip: cameras\.shp\.zip"):
        export(store, "cameras", "shp", tmp_path / "cameras.shp")


FORMULAS = ["=1+1", "+33 6", "-2", "@SUM(A1)", "\t=1", "＝1", '=HYPERLINK("http://x")', "'=1", "plain = text"]


@pytest.mark.slow
def test_a_spreadsheet_runs_nothing_of_a_csv(tmp_path: Path) -> None:
    cameras = [camera(number, label=text) for number, text in enumerate(FORMULAS, start=1)]
    write_store(str(tmp_path / "f.gpkg"), street(cameras=cameras), record())
    store = open_store(str(tmp_path / "f.gpkg"))
    export(store, "cameras", "csv", tmp_path / "cameras.csv")
    store.close()
    raw = (tmp_path / "cameras.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfcamera_id,")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    for row, text in zip(rows, FORMULAS, strict=True):
        cells = [value for name, value in row.items() if name not in {"longitude", "latitude"}]
        assert not any(cell.startswith(("=", "+", "@", "\t", "＝")) for cell in cells)
        assert row["label"] in (text, f"'{text}")
        assert float(row["longitude"]) < 0  # a number stays a number
    assert rows[-1]["label"] == "plain = text"


def test_csv_on_the_web_tells_what_the_columns_mean(store: Store, tmp_path: Path) -> None:
    file = written(store, "cameras", "csv", tmp_path)
    told = json.loads((tmp_path / "cameras.csv-metadata.json").read_text("utf-8"))
    header = next(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))
    columns = {column["name"]: column for column in told["tableSchema"]["columns"]}
    assert list(columns) == header
    assert told["url"] == file.name
    assert columns["height_m"]["dc:description"] == "Height of the lens above ground [m]"
    assert columns["height_m"]["datatype"] == "double"
    assert columns["camera_id"]["required"]


def test_kml_bears_colours_names_and_days_and_escapes_what_it_is_given(store: Store, tmp_path: Path) -> None:
    text = written(store, "cameras", "kml", tmp_path).read_text("utf-8")
    assert "<begin>2018-05-02</begin><end>2019-06</end>" in text
    assert "<styleUrl>#ptz</styleUrl>" in text
    assert '&lt;b&gt;Rue de l\'Été&lt;/b&gt; &amp; "Cie"' in text
    assert AWKWARD not in text
    assert "<LineStyle><color>ff6f4610</color>" in text  # #10466f, backwards


@pytest.mark.gdal
@pytest.mark.parametrize("form", ["geojson", "geojsonseq", "gpkg", "fgb", "shp", "csv", "kml"])
def test_ogrinfo_counts_every_feature(store: Store, form: str, tmp_path: Path) -> None:
    file = written(store, "views", form, tmp_path)
    where = f"/vsizip/{file}" if form == "shp" else str(file)
    ran = subprocess.run(["ogrinfo", "-ro", "-al", "-so", where], capture_output=True, text=True, check=True)
    assert "Feature Count: 2" in ran.stdout, ran.stdout
    assert "ERROR" not in ran.stderr, ran.stderr


_FULL_DISK = """
import resource, sys
from pathlib import Path
from visavis.exports import export
from visavis.store import open_store
store = open_store(sys.argv[1])
for room in (0, 300, 1_500, 4_000, 60_000):
    for name in sys.argv[3:]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
        try:
            export(store, "spaces", name, Path(sys.argv[2]) / name)
        except Exception as refused:
            told = f"{type(refused).__name__} {refused}"
        else:
            told = "written"
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        print(room, name, (Path(sys.argv[2]) / name).stat().st_size, told)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no limit on the size of a file")
def test_a_full_disk_is_told_in_one_line_and_leaves_the_old_files(
    store: Store, street_file: Path, root: Path, tmp_path: Path
) -> None:
    forms = PARTS
    whole = {}
    for name in forms:
        export(store, "spaces", name, tmp_path / name)
        whole[name] = (tmp_path / name).stat().st_size
        (tmp_path / name).write_text("an older file")
    ran = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, street_file, tmp_path, *forms],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    refused = set()
    for line in ran.stdout.splitlines():
        room, name, size, told = line.split(" ", 3)
        if told == "written":
            assert int(size) == whole[name] <= int(room)
            continue
        refused.add(name)
        assert told.startswith(f"VisavisError {tmp_path / name}: can't be written"), told
        assert int(size) == len("an older file") or int(size) == whole[name]
    assert refused == set(forms)
    assert {each.name for each in tmp_path.iterdir()} == {*forms, "csv-metadata.json"}


class Broken:
    """A store whose rows end in an error, as when the file behind it is damaged."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def rows(self, layer: str, query: Query) -> Iterator[Any]:
        yield from self._store.rows(layer, query)
        raise VisavisError("is damaged", remedy="Build it again")

    def features(self, layer: str, query: Query) -> Iterator[Any]:
        yield from self._store.features(layer, query)
        raise VisavisError("is damaged", remedy="Build it again")


@pytest.mark.parametrize("form", PARTS)
def test_rows_that_end_in_an_error_leave_the_old_file_and_tell_why(
    store: Store, form: str, tmp_path: Path
) -> None:
    target = tmp_path / f"cameras{FORMATS[form].suffix}"
    target.write_text("an older file")
    with pytest.raises(VisavisError, match="is damaged"):
        export(Broken(store), "cameras", form, target)  # type: ignore[arg-type]
    assert target.read_text() == "an older file"
    assert [each.name for each in tmp_path.iterdir()] == [target.name]
