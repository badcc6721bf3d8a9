import { expect, test } from "vitest";
import { filled, later, type Letter } from "../src/panels/letters";
import { createWords } from "../src/words";

const blank = { label: "", type: "line", computed: null } as const;
const letter: Letter = {
  kind: "preserve",
  title: "",
  text: "From [your name], filmed on [day]: erased on [the last day]. [your name]",
  blanks: [
    { ...blank, name: "name", shown: "[your name]" },
    { ...blank, name: "filmed_on", shown: "[day]", type: "date" },
    { ...blank, name: "erased_on", shown: "[the last day]", type: "date", computed: { of: "filmed_on", months: 1, days: 0 } },
  ],
};

test("what was typed stands wherever its blank stood, and the others stay", () => {
  const values = new Map([["name", "[day]"]]);
  expect(filled(letter, values, createWords("en"))).toBe("From [day], filmed on [day]: erased on [the last day]. [day]");
});

test("a day that follows from another is computed here", () => {
  const values = new Map([["filmed_on", "2026-01-31"]]);
  expect(filled(letter, values, createWords("en"))).toContain("filmed on 31 January 2026: erased on 28 February 2026");
  expect(filled(letter, values, createWords("fr"))).toContain("31 janvier 2026: erased on 28 février 2026");
});

test("a month later is the same day, or the month's last", () => {
  expect(later("2026-11-20", 1, 0)).toBe("2026-12-20");
  expect(later("2024-01-30", 1, 0)).toBe("2024-02-29");
  expect(later("2026-12-31", 2, 0)).toBe("2027-02-28");
  expect(later("2026-12-31", 0, 15)).toBe("2027-01-15");
});
