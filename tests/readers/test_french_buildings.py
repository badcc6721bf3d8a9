"""BD TOPO and the French cadastre: their columns put into OpenStreetMap's words."""

from __future__ import annotations

import tarfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely

from visavis.model.crs import local_crs
from visavis.model.errors import SpacesError
from visavis.readers.built import Built
from visavis.readers.spaces import read_spaces
from visavis.spaces import furnish

USUAL = {
    "nature": "Indifférenciée",
    "usage_1": "Résidentiel",
    "usage_2": None,
    "construction_legere": "Non",
    "etat_de_l_objet": "En service",
    "nombre_de_logements": None,
    "nombre_d_etages": None,
    "hauteur": None,
    "altitude_minimale_sol": None,
    "altitude_minimale_toit": None,
}
SHORT = {
    "usage_1": "USAGE1",
    "usage_2": "USAGE2",
    "construction_legere": "LEGER",
    "etat_de_l_objet": "ETAT",
    "nombre_de_logements": "NB_LOGTS",
    "nombre_d_etages": "NB_ETAGES",
    "hauteur": "HAUTEUR",
    "altitude_minimale_sol": "Z_MIN_SOL",
    "altitude_minimale_toit": "Z_MIN_TOIT",
    "nature": "NATURE",
    "cleabs": "ID",
}


def bd_topo(folder: Path, *rows: dict[str, Any], name: str = "bdtopo.gpkg", short: bool = False) -> Built:
    frame = gpd.GeoDataFrame(
        [
            {
                "cleabs": f"BATIMENT{at:016d}",
                **USUAL,
                **row,
                "geometry": shapely.box(700000 + 40 * at, 6600000, 700012 + 40 * at, 6600010),
            }
            for at, row in enumerate(rows)
        ],
        crs="EPSG:2154",
    )
    file = folder / name
    if short:
        frame = frame.rename(columns=SHORT)
        frame.to_file(file, engine="pyogrio")
    else:
        frame.to_file(file, layer="batiment", engine="pyogrio")
        # The real package has many layers beside this one.
        frame[["geometry"]].to_file(file, layer="reservoir", engine="pyogrio")
    return read_spaces(file)


def kinds(built: Built) -> list[tuple[str, float]]:
    crs = local_crs([3.0], [46.5])
    spaces = furnish(*(part.to_crs(crs) for part in (built.buildings, built.grounds, built.entrances))).spaces
    return list(zip(spaces["kind"], spaces["use_confidence"], strict=True))


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ({"usage_1": "Résidentiel"}, ("dwelling_facade", 0.95)),
        ({"usage_1": "Indifférencié"}, ("dwelling_facade", 0.5)),
        ({"usage_1": "Indifférencié", "usage_2": "Résidentiel"}, ("dwelling_facade", 0.95)),
        ({"usage_1": "Annexe"}, ("other_private", 0.9)),
        ({"usage_1": "Indifférencié", "construction_legere": "Oui"}, ("other_private", 0.7)),
        ({"usage_1": "Commercial et services"}, ("other_private", 0.9)),
        ({"usage_1": "Commercial et services", "nombre_de_logements": 6}, ("dwelling_facade", 0.9)),
        ({"usage_1": "Commercial et services", "usage_2": "Résidentiel"}, ("dwelling_facade", 0.95)),
        ({"usage_1": "Religieux", "nature": "Eglise"}, ("sensitive_place", 0.95)),
        ({"usage_1": "Sportif"}, ("public", 0.9)),
    ],
)
def test_a_use_of_bd_topo_has_a_kind_and_a_confidence(
    tmp_path: Path, row: dict[str, Any], kind: tuple[str, float]
) -> None:
    assert kinds(bd_topo(tmp_path, row)) == [kind]


def test_heights_storeys_and_dwellings_are_read_and_nought_is_unknown(tmp_path: Path) -> None:
    built = bd_topo(
        tmp_path,
        {"hauteur": 9.4, "nombre_d_etages": 3, "nombre_de_logements": 5},
        {"hauteur": 0.0, "nombre_d_etages": 0},
        {"altitude_minimale_sol": 231.5, "altitude_minimale_toit": 238.0},
    )
    told = built.buildings
    assert told["height_m"].fillna(-1).tolist() == [9.4, -1, 6.5]
    assert told["levels"].fillna(-1).tolist() == [3, -1, -1]
    assert told["flats"].fillna(-1).tolist() == [5, -1, -1]
    assert told["building_id"].iloc[0] == "bdtopo:building/BATIMENT0000000000000000"
    assert built.findings == ()
    assert (built.sources[0].attribution, built.sources[0].licence) == (
        "IGN (BD TOPO)",
        "Licence Ouverte 2.0",
    )


@pytest.mark.slow
def test_a_shapefiles_short_names_say_the_same(tmp_path: Path) -> None:
    row = {"usage_1": "Commercial et services", "hauteur": 7.0, "nombre_de_logements": 2}
    short = bd_topo(tmp_path, row, {}, name="BATIMENT.shp", short=True)
    assert short.buildings[["height_m", "flats"]].iloc[0].tolist() == [7.0, 2.0]
    assert kinds(short) == kinds(bd_topo(tmp_path, row, {}))
    assert short.buildings["building_id"].iloc[1].endswith("BATIMENT0000000000000001")


def test_what_is_planned_does_not_stand_there(tmp_path: Path) -> None:
    built = bd_topo(tmp_path, {"etat_de_l_objet": "En projet"}, {"etat_de_l_objet": "En ruine"})
    assert built.buildings["building"].tolist() == ["ruins"]


def test_etalabs_cadastre_tells_durable_from_light(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(
        {"type": ["01", "02"], "nom": [None, None], "commune": ["74024", "74024"]},
        geometry=[shapely.box(3, 46, 3.001, 46.001), shapely.box(3.002, 46, 3.0021, 46.0001)],
        crs="EPSG:4326",
    )
    file = tmp_path / "cadastre-74024-batiments.geojson"
    frame.to_file(file)
    assert read_spaces(file).buildings["building"].tolist() == ["yes", "light_construction"]


@pytest.mark.slow
@pytest.mark.shared
def test_a_real_sheet_of_the_cadastre_is_read_from_its_archive(shared: Path) -> None:
    built = read_spaces(shared / "data" / "cadastre_edigeo" / "edigeo-740240000A01.tar.bz2")
    assert built.buildings["building"].value_counts().to_dict() == {"yes": 54, "light_construction": 27}
    west, south, east, north = built.buildings.total_bounds
    assert 6.42 < west < east < 6.45
    assert 46.08 < south < north < 46.10
    # 44 of its 404 parcels have a building on them.
    assert built.grounds["ground"].eq("parcel").sum() == len(built.grounds) == 44
    assert built.sources[0].attribution.startswith("Direction générale des finances publiques")
    assert built.findings == ()
    crs = local_crs([6.43], [46.09])
    spaces = furnish(*(part.to_crs(crs) for part in (built.buildings, built.grounds, built.entrances))).spaces
    # Lambert 93 draws areas here 1.8 per thousand too small.
    drawn = built.buildings.to_crs("EPSG:2154").area.sum()
    assert spaces.loc[spaces["height_m"] > 0, "geometry"].area.sum() == pytest.approx(drawn, rel=3e-3)
    gardens = spaces[spaces["kind"] == "private_ground"]
    assert len(gardens) == 33
    assert set(gardens["use_confidence"]) == {0.4}


def test_an_archive_without_a_sheet_is_refused_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "a.tar.gz"
    with tarfile.open(file, "w:gz"):
        pass
    with pytest.raises(SpacesError, match="holds 0 sheets"):
        read_spaces(file)
    file.write_bytes(b"no archive")
    with pytest.raises(SpacesError, match="can't be unpacked"):
        read_spaces(file)
