"""What claims are about: codes with their words, and which of them the layers can be held against."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from visavis.model.vocabulary import Word

CAMERAS_INSTALLED: Final = "cameras_installed"
CAMERAS_VIEWING_PRIVATE_SPACES: Final = "cameras_viewing_private_spaces"
RETENTION_DAYS: Final = "retention_days"

SUBJECTS: Final = MappingProxyType(
    {
        CAMERAS_INSTALLED: Word("cameras installed", "caméras installées"),
        CAMERAS_VIEWING_PRIVATE_SPACES: Word(
            "cameras that could view private spaces", "caméras qui pourraient voir des espaces privés"
        ),
        RETENTION_DAYS: Word("days that recordings are kept", "jours de conservation des enregistrements"),
        "cameras_on_public_space": Word("cameras on public space", "caméras sur l'espace public"),
        "cameras_promised": Word("cameras promised", "caméras promises"),
        "cameras_given": Word("cameras given", "caméras offertes"),
        "cameras_planned": Word("cameras planned", "caméras prévues"),
        "cameras_deployed_from": Word("first cameras deployed", "premières caméras déployées"),
        "camera_types_installed": Word("types of camera installed", "types de caméras installés"),
        "value_of_gift": Word("value of the gift", "valeur du don"),
        "video_servers": Word("video servers", "serveurs vidéo"),
        "supervision_software": Word("supervision software", "logiciel de supervision"),
        "analysis_software": Word("analysis software", "logiciels d'analyse"),
        "analytics_functions": Word("analysis functions named", "fonctions d'analyse citées"),
        "remote_maintenance": Word("remote maintenance", "maintenance à distance"),
        "people_told_from_vehicles": Word(
            "people are told from vehicles", "les personnes sont distinguées des véhicules"
        ),
        "face_recognition_able": Word("able to recognise faces", "capable de reconnaissance faciale"),
        "face_recognition_used": Word("said to recognise faces", "reconnaissance faciale dite utilisée"),
        "face_recognition_safeguard": Word(
            "safeguard against face recognition", "garantie contre la reconnaissance faciale"
        ),
        "police_extraction_requests": Word(
            "requests for images by the police", "réquisitions d'images par la police"
        ),
        "requests_by_police": Word(
            "requests for images by the police", "réquisitions d'images par la police"
        ),
        "dpia_before_installation": Word(
            "impact assessment before installation", "analyse d'impact avant l'installation"
        ),
        "cnil_private_spaces_captured": Word(
            "the CNIL's concern: private spaces captured", "constat de la CNIL : espaces privés captés"
        ),
        "cnil_plate_tracking": Word(
            "the CNIL's concern: number plates, following vehicles",
            "constat de la CNIL : plaques, suivi de véhicules",
        ),
        "cnil_access_hard": Word(
            "the CNIL's concern: access made hard", "constat de la CNIL : accès aux données difficile"
        ),
        "private_spaces_not_masked": Word("private spaces not masked", "espaces privés non floutés"),
        "inhabitants": Word("inhabitants", "habitants"),
    }
)

# Two names of one thing: what is said under either is held against the other. What was promised was to be given.
SAME: Final = MappingProxyType({"cameras_given": "cameras_promised"})

# What grows or stays for years: a later number that is smaller asks for an explanation.
GROWING: Final = frozenset({CAMERAS_INSTALLED, "cameras_on_public_space"})


def title_of(subject: str) -> Word:
    """Return a subject in words; one that nobody declared is told by its own code."""
    bare = subject.replace("_", " ")
    return SUBJECTS.get(subject, Word(bare, bare))
