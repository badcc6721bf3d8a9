"""What the views room doubts, in both languages."""

from __future__ import annotations

from typing import Final

from visavis.model.findings import Kind, catalogue

WORDS: Final = catalogue(
    views__building_buried=Kind(
        "doubt",
        "{buildings} building(s) lie wholly inside others that are as high or higher; they show no façade.",
        "{buildings} bâtiment(s) sont entièrement compris dans d'autres aussi hauts ou plus hauts ; ils ne "
        "présentent aucune façade.",
    ),
    views__footprint_repaired=Kind(
        "doubt",
        "{buildings} footprint(s) cross themselves and were repaired; their walls are numbered along the "
        "repaired outline.",
        "{buildings} emprise(s) se croisent elles-mêmes et ont été réparées ; leurs murs sont numérotés le "
        "long du contour réparé.",
    ),
    views__camera_inside_building=Kind(
        "doubt",
        "{camera} is mapped {depth_m:.1f} m inside {building}, which is higher than the camera; it is taken "
        "to hang on the nearest outer wall. Its place is to be checked on site.",
        "{camera} est placée {depth_m:.1f} m à l'intérieur de {building}, plus haut que la caméra ; elle est "
        "supposée fixée au mur extérieur le plus proche. Position à vérifier sur place.",
    ),
    views__camera_shut_in=Kind(
        "problem",
        "{camera} is mapped inside {building} and no outer wall is near that it could hang on; no view is "
        "computed. Its place and height are to be checked.",
        "{camera} est placée à l'intérieur de {building} sans mur extérieur proche où elle pourrait être "
        "fixée ; aucune vue n'est calculée. Position et hauteur à vérifier.",
    ),
    views__camera_on_roof=Kind(
        "note",
        "{camera} is higher than {building} under it, and is taken to stand on that roof.",
        "{camera} est plus haute que {building} situé dessous, et est supposée placée sur ce toit.",
    ),
    views__camera_sees_nothing=Kind(
        "doubt",
        "{camera} would see next to nothing from the place, height and direction given ({mode}); they are to "
        "be checked on site.",
        "{camera} ne verrait presque rien avec la position, la hauteur et l'orientation données ({mode}) ; à "
        "vérifier sur place.",
    ),
    views__precision_not_reached=Kind(
        "note",
        "{camera} ({mode}): after {draws} draws the standard error of a probability is still {reached:.3f}, more "
        "than the {wanted:.3f} that was asked for.",
        "{camera} ({mode}) : après {draws} tirages, l'erreur type d'une probabilité est encore de {reached:.3f}, "
        "plus que les {wanted:.3f} demandés.",
    ),
    views__nothing_stands_around=Kind(
        "doubt",
        "{camera}: no building is known within its range, so that nothing hides anything; whether the buildings given "
        "cover its place is to be checked.",
        "{camera} : aucun bâtiment n'est connu dans sa portée, rien ne masque donc rien ; vérifier que les bâtiments "
        "fournis couvrent sa position.",
    ),
    views__too_unlikely_to_tell=Kind(
        "note",
        "{camera}: what it could view rests so much on a place or direction that is not known well enough "
        "({mode}, {hfov_deg:.0f}° wide) that no one part of it is likely enough to be told.",
        "{camera} : ce qu'elle pourrait voir dépend tant d'une position ou d'une orientation mal connue "
        "({mode}, champ de {hfov_deg:.0f}°) qu'aucune partie n'est assez probable pour être indiquée.",
    ),
)
