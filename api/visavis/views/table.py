"""The tables of what a camera can see: the ground, and the strips of façade."""

from __future__ import annotations

from typing import Final

from visavis.model.ground import terrain_column
from visavis.model.schema import Column, count, key, number, shape, spatial_table, text
from visavis.model.vocabulary import ASPECTS, LEVELS, LEVELS_OODPCVS, MODES, STANDINGS, SURENESSES


def level_oodpcvs_column(of: str) -> Column:
    """The column of the newer scale, beside that of the older: the same in views, strips and exposures."""
    return text(
        f"Level of IEC 62676-4:2025 {of}; empty below the lowest", among=LEVELS_OODPCVS, optional=True
    )


def sureness_columns() -> dict[str, Column]:
    """The columns that say how surely: the same in views, strips and exposures."""
    return {
        "probability": number("Probability of being in view", "1", least=0, most=1),
        "probability_se": number("Standard error of the probability, from the number of draws", "1", least=0),
        "sureness": text("The probability in words", among=SURENESSES),
        "assumed": text(
            "Columns of the camera or the space that a default filled, joined by ';'", optional=True
        ),
    }


VIEWS: Final = spatial_table(
    "views",
    ("Polygon", "MultiPolygon"),
    view_id=key("camera/mode/level"),
    camera_id=text("Camera"),
    disclosure_id=text("Dossier"),
    standing=text("Who vouches for the camera", among=STANDINGS),
    mode=text("As mounted, as it points now, or all it can be pointed at", among=MODES),
    level=text("Level of EN 62676-4 that this band reaches", among=LEVELS),
    level_oodpcvs=level_oodpcvs_column("that all of the band reaches"),
    px_per_m_least=number("Pixel density at the far edge of the band", "px/m", least=0),
    distance_least_m=number("Near edge of the band from the camera", "m", least=0),
    distance_most_m=number("Far edge of the band from the camera", "m", least=0),
    area_m2=number("Ground in view in this band, where all values are as given", "m2", least=0),
    **sureness_columns(),
    terrain=terrain_column(),
    geometry=shape("Ground in view in this band, on a level plane through the camera's foot"),
)

FACADE_STRIPS: Final = spatial_table(
    "facade_strips",
    ("LineString",),
    strip_id=key("camera/mode/building/edge/number along the edge"),
    camera_id=text("Camera"),
    disclosure_id=text("Dossier"),
    standing=text("Who vouches for the camera", among=STANDINGS),
    mode=text("As mounted, as it points now, or all it can be pointed at", among=MODES),
    building_id=text("Building"),
    edge=count("Number of the wall along the footprint's rings, from 0"),
    from_m=number("Start along the wall", "m", least=0),
    to_m=number("End along the wall", "m", least=0),
    z_low_from_m=number(
        "Lower bound of the seen part at the start, above the ground that the building stands on",
        "m",
        least=0,
    ),
    z_low_to_m=number("Lower bound at the end", "m", least=0),
    z_high_from_m=number("Upper bound at the start", "m", least=0),
    z_high_to_m=number("Upper bound at the end", "m", least=0),
    distance_m=number("From the lens to the nearest seen point of the strip", "m", least=0),
    incidence_deg=number(
        "Angle between the line of sight and the wall's normal at that point", "deg", least=0, most=90
    ),
    px_per_m=number("Highest pixel density on the strip, along the wall", "px/m", least=0),
    level=text("Level of EN 62676-4 reached; empty below the lowest", among=LEVELS, optional=True),
    level_oodpcvs=level_oodpcvs_column("reached"),
    **sureness_columns(),
    terrain=terrain_column(),
    geometry=shape("The wall from from_m to to_m"),
)

# What the engine says of each target it was asked about; exposures are made of these. Not published itself.
SIGHTINGS: Final = spatial_table(
    "sightings",
    ("LineString", "MultiLineString", "Polygon", "MultiPolygon", "Point"),
    sighting_id=key("camera/mode/target"),
    camera_id=text("Camera"),
    mode=text("As mounted, as it points now, or all it can be pointed at", among=MODES),
    target_id=text("The target's own id: a space"),
    aspect=text("Façade, entrance or ground", among=ASPECTS),
    length_m=number("Length of façade in view", "m", least=0, optional=True),
    area_m2=number("Area in view: of the façade, or of the ground", "m2", least=0, optional=True),
    share=number("Share of the target's façade length or ground area", "1", least=0, most=1),
    distance_m=number("From the lens to the nearest part in view", "m", least=0),
    px_per_m=number("Highest pixel density on it", "px/m", least=0),
    probability=number("Probability that some of it is in view", "1", least=0, most=1),
    probability_se=number("Standard error, from the number of draws", "1", least=0),
    geometry=shape("The part in view"),
)
