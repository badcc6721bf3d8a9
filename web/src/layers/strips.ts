/** The parts of walls that a camera could see, along the wall. */

import type { ExpressionSpecification } from "maplibre-gl";
import { addSource, addTo, oneOf, type MapLayer } from "../map/layer";
import { SURENESS } from "../generated/api";

const ORDER = Object.keys(SURENESS).reverse();

export const strips: MapLayer = {
  surroundings: [{ collection: "facade_strips", from: 15, cells: 15 }],

  add(map, look) {
    addSource(map, "facade_strips");
    addTo(map, "walls", {
      id: "strips",
      type: "line",
      source: "facade_strips",
      layout: {
        "line-cap": "butt",
        // Where walls are seen by several cameras, the surest is drawn last.
        "line-sort-key": ["index-of", ["get", "sureness"], ["literal", ORDER]],
      },
      paint: {
        "line-color": look.colours("facade_strips", "sureness") as ExpressionSpecification,
        "line-width": ["interpolate", ["exponential", 1.6], ["zoom"], 15, 1.6, 17, 3.2, 20, 9],
        "line-dasharray": [
          "match",
          ["get", "sureness"],
          "likely",
          ["literal", [2.2, 0.7]],
          "possible",
          ["literal", [0.8, 0.8]],
          ["literal", [1, 0]],
        ],
      },
    });
  },

  update(map, { shown, cameras, buildings, detail }) {
    map.setFilter("strips", [
      "all",
      ["!", ["in", ["get", "mode"], ["literal", ["reach", "reach_tele"]]]],
      oneOf("sureness", shown.surenesses),
      oneOf("camera_id", cameras.map(({ properties }) => properties.camera_id)),
      // Walls of public buildings are seen too; what is drawn is what is exposed.
      oneOf("building_id", buildings.map(({ properties }) => properties.building_id)),
    ]);
    map.setPaintProperty("strips", "line-opacity", detail?.selected.what === "camera" ? 0.3 : 1);
  },
};
