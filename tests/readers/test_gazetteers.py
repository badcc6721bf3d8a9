"""Gazetteers are read from the French address base, tables of crossings and OpenStreetMap."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from visavis.datasets import model_town
from visavis.digitising.listed import gazetteer
from visavis.digitising.listed.geocoding import geocode
from visavis.digitising.listed.seeking import Asked
from visavis.model.errors import SpacesError, TableError
from visavis.readers.gazetteers import read_gazetteer, read_places

BAN = (
    "id;numero;rep;nom_voie;code_postal;code_insee;nom_commune;x;y;lon;lat\n"
    "1;12;;Rue Neuve;60200;60159;Compiègne;0;0;2.83;49.41\n"
    "2;12;bis;Rue Neuve;60200;60159;Compiègne;0;0;2.8301;49.41\n"
    "3;9;;Rue Neuve;60200;60159;Compiègne;0;0;;\n"
)


@pytest.mark.parametrize("packed", [False, True])
def test_the_address_base_is_read_as_it_is_handed_out(tmp_path: Path, packed: bool) -> None:
    file = tmp_path / ("ban.csv.gz" if packed else "ban.csv")
    file.write_bytes(gzip.compress(BAN.encode()) if packed else BAN.encode())
    entries, findings = read_gazetteer(file, "ban")
    assert entries[["name", "number", "postcode", "commune"]].to_numpy().tolist() == [
        ["Rue Neuve", "12", "60200", "Compiègne"],
        ["Rue Neuve", "12bis", "60200", "Compiègne"],
    ]
    assert [(f.code, f.figures["row"]) for f in findings] == [("gazetteer.rows-unread", 4)]
    (found,) = geocode(
        [Asked("12 bis rue Neuve", commune="COMPIEGNE")], gazetteer([entries]), most_sd_m=100.0
    )
    assert found.spot is not None
    assert found.spot.name == "12bis Rue Neuve"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is not a CSV"),
        (b"nom;lon\nA;1\n", "no column for latitude"),
        (b"nom;lon;lat\nA;999;1\n", "no row has a name"),
        (b"nom;lon;lat\n\xe9;1;1\n", "is not UTF-8"),
        (b'nom;lon;lat\n"A;1;1\n', "is not a CSV"),
    ],
)
def test_what_is_no_gazetteer_is_refused_in_one_line(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "streets.csv"
    file.write_bytes(content)
    with pytest.raises(TableError) as refused:
        read_gazetteer(file, "s")
    assert str(refused.value).startswith(f"{file}: ")
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_streets_of_openstreetmap_meet_where_they_share_a_node() -> None:
    entries, _ = read_places(model_town() / "town.osm")
    crossings = entries[entries["crossing"].notna()]
    assert ("Grande Rue", "Rue du Pont") in set(zip(crossings["name"], crossings["crossing"], strict=True))
    assert (crossings["name"] != crossings["crossing"]).all()
    houses = entries[entries["number"].notna()]
    assert len(houses) > 100
    asked = [Asked("rue du Pont, Grande Rue"), Asked(f"{houses['number'].iloc[0]} {houses['name'].iloc[0]}")]
    assert [found.why for found in geocode(asked, gazetteer([entries]), most_sd_m=100.0)] == [
        "found",
        "found",
    ]


def test_a_street_is_known_by_its_old_name_and_does_not_cross_itself(tmp_path: Path) -> None:
    file = tmp_path / "town.osm"
    nodes = "".join(f'<node id="{n}" version="1" lat="48.85{n}" lon="2.35{n}"/>' for n in range(1, 6))
    ways = "".join(
        f'<way id="{n}" version="1">{"".join(f"""<nd ref="{m}"/>""" for m in refs)}<tag k="highway" v="residential"/>'
        f'{"".join(f"""<tag k="{k}" v="{v}"/>""" for k, v in tags.items())}</way>'
        for n, (refs, tags) in enumerate(
            [
                ([1, 2], {"name": "Place Charles de Gaulle", "old_name": "Place de l'Étoile"}),
                ([2, 3], {"name": "Place Charles de Gaulle", "old_name": "Place de l'Étoile"}),
                ([2, 5], {"name": "Avenue Foch"}),
            ],
            start=10,
        )
    )
    file.write_text(f'<osm version="0.6">{nodes}{ways}</osm>', "utf-8")
    entries, _ = read_places(file)
    crossings = entries.dropna(subset="crossing")[["name", "crossing"]].to_numpy().tolist()
    assert sorted(crossings) == [
        ["Avenue Foch", "Place Charles de Gaulle"],
        ["Avenue Foch", "Place de l'Étoile"],
    ]


def test_a_broken_extract_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "town.osm"
    file.write_text("<osm><node", "utf-8")
    with pytest.raises(SpacesError, match="can't be read as OpenStreetMap data"):
        read_places(file)
