"""Masks as an authority, or anybody, claims them: read from a dossier's claims, shown, never taken out of a view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import shapely

# A claim's subject is this word, a slash, and the camera's label or id.
SUBJECT: Final = "privacy_mask"


@dataclass(frozen=True)
class Claimed:
    """A mask that somebody claims to be set.

    Parameters
    ----------
    by : str
        Who says so.
    shape : Polygon, optional
        Where, in shares of the picture's width and height from the upper left corner; None where that is not said.
    words : str
        What is claimed, in the claim's own words.
    """

    by: str
    shape: Any | None
    words: str


def claimed_masks(claims: pd.DataFrame, camera: Any) -> list[Claimed]:
    """Return the masks that are claimed of a camera.

    The value of such a claim is the mask's outline in shares of the picture from the upper left corner,
    ``0.1,0 0.4,0 0.4,0.5``; any other value is kept as words.

    Parameters
    ----------
    claims : DataFrame CLAIMS
    camera : row of CAMERAS
    """
    names = {f"{SUBJECT}/{name}" for name in (camera.camera_id, camera.label) if isinstance(name, str)}
    mine = claims[(claims["disclosure_id"] == camera.disclosure_id) & claims["subject"].isin(names)]
    return [
        Claimed(
            str(row.stated_by),
            _outline(str(row.value)),
            row.quote if isinstance(row.quote, str) else str(row.value),
        )
        for row in mine.sort_values("claim_id").itertuples(index=False)
    ]


def _outline(value: str) -> Any | None:
    try:
        corners = [tuple(float(part) for part in corner.split(",")) for corner in value.split()]
    except ValueError:
        return None
    if len(corners) < 3 or any(len(corner) != 2 for corner in corners):
        return None
    outline = shapely.Polygon(corners)
    inside = outline.is_valid and outline.area > 0.0 and shapely.box(0.0, 0.0, 1.0, 1.0).covers(outline)
    return outline if inside else None
