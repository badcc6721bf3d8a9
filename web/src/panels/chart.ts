/** A row of numbers on one scale: what is claimed, as a span; what is computed and observed, as signs. */

import { drawing } from "../dom";
import type { Rows } from "../generated/api";

type Row = Pick<Rows["comparisons"], "claimed_least" | "claimed_most" | "computed" | "observed">;

const WIDTH = 130;
const SIDE = 8;

/** Return the drawing, hidden from screen readers: the table says the same; nothing where there is but one number. */
export function chart(row: Row): SVGSVGElement | null {
  const known = [row.claimed_least, row.claimed_most, row.computed, row.observed].filter((each) => each !== null);
  const most = Math.max(...known);
  if (new Set(known).size < 2 || most <= 0) return null;
  const x = (value: number): number => SIDE + (value / most) * (WIDTH - 2 * SIDE);
  const paths: Record<string, string>[] = [{ d: `M${SIDE} 14H${WIDTH - SIDE}`, class: "axis" }];
  if (row.claimed_least !== null && row.claimed_most !== null)
    paths.push({ d: `M${x(row.claimed_least)} 7v14M${x(row.claimed_least)} 14H${x(row.claimed_most)}M${x(row.claimed_most)} 7v14`, class: "claimed" });
  if (row.computed !== null) paths.push({ d: `M${x(row.computed)} 8l6 6-6 6-6-6z`, class: "computed" });
  if (row.observed !== null) paths.push({ d: `M${x(row.observed) - 5} 14a5 5 0 1 0 10 0 5 5 0 1 0-10 0z`, class: "observed" });
  return drawing(`0 0 ${WIDTH} 28`, paths, "chart");
}
