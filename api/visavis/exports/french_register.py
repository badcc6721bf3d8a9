"""Cameras in the form in which French towns keep their register: the table `geo_video_camera`, in Lambert 93.

The form is that of the agglomeration of Compiègne (github.com/sigagglocompiegne/videoprotection). What it has no code
for is told as not known or other; what visavis does not know stays empty.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pyproj

from visavis.exports.cameras import camera_rows
from visavis.exports.part import Part
from visavis.model.crs import STORED_CRS, grid_convergence_deg
from visavis.model.vocabulary import Word

COLUMNS: Final = (
    "id_cam",
    "refcam",
    "old_ref_cam",
    "type_camera",
    "support",
    "doman",
    "gestion",
    "angle",
    "insee",
    "commune",
    "quartier",
    "situa",
    "observ",
    "x_l93",
    "y_l93",
    "src_geom",
    "dbetat",
)
LAMBERT_93: Final = "EPSG:2154"
# Mainland France with Corsica, where that CRS is used (EPSG, area 1326), in degrees.
_WEST, _SOUTH, _EAST, _NORTH = -9.86, 41.15, 10.38, 51.56
UNTOLD: Final = "00"
OTHER: Final = "99"
# Codes of `lt_type_camera`; a kind that the list has no code for is another one.
TYPES: Final[Mapping[str, str]] = {"unknown": UNTOLD, "dome": "01", "fixed": "02", "multisensor": "04"}
# Codes of `lt_src_geom`: a plan that was scanned or drawn, or coordinates that a list gives.
_PLAN: Final = "72"
_COORDINATES: Final = "54"
_IN_SERVICE: Final = "40"
_REFERENCE_LETTERS: Final = 5


def write_french_register(part: Part, file: Path) -> tuple[Word, ...]:
    """Write a CSV of the cameras in mainland France, and return which were left out: one line each.

    Raises
    ------
    OSError
        Where the file can't be written.
    """
    crs = pyproj.CRS(LAMBERT_93)
    to_metres = pyproj.Transformer.from_crs(STORED_CRS, crs, always_xy=True)
    notes: list[Word] = []
    with file.open("w", encoding="utf-8", newline="") as written:
        writer = csv.DictWriter(written, COLUMNS, lineterminator="\n")
        writer.writeheader()
        number = 0
        for row in camera_rows(part):
            place = row["longitude"], row["latitude"]
            name = row["label"] or row["camera_id"]
            if not (_WEST <= place[0] <= _EAST and _SOUTH <= place[1] <= _NORTH):
                notes.append(
                    Word(
                        f"{name}: left out, it lies outside of Lambert 93",
                        f"{name} : écartée, hors de l'emprise du Lambert 93",
                    )
                )
                continue
            number += 1
            turned = float(grid_convergence_deg(crs, *place)[0])
            writer.writerow(_row(number, row, to_metres.transform(*place), turned))
    if number:
        notes.append(
            Word(
                "Height, lens and errors have no column in this form; a reference of more than five letters stands "
                "under situa.",
                "Hauteur, optique et erreurs n'ont pas de colonne dans ce modèle ; un repère de plus de cinq "
                "caractères est sous situa.",
            )
        )
    return tuple(notes)


def _row(number: int, row: Mapping[str, Any], metres: tuple[float, float], turned: float) -> dict[str, Any]:
    label = row["label"] or ""
    short = len(label) <= _REFERENCE_LETTERS
    return {
        "id_cam": number,
        "refcam": label if short else "",
        "type_camera": TYPES.get(row["kind"], OTHER),
        "support": UNTOLD,
        "doman": UNTOLD,
        "gestion": UNTOLD,
        "angle": _angle(row, turned),
        "situa": "" if short else label,
        "observ": f"{row['camera_id']} ({row['standing']})",
        "x_l93": f"{metres[0]:.2f}",
        "y_l93": f"{metres[1]:.2f}",
        "src_geom": _COORDINATES if row["standing"] == "stated" else _PLAN,
        "dbetat": UNTOLD if row["valid_to"] else _IN_SERVICE,
    }


def _angle(row: Mapping[str, Any], turned: float) -> int | str:
    """Return the direction of a fixed camera as the form counts it: from the grid's east, anticlockwise."""
    if row["azimuth_deg"] is None or row["kind"] != "fixed":
        return ""
    return int(round(90.0 - (row["azimuth_deg"] + turned)) % 360)
