/** Counted nouns. */

/** Return a function that counts in a language: `count(2, "camera", "cameras")` is "2 cameras". */
export function counter(locale: string): (count: number, one: string, other: string) => string {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (count, one, other) => {
    const noun = rules.select(count) === "one" ? one : other;
    return `${numbers.format(count)}\u00a0${noun}`;
  };
}
