import { describe, expect, it } from "vitest";
import type { Polygon, Position } from "geojson";
import { sidesOf } from "../src/facing";

// A block of 20 m with a courtyard of 10 m in its middle, at 47° north.
const at = (x: number, y: number): Position => [6 + x / 76_000, 47 + y / 111_200];
const ring = (from: number, to: number): Position[] => [at(from, from), at(to, from), at(to, to), at(from, to), at(from, from)];
const block: Polygon = { type: "Polygon", coordinates: [ring(0, 20), ring(5, 15)] };
const wall = (...points: Position[]) => ({ type: "LineString" as const, coordinates: points });

describe("walls face", () => {
  it("away from the building, whichever way they are written", () => {
    for (const south of [wall(at(0, 0), at(20, 0)), wall(at(20, 0), at(0, 0))])
      expect(sidesOf(south, block)).toEqual([{ eighth: 4, share: 1 }]);
    expect(sidesOf(wall(at(20, 2), at(20, 18)), block)[0]?.eighth).toBe(2);
    expect(sidesOf(wall(at(0, 2), at(0, 18)), block)[0]?.eighth).toBe(6);
  });

  it("into their courtyard", () => {
    expect(sidesOf(wall(at(6, 5), at(14, 5)), block)[0]?.eighth).toBe(0);
  });

  it("several ways, the longest first, crumbs left aside", () => {
    const walls = { type: "MultiLineString" as const, coordinates: [[at(0, 0), at(20, 0)], [at(20, 0), at(20, 8)], [at(0, 0), at(0, 1)]] };
    expect(sidesOf(walls, block).map(({ eighth }) => eighth)).toEqual([4, 2]);
  });
});
