"""The words of the findings on listed cameras, in both languages."""

from __future__ import annotations

from typing import Final

from visavis.model.findings import Kind, catalogue

WORDS: Final = catalogue(
    listed__place_unknown=Kind(
        "doubt",
        "{file}, {where}: “{words}” is in no gazetteer given; the camera is listed and not placed.",
        "{file}, {where} : « {words} » ne figure dans aucun répertoire fourni ; caméra listée mais non placée.",
    ),
    listed__place_apart=Kind(
        "doubt",
        "{file}, {where}: the streets of “{words}” are known and don't meet; the camera is listed and not placed."
        "{choices}",
        "{file}, {where} : les voies de « {words} » sont connues mais ne se croisent pas ; caméra listée mais non "
        "placée.{choices}",
    ),
    listed__place_ambiguous=Kind(
        "doubt",
        "{file}, {where}: “{words}” may be several places; the camera is listed and not placed.{choices}",
        "{file}, {where} : « {words} » peut désigner plusieurs lieux ; caméra listée mais non placée.{choices}",
    ),
    listed__place_vague=Kind(
        "doubt",
        "{file}, {where}: “{words}” is too large to place a camera by; it is listed and not placed.{choices}",
        "{file}, {where} : « {words} » est trop étendu pour situer une caméra ; listée mais non placée.{choices}",
    ),
    listed__place_elsewhere=Kind(
        "doubt",
        "{file}, {where}: “{words}” was found far from the other places of {postcode}; the camera is listed and not "
        "placed.{choices}",
        "{file}, {where} : « {words} » a été trouvé loin des autres lieux de {postcode} ; caméra listée mais non "
        "placée.{choices}",
    ),
    listed__place_untold=Kind(
        "doubt",
        "{file}, {where}: the row tells no place; the camera is listed and not placed.",
        "{file}, {where} : la ligne n'indique aucun lieu ; caméra listée mais non placée.",
    ),
    listed__coordinates_unread=Kind(
        "doubt",
        "{file}, {where}: “{words}” are no coordinates in {crs}; the camera is listed and not placed.{choices}",
        "{file}, {where} : « {words} » ne sont pas des coordonnées en {crs} ; caméra listée mais non placée.{choices}",
    ),
    listed__places_not_sought=Kind(
        "problem",
        "{file}: {count} places in words were not looked for, for no gazetteer was given: name one in the dossier, or "
        "build with streets from OpenStreetMap.",
        "{file} : {count} lieux en toutes lettres n'ont pas été cherchés, faute de répertoire : en nommer un dans le "
        "dossier, ou construire avec les voies d'OpenStreetMap.",
    ),
    listed__coordinates_swapped=Kind(
        "doubt",
        "{file}: the coordinates of {count} rows were taken the other way round, for only so they lie where {crs} is "
        "used and the others are ({rows}).",
        "{file} : les coordonnées de {count} lignes ont été inversées, car ainsi seulement elles tombent dans le "
        "domaine de {crs} et parmi les autres ({rows}).",
    ),
    listed__place_differs=Kind(
        "doubt",
        "{file}, {where}: the coordinates lie {off_m} m from “{words}” ({name}): check which is right.",
        "{file}, {where} : les coordonnées sont à {off_m} m de « {words} » ({name}) : vérifier laquelle est juste.",
    ),
    listed__row_repeated=Kind(
        "note",
        "{file}: {count} rows list a camera again with the same words ({rows}); each camera is kept once.",
        "{file} : {count} lignes reprennent une caméra dans les mêmes termes ({rows}) ; chaque caméra compte une fois.",
    ),
    listed__row_differs=Kind(
        "doubt",
        "{file}, {where}: lists {label} again, as “{words}” instead of “{first}” ({first_where}); one camera is kept, "
        "at the first place that is found.",
        "{file}, {where} : reprend {label} avec « {words} » au lieu de « {first} » ({first_where}) ; une seule caméra "
        "est gardée, au premier lieu trouvé.",
    ),
    listed__label_twice=Kind(
        "doubt",
        "{file}, {where}: the label {label} is used again in the same list; both rows are kept as cameras.",
        "{file}, {where} : le repère {label} est réutilisé dans la même liste ; les deux lignes sont gardées.",
    ),
    listed__cell_unread=Kind(
        "doubt",
        "{file}, {where}: {column} “{words}” could not be read and is left unknown.",
        "{file}, {where} : {column} « {words} » n'a pas pu être lu et reste inconnu.",
    ),
    listed__placed_in_words=Kind(
        "note",
        "{file}: {placed} of {of} cameras were placed by words, {least} to {most} of 1 alike; {left} are left for "
        "review.",
        "{file} : {placed} caméras sur {of} ont été placées d'après les mots, ressemblance de {least} à {most} "
        "sur 1 ; {left} restent à examiner.",
    ),
)
