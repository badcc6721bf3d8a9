/** Where acts wait in this browser: a place for each tab, and what closed tabs left behind is taken over. */

import type { Parcel } from "./outbox";

export interface Keeping {
  /** What was left by this dossier's closed tabs, oldest first. */
  readonly left: readonly Parcel[];
  keep(parcels: readonly Parcel[]): void;
}

export async function openKeeping(disclosure: string): Promise<Keeping> {
  const prefix = `visavis-desk:${disclosure}:`;
  const mine = `${prefix}${Date.now()}-${Math.random().toString(36).slice(2)}`;
  const left: Parcel[] = [];
  // Held as long as this tab lives: by it others know that the tab is not closed.
  void navigator.locks.request(mine, () => new Promise(() => undefined));
  for (const key of keysOf(prefix)) {
    await navigator.locks.request(key, { ifAvailable: true }, (lock) => {
      if (!lock) return;
      left.push(...read(key));
      localStorage.removeItem(key);
    });
  }
  const keep = (parcels: readonly Parcel[]): void => {
    if (parcels.length) localStorage.setItem(mine, JSON.stringify(parcels));
    else localStorage.removeItem(mine);
  };
  // Whether they arrived nobody knows.
  const unsure = left.map((parcel) => ({ ...parcel, unsure: true }));
  keep(unsure);
  return { left: unsure, keep };
}

function keysOf(prefix: string): string[] {
  return Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? "")
    .filter((key) => key.startsWith(prefix))
    .sort();
}

function read(key: string): Parcel[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]") as Parcel[];
  } catch {
    return [];
  }
}
