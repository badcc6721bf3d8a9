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
} as const satisfies Record<string, Word>;
export type DocumentStatus = keyof typeof DOCUMENT_STATUS;

export const SEVERITY = {
  note: { en: "note", fr: "note" },
  doubt: { en: "doubt", fr: "doute" },
  problem: { en: "problem", fr: "problème" },
} as const satisfies Record<string, Word>;
export type Severity = keyof typeof SEVERITY;

/** The row of each collection: the `properties` of its features. */
export interface Rows {
  cameras: {
    /** Stable id: dossier, sheet and label, or the source's own id */
    camera_id: string;
    /** Dossier that it comes from */
    disclosure_id: string;
    /** Who vouches for the row */
    standing: Standing;
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
    /** Angle of the optical axis below the horizon [deg] */
    tilt_deg: number;
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
    /** Lower bound of the seen part at the start [m] */
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
    /** Columns filled by a default, as column=rule joined by ';' */
    assumed: string | null;
    /** How sure the kind is [1] */
    use_confidence: number;
    /** Source */
    source_id: string;
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
    /** True where the place and its cameras are made up */
    invented: boolean;
    /** Cameras with a place [count] */
    cameras_placed: number;
    /** Cameras known to exist whose place is not disclosed [count] */
    cameras_withheld: number;
  };
  documents: {
    /** dossier/file or name */
    document_id: string;
    /** Dossier */
    disclosure_id: string;
    /** Title */
    title: string;
    /** What it is: map, table, contract, letter … */
    kind: string;
    /** Asked, disclosed, redacted, withheld, appealed */
    status: DocumentStatus;
    /** Day of the document, ISO 8601 */
    date: string | null;
    /** Reason given where it was withheld or redacted */
    reason: string | null;
    /** File in the dossier */
    file: string | null;
    /** SHA-256 of the file */
    sha256: string | null;
    /** Licence */
    licence: string | null;
    /** Where it was published */
    url: string | null;
  };
  claims: {
    /** dossier/number */
    claim_id: string;
    /** Dossier */
    disclosure_id: string;
    /** What is claimed: a subject's code */
    subject: string;
    /** The value as claimed */
    value: string;
    /** Its unit */
    unit: string | null;
    /** Day that it speaks of, ISO 8601 */
    as_of: string | null;
    /** Who says so */
    stated_by: string;
    /** Paper that says so */
    document_id: string | null;
    /** The words */
    quote: string | null;
  };
  comparisons: {
    /** dossier/subject */
    comparison_id: string;
    /** Dossier */
    disclosure_id: string;
    /** What is compared: a subject's code */
    subject: string;
    /** As claimed; several values joined by ' | ' */
    claimed: string | null;
    /** As the layers give it [count] */
    computed: number | null;
    /** As seen on site [count] */
    observed: number | null;
    /** Agreement in words */
    note_en: string | null;
    /** The same in French */
    note_fr: string | null;
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
  spaces: Polygon | MultiPolygon | Point;
  withheld: Polygon | MultiPolygon | Point | null;
  disclosures: null;
  documents: null;
  claims: null;
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
  spaces: "space_id",
  withheld: "withheld_id",
  disclosures: "disclosure_id",
  documents: "document_id",
  claims: "claim_id",
  comparisons: "comparison_id",
  findings: "finding_id",
} as const satisfies { [K in keyof Rows]: keyof Rows[K] };
