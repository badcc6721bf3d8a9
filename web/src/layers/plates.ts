/** The stretches of street on which a camera could show number plates sharply enough to be read. */

import type { ExpressionSpecification } from "maplibre-gl";
import { PLATES } from "../filters";
import { SURENESS, type Sureness } from "../generated/api";
import { roadSign } from "../icons";
import { addSource, addTo, oneOf, textOf, type MapLayer } from "../map/layer";

const EDGES = "plate-readings";
const CORE = "plate-readings-core";
const WIDTH: ExpressionSpecification = ["interpolate", ["exponential", 1.6], ["zoom"], 14, 2, 17, 6, 20, 16];
const INNER: ExpressionSpecification = ["interpolate", ["exponential", 1.6], ["zoom"], 14, 0.6, 17, 2.4, 20, 7];

export const plates: MapLayer = {
  surroundings: [{ collection: "plate_readings", from: 14, cells: 14 }],
  touchable: [EDGES],

  add(map, look) {
    addSource(map, "plate_readings");
    addTo(map, "views", {
      id: EDGES,
      type: "line",
      source: "plate_readings",
      layout: { "line-cap": "butt", "line-join": "round" },
      paint: {
        "line-color": look.colours("plate_readings", "sureness") as ExpressionSpecification,
        "line-width": WIDTH,
        // Only where the camera is turned there.
        "line-dasharray": ["match", ["get", "mode"], ["reach", "reach_tele"], ["literal", [1.2, 0.5]], ["literal", [1, 0]]],
      },
    });
    addTo(map, "views", {
      id: CORE,
      type: "line",
      source: "plate_readings",
      layout: { "line-join": "round" },
      paint: { "line-color": look.paper, "line-width": INNER },
    });
  },

  update(map, { shown, cameras, detail }) {
    const chosen = detail?.selected.what === "camera" ? detail.selected.id : null;
    for (const id of [EDGES, CORE]) {
      map.setFilter(id, [
        "all",
        oneOf("sureness", shown.surenesses),
        oneOf("camera_id", cameras.map(({ properties }) => properties.camera_id)),
      ]);
      map.setLayoutProperty(id, "visibility", shown.plates ? "visible" : "none");
      map.setPaintProperty(id, "line-opacity", chosen === null ? 0.85 : ["case", ["==", ["get", "camera_id"], chosen], 1, 0.2]);
    }
  },

  selects: ({ camera_id }) => ({ what: "camera", id: String(camera_id) }),

  describe(row, { words, texts }) {
    const sureness = words.say(SURENESS[row.sureness as Sureness]);
    const streets = textOf(row.streets)?.replaceAll(";", ", ");
    return [texts.platesCouldBeRead, ...(streets ? [streets] : []), sureness].join(" · ");
  },

  legend: (look, words, texts) => [
    {
      title: texts.legendPlates,
      filter: { key: PLATES, label: texts.showPlates },
      entries: look.entries("plate_readings").map((entry) => ({
        sign: roadSign(look.colour("plate_readings", entry.code), look.paper),
        label: words.say(entry),
      })),
      note: texts.legendPlatesNote,
    },
  ],
};
