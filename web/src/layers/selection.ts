/** What is selected: its outline, the parts in view, and the lines of sight between camera and building. */

import type { Geometry, Position } from "geojson";
import { grouped } from "../grouping";
import { addSource, addTo, setData, type MapLayer } from "../map/layer";
import type { Scene } from "../map/scene";

const SELECTION = "selection-data";

export const selection: MapLayer = {
  add(map, look) {
    addSource(map, "exposures", SELECTION);
    addTo(map, "selection", {
      id: "selected-outline",
      type: "line",
      source: SELECTION,
      filter: ["==", ["get", "part"], "outline"],
      layout: { "line-join": "round" },
      paint: { "line-color": look.ink, "line-width": 2.4 },
    });
    addTo(map, "selection", {
      id: "selected-sights",
      type: "line",
      source: SELECTION,
      filter: ["==", ["get", "part"], "sight"],
      paint: {
        "line-color": look.accent,
        "line-width": 1.4,
        "line-dasharray": [3, 2],
        "line-opacity": ["interpolate", ["linear"], ["get", "probability"], 0, 0.35, 1, 1],
      },
    });
    for (const [id, colour, width] of [
      ["selected-halo", look.paper, 8],
      ["selected-parts", look.accent, 4.5],
    ] as const) {
      addTo(map, "selection", {
        id,
        type: "line",
        source: SELECTION,
        filter: ["==", ["get", "part"], "seen"],
        layout: { "line-cap": "round" },
        paint: { "line-color": colour, "line-width": width },
      });
    }
  },

  update(map, scene) {
    // In three dimensions the parts stand in the air, at their heights.
    const flat = scene.view === "flat" ? "visible" : "none";
    for (const id of ["selected-halo", "selected-parts"]) map.setLayoutProperty(id, "visibility", flat);
    setData(map, SELECTION, scene.selected ? [...outline(scene), ...seen(scene), ...sights(scene)] : []);
  },
};

function outline({ selected, buildings, detail }: Scene): GeoJSON.Feature[] {
  const exposed = buildings.find(({ properties }) => properties.building_id === selected?.id);
  const space = detail?.spaces.find(({ geometry }) => geometry.type !== "Point");
  const geometry = exposed?.geometry ?? space?.geometry;
  return geometry && selected?.what === "building" ? [part("outline", geometry)] : [];
}

/** Parts of walls; grounds and entrances in view are drawn by their own layers. */
function seen({ detail }: Scene): GeoJSON.Feature[] {
  const walls = (detail?.exposures ?? []).filter(({ properties }) => properties.aspect === "facade");
  return walls.map(({ geometry }) => part("seen", geometry));
}

/** One line from each camera to what it views of the selected building; a camera's own view says it by itself. */
function sights({ detail, cameras }: Scene): GeoJSON.Feature[] {
  if (detail?.selected.what !== "building") return [];
  const byCamera = grouped(detail.exposures, ({ properties }) => properties.camera_id);
  return [...byCamera].flatMap(([id, exposures]) => {
    const camera = cameras.find(({ properties }) => properties.camera_id === id);
    const viewed = exposures.find(({ properties }) => properties.aspect === "facade") ?? exposures[0];
    const target = viewed && middle(viewed.geometry);
    if (!camera || !target) return [];
    const line: Geometry = { type: "LineString", coordinates: [camera.geometry.coordinates, target] };
    return [part("sight", line, viewed.properties.probability)];
  });
}

function part(name: string, geometry: Geometry, probability = 1): GeoJSON.Feature {
  return { type: "Feature", geometry, properties: { part: name, probability } };
}

/** A place on a part in view that stands for it: the middle of its longest straight piece, or of its ring. */
function middle(geometry: Geometry): Position | null {
  const drawn = lines(geometry);
  const [first] = drawn;
  if (!first) return null;
  if (geometry.type.endsWith("Polygon") || first.length < 2) return mean(first);
  const pieces = drawn.flatMap((line) => line.slice(1).map((to, at) => [line[at] ?? to, to]));
  return mean(pieces.reduce((one, other) => (extent(other) > extent(one) ? other : one)));
}

function lines(geometry: Geometry): Position[][] {
  switch (geometry.type) {
    case "Point":
      return [[geometry.coordinates]];
    case "LineString":
      return [geometry.coordinates];
    case "MultiLineString":
      return geometry.coordinates;
    case "Polygon":
      return geometry.coordinates.slice(0, 1);
    case "MultiPolygon":
      return geometry.coordinates.flatMap((polygon) => polygon.slice(0, 1));
    default:
      return [];
  }
}

/** Degrees are longer northwards, but pieces of one building compare well enough. */
function extent([from, to]: Position[]): number {
  const [x = 0, y = 0] = from ?? [];
  const [u = 0, v = 0] = to ?? [];
  return Math.hypot(x - u, y - v);
}

function mean(points: Position[]): Position {
  const total = points.reduce(([x = 0, y = 0], [px = 0, py = 0]) => [x + px, y + py], [0, 0]);
  return total.map((sum) => sum / points.length);
}
