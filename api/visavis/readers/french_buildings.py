"""Columns of French registers as OpenStreetMap's tags: BD TOPO of the IGN, and the cadastre (EDIGEO or Etalab).

- BD TOPO, layer `batiment` (https://geoservices.ign.fr/documentation/donnees/vecteur/bdtopo): `usage_1`, `usage_2`,
  `hauteur` (from the ground to the gutter), `nombre_d_etages`, `nombre_de_logements`; also by the short names of its
  shapefiles.
- Cadastre: a building is durable or light (`DUR`, or `type`: 01, 02), and neither use nor height is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

Tags = Mapping[str, str]


class Register(NamedTuple):
    """A register by its columns: how a row is read, who publishes it and under which licence."""

    title: str
    attribution: str
    licence: str
    id_columns: tuple[str, ...]
    tags_of: Callable[[Tags], dict[str, str]]


# The names of the layer of buildings, in small letters.
BUILDING_LAYERS: Final = ("buildings", "batiment", "batiments", "batiment_id", "cadastre_batiments")
PARCEL_LAYERS: Final = ("parcelle_id", "parcelle", "cadastre_parcelles")

# https://geoservices.ign.fr, BD TOPO, descriptif de contenu, class BATIMENT, attribute Usage 1.
_BY_USE: Final = MappingProxyType(
    {
        "agricole": "farm_auxiliary",
        "annexe": "outbuilding",
        "commercial et services": "commercial",
        "indifférencié": "yes",
        "industriel": "industrial",
        "religieux": "religious",
        "résidentiel": "residential",
        "sportif": "sports_hall",
    }
)
# The same, attribute Nature: says more than the use where it is none of these "Indifférenciée".
_BY_NATURE: Final = MappingProxyType(
    {
        "chapelle": "chapel",
        "eglise": "church",
        "église": "church",
        "fort, blockhaus, casemate": "bunker",
        "industriel, agricole ou commercial": "industrial",
        "serre": "greenhouse",
        "silo": "silo",
        "tribune": "grandstand",
    }
)
_BY_STATE: Final = MappingProxyType(
    {"en projet": "proposed", "en construction": "construction", "en ruine": "ruins"}
)
_YES: Final = frozenset({"oui", "1", "true", "vrai", "o"})
LIGHT: Final = "light_construction"
LIVED_IN: Final = "residential"

# The shapefile's short name for each column.
_SHORT: Final = MappingProxyType(
    {
        "usage1": "usage_1",
        "usage2": "usage_2",
        "leger": "construction_legere",
        "etat": "etat_de_l_objet",
        "nb_logts": "nombre_de_logements",
        "nb_etages": "nombre_d_etages",
        "z_min_sol": "altitude_minimale_sol",
        "z_min_toit": "altitude_minimale_toit",
        "id": "cleabs",
    }
)


def register_of(columns: Iterable[str]) -> Register | None:
    """Return the register whose columns these are; None where they are of none that is known."""
    names = {column.lower() for column in columns}
    if names & {"usage_1", "usage1"}:
        return BD_TOPO
    if {"dur", "object_rid"} <= names or {"type", "commune", "nom"} <= names:
        return CADASTRE
    return None


def _of_bd_topo(row: Tags) -> dict[str, str]:
    told = {_SHORT.get(name.lower(), name.lower()): value for name, value in row.items()}
    use, second = (told.get(name, "").lower() for name in ("usage_1", "usage_2"))
    word = _BY_NATURE.get(told.get("nature", "").lower()) or _BY_USE.get(use, use or "yes")
    if word == "yes" and second:
        word = _BY_USE.get(second, word)
    if word in {"yes", "outbuilding"} and told.get("construction_legere", "").lower() in _YES:
        word = LIGHT
    tags = {"building": _BY_STATE.get(told.get("etat_de_l_objet", "").lower(), word)}
    if {word, _BY_USE.get(second)} == {LIVED_IN, "commercial"}:
        # Whichever it names first: flats, and a shop on the ground floor.
        tags |= {"building": LIVED_IN, "shop": "yes"}
    height = told.get("hauteur") or _difference(told, "altitude_minimale_toit", "altitude_minimale_sol")
    named = {
        "height": height,
        "building:levels": told.get("nombre_d_etages"),
        "building:flats": told.get("nombre_de_logements"),
    }
    # What it writes for unknown: a height or a number of storeys of 0.
    known = {tag: value for tag, value in named.items() if value and _number(value) not in {0.0, None}}
    return tags | known


def _of_cadastre(row: Tags) -> dict[str, str]:
    told = {name.lower(): value for name, value in row.items()}
    kind = told.get("dur", told.get("type", "")).lstrip("0")
    return {"building": LIGHT if kind == "2" else "yes"}


def _difference(row: Tags, top: str, bottom: str) -> str | None:
    high, low = _number(row.get(top, "")), _number(row.get(bottom, ""))
    return None if high is None or low is None or high <= low else f"{high - low:.2f}"


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


BD_TOPO: Final = Register("BD TOPO", "IGN (BD TOPO)", "Licence Ouverte 2.0", ("cleabs", "id"), _of_bd_topo)
CADASTRE: Final = Register(
    "Plan cadastral informatisé",
    "Direction générale des finances publiques (cadastre)",
    "Licence Ouverte 2.0",
    ("object_rid",),
    _of_cadastre,
)
