"""The published layers, in the order in which a person meets them."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from visavis.cameras import CAMERAS
from visavis.changes import CAMERA_CHANGES
from visavis.digitising import CROPS
from visavis.disclosures import (
    CLAIMS,
    COMPARISONS,
    CONTRADICTIONS_TABLE,
    DISCLOSURES,
    DOCUMENTS,
    OBSERVATIONS,
    QUESTIONS,
    REQUESTS,
    TIMELINE,
    WITHHELD,
)
from visavis.exposures import EXPOSED_BUILDINGS, EXPOSED_FLOORS, EXPOSURES
from visavis.following import FOLLOWED_WAYS, PLATE_READINGS
from visavis.model.errors import NotFoundError
from visavis.model.findings import FINDINGS
from visavis.model.schema import Table
from visavis.model.vocabulary import Word
from visavis.spaces import SPACES
from visavis.views import FACADE_STRIPS, VIEWS


@dataclass(frozen=True)
class Layer:
    """A table as it is published.

    `coloured_by` names the column that legends and filters go by.
    """

    table: Table
    title: Word
    description: Word
    coloured_by: str | None = None

    @property
    def name(self) -> str:
        return self.table.name


def _layers(*declared: Layer) -> MappingProxyType[str, Layer]:
    return MappingProxyType({each.name: each for each in declared})


LAYERS: Final = _layers(
    Layer(
        CAMERAS,
        Word("Cameras", "Caméras"),
        Word(
            "Cameras whose place is known, with what was read, stated or assumed of each.",
            "Caméras dont la position est connue, avec ce qui a été lu, indiqué ou supposé.",
        ),
        "kind",
    ),
    Layer(
        EXPOSED_BUILDINGS,
        Word("Exposed buildings", "Bâtiments exposés"),
        Word(
            "Private buildings that at least one camera could view, to be checked on site.",
            "Bâtiments privés qu'au moins une caméra pourrait voir, à vérifier sur place.",
        ),
        "sureness",
    ),
    Layer(
        EXPOSED_FLOORS,
        Word("Exposed floors", "Étages exposés"),
        Word(
            "Floors of private buildings, in bands, that at least one camera could view.",
            "Étages de bâtiments privés, par tranches, qu'au moins une caméra pourrait voir.",
        ),
        "sureness",
    ),
    Layer(
        EXPOSURES,
        Word("Exposures", "Expositions"),
        Word(
            "Private spaces that a camera could view: which part, how sharply, how surely.",
            "Espaces privés qu'une caméra pourrait voir : quelle part, avec quelle netteté et certitude.",
        ),
        "sureness",
    ),
    Layer(
        FACADE_STRIPS,
        Word("Façade strips in view", "Pans de façade visibles"),
        Word(
            "Parts of walls that a camera could see, along the wall and in height.",
            "Parties de murs qu'une caméra pourrait voir, en longueur et en hauteur.",
        ),
        "sureness",
    ),
    Layer(
        VIEWS,
        Word("Views", "Champs de vision"),
        Word(
            "Ground that a camera could see, banded by pixel density.",
            "Sol qu'une caméra pourrait voir, par tranches de densité de pixels.",
        ),
        "level",
    ),
    Layer(
        PLATE_READINGS,
        Word("Number plates could be read", "Plaques pourraient être lues"),
        Word(
            "Stretches of street on which a camera could show number plates sharply enough to be read.",
            "Portions de rue où une caméra pourrait montrer les plaques assez nettement pour les lire.",
        ),
        "sureness",
    ),
    Layer(
        FOLLOWED_WAYS,
        Word("Vehicles could be followed", "Véhicules pourraient être suivis"),
        Word(
            "Ways from one place where a number plate could be read to the next.",
            "Trajets d'un lieu où une plaque pourrait être lue au suivant.",
        ),
        "sureness",
    ),
    Layer(
        CAMERA_CHANGES,
        Word("Changes of cameras", "Évolutions des caméras"),
        Word(
            "What became of each camera from one disclosure of an authority to a later one.",
            "Ce que devient chaque caméra d'une communication d'une autorité à une suivante.",
        ),
        "change",
    ),
    Layer(
        SPACES,
        Word("Spaces", "Espaces"),
        Word(
            "Buildings, entrances, gardens and courtyards, and which of them are private.",
            "Bâtiments, entrées, jardins et cours, et lesquels sont privés.",
        ),
        "kind",
    ),
    Layer(
        CROPS,
        Word("Cameras on their sheets", "Les caméras sur leurs plans"),
        Word(
            "Where on its sheet each camera was read, shown where the sheet's licence allows.",
            "Où chaque caméra a été lue sur son plan, montré si la licence du plan le permet.",
        ),
    ),
    Layer(
        WITHHELD,
        Word("Withheld cameras", "Caméras non communiquées"),
        Word(
            "Cameras that exist and whose place is not disclosed.",
            "Caméras qui existent et dont la position n'est pas communiquée.",
        ),
    ),
    Layer(
        DISCLOSURES,
        Word("Disclosures", "Communications"),
        Word(
            "What was asked of an authority, and how it answered.",
            "Ce qui a été demandé à une autorité, et sa réponse.",
        ),
    ),
    Layer(
        REQUESTS,
        Word("Requests", "Demandes"),
        Word(
            "Requests to the authorities, when an answer was due, and whether it came in time.",
            "Demandes aux autorités, quand une réponse était due, et si elle est venue à temps.",
        ),
        "deadline",
    ),
    Layer(
        QUESTIONS,
        Word("Questions", "Questions"),
        Word(
            "What was asked of each authority, and whether it was answered.",
            "Ce qui a été demandé à chaque autorité, et si elle y a répondu.",
        ),
        "answer",
    ),
    Layer(
        DOCUMENTS,
        Word("Documents", "Documents"),
        Word(
            "The papers of each dossier, disclosed or not.",
            "Les pièces de chaque dossier, communiquées ou non.",
        ),
        "status",
    ),
    Layer(
        CLAIMS,
        Word("Claims", "Déclarations"),
        Word("What somebody says of the cameras.", "Ce que quelqu'un dit des caméras."),
    ),
    Layer(
        CONTRADICTIONS_TABLE,
        Word("Contradictions", "Contradictions"),
        Word(
            "Claims that can't all be so, side by side; none is preferred.",
            "Déclarations qui ne peuvent toutes être vraies, côte à côte ; aucune n'est préférée.",
        ),
    ),
    Layer(
        OBSERVATIONS,
        Word("Observations", "Observations"),
        Word(
            "What somebody saw on site, with the day and the digest of a photograph.",
            "Ce que quelqu'un a vu sur place, avec le jour et l'empreinte d'une photographie.",
        ),
    ),
    Layer(
        TIMELINE,
        Word("Timeline", "Chronologie"),
        Word("What happened when, and who says so.", "Ce qui s'est passé et quand, et qui le dit."),
    ),
    Layer(
        COMPARISONS,
        Word("Claimed, computed, observed", "Déclaré, calculé, observé"),
        Word(
            "What was claimed against what the layers give and what was seen on site.",
            "Ce qui est déclaré face à ce que donnent les couches et à ce qui a été vu sur place.",
        ),
        "agreement",
    ),
    Layer(
        FINDINGS,
        Word("Findings", "Constats"),
        Word(
            "Doubts and observations, each with its figures.",
            "Doutes et observations, chacun avec ses chiffres.",
        ),
        "severity",
    ),
)


def layer(name: str) -> Layer:
    """Return the layer called `name`.

    Raises
    ------
    NotFoundError
        Where no layer has that name.
    """
    if name not in LAYERS:
        raise NotFoundError(f"no layer is called {name!r}", remedy=f"Choose {', '.join(LAYERS)}")
    return LAYERS[name]
