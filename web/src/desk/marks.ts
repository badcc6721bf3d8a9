/** The marks over the sheet and the map: shape by kind, stroke by sureness as well as colour, an arrow by direction. */

import type { CameraKind } from "../generated/api";
import type { DeskCamera } from "../generated/desk";
import { CAMERA_GLYPH } from "../icons";
import type { Point } from "./ground";
import type { Side } from "./panes/pane";
import { svg } from "./svg";

/** From here on a reading counts as sure, as fairly sure; below it wants looking at first. */
const SURE = 0.9;
const FAIR = 0.6;

export type Sure = "reviewed" | "sure" | "fair" | "unsure";

export function sureOf({ standing, confidence }: Pick<DeskCamera, "standing" | "confidence">): Sure {
  if (standing === "reviewed") return "reviewed";
  return surenessOf(confidence.sureness);
}

export function surenessOf(sureness: number): Exclude<Sure, "reviewed"> {
  return sureness >= SURE ? "sure" : sureness >= FAIR ? "fair" : "unsure";
}

export interface MarkLook {
  readonly selected?: boolean;
  readonly hovered?: boolean;
  /** Another person's version, beside one's own. */
  readonly theirs?: boolean;
}

/** Where a camera stands in a pane, or null where nobody knows. */
export function placeOf(camera: Pick<DeskCamera, "x" | "y" | "longitude" | "latitude">, side: Side): Point | null {
  const [across, along] = side === "sheet" ? [camera.x, camera.y] : [camera.longitude, camera.latitude];
  return across === null || along === null ? null : [across, along];
}

export function cameraMark(
  camera: DeskCamera,
  side: Side,
  place: (point: Point) => Point,
  scale: number,
  { selected = false, hovered = false, theirs = false }: MarkLook = {},
): SVGElement[] {
  const at = placeOf(camera, side);
  if (!at || camera.deleted) return [];
  const [x, y] = place(at);
  const names = ["mark", sureOf(camera), selected && "selected", hovered && "hovered", theirs && "theirs"];
  const angle = side === "sheet" ? camera.sheet_deg : camera.azimuth_deg;
  const half = side === "sheet" && camera.box ? Math.max(11, (Math.max(camera.box[2] - camera.box[0], camera.box[3] - camera.box[1]) / 2) * scale + 3) : 11;
  return [
    svg(
      "g",
      { class: names.filter(Boolean).join(" "), transform: `translate(${x} ${y})`, "data-camera": camera.camera_id },
      angle === null ? null : arrow(angle, half),
      side === "sheet" ? frame(half) : svg("circle", { class: "ring", r: 11 }),
      side === "sheet" ? glyph(camera.kind, half + 7, -half - 7, 0.62) : glyph(camera.kind, 0, 0, 0.72),
      camera.standing === "reviewed" ? svg("path", { class: "tick", d: `M${-half - 9} ${-half - 6}l4 4 7-8` }) : null,
      camera.label && (selected || hovered || scale > 0.35 || side === "map")
        ? svg("text", { x: half + (side === "sheet" ? 16 : 4), y: side === "sheet" ? -half - 3 : 5 }, camera.label)
        : null,
    ),
  ];
}

/** An open frame: what is printed below stays to be seen. */
function frame(half: number): SVGElement {
  return svg("g", {}, svg("rect", { class: "halo", ...square(half) }), svg("rect", { class: "ring", ...square(half) }));
}

const square = (half: number): Record<string, number> => ({ x: -half, y: -half, width: 2 * half, height: 2 * half, rx: 3 });

function arrow(degrees: number, half: number): SVGElement {
  const [from, to] = [half + 1, half + 26];
  const d = `M0 ${-from}V${-to}M-6 ${-to + 8}L0 ${-to}L6 ${-to + 8}`;
  return svg("g", { transform: `rotate(${degrees})` }, svg("path", { class: "halo", d }), svg("path", { class: "arrow", d }));
}

function glyph(kind: string, x: number, y: number, size: number): SVGElement {
  const d = CAMERA_GLYPH[kind as CameraKind];
  return svg(
    "g",
    { transform: `translate(${x} ${y}) scale(${size}) translate(-12 -12)` },
    svg("circle", { class: "badge", cx: 12, cy: 12, r: 12 }),
    svg("path", { class: "glyph", d, "fill-rule": "evenodd" }),
  );
}

/** Where something is about to be put. */
export function crosshair([x, y]: Point): SVGElement {
  const d = "M-16 0h10M6 0h10M0-16v10M0 6v10";
  return svg(
    "g",
    { class: "crosshair", transform: `translate(${x} ${y})` },
    svg("circle", { class: "halo", r: 11 }),
    svg("path", { class: "halo", d }),
    svg("circle", { r: 11 }),
    svg("path", { d }),
  );
}

/** A direction about to be set: a long arrow, or a dotted ring where it is to be unknown. */
export function needle([x, y]: Point, degrees: number | null): SVGElement {
  const shape =
    degrees === null
      ? [svg("circle", { class: "nowhere", r: 34 })]
      : [svg("path", { class: "halo", d: "M0 0V-58M-9-46L0-58L9-46" }), svg("path", { d: "M0 0V-58M-9-46L0-58L9-46" })];
  return svg("g", { class: "needle", transform: `translate(${x} ${y}) rotate(${degrees ?? 0})` }, ...shape);
}

/** A small cross: the same spot on the other side. */
export function spot([x, y]: Point): SVGElement {
  return svg("path", { class: "spot", transform: `translate(${x} ${y})`, d: "M-7 0H7M0-7V7" });
}
