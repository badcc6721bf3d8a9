/** Which way walls face, from a building's outline: what a resident calls the side of the house. */

import type { Geometry, Position } from "geojson";

/** Sides of a building, by eighths of the compass from north, with how much of the walls lies on each (0 to 1). */
export type Sides = readonly { readonly eighth: number; readonly share: number }[];

/** A side with less of the walls than this is not worth a word. */
const LEAST = 0.12;

/** Return the sides on which some walls stand, those with most first; none where that can't be told. */
export function sidesOf(walls: Geometry, outline: Geometry): Sides {
  const rings = ringsOf(outline);
  const lengths = new Map<number, number>();
  let whole = 0;
  for (const [from, to] of pieces(walls)) {
    const scale = Math.cos(((from[1] ?? 0) * Math.PI) / 180);
    const [east, north] = [((to[0] ?? 0) - (from[0] ?? 0)) * scale, (to[1] ?? 0) - (from[1] ?? 0)];
    const length = Math.hypot(east, north);
    if (!length) continue;
    // A step to the left of the wall, as seen along it: outside the building, or inside?
    const middle: Position = [((from[0] ?? 0) + (to[0] ?? 0)) / 2, ((from[1] ?? 0) + (to[1] ?? 0)) / 2];
    const step = 2e-6;
    const left: Position = [(middle[0] ?? 0) - (north / length / scale) * step, (middle[1] ?? 0) + (east / length) * step];
    const outwards = isInside(left, rings) ? -1 : 1;
    const bearing = (Math.atan2(-north * outwards, east * outwards) * 180) / Math.PI;
    const eighth = Math.round((((bearing % 360) + 360) % 360) / 45) % 8;
    lengths.set(eighth, (lengths.get(eighth) ?? 0) + length);
    whole += length;
  }
  return [...lengths]
    .map(([eighth, length]) => ({ eighth, share: length / whole }))
    .filter(({ share }) => share >= LEAST)
    .sort((one, other) => other.share - one.share);
}

function pieces(walls: Geometry): [Position, Position][] {
  const lines =
    walls.type === "LineString" ? [walls.coordinates] : walls.type === "MultiLineString" ? walls.coordinates : [];
  return lines.flatMap((line) => line.slice(1).map((to, at): [Position, Position] => [line[at] ?? to, to]));
}

function ringsOf(outline: Geometry): Position[][] {
  if (outline.type === "Polygon") return outline.coordinates;
  return outline.type === "MultiPolygon" ? outline.coordinates.flat() : [];
}

/** By the even-odd rule, so that a courtyard is outside. */
function isInside([x = 0, y = 0]: Position, rings: readonly Position[][]): boolean {
  let inside = false;
  for (const ring of rings)
    for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
      const [[x1 = 0, y1 = 0], [x2 = 0, y2 = 0]] = [ring[at] ?? [], ring[before] ?? []];
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
    }
  return inside;
}
