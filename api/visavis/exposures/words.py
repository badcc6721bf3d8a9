"""What the exposures room finds, in both languages: what could be viewed, never that a rule is broken."""

from __future__ import annotations

from typing import Final

from visavis.model.findings import Kind, catalogue

WORDS: Final = catalogue(
    exposures__camera_could_view_private_space=Kind(
        "note",
        "{disclosure}: {cameras} camera(s) could view {spaces} private space(s), to be checked on site: "
        "{cameras_certain} certainly, {cameras_likely} likely, {cameras_possible} possibly; of the spaces, by the "
        "surest camera, {certain} certain, {likely} likely, {possible} possible.",
        "{disclosure} : {cameras} caméra(s) pourraient voir {spaces} espace(s) privé(s), à vérifier sur "
        "place : {cameras_certain} certainement, {cameras_likely} probablement, {cameras_possible} peut-être ; des "
        "espaces, selon la caméra la plus sûre, {certain} certain(s), {likely} probable(s), {possible} possible(s).",
    ),
    exposures__rule_bears_on_views=Kind(
        "note",
        "{disclosure}: {instrument}, {article}, bears on {spaces} private space(s) that {cameras} camera(s) "
        "could view, to be checked on site: {cameras_certain} certainly, {cameras_likely} likely, {cameras_possible} "
        "possibly; of the spaces, by the surest camera, {certain} certain, {likely} likely, {possible} possible.",
        "{disclosure} : {instrument}, {article}, concerne {spaces} espace(s) privé(s) que {cameras} "
        "caméra(s) pourraient voir, à vérifier sur place : {cameras_certain} certainement, {cameras_likely} "
        "probablement, {cameras_possible} peut-être ; des espaces, selon la caméra la plus sûre, {certain} certain(s), "
        "{likely} probable(s), {possible} possible(s).",
    ),
    exposures__direction_unknown=Kind(
        "doubt",
        "{disclosure}: {exposures} view(s) by {cameras} camera(s) of unknown direction are called possible "
        "at most, whatever their probability.",
        "{disclosure} : {exposures} vue(s) de {cameras} caméra(s) d'orientation inconnue sont dites tout au "
        "plus possibles, quelle que soit leur probabilité.",
    ),
    exposures__too_unlikely_to_tell=Kind(
        "note",
        "{disclosure}: {exposures} view(s) of private spaces have a probability of {most} or less and are "
        "left out.",
        "{disclosure} : {exposures} vue(s) d'espaces privés ont une probabilité de {most} ou moins et sont "
        "laissées de côté.",
    ),
    exposures__no_rules_known=Kind(
        "doubt",
        "{disclosure}: no rule of {jurisdiction} in the reference table bears on a view on {on}; that none "
        "is listed does not mean that there is none.",
        "{disclosure} : aucune règle de {jurisdiction} dans la table de référence ne concerne une vue au "
        "{on} ; l'absence de règle listée ne signifie pas qu'il n'y en a pas.",
    ),
)
