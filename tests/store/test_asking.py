"""Filters, orders and parts of features: the same on every store."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.store.by_hand import at

from visavis.layers import layer
from visavis.model.errors import CostlyError, RequestError
from visavis.store import Query, Sort, Store, read_filter

BOX = "S_INTERSECTS(geometry, BBOX({}, {}, {}, {}))"


def found(store: Store, text: str, name: str = "cameras", language: str = "cql2-text") -> list[int]:
    """Return the numbers in the labels, or the ids, that a filter finds."""
    asked = Query(filter=read_filter(text, language, layer(name).table))
    page = store.page(name, asked)
    assert page.matched == len(page.features)
    ids = [json.loads(feature)["id"] for feature in page.features]
    assert ids == list(store.frame(name, asked)[layer(name).table.id_column])
    assert list(page.features) == list(store.features(name, asked))
    return [int(i.rsplit("/", 1)[1]) if i[-2:].isdigit() and "sheet" in i else i for i in ids]


LAST = "été/ça ?&#%25"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kind = 'ptz'", [12]),
        ("kind <> 'fixed'", [12, 13, LAST]),
        ("NOT kind = 'fixed' AND height_m > 4", [12, 13, LAST]),
        ("kind IN ('ptz', 'dome')", [12, 13]),
        ("kind NOT IN ('ptz', 'dome', 'fixed')", [LAST]),
        ("label IS NULL", [12]),
        ("azimuth_deg IS NOT NULL AND kind = 'dome'", [13]),
        ("height_m BETWEEN 5 AND 6 AND kind = 'ptz'", [12]),
        ("height_m * 2 = 10 AND kind = 'ptz'", [12]),
        ("height_m / 2 = 2.5 AND kind = 'ptz'", [12]),
        ("height_m / 0 = 1 OR kind = 'ptz'", [12]),
        ("hfov_deg > vfov_deg AND kind = 'ptz'", [12]),
        ("label LIKE 'C1'", [1]),
        ("label LIKE 'C1_'", ["osm:node/42", 10, 11, LAST]),
        ("label LIKE 'c1'", []),
        ("label LIKE '%100 \\% </script>'", [13]),
        ("label LIKE '%[%'", []),
        ("CASEI(label) LIKE CASEI('c1')", [1]),
        ("CASEI(label) = CASEI('c2')", [2]),
        ("ACCENTI(label) LIKE '%Ete%'", [13]),
        ("CASEI(ACCENTI(label)) LIKE CASEI(ACCENTI('%RUE DE L''ÉTÉ%'))", [13]),
        ("label > 'C8' AND label < 'D'", [9]),
        ("valid_from > DATE('2018-12-31')", [12]),
        ("valid_from = '2019'", [12]),
        ("valid_from LIKE '2018%'", [13]),
        ("valid_to >= DATE('2019-06-30')", ["osm:node/42", 13]),
        ("valid_to BETWEEN DATE('2019-01-01') AND DATE('2019-12-31')", [13]),
        ("T_BEFORE(valid_to, DATE('2020-01-01'))", [13]),
        ("T_AFTER(INTERVAL(valid_from, valid_to), INTERVAL('..', '2018-12-31'))", [12]),
        ("T_INTERSECTS(INTERVAL(valid_from, valid_to), INTERVAL('2019-07-01','..')) AND kind <> 'fixed'", [12, LAST]),
        ("T_DISJOINT(INTERVAL(valid_from, valid_to), TIMESTAMP('2018-01-01T12:00:00Z'))", [12, 13]),
        ("TRUE AND kind = 'ptz'", [12]),
        ("FALSE", []),
        ("kind = 'x'' OR 1=1 --'", []),
    ],
)  # fmt: skip
def test_a_filter_finds_what_it_says(store: Store, text: str, expected: list[Any]) -> None:
    assert found(store, text) == expected


def test_shapes_are_compared_exactly_and_not_by_their_boxes(store: Store) -> None:
    x, y = at(7.5, 1.5)  # within the hole of the fourth building
    assert found(store, f"S_INTERSECTS(geometry, POINT({x} {y}))", "spaces") == []
    x, y = at(6.5, 0.5)
    assert found(store, f"S_INTERSECTS(geometry, POINT({x} {y}))", "spaces") == ["dwelling_facade/osm:way/3"]
    assert found(store, f"S_CONTAINS(geometry, POINT({x} {y}))", "spaces") == ["dwelling_facade/osm:way/3"]
    assert found(store, f"S_WITHIN(POINT({x} {y}), geometry)", "spaces") == ["dwelling_facade/osm:way/3"]


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        ("intersects", [1, 4]),
        ("within", [1, 4]),
        ("touches", []),
        ("disjoint", [2, 3]),
        ("contains", []),
        ("equals", []),
    ],
)
def test_every_spatial_relation_is_that_of_de_9im(store: Store, relation: str, expected: list[int]) -> None:
    box = BOX.format(*at(-0.1, -0.1), *at(1.1, 1.1)).replace("S_INTERSECTS", f"S_{relation.upper()}")
    assert [int(str(name)[-1]) for name in found(store, box, "spaces")] == expected


def test_the_geometry_can_be_compared_with_itself_and_be_unknown(store: Store) -> None:
    assert len(found(store, "S_EQUALS(geometry, geometry)", "spaces")) == 4
    some, none = (found(store, f"geometry IS {word}", "withheld") for word in ("NOT NULL", "NULL"))
    assert len(some) + len(none) == store.layers()["withheld"].count
    assert none
    assert found(store, "S_DISJOINT(geometry, POINT(0 0))", "withheld") == some


def test_json_says_the_same_as_text(store: Store) -> None:
    text = '{"op": "and", "args": [{"op": "=", "args": [{"property": "kind"}, "ptz"]}, true]}'
    assert found(store, text, language="cql2-json") == [12]


def test_flags_are_asked_for_by_themselves(store: Store) -> None:
    assert found(store, "invented", "disclosures") == found(store, "invented = TRUE", "disclosures")
    assert found(store, "NOT invented", "disclosures") == found(store, "invented = FALSE", "disclosures")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind = ", "parsed"),
        ("shade = 'blue'", "no property 'shade'"),
        ("fid = 1", "no property 'fid'"),
        ("kind = 4", "number and text"),
        ("kind", "neither true nor false"),
        ("height_m", "neither true nor false"),
        ("height_m LIKE '5'", "LIKE"),
        ("label = DATE('2019-01-01')", "a day with text"),
        ("valid_from = DATE('2019-13-01')", "no day"),
        ("T_AFTER(label, DATE('2019-01-01'))", "holds no days"),
        ("T_AFTER(valid_from, INTERVAL('2020-01-01', '2019-01-01'))", "before it begins"),
        ("geometry = 'x'", "geometry is no value"),
        ("S_INTERSECTS(kind, POINT(1 2))", "geometry"),
        ("S_INTERSECTS(geometry, POINT(200 2))", "±180"),
        ("S_INTERSECTS(geometry, POLYGON((0 0, 1 1, 1 0, 0 1, 0 0)))", "not sound"),
        ("S_INTERSECTS(geometry, BBOX(1, 9, 2, 3))", "lower bound above"),
        ("height_m = 1e999", "no value"),
        ("height_m > 1 + 'a'", "numbers"),
        ("kind BETWEEN 'a' AND 'b'", "numbers and days"),
        ("evil(kind) = 1", "no function 'evil'"),
        ("A_CONTAINS(kind, ('a'))", "no operator"),
        ("(" * 60 + "kind = 'a'" + ")" * 60, "deep"),
        ("NOT " * 4000 + "kind = 'a'", "deep"),
        ("height_m = " + "-" * 9000 + "1", "deep"),
        (" OR ".join(["kind = 'a'"] * 1500), "characters"),
        (" OR ".join(["pixels=1"] * 1500), "parts"),
    ],
)
def test_what_can_not_be_asked_is_refused_in_one_line(text: str, said: str) -> None:
    with pytest.raises(RequestError, match=said) as refused:
        read_filter(text, "cql2-text", layer("cameras").table)
    assert refused.value.remedy
    assert len(str(refused.value)) < 600


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("column", ["kind", "azimuth_deg", "label", "valid_to", "height_m"])
def test_sorted_pages_hold_every_feature_once_and_the_unknown_last(
    store: Store, column: str, descending: bool
) -> None:
    whole = store.frame("cameras")
    known, unknown = whole[whole[column].notna()], whole[whole[column].isna()]
    expected = [
        *known.sort_values([column, "camera_id"], ascending=[not descending, True])["camera_id"],
        *unknown["camera_id"],
    ]
    query = Query(sortby=(Sort(column, descending),), limit=4)
    after, ids = None, []
    while True:
        page = store.page("cameras", Query(sortby=query.sortby, limit=4, after=after))
        assert page.matched == len(whole)
        ids += [json.loads(feature)["id"] for feature in page.features]
        after = page.next
        if after is None:
            break
    assert ids == expected
    assert [json.loads(f)["id"] for f in store.features("cameras", Query(sortby=query.sortby))] == expected


def test_pages_of_a_filter_go_on_where_they_ended(store: Store) -> None:
    asked = read_filter("height_m = 5", "cql2-text", layer("cameras").table)
    first = store.page("cameras", Query(filter=asked, limit=10))
    again = store.page("cameras", Query(filter=asked, limit=10))
    assert (again.features, again.matched, again.next) == (first.features, first.matched, first.next)
    rest = store.page("cameras", Query(filter=asked, limit=10, after=first.next))
    assert first.matched == rest.matched == 15
    assert len(rest.features) == 5
    assert rest.next is None


def test_a_key_of_another_order_is_refused(store: Store) -> None:
    with pytest.raises(RequestError, match="order"):
        store.page("cameras", Query(sortby=(Sort("kind"),), after=("x",), limit=1))
    with pytest.raises(RequestError, match="no property"):
        store.page("cameras", Query(sortby=(Sort('kind" --'),), limit=1))


def test_features_bear_the_properties_that_are_asked_for(store: Store) -> None:
    page = store.page("cameras", Query(properties=("label", "kind"), where={"kind": "dome"}))
    (feature,) = map(json.loads, page.features)
    whole = json.loads(store.item("cameras", feature["id"]) or b"")
    assert feature == whole | {"properties": {name: whole["properties"][name] for name in ("label", "kind")}}
    assert list(
        store.features("cameras", Query(properties=("label", "kind"), where={"kind": "dome"}))
    ) == list(page.features)


def test_a_query_that_takes_longer_than_its_patience_is_given_up(store: Store) -> None:
    if store.layers()["cameras"].count > 1_000:
        pytest.skip("made for a small store")
    clause = " OR ".join(["ACCENTI(CASEI(label)) LIKE '%é%è%ê%ë%'"] * 440)
    slow = read_filter(clause, "cql2-text", layer("cameras").table)
    with pytest.raises(CostlyError, match="takes more than"):
        store.page("cameras", Query(filter=slow, patience_s=0.0))
    assert store.page("cameras", Query(limit=1)).matched == 15
