import { describe, expect, test } from "vitest";
import { read, written, type State } from "../src/state";

const page = new URL("http://town.test/map/?f=html#other=kept");
const state: State = {
  language: "fr",
  tab: "cameras",
  view: "solid",
  year: 2016,
  compared: { earlier: "xx/town/2021-map", later: "xx/town/2026-map" },
  selected: { what: "building", id: "osm:way/12 & co" },
  hidden: ["cameras.ptz", "sureness.possible"],
  place: { zoom: 16.25, lat: 46.20441, lon: 6.14317 },
};

describe("the address", () => {
  test("says the whole state, and gives it back", () => {
    expect(read(written(state, page), ["en"])).toEqual(state);
  });

  test("keeps what is not its own", () => {
    expect(written(state, page).hash).toContain("other=kept");
    expect(written(state, page).search).toBe("?f=html");
  });

  test("forgets what is no longer so", () => {
    const closed = written({ ...state, selected: null, compared: null, hidden: [], place: null }, written(state, page));
    expect(closed.hash).toBe("#other=kept&lang=fr&tab=cameras&view=solid&year=2016");
  });

  test("names either a building or a camera", () => {
    const camera = written({ ...state, selected: { what: "camera", id: "xx/town/2024#C1" } }, written(state, page));
    expect(camera.hash).not.toContain("building");
    expect(read(camera, []).selected).toEqual({ what: "camera", id: "xx/town/2024#C1" });
  });

  test("stays readable", () => {
    expect(written(state, page).hash).toContain("map=16.25/46.20441/6.14317");
  });
});

describe("an address that says little", () => {
  test("follows the reader's first language that there are texts for", () => {
    expect(read(page, ["de-CH", "fr-CH", "en"]).language).toBe("fr");
    expect(read(page, ["de"]).language).toBe("en");
  });

  test.each(["map=16/91/6", "map=16/46", "map=a/b/c", "map=99/46/6", "tab=nowhere", "lang=xx", "map="])(
    "is not misled by %s",
    (query) => {
      const { place, tab, language } = read(new URL(`http://town.test/#${query}`), []);
      expect({ place, tab, language }).toEqual({ place: null, tab: "buildings", language: "en" });
    },
  );
});
