"""The field's words, once: the codes that tables carry, with their labels in English and French.

One word for one thing: the same code stands in columns, parameters, JSON, legends and the web page.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, NamedTuple


class Word(NamedTuple):
    """A code's label in both languages."""

    en: str
    fr: str


Words = MappingProxyType[str, Word]


def _words(**entries: tuple[str, str]) -> Words:
    return MappingProxyType({code: Word(*labels) for code, labels in entries.items()})


CAMERA_KINDS: Final = _words(
    fixed=("fixed camera", "caméra fixe"),
    dome=("dome camera, all round", "caméra dôme, tout autour"),
    ptz=("pan-tilt-zoom camera", "caméra mobile (PTZ)"),
    fisheye=("fisheye camera, all round", "caméra fisheye, tout autour"),
    multisensor=("multisensor camera", "caméra multi-capteurs"),
    anpr=("number-plate reader", "lecture de plaques (LAPI)"),
    unknown=("camera of unknown kind", "caméra de type inconnu"),
)

STANDINGS: Final = _words(
    detected=("read by a program", "lu par un programme"),
    reviewed=("confirmed by a person", "confirmé par une personne"),
    stated=("stated by a source", "indiqué par une source"),
)

# Whether a piece of the sheet is shown beside a camera that was read from it.
SHOWINGS: Final = _words(
    shown=("shown, as the sheet's licence allows", "montré, comme la licence du plan le permet"),
    licence_unknown=(
        "not shown: nobody says under which licence the sheet stands",
        "non montré : personne n'indique la licence du plan",
    ),
    licence_closed=(
        "not shown: the sheet's licence is none that is known to allow it",
        "non montré : la licence du plan n'est pas de celles qui le permettent",
    ),
)

SHEET_UNITS: Final = _words(points=("points", "points"), pixels=("pixels", "pixels"))

SPACE_KINDS: Final = _words(
    dwelling_facade=("dwelling", "logement"),
    dwelling_entrance=("entrance of a dwelling", "entrée de logement"),
    balcony=("balcony of a dwelling", "balcon de logement"),
    private_ground=("garden or courtyard", "jardin ou cour"),
    other_private=("other private building", "autre bâtiment privé"),
    sensitive_place=("sensitive place", "lieu sensible"),
    public=("public building", "bâtiment public"),
)

PRIVATE_SPACE_KINDS: Final = frozenset(SPACE_KINDS) - {"public"}

MODES: Final = _words(
    fixed=("as it is mounted", "telle qu'elle est fixée"),
    now=("as it points now", "telle qu'elle est orientée"),
    reach=(
        "all that it can be pointed at, at its widest",
        "tout ce vers quoi elle peut être tournée, au plus large",
    ),
    reach_tele=(
        "all that it can be pointed at, at full zoom",
        "tout ce vers quoi elle peut être tournée, au plus fort zoom",
    ),
)

# What a camera can be turned to: rests on no direction.
REACHES: Final = frozenset({"reach", "reach_tele"})

ASPECTS: Final = _words(
    facade=("façade", "façade"),
    entrance=("entrance", "entrée"),
    balcony=("balcony", "balcon"),
    ground=("ground", "sol"),
)

# EN 62676-4:2015, annex B; pixels per metre on a plane square to the optical axis.
LEVEL_MIN_PX_PER_M: Final = MappingProxyType(
    {"monitor": 12.5, "detect": 25.0, "observe": 62.5, "recognise": 125.0, "identify": 250.0}
)

LEVELS: Final = _words(
    monitor=("could see that there is movement", "pourrait voir qu'il y a du mouvement"),
    detect=("could tell that somebody is there", "pourrait voir que quelqu'un est là"),
    observe=("could make out clothing and actions", "pourrait distinguer vêtements et gestes"),
    recognise=(
        "could recognise someone known",
        "pourrait reconnaître une personne connue",
    ),
    identify=("could identify a stranger", "pourrait identifier une personne inconnue"),
)

# The seven steps that IEC 62676-4:2025 puts in the place of the five (OODPCVS, after their initials); pixels per
# metre on the same plane. Both stand side by side: papers of before 2025 speak of the five.
LEVEL_OODPCVS_MIN_PX_PER_M: Final = MappingProxyType(
    {
        "overview": 20.0,
        "outline": 40.0,
        "discern": 80.0,
        "perceive": 125.0,
        "characterise": 250.0,
        "validate": 500.0,
        "scrutinise": 1500.0,
    }
)

LEVELS_OODPCVS: Final = _words(
    overview=("overview", "vue d'ensemble"),
    outline=("outline", "silhouette"),
    discern=("discern", "distinguer"),
    perceive=("perceive", "percevoir"),
    characterise=("characterise", "caractériser"),
    validate=("validate", "valider"),
    scrutinise=("scrutinise", "examiner de près"),
)

# Lower bounds of the probability of being in view; `possible` is open (> 0.05), the others closed.
SURENESS_MIN_PROBABILITY: Final = MappingProxyType({"certain": 0.95, "likely": 0.5, "possible": 0.05})

SURENESSES: Final = _words(
    certain=("certain", "certain"),
    likely=("likely", "probable"),
    possible=("possible", "possible"),
)

DOCUMENT_STATUSES: Final = _words(
    asked=("asked for", "demandé"),
    disclosed=("disclosed", "communiqué"),
    redacted=("disclosed with parts blacked out", "communiqué avec des passages occultés"),
    withheld=("withheld", "non communiqué"),
    appealed=("under appeal", "en recours"),
    absent=("said not to exist", "dit ne pas exister"),
    reported=("told in part by others", "rapporté en partie par des tiers"),
)

REQUEST_KINDS: Final = _words(
    documents=("request for documents", "demande de documents"),
    access=("request for one's own data", "demande d'accès à ses données"),
)

# What a person may want to send, in the order in which it comes up.
LETTER_KINDS: Final = _words(
    foi=("request for documents, with the six questions", "demande de documents, avec les six questions"),
    access=("request for one's own images and data", "demande d'accès à ses images et données"),
    preserve=("request to keep recordings", "demande de conservation d'images"),
    reminder=("reminder", "relance"),
    appeal=("appeal against a refusal of documents", "recours contre un refus de documents"),
    complaint=("complaint to the supervisory authority", "réclamation à l'autorité de contrôle"),
)

# What is due in an exchange with an authority.
STEPS: Final = _words(
    answer=("the authority's answer is due", "la réponse de l'autorité est due"),
    reminder=("a reminder can be sent", "une relance peut être envoyée"),
    appeal=("an appeal has to be sent", "un recours est à envoyer"),
    complaint=("a complaint can be sent", "une réclamation peut être envoyée"),
)

# How a deadline came out; `unknown` where a day is told by its month or year alone, or not at all.
DEADLINES: Final = _words(
    kept=("answered in time", "répondu dans le délai"),
    missed=("answered late", "répondu hors délai"),
    passed=("not answered, the time has passed", "sans réponse, délai passé"),
    running=("not answered, there is time left", "sans réponse, délai en cours"),
    unknown=("can't be told", "ne peut être dit"),
)

# What Privacy International asked the city of Valenciennes, in our words: the questions that any authority can be
# asked, in their order.
QUESTIONS: Final = _words(
    contracts=("Which contracts and agreements are there?", "Quels contrats et conventions existent ?"),
    brochures=(
        "What do brochures, datasheets and handbooks say that the system can do?",
        "Que disent brochures, fiches techniques et manuels des capacités du système ?",
    ),
    impact_assessment=(
        "Was an impact assessment made before installation, and if not, why?",
        "Une analyse d'impact a-t-elle précédé l'installation, et sinon pourquoi ?",
    ),
    cameras=(
        "How many cameras are there and where, now and planned?",
        "Combien de caméras et où, aujourd'hui et en projet ?",
    ),
    police_requests=(
        "How often did the police ask for images?",
        "Combien de fois la police a-t-elle demandé des images ?",
    ),
    face_recognition=(
        "What keeps face recognition from being used?",
        "Qu'est-ce qui empêche l'usage de la reconnaissance faciale ?",
    ),
)

ANSWERS: Final = _words(
    answered=("answered", "répondu"),
    partly=("answered in part", "répondu en partie"),
    refused=("refused", "refusé"),
    unanswered=("not answered", "sans réponse"),
    not_asked=("not known to have been asked", "pas posée, à notre connaissance"),
)

# How what is claimed, computed and observed stand to each other.
AGREEMENTS: Final = _words(
    agree=("they agree", "ils concordent"),
    agree_with_some=("agrees with some claims only", "concorde avec certaines déclarations seulement"),
    differ=("they differ, to be checked on site", "ils diffèrent, à vérifier sur place"),
    claims_differ=(
        "claims contradict each other; nothing to hold them against",
        "les déclarations se contredisent ; rien à leur opposer",
    ),
    only_claimed=("nothing to hold the claim against", "rien à opposer à la déclaration"),
)

CONTRADICTIONS: Final = _words(
    same_time=("said of the same time", "dit du même moment"),
    falls=("said to be fewer later", "dit moins nombreux ensuite"),
    both_ways=("said to be so, and not to be so", "dit vrai, et dit faux"),
    undated=("without a day to tell them apart", "sans date pour les départager"),
)

# What became of a camera from one disclosure to a later one, beyond what their stated errors explain.
CHANGES: Final = _words(
    added=("on the later paper only", "sur le document récent seulement"),
    removed=("on the earlier paper only", "sur le document ancien seulement"),
    moved=("moved", "déplacée"),
    turned=("turned", "réorientée"),
    moved_and_turned=("moved and turned", "déplacée et réorientée"),
    replaced=("another kind of camera in its place", "autre type de caméra à sa place"),
    kept=("no change beyond the errors", "aucun changement au-delà des erreurs"),
)

# By what a camera of one disclosure is taken for one of another.
PAIRINGS: Final = _words(
    label=("by its label", "par son repère"),
    place=("by its place", "par son emplacement"),
)

ABILITIES: Final = _words(
    yes=("able", "capable"),
    no=("not able", "non capable"),
    some=("some models of the series", "certains modèles de la série"),
)

CONFIDENCES: Final = _words(
    high=("sure", "sûr"),
    medium=("fairly sure", "assez sûr"),
    low=("unsure", "peu sûr"),
)

SEVERITIES: Final = _words(
    note=("note", "note"),
    doubt=("doubt", "doute"),
    problem=("problem", "problème"),
)


def level_of(px_per_m: float) -> str | None:
    """Return the highest level of EN 62676-4 that a pixel density reaches, or None below the lowest."""
    return _highest(LEVEL_MIN_PX_PER_M, px_per_m)


def level_oodpcvs_of(px_per_m: float) -> str | None:
    """Return the highest level of IEC 62676-4:2025 that a pixel density reaches, or None below the lowest."""
    return _highest(LEVEL_OODPCVS_MIN_PX_PER_M, px_per_m)


def sureness_of(probability: float) -> str | None:
    """Return the sureness of a probability, or None where it is too small to be told (≤ 0.05)."""
    if probability >= SURENESS_MIN_PROBABILITY["certain"]:
        return "certain"
    if probability >= SURENESS_MIN_PROBABILITY["likely"]:
        return "likely"
    return "possible" if probability > SURENESS_MIN_PROBABILITY["possible"] else None


def _highest(scale: MappingProxyType[str, float], px_per_m: float) -> str | None:
    reached = [code for code, least in scale.items() if px_per_m >= least]
    return reached[-1] if reached else None
