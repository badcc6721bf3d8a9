/**
 * What stands in the air: the parts of walls in view at their heights, and a camera's field of view as the pyramid that it is.
 * Plain geometry first, in metres around a place; the layer below draws it.
 */

import type { Position } from "geojson";
import type { Item } from "../api";
import { pointing } from "../pointing";

/** East, north and up, in metres from the origin. */
export type Corner = readonly [east: number, north: number, up: number];

/** A flat piece with a colour of red, green, blue and opacity, from 0 to 1. */
export interface Face {
  readonly corners: readonly Corner[];
  readonly colour: readonly [number, number, number, number];
}

/** Metres of a degree of latitude; of longitude at the equator. */
const DEGREE_M = 111_320;

/** A wall's part is drawn this much before the wall, so that it is not half in it. */
const BEFORE_M = 0.12;

/** A field of view from here on has no pyramid. */
const WIDEST_DEG = 150;

type Camera = Item<"cameras">;
type Strip = Item<"facade_strips">["properties"] & { readonly line: readonly Position[] };

export function metresFrom([lon0 = 0, lat0 = 0]: Position, [lon = 0, lat = 0]: Position): readonly [number, number] {
  return [(lon - lon0) * DEGREE_M * Math.cos((lat0 * Math.PI) / 180), (lat - lat0) * DEGREE_M];
}

/** The seen part of a wall: a trapezoid, as a roof's edge cuts it, moved a little towards whoever looks. */
export function wallFace(strip: Strip, origin: Position, looker: Position | null, colour: Face["colour"]): Face | null {
  const [from, to] = strip.line;
  if (!from || !to) return null;
  const [x1, y1] = metresFrom(origin, from);
  const [x2, y2] = metresFrom(origin, to);
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (!length) return null;
  let [east, north] = [(y1 - y2) / length, (x2 - x1) / length];
  if (looker) {
    const [x, y] = metresFrom(origin, looker);
    if ((x - x1) * east + (y - y1) * north < 0) [east, north] = [-east, -north];
  }
  const [dx, dy] = [east * BEFORE_M, north * BEFORE_M];
  return {
    corners: [
      [x1 + dx, y1 + dy, strip.z_low_from_m],
      [x2 + dx, y2 + dy, strip.z_low_to_m],
      [x2 + dx, y2 + dy, strip.z_high_to_m],
      [x1 + dx, y1 + dy, strip.z_high_from_m],
    ],
    colour,
  };
}

/** The four sides of what a camera has in view, to its range or to the ground; none where nobody knows where it looks. */
export function pyramid(camera: Camera, origin: Position, colour: Face["colour"]): Face[] {
  const row = camera.properties;
  const points = pointing(row);
  if (points.how !== "towards" || row.hfov_deg > WIDEST_DEG) return [];
  const [x, y] = metresFrom(origin, camera.geometry.coordinates);
  const lens: Corner = [x, y, row.height_m];
  const [across, high] = [row.hfov_deg, row.vfov_deg].map((degrees) => Math.tan((degrees * Math.PI) / 360)) as [number, number];
  const ends = [
    [-across, high],
    [across, high],
    [across, -high],
    [-across, -high],
  ].map(([right, up]) => reached(lens, points.azimuth, row.tilt_deg, right ?? 0, up ?? 0, row.range_m));
  return ends.map((end, at) => ({ corners: [lens, end, ends[(at + 1) % 4] ?? end], colour }));
}

/** Where a line of sight ends: at the range, or on the ground. `right` and `up` are in the picture, at a focal length of 1. */
function reached([x, y, height]: Corner, azimuth: number, tilt: number, right: number, up: number, range: number): Corner {
  const [turn, down] = [(azimuth * Math.PI) / 180, (tilt * Math.PI) / 180];
  const ahead = Math.cos(down) + up * Math.sin(down);
  const rise = -Math.sin(down) + up * Math.cos(down);
  const [east, north] = [Math.sin(turn) * ahead + Math.cos(turn) * right, Math.cos(turn) * ahead - Math.sin(turn) * right];
  const flat = Math.hypot(east, north) || 1;
  const far = rise < 0 ? Math.min(range / flat, -height / rise) : range / flat;
  return [x + east * far, y + north * far, height + rise * far];
}
