"""The catalogue of camera models: its table, and how a name written on paper finds its row."""

from __future__ import annotations

from typing import Final

import pandas as pd

from visavis.cameras.optics import SENSOR_WIDTH_MM
from visavis.model.schema import Column, count, key, number, plain_table, text
from visavis.model.vocabulary import CAMERA_KINDS

CONFIDENCES: Final = ("high", "medium", "low")
ANSWERS: Final = ("yes", "no", "some")
MASK_SHAPES: Final = ("rectangle", "quadrilateral", "polygon")
PROJECTIONS: Final = ("rectilinear", "equidistant", "stereographic")


def _tilt(meaning: str) -> Column:
    return number(f"{meaning}, as an angle below the horizon", "deg", least=-90, most=90, optional=True)


def _field(meaning: str) -> Column:
    return number(meaning, "deg", above=0, most=360, optional=True)


CAMERA_MODELS: Final = plain_table(
    "camera_models",
    model_id=key("Name of the model, or of a series"),
    maker=text("Maker; empty for a generic model", optional=True),
    kind=text("Kind of camera; empty for a series of several", among=CAMERA_KINDS, optional=True),
    sensor_inch=text("Optical format of the sensor, inches", among=SENSOR_WIDTH_MM, optional=True),
    pixels_h=number("Picture width; where sensors are counted, of one of them", "px", above=0, optional=True),
    pixels_v=number(
        "Picture height; where sensors are counted, of one of them", "px", above=0, optional=True
    ),
    megapixels=number(
        "Megapixels as stated, of the same; of a fisheye, of its sensor", "Mpx", above=0, optional=True
    ),
    focal_min_mm=number("Focal length at the wide end", "mm", above=0, optional=True),
    focal_max_mm=number("Focal length at the long end", "mm", above=0, optional=True),
    zoom=number("Optical zoom as stated: the long end over the wide one", "1", least=1, optional=True),
    hfov_deg=_field("Horizontal field at the wide end; where sensors are counted, of one of them"),
    vfov_deg=_field("Vertical field at the wide end; where sensors are counted, of one of them"),
    hfov_tele_deg=_field("Horizontal field at the long end"),
    vfov_tele_deg=_field("Vertical field at the long end"),
    projection=text("How the lens draws, where its papers say so", among=PROJECTIONS, optional=True),
    sensors=count(
        "Sensors side by side; empty for one, and for a picture joined from several", optional=True
    ),
    pan_deg=number("How far it turns sideways; 360 without end", "deg", above=0, most=360, optional=True),
    tilt_least_deg=_tilt("Highest that its axis can be turned, negative above the horizon"),
    tilt_most_deg=_tilt("Lowest that its axis can be turned"),
    masks=count("Privacy masks that it can store", optional=True),
    mask_shape=text("Shape of a mask", among=MASK_SHAPES, optional=True),
    privacy_masks=text("What else is known of its masks", optional=True),
    anpr_able=text("Whether it can read plates", among=ANSWERS, optional=True),
    face_recognition_able=text("Whether it can recognise faces", among=ANSWERS, optional=True),
    face_recognition_used=text(
        "Whether somebody says that it is used to recognise faces", among=ANSWERS, optional=True
    ),
    analytics=text("Analysis functions that its papers name", optional=True),
    note=text(
        "What the figures are of, and which were left out for not agreeing with the others", optional=True
    ),
    source=text("Document that states it"),
    source_url=text("Address of the document", optional=True),
    source_date=text(
        "Day, month or year of the document, ISO 8601; empty where it bears none", optional=True
    ),
    read_in=text("Where the figures were read, if not in the document itself", optional=True),
    read_date=text("Day on which they were last read in the document, ISO 8601", optional=True),
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
