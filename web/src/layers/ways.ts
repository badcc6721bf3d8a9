/** The ways on which a vehicle could be followed: from one place where its plate could be read to the next. */

import type { ExpressionSpecification } from "maplibre-gl";
import { WAYS } from "../filters";
import { SURENESS, type Sureness } from "../generated/api";
import { waySign } from "../icons";
import { addSource, addTo, oneOf, textOf, type MapLayer } from "../map/layer";
import type { Scene } from "../map/scene";

const WAY = "followed-ways";

export const ways: MapLayer = {
  surroundings: [{ collection: "followed_ways", from: 13, cells: 13 }],
  touchable: [WAY],

  add(map, look) {
    addSource(map, "followed_ways");
    addTo(map, "views", {
      id: WAY,
      type: "line",
      source: "followed_ways",
      layout: { "line-cap": "round", "line-join": "round" },
      paint: {
        "line-color": look.colour("views", "identify"),
        "line-width": ["interpolate", ["linear"], ["zoom"], 13, 1.2, 18, 3.5],
        "line-dasharray": [0.2, 2],
      },
    });
  },

  update(map, scene) {
    const { shown, cameras, detail } = scene;
    const through = cameras.map(({ properties }) => properties.camera_id);
    map.setFilter(WAY, [
      "all",
      oneOf("sureness", shown.surenesses),
      oneOf("camera_from", through),
      oneOf("camera_to", through),
    ]);
    map.setLayoutProperty(WAY, "visibility", shown.ways ? "visible" : "none");
    const chosen = detail?.selected.what === "camera" ? detail.selected.id : null;
    const ends: ExpressionSpecification = ["any", ["==", ["get", "camera_from"], chosen], ["==", ["get", "camera_to"], chosen]];
    map.setPaintProperty(WAY, "line-opacity", chosen === null ? 0.9 : ["case", ends, 1, 0.2]);
  },

  describe(row, scene) {
    const { words, texts } = scene;
    const sureness = words.say(SURENESS[row.sureness as Sureness]);
    const streets = textOf(row.streets)?.replaceAll(";", ", ");
    const from = labelOf(String(row.camera_from), scene);
    const to = labelOf(String(row.camera_to), scene);
    return [texts.wayCouldBeFollowed(from, to), ...(streets ? [streets] : []), sureness].join(" · ");
  },

  legend: (look, _, texts) => [
    {
      title: texts.legendWays,
      filter: { key: WAYS, label: texts.showWays },
      entries: [{ sign: waySign(look.colour("views", "identify")), label: texts.legendWay }],
      note: texts.legendWaysNote,
    },
  ],
};

function labelOf(id: string, { cameras }: Scene): string {
  return cameras.find(({ properties }) => properties.camera_id === id)?.properties.label ?? id;
}
