/**
 * The rules of law that a view may bear on, in our words.
 * Written by `python -m tools.api_types` from the shipped reference table.
 */

import type { Word } from "./api";

export interface Rule extends Word {
  /** Instrument and article. */
  readonly cited: string;
}

export const RULES: Readonly<Record<string, Rule>> = {
  "be-aim": {
    cited: "Camera Act of 21 March 2007, 5",
    en: "A camera is not to be directed specifically at a place that its controller does not answer for. A place within a wide view is a reason to check where the camera is aimed.",
    fr: "Une caméra ne doit pas être dirigée spécifiquement vers un lieu dont son responsable ne répond pas. Un lieu présent dans une vue large est une raison de vérifier où la caméra est dirigée.",
  },
  "fr-entrance": {
    cited: "Code de la sécurité intérieure, L.251-3",
    en: "The same filming must not show the entrances of dwellings specifically. An entrance somewhere in a wide view is not by itself what the article names; a view aimed at one may be: look at its share of the picture and its density.",
    fr: "La même captation ne doit pas montrer, de façon spécifique, les entrées des immeubles d'habitation. Une entrée présente dans une vue large n'est pas en soi visée par l'article ; une vue dirigée vers elle peut l'être : regarder sa part de l'image et sa densité.",
  },
  "fr-entrance-1995": {
    cited: "Loi n° 95-73 du 21 janvier 1995, 10",
    en: "The earlier wording that L.251-3 took over, on entrances shown specifically.",
    fr: "La rédaction antérieure reprise par l'article L.251-3, sur les entrées montrées de façon spécifique.",
  },
  "fr-interior": {
    cited: "Code de la sécurité intérieure, L.251-3",
    en: "Filming of public ways must be set up so that images do not show the inside of dwellings. A façade in view is a reason to check on site (masks, focal length, season), not a breach.",
    fr: "La captation sur la voie publique doit être réglée de sorte que les images ne montrent pas l'intérieur des immeubles d'habitation. Une façade dans le champ est une raison de vérifier sur place (masques, focale, saison), pas un manquement.",
  },
  "fr-interior-1995": {
    cited: "Loi n° 95-73 du 21 janvier 1995, 10",
    en: "The earlier wording that L.251-3 took over, on the inside of dwellings. A façade in view is a reason to check, not a breach.",
    fr: "La rédaction antérieure reprise par l'article L.251-3, sur l'intérieur des immeubles d'habitation. Une façade dans le champ est une raison de vérifier, pas un manquement.",
  },
  "fr-plates": {
    cited: "Code de la sécurité intérieure, L.233-1",
    en: "Automated plate reading is kept for the national police, the gendarmerie and the customs; it is not given to municipalities.",
    fr: "La lecture automatisée de plaques est réservée à la police nationale, à la gendarmerie et aux douanes ; elle n'est pas ouverte aux communes.",
  },
};
