/**
 * The search over addresses, on the reader's own device: streets by how alike their words are to what was typed, then
 * houses by their number. Nothing of it asks the service anything.
 */

import { LEAST, likeness } from "./likeness";
import { wordsOf } from "./folding";

/** House number (empty where there is none), building, longitude, latitude: as `/addresses` gives them. */
export type Door = readonly [number: string, building: string, lon: number, lat: number];
export type Street = readonly [name: string, doors: readonly Door[]];

export interface Found {
  readonly street: string;
  /** The door that was asked for, or the nearest by number; null for the street as a whole. */
  readonly door: Door | null;
  readonly doors: number;
  /** Whether the number is the very one that was typed. */
  readonly exact: boolean;
}

export interface Addresses {
  readonly count: number;
  /** Return the likeliest first. */
  find(typed: string, most?: number): Found[];
  /** Where a building stands, if it has an address. */
  place(building: string): readonly [lon: number, lat: number] | null;
}

/** A street must be this alike to be shown, and no less alike than the best by more than `BESIDE`. */
const ENOUGH = 0.62;
const BESIDE = 0.16;

interface Known {
  readonly name: string;
  readonly words: readonly string[];
  readonly doors: readonly Door[];
}

export function createAddresses(streets: readonly Street[]): Addresses {
  const known: Known[] = streets.map(([name, doors]) => ({
    name,
    words: wordsOf(name),
    doors: [...doors].sort(([one], [other]) => compared(one, other)),
  }));
  const weights = weightsOf(known);
  const vocabulary = [...weights.keys()];
  const likelyWords = new Map<string, Map<string, number>>();
  const places = new Map(
    known.flatMap(({ doors }) => doors.map(([, building, lon, lat]) => [building, [lon, lat] as const])),
  );

  /** Known words like a typed one, kept while somebody types on: only the last word is new then. */
  function likelyFor(word: string): Map<string, number> {
    const kept = likelyWords.get(word);
    if (kept) return kept;
    const found = new Map<string, number>();
    for (const other of vocabulary) {
      const like = likeness(word, other);
      if (like >= LEAST) found.set(other, like);
    }
    likelyWords.set(word, found);
    return found;
  }

  function alike(words: readonly string[]): { street: Known; score: number }[] {
    const likely = words.map(likelyFor);
    const scored = known.map((street) => ({ street, score: scoreOf(street, likely, weights) }));
    const best = Math.max(0, ...scored.map(({ score }) => score));
    return scored
      .filter(({ score }) => score >= ENOUGH && score >= best - BESIDE)
      .sort((one, other) => other.score - one.score || one.street.name.localeCompare(other.street.name));
  }

  return {
    count: known.reduce((sum, { doors }) => sum + doors.length, 0),
    find(typed, most = 8) {
      const { number, words } = parted(typed);
      if (!words.length) return [];
      const streets = alike(words);
      const [only] = streets;
      if (!number && only && (streets.length === 1 || only.score > 0.985))
        return [...housesOf(only.street, most), ...streets.slice(1).map(({ street }) => wholeOf(street))].slice(0, most);
      if (!number) return streets.map(({ street }) => wholeOf(street)).slice(0, most);
      // Of streets that are nearly as alike, the one that has such a number is meant.
      return streets
        .map(({ street, score }) => ({ found: byNumber(street, number), score }))
        .sort((one, other) => other.score + worth(other.found) - one.score - worth(one.found))
        .map(({ found }) => found)
        .slice(0, most);
    },
    place: (building) => places.get(building) ?? null,
  };
}

/** What was typed, as a house number and the words of a street: the number may stand before or behind. */
export function parted(typed: string): { number: string | null; words: string[] } {
  const words = wordsOf(typed);
  const at = words.findIndex((word) => /^\d/.test(word));
  const first = words[at];
  // Streets are named after days too: a number with a word behind it may be one, so it is taken at an end only.
  if (first === undefined || (at !== 0 && at !== words.length - 1 && !isSuffix(words[at + 1]))) return { number: null, words };
  const suffix = isSuffix(words[at + 1]) && words.length > 2 ? (words[at + 1] ?? "") : "";
  return { number: first + suffix, words: words.filter((_, each) => each !== at && !(suffix && each === at + 1)) };
}

function isSuffix(word: string | undefined): boolean {
  return word !== undefined && /^(bis|ter|quater|[b-z])$/.test(word);
}

/** Words that many streets bear weigh little: "rue" tells nothing. */
function weightsOf(known: readonly Known[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { words } of known) for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Map([...counts].map(([word, count]) => [word, Math.log(1 + known.length / count)]));
}

/** How much of what was typed the street bears, less a little for what it bears beside. */
function scoreOf({ words }: Known, likely: readonly Map<string, number>[], weights: Map<string, number>): number {
  let [borne, asked] = [0, 0];
  const used = new Set<string>();
  for (const each of likely) {
    let [best, by] = [0, ""];
    for (const word of words) {
      const like = used.has(word) ? 0 : (each.get(word) ?? 0);
      if (like > best) [best, by] = [like, word];
    }
    if (by) used.add(by);
    // A word that nothing here is like weighs as much as the likeliest that is known.
    const weight = by ? (weights.get(by) ?? 1) : Math.max(1.5, ...[...each.keys()].map((word) => weights.get(word) ?? 1));
    borne += best * weight;
    asked += weight;
  }
  const rest = words.filter((word) => !used.has(word)).reduce((sum, word) => sum + (weights.get(word) ?? 0), 0);
  const whole = words.reduce((sum, word) => sum + (weights.get(word) ?? 0), 0) || 1;
  return asked ? borne / asked - 0.06 * (rest / whole) : 0;
}

const worth = ({ exact }: Found): number => (exact ? BESIDE / 2 : 0);

const wholeOf = ({ name, doors }: Known): Found => ({
  street: name,
  door: doors.length === 1 ? (doors[0] ?? null) : null,
  doors: doors.length,
  exact: true,
});

function housesOf({ name, doors }: Known, most: number): Found[] {
  return doors.slice(0, most).map((door) => ({ street: name, door, doors: doors.length, exact: true }));
}

/** The house of that number, or the next on its side of the street. */
function byNumber({ name, doors }: Known, number: string): Found {
  const exact = doors.find(([own]) => joined(own) === number);
  if (exact) return { street: name, door: exact, doors: doors.length, exact: true };
  const asked = Number.parseInt(number, 10);
  const away = ([own]: Door): number => {
    const value = Number.parseInt(own, 10);
    return Number.isNaN(value) ? Infinity : Math.abs(value - asked) + (value % 2 === asked % 2 ? 0 : 0.5);
  };
  const [first] = [...doors].sort((one, other) => away(one) - away(other));
  return { street: name, door: first ?? null, doors: doors.length, exact: false };
}

const joined = (number: string): string => wordsOf(number).join("");

const { compare } = new Intl.Collator("fr", { numeric: true });

function compared(one: string, other: string): number {
  return compare(one, other);
}
