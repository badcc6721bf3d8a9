import { describe, expect, it } from "vitest";
import type { Item } from "../src/api";
import { metresFrom, pyramid, wallFace } from "../src/map/solids";

const origin = [6, 46];
const camera = (more: object): Item<"cameras"> =>
  ({
    type: "Feature",
    id: "c",
    geometry: { type: "Point", coordinates: origin },
    properties: { kind: "fixed", azimuth_deg: 90, azimuth_sd_deg: 2, hfov_deg: 60, vfov_deg: 40, tilt_deg: 20, height_m: 5, range_m: 50, ...more },
  }) as unknown as Item<"cameras">;
const black = [0, 0, 0, 1] as const;

describe("a camera's pyramid", () => {
  it("opens where the camera points, its lower edge on the ground at the height over the tangent", () => {
    const faces = pyramid(camera({}), origin, black);
    expect(faces).toHaveLength(4);
    const [, , lower] = faces.map(({ corners }) => corners);
    const [lens, end, other] = lower ?? [];
    expect(lens).toEqual([0, 0, 5]);
    // The picture's lower edge looks 20° + 20° down.
    expect(end?.[0]).toBeCloseTo(5 / Math.tan((40 * Math.PI) / 180), 6);
    expect(end?.[2]).toBeCloseTo(0, 9);
    expect((end?.[1] ?? 0) + (other?.[1] ?? 0)).toBeCloseTo(0, 9);
  });

  it("is none where nobody knows where it looks, and none of what looks all round", () => {
    expect(pyramid(camera({ azimuth_deg: null, azimuth_sd_deg: null }), origin, black)).toEqual([]);
    expect(pyramid(camera({ hfov_deg: 360, azimuth_deg: null }), origin, black)).toEqual([]);
  });
});

describe("a wall's part", () => {
  const strip = { z_low_from_m: 0, z_low_to_m: 1, z_high_from_m: 6, z_high_to_m: 5, line: [[6, 46.001], [6.001, 46.001]] };

  it("stands at its heights, before the wall on the side of whoever looks", () => {
    const south = wallFace(strip as never, origin, [6.0005, 46], black);
    const north = wallFace(strip as never, origin, [6.0005, 46.002], black);
    const wall = metresFrom(origin, [6, 46.001])[1];
    expect(south?.corners.map(([, , up]) => up)).toEqual([0, 1, 5, 6]);
    expect(south?.corners[0]?.[1]).toBeLessThan(wall);
    expect(north?.corners[0]?.[1]).toBeGreaterThan(wall);
  });
});
