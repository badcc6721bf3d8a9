/** The signs: one drawing a camera kind, used on the map, in the legend and in the lists alike. */

import { drawing } from "./dom";
import type { CameraKind, Change } from "./generated/api";
import type { LegendEntry } from "./api";

/** Filled shapes in a box of 24 by 24, holes by even-odd. */
export const CAMERA_GLYPH: Readonly<Record<CameraKind, string>> = {
  fixed: "M4 8.500h10.500v7H4zM15.5 11.3 20 8.800v6.400l-4.5-2.500z",
  dome: "M5 8h14v2.200H5zM6.5 11.400h11a5.5 5.5 0 0 1-11 0z",
  ptz: "M12 3.8 14.8 7.500H9.200zM12 20.2 9.2 16.500h5.600zM3.8 12 7.5 9.200v5.600zM20.2 12l-3.7 2.800V9.200zM12 9.400a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 1 1 0-5.200z",
  fisheye:
    "M12 3.500a8.5 8.5 0 1 1 0 17 8.5 8.5 0 1 1 0-17zM12 5.700a6.3 6.3 0 1 0 0 12.6 6.3 6.3 0 1 0 0-12.600zM12 8.800a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 1 1 0-6.400z",
  multisensor:
    "M8.5 5.800a2.5 2.5 0 1 1 0 5 2.5 2.5 0 1 1 0-5zM15.5 5.800a2.5 2.5 0 1 1 0 5 2.5 2.5 0 1 1 0-5zM8.5 13.200a2.5 2.5 0 1 1 0 5 2.5 2.5 0 1 1 0-5zM15.5 13.200a2.5 2.5 0 1 1 0 5 2.5 2.5 0 1 1 0-5z",
  anpr: "M4 7.500h16v9H4zM6 10h2.500v4H6zM10.2 10h1.600v4h-1.600zM13.5 10H18v1.300h-4.500zM13.5 12.700H18V14h-4.500z",
  unknown:
    "M12 5.500c2.5 0 4.2 1.5 4.2 3.6 0 1.6-.9 2.5-1.9 3.2-.9.6-1.2 1-1.2 1.900h-2.200c0-1.9.8-2.7 1.9-3.5.8-.6 1.2-.9 1.2-1.6 0-.9-.8-1.5-2-1.5-1.3 0-2.1.7-2.2 1.900H7.600c.1-2.4 1.8-4 4.4-4zM10.9 15.700h2.300V18h-2.300z",
};

/** A camera's sign, as on the map: a disc of its kind's colour with the glyph cut out of it. */
export function cameraSign(kind: CameraKind, colour: string): SVGSVGElement {
  const disc = { d: "M12 0a12 12 0 1 1 0 24 12 12 0 1 1 0-24z", fill: colour };
  const glyph = {
    d: CAMERA_GLYPH[kind],
    class: "glyph",
    "fill-rule": "evenodd",
    transform: "translate(12 12) scale(.78) translate(-12 -12)",
  };
  return drawing("0 0 24 24", [disc, glyph], "sign");
}

/** What became of a camera, as filled shapes in a box of 24 by 24; nothing in what stayed. */
export const CHANGE_GLYPH: Readonly<Record<Change, string>> = {
  added: "M10.300 4h3.400v6.300H20v3.400h-6.300V20h-3.400v-6.300H4v-3.400h6.300z",
  removed: "M4 10.300h16v3.400H4z",
  moved: "M3 10.300h9V5l9 7-9 7v-5.300H3z",
  turned: "M12 3.500a8.5 8.5 0 1 1-8.500 8.500h3.300A5.2 5.2 0 1 0 12 6.800v3.700L5.500 5.200 12 0z",
  moved_and_turned:
    "M3 15.500h9V12l9 5.300-9 5.200V19H3zM12 2a6 6 0 0 1 6 6h-3a3 3 0 0 0-6 0h2.500L7.300 12.500 3.500 8H6a6 6 0 0 1 6-6z",
  replaced: "M3 6.300h11V2.500l7 5.300-7 5.200V9.300H3zM21 14.500H10V11l-7 5.200 7 5.300v-3.800h11z",
  kept: "",
};

/** The sign of a change, as on the map: what is not there any more is hollow. */
export function changeSign(change: Change, colour: string): SVGSVGElement {
  const hollow = change === "removed";
  const radius = change === "kept" ? 5 : 11;
  const disc: Record<string, string> = {
    d: `M12 ${12 - radius}a${radius} ${radius} 0 1 1 0 ${2 * radius} ${radius} ${radius} 0 1 1 0-${2 * radius}z`,
    fill: hollow ? "none" : colour,
    ...(hollow ? { stroke: colour, "stroke-width": "2", "stroke-dasharray": "3.600 2" } : {}),
  };
  const glyph: Record<string, string> = {
    d: CHANGE_GLYPH[change],
    "fill-rule": "evenodd",
    transform: "translate(12 12) scale(.68) translate(-12 -12)",
    ...(hollow ? { fill: colour } : { class: "glyph" }),
  };
  return drawing("0 0 24 24", [disc, glyph], "sign");
}

/** A patch of a building's sureness, as on the map: colour and pattern. */
export function patch({ pattern }: Pick<LegendEntry, "pattern">, colour: string): SVGSVGElement {
  const ground = { d: "M1 1h22v14H1z", fill: colour, "fill-opacity": GROUND_OPACITY[pattern] };
  const marks = { d: MARKS[pattern], stroke: colour, fill: "none", "stroke-width": "1.8", "stroke-linecap": "round" };
  const edge = { d: "M1 1h22v14H1z", fill: "none", stroke: colour, "stroke-width": "1.2" };
  return drawing("0 0 24 16", [ground, marks, edge], "patch");
}

/** How opaque the ground under a pattern is; the map uses the same. */
export const GROUND_OPACITY: Readonly<Record<LegendEntry["pattern"], string>> = {
  solid: "0.5",
  hatched: "0.28",
  dotted: "0.14",
};

const MARKS: Readonly<Record<LegendEntry["pattern"], string>> = {
  solid: "",
  hatched: "M2 9 9 2M4 14 16 2M11 14 22 3M18 14l4-4",
  dotted: "M5 5h.01M12 5h.01M19 5h.01M8.5 11h.01M15.5 11h.01",
};

/** A part of a wall, as on the map: a strong line at the edge of a building. */
export function wallSign(colour: string): SVGSVGElement {
  const building = { d: "M1 1h22v12H1z", fill: colour, "fill-opacity": "0.15" };
  return drawing("0 0 24 16", [building, { d: "M1 13h22", stroke: colour, "stroke-width": "4" }], "patch");
}

/** An area of which only the edge is known, as on the map: hatched, its edge broken. */
export function areaSign(colour: string): SVGSVGElement {
  const marks = { d: MARKS.hatched, stroke: colour, "stroke-opacity": "0.5", fill: "none", "stroke-width": "1.8" };
  return drawing("0 0 24 16", [marks, { d: "M1 1h22v14H1z", fill: "none", stroke: colour, "stroke-width": "1.6", "stroke-dasharray": "4 2.500" }], "patch");
}

/** A stretch of street, as on the map: a line with a light core. */
export function roadSign(colour: string, paper: string): SVGSVGElement {
  const edges = { d: "M1 8h22", stroke: colour, "stroke-width": "7" };
  return drawing("0 0 24 16", [edges, { d: "M1 8h22", stroke: paper, "stroke-width": "2.5" }], "patch");
}

/** A way from place to place, as on the map: a row of dots. */
export function waySign(colour: string): SVGSVGElement {
  const dots = { stroke: colour, "stroke-width": "3.5", "stroke-linecap": "round", "stroke-dasharray": "0.1 6.9" };
  return drawing("0 0 24 16", [{ d: "M1.700 8h21", fill: "none", ...dots }], "patch");
}

/** A patch of one plain colour. */
export function plainPatch(colour: string): SVGSVGElement {
  return drawing("0 0 24 16", [{ d: "M1 1h22v14H1z", fill: colour, class: "plain" }], "patch");
}

/** How a camera points, in small. */
export function pointingSign(how: "towards" | "around" | "turning" | "unknown", colour: string): SVGSVGElement {
  const dot = { d: "M12 8.500a3.5 3.5 0 1 1 0 7 3.5 3.5 0 1 1 0-7z", fill: colour };
  const ring = { d: "M12 2.500a9.5 9.5 0 1 1 0 19 9.5 9.5 0 1 1 0-19z", fill: "none", stroke: colour, "stroke-width": "1.6" };
  const shapes = {
    towards: [
      { d: "M12 12 5 1.500A12 12 0 0 1 19 1.500z", fill: colour, "fill-opacity": "0.45" },
      { d: "M12 12 2 5.300A12 12 0 0 1 22 5.300z", fill: colour, "fill-opacity": "0.2" },
    ],
    around: [{ ...ring, fill: colour, "fill-opacity": "0.3" }],
    turning: [{ ...ring, "stroke-dasharray": "9 6" }],
    unknown: [{ ...ring, "stroke-dasharray": "0.1 4.160", "stroke-linecap": "round", "stroke-width": "2.2" }],
  };
  return drawing("0 0 24 24", [...shapes[how], dot], "sign");
}
