/** How alike two words are, letter by letter: what a slip of the finger does counts little. */

/** Below this two words are not the same, however long. */
export const LEAST = 0.66;

/**
 * Return how alike a typed word and a known one are, from 0 to 1. The beginning of a word is nearly the word: most people
 * stop typing there.
 */
export function likeness(typed: string, known: string): number {
  if (typed === known) return 1;
  if (known.startsWith(typed)) return 0.9 + (0.09 * typed.length) / known.length;
  const most = slips(typed);
  if (most === 0) return 0;
  const whole = distance(typed, known, most);
  // Of a longer word its beginning is compared too, but for the first letter: short beginnings are like anything.
  const begun =
    known.length > typed.length && known.startsWith(typed.slice(0, 1)) && typed.length >= 4
      ? distance(typed, known.slice(0, typed.length), most) + 0.3
      : Infinity;
  const found = Math.min(whole, begun);
  return found > most + 0.3 ? 0 : Math.max(0, 1 - found / Math.max(typed.length, 3));
}

/** How many slips a word of some length may bear; figures bear none. */
function slips(word: string): number {
  if (/\p{N}/u.test(word)) return 0;
  return word.length < 3 ? 0 : word.length < 6 ? 1 : word.length < 10 ? 2 : 3;
}

/**
 * Letters left out, put in, changed or exchanged with their neighbour (optimal string alignment), or Infinity above
 * `most`.
 */
export function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return Infinity;
  // A slip changes at most two of the letters that a word holds: most words are told apart by that alone.
  if (ones(lettersOf(one) ^ lettersOf(other)) > 2 * most) return Infinity;
  let older: number[] = [];
  let old = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= other.length; j++) {
      const change = (old[j - 1] ?? 0) + Number(one[i - 1] !== other[j - 1]);
      let cost = Math.min(change, (old[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        cost = Math.min(cost, (older[j - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return Infinity;
    older = old;
    old = row;
  }
  const found = old[other.length] ?? Infinity;
  return found <= most ? found : Infinity;
}

/** Which letters a word holds, a bit each; letters that share one only make words look more alike. */
function lettersOf(word: string): number {
  let held = 0;
  for (let at = 0; at < word.length; at++) held |= 1 << (word.charCodeAt(at) & 31);
  return held;
}

function ones(bits: number): number {
  let left = bits;
  let count = 0;
  for (; left; count++) left &= left - 1;
  return count;
}
