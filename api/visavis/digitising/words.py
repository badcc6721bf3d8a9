"""The words of this room's findings, in both languages."""

from __future__ import annotations

from typing import Final

from visavis.model.findings import Kind, catalogue

WORDS: Final = catalogue(
    sheet__symbols_hidden=Kind(
        "note",
        "{count} symbols lie beneath a panel of the sheet and were left out.",
        "{count} symboles sont sous un encart du plan et n'ont pas été retenus.",
    ),
    sheet__symbol_not_found=Kind(
        "doubt",
        "The legend's symbol “{name}” (row {row}) was found nowhere on the sheet.",
        "Le symbole « {name} » de la légende (ligne {row}) n'a été trouvé nulle part sur le plan.",
    ),
    sheet__symbols_unsure=Kind(
        "note",
        "{count} places look much like a symbol of the legend and were not taken for cameras: see {places}.",
        "{count} endroits ressemblent à un symbole de la légende sans être pris pour des caméras : voir {places}.",
    ),
    sheet__direction_not_drawn=Kind(
        "doubt",
        "The example “{name}” (row {row}) looks the same from several sides: its direction can't be read.",
        "L'exemple « {name} » (ligne {row}) est identique de plusieurs côtés : sa direction est illisible.",
    ),
    sheet__symbols_without_pointer=Kind(
        "note",
        "{count} of {of} symbols “{name}” (row {row}) show no direction; it stays unknown.",
        "{count} symboles « {name} » sur {of} (ligne {row}) sont sans direction ; elle reste inconnue.",
    ),
    sheet__control_point_outlier=Kind(
        "problem",
        "Control point {point} is {off_m} m off and was left out of the fit: check it.",
        "Le point de calage {point} est à {off_m} m de sa place et a été écarté : à vérifier.",
    ),
    sheet__control_points_swapped=Kind(
        "problem",
        "Control point {point} is {off_m} m off and was left out of the fit: swapped with point {other}?",
        "Le point de calage {point} est à {off_m} m de sa place, écarté : inversé avec le point {other} ?",
    ),
    sheet__control_point_x_y=Kind(
        "problem",
        "Control point {point} is {off_m} m off and was left out of the fit: are its x and y exchanged?",
        "Le point de calage {point} est à {off_m} m de sa place, écarté : x et y intervertis ?",
    ),
    sheet__control_point_upward=Kind(
        "problem",
        "Control point {point} is {off_m} m off and was left out of the fit: was its y counted from below?",
        "Le point de calage {point} est à {off_m} m de sa place, écarté : y compté depuis le bas ?",
    ),
    sheet__control_point_lon_lat=Kind(
        "problem",
        "Control point {point} is {off_m} m off and was left out of the fit: are its longitude and latitude exchanged?",
        "Le point de calage {point} est à {off_m} m de sa place, écarté : longitude et latitude interverties ?",
    ),
    sheet__control_point_east_west=Kind(
        "problem",
        "Control point {point} is {off_m} m off and was left out of the fit: has its longitude the wrong sign?",
        "Le point de calage {point} est à {off_m} m de sa place, écarté : longitude de signe contraire ?",
    ),
    sheet__control_point_north_south=Kind(
        "problem",
        "Control point {point} is {off_m} m off and was left out of the fit: has its latitude the wrong sign?",
        "Le point de calage {point} est à {off_m} m de sa place, écarté : latitude de signe contraire ?",
    ),
    sheet__georeference_unchecked=Kind(
        "doubt",
        "{points} control points leave none to check the fit by: its error is assumed, not measured.",
        "{points} points de calage n'en laissent aucun pour vérifier le calage : l'erreur est supposée.",
    ),
    sheet__georeference_scaled=Kind(
        "note",
        "The control points were picked on a picture of {width} × {height} and scaled by {factor}.",
        "Les points de calage, pris sur une image de {width} × {height}, ont été mis à l'échelle ({factor}).",
    ),
    sheet__transformation_replaced=Kind(
        "note",
        "The annotation asks for a transformation {asked}; an {used} one was fitted.",
        "L'annotation demande une transformation {asked} ; une transformation {used} a été ajustée.",
    ),
    sheet__transformation_chosen=Kind(
        "note",
        "“{used}” was fitted: it foretells left-out points to {used_m} m, an affine map to {affine_m} m.",
        "Transformation « {used} » retenue : elle prédit les points écartés à {used_m} m, l'affine à {affine_m} m.",
    ),
    sheet__transformation_bettered=Kind(
        "note",
        "The annotation asks for “{asked}”, which foretells left-out points to {asked_m} m; “{used}” foretells them "
        "to {used_m} m and was fitted.",
        "L'annotation demande « {asked} », qui prédit les points écartés à {asked_m} m ; « {used} » les prédit à "
        "{used_m} m et a été retenue.",
    ),
    sheet__transformation_too_few=Kind(
        "doubt",
        "The annotation asks for “{asked}”, which needs {least} points; {points} are given, and “{used}” was fitted.",
        "L'annotation demande « {asked} », qui exige {least} points ; il y en a {points}, « {used} » a été retenue.",
    ),
    sheet__transformation_unfit=Kind(
        "doubt",
        "The annotation asks for “{asked}”, which would fold the sheet or can't be checked by so few points; “{used}” "
        "was fitted.",
        "L'annotation demande « {asked} », qui plierait le plan ou n'est pas vérifiable avec si peu de points ; "
        "« {used} » a été retenue.",
    ),
    sheet__own_georeference=Kind(
        "note",
        "The sheet was placed by its own georeference ({origin}); its error is not told and taken to be {sd_m} m.",
        "Plan calé par son propre géoréférencement ({origin}) ; son erreur, non indiquée, est prise à {sd_m} m.",
    ),
    sheet__georeference_proposed=Kind(
        "doubt",
        "A program proposed the control points and no person confirmed them; their error is taken to be {sd_m} m.",
        "Points de calage proposés par un programme, confirmés par personne ; leur erreur est prise à {sd_m} m.",
    ),
    sheet__labels_missing=Kind(
        "doubt",
        "{count} of {of} symbols have no label that could be read.",
        "{count} symboles sur {of} n'ont pas d'étiquette lisible.",
    ),
    sheet__labels_read_by_shape=Kind(
        "note",
        "{count} labels are drawn as outlines and were read by their shape: check a few.",
        "{count} étiquettes dessinées en contours ont été lues par leur forme : en vérifier quelques-unes.",
    ),
    sheet__labels_read_from_picture=Kind(
        "note",
        "{count} labels were read from a picture: check a few.",
        "{count} étiquettes ont été lues dans une image : en vérifier quelques-unes.",
    ),
    sheet__lettering_unread=Kind(
        "doubt",
        "{count} pieces of lettering near symbols are drawn as outlines and could not be read.",
        "{count} textes proches des symboles sont dessinés en contours et n'ont pas pu être lus.",
    ),
    sheet__label_twice=Kind(
        "doubt",
        "The label {label} stands beside {count} symbols.",
        "L'étiquette {label} figure à côté de {count} symboles.",
    ),
    sheet__table_without_labels=Kind(
        "problem",
        "The table of cameras has no column of labels that could be told ({columns}); it was left aside.",
        "Le tableau des caméras n'a pas de colonne d'étiquettes reconnue ({columns}) : laissé de côté.",
    ),
    sheet__row_without_label=Kind(
        "doubt",
        "Row {row} of the table names no camera.",
        "La ligne {row} du tableau ne nomme aucune caméra.",
    ),
    sheet__row_twice=Kind(
        "doubt",
        "The table lists {label} again in row {row}; the first row was used.",
        "Le tableau reprend {label} à la ligne {row} ; la première ligne a été utilisée.",
    ),
    sheet__cell_unread=Kind(
        "doubt",
        "Row {row} of the table: {column} “{words}” could not be read.",
        "Ligne {row} du tableau : {column} « {words} » n'a pas pu être lu.",
    ),
    sheet__row_without_symbol=Kind(
        "doubt",
        "The table lists camera {label}; no symbol of the sheet bears that label.",
        "Le tableau cite la caméra {label} ; aucun symbole du plan ne porte cette étiquette.",
    ),
    sheet__symbol_without_row=Kind(
        "doubt",
        "The symbol {label} has no row in the table of cameras.",
        "Le symbole {label} n'a pas de ligne dans le tableau des caméras.",
    ),
    sheet__kind_differs=Kind(
        "doubt",
        "The sheet draws a camera as {drawn}, the table lists it as {listed}; the sheet was followed.",
        "Le plan dessine une caméra comme {drawn}, le tableau la donne comme {listed} ; le plan est suivi.",
    ),
    sheet__kind_unknown=Kind(
        "doubt",
        "The kind of {count} cameras is told neither by the legend nor by a table.",
        "Le type de {count} caméras n'est donné ni par la légende ni par un tableau.",
    ),
    sheet__table_printed=Kind(
        "note",
        "{sheet}: a table of {rows} cameras printed in the file was read.",
        "{sheet} : un tableau de {rows} caméras imprimé dans le fichier a été lu.",
    ),
    sheet__table_seen=Kind(
        "note",
        "{sheet}: a table of {rows} cameras was read from a picture in the file: check a few rows.",
        "{sheet} : un tableau de {rows} caméras a été lu dans une image du fichier : vérifier quelques lignes.",
    ),
    sheet__reduced=Kind(
        "note",
        "{sheet} is so large that it was read at 1/{factor} of its resolution.",
        "{sheet} est si grand qu'il a été lu au 1/{factor} de sa résolution.",
    ),
    sheet__pages_unread=Kind(
        "note",
        "{sheet}: {count} pages beside the plan were not read.",
        "{sheet} : {count} pages autres que le plan n'ont pas été lues.",
    ),
    sheet__no_camera=Kind(
        "problem",
        "{sheet}: no camera symbol was found.",
        "{sheet} : aucun symbole de caméra n'a été trouvé.",
    ),
)
