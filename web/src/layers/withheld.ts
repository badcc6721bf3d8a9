/** Areas in which cameras stand whose places are withheld, where anybody knows the area. */

import { areaSign } from "../icons";
import { patternImage } from "../map/images";
import { addSource, addTo, setData, textOf, type LegendGroup, type MapLayer } from "../map/layer";
import type { Look } from "../look";
import type { Texts } from "../texts";

const AREA = "withheld-areas";

export const withheld: MapLayer = {
  touchable: [AREA],

  add(map, look) {
    addSource(map, "withheld");
    addTo(map, "ground", {
      id: AREA,
      type: "fill",
      source: "withheld",
      paint: { "fill-pattern": patternImage("hatched", colour(look)), "fill-opacity": 0.45 },
    });
    addTo(map, "ground", {
      id: "withheld-edges",
      type: "line",
      source: "withheld",
      paint: { "line-color": colour(look), "line-width": 2, "line-dasharray": [3, 2] },
    });
  },

  update(map, { withheld }) {
    setData(map, "withheld", withheld);
  },

  describe: (row, { texts }) => texts.withheldHere(Number(row.cameras), textOf(row.what) ?? ""),
};

/** What the legend says of them, where there are any. */
export function withheldKey(look: Look, texts: Texts): LegendGroup {
  return { title: texts.withheldHeading, entries: [{ sign: areaSign(colour(look)), label: texts.withheldArea }] };
}

const colour = (look: Look): string => look.colour("documents", "withheld");
