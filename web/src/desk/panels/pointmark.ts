/** A control point, or a proposal, over the sheet or the map: a diamond with its number. */

import type { Point } from "../ground";
import { svg } from "../svg";

export function pointMark([x, y]: Point, words: string, names: string): SVGElement {
  const d = "M0-13L13 0L0 13L-13 0Z";
  return svg(
    "g",
    { class: `point ${names}`.trim(), transform: `translate(${x} ${y})` },
    svg("path", { class: "halo", d }),
    svg("path", { class: "diamond", d }),
    svg("circle", { class: "exact", r: 2 }),
    svg("text", { x: 15, y: -6 }, words),
  );
}
