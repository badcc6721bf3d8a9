"""What a picture says around what it shows, in both languages."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from visavis.model.angles import COMPASS_DEG
from visavis.model.vocabulary import SPACE_KINDS, Word, Words

LANGUAGES: Final = ("en", "fr")


def _words(**entries: tuple[str, str]) -> Words:
    return MappingProxyType({code: Word(*labels) for code, labels in entries.items()})


WORDS: Final = _words(
    camera=("Camera {name}", "Caméra {name}"),
    computed=(
        "Computed picture, not a photograph. What the camera could view, to be checked on site.",
        "Image calculée, pas une photographie. Ce que la caméra pourrait voir, à vérifier sur place.",
    ),
    invented=("Invented place, no real camera", "Lieu inventé, aucune caméra réelle"),
    mount=("Lens {height} m above ground", "Objectif à {height} m du sol"),
    facing=("facing {azimuth}° ({point}) ± {sd}°", "orienté à {azimuth}° ({point}) ± {sd}°"),
    facing_unknown=("direction unknown", "direction inconnue"),
    all_round=("all round", "tout autour"),
    tilt=("tilted {tilt}° down", "incliné de {tilt}° vers le bas"),
    tilt_up=("tilted {tilt}° up", "incliné de {tilt}° vers le haut"),
    field=("field {hfov}° × {vfov}°", "champ {hfov}° × {vfov}°"),
    pixels=("{pixels} pixels wide", "{pixels} pixels de large"),
    assumed=("Assumed, not known: {columns}.", "Supposé, non connu : {columns}."),
    nothing_assumed=("Nothing of it is assumed.", "Rien n'en est supposé."),
    unrolled=(
        "Unrolled: equal degrees to the right and upwards; straight lines are curves.",
        "Image déroulée : mêmes degrés en largeur et en hauteur ; les droites y sont des courbes.",
    ),
    undirected=(
        "Possible: nobody knows which way it looks. The whole circle is shown, of which its picture takes in a part "
        "as wide as the bar above.",
        "Possible : nul ne sait où elle regarde. Le cercle entier est montré, dont son image prend une part aussi "
        "large que la barre du haut.",
    ),
    window=("width of its picture: {hfov}°", "largeur de son image : {hfov}°"),
    reach=(
        "All that it can be pointed at, at its widest; it does not see all of it at once.",
        "Tout ce vers quoi elle peut être tournée, au plus large ; elle ne voit pas tout à la fois.",
    ),
    world=(
        "Buildings as prisms {ground}, out to {reach} m; no trees, no roof shapes, no windows. "
        "Detail ends {range} m off.",
        "Bâtiments en prismes {ground}, jusqu'à {reach} m ; ni arbres, ni formes de toit, ni fenêtres. "
        "Le détail s'arrête à {range} m.",
    ),
    on_flat=("on flat ground", "sur sol plat"),
    on_terrain=(
        "as high as {terrain} tells, the ground itself drawn level",
        "à la hauteur donnée par {terrain}, le sol lui-même dessiné plan",
    ),
    doubtful=(
        "Buildings in it: {buildings}; with an assumed height: {heights}; with an assumed use: {uses}.",
        "Bâtiments visibles : {buildings} ; de hauteur supposée : {heights} ; d'usage supposé : {uses}.",
    ),
    levels=(
        "Private spaces, by pixel density at their nearest point",
        "Espaces privés, selon la densité au plus près",
    ),
    below=("less, or beyond the range", "moins, ou hors de portée"),
    horizon=("horizon", "horizon"),
    sources=("Sources: {sources}.", "Sources : {sources}."),
    masks=(
        "Suggested privacy masks: {count}. {limit} Each private part within range is covered, widened by {across} × "
        "{down} px for doubt{capped}.",
        "Masques suggérés : {count}. {limit} Chaque partie privée à portée est couverte, élargie de {across} × "
        "{down} px pour le doute{capped}.",
    ),
    masks_none=(
        "No mask suggested: no dwelling, entrance or private ground within range.",
        "Aucun masque suggéré : ni logement, ni entrée, ni sol privé à portée.",
    ),
    masks_limit=("The model supports {most}.", "Le modèle en accepte {most}."),
    masks_no_limit=(
        "How many the model supports is not known.",
        "On ignore combien le modèle en accepte.",
    ),
    masks_rectangle=("Each is an upright rectangle.", "Chacun est un rectangle droit."),
    masks_quadrilateral=("Each has four corners.", "Chacun a quatre sommets."),
    masks_polygon=("Each may have any corners.", "Chacun peut avoir des sommets quelconques."),
    masks_note=("Its papers say of them: “{note}”.", "Sa documentation en dit : « {note} »."),
    masks_capped=(
        " (as far as a mask can allow for it: fit it on site)",
        " (autant qu'un masque le peut : à ajuster sur place)",
    ),
    masks_left=(
        "Then {left} of the private area within range stays in view, and {lost} of the public area is lost.",
        "Il reste alors visible {left} de la surface privée à portée ; {lost} de la surface publique est perdue.",
    ),
    masks_kinds=(
        "No mask is meant for sensitive places and other private buildings: {left} of what is seen of them stays.",
        "Aucun masque ne vise les lieux sensibles ni les autres bâtiments privés : {left} de ce qui en est vu reste.",
    ),
    claimed=(
        "Masks as claimed, not checked and not subtracted: {by}.",
        "Masques tels que déclarés, ni vérifiés ni soustraits : {by}.",
    ),
    claimed_placeless=(
        "Claimed of masks, without saying where: {what}.",
        "Déclaré des masques, sans dire où : {what}.",
    ),
    claimed_mark=("as claimed", "selon la déclaration"),
    sharp=("{distance} m · {level} · {density} px/m", "{distance} m · {level} · {density} px/m"),
    blunt=("{distance} m · no level", "{distance} m · aucun niveau"),
)

LEVEL_NAMES: Final = _words(
    monitor=("monitor", "surveiller"),
    detect=("detect", "détecter"),
    observe=("observe", "observer"),
    recognise=("recognise", "reconnaître"),
    identify=("identify", "identifier"),
)

# Columns of the camera that a default may have filled.
COLUMNS: Final = _words(
    kind=("kind", "type"),
    position_sd_m=("error of the place", "erreur de position"),
    height_m=("height", "hauteur"),
    height_sd_m=("error of the height", "erreur de hauteur"),
    azimuth_sd_deg=("error of the direction", "erreur de direction"),
    hfov_deg=("field of view", "champ"),
    vfov_deg=("vertical field", "champ vertical"),
    focal_log_sd=("error of the focal length", "erreur de focale"),
    tilt_deg=("tilt", "inclinaison"),
    tilt_sd_deg=("error of the tilt", "erreur d’inclinaison"),
    pixels=("pixels", "pixels"),
    range_m=("range", "portée"),
)

WHATS: Final = MappingProxyType(
    dict(SPACE_KINDS)
    | dict(
        _words(
            ground=("ground", "sol"),
            roof=("roof seen from above", "toit vu d'en haut"),
            underside=(
                "underside of what is built over a passage",
                "dessous de ce qui est bâti au-dessus d'un passage",
            ),
            edge_on=("wall in line with the lens", "mur dans l'axe de l'objectif"),
            beyond=("further than computed", "au-delà du calcul"),
            sky=("sky", "ciel"),
        )
    )
)


def say(code: str, lang: str, words: Words = WORDS, **figures: object) -> str:
    """Return a sentence of the catalogue in a language, with its figures."""
    word = words[code]
    return (word.fr if lang == "fr" else word.en).format(**figures)


def told(value: float, lang: str, digits: int = 0) -> str:
    """Return a number as the language writes it."""
    text = f"{value:,.{digits}f}"
    if lang == "fr":
        return text.replace(",", "\u202f").replace(".", ",")
    return text


def share(value: float, lang: str) -> str:
    """Return a share as per cent: none is 0 %, and a little is never 0 %."""
    least = 0.001
    if 0.0 < value < least:
        return f"< {told(100 * least, lang, 1)}\u00a0%"
    digits = 0 if value == 0.0 or value >= 0.1 else 1
    return f"{told(100.0 * value, lang, digits)}\u00a0%"


def point_of(azimuth_deg: float, lang: str, points: int = 16) -> str:
    """Return the nearest of the points of the compass, 8 or 16 of them, as the language writes it."""
    step = 360.0 / points
    nearest = (round(azimuth_deg / step) * step) % 360.0
    point = next(name for name, at in COMPASS_DEG.items() if at == nearest)
    return point.replace("W", "O") if lang == "fr" else point


def metres(distance_m: float, lang: str) -> str:
    """Return a distance to the metre, and a short one to the decimetre."""
    return told(distance_m, lang, 1 if distance_m < 9.95 else 0)
