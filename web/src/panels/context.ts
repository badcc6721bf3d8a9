/** What every panel is given: the data, the language, the look, and what the reader may do. */

import type { Item } from "../api";
import type { Shown } from "../filters";
import type { Look } from "../look";
import type { Compared, Selected, State, Tab, View } from "../state";
import type { Texts } from "../texts";
import type { Words } from "../words";
import type { Changes, World } from "../world";

export interface Actions {
  readonly select: (selected: Selected | null) => void;
  readonly open: (tab: Tab) => void;
  /** Show the cameras of a year, or of all. */
  readonly goTo: (year: number | null) => void;
  /** Turn the map to another view. */
  readonly turn: (view: View) => void;
  /** Compare two disclosures. */
  readonly compare: (pair: Compared) => void;
  readonly filter: (key: string, show: boolean) => void;
}

export interface Context {
  readonly world: World;
  readonly state: State;
  /** What the legend lets through. */
  readonly shown: Shown;
  readonly cameras: readonly Item<"cameras">[];
  readonly buildings: readonly Item<"exposed_buildings">[];
  /** What became of cameras, where two disclosures are compared; null while it is on its way, and else. */
  readonly changes: Changes | null;
  readonly texts: Texts;
  readonly words: Words;
  readonly look: Look;
  readonly actions: Actions;
}
