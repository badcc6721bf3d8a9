"""Digitised cameras as a file for OpenStreetMap's editors: JOSM's .osm, tagged by the wiki, never uploaded from here.

What a person has not confirmed, what is invented, and what its licence keeps away stays out, each with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from visavis.exports.cameras import camera_rows, is_stated
from visavis.exports.part import Part
from visavis.model.folding import words_of
from visavis.model.vocabulary import Word
from visavis.store import Query, Store

Row = Mapping[str, Any]

# https://wiki.openstreetmap.org/wiki/Tag:man_made%3Dsurveillance; a kind that the wiki has no word for gets none.
_TYPES: Final = {"fixed": "fixed", "dome": "dome", "ptz": "panning"}
_PLATES: Final = "anpr"
# https://wiki.openstreetmap.org/wiki/Key:camera:mount, by the words that sources use.
_MOUNTS: Final = (
    ("street_lamp", ("street_lamp", "lamp", "candelabre", "eclairage")),
    ("traffic_signals", ("traffic_signals", "feu")),
    ("pole", ("pole", "mast", "mat", "poteau")),
    ("wall", ("wall", "mur", "facade", "batiment")),
    ("ceiling", ("ceiling", "plafond")),
)
_ZONES: Final = frozenset(
    ("town", "parking", "traffic", "shop", "bank", "building", "entrance", "station", "street")
)
# A direction that is less sure than that is left to whoever stands before the camera.
_MOST_AZIMUTH_SD_DEG: Final = 22.5
# https://wiki.openstreetmap.org/wiki/Import/ODbL_Compatibility: licences whose data may be given on under the ODbL.
_COMPATIBLE: Final = re.compile(
    r"CC0(-1\.0)?|PDDL(-1\.0)?|public domain|domaine public|ODbL(-1\.0)?"
    r"|(Licence Ouverte|Open Licence|etalab)([ /-]*Open Licence)?[ -]*(v?[12](\.0)?)?"
    r"|OGL(-UK)?(-[123](\.0)?)?",
    re.IGNORECASE,
)
# https://wiki.openstreetmap.org/wiki/API_v0.6: a value has at most so many signs.
_MOST_LETTERS: Final = 255
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

ASSUMED: Final = Word(
    "Every camera is tagged surveillance=public, as an authority's own register of its cameras; look at each place, "
    "and follow OpenStreetMap's import guidelines, before anything is uploaded.",
    "Chaque caméra porte surveillance=public, comme registre d'une autorité ; regarder chaque lieu et suivre les "
    "règles d'import d'OpenStreetMap avant tout envoi.",
)


def write_openstreetmap(part: Part, file: Path) -> tuple[Word, ...]:
    """Write the cameras that may go there, and return what was left out: one line each."""
    refused: list[Word] = []
    licences = _Licences(part.store)
    with file.open("w", encoding="utf-8", newline="\n") as written:
        written.write("<?xml version='1.0' encoding='UTF-8'?>\n")
        written.write(f"<osm version='0.6' generator={quoteattr(part.record.software)} upload='false'>\n")
        number = 0
        for row in camera_rows(part):
            reason = _refusal(row, part, licences)
            if reason is not None:
                name = row["label"] or row["camera_id"]
                refused.append(Word(f"{name}: left out, {reason.en}", f"{name} : écartée, {reason.fr}"))
                continue
            number += 1
            written.write(_node(number, row, tags_of(row, licences.dossier(row["disclosure_id"]))))
        written.write("</osm>\n")
    return (*refused, *([ASSUMED] if number else []))


def tags_of(row: Row, dossier: Row) -> dict[str, str]:
    """Return the tags of a camera, in the order of their keys; what was assumed of it is left out.

    Parameters
    ----------
    row : mapping
        A row of CAMERAS.
    dossier : mapping
        The row of DISCLOSURES that it belongs to.
    """
    plates = row["kind"] == _PLATES
    told = {
        "man_made": "surveillance",
        "surveillance": "public",
        "surveillance:type": "ALPR" if plates else "camera",
        "surveillance:zone": "traffic" if plates else _zone(row["zone"]),
        "camera:type": _TYPES.get(row["kind"]),
        "camera:direction": _direction(row),
        "camera:angle": _number(row, "tilt_deg", lambda tilt: 0 <= tilt <= 90),
        "camera:mount": _mount(row["mount"]),
        "height": _number(row, "height_m", lambda height: height > 0),
        "ref": row["label"],
        "operator": dossier["authority"],
        "start_date": row["valid_from"],
        "end_date": row["valid_to"],
        "source": "; ".join(filter(None, (dossier["title"], dossier["attribution"], dossier["url"]))),
    }
    return {key: _fitting(value) for key, value in sorted(told.items()) if value}


def _refusal(row: Row, part: Part, licences: _Licences) -> Word | None:
    if row["standing"] != "reviewed":
        return Word("no person has confirmed it", "aucune personne ne l'a confirmée")
    if part.record.is_invented(row["disclosure_id"], row["source_id"]):
        return Word("it is invented", "elle est inventée")
    if str(row["camera_id"]).startswith("osm:"):
        return Word("it comes from OpenStreetMap", "elle vient d'OpenStreetMap")
    return licences.refusal(row)


class _Licences:
    """The licences that a camera's row stands under: that of its dossier, and of the papers that it was read from."""

    def __init__(self, store: Store) -> None:
        self._dossiers = {row["disclosure_id"]: row for row in _told(store, "disclosures")}
        self._papers: dict[str, list[Row]] = {}
        for paper in _told(store, "documents"):
            if paper["file"] is not None and paper["kind"] in ("map", "table", "register"):
                self._papers.setdefault(paper["disclosure_id"], []).append(paper)

    def dossier(self, name: str) -> Row:
        return self._dossiers.get(name) or dict.fromkeys(("authority", "title", "attribution", "url"))

    def refusal(self, row: Row) -> Word | None:
        name = str(row["disclosure_id"])
        dossier = self._dossiers.get(name)
        under = [("dossier", name, None if dossier is None else dossier["licence"])]
        papers = self._papers.get(name, [])
        own = [paper for paper in papers if f":{_stem(paper['file'])}:" in str(row["camera_id"])]
        under += [("document", str(paper["title"]), paper["licence"]) for paper in own or papers]
        for what, title, licence in under:
            if licence is None or not _COMPATIBLE.fullmatch(str(licence).strip()):
                en = (
                    f"the licence of the {what} {title} ({licence or 'none stated'}) is not known to allow it"
                )
                fr = f"rien ne dit que la licence du {what} {title} ({licence or 'non indiquée'}) le permette"
                return Word(en, fr)
        return None


def _told(store: Store, layer: str) -> list[Row]:
    frame = store.frame(layer, Query())
    filled = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in filled.to_dict("records")]


def _stem(file: str) -> str:
    return file.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _node(number: int, row: Row, tags: Mapping[str, str]) -> str:
    lines: Iterator[str] = (
        f"    <tag k={quoteattr(key)} v={quoteattr(value)}/>\n" for key, value in tags.items()
    )
    place = f"lat='{row['latitude']:.7f}' lon='{row['longitude']:.7f}'"
    return f"  <node id='{-number}' action='modify' visible='true' {place}>\n{''.join(lines)}  </node>\n"


def _direction(row: Row) -> str | None:
    azimuth, spread = row["azimuth_deg"], row["azimuth_sd_deg"]
    if azimuth is None or row["kind"] not in ("fixed", _PLATES) or not is_stated(row, "azimuth_deg"):
        return None
    if spread is not None and spread > _MOST_AZIMUTH_SD_DEG:
        return None
    return f"{round(azimuth) % 360}"


def _number(row: Row, column: str, fits: Callable[[float], bool]) -> str | None:
    value = row[column]
    if value is None or not is_stated(row, column) or not fits(value):
        return None
    return f"{round(value, 1):g}"


def _mount(words: str | None) -> str | None:
    return _first(words, _MOUNTS)


def _zone(words: str | None) -> str | None:
    return words if words in _ZONES else None


def _first(words: str | None, known: Sequence[tuple[str, tuple[str, ...]]]) -> str | None:
    told = {word.folded for word in words_of((words or "").replace("_", " "))}
    told |= {(words or "").strip().casefold()}
    return next((tag for tag, names in known if told & set(names)), None)


def _fitting(value: str) -> str:
    clean = _NO_XML.sub("", str(value)).strip()
    return clean if len(clean) <= _MOST_LETTERS else f"{clean[: _MOST_LETTERS - 2]} …"
