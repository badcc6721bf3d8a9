/** The ground that cameras could see, in bands of sharpness: lightly for all, clearly for the selected one. */

import type { ExpressionSpecification, FilterSpecification } from "maplibre-gl";
import { VIEWS } from "../filters";
import { plainPatch } from "../icons";
import { addSource, addTo, oneOf, setData, type MapLayer } from "../map/layer";

const SELECTED = "selected-views";

/** What a camera can be turned to; at full zoom only its edge is drawn, or it would cover all else. */
const isReach: ExpressionSpecification = ["in", ["get", "mode"], ["literal", ["reach", "reach_tele"]]];

export const views: MapLayer = {
  surroundings: [{ collection: "views", from: 14.5, cells: 15 }],

  add(map, look) {
    const colour = look.colours("views", "level") as ExpressionSpecification;
    addSource(map, "views");
    addSource(map, "views", SELECTED);
    addTo(map, "views", {
      id: "views",
      type: "fill",
      source: "views",
      paint: { "fill-color": colour, "fill-antialias": false, "fill-opacity": surely(0.3) },
    });
    addTo(map, "views", {
      id: SELECTED,
      type: "fill",
      source: SELECTED,
      filter: ["!", isReach],
      paint: { "fill-color": colour, "fill-opacity": surely(0.85) },
    });
    addTo(map, "views", {
      id: "selected-reach",
      type: "fill",
      source: SELECTED,
      filter: ["==", ["get", "mode"], "reach"],
      paint: { "fill-color": colour, "fill-opacity": surely(0.35) },
    });
    addTo(map, "selection", {
      id: "selected-view-edges",
      type: "line",
      source: SELECTED,
      paint: {
        "line-color": look.colour("views", "identify"),
        "line-opacity": 0.55,
        "line-width": 0.8,
        "line-dasharray": [
          "match",
          ["get", "mode"],
          "reach",
          ["literal", [2, 3]],
          "reach_tele",
          ["literal", [1, 5]],
          ["literal", [1, 0]],
        ],
      },
    });
  },

  update(map, { shown, cameras, detail, selected }) {
    const lightly: FilterSpecification = [
      "all",
      // All that a camera can be turned to is shown when somebody asks for that camera.
      ["!", isReach],
      oneOf("camera_id", cameras.map(({ properties }) => properties.camera_id)),
    ];
    map.setFilter("views", lightly);
    map.setLayoutProperty("views", "visibility", shown.views ? "visible" : "none");
    map.setPaintProperty("views", "fill-opacity", surely(selected ? 0.1 : 0.3));
    setData(map, SELECTED, detail?.views ?? []);
  },

  legend: (look, words, texts) => [
    {
      title: texts.legendViews,
      filter: { key: VIEWS, label: texts.showViews },
      entries: look.entries("views").map((entry, at, all) => ({
        sign: plainPatch(look.colour("views", entry.code)),
        label: words.say(entry),
        note: texts.legendRange(
          words.density(Number(entry.least ?? 0)),
          at + 1 < all.length ? words.density(Number(all[at + 1]?.least ?? 0)) : null,
          words.say({ en: entry.newer_en ?? "", fr: entry.newer_fr ?? "" }),
        ),
      })),
      note: texts.legendLevels,
    },
  ],
};

/** The less sure, the paler; never so pale that it is not there. */
function surely(most: number): ExpressionSpecification {
  return ["interpolate", ["linear"], ["coalesce", ["get", "probability"], 1], 0, most * 0.25, 1, most];
}
