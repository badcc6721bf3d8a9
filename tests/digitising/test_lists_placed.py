"""Rows of a list are placed by coordinates or words, with a score; what is in doubt is left for review."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.digitising.listed import (
    FIELDS,
    GAZETTEER,
    Gazetteer,
    Listed,
    Reading,
    gazetteer,
    place_rows,
    unplaced_findings,
)
from visavis.digitising.listed.coordinates import read_azimuths, read_coordinates, read_number
from visavis.digitising.listed.street_names import alike, street_name
from visavis.digitising.listed.wording import Named, named

LON, LAT = 2.3, 48.85
# Metres to degrees at that latitude, roughly.
EAST, NORTH = 1 / 73_200, 1 / 111_200


def at(x: float, y: float) -> dict[str, float]:
    return {"longitude": LON + x * EAST, "latitude": LAT + y * NORTH}


def grid_town() -> Gazetteer:
    """Three streets run east, three north, 200 m apart; a square in the middle, two houses, a namesake far off."""
    east, north = (
        ["Rue de la Ferronnerie", "Rue Neuve", "Boulevard Saint-Michel"],
        ["Rue Berger", "Avenue Foch", "Quai du Port"],
    )
    rows: list[dict[str, Any]] = [
        {"name": a, "crossing": b, **at(200 * j, 200 * i)}
        for i, a in enumerate(east)
        for j, b in enumerate(north)
    ]
    rows += [{"name": "Place du Marché", **at(x, y)} for x in (190, 230) for y in (190, 230)]
    rows += [{"name": "Rue Neuve", "number": "12", "postcode": "75001", **at(50, 210)}]
    rows += [{"name": "Rue Neuve", "number": "12bis", "postcode": "75001", **at(60, 210)}]
    rows += [{"name": "Rue Neuve", "number": "12", "postcode": "93000", **at(9000, 9000)}]
    rows += [{"name": "Rue du Bout", **at(x, 450)} for x in (30, 60, 90)]
    return gazetteer([GAZETTEER.frame([{**row, "source_id": "s"} for row in rows])])


TOWN = grid_town()
WORDS = Reading.model_validate({"columns": {"label": "n", "postcode": "cp", "place": "lieu"}})


def place(rows: list[dict[str, str]], reading: Reading = WORDS, known: Gazetteer = TOWN) -> Listed:
    listing = pd.DataFrame(
        [
            {**dict.fromkeys(FIELDS), "list": 1, "where": f"row {n}", **row}
            for n, row in enumerate(rows, start=2)
        ],
        dtype=object,
    )
    return place_rows(listing, reading, known, name="list.csv", disclosure_id="fr/t/1", source_id="fr/t/1")


def found(words: str, **more: str) -> tuple[float, float, float] | str:
    """Return east, north (m) and score of one place, or why it is left for review."""
    listed = place([{"label": "1", "place": words, **more}])
    if len(listed.unplaced):
        return str(listed.unplaced["why"].iloc[0])
    camera = listed.cameras.iloc[0]
    east, north = (camera.geometry.x - LON) / EAST, (camera.geometry.y - LAT) / NORTH
    return round(east), round(north), float(camera["place_score"])


@pytest.mark.parametrize(
    ("words", "east", "north"),
    [
        ("Rue Berger, rue de la Ferronnerie", 0, 0),
        ("angle rue Berger et rue Neuve", 0, 200),
        ("Rue Neuve / avenue Foch", 200, 200),
        ("bd St-Michel — face au quai du Port", 400, 400),
        ("à l'angle de la rue Neuve et du quai du Port", 400, 200),
        ("rue Berger (côté pair), Rue Neuve, inconnu", 0, 200),
        ("boulevard Saint Michel rue Berger", 0, 400),
    ],
)
def test_a_crossing_is_found_however_it_is_worded(words: str, east: int, north: int) -> None:
    spot = found(words)
    assert isinstance(spot, tuple), spot
    assert spot[:2] == pytest.approx((east, north), abs=2)


def test_a_misspelt_name_is_found_by_the_street_that_it_meets_and_scored_lower() -> None:
    exact, misspelt = found("Rue Berger, rue de la Ferronnerie"), found("Rue Berger, rue de la Feronerie")
    assert isinstance(exact, tuple)
    assert isinstance(misspelt, tuple)
    assert misspelt[:2] == exact[:2]
    assert misspelt[2] < exact[2] == 1.0


def test_a_house_is_found_by_number_and_postcode() -> None:
    assert found("12, rue Neuve", postcode="75001") == (50, 210, 1.0)
    assert found("12 bis rue Neuve", postcode="75001") == (60, 210, 1.0)
    assert found("Face au n° 12, rue Neuve", postcode="75001") == (50, 210, 1.0)
    assert found("12, rue Neuve") == "place-ambiguous"


def test_a_number_that_is_not_known_is_placed_at_the_next_on_its_side_with_more_error() -> None:
    listed = place([{"label": "1", "place": "16, rue Neuve", "postcode": "75001"}])
    assert listed.cameras["source_ref"].str.startswith("row 2: 12").all()
    assert listed.cameras["position_sd_m"].iloc[0] == pytest.approx(30.0, abs=3.0)
    assert found("17, rue Neuve", postcode="75001") == "place-vague"
    assert found("40, rue Neuve", postcode="75001") == "place-vague"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Jardin des Halles, Colonne Médicis", "place-unknown"),
        ("Rue Berger", "place-vague"),
        ("Rue Berger, quai du Port", "place-apart"),
        ("rue Foch", "place-unknown"),
        ("", "place-untold"),
    ],
)
def test_what_is_not_surely_one_place_is_left_for_review(words: str, why: str) -> None:
    assert found(words) == why


def test_a_small_square_is_a_place_and_a_street_of_another_kind_is_not_it() -> None:
    spot = found("Place du Marché")
    assert isinstance(spot, tuple)
    assert spot[:2] == (210, 210)
    assert found("Quai du Marché") == "place-unknown"


def test_a_square_of_which_one_corner_is_known_is_placed_there_and_a_street_is_not() -> None:
    rows = [
        {"name": name, "crossing": "Rue Z", **at(900, 900), "source_id": "s"} for name in ("Place Q", "Rue Q")
    ]
    known = gazetteer([TOWN.entries, GAZETTEER.frame(rows)])
    listed = place([{"label": "1", "place": "Place Q"}, {"label": "2", "place": "Rue Q"}], known=known)
    assert listed.cameras[["label", "position_sd_m"]].to_numpy().tolist() == [["1", 60.0]]
    assert listed.unplaced["why"].tolist() == ["place-vague"]


def test_rue_for_avenue_is_taken_only_where_a_crossing_bears_it_out() -> None:
    spot = found("rue Foch, rue Neuve")
    assert isinstance(spot, tuple)
    assert spot[:2] == (200, 200)
    assert spot[2] < 0.9


def test_streets_that_nearly_meet_are_placed_between_them_with_more_error() -> None:
    listed = place([{"label": "1", "place": "Rue du Bout, boulevard Saint-Michel"}])
    assert listed.cameras["position_sd_m"].iloc[0] > 12.0
    assert listed.cameras["place_score"].iloc[0] == pytest.approx(0.9)


def test_a_place_far_from_the_others_of_its_postcode_is_left_for_review() -> None:
    near = [
        {"label": str(n), "place": "Rue Berger, rue Neuve" + " " * n, "postcode": "75001"} for n in range(6)
    ]
    near[1]["place"], near[2]["place"] = "Rue Neuve, avenue Foch", "Rue Neuve, quai du Port"
    near[3]["place"], near[4]["place"] = "Rue Berger, rue de la Ferronnerie", "Place du Marché"
    rows = [{"name": "Rue X", "crossing": "Rue Y", **at(30_000, 0), "source_id": "s"}]
    known = gazetteer([TOWN.entries, GAZETTEER.frame(rows)])
    listed = place([*near, {"label": "9", "place": "Rue X, rue Y", "postcode": "75001"}], known=known)
    assert listed.unplaced[["label", "why"]].to_numpy().tolist() == [["9", "place-elsewhere"]]
    assert place([{"label": "9", "place": "Rue X, rue Y"}], known=known).unplaced.empty


def test_no_row_is_lost_and_each_that_is_left_is_told_with_its_choices() -> None:
    rows = [
        {"label": str(n), "place": words}
        for n, words in enumerate(["Rue Berger, rue Neuve", "?", "12 rue Neuve"])
    ]
    listed = place(rows)
    assert len(listed.cameras) + len(listed.unplaced) == 3
    told = unplaced_findings(listed.unplaced)
    assert sorted(f.code for f in told) == ["listed.place-ambiguous", "listed.place-unknown"]
    ambiguous = next(f for f in told if f.code == "listed.place-ambiguous")
    assert ambiguous.subjects == ("fr/t/1:list:2",)
    assert ambiguous.text_en.count("12 Rue Neuve") == 2


def test_a_square_of_a_name_that_several_towns_have_is_told_by_the_postcode_or_left() -> None:
    far = [{"name": "Place du Marché", **at(x, 9000), "source_id": "s"} for x in (9000, 9040)]
    known = gazetteer([TOWN.entries, GAZETTEER.frame(far)])
    assert place([{"label": "1", "place": "Place du Marché"}], known=known).unplaced["why"].tolist() == [
        "place-ambiguous"
    ]
    told = ["Rue Berger, rue Neuve", "Rue Neuve, avenue Foch", "Rue Neuve, quai du Port"]
    told += ["Rue Berger, rue de la Ferronnerie", "Rue Berger, boulevard Saint-Michel", "Place du Marché"]
    rows = [{"label": str(n), "place": words, "postcode": "75001"} for n, words in enumerate(told)]
    assert place(rows, known=known).unplaced.empty


def test_without_a_gazetteer_words_are_not_looked_up_and_that_is_told() -> None:
    listed = place([{"label": "1", "place": "Rue Berger"}], known=gazetteer([]))
    assert listed.unplaced["why"].tolist() == ["places-not-sought"]
    assert [f.kind.severity for f in listed.findings] == ["problem"]


def test_the_same_label_in_a_further_list_is_the_same_camera_with_its_first_place_found() -> None:
    rows = [
        {"label": "01049", "place": "Nulle part"},
        {"label": "1049", "place": "Rue Berger, rue Neuve", "list": 2},
        {"label": "7", "place": "Rue Berger, rue Neuve"},
        {"label": "07", "place": "rue Berger, rue Neuve", "list": 2},
    ]
    listed = place(rows)  # type: ignore[arg-type]
    assert listed.cameras["label"].tolist() == ["01049", "7"]
    assert sorted(f.code for f in listed.findings) == [
        "listed.placed-in-words",
        "listed.row-differs",
        "listed.row-repeated",
    ]


def test_a_label_used_twice_in_one_list_is_two_cameras() -> None:
    listed = place(
        [{"label": "1", "place": "Rue Berger, rue Neuve"}, {"label": "1", "place": "Rue Neuve, avenue Foch"}]
    )
    assert listed.cameras["camera_id"].is_unique
    assert len(listed.cameras) == 2
    assert "listed.label-twice" in {f.code for f in listed.findings}


# How names are compared.


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bd St-Michel", "Boulevard Saint-Michel"),
        ("av. du Gal Leclerc", "Avenue du Général Leclerc"),
        ("rue Glacière", "Rue de la Glacière"),
        ("Place J.-B. Clément", "place J B Clement"),
        ("Rue Mercœur", "rue Mercoeur"),
    ],
)
def test_ways_to_write_a_name_are_the_same_name(one: str, other: str) -> None:
    assert alike(street_name(one), street_name(other)) == 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rue de Clichy", "Place de Clichy"),
        ("Rue Albert", "Rue Albert Thomas"),
        ("Rue de la Santé", "Rue de la Paix"),
        ("Canal de l'Ourcq", "Quai de l'Ourcq"),
    ],
)
def test_other_names_are_not(one: str, other: str) -> None:
    assert alike(street_name(one), street_name(other)) < 0.8


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_the_same_both_ways_and_between_0_and_1(one: str, other: str) -> None:
    a, b = street_name(one), street_name(other)
    assert 0.0 <= alike(a, b) <= 1.0
    assert alike(a, b) == alike(b, a)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Place du 11 novembre 1918", [Named("Place du 11 novembre 1918")]),
        ("110-122, rue des Poissonniers", [Named("rue des Poissonniers", "110")]),
        ("Place Jean Moulin, 4 ter rue B", [Named("Place Jean Moulin"), Named("rue B", "4ter")]),
        ("rue de Rivoli n° 12", [Named("rue de Rivoli", "12")]),
        ("Rue du 8 mai 1945", [Named("Rue du 8 mai 1945")]),
        ("Pont Neuf amont — Seine", [Named("Pont Neuf"), Named("Seine")]),
    ],
)
def test_words_are_parted_into_what_they_name(words: str, names: list[Named]) -> None:
    assert list(named(words)) == names


@given(st.text(max_size=60))
def test_any_words_can_be_parted(words: str) -> None:
    assert all(each.name for each in named(words))


# Coordinates and angles.


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2,3522", 2.3522),
        ("652 123,45", 652123.45),
        ("6 862 000", 6862000.0),
        ("6.862.000,5", 6862000.5),
        ("6,862,000.5", 6862000.5),
        ("48°51'24\"N", 48.856667),
        ("2°21'7,5\"O", -2.352083),
        ("2.35 W", -2.35),
        ("−1,5", -1.5),
        ("inconnu", np.nan),
        (None, np.nan),
    ],
)
def test_numbers_are_read_as_offices_write_them(words: str | None, value: float) -> None:
    assert read_number(words) == pytest.approx(value, nan_ok=True, abs=1e-6)


@pytest.mark.slow
@given(
    st.floats(1.5, 4.0),
    st.floats(45.0, 50.0),
    st.sampled_from(["EPSG:2154", "EPSG:4326", "EPSG:3857", "EPSG:32631", "EPSG:27572", "OGC:CRS84"]),
)
def test_coordinates_in_any_crs_come_back_as_degrees(lon: float, lat: float, crs: str) -> None:
    x, y = pyproj.Transformer.from_crs("OGC:CRS84", crs, always_xy=True).transform(lon, lat)
    told = read_coordinates([f"{x:.9f}".replace(".", ",")], [f"{y:.9f}"], crs)
    assert told.lonlat[0] == pytest.approx((lon, lat), abs=1e-5)
    assert not told.swapped.any()


def test_swapped_coordinates_are_taken_the_other_way_round_and_told() -> None:
    reading = Reading.model_validate({"columns": {"label": "n", "x": "x", "y": "y"}, "crs": "EPSG:2154"})
    rows = [{"label": str(n), "x": f"65200{n}", "y": "6862000"} for n in range(4)]
    rows[2]["x"], rows[2]["y"] = rows[2]["y"], rows[2]["x"]
    listed = place(rows, reading)
    assert len(listed.cameras) == 4
    assert np.ptp(listed.cameras.geometry.y) < 0.001
    assert [f.code for f in listed.findings] == ["listed.coordinates-swapped"]
    assert "row 4" in listed.findings[0].text_en


def test_swapped_degrees_are_noticed_among_the_others() -> None:
    told = read_coordinates(
        ["2.35", "2.36", "48.85", "2.34"], ["48.85", "48.86", "2.35", "48.85"], "OGC:CRS84"
    )
    assert told.swapped.tolist() == [False, False, True, False]
    assert told.lonlat[2].tolist() == [2.35, 48.85]


def test_a_lost_decimal_point_is_a_proposal_and_never_a_place() -> None:
    told = read_coordinates(
        ["2.35", "2.36", "2.34", "2351"], ["48.85", "48.86", "48.85", "48852"], "OGC:CRS84"
    )
    assert np.isnan(told.lonlat[3]).all()
    assert told.doubted[3] == pytest.approx((2.351, 48.852))


@pytest.mark.parametrize(("x", "y"), [("0", "0"), ("abc", "48.85"), ("", "48.85"), ("999", "999")])
def test_what_is_no_place_is_left_for_review(x: str, y: str) -> None:
    reading = Reading.model_validate({"columns": {"label": "n", "x": "x", "y": "y"}})
    listed = place([{"label": "1", "x": x, "y": y}], reading)
    assert listed.cameras.empty
    assert listed.unplaced["why"].tolist() == ["coordinates-unread"]


def test_words_place_a_row_whose_coordinates_fail_and_doubt_those_that_are_far_off() -> None:
    reading = Reading.model_validate({"columns": {"label": "n", "x": "x", "y": "y", "place": "p"}})
    far = {"label": "2", "x": str(LON + 0.1), "y": str(LAT), "place": "Rue Berger, rue Neuve"}
    listed = place([{"label": "1", "x": "?", "y": "?", "place": "Rue Berger, rue Neuve"}, far], reading)
    assert listed.cameras["standing"].tolist() == ["detected", "stated"]
    differs = next(f for f in listed.findings if f.code == "listed.place-differs")
    assert 7_000 < float(differs.figures["off_m"] or 0) < 8_000


@pytest.mark.parametrize(
    ("angle", "azimuth"),
    [("0", 90.0), ("90", 0.0), ("180", 270.0), ("270", 180.0), ("-45", 135.0), ("44,5", 45.5)],
)
def test_a_trigonometric_angle_counts_from_the_east_to_the_left(angle: str, azimuth: float) -> None:
    reading = Reading.model_validate({"columns": {"x": "x", "y": "y"}, "angles": "trigonometric"})
    assert read_azimuths([angle], np.array([[2.0, 48.0]]), reading)[0] == pytest.approx(azimuth)


def test_grid_north_is_turned_to_true_north() -> None:
    reading = Reading.model_validate(
        {
            "columns": {"x": "x", "y": "y"},
            "crs": "EPSG:2154",
            "angles": "trigonometric",
            "angle_north": "grid",
        }
    )
    at = np.array([[-1.5, 47.2]])
    to = pyproj.Transformer.from_crs("OGC:CRS84", "EPSG:2154", always_xy=True)
    back = pyproj.Transformer.from_crs("EPSG:2154", "OGC:CRS84", always_xy=True)
    x, y = to.transform(*at[0])
    # 90° anticlockwise from the grid's east: straight up the grid.
    azimuth, _, _ = pyproj.Geod(ellps="WGS84").inv(*at[0], *back.transform(x, y + 100.0))
    assert read_azimuths(["90"], at, reading)[0] == pytest.approx(azimuth % 360.0, abs=0.01)


@pytest.mark.parametrize(
    ("words", "azimuth"), [("NO", 315.0), ("sud-est", 135.0), ("North", 0.0), ("120°", 120.0)]
)
def test_points_of_the_compass_are_directions(words: str, azimuth: float) -> None:
    reading = Reading.model_validate({"columns": {"x": "x", "y": "y"}})
    assert read_azimuths([words], np.array([[2.0, 48.0]]), reading)[0] == azimuth


def test_a_register_with_codes_and_default_angles_is_read_by_what_is_declared() -> None:
    reading = Reading.model_validate(
        {
            "columns": {
                "label": "refcam",
                "kind": "type_camera",
                "azimuth": "angle",
                "x": "x_l93",
                "y": "y_l93",
            },
            "crs": "EPSG:2154",
            "angles": "trigonometric",
            "angle_north": "grid",
            "kinds": {"01": "dome", "02": "fixed"},
            "directed_kinds": ["fixed"],
            "position_sd_m": 1.0,
        }
    )
    rows = [
        {"label": "AAA01", "kind": "01", "azimuth": "0", "x": "690000", "y": "6920000"},
        {"label": "AAA02", "kind": "2", "azimuth": "0", "x": "690010", "y": "6920000"},
        {"label": "AAA03", "kind": "07", "azimuth": "10", "x": "690020", "y": "6920000"},
    ]
    cameras = place(rows, reading).cameras
    assert cameras["kind"].tolist() == ["dome", "fixed", "unknown"]
    assert np.isnan(cameras["azimuth_deg"].iloc[0])
    assert cameras["azimuth_deg"].iloc[1] == pytest.approx(90.0, abs=1.0)
    assert cameras["position_sd_m"].tolist() == [1.0] * 3
    assert [f.code for f in place(rows, reading).findings] == ["listed.cell-unread"]


@pytest.mark.shared
@pytest.mark.long
def test_the_paris_list_is_placed_at_its_crossings(shared: Path) -> None:
    """Places as people retyped them; where two streets are named as the table of crossings writes them, that is it."""
    folder = shared / "data" / "paris_bovp"
    crossings = pd.read_csv(folder / "croisements_rues_paris.csv").set_axis(
        ["name", "crossing", "longitude", "latitude"], axis=1
    )
    known = gazetteer([GAZETTEER.frame(crossings.assign(source_id="s"))])
    with (folder / "annexe1.csv").open(encoding="utf-8") as opened:
        lines = list(csv.DictReader(opened, delimiter=";"))
    listed = place(
        [{"label": x["Numéro"], "postcode": x["Code postal"], "place": x["Implantation"]} for x in lines],
        known=known,
    )
    assert len(listed.cameras) + len(listed.unplaced) == len(lines)
    at_crossings = {x["Numéro"] for x in lines if x["Précision de l’implantation"] == "croisement"}
    placed = listed.cameras["label"].isin(list(at_crossings)).sum()
    assert placed >= 0.94 * len(at_crossings)
    strict = _strictly(lines, crossings)
    assert len(strict) > 650
    metric = listed.cameras.set_index("label").to_crs("EPSG:2154").geometry
    to_metric = pyproj.Transformer.from_crs("OGC:CRS84", "EPSG:2154", always_xy=True)
    off = [
        min(
            np.hypot(metric[label].x - x, metric[label].y - y)
            for x, y in (to_metric.transform(*each) for each in spots)
        )
        for label, spots in strict.items()
        if label in metric.index
    ]
    assert len(off) > 0.99 * len(strict)
    assert sum(each > 100.0 for each in off) <= 0.01 * len(off)


@pytest.mark.shared
@pytest.mark.long
@pytest.mark.parametrize(("slips", "placed_at_least"), [(1, 0.97), (2, 0.8)])
def test_slips_of_the_pen_lead_to_no_other_crossing(shared: Path, slips: int, placed_at_least: float) -> None:
    """Names of Paris with letters dropped, doubled, changed and turned round, none of the list's own."""
    table = pd.read_csv(shared / "data" / "paris_bovp" / "croisements_rues_paris.csv")
    crossings = table.set_axis(["name", "crossing", "longitude", "latitude"], axis=1)
    known = gazetteer([GAZETTEER.frame(crossings.assign(source_id="s"))])
    usual = crossings[
        crossings[["name", "crossing"]].apply(lambda c: c.str.match(r"(Rue|Avenue|Place) ")).all(axis=1)
    ]
    sample = usual.sample(1000, random_state=1)
    pen = random.Random(1)  # noqa: S311
    rows = []
    for number, (name, crossing) in enumerate(sample[["name", "crossing"]].to_numpy()):
        for _ in range(slips):
            name = _slip(name, pen)
        rows.append({"label": str(number), "place": f"{name}, {crossing}"})
    cameras = place(rows, known=known).cameras
    assert len(cameras) >= placed_at_least * len(sample)
    true = sample.iloc[cameras["label"].astype(int)]
    geod = pyproj.Geod(ellps="WGS84")
    off = geod.inv(cameras.geometry.x, cameras.geometry.y, true["longitude"], true["latitude"])[2]
    assert (off > np.maximum(100.0, 2 * cameras["position_sd_m"])).sum() <= 0.005 * len(cameras)


def _slip(name: str, pen: random.Random) -> str:
    kind, own = name.split(" ", 1)
    at = pen.randrange(len(own))
    letter = pen.choice("abcdefghijklmnopqrstuvwxyz")
    after = own[at + 1 :]
    slipped = pen.choice(
        [letter + after, after, letter + own[at:], own[at + 1 : at + 2] + own[at] + own[at + 2 :]]
    )
    return f"{kind} {own[:at]}{slipped}"


def _strictly(lines: list[dict[str, str]], crossings: pd.DataFrame) -> dict[str, list[tuple[float, float]]]:
    """Return the crossings of rows that name two streets just as the table does, but for capitals."""
    table: dict[frozenset[str], list[tuple[float, float]]] = {}
    for name, crossing, lon, lat in crossings.to_numpy():
        table.setdefault(frozenset((name.lower(), crossing.lower())), []).append((lon, lat))
    both = {
        x["Numéro"]: frozenset(part.strip().lower() for part in x["Implantation"].split(",")) for x in lines
    }
    return {label: table[names] for label, names in both.items() if names in table}
