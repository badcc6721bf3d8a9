"""Cameras as GeoJSON: a point is enough, a wrong value is named by its row, and what is written is read again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from visavis.cameras import CAMERAS_READ
from visavis.model.errors import InputError, TableError
from visavis.readers.cameras import read_cameras, read_points, write_cameras

DOSSIER = "zz/town/cameras"


def feature(lon: object = 6.1, lat: object = 46.2, **properties: object) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "properties": properties, "geometry": point}


def saved(folder: Path, *features: object, **members: object) -> Path:
    file = folder / "cameras.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features, **members}), "utf-8")
    return file


def read(folder: Path, *features: object) -> gpd.GeoDataFrame:
    return read_cameras(saved(folder, *features), DOSSIER, "source")[0]


def test_a_point_is_enough(tmp_path: Path) -> None:
    bare = {
        "type": "Feature",
        "properties": None,
        "geometry": {"type": "Point", "coordinates": [6.1, 46.2, 440.0]},
    }
    cameras = read(tmp_path, bare)
    (row,) = cameras.to_dict("records")
    assert (row["camera_id"], row["kind"], row["standing"]) == (f"{DOSSIER}/1", "unknown", "stated")
    assert cameras.crs == "OGC:CRS84"
    known = {"camera_id", "disclosure_id", "standing", "kind", "source_id", "geometry"}
    assert cameras[[name for name in cameras.columns if name not in known]].isna().all(axis=None)


def test_the_id_is_the_file_s_own_where_it_has_one(tmp_path: Path) -> None:
    cameras = read(
        tmp_path, feature(camera_id="mine"), {**feature(), "id": 7}, feature(label="K3"), feature(label=None)
    )
    assert cameras["camera_id"].tolist() == ["mine", f"{DOSSIER}/7", f"{DOSSIER}/K3", f"{DOSSIER}/4"]


def test_columns_are_read_and_others_told_in_one_finding(tmp_path: Path) -> None:
    file = saved(
        tmp_path, feature(kind="dome", height_m="5.5", label=12, colour="red"), feature(colour=1, paint=2)
    )
    cameras, findings = read_cameras(file, DOSSIER, "source")
    assert cameras["height_m"].iloc[0] == 5.5
    assert cameras["label"].iloc[0] == "12"
    (finding,) = findings
    assert finding.code == "cameras.columns-ignored"
    assert finding.figures["columns"] == "colour, paint"


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (feature(kind="periscope"), "kind"),
        (feature(azimuth_deg=400), "azimuth_deg"),
        (feature(azimuth_deg="north"), "azimuth_deg"),
        (feature(height_m=-3), "height_m"),
        (feature(height_m="5 m"), "height_m"),
        (feature(height_m=True), "height_m"),
        (feature(height_m="inf"), "height_m"),
        (feature(label=["a"]), "label"),
        (feature(lon=46.2, lat=106.1), "swapped"),
        (feature(lon=2_500_000.0, lat=1_118_000.0), "degrees"),
        (feature(lon=0, lat=0), "0, 0"),
        (feature(lon=None), "no point"),
        (feature(lon="461.993.881"), "no point"),
        (feature(lon=float("nan")), "no point"),
        ({"type": "Feature", "properties": {}, "geometry": None}, "no point"),
        ({"type": "Feature", "properties": {}, "geometry": [6, 46]}, "no point"),
        (
            {
                "type": "Feature",
                "properties": {},
                "geometry": {"type": "LineString", "coordinates": [[6, 46], [7, 46]]},
            },
            "no point",
        ),
        (
            {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": {"x": 6}}},
            "no point",
        ),
        (
            {"type": "Feature", "properties": [1], "geometry": {"type": "Point", "coordinates": [6, 46]}},
            "properties",
        ),
    ],
)
def test_a_bad_value_is_refused_with_file_and_row(tmp_path: Path, bad: dict[str, Any], words: str) -> None:
    with pytest.raises(TableError, match=words) as refused:
        read(tmp_path, feature(), bad)
    assert "cameras.geojson, row" in str(refused.value)
    assert refused.value.row in {2, f"{DOSSIER}/2"}
    assert "\n" not in str(refused.value)


def test_two_cameras_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="camera_id"):
        read(tmp_path, feature(camera_id="a"), feature(camera_id="a"))


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"7", b'{"type": "Feature"}', b'{"features": [1]}', b"\xff\xfe", b"[" * 100_000],
)
def test_what_is_no_geojson_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "cameras.geojson"
    file.write_bytes(content)
    with pytest.raises(TableError, match=r"cameras\.geojson") as refused:
        read_cameras(file, DOSSIER, "source")
    assert "\n" not in str(refused.value)


def test_a_crs_of_its_own_is_refused_and_wgs_84_by_name_is_not(tmp_path: Path) -> None:
    def named(name: str) -> dict[str, Any]:
        return {"type": "name", "properties": {"name": name}}

    with pytest.raises(TableError, match="2154"):
        read_cameras(saved(tmp_path, feature(), crs=named("urn:ogc:def:crs:EPSG::2154")), DOSSIER, "s")
    file = saved(tmp_path, feature(), crs=named("urn:ogc:def:crs:OGC:1.3:CRS84"))
    assert len(read_cameras(file, DOSSIER, "s")[0]) == 1


def test_one_swapped_camera_among_others_is_refused_by_its_row(tmp_path: Path) -> None:
    good = [feature(lon=6.1 + at / 100, lat=46.2) for at in range(4)]
    with pytest.raises(TableError, match="swapped") as refused:
        read(tmp_path, *good, feature(lon=46.2, lat=6.1))
    assert refused.value.row == 5


def test_a_camera_far_from_the_others_is_told(tmp_path: Path) -> None:
    good = [feature(lon=6.1 + at / 100, lat=46.2) for at in range(4)]
    _, findings = read_cameras(
        saved(tmp_path, *good, feature(lon=2.3, lat=48.9, label="Paris")), DOSSIER, "s"
    )
    (finding,) = findings
    assert finding.code == "cameras.place-apart"
    assert finding.subjects == (f"{DOSSIER}/Paris",)
    assert finding.figures["distance_km"] == pytest.approx(418, abs=10)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no such file"):
        read_cameras(tmp_path / "nowhere.geojson", DOSSIER, "source")


def test_what_is_written_is_rfc_7946(tmp_path: Path) -> None:
    write_cameras(read(tmp_path, feature(label="É1", height_m=5)), tmp_path / "out.geojson")
    text = (tmp_path / "out.geojson").read_text("utf-8")
    content = json.loads(text)
    assert set(content) == {"type", "features"}
    (written,) = content["features"]
    assert written["id"] == written["properties"]["camera_id"] == f"{DOSSIER}/É1"
    assert written["geometry"] == {"type": "Point", "coordinates": [6.1, 46.2]}
    assert set(written["properties"]) == set(CAMERAS_READ.columns) - {"geometry"}
    assert written["properties"]["azimuth_deg"] is None
    assert "NaN" not in text
    assert len(gpd.read_file(tmp_path / "out.geojson")) == 1


def test_metres_are_written_as_degrees(tmp_path: Path) -> None:
    cameras = read(tmp_path, feature()).to_crs("EPSG:2056")
    write_cameras(cameras, tmp_path / "out.geojson")
    (point,) = read_points(tmp_path / "out.geojson").geometry
    assert (point.x, point.y) == pytest.approx((6.1, 46.2), abs=1e-8)


def test_a_failed_writing_leaves_the_old_file_and_nothing_beside(tmp_path: Path) -> None:
    (tmp_path / "out.geojson").mkdir()
    cameras = read(tmp_path, feature())
    with pytest.raises(OSError, match=r"out\.geojson"):
        write_cameras(cameras, tmp_path / "out.geojson")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["cameras.geojson", "out.geojson"]
    with pytest.raises(InputError, match="no such folder"):
        write_cameras(cameras, tmp_path / "nowhere" / "out.geojson")


def test_points_are_read_whatever_else_the_file_holds(tmp_path: Path) -> None:
    line = {
        "type": "Feature",
        "properties": {},
        "geometry": {"type": "LineString", "coordinates": [[6, 46], [7, 46]]},
    }
    points = read_points(
        saved(tmp_path, line, feature(azimuth_deg=90, colour="red"), {"type": "Feature", "geometry": None})
    )
    assert points["azimuth_deg"].tolist() == [90]
    assert len(read_points(saved(tmp_path))) == 0


NUMBERS = {
    "height_m": st.floats(0.1, 60),
    "azimuth_deg": st.floats(0, 359),
    "tilt_deg": st.floats(-90, 90),
    "position_sd_m": st.floats(0, 100),
}
CAMERA = st.fixed_dictionaries(
    {"lon": st.floats(6, 6.5), "lat": st.floats(46, 46.4)},  # one town: farther apart is told
    optional={
        **NUMBERS,
        "kind": st.sampled_from(["fixed", "dome", "ptz"]),
        "mount": st.text(min_size=1, max_size=9),
    },
)


@pytest.mark.slow
@given(st.lists(CAMERA, min_size=1, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_read_and_written_is_read_again_as_it_was(
    tmp_path: Path, told: list[dict[str, Any]]
) -> None:
    first = read(tmp_path, *(feature(**camera) for camera in told))
    write_cameras(first, tmp_path / "again.geojson")
    second, findings = read_cameras(tmp_path / "again.geojson", DOSSIER, "source")
    assert findings == ()
    texts = first.select_dtypes("str").columns
    pd.testing.assert_frame_equal(second[texts], first[texts])
    for name in NUMBERS:
        assert second[name].tolist() == pytest.approx(first[name].tolist(), abs=1e-4, nan_ok=True)
    assert shapely.distance(first.geometry.to_numpy(), second.geometry.to_numpy()).max() < 1e-8
