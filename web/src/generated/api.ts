/**
 * The tables and the words of the service, as TypeScript.
 * Written by `python -m tools.api_types` from the declarations in Python; a test keeps it fresh.
 */

import type { LineString, MultiLineString, MultiPolygon, Point, Polygon } from "geojson";

export interface Word {
  readonly en: string;
  readonly fr: string;
}

export const CAMERA_KIND = {
  fixed: { en: "fixed camera", fr: "caméra fixe" },
  dome: { en: "dome camera, all round", fr: "caméra dôme, tout autour" },
  ptz: { en: "pan-tilt-zoom camera", fr: "caméra mobile (PTZ)" },
  fisheye: { en: "fisheye camera, all round", fr: "caméra fisheye, tout autour" },
  multisensor: { en: "multisensor camera", fr: "caméra multi-capteurs" },
  anpr: { en: "number-plate reader", fr: "lecture de plaques (LAPI)" },
  unknown: { en: "camera of unknown kind", fr: "caméra de type inconnu" },
} as const satisfies Record<string, Word>;
export type CameraKind = keyof typeof CAMERA_KIND;

export const STANDING = {
  detected: { en: "read by a program", fr: "lu par un programme" },
  reviewed: { en: "confirmed by a person", fr: "confirmé par une personne" },
  stated: { en: "stated by a source", fr: "indiqué par une source" },
} as const satisfies Record<string, Word>;
export type Standing = keyof typeof STANDING;

export const SHOWING = {
  shown: { en: "shown, as the sheet's licence allows", fr: "montré, comme la licence du plan le permet" },
  licence_unknown: { en: "not shown: nobody says under which licence the sheet stands", fr: "non montré : personne n'indique la licence du plan" },
  licence_closed: { en: "not shown: the sheet's licence is none that is known to allow it", fr: "non montré : la licence du plan n'est pas de celles qui le permettent" },
} as const satisfies Record<string, Word>;
export type Showing = keyof typeof SHOWING;

export const SHEET_UNIT = {
  points: { en: "points", fr: "points" },
  pixels: { en: "pixels", fr: "pixels" },
} as const satisfies Record<string, Word>;
export type SheetUnit = keyof typeof SHEET_UNIT;

export const SPACE_KIND = {
  dwelling_facade: { en: "dwelling", fr: "logement" },
  dwelling_entrance: { en: "entrance of a dwelling", fr: "entrée de logement" },
  balcony: { en: "balcony of a dwelling", fr: "balcon de logement" },
  private_ground: { en: "garden or courtyard", fr: "jardin ou cour" },
  other_private: { en: "other private building", fr: "autre bâtiment privé" },
  sensitive_place: { en: "sensitive place", fr: "lieu sensible" },
  public: { en: "public building", fr: "bâtiment public" },
} as const satisfies Record<string, Word>;
export type SpaceKind = keyof typeof SPACE_KIND;

export const MODE = {
  fixed: { en: "as it is mounted", fr: "telle qu'elle est fixée" },
  now: { en: "as it points now", fr: "telle qu'elle est orientée" },
  reach: { en: "all that it can be pointed at, at its widest", fr: "tout ce vers quoi elle peut être tournée, au plus large" },
  reach_tele: { en: "all that it can be pointed at, at full zoom", fr: "tout ce vers quoi elle peut être tournée, au plus fort zoom" },
} as const satisfies Record<string, Word>;
export type Mode = keyof typeof MODE;

export const ASPECT = {
  facade: { en: "façade", fr: "façade" },
  entrance: { en: "entrance", fr: "entrée" },
  balcony: { en: "balcony", fr: "balcon" },
  ground: { en: "ground", fr: "sol" },
} as const satisfies Record<string, Word>;
export type Aspect = keyof typeof ASPECT;

export const LEVEL = {
  monitor: { en: "could see that there is movement", fr: "pourrait voir qu'il y a du mouvement" },
  detect: { en: "could tell that somebody is there", fr: "pourrait voir que quelqu'un est là" },
  observe: { en: "could make out clothing and actions", fr: "pourrait distinguer vêtements et gestes" },
  recognise: { en: "could recognise someone known", fr: "pourrait reconnaître une personne connue" },
  identify: { en: "could identify a stranger", fr: "pourrait identifier une personne inconnue" },
} as const satisfies Record<string, Word>;
export type Level = keyof typeof LEVEL;

export const LEVEL_OODPCVS = {
  overview: { en: "overview", fr: "vue d'ensemble" },
  outline: { en: "outline", fr: "silhouette" },
  discern: { en: "discern", fr: "distinguer" },
  perceive: { en: "perceive", fr: "percevoir" },
  characterise: { en: "characterise", fr: "caractériser" },
  validate: { en: "validate", fr: "valider" },
  scrutinise: { en: "scrutinise", fr: "examiner de près" },
} as const satisfies Record<string, Word>;
export type LevelOodpcvs = keyof typeof LEVEL_OODPCVS;

export const SURENESS = {
  certain: { en: "certain", fr: "certain" },
  likely: { en: "likely", fr: "probable" },
  possible: { en: "possible", fr: "possible" },
} as const satisfies Record<string, Word>;
export type Sureness = keyof typeof SURENESS;

export const DOCUMENT_STATUS = {
  asked: { en: "asked for", fr: "demandé" },
  disclosed: { en: "disclosed", fr: "communiqué" },
  redacted: { en: "disclosed with parts blacked out", fr: "communiqué avec des passages occultés" },
  withheld: { en: "withheld", fr: "non communiqué" },
  appealed: { en: "under appeal", fr: "en recours" },
  absent: { en: "said not to exist", fr: "dit ne pas exister" },
  reported: { en: "told in part by others", fr: "rapporté en partie par des tiers" },
} as const satisfies Record<string, Word>;
export type DocumentStatus = keyof typeof DOCUMENT_STATUS;

export const SEVERITY = {
  note: { en: "note", fr: "note" },
  doubt: { en: "doubt", fr: "doute" },
  problem: { en: "problem", fr: "problème" },
} as const satisfies Record<string, Word>;
export type Severity = keyof typeof SEVERITY;

export const REQUEST_KIND = {
  documents: { en: "request for documents", fr: "demande de documents" },
  access: { en: "request for one's own data", fr: "demande d'accès à ses données" },
} as const satisfies Record<string, Word>;
export type RequestKind = keyof typeof REQUEST_KIND;

export const DEADLINE = {
  kept: { en: "answered in time", fr: "répondu dans le délai" },
  missed: { en: "answered late", fr: "répondu hors délai" },
  passed: { en: "not answered, the time has passed", fr: "sans réponse, délai passé" },
  running: { en: "not answered, there is time left", fr: "sans réponse, délai en cours" },
  unknown: { en: "can't be told", fr: "ne peut être dit" },
} as const satisfies Record<string, Word>;
export type Deadline = keyof typeof DEADLINE;

export const ANSWER = {
  answered: { en: "answered", fr: "répondu" },
  partly: { en: "answered in part", fr: "répondu en partie" },
  refused: { en: "refused", fr: "refusé" },
  unanswered: { en: "not answered", fr: "sans réponse" },
  not_asked: { en: "not known to have been asked", fr: "pas posée, à notre connaissance" },
} as const satisfies Record<string, Word>;
export type Answer = keyof typeof ANSWER;

export const AGREEMENT = {
  agree: { en: "they agree", fr: "ils concordent" },
  agree_with_some: { en: "agrees with some claims only", fr: "concorde avec certaines déclarations seulement" },
  differ: { en: "they differ, to be checked on site", fr: "ils diffèrent, à vérifier sur place" },
  claims_differ: { en: "claims contradict each other; nothing to hold them against", fr: "les déclarations se contredisent ; rien à leur opposer" },
  only_claimed: { en: "nothing to hold the claim against", fr: "rien à opposer à la déclaration" },
} as const satisfies Record<string, Word>;
export type Agreement = keyof typeof AGREEMENT;

export const CONTRADICTION_KIND = {
  same_time: { en: "said of the same time", fr: "dit du même moment" },
  falls: { en: "said to be fewer later", fr: "dit moins nombreux ensuite" },
  both_ways: { en: "said to be so, and not to be so", fr: "dit vrai, et dit faux" },
  undated: { en: "without a day to tell them apart", fr: "sans date pour les départager" },
} as const satisfies Record<string, Word>;
export type ContradictionKind = keyof typeof CONTRADICTION_KIND;

export const QUESTION = {
  contracts: { en: "Which contracts and agreements are there?", fr: "Quels contrats et conventions existent ?" },
  brochures: { en: "What do brochures, datasheets and handbooks say that the system can do?", fr: "Que disent brochures, fiches techniques et manuels des capacités du système ?" },
  impact_assessment: { en: "Was an impact assessment made before installation, and if not, why?", fr: "Une analyse d'impact a-t-elle précédé l'installation, et sinon pourquoi ?" },
  cameras: { en: "How many cameras are there and where, now and planned?", fr: "Combien de caméras et où, aujourd'hui et en projet ?" },
  police_requests: { en: "How often did the police ask for images?", fr: "Combien de fois la police a-t-elle demandé des images ?" },
  face_recognition: { en: "What keeps face recognition from being used?", fr: "Qu'est-ce qui empêche l'usage de la reconnaissance faciale ?" },
} as const satisfies Record<string, Word>;
export type Question = keyof typeof QUESTION;

export const LETTER_KIND = {
  foi: { en: "request for documents, with the six questions", fr: "demande de documents, avec les six questions" },
  access: { en: "request for one's own images and data", fr: "demande d'accès à ses images et données" },
  preserve: { en: "request to keep recordings", fr: "demande de conservation d'images" },
  reminder: { en: "reminder", fr: "relance" },
  appeal: { en: "appeal against a refusal of documents", fr: "recours contre un refus de documents" },
  complaint: { en: "complaint to the supervisory authority", fr: "réclamation à l'autorité de contrôle" },
} as const satisfies Record<string, Word>;
export type LetterKind = keyof typeof LETTER_KIND;

export const CONFIDENCE = {
  high: { en: "sure", fr: "sûr" },
  medium: { en: "fairly sure", fr: "assez sûr" },
  low: { en: "unsure", fr: "peu sûr" },
} as const satisfies Record<string, Word>;
export type Confidence = keyof typeof CONFIDENCE;

export const ABILITY = {
  yes: { en: "able", fr: "capable" },
  no: { en: "not able", fr: "non capable" },
  some: { en: "some models of the series", fr: "certains modèles de la série" },
} as const satisfies Record<string, Word>;
export type Ability = keyof typeof ABILITY;

export const CHANGE = {
  added: { en: "on the later paper only", fr: "sur le document récent seulement" },
  removed: { en: "on the earlier paper only", fr: "sur le document ancien seulement" },
  moved: { en: "moved", fr: "déplacée" },
  turned: { en: "turned", fr: "réorientée" },
  moved_and_turned: { en: "moved and turned", fr: "déplacée et réorientée" },
  replaced: { en: "another kind of camera in its place", fr: "autre type de caméra à sa place" },
  kept: { en: "no change beyond the errors", fr: "aucun changement au-delà des erreurs" },
} as const satisfies Record<string, Word>;
export type Change = keyof typeof CHANGE;

export const PAIRING = {
  label: { en: "by its label", fr: "par son repère" },
  place: { en: "by its place", fr: "par son emplacement" },
} as const satisfies Record<string, Word>;
export type Pairing = keyof typeof PAIRING;

/** The row of each collection: the `properties` of its features. */
export interface Rows {
  cameras: {
    /** Stable id: dossier, sheet and label, or the source's own id */
    camera_id: string;
    /** Dossier that it comes from */
    disclosure_id: string;
    /** Who vouches for the row */
    standing: Standing;
    /** Initials of the person who reviewed it, where they gave any */
    reviewed_by: string | null;
    /** Day on which a person reviewed it last, ISO 8601 */
    reviewed_on: string | null;
    /** As written on the sheet or in the source */
    label: string | null;
    /** Kind of camera */
    kind: CameraKind;
    /** Model in the catalogue */
    model_id: string | null;
    /** What it hangs on, as the source says */
    mount: string | null;
    /** What the source says that it watches */
    zone: string | null;
    /** Standard deviation of the place, along each axis [m] */
    position_sd_m: number;
    /** How alike the words of its place and the gazetteer's are; empty where it was not found by words [1] */
    place_score: number | null;
    /** Height of the lens above ground [m] */
    height_m: number;
    /** Its standard deviation [m] */
    height_sd_m: number;
    /** Direction of the optical axis, clockwise from true north; empty where unknown [deg] */
    azimuth_deg: number | null;
    /** Its standard deviation [deg] */
    azimuth_sd_deg: number | null;
    /** Horizontal field of view [deg] */
    hfov_deg: number;
    /** Vertical field of view [deg] */
    vfov_deg: number;
    /** Standard deviation of the logarithm of the focal length, with which the fields of view go [1] */
    focal_log_sd: number | null;
    /** Angle of the optical axis below the horizon [deg] */
    tilt_deg: number;
    /** Its standard deviation [deg] */
    tilt_sd_deg: number | null;
    /** Picture width [px] */
    pixels: number;
    /** Horizontal field at full zoom; of a camera that can be turned [deg] */
    hfov_tele_deg: number | null;
    /** Highest that its axis can be turned, as an angle below the horizon: negative above it [deg] */
    tilt_least_deg: number | null;
    /** Lowest that its axis can be turned, as an angle below the horizon [deg] */
    tilt_most_deg: number | null;
    /** Distance at which detail falls below the lowest level [m] */
    range_m: number;
    /** First day that it is known to stand there, ISO 8601 */
    valid_from: string | null;
    /** Last day, ISO 8601 */
    valid_to: string | null;
    /** What told how high the ground is: `flat` where nothing did, or the id of a terrain model */
    terrain: string;
    /** Height of the ground at its foot, above the zero of that model; empty where flat [m] */
    ground_m: number | null;
    /** Its standard deviation [m] */
    ground_sd_m: number | null;
    /** How much the ground around it rises towards the east, in metres a metre; empty where flat [1] */
    ground_rise_east: number | null;
    /** How much the ground around it rises towards the north, in metres a metre; empty where flat [1] */
    ground_rise_north: number | null;
    /** Columns filled by a default, as column=rule joined by ';' */
    assumed: string | null;
    /** Source that the row was read from */
    source_id: string;
    /** Where in the source: page and box, or the source's own id */
    source_ref: string | null;
  };
  exposed_buildings: {
    /** Building */
    building_id: string;
    /** Kind of space */
    kind: SpaceKind;
    /** Name */
    name: string | null;
    /** House number and street */
    address: string | null;
    /** Cameras that could view it or a space that belongs to it [count] */
    cameras: number;
    /** Of these, certainly (probability ≥ 0.95, direction known) [count] */
    cameras_certain: number;
    /** Of these, likely (≥ 0.5, direction known) [count] */
    cameras_likely: number;
    /** Of these, possibly (> 0.05, or direction unknown) [count] */
    cameras_possible: number;
    /** The cameras, surest first, joined by ';' */
    camera_ids: string;
    /** Highest pixel density from any of them, at full zoom of those that zoom [px/m] */
    px_per_m: number;
    /** Level of EN 62676-4 reached; empty below the lowest */
    level: Level | null;
    /** Level of IEC 62676-4:2025 reached; empty below the lowest */
    level_oodpcvs: LevelOodpcvs | null;
    /** Highest probability from a single camera: at least one views it at least this surely [1] */
    probability: number;
    /** How surely the surest camera could view it */
    sureness: Sureness;
    /** How sure the kind of space is [1] */
    use_confidence: number;
    /** Rules that bear on it, joined by ';' */
    rule_ids: string | null;
  };
  exposed_floors: {
    /** building/first floor of the band */
    floor_id: string;
    /** Building */
    building_id: string;
    /** First floor of the band, 0 for the ground floor [count] */
    floor_from: number;
    /** Last floor of the band, whether or not the building has it [count] */
    floor_to: number;
    /** Height at which the band begins [m] */
    z_from_m: number;
    /** Height at which it ends [m] */
    z_to_m: number;
    /** What is there: of a ground floor with a shop below flats, the shop */
    kind: SpaceKind;
    /** Cameras that could view some of these floors' walls [count] */
    cameras: number;
    /** The cameras, surest first, joined by ';' */
    camera_ids: string;
    /** Façade of these floors in view of the camera that could view most [m2] */
    area_m2: number;
    /** Highest pixel density on walls that these floors have in view [px/m] */
    px_per_m: number;
    /** Level of EN 62676-4 reached; empty below the lowest */
    level: Level | null;
    /** Level of IEC 62676-4:2025 reached; empty below the lowest */
    level_oodpcvs: LevelOodpcvs | null;
    /** Probability that these walls are in view, from the surest camera: an upper bound of the floor's [1] */
    probability: number;
    /** The probability in words */
    sureness: Sureness;
    /** How sure the kind of space is [1] */
    use_confidence: number;
    /** `space.storey_m` where floors are counted by 3 m */
    assumed: string | null;
    /** Rules that bear on it, joined by ';' */
    rule_ids: string | null;
  };
  exposures: {
    /** camera/mode/space */
    exposure_id: string;
    /** Camera */
    camera_id: string;
    /** Private space */
    space_id: string;
    /** Building that the space is or belongs to */
    building_id: string | null;
    /** Dossier */
    disclosure_id: string;
    /** Who vouches for the camera */
    standing: Standing;
    /** As mounted, as it points now, or all it can be pointed at */
    mode: Mode;
    /** Kind of space */
    kind: SpaceKind;
    /** What of it could be viewed */
    aspect: Aspect;
    /** Length of façade in view [m] */
    length_m: number | null;
    /** Area in view: of the façade, or of the ground [m2] */
    area_m2: number | null;
    /** Share of the space's façade length or ground area in view [1] */
    share: number;
    /** From the lens to the nearest part in view [m] */
    distance_m: number;
    /** Highest pixel density on it [px/m] */
    px_per_m: number;
    /** Level of EN 62676-4 reached; empty below the lowest */
    level: Level | null;
    /** Level of IEC 62676-4:2025 reached; empty below the lowest */
    level_oodpcvs: LevelOodpcvs | null;
    /** Probability of being in view [1] */
    probability: number;
    /** Standard error of the probability, from the number of draws [1] */
    probability_se: number;
    /** The probability in words */
    sureness: Sureness;
    /** Columns of the camera or the space that a default filled, joined by ';' */
    assumed: string | null;
    /** What told how high the ground is: `flat` where nothing did, or the id of a terrain model */
    terrain: string;
    /** How sure the kind of space is [1] */
    use_confidence: number;
    /** Rules that bear on it, joined by ';' */
    rule_ids: string | null;
  };
  facade_strips: {
    /** camera/mode/building/edge/number along the edge */
    strip_id: string;
    /** Camera */
    camera_id: string;
    /** Dossier */
    disclosure_id: string;
    /** Who vouches for the camera */
    standing: Standing;
    /** As mounted, as it points now, or all it can be pointed at */
    mode: Mode;
    /** Building */
    building_id: string;
    /** Number of the wall along the footprint's rings, from 0 [count] */
    edge: number;
    /** Start along the wall [m] */
    from_m: number;
    /** End along the wall [m] */
    to_m: number;
    /** Lower bound of the seen part at the start, above the ground that the building stands on [m] */
    z_low_from_m: number;
    /** Lower bound at the end [m] */
    z_low_to_m: number;
    /** Upper bound at the start [m] */
    z_high_from_m: number;
    /** Upper bound at the end [m] */
    z_high_to_m: number;
    /** From the lens to the nearest seen point of the strip [m] */
    distance_m: number;
    /** Angle between the line of sight and the wall's normal at that point [deg] */
    incidence_deg: number;
    /** Highest pixel density on the strip, along the wall [px/m] */
    px_per_m: number;
    /** Level of EN 62676-4 reached; empty below the lowest */
    level: Level | null;
    /** Level of IEC 62676-4:2025 reached; empty below the lowest */
    level_oodpcvs: LevelOodpcvs | null;
    /** Probability of being in view [1] */
    probability: number;
    /** Standard error of the probability, from the number of draws [1] */
    probability_se: number;
    /** The probability in words */
    sureness: Sureness;
    /** Columns of the camera or the space that a default filled, joined by ';' */
    assumed: string | null;
    /** What told how high the ground is: `flat` where nothing did, or the id of a terrain model */
    terrain: string;
  };
  views: {
    /** camera/mode/level */
    view_id: string;
    /** Camera */
    camera_id: string;
    /** Dossier */
    disclosure_id: string;
    /** Who vouches for the camera */
    standing: Standing;
    /** As mounted, as it points now, or all it can be pointed at */
    mode: Mode;
    /** Level of EN 62676-4 that this band reaches */
    level: Level;
    /** Level of IEC 62676-4:2025 that all of the band reaches; empty below the lowest */
    level_oodpcvs: LevelOodpcvs | null;
    /** Pixel density at the far edge of the band [px/m] */
    px_per_m_least: number;
    /** Near edge of the band from the camera [m] */
    distance_least_m: number;
    /** Far edge of the band from the camera [m] */
    distance_most_m: number;
    /** Ground in view in this band, where all values are as given [m2] */
    area_m2: number;
    /** Probability of being in view [1] */
    probability: number;
    /** Standard error of the probability, from the number of draws [1] */
    probability_se: number;
    /** The probability in words */
    sureness: Sureness;
    /** Columns of the camera or the space that a default filled, joined by ';' */
    assumed: string | null;
    /** What told how high the ground is: `flat` where nothing did, or the id of a terrain model */
    terrain: string;
  };
  plate_readings: {
    /** camera/mode */
    plate_reading_id: string;
    /** Camera */
    camera_id: string;
    /** Dossier */
    disclosure_id: string;
    /** Who vouches for the camera */
    standing: Standing;
    /** As mounted, as it points now, or all it can be pointed at */
    mode: Mode;
    /** Kind of camera */
    kind: CameraKind;
    /** Whether its model is able to read plates; empty where unknown */
    anpr_able: Ability | null;
    /** Names of the streets, joined by ';' */
    streets: string | null;
    /** Length of street on which a plate could be read [m] */
    length_m: number;
    /** Highest pixel density on it [px/m] */
    px_per_m: number;
    /** Pixel density that a plate needs [px/m] */
    need_px_per_m: number;
    /** Where that need stands in the table of needs */
    need_id: string;
    /** Probability of being in view [1] */
    probability: number;
    /** Standard error of the probability, from the number of draws [1] */
    probability_se: number;
    /** The probability in words */
    sureness: Sureness;
    /** Columns of the camera or the space that a default filled, joined by ';' */
    assumed: string | null;
    /** Rules that bear on it, joined by ';' */
    rule_ids: string | null;
  };
  followed_ways: {
    /** camera>camera */
    way_id: string;
    /** Camera at one end */
    camera_from: string;
    /** Camera at the other end */
    camera_to: string;
    /** Dossier */
    disclosure_id: string;
    /** Length of street between the two places, where none of the cameras could read a plate [m] */
    length_m: number;
    /** Crossings between, at which a vehicle could turn off unread [count] */
    turnings: number;
    /** Names of the streets, joined by ';' */
    streets: string | null;
    /** That of the less sure of the two readings [1] */
    probability: number;
    /** How surely, by the less sure of the two */
    sureness: Sureness;
    /** Rules that bear on it, joined by ';' */
    rule_ids: string | null;
  };
  camera_changes: {
    /** camera or disclosure>camera or disclosure */
    change_id: string;
    /** The later disclosure */
    disclosure_id: string;
    /** The earlier one */
    earlier_disclosure_id: string;
    /** True where both tell their day, or the year in their id, and the days differ */
    order_known: boolean;
    /** What became of the camera */
    change: Change;
    /** Camera of the earlier disclosure; empty where it was added */
    camera_from: string | null;
    /** Camera of the later one; empty where it was removed */
    camera_to: string | null;
    /** Its label on the earlier paper */
    label_from: string | null;
    /** Its label on the later paper */
    label_to: string | null;
    /** Its kind on the earlier paper */
    kind_from: CameraKind | null;
    /** Its kind on the later paper */
    kind_to: CameraKind | null;
    /** By what the two are taken for one camera */
    paired_by: Pairing | null;
    /** True where its place lies on the ground that the cameras of the other disclosure span */
    covered: boolean;
    /** Distance between its two places [m] */
    moved_m: number | null;
    /** Standard deviation of that, along each axis, by both errors [m] */
    moved_sd_m: number | null;
    /** Probability that the errors alone bring the two places as far apart [1] */
    moved_p: number | null;
    /** Turn from the earlier direction to the later, clockwise; empty where either is not known [deg] */
    turned_deg: number | null;
    /** Its standard deviation, by both errors [deg] */
    turned_sd_deg: number | null;
    /** Probability that the errors alone turn it as far [1] */
    turned_p: number | null;
  };
  spaces: {
    /** Stable id: kind and the source's own id */
    space_id: string;
    /** Building that it is or belongs to */
    building_id: string | null;
    /** Space that it is a part of: a piece of a building with a top or a lower edge of its own */
    part_of: string | null;
    /** What it is */
    kind: SpaceKind;
    /** Name */
    name: string | null;
    /** House number and street of the building */
    address: string | null;
    /** Lower edge above ground [m] */
    base_m: number;
    /** Upper edge above ground; 0 for ground [m] */
    height_m: number;
    /** Standard deviation of the upper edge [m] */
    height_sd_m: number;
    /** Height of a storey, where height and storeys are both told [m] */
    storey_m: number | null;
    /** What its ground floor holds, wholly or in part, where that is not what the building is */
    ground_kind: SpaceKind | null;
    /** What told how high the ground is: `flat` where nothing did, or the id of a terrain model */
    terrain: string;
    /** Height of the ground that it stands on: the lowest along the outline of a building, else that at its middle, above the zero of that model; empty where flat [m] */
    ground_m: number | null;
    /** Its standard deviation [m] */
    ground_sd_m: number | null;
    /** Columns filled by a default, as column=rule joined by ';' */
    assumed: string | null;
    /** How sure the kind is [1] */
    use_confidence: number;
    /** Source */
    source_id: string;
  };
  crops: {
    /** Camera that was read there */
    camera_id: string;
    /** Dossier */
    disclosure_id: string;
    /** Paper of the dossier that the sheet is */
    document_id: string | null;
    /** File of the sheet */
    sheet: string;
    /** Page of that file, from 1 [count] */
    page: number;
    /** Left side of the symbol's box, from the left edge of the page [1] */
    x0: number;
    /** Its upper side, from the upper edge of the page [1] */
    y0: number;
    /** Its right side [1] */
    x1: number;
    /** Its lower side [1] */
    y1: number;
    /** What the box is measured in: points of a PDF, pixels of a picture */
    unit: SheetUnit;
    /** Licence of the sheet */
    licence: string | null;
    /** Whether the sheet may be shown there, or why not */
    showing: Showing;
    /** The sheet around the symbol, which is in the middle: PNG in base64 */
    picture: string | null;
  };
  withheld: {
    /** dossier/number */
    withheld_id: string;
    /** Dossier */
    disclosure_id: string;
    /** How many cameras [count] */
    cameras: number;
    /** What is known of them */
    what: string;
    /** Reason given */
    reason: string | null;
    /** Article that the authority named for it */
    legal_basis: string | null;
    /** Who withheld it */
    authority: string;
    /** Day, ISO 8601 */
    date: string | null;
    /** Paper that says so */
    document_id: string | null;
  };
  disclosures: {
    /** country/authority/year-what */
    disclosure_id: string;
    /** Title */
    title: string;
    /** Who runs the cameras, or who published the record */
    authority: string;
    /** ISO 3166 code; XX for an invented place */
    country: string;
    /** Whose rules are applied */
    jurisdiction: string | null;
    /** Day of the request, ISO 8601 */
    requested_on: string | null;
    /** Day of the answer, ISO 8601 */
    answered_on: string | null;
    /** How the request stands */
    status: DocumentStatus;
    /** Licence of the record */
    licence: string;
    /** How it wants to be named */
    attribution: string;
    /** Where the disclosure was published */
    url: string | null;
    /** True where the place and its cameras are made up */
    invented: boolean;
    /** Cameras with a place [count] */
    cameras_placed: number;
    /** Cameras known to exist whose place is not disclosed [count] */
    cameras_withheld: number;
  };
  requests: {
    /** dossier/name */
    request_id: string;
    /** Dossier */
    disclosure_id: string;
    /** What was asked for */
    kind: RequestKind;
    /** Who asked */
    asked_by: string | null;
    /** Who was asked */
    asked_of: string;
    /** Day of the request, ISO 8601 */
    asked_on: string | null;
    /** Last day for the answer under the rule, ISO 8601; empty where none is known */
    due_on: string | null;
    /** Day of the answer, ISO 8601 */
    answered_on: string | null;
    /** Days from the request to the answer; empty where either is not known to the day [count] */
    days: number | null;
    /** Whether the answer came in time */
    deadline: Deadline;
    /** Rule that sets the time */
    rule_id: string | null;
    /** How it stands */
    status: DocumentStatus;
    /** Reason given where something was withheld or redacted */
    reason: string | null;
    /** Article that the authority named for it */
    legal_basis: string | null;
    /** Day of the appeal, ISO 8601 */
    appealed_on: string | null;
    /** Where the exchange can be read */
    url: string | null;
    /** What else there is to say */
    note: string | null;
  };
  questions: {
    /** dossier/code */
    question_id: string;
    /** Dossier */
    disclosure_id: string;
    /** Who was asked */
    authority: string;
    /** Code of the question */
    code: string;
    /** The question */
    question_en: string;
    /** The same in French */
    question_fr: string;
    /** Whether it was answered */
    answer: Answer;
    /** Day of the answer, ISO 8601 */
    answered_on: string | null;
    /** What the answer says, in our words */
    summary_en: string | null;
    /** The same in French */
    summary_fr: string | null;
    /** Reason given where it was refused */
    reason: string | null;
    /** Article that the authority named for it */
    legal_basis: string | null;
    /** Documents that bear on it, joined by ';' */
    document_ids: string | null;
    /** Request that asked it */
    request_id: string | null;
    /** Where the answer can be read */
    source: string | null;
  };
  documents: {
    /** dossier/id, or file, or number */
    document_id: string;
    /** Dossier */
    disclosure_id: string;
    /** Title */
    title: string;
    /** What it is: map, table, contract, letter … */
    kind: string;
    /** How it stands */
    status: DocumentStatus;
    /** Who has it */
    holder: string | null;
    /** Request that asked for it */
    request_id: string | null;
    /** Day of the document, ISO 8601 */
    date: string | null;
    /** Reason given where it was withheld or redacted */
    reason: string | null;
    /** Article that the authority named for it */
    legal_basis: string | null;
    /** File in the dossier */
    file: string | null;
    /** SHA-256 of the file */
    sha256: string | null;
    /** Licence */
    licence: string | null;
    /** Where it was published */
    url: string | null;
    /** Of a map not digitised yet: what is left to do, joined by ';' */
    next_steps_en: string | null;
    /** The same in French */
    next_steps_fr: string | null;
    /** What else there is to say */
    note: string | null;
  };
  claims: {
    /** dossier/id, or number */
    claim_id: string;
    /** Dossier */
    disclosure_id: string;
    /** What is claimed: a subject's code */
    subject: string;
    /** The value as claimed: a number, true or false, or words; empty where it is blacked out */
    value: string | null;
    /** Its unit */
    unit: string | null;
    /** Day, month or year that it speaks of, ISO 8601 */
    as_of: string | null;
    /** Who says so */
    stated_by: string;
    /** Paper of the dossier that says so */
    document_id: string | null;
    /** Title of what was published */
    source_title: string | null;
    /** Where it was published */
    source: string | null;
    /** The words, in short */
    quote: string | null;
    /** Why the value is not told; needed where it is empty */
    redacted: string | null;
    /** How sure it is that this was said */
    confidence: Confidence | null;
    /** What else there is to say */
    note: string | null;
  };
  contradictions: {
    /** dossier/subject/kind/number */
    contradiction_id: string;
    /** Dossier */
    disclosure_id: string;
    /** What the claims are about */
    subject: string;
    /** How they contradict each other */
    kind: ContradictionKind;
    /** First day that the claims speak of, ISO 8601 */
    from_day: string | null;
    /** Last day, ISO 8601 */
    to_day: string | null;
    /** What is claimed, joined by ' | ' */
    claimed: string;
    /** Who says which, joined by ' | ' */
    stated_by: string;
    /** The claims, joined by ';' */
    claim_ids: string;
    /** How many claims [count] */
    claims: number;
    /** The contradiction in words */
    text_en: string;
    /** The same in French */
    text_fr: string;
  };
  observations: {
    /** dossier/id, or number */
    observation_id: string;
    /** Dossier */
    disclosure_id: string;
    /** Day, ISO 8601 */
    observed_on: string;
    /** What was looked at: a subject's code, as in claims */
    subject: string;
    /** Label or id of the camera that it is about */
    camera: string | null;
    /** What it is: a number, true or false, or words */
    value: string;
    /** Its unit */
    unit: string | null;
    /** What was seen, in words */
    what: string;
    /** SHA-256 of the photograph, which need not be published */
    photo_sha256: string | null;
    /** File of the photograph in the dossier */
    photo: string | null;
    /** Initials or a role; empty for nobody */
    observed_by: string | null;
  };
  timeline: {
    /** dossier/id, or number */
    event_id: string;
    /** Dossier */
    disclosure_id: string;
    /** Day, month or year, ISO 8601 */
    date: string;
    /** What happened */
    what_en: string;
    /** The same in French */
    what_fr: string | null;
    /** Who says so */
    source: string;
    /** Where that can be read */
    url: string | null;
  };
  comparisons: {
    /** dossier/subject */
    comparison_id: string;
    /** Dossier */
    disclosure_id: string;
    /** What is compared: a subject's code */
    subject: string;
    /** The subject in words */
    title_en: string;
    /** The same in French */
    title_fr: string;
    /** Unit of the values */
    unit: string | null;
    /** How many claims there are [count] */
    claims: number;
    /** As claimed; different values joined by ' | ' */
    claimed: string | null;
    /** Lowest number claimed [1] */
    claimed_least: number | null;
    /** Highest number claimed [1] */
    claimed_most: number | null;
    /** As the layers give it [1] */
    computed: number | null;
    /** As last seen on site [1] */
    observed: number | null;
    /** Day of that, ISO 8601 */
    observed_on: string | null;
    /** How many contradictions there are among the claims [count] */
    contradictions: number;
    /** How they stand to each other */
    agreement: Agreement;
    /** Agreement in words */
    note_en: string;
    /** The same in French */
    note_fr: string;
  };
  findings: {
    /** Stable id: the code and a digest of subjects and figures */
    finding_id: string;
    /** Dossier that it belongs to */
    disclosure_id: string | null;
    /** Stable code, room.what */
    code: string;
    /** How much it matters */
    severity: Severity;
    /** Ids that it is about, joined by ';' */
    subject_ids: string | null;
    /** Documents of the dossier that it rests on, joined by ';'; empty where it rests on none */
    document_ids: string | null;
    /** Rule that it bears on */
    rule_id: string | null;
    /** Figures that the sentence cites, as JSON */
    figures: string;
    /** The sentence in English */
    text_en: string;
    /** The sentence in French */
    text_fr: string;
  };
}

/** The geometry of each collection's features. */
export interface Geometries {
  cameras: Point;
  exposed_buildings: Polygon | MultiPolygon;
  exposed_floors: LineString | MultiLineString;
  exposures: LineString | MultiLineString | Polygon | MultiPolygon | Point;
  facade_strips: LineString;
  views: Polygon | MultiPolygon;
  plate_readings: LineString | MultiLineString;
  followed_ways: LineString;
  camera_changes: Point | LineString;
  spaces: Polygon | MultiPolygon | Point;
  crops: null;
  withheld: Polygon | MultiPolygon | Point | null;
  disclosures: null;
  requests: null;
  questions: null;
  documents: null;
  claims: null;
  contradictions: null;
  observations: null;
  timeline: null;
  comparisons: null;
  findings: null;
}

/** The column that names the row. */
export const ID_COLUMN = {
  cameras: "camera_id",
  exposed_buildings: "building_id",
  exposed_floors: "floor_id",
  exposures: "exposure_id",
  facade_strips: "strip_id",
  views: "view_id",
  plate_readings: "plate_reading_id",
  followed_ways: "way_id",
  camera_changes: "change_id",
  spaces: "space_id",
  crops: "camera_id",
  withheld: "withheld_id",
  disclosures: "disclosure_id",
  requests: "request_id",
  questions: "question_id",
  documents: "document_id",
  claims: "claim_id",
  contradictions: "contradiction_id",
  observations: "observation_id",
  timeline: "event_id",
  comparisons: "comparison_id",
  findings: "finding_id",
} as const satisfies { [K in keyof Rows]: keyof Rows[K] };
