"""What every store does, whatever it is made of."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.by_hand import LAT, LON, camera, record, same, street

from visavis.layers import LAYERS
from visavis.model.errors import NotFoundError, RequestError
from visavis.model.vocabulary import SPACE_KINDS
from visavis.store import Bounds, Days, LiveStore, Query, Store, make_tile, open_store, write_store
from visavis.tiles import finishing
from visavis.tiles.grid import tiles_of

Tables = dict[str, pd.DataFrame]


def read_all(store: Store, layer: str, limit: int, **conditions: object) -> list[dict[str, object]]:
    """Go through the pages to the end."""
    features: list[dict[str, object]] = []
    after = None
    while True:
        page = store.page(layer, Query(limit=limit, after=after, **conditions))  # type: ignore[arg-type]
        features += [json.loads(feature) for feature in page.features]
        if page.next is None:
            assert len(features) == page.matched
            return features
        after = page.next


def ids(store: Store, layer: str, **conditions: object) -> list[object]:
    return [feature["id"] for feature in read_all(store, layer, 4, **conditions)]


@pytest.mark.slow
def test_every_table_comes_back_as_it_went_in(store: Store, tables: Tables) -> None:
    for name, table in tables.items():
        same(store.frame(name), table)


def test_the_record_comes_back_with_the_same_build_id(store: Store) -> None:
    assert store.record() == record()
    assert store.record().build_id == record().build_id
    assert store.record().invented


def test_every_layer_is_summed_up_also_an_empty_one(store: Store, tables: Tables) -> None:
    layers = store.layers()
    assert list(layers) == list(LAYERS)
    assert {name: summary.count for name, summary in layers.items()} == {n: len(t) for n, t in tables.items()}
    assert layers["cameras"].bounds == pytest.approx(tuple(tables["cameras"].total_bounds))  # type: ignore[attr-defined]
    assert layers["comparisons"].count == 0
    assert layers["findings"].bounds is None


@pytest.mark.parametrize("layer", list(LAYERS))
@pytest.mark.parametrize("limit", [1, 4, 100])
def test_paging_visits_each_feature_once_in_the_order_of_ids(
    store: Store, tables: Tables, layer: str, limit: int
) -> None:
    visited = [feature["id"] for feature in read_all(store, layer, limit)]
    assert visited == list(tables[layer][LAYERS[layer].table.id_column])


@pytest.mark.slow
def test_paging_neither_repeats_nor_skips_when_features_come_and_go(
    store: Store, tables: Tables, target: str
) -> None:
    write_store(target, tables, record())
    first = store.page("cameras", Query(limit=5))
    seen = [json.loads(feature)["id"] for feature in first.features]
    cameras = [camera(number) for number in range(1, 16) if number not in (4, 7)]
    changed = street(cameras=[camera(0, camera_id="a first one"), *cameras])
    write_store(target, changed, record())
    fresh = open_store(target)
    after = [json.loads(f)["id"] for f in fresh.page("cameras", Query(limit=100, after=first.next)).features]
    fresh.close()
    assert not set(seen) & set(after)
    beyond = changed["cameras"]["camera_id"] > seen[-1]
    assert after == list(changed["cameras"].loc[beyond, "camera_id"])


def test_a_feature_says_what_its_row_says(store: Store, tables: Tables) -> None:
    for name, layer in LAYERS.items():
        table = tables[name]
        for feature, (_, row) in zip(read_all(store, name, 3), table.iterrows(), strict=True):
            assert store.item(name, str(feature["id"])) is not None
            told = feature["properties"]
            assert isinstance(told, dict)
            assert list(told) == [column for column in layer.table.columns if column != "geometry"]
            for column, value in told.items():
                if value is None:
                    assert pd.isna(row[column])
                elif isinstance(value, float):
                    assert value == pytest.approx(row[column], abs=1e-3, rel=1e-6)
                else:
                    assert value == row[column]


def test_geometry_follows_the_standard(store: Store, tables: Tables) -> None:
    for name, table in tables.items():
        for feature, row in zip(read_all(store, name, 100), table.itertuples(), strict=True):
            kept = getattr(row, "geometry", None)
            if kept is None:
                assert feature["geometry"] is None
                continue
            shape = shapely.from_geojson(json.dumps(feature["geometry"]))
            assert shape.geom_type == kept.geom_type
            assert shapely.hausdorff_distance(shape, kept) <= 1e-7
            for part in getattr(shape, "geoms", [shape]):
                if part.geom_type == "Polygon":
                    assert part.exterior.is_ccw
                    assert not any(hole.is_ccw for hole in part.interiors)
            numbers = shapely.get_coordinates(shape).ravel().tolist()
            assert all(len(repr(number).partition(".")[2]) <= 7 for number in numbers)


def test_rounding_keeps_an_azimuth_below_a_full_turn(store: Store) -> None:
    cameras = [feature["properties"] for feature in read_all(store, "cameras", 100)]
    azimuths = [told["azimuth_deg"] for told in cameras if told["azimuth_deg"] is not None]  # type: ignore[index]
    assert azimuths
    assert all(0 <= azimuth < 360 for azimuth in azimuths)


def test_rows_go_out_in_bunches_as_they_are_in_the_table(store: Store, tables: Tables) -> None:
    for name, layer in LAYERS.items():
        rows = [row for bunch in store.rows(name, Query()) for row in bunch]
        table = tables[name]
        assert [row[0] for row in rows] == list(table[layer.table.id_column])
        for row, expected in zip(rows, table.itertuples(index=False), strict=True):
            *values, shape = row if layer.table.geometry else (*row, None)
            for value, wanted in zip(values, expected, strict=False):
                assert value == wanted or (value is None and pd.isna(wanted))
            if shape is not None:
                assert shapely.equals_identical(shapely.from_wkb(shape), expected[-1])


def test_rows_and_features_of_a_part_are_those_of_its_pages(store: Store) -> None:
    query = Query(where={"kind": "fixed"}, bounds=Bounds(LON, LAT, LON + 8e-4, LAT + 5e-4))
    expected = ids(store, "cameras", where=query.where, bounds=query.bounds)
    assert expected
    assert [row[0] for bunch in store.rows("cameras", query) for row in bunch] == expected
    assert [json.loads(feature)["id"] for feature in store.features("cameras", query)] == expected


def test_an_item_is_found_by_its_id_only(store: Store) -> None:
    found = store.item("cameras", "été/ça ?&#%25")
    assert found is not None
    assert json.loads(found)["id"] == "été/ça ?&#%25"
    assert store.item("cameras", "nowhere") is None
    assert store.item("spaces", "osm:node/42") is None


def test_a_layer_that_is_not_declared_is_refused(store: Store) -> None:
    for ask in (
        store.frame,
        lambda name: store.page(name, Query(limit=1)),
        lambda name: store.item(name, "x"),
    ):
        with pytest.raises(NotFoundError, match="no layer is called 'sqlite_master'"):
            ask("sqlite_master")


@pytest.mark.parametrize(
    ("days", "gone"),
    [
        (Days(None, None), set()),
        (Days("2018-12-31", "2018-12-31"), {12}),
        (Days("2019-01-01", "2019-06-30"), set()),
        (Days("2019-07-01", None), {13}),
        (Days("2020-12-31", "2020-12-31"), {13}),
        (Days("2021-01-01", None), {13, 14}),
        (Days(None, "2018-05-01"), {12, 13}),
    ],
)
def test_days_leave_out_cameras_known_not_to_stand_then(store: Store, days: Days, gone: set[int]) -> None:
    names = {12: "xx/street/2026-map/sheet.pdf/12", 13: "xx/street/2026-map/sheet.pdf/13", 14: "osm:node/42"}
    assert set(ids(store, "cameras")) - set(ids(store, "cameras", days=days)) == {names[n] for n in gone}


def test_days_do_not_matter_where_a_layer_knows_none(store: Store) -> None:
    assert len(ids(store, "spaces", days=Days("1900-01-01", "1900-01-02"))) == 4


def test_a_column_can_be_asked_for_a_value(store: Store) -> None:
    assert ids(store, "cameras", where={"kind": "ptz"}) == ["xx/street/2026-map/sheet.pdf/12"]
    assert ids(store, "exposures", where={"building_id": "osm:way/2", "sureness": "certain"}) == []
    assert ids(store, "disclosures", where={"invented": "true"}) == ["xx/street/2026-map"]
    assert ids(store, "disclosures", where={"invented": "false"}) == []
    assert ids(store, "cameras", where={"kind": "' OR 1=1 --"}) == []
    with pytest.raises(RequestError, match="can't be asked by 'fid'"):
        store.page("cameras", Query(limit=1, where={"fid": "1"}))
    with pytest.raises(RequestError, match="true or false"):
        store.page("disclosures", Query(limit=1, where={"invented": "perhaps"}))


@pytest.fixture(scope="module")
def many(place: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with shapes of every kind strewn around the world's edge and the street."""
    spaces = []
    for number in range(60):
        x, y = (number * 37 % 60) / 10 - 3, (number * 23 % 60) / 10 - 3
        shapes = [
            shapely.Point(x, y),
            shapely.Polygon([(x, y), (x + 1, y), (x, y + 1)]),
            shapely.MultiPolygon(
                [shapely.box(x, y, x + 0.1, y + 0.1), shapely.box(x + 1, y, x + 1.1, y + 1)]
            ),
        ]
        shape = shapely.transform(shapes[number % 3], lambda xy: xy + [177.0 if number % 2 else -177.0, 0.0])  # noqa: B023, RUF005
        spaces.append(
            {
                "space_id": f"{number:03}",
                "kind": next(iter(SPACE_KINDS)),
                "base_m": 0.0,
                "height_m": 1.0,
                "height_sd_m": 0.0,
                "use_confidence": 1.0,
                "source_id": "x",
                "geometry": shape,
            }
        )
    written = place(tmp_path_factory.mktemp("many"))
    write_store(written, street(spaces=spaces), record())
    store = open_store(written)
    yield store
    store.close()


@pytest.fixture(scope="module")
def spaces(many: Store) -> pd.DataFrame:
    return many.frame("spaces")


def _edges(least: float, most: float) -> st.SearchStrategy[float]:
    tenths = st.integers(int(least * 10), int(most * 10)).map(lambda n: n / 10)
    return tenths | st.floats(least, most)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(
    west=_edges(-180, 180),
    east=_edges(-180, 180),
    south=_edges(-4, 5),
    north=_edges(-4, 5),
    near=st.booleans(),
)
def test_a_box_holds_what_intersects_it(
    many: Store, spaces: pd.DataFrame, west: float, east: float, south: float, north: float, near: bool
) -> None:
    south, north = sorted((south, north))
    if near:  # most boxes over the whole globe hold everything or nothing
        west, east = (180 - west % 8, 180 - east % 8) if west < east else (180 - west % 8, -180 + east % 8)
    boxes = [shapely.box(west, south, east, north)]
    if west > east:
        boxes = [shapely.box(west, south, 180, north), shapely.box(-180, south, east, north)]
    inside = shapely.intersects(spaces["geometry"].to_numpy()[:, None], boxes).any(axis=1)
    expected = list(spaces.loc[inside, "space_id"])
    page = many.page("spaces", Query(limit=100, bounds=Bounds(west, south, east, north)))
    assert [json.loads(feature)["id"] for feature in page.features] == expected
    assert page.matched == len(expected)


def test_a_box_counts_what_it_pages(store: Store) -> None:
    bounds = Bounds(LON, LAT, LON + 5e-4, LAT + 5e-4)
    page = store.page("cameras", Query(limit=2, bounds=bounds))
    assert (len(page.features), page.matched) == (2, 6)
    assert store.page("findings", Query(limit=2, bounds=bounds)).matched == 0
    assert ids(store, "withheld", bounds=Bounds(-180, -90, 180, 90)) == ["xx/street/2026-map/2"]


def test_many_threads_read_the_same(store: Store) -> None:
    expected = read_all(store, "cameras", 3)
    right: list[bool] = []

    def read() -> None:
        right.append(all(read_all(store, "cameras", 3) == expected for _ in range(20)))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert right == [True] * 8


@pytest.mark.slow
def test_the_same_build_gives_the_same_answers(store: Store, target: str, tables: Tables) -> None:
    before = {name: store.page(name, Query(limit=100)) for name in LAYERS}
    write_store(target, tables, record())
    again = open_store(target)
    assert {name: again.page(name, Query(limit=100)) for name in LAYERS} == before
    again.close()


@pytest.mark.slow
def test_a_reader_keeps_its_build_while_the_next_takes_its_place(tables: Tables, target: str) -> None:
    write_store(target, tables, record())
    live = LiveStore(target)
    with live.reading() as old:
        before = old.page("cameras", Query(limit=100))
        write_store(target, street(cameras=[camera(1)]), record(parameters={"draws": 1}))
        with live.reading() as new:
            assert new.page("cameras", Query(limit=100)).matched == 1
            assert new.record().parameters == {"draws": 1}
        assert old.page("cameras", Query(limit=100)) == before
        assert old.record() == record()
        assert old.superseded()
        assert not new.superseded()
    with live.reading() as now:
        assert now is new
    live.close()


def test_tiles_finished_with_a_store_are_those_made_of_its_rows(
    store: Store, tables: Tables, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finishing, "MANY_ROWS", 2)
    monkeypatch.setattr(finishing, "MANY_FEATURES", 2)
    write_store(target, tables, record())
    finished = open_store(target)
    for name in ("cameras", "spaces", "exposures"):
        bounds = store.layers()[name].bounds
        assert bounds is not None
        kept = [tile for z in (0, 9, 14) for tile in tiles_of(bounds, z) if finished.tile(name, tile)]
        assert {tile.z for tile in kept} == {0, 9, 14}
        for tile in kept:
            assert store.tile(name, tile) is None
            assert (
                make_tile(finished, name, tile) == finished.tile(name, tile) == make_tile(store, name, tile)
            )
        assert not any(finished.tile(name, tile) for tile in tiles_of(bounds, 15))
    finished.close()
