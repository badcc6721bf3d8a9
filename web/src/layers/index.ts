/** Every layer of the map, in the order of the legend; the order of drawing is in the slots. */

import type { MapLayer } from "../map/layer";
import { buildings } from "./buildings";
import { changes } from "./changes";
import { cameras } from "./cameras";
import { exposures } from "./exposures";
import { plates } from "./plates";
import { selection } from "./selection";
import { solids } from "./solids";
import { strips } from "./strips";
import { views } from "./views";
import { ways } from "./ways";
import { withheld } from "./withheld";

export const LAYERS: readonly MapLayer[] = [
  exposures,
  cameras,
  changes,
  views,
  plates,
  ways,
  withheld,
  buildings,
  strips,
  solids,
  selection,
];

/** Layers in the order in which they answer to the pointer. */
export const TOUCHED: readonly MapLayer[] = [changes, cameras, exposures, plates, ways, buildings, withheld];
