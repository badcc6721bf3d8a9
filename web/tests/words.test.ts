import { describe, expect, test } from "vitest";
import { en } from "../src/texts/en";
import { fr } from "../src/texts/fr";
import { createWords } from "../src/words";

const english = createWords("en");
const french = createWords("fr");

/** Numbers and signs stand apart by spaces that do not break; which one is typography. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");

describe("a probability", () => {
  test.each([
    [1, "100 %"],
    [0.9999, "> 99 %"],
    [0.734, "73 %"],
    [0.0004, "< 1 %"],
    [0, "0 %"],
  ])("of %d reads %s: rounding never makes doubt into certainty", (probability, said) => {
    expect(plain(english.probability(probability))).toBe(said);
  });

  test("tells its standard error where that shows", () => {
    expect(plain(english.probability(0.5, 0.05))).toBe("50 % (± 5)");
    expect(plain(english.probability(0.5, 0.001))).toBe("50 %");
  });
});

describe("numbers", () => {
  test("are written as each language writes them", () => {
    expect(english.number(11_800)).toBe("11,800");
    expect(plain(french.number(11_800))).toBe("11 800");
    expect(plain(english.metres(4.25))).toBe("4.3 m");
    expect(plain(french.metres(4.25))).toBe("4,3 m");
    expect(english.azimuth(359.7)).toBe("0°");
    expect(plain(english.degrees(207.6))).toBe("208°");
    expect(plain(english.degrees(0.03))).toBe("< 0.1°");
    expect(plain(french.degrees(0.25))).toBe("0,3°");
    expect(plain(french.density(142.6))).toBe("143 px/m");
  });

  test("take the noun that each language gives them", () => {
    expect(plain(en.camerasCount(0))).toBe("0 cameras");
    expect(plain(fr.camerasCount(0))).toBe("0 caméra");
    expect([1, 2].map((count) => plain(en.couldView(count)))).toEqual([
      "1 camera could view this building",
      "2 cameras could view this building",
    ]);
    expect([1, 2].map((count) => plain(fr.couldView(count)))).toEqual([
      "1 caméra pourrait voir ce bâtiment",
      "2 caméras pourraient voir ce bâtiment",
    ]);
  });
});

describe("a date", () => {
  test("is told as exactly as it is known", () => {
    expect(english.date("2024-05-03")).toBe("3 May 2024");
    expect(english.date("2024-05")).toBe("May 2024");
    expect(french.date("2024")).toBe("2024");
    expect(french.date("2024-05-03")).toBe("3 mai 2024");
  });

  test("that is none is told as it stands", () => {
    expect(english.date("spring")).toBe("spring");
  });
});

test("no text accuses, in either language", () => {
  const said = JSON.stringify([en, fr], (_, value: unknown) => (typeof value === "function" ? String(value) : value));
  expect(said).not.toMatch(/violat|illegal|illégal|spies|espionn/i);
});
