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
    spaces__use_unknown=Kind(
        "note",
        "{count} buildings have a word for their use that is not in the table ({words}); they are taken as no "
        "dwelling, with little confidence ({confidence:g}).",
        "{count} bâtiments portent un mot d'usage qui n'est pas dans la table ({words}) ; ils ne sont pas pris pour "
        "des logements, avec peu de confiance ({confidence:g}).",
    ),
    spaces__garden_untold=Kind(
        "note",
        "{count} of {total} gardens do not say whose they are and lie along no dwelling (within {within_m:g} m); they "
        "are left out.",
        "{count} jardins sur {total} ne disent pas à qui ils sont et ne longent aucun logement (à moins de "
        "{within_m:g} m) ; ils sont laissés de côté.",
    ),
    spaces__ground_covered=Kind(
        "note",
        "{count} grounds have no area beside the buildings that stand on them and are left out.",
        "{count} sols n'ont pas de surface hors des bâtiments qui s'y trouvent et sont laissés de côté.",
    ),
    spaces__entrance_of_no_home=Kind(
        "note",
        "{count} entrances of dwelling houses are tagged as doors of shops, garages, services or as exits; they are "
        "not counted as entrances of homes.",
        "{count} entrées d'immeubles de logements sont indiquées comme portes de commerces, garages, services ou "
        "sorties ; elles ne comptent pas comme entrées de logements.",
    ),
    spaces__entrance_alone=Kind(
        "note",
        "{count} entrances stand on no building's wall (within {within_m:g} m) and are left out.",
        "{count} entrées ne sont sur aucun mur (à moins de {within_m:g} m) et sont laissées de côté.",
    ),
    spaces__building_in_parts=Kind(
        "note",
        "{buildings} buildings are drawn in {parts} parts, each with its own height and lower edge; these stand for "
        "the outline.",
        "{buildings} bâtiments sont dessinés en {parts} parties, chacune avec sa hauteur et son bord inférieur ; elles "
        "tiennent lieu du contour.",
    ),
    spaces__part_alone=Kind(
        "doubt",
        "{count} parts of buildings lie in no building's outline; each is taken as a building of its own.",
        "{count} parties de bâtiments ne sont dans aucun contour ; chacune est prise pour un bâtiment.",
    ),
    spaces__passage_cut=Kind(
        "note",
        "{count} passages run under {buildings} buildings; what is over them hangs in the air. For {guessed} the "
        "ceiling is not told: {foot_m:g} m for those on foot, {clear_m:g} m for others, ± {sd_m:g} m, is assumed.",
        "{count} passages courent sous {buildings} bâtiments ; ce qui est au-dessus est suspendu. Pour {guessed}, la "
        "hauteur libre n'est pas dite : {foot_m:g} m pour les piétons, {clear_m:g} m pour les autres, ± {sd_m:g} m, "
        "est supposé.",
    ),
    spaces__sensitive_alone=Kind(
        "note",
        "{count} sensitive places are points in no building (within {within_m:g} m) and are left out.",
        "{count} lieux sensibles sont des points hors de tout bâtiment (à {within_m:g} m près) et sont laissés "
        "de côté.",
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
    spaces__terrain_level_view=Kind(
        "note",
        "Cameras and buildings stand as high as {terrain} tells (± {sd_m:g} m). The ground in view of a camera is "
        "taken to be level, as high as at its foot, and no hill hides anything.",
        "Les caméras et les bâtiments sont posés à la hauteur donnée par {terrain} (± {sd_m:g} m). Le sol visible "
        "d'une caméra est supposé plan, à la hauteur de son pied, et aucun relief ne masque rien.",
    ),
    spaces__terrain_error_assumed=Kind(
        "note",
        "The error of the terrain model is not stated; ± {sd_m:g} m is assumed.",
        "L'erreur du modèle de terrain n'est pas indiquée ; ± {sd_m:g} m est supposé.",
    ),
    spaces__terrain_lacks_cameras=Kind(
        "doubt",
        "{cameras} camera(s) stand where no terrain model knows the ground; it is taken to be as high as at the "
        "nearest place known, up to {furthest_m:g} m off, ± {sd_m:g} m.",
        "{cameras} caméra(s) se trouvent là où aucun modèle de terrain ne donne le sol ; il est supposé à la hauteur "
        "du point connu le plus proche, jusqu'à {furthest_m:g} m, ± {sd_m:g} m.",
    ),
    spaces__terrain_lacks_buildings=Kind(
        "doubt",
        "{buildings} building(s) or grounds lie where no terrain model knows the ground; it is taken to be as high as "
        "at the nearest place known, up to {furthest_m:g} m off, ± {sd_m:g} m.",
        "{buildings} bâtiment(s) ou terrain(s) se trouvent là où aucun modèle de terrain ne donne le sol ; il est "
        "supposé à la hauteur du point connu le plus proche, jusqu'à {furthest_m:g} m, ± {sd_m:g} m.",
    ),
    spaces__terrain_elsewhere=Kind(
        "problem",
        "No terrain model given knows the ground of any camera or building; all ground is taken to be flat.",
        "Aucun modèle de terrain fourni ne donne le sol d'une caméra ou d'un bâtiment ; tout le sol est supposé plat.",
    ),
)
