import { describe, expect, test } from "vitest";
import type { Bbox, Item } from "../src/api";
import { bboxOf, cellsOf, createCells } from "../src/cells";

const GENEVA: Bbox = [6.13, 46.19, 6.16, 46.22];

const view = (id: string): Item<"views"> => ({ type: "Feature", id, properties: { view_id: id } }) as Item<"views">;

describe("the cells of a box", () => {
  test("cover it", () => {
    const boxes = cellsOf(GENEVA, 15).map(bboxOf);
    expect(Math.min(...boxes.map(([west]) => west))).toBeLessThanOrEqual(GENEVA[0]);
    expect(Math.min(...boxes.map(([, south]) => south))).toBeLessThanOrEqual(GENEVA[1]);
    expect(Math.max(...boxes.map(([, , east]) => east))).toBeGreaterThanOrEqual(GENEVA[2]);
    expect(Math.max(...boxes.map(([, , , north]) => north))).toBeGreaterThanOrEqual(GENEVA[3]);
  });

  test("each know their own box", () => {
    for (const cell of cellsOf(GENEVA, 15)) {
      const [west, south, east, north] = bboxOf(cell);
      const middle: Bbox = [(west + east) / 2, (south + north) / 2, (west + east) / 2, (south + north) / 2];
      expect(cellsOf(middle, 15)).toEqual([cell]);
    }
  });

  test("end at the edge of the world", () => {
    expect(cellsOf([-180, -90, 180, 90], 1)).toHaveLength(4);
  });
});

describe("a collection by cells", () => {
  test("is asked for once a cell, and gives each item once", async () => {
    const asked: Bbox[] = [];
    const cells = createCells(15, (bbox) => {
      asked.push(bbox);
      return Promise.resolve([view("straddling"), view(bbox.join())]);
    });
    const first = await cells.load(GENEVA);
    const count = cellsOf(GENEVA, 15).length;
    expect(asked).toHaveLength(count);
    expect(first).toHaveLength(count + 1);
    expect(await cells.load(GENEVA)).toEqual([]);
    expect(asked).toHaveLength(count);
    expect(cells.all()).toHaveLength(count + 1);
  });

  test("that failed is asked for again", async () => {
    let failing = true;
    const cells = createCells(12, () =>
      failing ? Promise.reject(new Error("away")) : Promise.resolve([view("v")]),
    );
    await expect(cells.load(GENEVA)).rejects.toThrow("away");
    failing = false;
    expect(await cells.load(GENEVA)).toHaveLength(1);
  });

  test("is not asked for where the map is too far out", async () => {
    const cells = createCells(15, () => Promise.reject(new Error("asked")));
    expect(await cells.load([0, 40, 10, 50])).toEqual([]);
  });
});
