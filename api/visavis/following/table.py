"""The tables of following: streets, what a plate needs, where one could be read, and the ways between such places."""

from __future__ import annotations

from typing import Final

from visavis.model.schema import count, key, number, plain_table, shape, spatial_table, text
from visavis.model.vocabulary import ABILITIES, CAMERA_KINDS, CONFIDENCES, MODES, STANDINGS, SURENESSES
from visavis.views.table import sureness_columns

# Streets that vehicles use, cut where they meet. Not published itself.
ROADS: Final = spatial_table(
    "roads",
    ("LineString",),
    road_id=key("Source's own id and number along it"),
    name=text("Name", optional=True),
    kind=text("Kind of street, in OpenStreetMap's words"),
    from_node=text("Where it begins: streets that share a node meet"),
    to_node=text("Where it ends"),
    source_id=text("Source that the row was read from"),
    geometry=shape("The street's middle line"),
)

PLATE_NEEDS: Final = plain_table(
    "plate_needs",
    need_id=key("Stable name"),
    applied=text("Whether it is the one that is applied", among=("yes", "no")),
    plate_m=number("Width of the plate", "m", above=0),
    plate_px=number("Width that its picture needs", "px", above=0),
    px_per_m=number("Pixel density that this comes to", "px/m", above=0),
    angle_most_deg=number(
        "Widest angle at which it is read, sideways and from above", "deg", above=0, below=90
    ),
    what=text("What it is needed for"),
    source=text("Where that stands"),
    url=text("Address of the document", optional=True),
    angle_source=text("Where the angle stands"),
    confidence=text("How sure the row is", among=CONFIDENCES),
)

PLATE_READINGS: Final = spatial_table(
    "plate_readings",
    ("LineString", "MultiLineString"),
    plate_reading_id=key("camera/mode"),
    camera_id=text("Camera"),
    disclosure_id=text("Dossier"),
    standing=text("Who vouches for the camera", among=STANDINGS),
    mode=text("As mounted, as it points now, or all it can be pointed at", among=MODES),
    kind=text("Kind of camera", among=CAMERA_KINDS),
    anpr_able=text(
        "Whether its model is able to read plates; empty where unknown", among=ABILITIES, optional=True
    ),
    streets=text("Names of the streets, joined by ';'", optional=True),
    length_m=number("Length of street on which a plate could be read", "m", above=0),
    px_per_m=number("Highest pixel density on it", "px/m", least=0),
    need_px_per_m=number("Pixel density that a plate needs", "px/m", above=0),
    need_id=text("Where that need stands in the table of needs"),
    **sureness_columns(),
    rule_ids=text("Rules that bear on it, joined by ';'", optional=True),
    geometry=shape("The stretches of street"),
)

FOLLOWED_WAYS: Final = spatial_table(
    "followed_ways",
    ("LineString",),
    way_id=key("camera>camera"),
    camera_from=text("Camera at one end"),
    camera_to=text("Camera at the other end"),
    disclosure_id=text("Dossier"),
    length_m=number(
        "Length of street between the two places, where none of the cameras could read a plate", "m", least=0
    ),
    turnings=count("Crossings between, at which a vehicle could turn off unread"),
    streets=text("Names of the streets, joined by ';'", optional=True),
    probability=number("That of the less sure of the two readings", "1", least=0, most=1),
    sureness=text("How surely, by the less sure of the two", among=SURENESSES),
    rule_ids=text("Rules that bear on it, joined by ';'", optional=True),
    geometry=shape("The shortest way between the two places"),
)
