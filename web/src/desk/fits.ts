/** Where each sheet lies on the ground, asked for once and anew when its control points have changed. */

import type { Outline } from "../generated/desk";
import type { Bench } from "./bench";
import { fitOf, type Fit } from "./ground";
import { pageOf } from "./model";
import type { Underlay } from "./panes/streets";
import { pictureOf } from "./service";

/** The picture that lies under the map need not be sharper than this. */
const UNDERLAY_PX = 2400;

export interface Fits {
  /** Of the page that is looked at; null where nobody knows. */
  now(): Fit | null;
  /** Ask for it, where it is not known yet. */
  find(): Promise<void>;
  set(file: string, outline: Outline | null): void;
  /** Ask anew the next time. */
  forget(): void;
  /** The page as it lies under the map; null where it is beside it. */
  underlay(opacity: number): Underlay | null;
}

export function createFits(bench: Bench): Fits {
  const known = new Map<string, Fit | null>();
  const key = (file = bench.view().file): string => `${file}#${bench.view().page}`;
  const page = (): ReturnType<typeof pageOf> => pageOf(bench.model(), bench.view().file, bench.view().page);
  const through = (outline: Outline | null): Fit | null => {
    const size = page();
    return (outline && size && fitOf(outline.corners, size.width, size.height)) ?? null;
  };
  const now = (): Fit | null => known.get(key()) ?? null;
  return {
    now,
    async find() {
      const { file } = bench.view();
      const wanted = key();
      if (known.has(wanted) || !file) return;
      known.set(wanted, null);
      // A sheet may lie nowhere yet: its places are told on the sheet alone.
      const outline = await bench.service.outline(file).catch(() => null);
      if (wanted === key()) known.set(wanted, through(outline));
      else known.delete(wanted);
    },
    set(file, outline) {
      known.set(key(file), through(outline));
    },
    forget() {
      known.delete(key());
    },
    underlay(opacity) {
      const size = page();
      const fit = now();
      if (!size || !fit || opacity === 0) return null;
      const { width, height } = size;
      const corners = ([[0, 0], [width, 0], [width, height], [0, height]] as const).map((corner) => fit.toGround(corner));
      const { file, page: number } = bench.view();
      return { url: new URL(pictureOf(file, number, Math.min(width, UNDERLAY_PX)), location.href).href, corners, opacity };
    },
  };
}
