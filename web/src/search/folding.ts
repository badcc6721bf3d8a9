/** Texts as they are compared: without accents, signs and capitals, and with what is usually shortened spelt out. */

/** Return a text's letters and figures in small, its words parted by one space. */
export function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replaceAll("ß", "ss")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** How parts of street names are shortened, in French, German, Italian and English. */
const SHORT: Readonly<Record<string, string>> = {
  r: "rue",
  av: "avenue",
  ave: "avenue",
  bd: "boulevard",
  bld: "boulevard",
  blvd: "boulevard",
  ch: "chemin",
  chem: "chemin",
  pl: "place",
  rte: "route",
  imp: "impasse",
  all: "allee",
  pass: "passage",
  prom: "promenade",
  sq: "square",
  fg: "faubourg",
  fbg: "faubourg",
  st: "saint",
  ste: "sainte",
  gal: "general",
  gen: "general",
  dr: "docteur",
  pr: "professeur",
  str: "strasse",
  rd: "road",
};

/** Return the words of a text as they are compared; the last may still be being typed. */
export function wordsOf(text: string): string[] {
  return folded(text)
    .split(" ")
    .filter(Boolean)
    .map((word) => SHORT[word] ?? word);
}
