/** What the map draws: everything it needs of the page, and nothing back. */

import type { Item } from "../api";
import type { Shown } from "../filters";
import type { Look } from "../look";
import type { Selected, View } from "../state";
import type { Texts } from "../texts";
import type { Words } from "../words";

/** What was asked of the service about the selected building or camera. */
export interface Detail {
  readonly selected: Selected;
  readonly exposures: readonly Item<"exposures">[];
  readonly views: readonly Item<"views">[];
  /** The spaces of the selected building. */
  readonly spaces: readonly Item<"spaces">[];
  /** The parts of walls in view, with their heights. */
  readonly strips: readonly Item<"facade_strips">[];
  /** The floors of the selected building that could be viewed, from the ground up. */
  readonly floors: readonly Item<"exposed_floors">[];
  readonly findings: readonly Item<"findings">[];
}

export interface Scene {
  readonly look: Look;
  readonly words: Words;
  readonly texts: Texts;
  /** Cameras and exposed buildings that the legend lets through. */
  readonly cameras: readonly Item<"cameras">[];
  readonly buildings: readonly Item<"exposed_buildings">[];
  readonly shown: Shown;
  /** What became of cameras, where two disclosures are compared: then their signs stand in the place of the cameras'. */
  readonly changes: readonly Item<"camera_changes">[] | null;
  /** Areas of withheld cameras. */
  readonly withheld: readonly GeoJSON.Feature[];
  readonly cameraOf: (id: string) => Item<"cameras"> | undefined;
  readonly selected: Selected | null;
  readonly view: View;
  readonly detail: Detail | null;
}
