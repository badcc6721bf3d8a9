"""What pages for people say, in English and French."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from visavis.model.vocabulary import Word

WORDS: Final[Mapping[str, Word]] = MappingProxyType(
    {
        "skip": Word("Skip to the content", "Aller au contenu"),
        "where": Word("You are here", "Vous êtes ici"),
        "forms": Word("Other forms of this page", "Autres formes de cette page"),
        "language": Word("Français", "English"),
        "map": Word("The map", "La carte"),
        "start": Word("Data service", "Service de données"),
        "about": Word(
            "Cameras of disclosed maps, and the private spaces that they could view, to be checked on site. "
            "Every address here only reads.",
            "Caméras des cartes communiquées, et les espaces privés qu'elles pourraient voir, à vérifier sur place. "
            "Toutes les adresses d'ici sont en lecture seule.",
        ),
        "list": Word("Which buildings, by which cameras", "Quels bâtiments, par quelles caméras"),
        "list_about": Word(
            "All that the map says, in words: which private buildings disclosed cameras could view, how surely and how "
            "sharply. It needs no script. A view is a reason to check on site, no more; results stop at the building.",
            "Tout ce que dit la carte, en mots : quels bâtiments privés les caméras communiquées pourraient voir, avec "
            "quelle certitude et quelle netteté. Sans script. Une vue est une raison de vérifier sur place, rien de "
            "plus ; les résultats s'arrêtent au bâtiment.",
        ),
        "list_withheld": Word("What is withheld", "Ce qui n'est pas communiqué"),
        "list_overview": Word(
            "Overview: cameras, and buildings that they could view, the surer the darker; north is up",
            "Vue d'ensemble : les caméras et les bâtiments qu'elles pourraient voir, d'autant plus foncés que c'est "
            "sûr ; le nord est en haut",
        ),
        "list_buildings": Word("Buildings, the surest first", "Bâtiments, les plus sûrs d'abord"),
        "list_building": Word("Building", "Bâtiment"),
        "list_surely": Word("How surely", "Certitude"),
        "list_sharply": Word("How sharply", "Netteté"),
        "list_coarse": Word("too coarse to make out movement", "trop flou pour distinguer un mouvement"),
        "list_cameras": Word("Cameras", "Caméras"),
        "list_camera": Word("Camera", "Caméra"),
        "list_kind": Word("Kind", "Type"),
        "list_direction": Word("Direction", "Direction"),
        "list_around": Word("all round", "tout autour"),
        "list_unknown": Word("not known", "inconnue"),
        "list_views": Word("Buildings in view", "Bâtiments en vue"),
        "list_its_views": Word("what it could view", "ce qu'elle pourrait voir"),
        "list_all": Word("All of them", "Tous"),
        "authorities": Word("Authorities side by side", "Les autorités côte à côte"),
        "search": Word("Search", "Rechercher"),
        "search_papers": Word("Search the papers", "Rechercher dans les pièces"),
        "search_words": Word("Words", "Mots"),
        "search_in": Word("In", "Dans"),
        "search_all": Word("everything", "tout"),
        "search_here": Word("Search this dossier", "Rechercher dans ce dossier"),
        "search_hint": Word(
            "Papers, claims, questions, timelines and authorities that hold every word, or one that begins so. Case "
            "and accents do not matter; a number is meant whole.",
            "Pièces, déclarations, questions, chronologies et autorités qui contiennent chaque mot, ou un mot qui "
            "commence ainsi. Ni casse ni accents ne comptent ; un nombre est pris en entier.",
        ),
        "papers": Word("papers", "pièces"),
        "all_findings": Word("All findings on this dossier", "Tous les constats sur ce dossier"),
        "search_found": Word("{matched} found", "{matched} trouvé(s)"),
        "dossier": Word("Dossier", "Dossier"),
        "authorities_about": Word(
            "The six questions that any authority can be asked, and how each answered, from its dossier. A claim is "
            "what somebody says; none is preferred.",
            "Les six questions que l'on peut poser à toute autorité, et ses réponses, d'après son dossier. Une "
            "déclaration est ce que quelqu'un dit ; aucune n'est préférée.",
        ),
        "authority": Word("Authority", "Autorité"),
        "answers_in_time": Word("Answers in time", "Réponses dans le délai"),
        "contradictions": Word("Contradictions", "Contradictions"),
        "feed": Word("What is new, for feed readers", "Nouveautés, pour lecteurs de flux"),
        "source": Word("Source", "Source"),
        "subject": Word("Subject", "Sujet"),
        "claimed": Word("Claimed", "Déclaré"),
        "computed": Word("Computed", "Calculé"),
        "observed": Word("Seen on site", "Vu sur place"),
        "agreement": Word("How they agree", "Concordance"),
        "as_of": Word("Of", "En date de"),
        "stated_by": Word("Who says so", "Qui le dit"),
        "cameras_placed": Word("cameras with a place", "caméras localisées"),
        "cameras_withheld": Word("withheld", "non communiquées"),
        "not_digitised": Word(
            "Disclosed, not yet digitised here: what is left to do",
            "Communiqué, pas encore numérisé ici : ce qui reste à faire",
        ),
        "layers": Word("Layers", "Couches"),
        "layer": Word("Layer", "Couche"),
        "features": Word("Features", "Objets"),
        "count": Word("Number", "Nombre"),
        "browse": Word("Browse the features", "Parcourir les objets"),
        "interface": Word("The interface", "L'interface"),
        "conformance": Word("What it conforms to", "Normes respectées"),
        "conformance_about": Word(
            "Each address names a class of requirements that the service keeps; every one has tests of its own.",
            "Chaque adresse désigne une classe d'exigences que le service respecte ; chacune a ses tests.",
        ),
        "build": Word(
            "How the layers were built, and from what", "Comment les couches ont été faites, et de quoi"
        ),
        "legend": Word("How the layers are drawn", "Comment les couches sont dessinées"),
        "queryables": Word("What to ask by", "Critères de recherche"),
        "schema": Word("Columns", "Colonnes"),
        "tiles": Word("Vector tiles", "Tuiles vectorielles"),
        "files": Word("As a file", "En fichier"),
        "extent": Word("West, south, east, north", "Ouest, sud, est, nord"),
        "crs": Word("Coordinate reference systems", "Systèmes de coordonnées"),
        "property": Word("Property", "Propriété"),
        "value": Word("Value", "Valeur"),
        "unit": Word("Unit", "Unité"),
        "meaning": Word("Meaning (in English)", "Signification (en anglais)"),
        "kind": Word("Kind", "Type"),
        "codes": Word("Codes", "Codes"),
        "unknown": Word("not known", "inconnu"),
        "yes": Word("yes", "oui"),
        "no": Word("no", "non"),
        "geometry": Word("Geometry", "Géométrie"),
        "coordinates": Word("Coordinates as GeoJSON", "Coordonnées en GeoJSON"),
        "picture": Word(
            "What it could view, as a computed picture", "Ce qu'elle pourrait voir, image calculée"
        ),
        "crop": Word("Read from the sheet {sheet}, page {page}", "Lue sur le plan {sheet}, page {page}"),
        "crop_shows": Word("The sheet around the camera's symbol", "Le plan autour du symbole de la caméra"),
        "crop_box": Word("Where on the sheet", "Où sur le plan"),
        "shown": Word("{shown} of {matched} features", "{shown} objets sur {matched}"),
        "next": Word("Next page", "Page suivante"),
        "first": Word("First page", "Première page"),
        "filter": Word("Filter (CQL2)", "Filtre (CQL2)"),
        "filter_hint": Word("For example", "Par exemple"),
        "ask": Word("Ask", "Demander"),
        "none": Word("No feature is like that.", "Aucun objet ne répond à ces critères."),
        "table": Word(
            "Table of features; it can be scrolled sideways", "Tableau des objets ; il défile en largeur"
        ),
        "invented": Word(
            "Invented data: no real place, no real camera.",
            "Données inventées : aucun lieu réel, aucune caméra réelle.",
        ),
        "licence": Word("Licence", "Licence"),
        "sources": Word("Sources", "Sources"),
        "built": Word("Build", "Version des données"),
        "check": Word(
            "What a camera could view is computed, and to be checked on site.",
            "Ce qu'une caméra pourrait voir est calculé, et à vérifier sur place.",
        ),
        "parameters": Word("Parameters (in English)", "Paramètres (en anglais)"),
        "forms_of_answer": Word("Answers", "Réponses"),
    }
)


def say(name: str, language: str) -> str:
    """Return some words in a language."""
    return str(getattr(WORDS[name], language))
