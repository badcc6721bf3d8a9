/** Private buildings and grounds that a camera could view, by sureness: colour, pattern and opacity. */

import type { ExpressionSpecification, FilterSpecification } from "maplibre-gl";
import { surenessKey } from "../filters";
import { SURENESS, type Sureness } from "../generated/api";
import { GROUND_OPACITY, patch, wallSign } from "../icons";
import { patternImage } from "../map/images";
import { addSource, addTo, oneOf, setData, textOf, type MapLayer } from "../map/layer";
import { buildingName } from "../naming";
import type { Look } from "../look";
import type { Scene } from "../map/scene";

export const exposures: MapLayer = {
  surroundings: [{ collection: "exposures", where: { aspect: "ground" }, from: 15, cells: 15 }],
  touchable: ["exposed-buildings"],

  add(map, look) {
    const colour = look.colours("exposed_buildings", "sureness") as ExpressionSpecification;
    addSource(map, "exposed_buildings");
    addSource(map, "exposures");
    addTo(map, "views", {
      id: "exposed-grounds",
      type: "fill",
      source: "exposures",
      paint: { "fill-pattern": pattern(look, true) },
    });
    addTo(map, "exposed", {
      id: "exposed-buildings",
      type: "fill",
      source: "exposed_buildings",
      paint: { "fill-color": colour, "fill-opacity": opacity(look, 1) },
    });
    addTo(map, "exposed", {
      id: "exposed-patterns",
      type: "fill",
      source: "exposed_buildings",
      filter: ["!=", ["get", "sureness"], "certain"],
      paint: { "fill-pattern": pattern(look, false) },
    });
    addTo(map, "exposed", {
      id: "exposed-edges",
      type: "line",
      source: "exposed_buildings",
      paint: {
        "line-color": colour,
        "line-width": ["interpolate", ["linear"], ["zoom"], 13, 0.5, 18, 1.4],
      },
    });
  },

  update(map, scene) {
    setData(map, "exposed_buildings", scene.buildings);
    map.setFilter("exposed-grounds", onGround(scene));
    const faded = scene.detail?.selected.what === "camera" ? 0.35 : 1;
    map.setPaintProperty("exposed-buildings", "fill-opacity", opacity(scene.look, faded));
    map.setPaintProperty("exposed-patterns", "fill-opacity", faded);
    map.setPaintProperty("exposed-edges", "line-opacity", faded);
    map.setPaintProperty("exposed-grounds", "fill-opacity", faded);
  },

  selects: ({ building_id }) => ({ what: "building", id: String(building_id) }),

  describe(row, { words, texts }) {
    const called = buildingName(String(row.building_id), textOf(row.name), textOf(row.address), texts);
    const sureness = words.say(SURENESS[row.sureness as Sureness]);
    const cameras = texts.camerasCount(Number(row.cameras));
    return `${called} · ${cameras} · ${sureness}, ${words.probability(Number(row.probability))}`;
  },

  legend: (look, words, texts) => [
    {
      title: texts.legendBuildings,
      note: texts.legendUnknownDirection,
      entries: [...look.entries("exposed_buildings").map((entry, at, all) => {
        const above = all[at - 1]?.least;
        return {
          sign: patch(entry, look.colour("exposed_buildings", entry.code)),
          label: words.say(entry),
          note: texts.legendRange(
            words.percent(Number(entry.least ?? 0)),
            above === undefined ? null : words.percent(Number(above)),
          ),
          filter: surenessKey(entry.code as Sureness),
        };
      }), { sign: wallSign(look.colour("facade_strips", "certain")), label: texts.legendStrips }],
    },
  ],
};

/** Exposures of grounds: those of façades are drawn along their walls, and are not asked for. */
function onGround({ shown, cameras }: Scene): FilterSpecification {
  return [
    "all",
    oneOf("sureness", shown.surenesses),
    oneOf("camera_id", cameras.map(({ properties }) => properties.camera_id)),
  ];
}

function opacity(look: Look, factor: number): ExpressionSpecification {
  const steps = look
    .entries("exposed_buildings")
    .flatMap(({ code, pattern }) => [code, Number(GROUND_OPACITY[pattern]) * factor]);
  return ["match", ["get", "sureness"], ...steps, 0] as unknown as ExpressionSpecification;
}

/** On grounds even certainty is a pattern: what grows there stays visible. */
function pattern(look: Look, ground: boolean): ExpressionSpecification {
  const images = look.entries("exposed_buildings").flatMap(({ code, pattern: declared }) => {
    const drawn = ground && declared === "solid" ? "hatched" : declared;
    return [code, patternImage(drawn, look.colour("exposed_buildings", code))];
  });
  return ["match", ["get", "sureness"], ...images, ""] as unknown as ExpressionSpecification;
}
