"""The findings of the readers, in both languages."""

from __future__ import annotations

from typing import Final

from visavis.model.findings import Kind, catalogue

WORDS: Final = catalogue(
    osm__tag_unread=Kind(
        "doubt",
        "{osm_id}: {tag}={value} can't be read; taken as unknown.",
        "{osm_id} : {tag}={value} est illisible ; pris pour inconnu.",
    ),
    osm__direction_list=Kind(
        "note",
        "{osm_id}: {tag}={value} names {count} directions; each is taken as a camera of its own.",
        "{osm_id} : {tag}={value} donne {count} directions ; chacune est prise pour une caméra.",
    ),
    osm__direction_range=Kind(
        "doubt",
        "{osm_id}: {tag}={value} is a range; its middle, {azimuth_deg:g}°, is taken as the direction, though it may "
        "mean the sweep of a moving camera or the edges of what a fixed one sees.",
        "{osm_id} : {tag}={value} est une plage ; son milieu, {azimuth_deg:g}°, est pris pour direction, mais elle "
        "peut désigner le balayage d'une caméra mobile ou les bords du champ d'une caméra fixe.",
    ),
    osm__dome_with_direction=Kind(
        "note",
        "{osm_id}: a dome that looks all round is tagged with the direction {value}; the direction is kept, the view "
        "stays all round.",
        "{osm_id} : une caméra dôme, qui voit tout autour, porte la direction {value} ; la direction est gardée, le "
        "champ reste entier.",
    ),
    osm__height_implausible=Kind(
        "doubt",
        "{osm_id}: height={value} is not a camera's mount height; taken as unknown.",
        "{osm_id} : height={value} n'est pas une hauteur de pose ; prise pour inconnue.",
    ),
    osm__no_camera=Kind(
        "note",
        "{osm_id}: surveillance:type={value} is no camera and is left out.",
        "{osm_id} : surveillance:type={value} n'est pas une caméra et est laissé de côté.",
    ),
    osm__camera_not_a_point=Kind(
        "doubt",
        "{osm_id}: a camera drawn as a line or an area; its middle is taken as its place.",
        "{osm_id} : une caméra dessinée comme ligne ou surface ; son milieu est pris pour position.",
    ),
    osm__rings_broken=Kind(
        "doubt",
        "{osm_id}: the rings of this {what} don't close or cross; it is left out.",
        "{osm_id} : les contours de cet objet ({what}) ne se ferment pas ou se croisent ; il est laissé de côté.",
    ),
    osm__place_missing=Kind(
        "doubt",
        "{osm_id}: a camera whose nodes are not in the file; it is left out.",
        "{osm_id} : une caméra dont les nœuds manquent au fichier ; elle est laissée de côté.",
    ),
    spaces__geometry_repaired=Kind(
        "doubt",
        "{layer} {row}: the outline crosses itself; it was repaired.",
        "{layer} {row} : le contour se croise ; il a été réparé.",
    ),
    spaces__geometry_missing=Kind(
        "doubt",
        "{layer} {row}: no area; it is left out.",
        "{layer} {row} : pas de surface ; laissé de côté.",
    ),
    spaces__source_won=Kind(
        "note",
        "{count} buildings of {loser} overlap buildings of {winner} and are left out: the file named first wins.",
        "{count} bâtiments de {loser} recouvrent ceux de {winner} et sont laissés de côté : le premier fichier prime.",
    ),
    cameras__columns_ignored=Kind(
        "note",
        "{file}: the columns {columns} are not those of the camera table and are not read.",
        "{file} : les colonnes {columns} ne sont pas celles de la table des caméras et ne sont pas lues.",
    ),
)
