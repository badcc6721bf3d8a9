"""The findings of the spaces room, in both languages."""

from __future__ import annotations

from typing import Final

from visavis.model.findings import Kind, catalogue

WORDS: Final = catalogue(
    spaces__height_assumed=Kind(
        "note",
        "{count} of {total} buildings have neither height nor storeys; {height_m:g} m ± {sd_m:g} m is assumed.",
        "{count} bâtiments sur {total} n'ont ni hauteur ni étages ; {height_m:g} m ± {sd_m:g} m est supposé.",
    ),
    spaces__use_untold=Kind(
        "note",
        "{count} of {total} buildings do not say what they are for; they are taken as dwellings with little "
        "confidence ({confidence:g}).",
        "{count} bâtiments sur {total} ne disent pas leur usage ; ils sont pris pour des logements avec peu de "
        "confiance ({confidence:g}).",
    ),
    spaces__entrance_alone=Kind(
        "note",
        "{count} entrances stand on no building's wall (within {within_m:g} m) and are left out.",
        "{count} entrées ne sont sur aucun mur (à moins de {within_m:g} m) et sont laissées de côté.",
    ),
    spaces__footprint_without_area=Kind(
        "doubt",
        "Building {building} has no area and is left out.",
        "Le bâtiment {building} n'a pas de surface et est laissé de côté.",
    ),
    spaces__base_above_top=Kind(
        "doubt",
        "Building {building}: its lower edge ({base_m:g} m) is not below its top ({height_m:g} m); taken as 0.",
        "Bâtiment {building} : son bord inférieur ({base_m:g} m) n'est pas sous son sommet ({height_m:g} m) ; "
        "pris pour 0.",
    ),
)
