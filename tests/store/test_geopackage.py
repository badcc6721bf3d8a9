"""What a GeoPackage store does with its file."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from tests.store.by_hand import camera, record, same, street

from visavis.layers import LAYERS
from visavis.model.errors import StoreError
from visavis.store import LiveStore, Query, open_store, write_store
from visavis.store.writing import neighbours

Tables = dict[str, pd.DataFrame]


@pytest.fixture
def file(tmp_path: Path, tables: Tables) -> Path:
    written = tmp_path / "town.gpkg"
    write_store(str(written), tables, record())
    return written


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that no test changes."""
    written = tmp_path_factory.mktemp("kept") / "town.gpkg"
    write_store(str(written), street(), record())
    return written


@pytest.mark.slow
def test_gdal_reads_every_table_as_it_went_in(kept: Path, tables: Tables) -> None:
    listed = dict(pyogrio.list_layers(kept))
    assert set(listed) == {*LAYERS, "visavis_build", "visavis_sources"}
    for name, layer in LAYERS.items():
        read = pyogrio.read_dataframe(kept, layer=name)
        if layer.table.geometry:
            assert read.crs == "EPSG:4326"
            read = read.set_crs("OGC:CRS84", allow_override=True)
        same(layer.table.frame(read), tables[name])


def test_spatial_tables_have_an_r_tree_that_gdal_uses(kept: Path, tables: Tables) -> None:
    for name, layer in LAYERS.items():
        info = pyogrio.read_info(kept, layer=name)
        assert bool(info["capabilities"]["fast_spatial_filter"]) == bool(layer.table.geometry), name
    one = tables["cameras"].iloc[[0]]
    bounds = tuple(one.total_bounds)  # type: ignore[attr-defined]
    assert len(pyogrio.read_dataframe(kept, layer="cameras", bbox=bounds)) == 1


@pytest.mark.gdal
def test_gdal_shows_licence_sources_and_the_meaning_of_columns(kept: Path) -> None:
    told = subprocess.run(
        ["ogrinfo", "-ro", "-al", kept], capture_output=True, text=True, check=True, timeout=60
    )
    assert not told.stderr
    for words in (
        "LICENCE=CC0-1.0; ODbL-1.0",
        "INVENTED=yes: no real place, no real camera",
        f"BUILD_ID={record().build_id}",
        "SOFTWARE=visavis 0.1.0",
        "DESCRIPTION_FR=Caméras dont",
        "domain name=cameras_kind",
        'value (String) = {"draws": 100, "max_range_m": 200.0, "seed": 2017}',
        "url (String) = https://example.org/osm",
    ):
        assert words in told.stdout, words
    with closing(sqlite3.connect(kept)) as database:
        meanings = dict(
            database.execute(
                "SELECT column_name, description FROM gpkg_data_columns WHERE table_name = 'cameras' ORDER BY rowid"
            ).fetchall()
        )
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert list(meanings) == list(LAYERS["cameras"].table.columns)
    assert meanings["height_m"] == "Height of the lens above ground [m]"


def test_the_same_build_gives_the_same_bytes(kept: Path, tmp_path: Path) -> None:
    write_store(str(tmp_path / "again.gpkg"), street(), record())
    assert (tmp_path / "again.gpkg").read_bytes() == kept.read_bytes()


def test_rows_in_another_order_are_put_in_order(kept: Path, tables: Tables, tmp_path: Path) -> None:
    mixed = {name: table.iloc[::-1] for name, table in tables.items()}
    write_store(str(tmp_path / "mixed.gpkg"), mixed, record())
    assert (tmp_path / "mixed.gpkg").read_bytes() == kept.read_bytes()


def test_a_table_that_is_missing_leaves_the_old_store_as_it_was(file: Path, tables: Tables) -> None:
    before = file.read_bytes()
    del tables["findings"]
    with pytest.raises(KeyError):
        write_store(str(file), tables, record())
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_a_failure_in_the_middle_leaves_the_old_store_as_it_was(file: Path, tables: Tables) -> None:
    before = file.read_bytes()
    tables["findings"] = tables["findings"].drop(columns="text_fr")  # noticed when its features are made
    with pytest.raises(KeyError):
        write_store(str(file), tables, record())
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


_FULL_DISK = """
import resource, sys
from tests.store.by_hand import record, street
from visavis.store import write_store
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
write_store(sys.argv[1], street(), record())
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no limit on the size of a file")
@pytest.mark.parametrize("room_bytes", [0, 20_000, 120_000, 330_000])
def test_a_full_disk_leaves_the_old_store_as_it_was(file: Path, root: Path, room_bytes: int) -> None:
    before = file.read_bytes()
    assert len(before) > room_bytes
    ran = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, file, str(room_bytes)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode == 1, ran.stderr
    assert ran.stderr.strip().splitlines()[-1].startswith("visavis.model.errors.StoreError"), ran.stderr
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.slow
def test_a_store_that_cannot_be_written_is_told_in_one_line(tmp_path: Path, tables: Tables) -> None:
    (tmp_path / "folder.gpkg").mkdir()
    for target in (tmp_path / "nowhere" / "x.gpkg", tmp_path / "folder.gpkg"):
        with pytest.raises(StoreError, match=target.name) as refused:
            write_store(str(target), tables, record())
        assert "\n" not in str(refused.value)
    assert [each.name for each in tmp_path.iterdir()] == ["folder.gpkg"]


@pytest.mark.slow
def test_a_link_stays_and_the_file_behind_it_is_replaced(file: Path, tables: Tables) -> None:
    link = file.with_name("link.gpkg")
    link.symlink_to(file)
    write_store(str(link), tables | street(cameras=[camera(1)]), record())
    assert link.is_symlink()
    assert pyogrio.read_info(file, layer="cameras")["features"] == 1


def test_a_store_may_be_read_by_others(kept: Path) -> None:
    umask = os.umask(0)
    os.umask(umask)
    assert kept.stat().st_mode & 0o777 == 0o666 & ~umask


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-5000])


def _cut_to_the_header(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:50])


def _overwrite(file: Path) -> None:
    file.write_text("this is no database\n" * 1000)


def _spoil_the_schema(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[100:4096] = b"\xff" * 3996
    file.write_bytes(content)


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _remove(file: Path) -> None:
    file.unlink()


def _make_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _foreign(file: Path) -> None:
    file.unlink()
    pyogrio.write_dataframe(street()["cameras"], file, layer="cameras", driver="GPKG")


def _plain_sqlite(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE visavis_build (name, value)")


def _change(statement: str) -> Callable[[Path], None]:
    def change(file: Path) -> None:
        with closing(sqlite3.connect(file)) as database, database:
            database.execute(statement)

    return change


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_cut, "is cut off"),
        (_cut_to_the_header, "is not a GeoPackage"),
        (_overwrite, "is not a GeoPackage"),
        (_spoil_the_schema, "is damaged"),
        (_empty, "is not a GeoPackage"),
        (_remove, "no store there"),
        (_make_a_folder, "can't be read"),
        (_foreign, "not one of visavis"),
        (_plain_sqlite, "is not a GeoPackage"),
        (_change("UPDATE visavis_build SET value = '99' WHERE name = 'store_format'"), "doesn't read"),
        (_change("ALTER TABLE views RENAME COLUMN level TO grade"), "views lacks level"),
        (_change("DELETE FROM visavis_build"), "is damaged"),
        (_change("DELETE FROM gpkg_contents WHERE table_name = 'views'"), "is damaged"),
    ],
)
def test_a_file_that_is_no_store_is_refused_in_one_line(
    file: Path, spoil: Callable[[Path], None], words: str
) -> None:
    spoil(file)
    with pytest.raises(StoreError, match=words) as refused:
        open_store(str(file))
    assert str(refused.value).startswith(f"{file}: ")
    assert "\n" not in str(refused.value)


def test_damage_that_shows_late_is_told_too(file: Path) -> None:
    content = bytearray(file.read_bytes())
    with closing(sqlite3.connect(file)) as database:
        (page,) = database.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'visavis_features'"
        ).fetchone()
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    file.write_bytes(content)
    store = open_store(str(file))
    with pytest.raises(StoreError, match="is damaged"):
        store.page("cameras", Query(limit=10))
    store.close()


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("postgresql://me:secret@/town?host=/nowhere", "can't be reached"),
        ("postgresql://me:secret@127.0.0.1:1/town", "can't be reached"),
        ("postgresql://me:secret@[half/town", "can't be reached"),
        ("town.shp", "is not a kind of store"),
        ("", "is not a kind of store"),
    ],
)
def test_a_target_of_another_kind_is_refused_without_its_password(
    target: str, words: str, tables: Tables
) -> None:
    for use in (lambda: write_store(target, tables, record()), lambda: open_store(target)):
        with pytest.raises(StoreError, match=words) as refused:
            use()
        assert "secret" not in str(refused.value)


def test_a_bad_replacement_is_told_and_the_old_build_goes_on(file: Path) -> None:
    live = LiveStore(str(file))
    beside = file.with_name("beside")
    beside.write_text("no store")
    beside.replace(file)
    with live.reading() as store:
        assert store.page("cameras", Query(limit=1)).matched == 15
    assert live.trouble is not None
    assert "is not a GeoPackage" in str(live.trouble)
    write_store(str(file), street(cameras=[camera(1)]), record())
    with live.reading() as store:
        assert store.page("cameras", Query(limit=1)).matched == 1
    assert live.trouble is None
    live.close()


@pytest.mark.slow
def test_old_builds_are_let_go(file: Path) -> None:
    folder = Path("/proc/self/fd")
    if not folder.is_dir():
        pytest.skip("this system does not list open files")
    live = LiveStore(str(file))
    for draws in range(5):
        write_store(str(file), street(), record(parameters={"draws": draws}))
        with live.reading() as store:
            store.page("cameras", Query(limit=1))
    open_files = [str(link.readlink()) for link in folder.iterdir() if link.is_symlink()]
    ours = {name for name in open_files if "town.gpkg" in name or "town." in name}
    assert ours == {str(file)}  # a file that has been replaced is called deleted there
    live.close()


def test_finished_features_are_plain_json(kept: Path) -> None:
    with closing(sqlite3.connect(kept)) as database:
        features = [feature for (feature,) in database.execute("SELECT feature FROM visavis_features")]
    assert len(features) == sum(len(table) for table in street().values())
    for feature in features:
        assert json.loads(feature, parse_constant=lambda name: pytest.fail(name))["type"] == "Feature"


def test_rows_near_to_each_other_stand_together_and_those_without_a_place_last() -> None:
    places = [(4.0, 50.0), (9.0, 55.0), (4.001, 50.001), (9.001, 55.001)]
    frame = gpd.GeoDataFrame(
        geometry=[*map(shapely.Point, places[:2]), None, *map(shapely.Point, places[2:])]
    )
    order = neighbours(frame).tolist()
    assert sorted(order) == [0, 1, 2, 3, 4]
    assert order[-1] == 2
    assert {frozenset(order[:2]), frozenset(order[2:4])} == {frozenset({0, 3}), frozenset({1, 4})}
