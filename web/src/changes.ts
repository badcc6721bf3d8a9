/** Which disclosures can be compared, and which two are. */

import type { Item } from "./api";
import type { Change } from "./generated/api";
import type { Compared, State } from "./state";

type Disclosure = Pick<Item<"disclosures">["properties"], "disclosure_id" | "requested_on" | "answered_on" | "cameras_placed">;

/** Pairs of disclosures of one authority (country/authority/year-what) that place cameras, the latest pair first. */
export function comparable(disclosures: readonly { readonly properties: Disclosure }[]): Compared[] {
  const placing = disclosures
    .map(({ properties }) => properties)
    .filter(({ cameras_placed }) => cameras_placed > 0)
    .sort(byTime);
  const pairs = placing.flatMap((earlier, at) =>
    placing
      .slice(at + 1)
      .filter((later) => authorityOf(later) === authorityOf(earlier))
      .map((later) => ({ earlier: earlier.disclosure_id, later: later.disclosure_id })),
  );
  return pairs.reverse();
}

/** The two that the state names, or the latest two; null where nothing can be compared, or nobody asks. */
export function comparedIn({ tab, compared, selected }: State, pairs: readonly Compared[]): Compared | null {
  if (tab !== "changes" || selected) return null;
  return pairs.find((pair) => samePair(pair, compared)) ?? pairs[0] ?? null;
}

export function samePair(one: Compared | null, other: Compared | null): boolean {
  return one?.earlier === other?.earlier && one?.later === other?.later;
}

/** How many cameras became what. */
export function counted(rows: readonly Item<"camera_changes">[]): ReadonlyMap<Change, number> {
  const counts = new Map<Change, number>();
  for (const { properties: { change } } of rows) counts.set(change, (counts.get(change) ?? 0) + 1);
  return counts;
}

const authorityOf = ({ disclosure_id: id }: Disclosure): string => id.slice(0, id.lastIndexOf("/"));

/** The day of the answer, or of the request, or the year in the id: as the changes were computed. */
function when({ answered_on, requested_on, disclosure_id: id }: Disclosure): string {
  return answered_on ?? requested_on ?? /^\d{4}(?!\d)/.exec(id.slice(id.lastIndexOf("/") + 1))?.[0] ?? "";
}

function byTime(one: Disclosure, other: Disclosure): number {
  const [first, second] = [`${when(one)} ${one.disclosure_id}`, `${when(other)} ${other.disclosure_id}`];
  return first < second ? -1 : Number(first > second);
}
