/** The built world in calm colours: buildings, grounds, entrances, and their names. */

import type { ExpressionSpecification } from "maplibre-gl";
import { SPACE_KIND, type SpaceKind } from "../generated/api";
import { plainPatch } from "../icons";
import { addSource, addTo, textOf, type MapLayer } from "../map/layer";
import { buildingName } from "../naming";

const KINDS_OF_BUILDINGS: SpaceKind[] = ["dwelling_facade", "other_private", "sensitive_place", "public"];
export const isBuilding: ExpressionSpecification = ["in", ["get", "kind"], ["literal", KINDS_OF_BUILDINGS]];
const isGround: ExpressionSpecification = ["==", ["get", "kind"], "private_ground"];

const address: ExpressionSpecification = ["concat", ["coalesce", ["get", "address"], ""], " "];
const firstWord: ExpressionSpecification = ["slice", address, 0, ["index-of", " ", address]];

/** What an address begins with, where that is a number: the rest is in the panel, and would not fit a house. */
const houseNumber: ExpressionSpecification = [
  "case",
  ["in", ["slice", firstWord, 0, 1], "123456789"],
  firstWord,
  "",
];

export const buildings: MapLayer = {
  surroundings: [{ collection: "spaces", from: 14, cells: 15 }],
  touchable: ["buildings", "grounds"],

  add(map, look) {
    const colour = look.colours("spaces", "kind") as ExpressionSpecification;
    addSource(map, "spaces");
    addTo(map, "ground", {
      id: "grounds",
      type: "fill",
      source: "spaces",
      filter: isGround,
      paint: { "fill-color": colour },
    });
    addTo(map, "buildings", {
      id: "buildings",
      type: "fill",
      source: "spaces",
      filter: isBuilding,
      paint: { "fill-color": colour },
    });
    addTo(map, "buildings", {
      id: "building-edges",
      type: "line",
      source: "spaces",
      filter: isBuilding,
      paint: { "line-color": look.edge, "line-width": ["interpolate", ["linear"], ["zoom"], 14, 0.3, 18, 1.2] },
    });
    addTo(map, "walls", {
      id: "entrances",
      type: "circle",
      source: "spaces",
      minzoom: 17,
      filter: ["==", ["get", "kind"], "dwelling_entrance"],
      paint: {
        "circle-color": look.paper,
        "circle-stroke-color": colour,
        "circle-stroke-width": 1.4,
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 17, 1.5, 20, 4],
      },
    });
    addTo(map, "labels", {
      id: "names",
      type: "symbol",
      source: "spaces",
      minzoom: 16.5,
      filter: ["all", isBuilding, ["any", ["to-boolean", ["get", "name"]], [">=", ["zoom"], 17.4]]],
      layout: {
        "text-field": ["coalesce", ["get", "name"], houseNumber],
        "text-font": ["Noto Sans", "Helvetica Neue", "Arial", "sans-serif"],
        "text-size": ["interpolate", ["linear"], ["zoom"], 16, 10, 19, 12],
        "text-max-width": 7,
        "text-padding": 6,
      },
      paint: { "text-color": look.ink, "text-halo-color": look.paper, "text-halo-width": 1.6 },
    });
  },

  update() {
    // The built world is the same whatever is selected.
  },

  selects: ({ building_id }) => (typeof building_id === "string" ? { what: "building", id: building_id } : null),

  describe(row, { words, texts }) {
    const kind = words.say(SPACE_KIND[row.kind as SpaceKind]);
    const called = buildingName(String(row.building_id), textOf(row.name), textOf(row.address), texts);
    return `${called} · ${kind}`;
  },

  legend: (look, words, texts) => [
    {
      title: texts.legendSpaces,
      entries: look
        .entries("spaces")
        .filter(({ code }) => code !== "dwelling_entrance")
        .map((entry) => ({
          sign: plainPatch(look.colour("spaces", entry.code)),
          label: words.say(entry),
        })),
    },
  ],
};
