"""The acts by which a person corrects what was read: the one place that declares them.

A correction is a line: an act, the camera or control point that it is about, what the person saw before, what it is
after. Both `before` and `after` are written ``column=value; column=value``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final

from visavis.model.errors import DossierError
from visavis.model.schema import plain_table, text
from visavis.model.vocabulary import CAMERA_KINDS, Word

Value = float | str
Values = Mapping[str, Value]

PLACE: Final = ("longitude", "latitude")
POINT: Final = ("x", "y", *PLACE)
_DIRECTION: Final = ("azimuth_deg",)
_SEEN: Final = (*PLACE, *_DIRECTION, "label", "kind")
# How sure what the person saw was said to be: what is read anew may differ by that and still be the same.
ERRORS: Final = ("position_sd_m", "azimuth_sd_deg")


@dataclass(frozen=True)
class Act:
    """What a person may do.

    Parameters
    ----------
    label : Word
        In English and French.
    before, after : tuple of str
        Columns that either side may name.
    needed : tuple of str
        Columns without which `after` says nothing; where `after` may be empty, none.
    only_once : bool
        Whether what it makes must not be there yet.
    """

    label: Word
    before: tuple[str, ...]
    after: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    only_once: bool = False


ACTS: Final[Mapping[str, Act]] = MappingProxyType(
    {
        "confirm": Act(
            Word("confirm a camera as read", "confirmer une caméra telle que lue"), (*_SEEN, *ERRORS)
        ),
        "move": Act(
            Word("move a camera, or place one that was not placed", "déplacer ou placer une caméra"),
            (*PLACE, "position_sd_m"),
            (*PLACE, "position_sd_m"),
            PLACE,
        ),
        "turn": Act(
            Word("turn a camera; an empty direction is unknown", "orienter une caméra ; vide : inconnue"),
            (*_DIRECTION, "azimuth_sd_deg"),
            (*_DIRECTION, "azimuth_sd_deg"),
        ),
        "add": Act(
            Word("add a camera that was not read", "ajouter une caméra non lue"),
            (),
            (*_SEEN, "position_sd_m", "azimuth_sd_deg", "height_m"),
            PLACE,
            only_once=True,
        ),
        "delete": Act(
            Word("delete what is no camera", "supprimer ce qui n'est pas une caméra"), (*_SEEN, *ERRORS)
        ),
        "relabel": Act(
            Word("change label or kind", "changer le repère ou le type"), ("label", "kind"), ("label", "kind")
        ),
        "set-control-point": Act(
            Word(
                "set, add or (left empty) take out a control point of a sheet",
                "fixer, ajouter ou (vide) retirer un point de calage",
            ),
            POINT,
            POINT,
        ),
    }
)

CORRECTIONS: Final = plain_table(
    "corrections",
    act=text("What was done", among=ACTS),
    subject=text("Camera id; of a control point the sheet's file and its number from 1: sheet.pdf#3"),
    before=text("What the person saw, as column=value joined by ';'", optional=True),
    after=text("What it is, as column=value joined by ';'", optional=True),
    who=text("Initials, or nothing", optional=True),
    when=text("Day or moment, ISO 8601"),
)

_BOUNDS: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        "longitude": (-180.0, 180.0),
        "latitude": (-90.0, 90.0),
        "azimuth_deg": (0.0, 360.0),
        "position_sd_m": (0.0, 1000.0),
        "azimuth_sd_deg": (0.0, 180.0),
        "height_m": (0.0, 200.0),
        "x": (-math.inf, math.inf),
        "y": (-math.inf, math.inf),
    }
)
# Initials and no names: the file is kept with the dossier.
_MOST_INITIALS: Final = 5
_PAIR: Final = re.compile(r"\s*([a-z_]+)\s*=\s*(.*?)\s*", re.DOTALL)
_POINT_OF: Final = re.compile(r"(.+)#([1-9]\d{0,4})")
# A correction has seven decimals of a degree: a centimetre.
_DECIMALS: Final = 7


@dataclass(frozen=True)
class Correction:
    """One line.

    Parameters
    ----------
    act : str
        One of `ACTS`.
    subject : str
    before, after : mapping
        Column to value: numbers as float, label and kind as text. Empty text of a label means none.
    who : str
    when : str
    row : int
        Line of the file, 0 where it was not read from one.
    """

    act: str
    subject: str
    before: Values = field(default_factory=dict)
    after: Values = field(default_factory=dict)
    who: str = ""
    when: str = ""
    row: int = 0

    @property
    def point(self) -> tuple[str, int]:
        """The sheet's file and the number of the control point that it is about."""
        found = _POINT_OF.fullmatch(self.subject)
        if found is None:
            raise DossierError(
                f"{self.subject!r} names no control point", row=self.row, remedy="Write it as sheet.pdf#3"
            )
        return found[1], int(found[2])


def read_correction(line: Mapping[str, str], row: int) -> Correction:
    """Return what a line of the file says.

    Raises
    ------
    DossierError
        With its row, where the act is none, a column does not go with it, or a value is impossible.
    """
    told = {name: (line.get(name) or "").strip() for name in CORRECTIONS.columns}
    act = ACTS.get(told["act"])
    if act is None:
        raise DossierError(f"{told['act']!r} is no act", row=row, remedy=f"One of {', '.join(ACTS)}")
    if not told["subject"]:
        raise DossierError(f"{told['act']} names no camera", row=row, remedy="Give its camera_id as subject")
    if len(told["who"]) > _MOST_INITIALS:
        raise DossierError(
            f"who is {told['who']!r}",
            row=row,
            remedy=f"Give initials, {_MOST_INITIALS} letters at most, or none",
        )
    _day(told["when"], row)
    before = _values(told["before"], act.before, f"{told['act']}: before", row)
    after = _values(told["after"], act.after, f"{told['act']}: after", row)
    for side, values in (("before", before), ("after", after)):
        if len({*PLACE} & values.keys()) == 1:
            raise DossierError(
                f"{side} names one of {' and '.join(PLACE)}", row=row, remedy="They come together"
            )
    missing = [name for name in act.needed if name not in after]
    if told["act"] == "set-control-point" and after and len(after) < len(POINT):
        missing = [name for name in POINT if name not in after]
    if told["act"] == "relabel" and not after:
        missing = ["label"]
    if missing:
        raise DossierError(f"{told['act']} lacks {', '.join(missing)}", row=row, remedy="Add them to after")
    correction = Correction(told["act"], told["subject"], before, after, told["who"], told["when"], row)
    if told["act"] == "set-control-point":
        _ = correction.point
    return correction


def written(correction: Correction) -> dict[str, str]:
    """Return a correction as a line of the file, by column; `read_correction` reads it back."""
    return {
        "act": correction.act,
        "subject": correction.subject,
        "before": _joined(correction.before),
        "after": _joined(correction.after),
        "who": correction.who,
        "when": correction.when,
    }


def _joined(values: Values) -> str:
    return "; ".join(
        f"{name}={round(value, _DECIMALS):.{_DECIMALS}f}".rstrip("0").rstrip(".")
        if isinstance(value, float)
        else f"{name}={value.replace('%', '%25').replace(';', '%3B')}"
        for name, value in values.items()
    )


def _values(words: str, columns: tuple[str, ...], what: str, row: int) -> Values:
    found: dict[str, Value] = {}
    for part in words.split(";") if words else ():
        pair = _PAIR.fullmatch(part)
        if pair is None or pair[1] not in columns:
            takes = f"It takes {', '.join(columns)}" if columns else "Leave it empty"
            raise DossierError(
                f"{what} says {part.strip()!r}", row=row, remedy=f"{takes}, as column=value joined by ;"
            )
        if pair[1] in found:
            raise DossierError(f"{what} names {pair[1]} twice", row=row, remedy="Keep one")
        if pair[2] or pair[1] == "label":
            found[pair[1]] = _value(pair[1], pair[2], what, row)
    return found


def _value(name: str, words: str, what: str, row: int) -> Value:
    if name == "kind" and words not in CAMERA_KINDS:
        raise DossierError(f"{what} says kind={words}", row=row, remedy=f"One of {', '.join(CAMERA_KINDS)}")
    if name not in _BOUNDS:
        return words.replace("%3B", ";").replace("%25", "%")
    least, most = _BOUNDS[name]
    try:
        value = float(words)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or not least <= value <= most:
        raise DossierError(
            f"{what} says {name}={words}", row=row, remedy=f"{name} is a number from {least:g} to {most:g}"
        )
    return value % 360.0 if name == "azimuth_deg" else value


def _day(words: str, row: int) -> None:
    try:
        datetime.fromisoformat(words)
    except ValueError:
        raise DossierError(
            f"when is {words!r}", row=row, remedy="Give a day or moment as ISO 8601: 2026-11-02"
        ) from None
