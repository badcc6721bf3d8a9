"""What the record of a dossier gives to be told, in both languages."""

from __future__ import annotations

from typing import Final

from visavis.model.findings import Kind, catalogue

WORDS: Final = catalogue(
    record__map_not_digitised=Kind(
        "note",
        "{disclosure}: {title} is disclosed and not yet digitised here: none of its cameras is on the map.",
        "{disclosure} : {title} est communiqué et pas encore numérisé ici : aucune de ses caméras n'est sur la carte.",
    ),
    record__no_reason_given=Kind(
        "note",
        "{disclosure}: {title} was not given as it is, and no reason is recorded.",
        "{disclosure} : {title} n'a pas été communiqué tel quel, et aucune raison n'est consignée.",
    ),
    record__no_legal_basis=Kind(
        "note",
        "{disclosure}: {title} was not given as it is, and no legal basis is recorded.",
        "{disclosure} : {title} n'a pas été communiqué tel quel, et aucun fondement juridique n'est consigné.",
    ),
    record__no_camera_placed=Kind(
        "note",
        "{disclosure}: none of its cameras has a place here, so nothing is computed of what they could view; only the "
        "papers are told.",
        "{disclosure} : aucune de ses caméras n'a de place ici, donc rien n'est calculé de ce qu'elles pourraient "
        "voir ; seules les pièces sont données.",
    ),
    record__claims_contradict=Kind(
        "note",
        "{disclosure}: {groups} contradiction(s) among what is claimed, of {subjects} subject(s); all claims stand.",
        "{disclosure} : {groups} contradiction(s) dans ce qui est déclaré, sur {subjects} sujet(s) ; toutes les "
        "déclarations sont montrées.",
    ),
    record__claim_blacked_out=Kind(
        "note",
        "{disclosure}: {claims} claim(s) whose value is not told; they are kept, and count for nothing.",
        "{disclosure} : {claims} déclaration(s) dont la valeur n'est pas donnée ; elles sont gardées et ne comptent "
        "pour rien.",
    ),
    record__claim_undated=Kind(
        "doubt",
        "{disclosure}: {claims} claim(s) tell no day, so it is not known what time they speak of.",
        "{disclosure} : {claims} déclaration(s) sans date : on ne sait de quel moment elles parlent.",
    ),
    record__folder_named_otherwise=Kind(
        "doubt",
        "{disclosure}: the folder is called {folder}, and not as the id ends.",
        "{disclosure} : le dossier s'appelle {folder}, et non comme finit l'identifiant.",
    ),
    record__source_of_claim_missing=Kind(
        "doubt",
        "{disclosure}: {claims} claim(s) name neither a document nor a source.",
        "{disclosure} : {claims} déclaration(s) ne nomment ni document ni source.",
    ),
    rights__requests=Kind(
        "note",
        "{disclosure}: of {made} request(s), {answered} answered: {kept} in time, {missed} late, {unknown} that can't "
        "be told. {passed} without an answer though the time has passed, {running} with time left.",
        "{disclosure} : sur {made} demande(s), {answered} avec réponse : {kept} dans le délai, {missed} hors délai, "
        "{unknown} sans qu'on puisse le dire. {passed} sans réponse malgré le délai passé, {running} avec du temps.",
    ),
    rights__questions=Kind(
        "note",
        "{disclosure}: of the six questions, {answered} answered, {partly} in part, {refused} refused, {unanswered} "
        "not answered, {not_asked} not known to have been asked.",
        "{disclosure} : des six questions, {answered} avec réponse, {partly} en partie, {refused} refusée(s), "
        "{unanswered} sans réponse, {not_asked} pas posée(s) à notre connaissance.",
    ),
)
