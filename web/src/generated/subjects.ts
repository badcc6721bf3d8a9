/**
 * What claims are about.
 * Written by `python -m tools.api_types` from the declared subjects.
 */

import type { Word } from "./api";

export const SUBJECTS: Readonly<Record<string, Word>> = {
  cameras_installed: { en: "cameras installed", fr: "caméras installées" },
  cameras_viewing_private_spaces: { en: "cameras that could view private spaces", fr: "caméras qui pourraient voir des espaces privés" },
  retention_days: { en: "days that recordings are kept", fr: "jours de conservation des enregistrements" },
  cameras_on_public_space: { en: "cameras on public space", fr: "caméras sur l'espace public" },
  cameras_promised: { en: "cameras promised", fr: "caméras promises" },
  cameras_given: { en: "cameras given", fr: "caméras offertes" },
  cameras_planned: { en: "cameras planned", fr: "caméras prévues" },
  cameras_deployed_from: { en: "first cameras deployed", fr: "premières caméras déployées" },
  camera_types_installed: { en: "types of camera installed", fr: "types de caméras installés" },
  value_of_gift: { en: "value of the gift", fr: "valeur du don" },
  video_servers: { en: "video servers", fr: "serveurs vidéo" },
  supervision_software: { en: "supervision software", fr: "logiciel de supervision" },
  analysis_software: { en: "analysis software", fr: "logiciels d'analyse" },
  analytics_functions: { en: "analysis functions named", fr: "fonctions d'analyse citées" },
  remote_maintenance: { en: "remote maintenance", fr: "maintenance à distance" },
  people_told_from_vehicles: { en: "people are told from vehicles", fr: "les personnes sont distinguées des véhicules" },
  face_recognition_able: { en: "able to recognise faces", fr: "capable de reconnaissance faciale" },
  face_recognition_used: { en: "said to recognise faces", fr: "reconnaissance faciale dite utilisée" },
  face_recognition_safeguard: { en: "safeguard against face recognition", fr: "garantie contre la reconnaissance faciale" },
  police_extraction_requests: { en: "requests for images by the police", fr: "réquisitions d'images par la police" },
  requests_by_police: { en: "requests for images by the police", fr: "réquisitions d'images par la police" },
  dpia_before_installation: { en: "impact assessment before installation", fr: "analyse d'impact avant l'installation" },
  cnil_private_spaces_captured: { en: "the CNIL's concern: private spaces captured", fr: "constat de la CNIL : espaces privés captés" },
  cnil_plate_tracking: { en: "the CNIL's concern: number plates, following vehicles", fr: "constat de la CNIL : plaques, suivi de véhicules" },
  cnil_access_hard: { en: "the CNIL's concern: access made hard", fr: "constat de la CNIL : accès aux données difficile" },
  private_spaces_not_masked: { en: "private spaces not masked", fr: "espaces privés non floutés" },
  inhabitants: { en: "inhabitants", fr: "habitants" },
};
