"""What the following room finds, in both languages: what could be read, never that it is."""

from __future__ import annotations

from typing import Final

from visavis.model.findings import Kind, catalogue

WORDS: Final = catalogue(
    plates__could_be_read=Kind(
        "note",
        "{disclosure}: {cameras} camera(s) could show number plates sharply enough to be read "
        "({need_px_per_m:.0f} px/m) on {read_m:.0f} m of {streets_m:.0f} m of street ({coverage:.1%}), "
        "{pointed_m:.0f} m of it as they point now, the rest where they can be turned and zoomed to; to be checked on "
        "site: {certain} certain, {likely} likely, {possible} possible. {able} of them have a model that is able to "
        "read plates; what is used is not told.",
        "{disclosure} : {cameras} caméra(s) pourraient montrer des plaques assez nettement pour les lire "
        "({need_px_per_m:.0f} px/m) sur {read_m:.0f} m de {streets_m:.0f} m de rues ({coverage:.1%}), dont "
        "{pointed_m:.0f} m telles qu'elles sont orientées, le reste là où elles peuvent être tournées ; à vérifier sur "
        "place : {certain} certaine(s), {likely} probable(s), {possible} possible(s). {able} ont un modèle capable de "
        "lire les plaques ; ce qui est utilisé n'est pas dit.",
    ),
    plates__way_could_be_followed=Kind(
        "note",
        "{disclosure}: between {cameras} camera(s) there are {ways} way(s) of at most {most_m:.0f} m on which a "
        "vehicle could be followed from one readable place to the next, {straight} of them without a crossing between; "
        "at most {chain} cameras hang together so. To be checked on site.",
        "{disclosure} : entre {cameras} caméra(s), {ways} trajet(s) d'au plus {most_m:.0f} m où un véhicule pourrait "
        "être suivi d'un lieu lisible au suivant, dont {straight} sans carrefour ; au plus {chain} caméras "
        "s'enchaînent ainsi. À vérifier sur place.",
    ),
    plates__no_streets=Kind(
        "doubt",
        "The spaces hold no streets: where number plates could be read is not computed. Add an OpenStreetMap extract.",
        "Les espaces ne contiennent pas de rues : les lieux où des plaques pourraient être lues ne sont pas calculés. "
        "Ajouter un extrait d'OpenStreetMap.",
    ),
)
