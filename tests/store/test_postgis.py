"""What a PostGIS store does with its database, its server and its readers."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import psycopg
import pytest
from tests.store.by_hand import camera, record, street

from tools.postgres import Cluster
from visavis.layers import LAYERS
from visavis.model.errors import RequestError, StoreError
from visavis.store import LiveStore, Query, Store, open_store, write_store

Tables = dict[str, pd.DataFrame]


@pytest.fixture
def database(server: Cluster) -> str:
    return server.fresh()


def ask(target: str, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with psycopg.connect(target, autocommit=True) as connection:
        cursor = connection.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def schemas(target: str) -> list[str]:
    found = ask(target, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'visavis%' ORDER BY 1")
    return [name for (name,) in found]


def count(store: Store) -> int:
    return store.page("cameras", Query(limit=1)).matched


def test_the_views_show_the_current_build_with_its_words(database: str) -> None:
    write_store(database, street(), record())
    assert ask(database, "SELECT count(*) FROM visavis.cameras") == [(15,)]
    [(told,)] = ask(
        database,
        "SELECT col_description('visavis.cameras'::regclass, attnum) FROM pg_attribute"
        " WHERE attrelid = 'visavis.cameras'::regclass AND attname = 'height_m'",
    )
    assert told == "Height of the lens above ground [m]"
    [(told,)] = ask(database, "SELECT obj_description('visavis.views'::regclass)")
    assert told.endswith("Invented: no real place, no real camera.")
    kinds = dict(
        ask(database, "SELECT f_table_name, type FROM geometry_columns WHERE f_table_schema = 'visavis'")
    )
    assert kinds["cameras"] == "POINT"
    assert set(kinds) == {name for name, layer in LAYERS.items() if layer.table.geometry}
    write_store(database, street(cameras=[camera(1)]), record())
    assert ask(database, "SELECT label FROM visavis.cameras") == [("C1",)]


@pytest.mark.gdal
def test_gdal_reads_the_views(database: str) -> None:
    write_store(database, street(), record())
    place = database.partition("?host=")
    name = place[0].rpartition("/")[2]
    where = f"PG:dbname={name} host={place[2]} user=visavis schemas=visavis"
    ran = subprocess.run(
        ["ogrinfo", "-ro", "-so", where, "exposures"], capture_output=True, text=True, check=True
    )
    assert "Feature Count: 3" in ran.stdout
    assert "Geometry Column = geometry" in ran.stdout


def test_an_address_may_be_written_either_way(database: str) -> None:
    write_store(database.replace("postgresql://", "postgres://"), street(), record())
    store = open_store(database)
    assert count(store) == 15
    store.close()


def test_a_build_that_fails_leaves_the_old_one_and_no_trace(database: str, tables: Tables) -> None:
    write_store(database, tables, record())
    before = schemas(database)
    tables["findings"] = tables["findings"].drop(columns="text_fr")  # noticed when it is loaded, last of all
    with pytest.raises(KeyError):
        write_store(database, tables, record())
    assert schemas(database) == before
    store = open_store(database)
    assert count(store) == 15
    store.close()


_KILLED = """
import os, signal, sys
from tests.store.by_hand import record, street
from visavis.store import write_store
import visavis.store.postgis.publishing as publishing
loaded = publishing._load
def load(connection, build, layer, frame):
    loaded(connection, build, layer, frame)
    if layer.name == "views":
        os.kill(os.getpid(), signal.SIGKILL)
publishing._load = load
write_store(sys.argv[1], street(), record())
"""


@pytest.mark.slow
def test_a_builder_that_is_killed_leaves_the_old_build_and_no_trace(database: str, root: Path) -> None:
    write_store(database, street(), record())
    before = schemas(database)
    ran = subprocess.run([sys.executable, "-c", _KILLED, database], cwd=root, check=False, timeout=60)
    assert ran.returncode == -9
    write_store(database, street(cameras=[camera(1)]), record())  # waits for nobody
    assert len(schemas(database)) == len(before)
    assert ask(database, "SELECT label FROM visavis.cameras") == [("C1",)]


@pytest.mark.slow
def test_a_build_is_dropped_when_nobody_reads_it(database: str) -> None:
    write_store(database, street(), record())
    reading = open_store(database)
    [first] = [name for name in schemas(database) if name != "visavis"]
    for number in range(3):
        write_store(database, street(cameras=[camera(number)]), record(parameters={"draws": number}))
    held = [name for name in schemas(database) if name != "visavis"]
    assert len(held) == 2
    assert first in held
    assert count(reading) == 15
    reading.close()
    write_store(database, street(), record())
    assert first not in schemas(database)
    assert len(schemas(database)) == 2
    assert ask(database, "SELECT count(*) FROM visavis.layers")[0] == (len(LAYERS),)


@pytest.mark.slow
def test_readers_see_one_build_or_the_other_while_builds_are_published(database: str) -> None:
    cameras = {draws: [camera(number, label=f"build {draws}") for number in range(40)] for draws in range(4)}
    write_store(database, street(cameras=cameras[0]), record(parameters={"draws": 0}))
    live, done, seen, wrong = LiveStore(database), threading.Event(), set(), []

    def read() -> None:
        try:
            while not done.is_set():
                with live.reading() as store:
                    draws = store.record().parameters["draws"]
                    labels: set[str] = set()
                    after = None
                    while True:
                        page = store.page("cameras", Query(limit=7, after=after))
                        labels |= {json.loads(each)["properties"]["label"] for each in page.features}
                        after = page.next
                        if after is None:
                            break
                    if labels != {f"build {draws}"}:
                        wrong.append((draws, labels))
                    seen.add(draws)
        except BaseException as error:
            wrong.append(error)
            raise

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for draws in range(1, 4):
        write_store(database, street(cameras=cameras[draws]), record(parameters={"draws": draws}))
    with live.reading() as store:
        assert store.record().parameters["draws"] == 3
    done.set()
    for thread in threads:
        thread.join()
    live.close()
    assert wrong == []
    assert len(seen) > 1


def test_two_builders_publish_one_after_the_other(database: str) -> None:
    threads = [
        threading.Thread(target=write_store, args=(database, street(cameras=[camera(n)]), record()))
        for n in (1, 2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ask(database, "SELECT label FROM visavis.cameras") in ([("C1",)], [("C2",)])
    assert ask(database, "SELECT count(*) FROM visavis.builds WHERE is_current") == [(1,)]


def _cut_all(target: str) -> None:
    ask(
        target,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid()",
    )


def test_a_connection_that_was_cut_is_made_anew_without_a_word(database: str) -> None:
    write_store(database, street(), record())
    live = LiveStore(database)
    for _ in range(3):
        with live.reading() as store:
            assert count(store) == 15
            _cut_all(database)
            assert store.item("cameras", "osm:node/42") is not None
            assert len(list(store.features("cameras", Query()))) == 15
    with live.reading() as again:
        assert again is store
        assert live.trouble is None
    live.close()


@pytest.mark.slow
def test_a_build_stays_held_after_the_connection_that_held_it_was_cut(database: str) -> None:
    write_store(database, street(), record())
    reading = open_store(database)
    _cut_all(database)
    assert not reading.superseded()  # asked at the beginning of every request, and held again by that
    write_store(database, street(cameras=[camera(1)]), record())
    write_store(database, street(cameras=[camera(2)]), record())
    assert count(reading) == 15
    assert reading.superseded()
    reading.close()


def test_a_build_that_was_dropped_meanwhile_is_told_and_the_next_request_has_the_new_one(
    database: str,
) -> None:
    write_store(database, street(), record())
    live = LiveStore(database)
    with live.reading() as old:
        _cut_all(database)
        write_store(database, street(cameras=[camera(1)]), record())
        with pytest.raises(StoreError, match=r"has dropped the build that was being read\. Ask again"):
            old.page("spaces", Query(limit=1))
    with live.reading() as store:
        assert count(store) == 1
    live.close()


def test_a_killed_server_is_told_in_one_line_and_found_again(other_server: Cluster) -> None:
    database = other_server.fresh()
    write_store(database, street(), record())
    live = LiveStore(database)
    with live.reading() as store:
        assert count(store) == 15
    other_server.kill()
    with live.reading() as store, pytest.raises(StoreError) as refused:
        count(store)
    assert "can't be reached" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert live.trouble is not None
    with pytest.raises(StoreError, match="can't be reached"):
        write_store(database, street(), record())
    other_server.start()
    with live.reading() as store:
        assert count(store) == 15
    assert live.trouble is None
    write_store(database, street(cameras=[camera(1)]), record())
    with live.reading() as store:
        assert count(store) == 1
    live.close()


@pytest.mark.slow
def test_a_full_disk_leaves_the_old_build_and_the_next_finds_room(small_server: Cluster) -> None:
    database = small_server.fresh()
    write_store(database, street(), record())
    long = [random.Random(number).randbytes(1_500_000).hex() for number in range(6)]  # noqa: S311
    many = street(cameras=[camera(number, label=text) for number, text in enumerate(long)])
    with pytest.raises(StoreError) as refused:
        write_store(database, many, record())
    assert "has no room" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert len(schemas(database)) == 2
    write_store(database, street(cameras=[camera(1)]), record())
    store = open_store(database)
    assert count(store) == 1
    store.close()


def _nothing(target: str) -> None:
    del target


def _does(statement: str, *, built: bool = True) -> Callable[[str], None]:
    def change(target: str) -> None:
        if built:
            write_store(target, street(), record())
        ask(target, statement)

    return change


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_nothing, "is a database, but not one of visavis"),
        (_does("CREATE SCHEMA visavis", built=False), "is a database, but not one of visavis"),
        (_does("UPDATE visavis.migrations SET version_num = '9999'"), "another version"),
        (_does("UPDATE visavis.builds SET store_format = '99'"), "doesn't read"),
        (_does("UPDATE visavis.builds SET is_current = false"), "holds no build yet"),
        (_does("ALTER TABLE visavis_1.views DROP COLUMN level CASCADE"), "views lacks level"),
        (_does("DROP SCHEMA visavis_1 CASCADE"), "cameras lacks"),
        (_does("DROP TABLE visavis.builds CASCADE"), "can't be used"),
    ],
)
def test_a_database_that_is_no_store_is_refused_in_one_line(
    database: str, spoil: Callable[[str], None], words: str
) -> None:
    spoil(database)
    with pytest.raises(StoreError, match=words) as refused:
        open_store(database.replace("visavis@", "visavis:secret@"))
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_does("CREATE SCHEMA visavis", built=False), "has a schema 'visavis' that visavis did not make"),
        (_does("UPDATE visavis.migrations SET version_num = '9999'"), "was written by a newer version"),
    ],
)
def test_nothing_is_written_into_what_is_not_ours(
    database: str, spoil: Callable[[str], None], words: str
) -> None:
    spoil(database)
    before = schemas(database)
    with pytest.raises(StoreError, match=words):
        write_store(database, street(), record())
    assert schemas(database) == before


def test_other_schemas_of_the_database_are_left_alone(database: str) -> None:
    ask(database, "CREATE TABLE public.cameras AS SELECT 1 AS mine")
    write_store(database, street(), record())
    write_store(database, street(), record())
    assert ask(database, "SELECT mine FROM public.cameras") == [(1,)]


def test_a_user_without_rights_is_told_in_one_line(database: str) -> None:
    write_store(database, street(), record())
    ask(database, "DROP ROLE IF EXISTS nobody_here")
    ask(database, "CREATE ROLE nobody_here LOGIN")
    stranger = database.replace("visavis@", "nobody_here@")
    for use in (lambda: open_store(stranger), lambda: write_store(stranger, street(), record())):
        with pytest.raises(StoreError) as refused:
            use()
        assert "\n" not in str(refused.value)
    for statement in (
        "GRANT USAGE ON SCHEMA visavis, visavis_1 TO nobody_here",
        "GRANT SELECT ON ALL TABLES IN SCHEMA visavis, visavis_1 TO nobody_here",
    ):
        ask(database, statement)
    store = open_store(stranger)  # who only reads needs no more than that
    assert count(store) == 15
    store.close()
    ask(database, "DROP OWNED BY nobody_here; DROP ROLE nobody_here")


def test_a_server_without_postgis_is_told(server: Cluster) -> None:
    bare = server.fresh(extension=False)
    ask(bare, "DROP ROLE IF EXISTS plain")
    ask(bare, "CREATE ROLE plain LOGIN")
    with pytest.raises(StoreError, match=r"has no PostGIS\. Install it"):
        write_store(bare.replace("visavis@", "plain@"), street(), record())
    ask(bare, "DROP ROLE plain")
    write_store(bare, street(), record())  # whoever may, adds it
    assert ask(bare, "SELECT count(*) FROM visavis.cameras") == [(15,)]


def test_values_that_cannot_be_computed_with_are_refused(database: str) -> None:
    write_store(database, street(), record())
    store = open_store(database)
    assert store.item("cameras", "a\0b") is None
    with pytest.raises(RequestError):
        store.page("cameras", Query(where={"kind": "a\0b"}))
    assert count(store) == 15
    store.close()
