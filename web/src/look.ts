/** How things look now: the palette that the service declares, on the ground that the style sheet declares. */

import type { Legend, LegendEntry } from "./api";

type Coloured = keyof Legend;

export interface Look {
  readonly dark: boolean;
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly edge: string;
  readonly accent: string;
  entries(layer: Coloured): readonly LegendEntry[];
  colour(layer: Coloured, code: string): string;
  /** A style expression that gives each code of a column its colour. */
  colours(layer: Coloured, column: string): unknown[];
}

const scheme = matchMedia("(prefers-color-scheme: dark)");

/** Return the look of the scheme that the reader prefers. */
export function lookOf(legend: Legend): Look {
  const dark = scheme.matches;
  const style = getComputedStyle(document.documentElement);
  const property = (name: string): string => style.getPropertyValue(name).trim();
  const muted = property("--muted");
  const tint = (entry: LegendEntry): string => (dark ? entry.colour_dark : entry.colour);
  const entries = (layer: Coloured): readonly LegendEntry[] => legend[layer] ?? [];
  return {
    dark,
    paper: property("--paper"),
    ink: property("--ink"),
    muted,
    edge: property("--map-edge"),
    accent: property("--accent"),
    entries,
    colour: (layer, code) => {
      const entry = entries(layer).find((each) => each.code === code);
      return entry ? tint(entry) : muted;
    },
    colours: (layer, column) => [
      "match",
      ["get", column],
      ...entries(layer).flatMap((entry) => [entry.code, tint(entry)]),
      muted,
    ],
  };
}

/** Call `changed` whenever the reader turns to light or dark. */
export function whenSchemeChanges(changed: () => void): void {
  scheme.addEventListener("change", changed);
}
