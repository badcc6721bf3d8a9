"""What a building is for, from the words of OpenStreetMap: the one table of it.

Confidence says how often such a tag means what it is read as; it is a judgement of this table, not a measurement,
and is published as `use_confidence` so that a reader can filter by it. In this order: a word for a dwelling; what
is in the building (`amenity` and the like) where the table knows it; the building's own word; flats that are
counted, or told by more storeys than a shop needs. `building=yes` is taken as a dwelling with little confidence, or
as an outbuilding where it is too small to live in; a word that the table does not know as no dwelling.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd


class Use(NamedTuple):
    """A kind of space, how sure it is, and the rule where it was assumed."""

    kind: str
    confidence: float
    rule: str = ""


DWELLING: Final = "dwelling_facade"


def uses_of(buildings: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return kind, confidence and rule (empty where told) of each of BUILDINGS in a metric CRS."""
    plain = buildings["building"].isna() | (buildings["building"] == "yes")
    # A shop says no more of a building than its own word does, nor is it all that is there.
    amenity_word = buildings["amenity"].mask((buildings["amenity"] == "shop") & ~plain)
    amenity, word = amenity_word.map(BY_AMENITY), buildings["building"].map(BY_BUILDING)
    lived_in = _holds(word, lambda use: use.kind == DWELLING and use.confidence >= SURE)
    use = word.where(lived_in | amenity.isna(), amenity)
    told = use.notna()
    private = _holds(use, lambda each: each.kind == "other_private")
    inside = amenity.notna() & (amenity_word != "shop")
    with_flats = (buildings["flats"] > 0) & ~inside & (private | ~told)
    shops = (buildings["building"].isin(SHOPS) & ~inside) | (amenity_word == "shop")
    shop = shops & (buildings["levels"] > SHOP_LEVELS)
    small = plain & (buildings.area < LEAST_DWELLING_M2) & buildings["address"].isna()
    # The first that holds decides.
    cases = [with_flats, shop, told, small, plain]
    uses = [FLATS, MIXED, None, OUTBUILDING, UNTOLD]
    case = np.select([each.to_numpy(bool) for each in cases], range(len(cases)), len(cases))
    chosen = [own if at == 2 else [*uses, UNKNOWN][at] for own, at in zip(use, case, strict=True)]
    return pd.DataFrame(chosen, columns=list(Use._fields), index=buildings.index)


def _holds(uses: pd.Series[Any], of: Callable[[Use], bool]) -> pd.Series[bool]:
    """Return where there is a use of which something holds."""
    told = [isinstance(use, Use) and of(use) for use in uses]
    return pd.Series(told, index=uses.index, dtype=bool)


def ground_kinds_of(buildings: gpd.GeoDataFrame, uses: pd.DataFrame) -> pd.Series[str]:
    """Return what the ground floor of each dwelling holds where the building itself tells of another use in it.

    Parameters
    ----------
    buildings : GeoDataFrame BUILDINGS
    uses : DataFrame
        What `uses_of` returns for them.
    """
    dwelling = uses["kind"] == DWELLING
    inside = kinds_of_uses(buildings["amenity"])
    counted = buildings["building"].isin(SHOPS) | (uses["rule"] == MIXED.rule)
    below = inside.mask(inside.isna() & counted, "other_private")
    return below.where(dwelling & (below != DWELLING)).astype("str")


def kinds_of_uses(words: pd.Series[str]) -> pd.Series[str]:
    """Return the kind of space that each use makes, empty for a word that the table does not know."""
    return words.map(lambda word: BY_AMENITY[word].kind if word in BY_AMENITY else None).astype("str")


SURE: Final = 0.9


def _by_word(words: Mapping[Use, str]) -> Mapping[str, Use]:
    return MappingProxyType({word: use for use, line in words.items() for word in line.split()})


# https://wiki.openstreetmap.org/wiki/Key:building, values in use.
BY_BUILDING: Final = _by_word(
    {
        Use(DWELLING, 0.95): (
            "apartments bungalow cabin detached dormitory farm house houseboat ger residential "
            "semidetached_house static_caravan stilt_house terrace villa annexe trullo tree_house"
        ),
        Use(DWELLING, 0.7): "hotel barracks monastery convent",
        Use("sensitive_place", 0.95): (
            "school kindergarten college university hospital church chapel cathedral mosque synagogue temple "
            "shrine religious presbytery clinic nursing_home"
        ),
        Use("public", 0.9): (
            "civic government public townhall train_station transportation fire_station bridge museum toilets "
            "stadium grandstand sports_hall sports_centre pavilion library courthouse police"
        ),
        Use("other_private", 0.9): (
            "garage garages carport shed hut barn cowshed stable sty greenhouse industrial warehouse factory "
            "manufacture retail commercial office supermarket kiosk service hangar parking roof storage_tank "
            "silo farm_auxiliary transformer_tower water_tower construction ruins container tech_cab boathouse "
            "allotment_house outbuilding shop bank bunker slurry_tank digester conservatory"
        ),
        # What the French cadastre calls light: sheds, canopies, garages of wood or sheet metal.
        Use("other_private", 0.7): "light_construction",
    }
)

# What is in a building says more than `building=yes`: OSM's amenity, healthcare, diplomatic, office, tourism.
BY_AMENITY: Final = _by_word(
    {
        Use("sensitive_place", 0.95): (
            "school kindergarten college university hospital clinic doctors place_of_worship doctor midwife "
            "psychotherapist counselling political_party union trade_union dentist"
        ),
        Use("sensitive_place", 0.8): (
            "nursing_home social_facility childcare music_school social_centre refugee_site embassy consulate "
            "diplomatic monastery pharmacy centre religion physiotherapist alternative laboratory nurse hospice "
            "rehabilitation dialysis blood_donation birthing_centre speech_therapist occupational_therapist podiatrist"
        ),
        Use("public", 0.9): (
            "townhall police fire_station library courthouse post_office community_centre public_building "
            "toilets shelter bicycle_parking bus_station government museum"
        ),
        Use("public", 0.7): (
            "theatre cinema arts_centre conference_centre exhibition_centre events_venue gallery"
        ),
        Use("other_private", 0.8): "fuel car_wash parking parking_entrance charging_station recycling shop",
        Use(DWELLING, 0.7): "hotel hostel guest_house apartment",
    }
)

# `building=yes`: in a town most are lived in, many are not.
UNTOLD: Final = Use(DWELLING, 0.5, "kind=default.building-of-unknown-use")
# Smaller than any home, and without an address.
OUTBUILDING: Final = Use("other_private", 0.6, "kind=default.outbuilding-by-size")
LEAST_DWELLING_M2: Final = 20.0
# A word that is not in the table; a dwelling would most likely have used one that is.
UNKNOWN: Final = Use("other_private", 0.4, "kind=default.building-word-unknown")

# Flats that the source counts.
FLATS: Final = Use(DWELLING, 0.9)
# Shops below, flats above: told as a dwelling where it has more storeys than a shop needs.
MIXED: Final = Use(DWELLING, 0.6, "kind=default.flats-above-shop")
SHOPS: Final = frozenset({"retail", "commercial", "shop"})
SHOP_LEVELS: Final = 2.0
