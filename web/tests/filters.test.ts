import { describe, expect, test } from "vitest";
import type { Item } from "../src/api";
import { buildingsShown, camerasShown, matcher, shownBut, split, toggled } from "../src/filters";
import type { CameraKind, Sureness } from "../src/generated/api";

const camera = (id: string, kind: CameraKind): Item<"cameras"> =>
  ({ type: "Feature", id, geometry: { type: "Point", coordinates: [0, 0] }, properties: { camera_id: id, kind } }) as Item<"cameras">;
const building = (id: string, sureness: Sureness, camera_ids: string): Item<"exposed_buildings"> =>
  ({ type: "Feature", id, properties: { building_id: id, sureness, camera_ids } }) as Item<"exposed_buildings">;

const cameras = [camera("c1", "fixed"), camera("c2", "ptz")];
const buildings = [building("b1", "certain", "c1;c2"), building("b2", "possible", "c2")];

function names(hidden: string[]): string[] {
  const shown = shownBut(hidden);
  const left = camerasShown(cameras, shown);
  const ids = new Set(left.map(({ properties }) => properties.camera_id));
  return [...left, ...buildingsShown(buildings, ids, shown)].map(({ id }) => String(id));
}

describe("the legend as a filter", () => {
  test("hides nothing at first", () => {
    expect(names([])).toEqual(["c1", "c2", "b1", "b2"]);
  });

  test("hides the buildings that only hidden cameras could view", () => {
    expect(names(["cameras.ptz"])).toEqual(["c1", "b1"]);
  });

  test("hides by sureness", () => {
    expect(names(["sureness.possible"])).toEqual(["c1", "c2", "b1"]);
  });

  test("switches plates and ways apart", () => {
    expect(shownBut(["plates"])).toMatchObject({ plates: false, ways: true, views: true });
    expect(shownBut(["ways"])).toMatchObject({ plates: true, ways: false, views: true });
  });

  test("ignores what it does not know", () => {
    expect(names(["cameras.submarine", ""])).toEqual(["c1", "c2", "b1", "b2"]);
  });

  test("is switched one key at a time, however often", () => {
    const once = toggled([], "views", false);
    expect(toggled(once, "views", false)).toEqual(["views"]);
    expect(toggled(once, "views", true)).toEqual([]);
  });
});

describe("searching the list", () => {
  test.each(["ecole", "ÉCOLE", "rue ecole", "l'école 12", "  12  "])("finds it by %j", (typed) => {
    expect(matcher(typed)("12 Rue de l’École")).toBe(true);
  });

  test("wants every word", () => {
    expect(matcher("école 13")("12 Rue de l’École")).toBe(false);
  });

  test("finds everything where nothing was typed", () => {
    expect(matcher("")("anything")).toBe(true);
  });
});

test("joined ids come apart, and none is none", () => {
  expect(split("a;b;")).toEqual(["a", "b"]);
  expect(split(null)).toEqual([]);
});
