/** Every layer of the map, in the order of the legend; the order of drawing is in the slots. */

import type { MapLayer } from "../map/layer";
import { buildings } from "./buildings";
import { cameras } from "./cameras";
import { exposures } from "./exposures";
import { solids } from "./solids";
import { selection } from "./selection";
import { strips } from "./strips";
import { views } from "./views";

export const LAYERS: readonly MapLayer[] = [exposures, cameras, views, buildings, strips, solids, selection];

/** Layers in the order in which they answer to the pointer. */
export const TOUCHED: readonly MapLayer[] = [cameras, exposures, buildings];
