"""What the camera room doubts, in both languages."""

from __future__ import annotations

from typing import Final

from visavis.model.findings import Kind, catalogue

WORDS: Final = catalogue(
    cameras__default_used=Kind(
        "note",
        "{disclosure}: {column} of {cameras} camera(s) is not known and was filled by rule ({rules}).",
        "{disclosure} : {column} inconnu pour {cameras} caméra(s) ; valeur donnée par règle ({rules}).",
    ),
    cameras__direction_unknown=Kind(
        "doubt",
        "{disclosure}: the direction of {cameras} camera(s) that look one way is not known; each could point "
        "anywhere, and what it could view is called possible at most.",
        "{disclosure} : l'orientation de {cameras} caméra(s) directionnelle(s) n'est pas connue ; chacune "
        "peut regarder n'importe où, et ce qu'elle pourrait voir est dit tout au plus possible.",
    ),
    cameras__all_round_with_direction=Kind(
        "doubt",
        "{disclosure}: {cameras} all-round camera(s) come with a direction; it is kept in the table, and the "
        "view is taken all round.",
        "{disclosure} : {cameras} caméra(s) couvrant tout le tour portent une orientation ; elle reste dans "
        "la table, et la vue est prise tout autour.",
    ),
    cameras__model_unknown=Kind(
        "doubt",
        "{disclosure}: the model {model} of {cameras} camera(s) is not in the catalogue; its lens is assumed "
        "by kind.",
        "{disclosure} : le modèle {model} de {cameras} caméra(s) n'est pas au catalogue ; son objectif est "
        "supposé d'après le type.",
    ),
    cameras__model_of_another_kind=Kind(
        "doubt",
        "{disclosure}: {cameras} camera(s) given as {kind} have the model {model}, which is {model_kind}; "
        "the kind given is kept.",
        "{disclosure} : {cameras} caméra(s) indiquée(s) comme {kind} ont le modèle {model}, qui est "
        "{model_kind} ; le type indiqué est gardé.",
    ),
    cameras__value_implausible=Kind(
        "doubt",
        "{camera}: {column} is given as {value}, outside {least} to {most}; it is taken as unknown.",
        "{camera} : {column} vaut {value}, hors de {least} à {most} ; valeur traitée comme inconnue.",
    ),
)
