"""The words of the findings on corrections, in both languages."""

from __future__ import annotations

from typing import Final

from visavis.model.findings import Kind, catalogue

WORDS: Final = catalogue(
    correction__without_subject=Kind(
        "problem",
        "Correction in row {row} ({act}): there is no {subject} any more; the line is kept and changes nothing.",
        "Correction de la ligne {row} ({act}) : {subject} n'existe plus ; la ligne est gardée et sans effet.",
    ),
    correction__outdated=Kind(
        "problem",
        "Correction in row {row} ({act}): {subject} had {before} when it was made and has {now} now; the line is "
        "kept and changes nothing.",
        "Correction de la ligne {row} ({act}) : {subject} avait {before} lors de la correction et a maintenant {now} ; "
        "la ligne est gardée et sans effet.",
    ),
    correction__already_there=Kind(
        "problem",
        "Correction in row {row} (add): there is a camera {subject} already; the line is kept and changes nothing.",
        "Correction de la ligne {row} (add) : la caméra {subject} existe déjà ; la ligne est gardée et sans effet.",
    ),
    correction__not_placed=Kind(
        "problem",
        "Correction in row {row} ({act}): {subject} is listed and not placed: move it first; the line is kept and "
        "changes nothing.",
        "Correction de la ligne {row} ({act}) : {subject} est listée sans être placée : la placer d'abord (move) ; la "
        "ligne est gardée et sans effet.",
    ),
    correction__followed=Kind(
        "note",
        "Correction in row {row} ({act}): {subject} is {camera} now, the one camera at its place; it was followed.",
        "Correction de la ligne {row} ({act}) : {subject} est maintenant {camera}, seule caméra à sa place ; suivie.",
    ),
    correction__camera_deleted=Kind(
        "note",
        "A person took {subject} out (correction in row {row}).",
        "Une personne a retiré {subject} (correction de la ligne {row}).",
    ),
    correction__applied=Kind(
        "note",
        "{count} corrections by a person were applied: {acts}.",
        "{count} corrections faites par une personne ont été appliquées : {acts}.",
    ),
)
