"""What a report says, in English and French."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from visavis.model.vocabulary import Word

WORDS: Final = MappingProxyType(
    {
        "title": Word(
            "What disclosed cameras could view: {title}",
            "Ce que des caméras communiquées pourraient voir : {title}",
        ),
        "running": Word(
            "visavis report, build {build}",
            "Rapport visavis, version {build}",
        ),
        "description": Word(
            "Private spaces that disclosed cameras could view, to be checked on site",
            "Espaces privés que des caméras communiquées pourraient voir, à vérifier sur place",
        ),
        "invented": Word(
            "SPECIMEN: invented place, no real authority, no real camera.",
            "SPÉCIMEN : lieu inventé, aucune autorité réelle, aucune caméra réelle.",
        ),
        "contents": Word(
            "Contents",
            "Sommaire",
        ),
        "summary": Word(
            "Summary",
            "Résumé",
        ),
        "summary_text": Word(
            "{cameras} cameras have a known place, {withheld} more exist whose place is not "
            "disclosed. From their places, directions and lenses, and the buildings around, it "
            "was computed that {viewing} of them could view part of {buildings} private "
            "buildings: {certain} certainly, {likely} likely, {possible} possibly.",
            "{cameras} caméras ont une position connue, {withheld} autres existent sans que leur "
            "position soit communiquée. D'après leurs positions, directions et optiques et les "
            "bâtiments alentour, il a été calculé que {viewing} d'entre elles pourraient voir une"
            " partie de {buildings} bâtiments privés : {certain} de façon certaine, {likely} "
            "probable, {possible} possible.",
        ),
        "summary_limits": Word(
            "Every result says what a camera could view, to be checked on site. It does not say "
            "that anybody looked, what was recorded, or that a rule is broken. Results stop at "
            "the building. Masks that somebody claims are told as claimed, and nothing is taken "
            "out of the results for them.",
            "Chaque résultat dit ce qu'une caméra pourrait voir, à vérifier sur place. Il ne dit "
            "ni que quelqu'un a regardé, ni ce qui a été enregistré, ni qu'une règle n'est pas "
            "respectée. Les résultats s'arrêtent au bâtiment. Les masques déclarés sont donnés "
            "comme déclarés, et rien n'est retiré des résultats à ce titre.",
        ),
        "built": Word(
            "Built on {day} by {software}, build {build}. Licence of the layers: {licence}. "
            "Sources: {attribution}.",
            "Établi le {day} par {software}, version {build}. Licence des couches : {licence}. "
            "Sources : {attribution}.",
        ),
        "dossiers": Word(
            "Dossiers",
            "Dossiers",
        ),
        "map": Word(
            "Map",
            "Carte",
        ),
        "map_alt": Word(
            "Map, north up: {cameras} cameras and {buildings} private buildings that they could "
            "view, by sureness. The tables of this report say the same.",
            "Carte, nord en haut : {cameras} caméras et {buildings} bâtiments privés qu'elles "
            "pourraient voir, par certitude. Les tableaux de ce rapport disent la même chose.",
        ),
        "map_caption": Word(
            "Circles are cameras, their strokes where they point; without one the direction is "
            "not known, or all round. Coloured are private buildings that a camera could view, by"
            " how surely.",
            "Les cercles sont des caméras, leurs traits la direction ; sans trait, elle est "
            "inconnue ou tout autour. En couleur, les bâtiments privés qu'une caméra pourrait "
            "voir, par certitude.",
        ),
        "detail_alt": Word(
            "Map of the surroundings of {building}",
            "Carte des alentours : {building}",
        ),
        "findings": Word(
            "Findings by building",
            "Constats par bâtiment",
        ),
        "findings_text": Word(
            "The {shown} of {all} buildings that could be viewed most surely and most sharply "
            "come first, each with its map, the place of the surest camera on the disclosed "
            "sheet, and what that camera's picture would show. All are listed below and in the "
            "annex.",
            "Les {shown} bâtiments, sur {all}, qui pourraient être vus le plus sûrement et le "
            "plus nettement viennent d'abord, chacun avec sa carte, la place de la caméra la plus"
            " sûre sur le plan communiqué, et ce que montrerait l'image de cette caméra. Tous "
            "figurent en annexe.",
        ),
        "building_text": Word(
            "{kind}. {cameras} cameras could view part of it. At its surest: {sureness} "
            "(probability {probability}). At its sharpest: {level} ({px} px/m).",
            "{kind}. {cameras} caméras pourraient en voir une partie. Au plus sûr : {sureness} "
            "(probabilité {probability}). Au plus net : {level} ({px} px/m).",
        ),
        "by_camera": Word(
            "Which cameras could view {building}",
            "Caméras qui pourraient voir {building}",
        ),
        "camera": Word(
            "Camera",
            "Caméra",
        ),
        "mode": Word(
            "Mode",
            "Mode",
        ),
        "fixed": Word(
            "fixed",
            "fixe",
        ),
        "now": Word(
            "as it points",
            "orientation actuelle",
        ),
        "reach": Word(
            "if turned",
            "si tournée",
        ),
        "reach_tele": Word(
            "if turned and zoomed",
            "si tournée et zoomée",
        ),
        "part": Word(
            "Part",
            "Partie",
        ),
        "sureness": Word(
            "Sureness",
            "Certitude",
        ),
        "probability": Word(
            "Probability",
            "Probabilité",
        ),
        "level": Word(
            "Sharpness",
            "Netteté",
        ),
        "distance": Word(
            "Distance",
            "Distance",
        ),
        "seen": Word(
            "In view",
            "Visible",
        ),
        "crop_alt": Word(
            "The disclosed sheet around camera {camera}",
            "Le plan communiqué autour de la caméra {camera}",
        ),
        "crop_caption": Word(
            "Camera {camera} on the sheet {sheet}, page {page}; licence {licence}.",
            "La caméra {camera} sur le plan {sheet}, page {page} ; licence {licence}.",
        ),
        "view_caption": Word(
            "What the picture of camera {camera} would show, computed from the same rows: "
            "coloured is what is private. {computed}",
            "Ce que montrerait l'image de la caméra {camera}, calculé des mêmes données : en "
            "couleur, ce qui est privé. {computed}",
        ),
        "methods": Word(
            "Methods and error budget",
            "Méthodes et budget d'erreurs",
        ),
        "errors": Word(
            "What the results rest on",
            "Ce sur quoi reposent les résultats",
        ),
        "quantity": Word(
            "Quantity",
            "Grandeur",
        ),
        "median": Word(
            "Median",
            "Médiane",
        ),
        "most": Word(
            "Largest",
            "Maximum",
        ),
        "assumed": Word(
            "Assumed for",
            "Supposé pour",
        ),
        "position_sd_m": Word(
            "Standard deviation of the place, m",
            "Écart type de la position, m",
        ),
        "azimuth_sd_deg": Word(
            "Standard deviation of the direction, degrees",
            "Écart type de la direction, degrés",
        ),
        "height_sd_m": Word(
            "Standard deviation of the height, m",
            "Écart type de la hauteur, m",
        ),
        "hfov_deg": Word(
            "Horizontal field of view, degrees",
            "Champ horizontal, degrés",
        ),
        "probability_se": Word(
            "Standard error of a probability",
            "Erreur type d'une probabilité",
        ),
        "cameras_of": Word(
            "{some} of {all} cameras",
            "{some} caméras sur {all}",
        ),
        "unknown_direction": Word(
            "The direction of {cameras} cameras is not known. They are drawn evenly over the "
            "circle, and nothing that depends on it is called more than possible.",
            "La direction de {cameras} caméras est inconnue. Elles sont tirées uniformément sur "
            "le cercle, et rien de ce qui en dépend n'est dit plus que possible.",
        ),
        "parameters": Word(
            "Parameters of the build",
            "Paramètres du calcul",
        ),
        "name": Word(
            "Name",
            "Nom",
        ),
        "value": Word(
            "Value",
            "Valeur",
        ),
        "papers": Word(
            "Papers",
            "Pièces",
        ),
        "documents": Word(
            "Documents, given or not",
            "Documents, communiqués ou non",
        ),
        "document": Word(
            "Document",
            "Document",
        ),
        "status": Word(
            "How it stands",
            "État",
        ),
        "date": Word(
            "Date",
            "Date",
        ),
        "reason": Word(
            "Reason, legal basis",
            "Raison, fondement",
        ),
        "digest": Word(
            "SHA-256 of the file",
            "SHA-256 du fichier",
        ),
        "questions": Word(
            "The six questions",
            "Les six questions",
        ),
        "question": Word(
            "Question",
            "Question",
        ),
        "answer": Word(
            "Answer",
            "Réponse",
        ),
        "requests": Word(
            "Requests and their deadlines",
            "Demandes et délais",
        ),
        "request": Word(
            "Request",
            "Demande",
        ),
        "asked_on": Word(
            "Asked",
            "Demandé",
        ),
        "due_on": Word(
            "Due",
            "Échéance",
        ),
        "answered_on": Word(
            "Answered",
            "Répondu",
        ),
        "deadline": Word(
            "In time",
            "Délai",
        ),
        "withheld": Word(
            "Cameras whose place is not disclosed",
            "Caméras dont la position n'est pas communiquée",
        ),
        "what": Word(
            "What is known",
            "Ce qui est connu",
        ),
        "authority": Word(
            "Authority",
            "Autorité",
        ),
        "compared": Word(
            "Claimed, computed, observed",
            "Déclaré, calculé, observé",
        ),
        "subject": Word(
            "Subject",
            "Sujet",
        ),
        "claimed": Word(
            "Claimed",
            "Déclaré",
        ),
        "computed": Word(
            "Computed",
            "Calculé",
        ),
        "observed": Word(
            "Seen on site",
            "Vu sur place",
        ),
        "agreement": Word(
            "How they agree",
            "Concordance",
        ),
        "rules": Word(
            "Rules that views bear on",
            "Règles sur lesquelles portent des vues",
        ),
        "rule": Word(
            "Rule",
            "Règle",
        ),
        "says": Word(
            "What it says, in our words",
            "Ce qu'elle dit, résumé",
        ),
        "annexes": Word(
            "Annexes",
            "Annexes",
        ),
        "all_buildings": Word(
            "Private buildings that a camera could view",
            "Bâtiments privés qu'une caméra pourrait voir",
        ),
        "all_cameras": Word(
            "Cameras",
            "Caméras",
        ),
        "building": Word(
            "Building",
            "Bâtiment",
        ),
        "count": Word(
            "Cameras",
            "Caméras",
        ),
        "kind": Word(
            "Kind",
            "Type",
        ),
        "direction": Word(
            "Direction",
            "Direction",
        ),
        "height": Word(
            "Height",
            "Hauteur",
        ),
        "place": Word(
            "Place",
            "Position",
        ),
        "read": Word(
            "How it is known",
            "Comment on la connaît",
        ),
        "unknown": Word(
            "not known",
            "inconnue",
        ),
        "doubts": Word(
            "Doubts and notes",
            "Doutes et remarques",
        ),
        "sources": Word(
            "Sources of the build",
            "Sources du calcul",
        ),
        "source": Word(
            "Source",
            "Source",
        ),
        "licence": Word(
            "Licence",
            "Licence",
        ),
        "left_out": Word(
            "{count} more rows are in the layers.",
            "{count} autres lignes sont dans les couches.",
        ),
    }
)

METHODS: Final = (
    Word(
        "Cameras are read from the disclosed sheets and lists by their legend and control points,"
        " each with the error of its place and direction; what a person confirmed is marked as "
        "reviewed. What is not stated of lens, tilt and height is assumed by kind of camera and "
        "named in each row.",
        "Les caméras sont lues dans les plans et listes communiqués, par leur légende et des "
        "points de calage, chacune avec l'erreur de sa position et de sa direction ; ce qu'une "
        "personne a confirmé est marqué comme relu. Ce qui n'est pas indiqué de l'optique, de "
        "l'inclinaison et de la hauteur est supposé selon le type et nommé à chaque ligne.",
    ),
    Word(
        "Buildings are prisms; a camera is a point at its height. Which part of each wall and of "
        "the ground is in view is computed exactly, with everything that stands between. There "
        "are no trees, roof shapes or windows.",
        "Les bâtiments sont des prismes ; une caméra est un point à sa hauteur. La partie visible"
        " de chaque mur et du sol est calculée exactement, avec tout ce qui se trouve entre les "
        "deux. Il n'y a ni arbres, ni formes de toit, ni fenêtres.",
    ),
    Word(
        "Each camera is drawn again and again within its errors. The probability of a private "
        "space is the share of draws in which some of it is in view: certain from 0.95, likely "
        "from 0.5, possible above 0.05. Detail is told in pixels per metre and by the levels of "
        "EN 62676-4:2015.",
        "Chaque caméra est tirée maintes fois dans ses erreurs. La probabilité d'un espace privé "
        "est la part des tirages où une partie en est visible : certain à partir de 0,95, "
        "probable à partir de 0,5, possible au-dessus de 0,05. Le détail est donné en pixels par "
        "mètre et selon les niveaux de la norme EN 62676-4:2015.",
    ),
    Word(
        "Which buildings are private follows from their use in the buildings file; where that is "
        "not told, a building is taken as a dwelling with confidence 0.5.",
        "Le caractère privé d'un bâtiment suit de son usage dans le fichier des bâtiments ; s'il "
        "n'est pas indiqué, le bâtiment est pris pour un logement avec une confiance de 0,5.",
    ),
)


def say(name: str, lang: str, **figures: object) -> str:
    """Return the words called `name`."""
    return str(getattr(WORDS[name], lang)).format(**figures)
