import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Item } from "../src/api";
import { stoodIn } from "../src/filters";
import { boxOf, requestOf } from "../src/panels/programs";

beforeAll(() => {
  vi.stubGlobal("document", { baseURI: "https://example.org/map/" });
});

describe("requests for programs", () => {
  it("ask for what the map shows, as far as the legend shows it", () => {
    const [west, south, east, north] = boxOf({ zoom: 9, lat: 60, lon: 10 }, 512, 512);
    expect(east - west).toBeCloseTo(360 / 512, 4);
    // Half as high in degrees at 60° north.
    expect(north - south).toBeCloseTo(180 / 512, 4);
    const url = new URL(requestOf([1, 2, 3, 4], { surenesses: new Set(["certain"]) }));
    expect(url.href.startsWith("https://example.org/map/collections/exposures/items?")).toBe(true);
    expect(url.searchParams.get("bbox")).toBe("1,2,3,4");
    expect(url.searchParams.get("filter")).toBe("sureness IN ('certain')");
  });
});

describe("cameras in a year", () => {
  const camera = (from: string | null, to: string | null) => ({ properties: { valid_from: from, valid_to: to } }) as Item<"cameras">;
  it.each([
    [camera("2016-09-15", null), 2016, true],
    [camera("2016-09-15", null), 2015, false],
    [camera("2010", "2014-02"), 2014, true],
    [camera("2010", "2014-02"), 2015, false],
    [camera(null, null), 1990, true],
    [camera("2030", null), null, true],
  ])("%j in %s: %s", (each, year, stood) => {
    expect(stoodIn(each, year)).toBe(stood);
  });
});
