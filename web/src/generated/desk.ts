/**
 * What the review desk answers and takes.
 * Written by `python -m tools.api_types` from its models in Python; a test keeps it fresh.
 */

/** How far two people's corrections agree. */
export interface Agreed {
  readonly ours: string;
  readonly theirs: string;
  /** Cameras that both reviewed. */
  readonly both: number;
  readonly kinds: KindAgreement;
  readonly existence: ExistenceAgreement;
  readonly labels?: KindAgreement | null;
  readonly places: PlaceAgreement;
  readonly directions: DirectionAgreement;
  readonly differing: readonly Differing[];
}

/** The revision that a step back or forth was made on. */
export interface AtRevision {
  readonly revision: string;
}

/** A camera's fields as a program first read them. */
export interface CameraRead {
  readonly label: string | null;
  readonly kind: string;
  readonly x: number | null;
  readonly y: number | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly position_sd_m: number | null;
  readonly azimuth_deg: number | null;
  readonly azimuth_sd_deg: number | null;
}

/** All cameras of the dossier and the queue. */
export interface Cameras {
  readonly revision: string;
  readonly cameras: readonly DeskCamera[];
  readonly queue: readonly string[];
  readonly left: number;
  readonly reviewed: number;
  readonly total: number;
  readonly sureness: SheetSureness;
  readonly problems: readonly Problem[];
}

/** How sure each reading is to be right, 0 to 1; None where nothing was read that could be wrong. */
export interface Confidence {
  readonly symbol?: number | null;
  readonly kind?: number | null;
  readonly label?: number | null;
  readonly place?: number | null;
  readonly direction?: number | null;
  /** The least of them; 1 for a camera that a person reviewed. */
  readonly sureness: number;
}

/** Why an act was not taken (409): the subject is not as the person saw it any more. */
export interface Conflict {
  readonly type?: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly remedy?: string | null;
  readonly code: string;
  readonly what?: readonly string[];
  readonly theirs?: readonly Line[];
  readonly now?: DeskCamera | null;
  readonly revision?: string | null;
}

/** A sheet's control points and the map that they give. */
export interface ControlPoints {
  readonly revision: string;
  readonly sheet: string;
  readonly points: readonly DeskPoint[];
  readonly transformation: string | null;
  readonly why: Words;
  readonly tried: readonly Tried[];
  /** Root mean square of the leave-one-out errors. */
  readonly rms_m: number | null;
  readonly residual_rms_m: number | null;
  /** Standard deviation of a place at the four corners and the middle of the sheet. */
  readonly corners_sd_m: readonly number[];
  readonly proposals: readonly Proposal[];
  readonly suggesting: Suggesting;
  readonly findings: readonly Words[];
  /** Why there is no map yet: too few points, all on a line. */
  readonly error: string | null;
  readonly remedy: string | null;
  readonly next_number: number;
  readonly outline: Outline | null;
}

/** What the page opens with, and asks for again when something has changed. */
export interface Desk {
  readonly disclosure_id: string;
  readonly title: string;
  readonly invented: boolean;
  readonly initials: string;
  readonly kinds: readonly Named[];
  readonly legend_kinds: readonly Named[];
  readonly acts: readonly Named[];
  readonly sheets: readonly DeskSheet[];
  /** Files of corrections found in the dossier beside its own: others' work to compare with. */
  readonly reviewers: readonly string[];
  readonly map: boolean;
  readonly revision: string;
  /** Whether acts are taken: not where the file of corrections can't be read or written. */
  readonly writable: boolean;
  readonly problems: readonly Problem[];
}

/** A camera as it stands now: read, and corrected by the lines so far. */
export interface DeskCamera {
  readonly label: string | null;
  readonly kind: string;
  readonly x: number | null;
  readonly y: number | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly position_sd_m: number | null;
  readonly azimuth_deg: number | null;
  readonly azimuth_sd_deg: number | null;
  readonly camera_id: string;
  readonly sheet_file: string | null;
  readonly page: number | null;
  readonly box: readonly [number, number, number, number] | null;
  /** Its direction clockwise from the sheet's up at its place. */
  readonly sheet_deg: number | null;
  readonly standing: "detected" | "reviewed" | "stated";
  readonly reviewed_by: string | null;
  readonly reviewed_on: string | null;
  readonly confidence: Confidence;
  readonly doubts: readonly Doubt[];
  /** None for one that a person added. */
  readonly read: CameraRead | null;
  readonly deleted: boolean;
  readonly added: boolean;
  readonly findings: readonly Words[];
  /** Rows of corrections.csv that are about it. */
  readonly lines: readonly number[];
}

/** A control point with how it fits. */
export interface DeskPoint {
  readonly x: number;
  readonly y: number;
  readonly longitude: number;
  readonly latitude: number;
  readonly name?: string | null;
  readonly number: number;
  readonly subject: string;
  readonly residual_m: number | null;
  /** How far it lies from where the map of the other points puts it. */
  readonly loo_m: number | null;
  readonly outlier: boolean;
  /** Whether the sheet's own file of control points has it, else a line of corrections. */
  readonly from_file: boolean;
}

/** A sheet of the dossier and how far reading it has come. */
export interface DeskSheet {
  readonly file: string;
  readonly pages: readonly Page[];
  /** The one that is the plan. */
  readonly page: number;
  readonly reading: "waiting" | "reading" | "read" | "failed";
  readonly error?: string | null;
  readonly remedy?: string | null;
  /** How long it has been read, or took. */
  readonly seconds?: number | null;
  readonly cameras?: number;
  readonly reviewed?: number;
}

/** A camera on which the two differ. */
export interface Differing {
  readonly camera_id: string;
  readonly ours: DeskCamera | null;
  readonly theirs: DeskCamera | null;
  readonly differs: readonly ("existence" | "kind" | "label" | "place" | "direction")[];
  readonly place_m?: number | null;
  readonly direction_deg?: number | null;
}

/** Angles between the two directions of a camera that both know. */
export interface DirectionAgreement {
  readonly n: number;
  readonly median_deg: number | null;
  readonly p95_deg: number | null;
  readonly one_unknown: number;
}

/** Why a camera is not sure. */
export interface Doubt {
  readonly en: string;
  readonly fr: string;
  readonly what: "symbol" | "kind" | "label" | "place" | "direction" | "table" | "unplaced" | "finding";
}

/** An example of the legend. */
export interface Example {
  readonly id: string;
  readonly page: number;
  readonly box: readonly [number, number, number, number];
  readonly kind: string;
  readonly name?: string;
  /** Which way it points, clockwise from the page's up; None where it points nowhere. */
  readonly azimuth_deg?: number | null;
}

/** Whether both say that it is a camera, over what either reviewed. */
export interface ExistenceAgreement {
  readonly kappa: number | null;
  readonly n: number;
  readonly agreed: number;
}

/** A symbol that the examples would find. */
export interface FoundSymbol {
  readonly x: number;
  readonly y: number;
  readonly box: readonly [number, number, number, number];
  readonly kind: string;
  /** Clockwise from the page's up. */
  readonly azimuth_deg: number | null;
  readonly score: number;
}

/** The built world around the sheets, CRS84 GeoJSON; empty collections where no spaces were given. */
export interface Ground {
  readonly buildings: Readonly<Record<string, unknown>>;
  readonly streets: Readonly<Record<string, unknown>>;
  readonly addresses: Readonly<Record<string, unknown>>;
  readonly bounds: readonly [number, number, number, number] | null;
}

/** All lines, oldest first, and those that this desk took back and may do again. */
export interface History {
  readonly revision: string;
  readonly lines: readonly Line[];
  readonly can_undo: boolean;
  readonly can_redo: boolean;
}

/** Cohen's kappa of kinds over the cameras that both have; `table` counts ours by theirs. */
export interface KindAgreement {
  readonly kappa: number | null;
  readonly n: number;
  readonly agreed: number;
  readonly kinds: readonly string[];
  readonly table: readonly (readonly number[])[];
}

/** The legend of a sheet as its symbols file has it. */
export interface Legend {
  readonly revision: string;
  readonly file: string;
  readonly page: number;
  readonly examples: readonly Example[];
  readonly kinds: readonly Named[];
  readonly problems: readonly Problem[];
}

/** Examples to try on the sheet. */
export interface LegendExamples {
  readonly examples: readonly Example[];
}

/** Examples to write, with the revision of the file that they were made on. */
export interface LegendToSave {
  readonly examples: readonly Example[];
  readonly revision: string;
}

/** What the examples would find; `job` is asked for again at `/api/jobs/{job}` until it is done. */
export interface LegendTry {
  readonly job: string;
  readonly state: "waiting" | "running" | "done" | "failed";
  readonly found: readonly FoundSymbol[];
  readonly findings: readonly Words[];
  readonly seconds: number | null;
  readonly error?: string | null;
  readonly remedy?: string | null;
}

/** A line of corrections.csv as it stands there; undone ones have no row. */
export interface Line {
  readonly row: number | null;
  readonly act: string;
  readonly subject: string;
  readonly before: string;
  readonly after: string;
  readonly who: string;
  readonly when: string;
  readonly undone?: boolean;
  /** Whether this desk wrote it: only those are taken back. */
  readonly mine?: boolean;
}

/** Acts that are taken all or none. */
export interface ManyActs {
  readonly acts: readonly Wanted[];
  readonly revision: string;
}

/** A code of the vocabulary with its words. */
export interface Named {
  readonly en: string;
  readonly fr: string;
  readonly name: string;
}

/** An act with the revision that it was made on. */
export interface OneAct {
  readonly act: "confirm" | "move" | "turn" | "add" | "delete" | "relabel" | "set-control-point";
  /** Left out of an add: the desk gives the id. */
  readonly subject?: string | null;
  readonly before?: Seen | null;
  readonly after?: Seen | null;
  /** Initials; those of the desk where left out, none where empty. */
  readonly who?: string | null;
  readonly sheet?: string | null;
  readonly page?: number | null;
  readonly revision: string;
}

/** A sheet's corners on the ground, from its top left clockwise; `steps` of its edge between them for a bent one. */
export interface Outline {
  readonly corners: readonly (readonly [number, number])[];
  /** Closed. */
  readonly ring: readonly (readonly [number, number])[];
}

/** A page of a sheet's file: the size of its picture in pixels. */
export interface Page {
  readonly page: number;
  readonly width: number;
  readonly height: number;
}

/** Distances between the two places of a camera. */
export interface PlaceAgreement {
  readonly n: number;
  readonly median_m: number | null;
  readonly p95_m: number | null;
  readonly rms_m: number | null;
}

/** A control point as the page handles it. */
export interface PointPlace {
  readonly x: number;
  readonly y: number;
  readonly longitude: number;
  readonly latitude: number;
  readonly name?: string | null;
}

/** What is wrong or doubtful in a file; `row` is its line in it, where it is about one. */
export interface Problem {
  readonly en: string;
  readonly fr: string;
  readonly file: string;
  readonly row?: number | null;
  readonly remedy?: string | null;
  readonly code?: string | null;
}

/** A control point that a program proposes: nothing until a person accepts it. */
export interface Proposal {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly longitude: number;
  readonly latitude: number;
  readonly name?: string | null;
  readonly origin: "street" | "buildings";
  readonly words: Words;
  /** 0 to 1: how much speaks for it. */
  readonly score: number;
}

/** One side of an act. A place is either on the ground, or x and y in pixels of the page picture. */
export interface Seen {
  readonly longitude?: number | null;
  readonly latitude?: number | null;
  readonly x?: number | null;
  readonly y?: number | null;
  readonly position_sd_m?: number | null;
  readonly azimuth_deg?: number | null;
  readonly sheet_deg?: number | null;
  readonly azimuth_sd_deg?: number | null;
  readonly height_m?: number | null;
  readonly label?: string | null;
  readonly kind?: string | null;
}

/** How sure the sheet is by now, over the cameras that nobody has reviewed yet. */
export interface SheetSureness {
  readonly mean: number | null;
  readonly least: number | null;
  /** Cameras expected to be wrong in something: the sum of their doubts, each of them 1 less its sureness. */
  readonly expected_wrong: number;
}

/** How far proposing has come. */
export interface Suggesting {
  readonly state: "none" | "waiting" | "running" | "done" | "failed";
  readonly error?: string | null;
  readonly remedy?: string | null;
  readonly seconds?: number | null;
}

/** What an act, a step back or a step forth changed. */
export interface Taken {
  readonly revision: string;
  /** Row of the (last) line written; None where lines were taken out. */
  readonly line: number | null;
  /** What was done, undone or done again. */
  readonly act: string;
  /** Those that differ from before; deleted ones are told with `deleted`. */
  readonly cameras: readonly DeskCamera[];
  /** Ids that are there no more at all: an added camera whose line was taken out. */
  readonly gone: readonly string[];
  readonly queue: readonly string[];
  readonly left: number;
  readonly reviewed: number;
  readonly total: number;
  readonly sureness: SheetSureness;
  readonly can_undo: boolean;
  readonly can_redo: boolean;
  readonly problems: readonly Problem[];
  /** Of the sheet, where a control point was set. */
  readonly control_points?: ControlPoints | null;
}

/** A form of map and how well it foretells points left out. */
export interface Tried {
  readonly name: string;
  readonly loo_rms_m: number | null;
  readonly why_not: Words | null;
  readonly chosen: boolean;
}

/** Control points to try without saving. */
export interface TryPoints {
  readonly points: readonly PointPlace[];
}

/**
 * An act that the page asks for.
 *
 * What `before` leaves out is taken from the camera as this desk shows it at `revision`. In `after` of a turn an
 * azimuth of null says that the direction is unknown.
 */
export interface Wanted {
  readonly act: "confirm" | "move" | "turn" | "add" | "delete" | "relabel" | "set-control-point";
  /** Left out of an add: the desk gives the id. */
  readonly subject?: string | null;
  readonly before?: Seen | null;
  readonly after?: Seen | null;
  /** Initials; those of the desk where left out, none where empty. */
  readonly who?: string | null;
  readonly sheet?: string | null;
  readonly page?: number | null;
}

/** A sentence or name in both languages. */
export interface Words {
  readonly en: string;
  readonly fr: string;
}
