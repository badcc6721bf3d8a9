"""What a building is for, from the words of OpenStreetMap: the one table of it.

Confidence says how often such a tag means what it is read as; it is a judgement of this table, not a measurement,
and is published as `use_confidence` so that a reader can filter by it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, NamedTuple


class Use(NamedTuple):
    """A kind of space and how sure it is."""

    kind: str
    confidence: float


DWELLING: Final = "dwelling_facade"

# https://wiki.openstreetmap.org/wiki/Key:building, values in use.
_BY_KIND: Final = {
    Use(DWELLING, 0.95): (
        "apartments bungalow cabin detached dormitory farm house houseboat ger residential semidetached_house "
        "static_caravan stilt_house terrace villa"
    ),
    Use(DWELLING, 0.7): "hotel barracks monastery",
    Use("sensitive_place", 0.95): (
        "school kindergarten college university hospital church chapel cathedral mosque synagogue temple shrine "
        "religious presbytery"
    ),
    Use("public", 0.9): (
        "civic government public townhall train_station transportation fire_station bridge museum toilets "
        "stadium grandstand sports_hall pavilion"
    ),
    Use("other_private", 0.9): (
        "garage garages carport shed hut barn cowshed stable sty greenhouse industrial warehouse factory "
        "manufacture retail commercial office supermarket kiosk service hangar parking roof storage_tank silo "
        "farm_auxiliary transformer_tower construction ruins container tech_cab boathouse"
    ),
}

BY_BUILDING: Final = MappingProxyType(
    {value: use for use, values in _BY_KIND.items() for value in values.split()}
)

# `amenity` on a building says more than `building=yes`.
BY_AMENITY: Final = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "school",
                "kindergarten",
                "college",
                "university",
                "hospital",
                "clinic",
                "doctors",
                "place_of_worship",
            ),
            Use("sensitive_place", 0.95),
        ),
        **dict.fromkeys(
            ("nursing_home", "social_facility", "childcare", "shelter"), Use("sensitive_place", 0.8)
        ),
        **dict.fromkeys(
            (
                "townhall",
                "police",
                "fire_station",
                "library",
                "courthouse",
                "post_office",
                "community_centre",
            ),
            Use("public", 0.9),
        ),
    }
)

# `building=yes` or a word that the table does not know: in a town most are lived in, many are not.
UNTOLD: Final = Use(DWELLING, 0.5)
UNTOLD_RULE: Final = "kind=default.building-of-unknown-use"

# Shops below, flats above: told as a dwelling where it has more storeys than a shop needs.
MIXED: Final = Use(DWELLING, 0.6)
MIXED_RULE: Final = "kind=default.flats-above-shop"
MIXED_LEVELS: Final = 2.0

COURTYARD_CONFIDENCE: Final = 0.6
GARDEN_CONFIDENCE: Final = 0.9
UNTOLD_GROUND_CONFIDENCE: Final = 0.6
