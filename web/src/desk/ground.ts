/**
 * From the sheet to the ground and back, as the page needs it while something is on its way: the projective map through
 * the sheet's four corners. What counts is what the service makes of it.
 */

export type Point = readonly [number, number];

export interface Fit {
  toGround(point: Point): Point;
  toSheet(point: Point): Point;
  /** A direction clockwise from true north as one clockwise from the sheet's up, at a place on the sheet; and back. */
  sheetDeg(at: Point, azimuth: number): number;
  azimuthDeg(at: Point, sheetDeg: number): number;
}

type Matrix = readonly [number, number, number, number, number, number, number, number, number];

const METRES_A_DEGREE = 111_320;

/** Return the map through the corners, given from the top left clockwise as longitude and latitude; null where they enclose nothing. */
export function fitOf(corners: readonly Point[], width: number, height: number): Fit | null {
  const [first] = corners;
  if (!first || corners.length !== 4) return null;
  const narrowing = Math.cos((first[1] * Math.PI) / 180);
  const metres = ([lon, lat]: Point): Point => [
    (lon - first[0]) * narrowing * METRES_A_DEGREE,
    (lat - first[1]) * METRES_A_DEGREE,
  ];
  const degrees = ([east, north]: Point): Point => [
    first[0] + east / narrowing / METRES_A_DEGREE,
    first[1] + north / METRES_A_DEGREE,
  ];
  const forth = ontoQuadrangle(corners.map(metres));
  if (!forth) return null;
  const back = adjugate(forth);
  const ground = ([x, y]: Point): Point => through(forth, [x / width, y / height]);
  const sheet = (place: Point): Point => {
    const [u, v] = through(back, place);
    return [u * width, v * height];
  };
  return {
    toGround: (point) => degrees(ground(point)),
    toSheet: (point) => sheet(metres(point)),
    sheetDeg(at, azimuth) {
      const [east, north] = ground(at);
      const turn = (azimuth * Math.PI) / 180;
      const [x, y] = sheet([east + Math.sin(turn), north + Math.cos(turn)]);
      return clockwise(x - at[0], at[1] - y);
    },
    azimuthDeg(at, sheetDeg) {
      const turn = (sheetDeg * Math.PI) / 180;
      const [fromEast, fromNorth] = ground(at);
      const [east, north] = ground([at[0] + Math.sin(turn), at[1] - Math.cos(turn)]);
      return clockwise(east - fromEast, north - fromNorth);
    },
  };
}

/** The direction of a step to the right and up, in degrees clockwise from up. */
export function clockwise(right: number, up: number): number {
  return ((Math.atan2(right, up) * 180) / Math.PI + 360) % 360;
}

/** The map of the unit square onto a quadrangle (Heckbert 1989, section 2.2.3). */
function ontoQuadrangle(corners: readonly Point[]): Matrix | null {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = corners as [Point, Point, Point, Point];
  const [dx1, dy1, dx2, dy2] = [x1 - x2, y1 - y2, x3 - x2, y3 - y2];
  const [sx, sy] = [x0 - x1 + x2 - x3, y0 - y1 + y2 - y3];
  const all = dx1 * dy2 - dx2 * dy1;
  if (Math.abs(all) < 1e-9) return null;
  const g = (sx * dy2 - dx2 * sy) / all;
  const h = (dx1 * sy - sx * dy1) / all;
  return [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h, 1];
}

/** The inverse but for a factor, which a projective map does not feel. */
function adjugate([a, b, c, d, e, f, g, h, i]: Matrix): Matrix {
  return [
    e * i - f * h, c * h - b * i, b * f - c * e,
    f * g - d * i, a * i - c * g, c * d - a * f,
    d * h - e * g, b * g - a * h, a * e - b * d,
  ];
}

function through([a, b, c, d, e, f, g, h, i]: Matrix, [u, v]: Point): Point {
  const whole = g * u + h * v + i;
  return [(a * u + b * v + c) / whole, (d * u + e * v + f) / whole];
}
