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
    osm__direction_all_round=Kind(
        "doubt",
        "{osm_id}: {tag}={value} is the whole circle; the direction is taken as unknown.",
        "{osm_id} : {tag}={value} est le tour entier ; la direction est prise pour inconnue.",
    ),
    osm__tags_differ=Kind(
        "doubt",
        "{osm_id}: {tag}={value} and {other}={other_value} say different things; the first is taken.",
        "{osm_id} : {tag}={value} et {other}={other_value} se contredisent ; le premier est pris.",
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
    osm__camera_looks_up=Kind(
        "doubt",
        "{osm_id}: {tag}={value} would have the camera look above the horizon; taken as given, though the sign may "
        "be meant the other way.",
        "{osm_id} : {tag}={value} ferait regarder la caméra au-dessus de l'horizon ; pris tel quel, mais le signe est "
        "peut-être inversé.",
    ),
    osm__camera_indoor=Kind(
        "doubt",
        "{osm_id}: the camera is tagged as indoor; what is computed outside its building is to be checked on site.",
        "{osm_id} : la caméra est dite à l'intérieur ; ce qui est calculé hors de son bâtiment est à vérifier sur "
        "place.",
    ),
    osm__camera_below_ground=Kind(
        "doubt",
        "{osm_id}: the camera is tagged as below ground; what is computed above ground is to be checked on site.",
        "{osm_id} : la caméra est dite souterraine ; ce qui est calculé en surface est à vérifier sur place.",
    ),
    osm__camera_count=Kind(
        "doubt",
        "{osm_id}: camera:count={value}, but the directions tell of {count}; as many are counted.",
        "{osm_id} : camera:count={value}, mais les directions en indiquent {count} ; ce nombre est retenu.",
    ),
    osm__no_camera=Kind(
        "note",
        "{osm_id}: surveillance:type={value} is no camera and is left out.",
        "{osm_id} : surveillance:type={value} n'est pas une caméra et est laissé de côté.",
    ),
    osm__type_untold=Kind(
        "note",
        "{count} of {total} surveillance objects do not say of what type they are; they are taken as cameras.",
        "{count} objets de surveillance sur {total} ne disent pas leur type ; ils sont pris pour des caméras.",
    ),
    osm__camera_not_a_point=Kind(
        "doubt",
        "{osm_id}: a camera drawn as a line or an area; its middle is taken as its place.",
        "{osm_id} : une caméra dessinée comme ligne ou surface ; son milieu est pris pour position.",
    ),
    osm__place_missing=Kind(
        "doubt",
        "{osm_id}: its coordinates are missing or are none; it is left out.",
        "{osm_id} : ses coordonnées manquent ou n'en sont pas ; il est laissé de côté.",
    ),
    osm__not_an_area=Kind(
        "note",
        "{osm_id}: this object ({what}) is a point without an outline; it is left out.",
        "{osm_id} : cet objet ({what}) est un point sans contour ; il est laissé de côté.",
    ),
    osm__rings_broken=Kind(
        "doubt",
        "{osm_id}: the rings of this object ({what}) make no area, or are not all in the file; it is left out.",
        "{osm_id} : les contours de cet objet ({what}) ne forment pas de surface ou manquent en partie ; il est "
        "laissé de côté.",
    ),
    osm__ring_open=Kind(
        "doubt",
        "{osm_id}: the outline of this object ({what}) is not closed, as at the edge of an extract; it is left out.",
        "{osm_id} : le contour de cet objet ({what}) n'est pas fermé, comme au bord d'un extrait ; il est laissé de "
        "côté.",
    ),
    osm__ring_without_area=Kind(
        "doubt",
        "{osm_id}: the outline of this object ({what}) has fewer than three corners; it is left out.",
        "{osm_id} : le contour de cet objet ({what}) a moins de trois sommets ; il est laissé de côté.",
    ),
    osm__ring_mended=Kind(
        "doubt",
        "{osm_id}: the outline of this object ({what}) crosses itself; it was repaired.",
        "{osm_id} : le contour de cet objet ({what}) se croise ; il a été réparé.",
    ),
    osm__nodes_missing=Kind(
        "doubt",
        "{osm_id}: corners of this object ({what}) are not in the file; it is left out.",
        "{osm_id} : des sommets de cet objet ({what}) manquent au fichier ; il est laissé de côté.",
    ),
    osm__outline_double=Kind(
        "note",
        "{osm_id}: {relation} draws the same building with its holes; the way is left out.",
        "{osm_id} : {relation} dessine le même bâtiment avec ses cours ; le chemin est laissé de côté.",
    ),
    osm__building_absent=Kind(
        "note",
        "{osm_id}: building={value} does not stand there and is left out.",
        "{osm_id} : building={value} n'est pas un bâtiment debout et est laissé de côté.",
    ),
    osm__building_underground=Kind(
        "note",
        "{osm_id}: the building lies underground and is left out.",
        "{osm_id} : le bâtiment est souterrain et est laissé de côté.",
    ),
    osm__building_lower_layer=Kind(
        "doubt",
        "{osm_id}: layer={value} may mean a building below ground; it is taken as standing on the ground.",
        "{osm_id} : layer={value} peut désigner un bâtiment souterrain ; il est pris pour posé au sol.",
    ),
    spaces__geometry_repaired=Kind(
        "doubt",
        "{layer} {row}: the outline crosses itself; it was repaired.",
        "{layer} {row} : le contour se croise ; il a été réparé.",
    ),
    spaces__geometry_missing=Kind(
        "doubt",
        "{layer} {row}: no area or place; it is left out.",
        "{layer} {row} : ni surface ni position ; laissé de côté.",
    ),
    spaces__columns_missing=Kind(
        "note",
        "{layer}: none of the columns {columns} is there; uses and heights of its buildings are assumed.",
        "{layer} : aucune des colonnes {columns} n'y figure ; usages et hauteurs de ses bâtiments sont supposés.",
    ),
    spaces__source_won=Kind(
        "note",
        "{count} {what} of {loser} lie where {winner} has some and are left out: the file named first wins.",
        "{count} {what} de {loser} se trouvent là où {winner} en a et sont laissés de côté : le premier fichier prime.",
    ),
    terrain__in_feet=Kind(
        "note",
        "{file} gives heights in feet ({unit}); they are taken in metres.",
        "{file} donne les hauteurs en pieds ({unit}) ; elles sont converties en mètres.",
    ),
    terrain__unit_untold=Kind(
        "note",
        "{file} does not say in which unit its heights are; metres are assumed.",
        "{file} ne dit pas l'unité de ses hauteurs ; le mètre est supposé.",
    ),
    cameras__columns_ignored=Kind(
        "note",
        "{file}: the columns {columns} are not those of the camera table and are not read.",
        "{file} : les colonnes {columns} ne sont pas celles de la table des caméras et ne sont pas lues.",
    ),
    cameras__place_apart=Kind(
        "doubt",
        "{camera} stands {distance_km:g} km from the other cameras of {file}.",
        "{camera} se trouve à {distance_km:g} km des autres caméras de {file}.",
    ),
    table__encoding_told=Kind(
        "note",
        "{file}: not UTF-8; read as {encoding}. Declare another encoding if its accents came out wrong.",
        "{file} : n'est pas en UTF-8 ; lu en {encoding}. Déclarer un autre encodage si les accents sont faux.",
    ),
    table__others_unread=Kind(
        "note",
        "{file}: {count} other tables have other columns and were not read ({where}).",
        "{file} : {count} autres tableaux ont d'autres colonnes et n'ont pas été lus ({where}).",
    ),
    table__row_too_wide=Kind(
        "doubt",
        "{file}, {where}: the row has more cells than the header; “{words}” was not read.",
        "{file}, {where} : la ligne a plus de cellules que l'en-tête ; « {words} » n'a pas été lu.",
    ),
    table__columns_missing=Kind(
        "doubt",
        "{file}: declared columns are not in the table: {columns}.",
        "{file} : des colonnes déclarées ne figurent pas dans le tableau : {columns}.",
    ),
    gazetteer__rows_unread=Kind(
        "doubt",
        "{file}: {count} rows have no name or no longitude and latitude and were not read, the first in row {row}.",
        "{file} : {count} lignes sans nom ou sans longitude et latitude n'ont pas été lues, la première ligne {row}.",
    ),
)
