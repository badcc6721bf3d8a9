import { describe, expect, test } from "vitest";
import { comparable, comparedIn } from "../src/changes";
import { read } from "../src/state";

const disclosure = (disclosure_id: string, answered_on: string | null = null, cameras_placed = 3) => ({
  properties: { disclosure_id, requested_on: null, answered_on, cameras_placed },
});

const DISCLOSURES = [
  disclosure("xx/town/2026-map"),
  disclosure("xx/town/map-of-old", "2019-05-02"),
  disclosure("xx/town/2021-map"),
  disclosure("xx/town/2022-letter", null, 0),
  disclosure("xx/prefecture/2020-map"),
];

const at = (hash: string) => read(new URL(`http://town.test/#${hash}`), ["en"]);

describe("two disclosures", () => {
  test("of one authority that place cameras can be compared, the latest first", () => {
    expect(comparable(DISCLOSURES)).toEqual([
      { earlier: "xx/town/2021-map", later: "xx/town/2026-map" },
      { earlier: "xx/town/map-of-old", later: "xx/town/2026-map" },
      { earlier: "xx/town/map-of-old", later: "xx/town/2021-map" },
    ]);
  });

  test("are those that the address names, or the latest, while changes are looked at", () => {
    const pairs = comparable(DISCLOSURES);
    const named = "from=xx/town/map-of-old&to=xx/town/2021-map";
    expect(comparedIn(at(`tab=changes&${named}`), pairs)).toBe(pairs[2]);
    expect(comparedIn(at("tab=changes&from=nowhere&to=nothing"), pairs)).toBe(pairs[0]);
    expect(comparedIn(at(named), pairs)).toBeNull();
    expect(comparedIn(at(`tab=changes&camera=c&${named}`), pairs)).toBeNull();
    expect(comparedIn(at("tab=changes"), [])).toBeNull();
  });
});
