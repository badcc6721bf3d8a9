/** The map between sheet and ground, as the page draws with it. */

import { describe, expect, it } from "vitest";
import { clockwise, fitOf, type Point } from "../../src/desk/ground";

// A sheet turned by 20 degrees, wider at the bottom than at the top.
const CORNERS: Point[] = [[-20.004, 47.001], [-19.997, 47.0035], [-19.996, 46.999], [-20.004, 46.996]];

describe("the fit of a sheet", () => {
  const fit = fitOf(CORNERS, 3000, 2000);

  it("puts the corners where they belong", () => {
    const there = ([[0, 0], [3000, 0], [3000, 2000], [0, 2000]] as const).map((corner) => fit?.toGround(corner));
    CORNERS.forEach((corner, at) => {
      expect(there[at]?.[0]).toBeCloseTo(corner[0], 9);
      expect(there[at]?.[1]).toBeCloseTo(corner[1], 9);
    });
  });

  it.each([[100, 200], [1500, 1000], [2900, 1900]] as const)("goes back from where it came, at %d, %d", (x, y) => {
    const [backX, backY] = fit?.toSheet(fit.toGround([x, y])) ?? [];
    expect(backX).toBeCloseTo(x, 4);
    expect(backY).toBeCloseTo(y, 4);
  });

  it("turns directions with the sheet, there and back", () => {
    for (const azimuth of [0, 45, 133, 270, 359]) {
      const onSheet = fit?.sheetDeg([1500, 1000], azimuth) ?? NaN;
      const back = fit?.azimuthDeg([1500, 1000], onSheet) ?? NaN;
      expect(Math.abs(((back - azimuth + 540) % 360) - 180)).toBeLessThan(0.05);
    }
  });

  it("gives none where the corners enclose nothing", () => {
    expect(fitOf([[0, 0], [1, 1], [2, 2], [3, 3]], 10, 10)).toBeNull();
    expect(fitOf(CORNERS.slice(1), 10, 10)).toBeNull();
  });

  it("counts clockwise from up", () => {
    expect([clockwise(0, 1), clockwise(1, 0), clockwise(0, -1), clockwise(-1, 0)]).toEqual([0, 90, 180, 270]);
  });
});
