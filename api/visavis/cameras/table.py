"""The camera table: what was read of a camera, and what is known or assumed once it is complete."""

from __future__ import annotations

from typing import Final

from visavis.model.ground import ground_columns
from visavis.model.schema import Column, SpatialTable, day, key, number, shape, spatial_table, text
from visavis.model.vocabulary import CAMERA_KINDS, STANDINGS


def _declare(name: str, *, complete: bool) -> SpatialTable:
    """Declare the columns once; a complete camera lacks only what is truly unknown."""
    may_lack = not complete
    return spatial_table(
        name,
        ["Point"],
        camera_id=key("Stable id: dossier, sheet and label, or the source's own id"),
        disclosure_id=text("Dossier that it comes from"),
        standing=text("Who vouches for the row", among=STANDINGS),
        reviewed_by=text("Initials of the person who reviewed it, where they gave any", optional=True),
        reviewed_on=day("Day on which a person reviewed it last, ISO 8601", optional=True),
        label=text("As written on the sheet or in the source", optional=True),
        kind=text("Kind of camera", among=CAMERA_KINDS),
        model_id=text("Model in the catalogue", optional=True),
        mount=text("What it hangs on, as the source says", optional=True),
        zone=text("What the source says that it watches", optional=True),
        position_sd_m=number(
            "Standard deviation of the place, along each axis", "m", least=0, optional=may_lack
        ),
        place_score=number(
            "How alike the words of its place and the gazetteer's are; empty where it was not found by words",
            "1",
            least=0,
            most=1,
            optional=True,
        ),
        height_m=number("Height of the lens above ground", "m", above=0, optional=may_lack),
        height_sd_m=number("Its standard deviation", "m", least=0, optional=may_lack),
        azimuth_deg=number(
            "Direction of the optical axis, clockwise from true north; empty where unknown",
            "deg",
            least=0,
            below=360,
            optional=True,
        ),
        azimuth_sd_deg=number("Its standard deviation", "deg", least=0, optional=True),
        hfov_deg=number("Horizontal field of view", "deg", above=0, most=360, optional=may_lack),
        vfov_deg=number("Vertical field of view", "deg", above=0, most=180, optional=may_lack),
        focal_log_sd=number(
            "Standard deviation of the logarithm of the focal length, with which the fields of view go",
            "1",
            least=0,
            optional=True,
        ),
        tilt_deg=number(
            "Angle of the optical axis below the horizon",
            "deg",
            least=-90,
            most=90,
            optional=may_lack,
        ),
        tilt_sd_deg=number("Its standard deviation", "deg", least=0, optional=True),
        pixels=number("Picture width", "px", above=0, optional=may_lack),
        hfov_tele_deg=number(
            "Horizontal field at full zoom; of a camera that can be turned",
            "deg",
            above=0,
            most=360,
            optional=True,
        ),
        tilt_least_deg=number(
            "Highest that its axis can be turned, as an angle below the horizon: negative above it",
            "deg",
            least=-90,
            most=90,
            optional=True,
        ),
        tilt_most_deg=number(
            "Lowest that its axis can be turned, as an angle below the horizon",
            "deg",
            least=-90,
            most=90,
            optional=True,
        ),
        range_m=number(
            "Distance at which detail falls below the lowest level", "m", above=0, optional=may_lack
        ),
        valid_from=day("First day that it is known to stand there, ISO 8601", optional=True),
        valid_to=day("Last day, ISO 8601", optional=True, ends=True),
        **(_ground() if complete else {}),
        assumed=text("Columns filled by a default, as column=rule joined by ';'", optional=True),
        source_id=text("Source that the row was read from"),
        source_ref=text("Where in the source: page and box, or the source's own id", optional=True),
        geometry=shape("Place of the camera"),
    )


def _ground() -> dict[str, Column]:
    rise = "How much the ground around it rises towards the {}, in metres a metre; empty where flat"
    return {
        **ground_columns("at its foot"),
        "ground_rise_east": number(rise.format("east"), "1", optional=True),
        "ground_rise_north": number(rise.format("north"), "1", optional=True),
    }


CAMERAS_READ: Final = _declare("cameras_read", complete=False)
CAMERAS: Final = _declare("cameras", complete=True)
