import { describe, expect, it } from "vitest";
import { createAddresses, parted, type Street } from "../src/search/addresses";
import { distance, likeness } from "../src/search/likeness";

const street = (name: string, ...numbers: string[]): Street => [
  name,
  numbers.map((number, at) => [number, `b/${name}/${number}`, 6 + at / 1000, 46]),
];

const found = createAddresses([
  street("Rue de l’École", "1", "2", "2bis", "10", "14"),
  street("Rue du Pré", "1", "3", "9"),
  street("Rue des Prairies", "4"),
  street("Quai des Tanneurs", "1", "5"),
  street("Boulevard Saint-Georges", "12", "14"),
  street("Place du 8 Mai", "8", "9"),
  street("Grande Rue", "16"),
  street("École des Marronniers", ""),
]);

const first = (typed: string): string => {
  const [best] = found.find(typed);
  return best ? [best.door?.[0] ?? "*", best.street].join(" ").trim() : "";
};

describe("addresses are found", () => {
  it.each([
    ["2 rue de l'ecole", "2 Rue de l’École"],
    ["ecole 2", "2 Rue de l’École"],
    ["2 rue de l'ecloe", "2 Rue de l’École"],
    ["10 r ecolle", "10 Rue de l’École"],
    ["2 bis rue de l’école", "2bis Rue de l’École"],
    ["5 quai des taneur", "5 Quai des Tanneurs"],
    ["quay tanneurs 5", "5 Quai des Tanneurs"],
    ["12 bd st georges", "12 Boulevard Saint-Georges"],
    ["9, rue du pré", "9 Rue du Pré"],
    ["8 place du 8 mai", "8 Place du 8 Mai"],
    ["maronniers", "École des Marronniers"],
    ["16 grande rue", "16 Grande Rue"],
  ])("%s", (typed, told) => {
    expect(first(typed)).toBe(told);
  });

  it("shows the next house of the same side where the number is not known, and says that it is not it", () => {
    const [best] = found.find("11 rue de l'école");
    expect(best).toMatchObject({ exact: false });
    expect(["10", "14", "1"]).toContain(best?.door?.[0]);
    expect(found.find("5 rue du pré")[0]?.door?.[0]).toBe("3");
  });

  it("lists the houses of a street that is named without a number", () => {
    expect(found.find("quai des tanneurs").map(({ door }) => door?.[0])).toEqual(["1", "5"]);
  });

  it("finds nothing where nothing is alike", () => {
    expect(found.find("xylophone")).toEqual([]);
    expect(found.find("12")).toEqual([]);
    expect(found.find("")).toEqual([]);
  });

  it("knows where a building stands", () => {
    expect(found.place("b/Rue du Pré/3")).toEqual([6.001, 46]);
    expect(found.place("nowhere")).toBeNull();
  });
});

describe("what was typed", () => {
  it("is parted into number and street", () => {
    expect(parted("12 bis, rue du Lac")).toEqual({ number: "12bis", words: ["rue", "du", "lac"] });
    expect(parted("rue du Lac 12")).toEqual({ number: "12", words: ["rue", "du", "lac"] });
    expect(parted("rue du 8 mai")).toEqual({ number: null, words: ["rue", "du", "8", "mai"] });
  });
});

describe("words are alike", () => {
  it("bears one letter left out, put in, changed or exchanged", () => {
    for (const typed of ["tanneur", "tannneurs", "tanmeurs", "tannuers"]) expect(likeness(typed, "tanneurs")).toBeGreaterThan(0.8);
    expect(likeness("5", "6")).toBe(0);
  });

  it("counts the same from both sides", () => {
    for (const [one, other] of [["abc", "acb"], ["rue", "route"], ["a", ""]] as const)
      expect(distance(one, other, 9)).toBe(distance(other, one, 9));
  });
});

describe("what tells words apart at once", () => {
  it("never hides a word within the slips allowed", () => {
    const plain = (one: string, other: string): number => {
      const rows = Array.from({ length: one.length + 1 }, (_, i) => Array.from({ length: other.length + 1 }, (_, j) => (i && j ? 0 : i + j)));
      for (let i = 1; i <= one.length; i++)
        for (let j = 1; j <= other.length; j++) {
          const row = rows[i] ?? [];
          row[j] = Math.min(
            (rows[i - 1]?.[j] ?? 0) + 1,
            (row[j - 1] ?? 0) + 1,
            (rows[i - 1]?.[j - 1] ?? 0) + Number(one[i - 1] !== other[j - 1]),
            i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1] ? (rows[i - 2]?.[j - 2] ?? 0) + 1 : Infinity,
          );
        }
      return rows[one.length]?.[other.length] ?? Infinity;
    };
    const words = ["moulin", "moulins", "mulin", "molinu", "tannerie", "tanerie", "église", "egliez", "abc", "bca", "xyzw"];
    for (const one of words)
      for (const other of words) {
        const known = plain(one, other);
        expect(distance(one, other, 2)).toBe(known <= 2 ? known : Infinity);
      }
  });
});
