"""The catalogue of camera models: its table, and how a name written on paper finds its row."""

from __future__ import annotations

from typing import Final

import pandas as pd

from visavis.cameras.optics import SENSOR_WIDTH_MM
from visavis.model.schema import count, key, number, plain_table, text
from visavis.model.vocabulary import CAMERA_KINDS

CONFIDENCES: Final = ("high", "medium", "low")

CAMERA_MODELS: Final = plain_table(
    "camera_models",
    model_id=key("Name of the model, or of a series"),
    maker=text("Maker; empty for a generic model", optional=True),
    kind=text("Kind of camera; empty for a series of several", among=CAMERA_KINDS, optional=True),
    sensor_inch=text("Optical format of the sensor, inches", among=SENSOR_WIDTH_MM, optional=True),
    pixels_h=number("Picture width", "px", above=0, optional=True),
    pixels_v=number("Picture height", "px", above=0, optional=True),
    focal_min_mm=number("Focal length at the wide end", "mm", above=0, optional=True),
    focal_max_mm=number("Focal length at the long end", "mm", above=0, optional=True),
    sensors=count("Sensors side by side; empty for one", optional=True),
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
    privacy_masks=text("What is known of its masks", optional=True),
    anpr_able=text("Whether it can read plates: yes, no, some", optional=True),
    face_recognition_able=text("Whether it can recognise faces: yes, no, some", optional=True),
    analytics=text("Analysis functions that its papers name", optional=True),
    source=text("Where that stands"),
    confidence=text("How sure the row is", among=CONFIDENCES),
)


def models_of(names: pd.Series[str], models: pd.DataFrame) -> pd.DataFrame:
    """Return the catalogue's row for each name, in the same order; an empty row where there is none.

    Case, spaces and punctuation don't matter, and the maker may stand before the model:
    ``huawei ipc6525 z30`` finds ``IPC6525-Z30``.

    Parameters
    ----------
    names : Series of str, may be empty
    models : DataFrame CAMERA_MODELS
    """
    bare = _plain(models["model_id"])
    made = _plain(models["maker"].fillna("") + models["model_id"])
    known = pd.concat([models.set_axis(bare.array), models.set_axis(made.array)])
    known = known[~known.index.duplicated()]
    return known.reindex(_plain(names.fillna("")).array).reset_index(drop=True)


def _plain(names: pd.Series[str]) -> pd.Series[str]:
    return names.astype("str").str.casefold().str.replace(r"[^0-9a-z]", "", regex=True)
