"""Every address in one file: parted into streets and numbers, each with its building and where that stands."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
import shapely
from tests.service.server import running
from tests.web import corner

from visavis.service import Settings
from visavis.service.addresses import parted
from visavis.store import write_store


@pytest.mark.parametrize(
    ("address", "street", "number"),
    [
        ("12 Rue du Pré", "Rue du Pré", "12"),
        ("12bis Rue du Pré", "Rue du Pré", "12bis"),
        ("12 bis Rue du Pré", "Rue du Pré", "12 bis"),
        ("12-14 Rue du Pré", "Rue du Pré", "12-14"),
        ("8 Rue du 8 Mai", "Rue du 8 Mai", "8"),
        ("Le Moulin", "Le Moulin", ""),
        ("12", "12", ""),
    ],
)
def test_an_address_is_parted_into_street_and_number(address: str, street: str, number: str) -> None:
    assert parted(address) == (street, number)


@pytest.mark.slow
def test_every_address_and_name_leads_to_a_point_in_its_building_exposed_or_not(tmp_path: Path) -> None:
    file = tmp_path / "corner.gpkg"
    write_store(str(file), corner.tables(), corner.record())
    with running(Settings(store=str(file))) as where:
        answer = httpx.get(f"{where}/addresses")
        assert (
            httpx.get(f"{where}/addresses", headers={"If-None-Match": answer.headers["etag"]}).status_code
            == 304
        )
    streets = dict(answer.json()["streets"])
    assert set(streets) == {"Rue du Pré", "Rue de l’École", "École du Pré", "Mairie", "Place du Pré"}
    assert [(door[0], door[1]) for door in streets["Rue du Pré"]] == [("1", "osm:way/1"), ("9", "osm:way/5")]
    for doors in streets.values():
        for _, building, lon, lat in doors:
            assert corner.FOOTPRINTS[building].contains(shapely.Point(lon, lat))
