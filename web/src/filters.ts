/** What the legend lets through, the same for the map and the list. */

import type { Item } from "./api";
import { CAMERA_KIND, CHANGE, SURENESS, type CameraKind, type Change, type Sureness } from "./generated/api";
import { folded } from "./search/folding";

export const VIEWS = "views";
export const PLATES = "plates";
export const WAYS = "ways";

export const cameraKey = (kind: CameraKind): string => `cameras.${kind}`;
export const disclosureKey = (id: string): string => `disclosures.${id}`;
export const changeKey = (change: Change): string => `changes.${change}`;
export const surenessKey = (sureness: Sureness): string => `sureness.${sureness}`;

export interface Shown {
  /** Whether cameras of a disclosure are. */
  readonly disclosure: (id: string) => boolean;
  readonly kinds: ReadonlySet<CameraKind>;
  readonly surenesses: ReadonlySet<Sureness>;
  readonly changes: ReadonlySet<Change>;
  readonly views: boolean;
  readonly plates: boolean;
  readonly ways: boolean;
}

/** Return what is shown where `hidden` is hidden. */
export function shownBut(hidden: readonly string[]): Shown {
  const kinds = Object.keys(CAMERA_KIND) as CameraKind[];
  const changes = Object.keys(CHANGE) as Change[];
  const surenesses = Object.keys(SURENESS) as Sureness[];
  return {
    disclosure: (id) => !hidden.includes(disclosureKey(id)),
    kinds: new Set(kinds.filter((kind) => !hidden.includes(cameraKey(kind)))),
    surenesses: new Set(surenesses.filter((sureness) => !hidden.includes(surenessKey(sureness)))),
    changes: new Set(changes.filter((change) => !hidden.includes(changeKey(change)))),
    views: !hidden.includes(VIEWS),
    plates: !hidden.includes(PLATES),
    ways: !hidden.includes(WAYS),
  };
}

/** Return `hidden` with `key` in it or out of it. */
export function toggled(hidden: readonly string[], key: string, show: boolean): string[] {
  const others = hidden.filter((each) => each !== key);
  return show ? others : [...others, key];
}

export function camerasShown(cameras: readonly Item<"cameras">[], shown: Shown, year: number | null = null): Item<"cameras">[] {
  return cameras.filter((camera) => shown.kinds.has(camera.properties.kind) && shown.disclosure(camera.properties.disclosure_id) && stoodIn(camera, year));
}

/** Whether a camera is known to have stood in a year; one that tells no dates may have, and is always shown. */
export function stoodIn({ properties: { valid_from, valid_to } }: Item<"cameras">, year: number | null): boolean {
  if (year === null) return true;
  return (valid_from === null || Number(valid_from.slice(0, 4)) <= year) && (valid_to === null || Number(valid_to.slice(0, 4)) >= year);
}

/** A building is shown where its sureness is, and a camera that could view it. */
export function buildingsShown(
  buildings: readonly Item<"exposed_buildings">[],
  cameras: ReadonlySet<string>,
  shown: Shown,
): Item<"exposed_buildings">[] {
  return buildings.filter(
    ({ properties }) =>
      shown.surenesses.has(properties.sureness) &&
      split(properties.camera_ids).some((camera) => cameras.has(camera)),
  );
}

/** Ids and codes are joined by ';' in tables. */
export function split(joined: string | null | undefined): string[] {
  return (joined ?? "").split(";").filter(Boolean);
}

/** Return a test for texts that hold every word that was typed, whatever the accents, signs and capitals. */
export function matcher(typed: string): (text: string) => boolean {
  const words = folded(typed).split(" ").filter(Boolean);
  if (!words.length) return () => true;
  return (text) => {
    const target = folded(text);
    return words.every((word) => target.includes(word));
  };
}
