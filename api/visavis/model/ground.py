"""The ground below cameras and buildings: the columns that say how high it is, and what told so."""

from __future__ import annotations

from typing import Final

from visavis.model.schema import Column, number, text

# What stands in `terrain` where no terrain model was given: all ground is one level plane.
FLAT: Final = "flat"


def terrain_column() -> Column:
    """The column that says what ground was reckoned with: the same in cameras, spaces, views and exposures."""
    return text("What told how high the ground is: `flat` where nothing did, or the id of a terrain model")


def ground_columns(where: str) -> dict[str, Column]:
    """The columns of what stands on the ground; `where` says which ground counts."""
    return {
        "terrain": terrain_column(),
        "ground_m": number(
            f"Height of the ground {where}, above the zero of that model; empty where flat",
            "m",
            optional=True,
        ),
        "ground_sd_m": number("Its standard deviation", "m", least=0, optional=True),
    }
