"""Rows of a table of cameras put on the ground: by their coordinates, or by the words of their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray

from visavis.cameras import CAMERAS_READ
from visavis.digitising.listed.coordinates import Coordinates, read_azimuths, read_coordinates
from visavis.digitising.listed.declared import Reading
from visavis.digitising.listed.gazetteer import Gazetteer
from visavis.digitising.listed.geocoding import Found, geocode
from visavis.digitising.listed.rows import Row, read_rows
from visavis.digitising.listed.seeking import Asked
from visavis.digitising.listed.words import WORDS
from visavis.model.crs import STORED_CRS
from visavis.model.findings import Finding, raised
from visavis.model.schema import Table, number, plain_table, text

UNPLACED: Final[Table] = plain_table(
    "unplaced",
    **{name: column for name, column in CAMERAS_READ.columns.items() if name != "geometry"},
    why=text("Why it was not placed: the last part of its finding's code"),
    words=text("What the list says of its place", optional=True),
    file=text("The list"),
    where=text("Where in the list"),
    postcode=text("Postcode that the row tells", optional=True),
    crs=text("What its coordinates are told in", optional=True),
    choices=text("What it may be: name, score, longitude and latitude, joined by ';'", optional=True),
    best_score=number("Score of the likeliest of them", "1", least=0, most=1, optional=True),
)

# The gazetteer and the coordinates of a row differ if they are farther apart than that, beside their errors.
_DIFFER_M: Final = 300.0
_CERTAIN: Final = 3.0
_SHOWN: Final = 5
_IN_WORDS: Final = "position_sd_m=place-told-in-words"


@dataclass(frozen=True)
class Listed:
    """The cameras of a list.

    Parameters
    ----------
    cameras : GeoDataFrame, CAMERAS_READ in CRS84
    unplaced : DataFrame, UNPLACED
        Cameras that are listed and left for review; `unplaced_findings` tells of them.
    findings : tuple of Finding
        All other doubts.
    """

    cameras: gpd.GeoDataFrame
    unplaced: pd.DataFrame
    findings: tuple[Finding, ...]


def place_rows(
    listing: pd.DataFrame,
    reading: Reading,
    known: Gazetteer,
    *,
    name: str,
    disclosure_id: str,
    source_id: str,
) -> Listed:
    """Return the cameras that the rows of a table list, placed where that can be told.

    Parameters
    ----------
    listing : DataFrame
        One text column a field of `FIELDS`; `list` and `where` as a reader of tables gives them.
    reading : Reading
        What was declared of the table.
    known : Gazetteer
    name : str
        Of the file, for ids and messages.
    disclosure_id, source_id : str
    """
    rows, findings = read_rows(listing, reading, name)
    told = read_coordinates([row.said["x"] for row in rows], [row.said["y"] for row in rows], reading.crs)
    found = _found(rows, known, reading)
    places = [_place(n, row, told, found[n], known, reading) for n, row in enumerate(rows)]
    lonlat = np.array([(p.longitude, p.latitude) for p in places], dtype=np.float64).reshape(-1, 2)
    azimuths, undirected = _azimuths(rows, lonlat, reading, name)
    stem = f"{disclosure_id}:{name.rsplit('.', 1)[0]}"
    common = {"disclosure_id": disclosure_id, "source_id": source_id}
    records = [
        {
            **row.known,
            **common,
            "camera_id": f"{stem}:{row.key}",
            "azimuth_deg": azimuth,
            **place.columns(row),
        }
        for row, place, azimuth in zip(rows, places, azimuths, strict=True)
    ]
    placed = [record for record, place in zip(records, places, strict=True) if not place.why]
    left = [
        {**record, **place.left(row, name, reading)}
        for record, row, place in zip(records, rows, places, strict=True)
        if place.why
    ]
    frame = CAMERAS_READ.frame(placed) if placed else CAMERAS_READ.empty()
    doubts = [
        *findings,
        *undirected,
        *_of_coordinates(told, rows, reading, name),
        *_differing(rows, told, found, known, name),
        *_told_of_words(rows, places, known, name),
    ]
    return Listed(frame, UNPLACED.frame(left), tuple(doubts))


def unplaced_findings(unplaced: pd.DataFrame) -> tuple[Finding, ...]:
    """Return one finding a row that is left for review."""
    return tuple(
        raised(
            WORDS,
            f"listed.{row['why']}",
            str(row["camera_id"]),
            file=row["file"],
            where=row["where"],
            words=_given(row["words"]),
            postcode=_given(row["postcode"]),
            crs=_given(row["crs"]),
            choices=f" [{_given(row['choices'])}]" if _given(row["choices"]) else "",
        )
        for row in unplaced.to_dict("records")
        if row["why"] != "places-not-sought"
    )


@dataclass(frozen=True)
class _Place:
    """Where a row is; where that is not told, `why` names the finding."""

    longitude: float = np.nan
    latitude: float = np.nan
    sd_m: float | None = None
    score: float | None = None
    name: str = ""
    why: str = ""
    choices: tuple[tuple[str, float, float, float], ...] = ()

    def columns(self, row: Row) -> dict[str, Any]:
        at = None if self.why else shapely.Point(self.longitude, self.latitude)
        return {
            "standing": "stated" if self.score is None else "detected",
            "position_sd_m": self.sd_m,
            "place_score": self.score,
            "assumed": None if self.score is None else _IN_WORDS,
            "source_ref": f"{row.where}: {self.name}" if self.name else row.where,
            "geometry": at,
        }

    def left(self, row: Row, name: str, reading: Reading) -> dict[str, Any]:
        choices = "; ".join(f"{n} ({s:g}) {lon:.6f} {lat:.6f}" for n, s, lon, lat in self.choices)
        return {
            "why": self.why,
            "words": row.coordinates if self.why == "coordinates-unread" else row.place or None,
            "file": name,
            "where": row.where,
            "postcode": row.said["postcode"],
            "crs": reading.crs,
            "choices": choices or None,
            "best_score": self.choices[0][1] if self.choices else None,
        }


def _found(rows: Sequence[Row], known: Gazetteer, reading: Reading) -> list[Found]:
    """Return what came of the words of each row: of those of the row that lists it first, where they are found."""
    asked = [(at, words) for at, row in enumerate(rows) for words in (row.place, *row.also)]
    towns = [(row.said["postcode"], row.said["commune"]) for row in rows]
    each = geocode([Asked(words, *towns[at]) for at, words in asked], known, most_sd_m=reading.most_sd_m)
    first: dict[int, Found] = {}
    for (at, _), found in zip(asked, each, strict=True):
        if at not in first or (first[at].spot is None and found.spot is not None):
            first[at] = found
    return [first[at] for at in range(len(rows))]


def _place(at: int, row: Row, told: Coordinates, found: Found, known: Gazetteer, reading: Reading) -> _Place:
    """Return the place of a row: coordinates go before words, words are used where coordinates fail."""
    if np.isfinite(told.lonlat[at]).all():
        lon, lat = told.lonlat[at]
        return _Place(float(lon), float(lat), reading.position_sd_m)
    choices = tuple((s.name, s.score, *_degrees(known, s.x, s.y)) for s in found.rivals)
    if found.spot is not None:
        spot = found.spot
        return _Place(*_degrees(known, spot.x, spot.y), spot.sd_m, spot.score, spot.name)
    if at in told.doubted:
        mended = told.doubted[at]
        return _Place(why="coordinates-unread", choices=choices if mended is None else (("?", 0.0, *mended),))
    if not row.place:
        return _Place(why="place-untold")
    return _Place(why=f"place-{found.why}" if len(known) else "places-not-sought", choices=choices)


def _degrees(known: Gazetteer, x: float, y: float) -> tuple[float, float]:
    lon, lat = known.degrees(np.array([[x, y]]))[0]
    return float(lon), float(lat)


def _azimuths(
    rows: Sequence[Row], lonlat: NDArray[np.float64], reading: Reading, name: str
) -> tuple[NDArray[np.float64], list[Finding]]:
    directed = reading.directed_kinds
    said = [
        row.said["azimuth"] if directed is None or row.known["kind"] in directed else None for row in rows
    ]
    azimuths = read_azimuths(said, lonlat, reading)
    unread = [
        raised(WORDS, "listed.cell-unread", name, file=name, where=row.where, column="azimuth", words=words)
        for row, words, azimuth in zip(rows, said, azimuths, strict=True)
        if words and np.isnan(azimuth)
    ]
    return azimuths, unread


def _of_coordinates(told: Coordinates, rows: Sequence[Row], reading: Reading, name: str) -> list[Finding]:
    swapped = [rows[at].where for at in np.flatnonzero(told.swapped).tolist()]
    if not swapped:
        return []
    shown = _some(swapped)
    return [
        raised(
            WORDS,
            "listed.coordinates-swapped",
            name,
            file=name,
            count=len(swapped),
            crs=reading.crs,
            rows=shown,
        )
    ]


def _differing(
    rows: Sequence[Row], told: Coordinates, found: Sequence[Found], known: Gazetteer, name: str
) -> list[Finding]:
    """Return where a row's coordinates and its words are far apart."""
    both = [n for n, f in enumerate(found) if f.spot is not None and np.isfinite(told.lonlat[n]).all()]
    if not both:
        return []
    to_metres = pyproj.Transformer.from_crs(STORED_CRS, known.crs, always_xy=True)
    x, y = to_metres.transform(told.lonlat[both, 0], told.lonlat[both, 1])
    doubts = []
    for n, a, b in zip(both, x, y, strict=True):
        spot = found[n].spot
        if spot is None:
            continue
        off = float(np.hypot(a - spot.x, b - spot.y))
        if off > _DIFFER_M + _CERTAIN * spot.sd_m:
            figures: Mapping[str, Any] = {"words": rows[n].place, "name": spot.name, "off_m": round(off)}
            doubts.append(
                raised(WORDS, "listed.place-differs", name, file=name, where=rows[n].where, **figures)
            )
    return doubts


def _told_of_words(
    rows: Sequence[Row], places: Sequence[_Place], known: Gazetteer, name: str
) -> list[Finding]:
    by_words = [place.score for place in places if place.score is not None]
    unsought = sum(place.why == "places-not-sought" for place in places)
    if unsought and not len(known):
        return [raised(WORDS, "listed.places-not-sought", name, file=name, count=unsought)]
    if not by_words:
        return []
    figures: Mapping[str, Any] = {
        "placed": len(by_words),
        "of": len(rows),
        "least": min(by_words),
        "most": max(by_words),
        "left": sum(bool(place.why) for place in places),
    }
    return [raised(WORDS, "listed.placed-in-words", name, file=name, **figures)]


def _some(listed: Sequence[str]) -> str:
    return "; ".join(listed[:_SHOWN]) + ("; …" if len(listed) > _SHOWN else "")


def _given(value: object) -> str:
    return value if isinstance(value, str) else ""
