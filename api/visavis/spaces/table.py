"""The tables of the built world: what readers deliver, and the spaces made of it."""

from __future__ import annotations

from typing import Final

from visavis.model.ground import ground_columns
from visavis.model.schema import key, number, shape, spatial_table, text
from visavis.model.vocabulary import SPACE_KINDS

POLYGONS: Final = ("Polygon", "MultiPolygon")

# What readers deliver. Column names follow OpenStreetMap where it has a word.
BUILDINGS: Final = spatial_table(
    "buildings",
    POLYGONS,
    building_id=key("The source's own id, for example osm:way/123"),
    building=text("Use as the source words it (OSM's `building` values)", optional=True),
    amenity=text("OSM's `amenity`, or the like", optional=True),
    name=text("Name", optional=True),
    address=text("House number and street", optional=True),
    height_m=number("Top of the building above ground", "m", above=0, optional=True),
    levels=number("Storeys above ground", "count", above=0, optional=True),
    flats=number("Dwellings in it, where the source counts them", "count", least=0, optional=True),
    base_m=number("Lower edge above ground: 0 but for passages and bridges", "m", least=0, optional=True),
    source_id=text("Source"),
    geometry=shape("Footprint, holes kept"),
)

GROUNDS: Final = spatial_table(
    "grounds",
    POLYGONS,
    ground_id=key("The source's own id"),
    ground=text("Use as the source words it: garden, yard, …"),
    access=text("OSM's `access`, where given", optional=True),
    name=text("Name", optional=True),
    source_id=text("Source"),
    geometry=shape("Area"),
)

ENTRANCES: Final = spatial_table(
    "entrances",
    ("Point",),
    entrance_id=key("The source's own id"),
    entrance=text("Kind as the source words it: main, home, service, yes …"),
    address=text("House number and street", optional=True),
    source_id=text("Source"),
    geometry=shape("Place, on or near a wall"),
)

PARTS: Final = spatial_table(
    "parts",
    POLYGONS,
    part_id=key("The source's own id"),
    part=text("What of a building it is (OSM's `building:part` values): yes, roof, balcony …"),
    height_m=number("Its top above ground", "m", above=0, optional=True),
    levels=number("Storeys from the ground to its top", "count", above=0, optional=True),
    base_m=number("Its lower edge above ground", "m", least=0, optional=True),
    source_id=text("Source"),
    geometry=shape("Area, inside a building's footprint or along it"),
)

PASSAGES: Final = spatial_table(
    "passages",
    ("LineString",),
    passage_id=key("The source's own id"),
    way=text("Kind of way as the source words it (OSM's `highway` values)"),
    width_m=number("How wide it is", "m", above=0, optional=True),
    clear_m=number("How high its ceiling is above ground", "m", above=0, optional=True),
    source_id=text("Source"),
    geometry=shape("Middle of the way, under the building"),
)

USES: Final = spatial_table(
    "uses",
    ("Point",),
    use_id=key("The source's own id"),
    use=text("What is there, in OSM's words: shop, doctors, place_of_worship, political_party …"),
    floor=number("Storey that it is on, 0 for the ground floor", "count", optional=True),
    name=text("Name", optional=True),
    source_id=text("Source"),
    geometry=shape("Place, in or before a building"),
)

# What this room makes of them.
SPACES: Final = spatial_table(
    "spaces",
    (*POLYGONS, "Point"),
    space_id=key("Stable id: kind and the source's own id"),
    building_id=text("Building that it is or belongs to", optional=True),
    part_of=text(
        "Space that it is a part of: a piece of a building with a top or a lower edge of its own",
        optional=True,
    ),
    kind=text("What it is", among=SPACE_KINDS),
    name=text("Name", optional=True),
    address=text("House number and street of the building", optional=True),
    base_m=number("Lower edge above ground", "m", least=0),
    height_m=number("Upper edge above ground; 0 for ground", "m", least=0),
    height_sd_m=number("Standard deviation of the upper edge", "m", least=0),
    storey_m=number(
        "Height of a storey, where height and storeys are both told", "m", above=0, optional=True
    ),
    ground_kind=text(
        "What its ground floor holds, wholly or in part, where that is not what the building is",
        among=SPACE_KINDS,
        optional=True,
    ),
    **ground_columns(
        "that it stands on: the lowest along the outline of a building, else that at its middle"
    ),
    assumed=text("Columns filled by a default, as column=rule joined by ';'", optional=True),
    use_confidence=number("How sure the kind is", "1", least=0, most=1),
    source_id=text("Source"),
    geometry=shape("Footprint, area or place"),
)
