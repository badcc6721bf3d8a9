"""How sure each reading of a camera is to be right, as a probability: what the reader knew of it, in one place.

Each figure is a share that was measured on sheets with truth, or follows from an error that is stated; where neither
is there, a rule stands with its name. What they are for is an order to look in, and a sum that tells when to stop.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from visavis.digitising.legend import ANY_CAMERA
from visavis.digitising.marking import Marked
from visavis.digitising.scans.found import LEAST_AGREEING
from visavis.digitising.tables import kind_of, same_label

# Of 260 symbols of three drawn sheets each was one, of the right kind and label: by the rule of succession
# (Laplace) the next one is, with this share.
_DRAWN: Final = 261 / 262
# By how much more of a scan's symbol agrees than it must, and how often what is found there is one. Of 605 found on
# seven scans of three styles, all 599 that agreed by 0.85 or more were symbols, and 5 of the 6 that agreed less. The
# share that the reader gives a label held there too: of 552 above 0.9 all but one were right, of 7 below it 6.
_AGREES_BY: Final = (0.0, 0.1, 0.15, 0.2)
_IS_ONE: Final = (0.6, 0.75, 0.95, 600 / 601)
# Rules, where nothing was measured.
_BY_SHAPE: Final = 0.97
_NO_LABEL: Final = 0.4
_LABEL_TWICE: Final = 0.5
_NOT_LISTED: Final = 0.7
_KIND_DIFFERS: Final = 0.5
_KIND_UNKNOWN: Final = 0.3
_WITHOUT_POINTER: Final = 0.7
_STATED: Final = 0.97
# A place and a direction are right where they are nearer than this: what is seen from there is much the same.
GOOD_M: Final = 2.0
GOOD_DEG: Final = 10.0

# What a doubt is about, and its words.
Doubt = tuple[str, str, str]


@dataclass(frozen=True)
class Confidence:
    """How sure the readings of one camera are, 0 to 1; None where nothing was read that could be wrong.

    Parameters
    ----------
    symbol : float or None
        That a camera is drawn there at all.
    kind, label, place, direction : float or None
    doubts : tuple of (what, English, French)
    """

    symbol: float | None
    kind: float | None
    label: float | None
    place: float | None
    direction: float | None
    doubts: tuple[Doubt, ...] = ()

    @property
    def sureness(self) -> float:
        """The least of them; of a camera of which nothing was read, what a source's word is taken to be worth."""
        told = [v for v in (self.symbol, self.kind, self.label, self.place, self.direction) if v is not None]
        return min(told) if told else _STATED


def confidences(marked: Marked, cameras: Sequence[Mapping[str, Any]]) -> list[Confidence]:
    """Return how sure each camera of a sheet is.

    Parameters
    ----------
    marked : Marked
    cameras : sequence of rows of CAMERAS_READ, one a mark
    """
    often = Counter(label for label in marked.labels.text if label is not None)
    labelled = bool(often)
    told = []
    for i, (mark, label, row, camera) in enumerate(
        zip(marked.marks, marked.labels.text, marked.told, cameras, strict=True)
    ):
        doubts: list[Doubt] = []
        symbol = _symbol(mark.agrees, doubts)
        named = _label(i, label, marked, often, labelled, doubts)
        listed = None if row is None else row.kind
        kind = _kind(mark.entry.kind, mark.entry.name, listed, str(camera["kind"]), symbol, named, doubts)
        place = good_place(camera.get("position_sd_m"))
        if place is not None and place < _STATED:
            doubts.append(_said_place(camera["position_sd_m"]))
        shows = mark.entry.points_to_deg is not None
        direction = _direction(camera, shows, doubts)
        told.append(Confidence(symbol, kind, named, place, direction, tuple(doubts)))
    return told


def good_place(sd_m: Any) -> float | None:
    """Return how likely a place with that standard deviation along each axis is within `GOOD_M`; None of none."""
    if sd_m is None or pd.isna(sd_m):
        return None
    return 1.0 - math.exp(-0.5 * (GOOD_M / max(float(sd_m), 1e-6)) ** 2)


def good_direction(sd_deg: Any) -> float | None:
    """Return how likely a direction with that standard deviation is within `GOOD_DEG`; None of none."""
    if sd_deg is None or pd.isna(sd_deg):
        return None
    return math.erf(GOOD_DEG / (max(float(sd_deg), 1e-6) * math.sqrt(2.0)))


def _symbol(agrees: float | None, doubts: list[Doubt]) -> float:
    if agrees is None:
        return _DRAWN
    share = float(np.interp(agrees - LEAST_AGREEING, _AGREES_BY, _IS_ONE))
    if share < _STATED:
        percent = f"{agrees:.0%}".replace("%", " %")
        doubts.append(
            (
                "symbol",
                f"Only {percent} of the symbol looks like the legend's example: is it a camera, and of this kind?",
                f"Le symbole ne ressemble qu'à {percent} à l'exemple de la légende : est-ce une caméra, de ce type ?",
            )
        )
    return share


def _label(
    i: int,
    label: str | None,
    marked: Marked,
    often: Mapping[str, int],
    labelled: bool,
    doubts: list[Doubt],
) -> float | None:
    if label is None:
        if not labelled:
            return None
        doubts.append(
            ("label", "No label could be read beside it.", "Aucune étiquette lisible à côté du symbole.")
        )
        return _NO_LABEL
    share = marked.labels.share[i] if marked.labels.share else None
    if share is not None:
        sure = min(share, _DRAWN)
    else:
        sure = _BY_SHAPE if marked.labels.by_shape and marked.labels.by_shape[i] else _DRAWN
    if sure < _STATED:
        doubts.append(
            (
                "label",
                f"The label was read from the picture: {label}, {share or sure:.0%} sure.",
                f"Étiquette lue dans l'image : {label}, sûre à {share or sure:.0%}.".replace("%", " %"),
            )
        )
    if often[label] > 1:
        doubts.append(
            (
                "label",
                f"{often[label]} symbols bear the label {label}.",
                f"{often[label]} symboles portent l'étiquette {label}.",
            )
        )
        sure = min(sure, _LABEL_TWICE)
    if marked.rows and same_label(label) not in marked.rows:
        doubts.append(("table", f"The table does not list {label}.", f"Le tableau ne cite pas {label}."))
        sure = min(sure, _NOT_LISTED)
    return sure


def _kind(
    drawn: str,
    name: str,
    listed: str | None,
    kind: str,
    symbol: float,
    label: float | None,
    doubts: list[Doubt],
) -> float:
    if kind == "unknown":
        doubts.append(
            (
                "kind",
                "Neither the legend nor a table tells its kind.",
                "Ni la légende ni un tableau n'indique son type.",
            )
        )
        return _KIND_UNKNOWN
    from_legend = kind_of(name) if drawn == ANY_CAMERA else drawn
    if from_legend in (None, "unknown"):
        # The table tells the kind, of the camera whose label was read.
        return symbol if label is None else min(symbol, label)
    if listed is not None and listed not in (from_legend, "unknown"):
        doubts.append(
            (
                "kind",
                f"The sheet draws it as {from_legend}, the table lists it as {listed}.",
                f"Le plan la dessine comme {from_legend}, le tableau la donne comme {listed}.",
            )
        )
        return _KIND_DIFFERS
    return symbol


def _direction(camera: Mapping[str, Any], shows: bool, doubts: list[Doubt]) -> float | None:
    if pd.isna(camera.get("azimuth_deg")):
        if not shows:
            return None
        doubts.append(
            (
                "direction",
                "The legend's example points somewhere, this symbol shows no direction.",
                "L'exemple de la légende a une direction, ce symbole n'en montre pas.",
            )
        )
        return _WITHOUT_POINTER
    sure = good_direction(camera.get("azimuth_sd_deg"))
    if sure is not None and sure < _STATED:
        sd = float(camera["azimuth_sd_deg"])
        doubts.append(
            (
                "direction",
                f"Its direction is known to {sd:.0f}° only.",
                f"Sa direction n'est connue qu'à {sd:.0f}° près.",
            )
        )
    return sure


def _said_place(sd_m: float) -> Doubt:
    return (
        "place",
        f"Its place is known to {float(sd_m):.1f} m only.",
        f"Sa place n'est connue qu'à {float(sd_m):.1f} m près.".replace(".", ","),
    )
