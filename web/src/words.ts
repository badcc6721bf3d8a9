/** Numbers and codes in the reader's language. */

import type { Word } from "./generated/api";
import type { Language } from "./state";

export interface Words {
  readonly language: Language;
  say(word: Word): string;
  number(value: number, digits?: number): string;
  percent(share: number): string;
  /** A probability, and its standard error where that could change how it reads. */
  probability(probability: number, se?: number): string;
  metres(value: number): string;
  area(value: number): string;
  degrees(value: number): string;
  azimuth(value: number): string;
  density(value: number): string;
  date(iso: string): string;
  list(parts: readonly string[]): string;
}

const NARROW = "\u202f";

/** Return the words of a language, made once. */
export function createWords(language: Language): Words {
  const words = known.get(language) ?? wordsOf(language);
  known.set(language, words);
  return words;
}

const known = new Map<Language, Words>();

function wordsOf(language: Language): Words {
  const locale = language === "en" ? "en-GB" : "fr-FR";
  // To make a format takes longer than to use it.
  const formats = [0, 1, 2, 3].map((digits) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }));
  const number = (value: number, digits = 0): string => (formats[digits] ?? new Intl.NumberFormat(locale)).format(value);
  const lists = new Intl.ListFormat(locale, { type: "conjunction" });
  const percent = (share: number): string => `${bounded(share, number)}${NARROW}%`;
  const unit = (value: number, sign: string): string =>
    `${number(value, value < 10 ? 1 : 0)}${NARROW}${sign}`;
  return {
    language,
    say: (word) => word[language],
    number,
    percent,
    probability: (probability, se = 0) =>
      se >= 0.015 ? `${percent(probability)} (±${NARROW}${number(se * 100)})` : percent(probability),
    metres: (value) => (value > 0 && value < 0.05 ? `<${NARROW}${unit(0.1, "m")}` : unit(value, "m")),
    area: (value) => unit(value, "m²"),
    azimuth: (value) => `${number(Math.round(value) % 360)}°`,
    degrees: (value) => `${fine(value, number)}°`,
    density: (value) => unit(value, "px/m"),
    date: datesOf(locale),
    list: (parts) => lists.format(parts),
  };
}

/** An error below a degree is told to a tenth, and one below that is not told as none. */
function fine(value: number, number: (value: number, digits?: number) => string): string {
  if (value > 0 && value < 0.05) return `<${NARROW}${number(0.1, 1)}`;
  return number(value, Math.abs(value) < 1 ? 1 : 0);
}

/** Nothing but all is 100 %, and nothing but nothing is 0 %: rounding may not make doubt into certainty. */
function bounded(share: number, number: (value: number) => string): string {
  const rounded = Math.round(share * 100);
  if (rounded === 100 && share < 1) return `>${NARROW}${number(99)}`;
  if (rounded === 0 && share > 0) return `<${NARROW}${number(1)}`;
  return number(rounded);
}

/** Days, months and years are said as exactly as they are known. */
function datesOf(locale: string): (iso: string) => string {
  const known: Intl.DateTimeFormatOptions = { timeZone: "UTC", year: "numeric" };
  const [years, months, days] = [known, { ...known, month: "long" }, { ...known, month: "long", day: "numeric" }].map(
    (options) => new Intl.DateTimeFormat(locale, options as Intl.DateTimeFormatOptions),
  );
  return (iso) => {
    const date = new Date(iso.length === 4 ? `${iso}-01` : iso);
    if (Number.isNaN(date.valueOf())) return iso;
    return (iso.length > 7 ? days : iso.length > 4 ? months : years)?.format(date) ?? iso;
  };
}
