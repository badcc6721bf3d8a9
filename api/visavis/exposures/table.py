"""The tables of exposure: a camera against a private space, and all cameras against a building."""

from __future__ import annotations

from typing import Final

from visavis.model.ground import terrain_column
from visavis.model.schema import Column, count, key, number, shape, spatial_table, text
from visavis.model.vocabulary import ASPECTS, LEVELS, MODES, SPACE_KINDS, STANDINGS, SURENESSES
from visavis.views.table import level_oodpcvs_column, sureness_columns


def _use_confidence() -> Column:
    return number("How sure the kind of space is", "1", least=0, most=1)


EXPOSURES: Final = spatial_table(
    "exposures",
    ("LineString", "MultiLineString", "Polygon", "MultiPolygon", "Point"),
    exposure_id=key("camera/mode/space"),
    camera_id=text("Camera"),
    space_id=text("Private space"),
    building_id=text("Building that the space is or belongs to", optional=True),
    disclosure_id=text("Dossier"),
    standing=text("Who vouches for the camera", among=STANDINGS),
    mode=text("As mounted, as it points now, or all it can be pointed at", among=MODES),
    kind=text("Kind of space", among=SPACE_KINDS),
    aspect=text("What of it could be viewed", among=ASPECTS),
    length_m=number("Length of façade in view", "m", least=0, optional=True),
    area_m2=number("Area in view: of the façade, or of the ground", "m2", least=0, optional=True),
    share=number("Share of the space's façade length or ground area in view", "1", least=0, most=1),
    distance_m=number("From the lens to the nearest part in view", "m", least=0),
    px_per_m=number("Highest pixel density on it", "px/m", least=0),
    level=text("Level of EN 62676-4 reached; empty below the lowest", among=LEVELS, optional=True),
    level_oodpcvs=level_oodpcvs_column("reached"),
    **sureness_columns(),
    terrain=terrain_column(),
    use_confidence=_use_confidence(),
    rule_ids=text("Rules that bear on it, joined by ';'", optional=True),
    geometry=shape("The part in view"),
)

EXPOSED_BUILDINGS: Final = spatial_table(
    "exposed_buildings",
    ("Polygon", "MultiPolygon"),
    building_id=key("Building"),
    kind=text("Kind of space", among=SPACE_KINDS),
    name=text("Name", optional=True),
    address=text("House number and street", optional=True),
    cameras=count("Cameras that could view it or a space that belongs to it"),
    cameras_certain=count("Of these, certainly (probability ≥ 0.95, direction known)"),
    cameras_likely=count("Of these, likely (≥ 0.5, direction known)"),
    cameras_possible=count("Of these, possibly (> 0.05, or direction unknown)"),
    camera_ids=text("The cameras, surest first, joined by ';'"),
    px_per_m=number(
        "Highest pixel density from any of them, at full zoom of those that zoom", "px/m", least=0
    ),
    level=text("Level of EN 62676-4 reached; empty below the lowest", among=LEVELS, optional=True),
    level_oodpcvs=level_oodpcvs_column("reached"),
    probability=number(
        "Highest probability from a single camera: at least one views it at least this surely",
        "1",
        least=0,
        most=1,
    ),
    sureness=text("How surely the surest camera could view it", among=SURENESSES),
    use_confidence=_use_confidence(),
    rule_ids=text("Rules that bear on it, joined by ';'", optional=True),
    geometry=shape("Footprint"),
)

EXPOSED_FLOORS: Final = spatial_table(
    "exposed_floors",
    ("LineString", "MultiLineString"),
    floor_id=key("building/first floor of the band"),
    building_id=text("Building"),
    floor_from=count("First floor of the band, 0 for the ground floor"),
    floor_to=count("Last floor of the band, whether or not the building has it"),
    z_from_m=number("Height at which the band begins", "m", least=0),
    z_to_m=number("Height at which it ends", "m", above=0),
    kind=text("What is there: of a ground floor with a shop below flats, the shop", among=SPACE_KINDS),
    cameras=count("Cameras that could view some of these floors' walls"),
    camera_ids=text("The cameras, surest first, joined by ';'"),
    area_m2=number("Façade of these floors in view of the camera that could view most", "m2", least=0),
    px_per_m=number("Highest pixel density on walls that these floors have in view", "px/m", least=0),
    level=text("Level of EN 62676-4 reached; empty below the lowest", among=LEVELS, optional=True),
    level_oodpcvs=level_oodpcvs_column("reached"),
    probability=number(
        "Probability that these walls are in view, from the surest camera: an upper bound of the floor's",
        "1",
        least=0,
        most=1,
    ),
    sureness=text("The probability in words", among=SURENESSES),
    use_confidence=_use_confidence(),
    assumed=text("`space.storey_m` where floors are counted by 3 m", optional=True),
    rule_ids=text("Rules that bear on it, joined by ';'", optional=True),
    geometry=shape("The walls in view"),
)
