/** What became of cameras from one disclosure to a later one: a sign at each, the way it moved, where it pointed and points. */

import type { Position } from "geojson";
import type { Item } from "../api";
import { CHANGE, type Change } from "../generated/api";
import { changeImage, wedgeImage } from "../map/images";
import { addSource, addTo, setData, textOf, type MapLayer } from "../map/layer";
import type { Scene } from "../map/scene";
import { changedName } from "../naming";
import { pointing } from "../pointing";

const SIGNS = "change-signs";

type Row = Item<"camera_changes">;

export const changes: MapLayer = {
  touchable: [SIGNS],

  add(map, look) {
    addSource(map, "camera_changes");
    addTo(map, "pointing", {
      id: "change-pointing",
      type: "symbol",
      source: "camera_changes",
      filter: ["==", ["get", "part"], "pointing"],
      minzoom: 14.5,
      layout: {
        "icon-image": ["get", "image"],
        "icon-rotate": ["get", "turned"],
        "icon-rotation-alignment": "map",
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
        "icon-size": ["interpolate", ["exponential", 1.5], ["zoom"], 14, 0.5, 16, 0.75, 18, 1.1, 20, 1.8],
      },
      paint: { "icon-opacity": ["get", "opacity"] },
    });
    addTo(map, "pointing", {
      id: "change-ways",
      type: "line",
      source: "camera_changes",
      filter: ["==", ["get", "part"], "way"],
      layout: { "line-cap": "round" },
      paint: { "line-color": look.colour("camera_changes", "moved"), "line-width": 3, "line-dasharray": [0.2, 1.8] },
    });
    addTo(map, "pointing", {
      id: "change-origins",
      type: "circle",
      source: "camera_changes",
      filter: ["==", ["get", "part"], "origin"],
      paint: {
        "circle-color": look.paper,
        "circle-radius": 4,
        "circle-stroke-color": look.colour("camera_changes", "moved"),
        "circle-stroke-width": 2,
      },
    });
    addTo(map, "markers", {
      id: SIGNS,
      type: "symbol",
      source: "camera_changes",
      filter: ["==", ["get", "part"], "sign"],
      layout: {
        "icon-image": ["get", "image"],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
        "icon-size": ["interpolate", ["linear"], ["zoom"], 12, 0.45, 16, 0.7, 18, 0.9],
        "symbol-sort-key": ["get", "order"],
      },
    });
    addTo(map, "labels", {
      id: "change-labels",
      type: "symbol",
      source: "camera_changes",
      filter: ["all", ["==", ["get", "part"], "sign"], ["!=", ["get", "change"], "kept"]],
      minzoom: 15.5,
      layout: {
        "text-field": ["get", "name"],
        "text-font": ["Noto Sans", "Helvetica Neue", "Arial", "sans-serif"],
        "text-size": 11,
        "text-variable-anchor": ["top", "bottom", "left", "right"],
        "text-radial-offset": 1.5,
        "text-optional": true,
      },
      paint: { "text-color": look.ink, "text-halo-color": look.paper, "text-halo-width": 1.6 },
    });
  },

  update(map, scene) {
    const rows = (scene.changes ?? []).filter(({ properties }) => scene.shown.changes.has(properties.change));
    setData(map, "camera_changes", rows.flatMap((row) => drawn(row, scene)));
  },

  selects: ({ camera }) => ({ what: "camera", id: String(camera) }),

  describe: (row, { words }) => `${textOf(row.name) ?? ""} · ${words.say(CHANGE[row.change as Change])}`,
};

function drawn(row: Row, scene: Scene): GeoJSON.Feature[] {
  const { change, camera_from, camera_to } = row.properties;
  const way = row.geometry.type === "LineString" ? row.geometry.coordinates : null;
  const at: Position = way?.at(-1) ?? (row.geometry.coordinates as Position);
  const from: Position = way?.[0] ?? at;
  const sign = {
    change,
    camera: camera_to ?? camera_from,
    name: changedName(row.properties, scene.texts),
    image: changeImage(change),
    order: change === "kept" ? 0 : 1,
  };
  const turned = change === "turned" || change === "moved_and_turned";
  return [
    part("sign", { type: "Point", coordinates: at }, sign),
    ...(way ? [part("way", row.geometry), part("origin", { type: "Point", coordinates: from })] : []),
    ...(turned ? [...wedge(camera_from, from, 0.35, scene), ...wedge(camera_to, at, 1, scene)] : []),
  ];
}

function wedge(id: string | null, coordinates: Position, opacity: number, { cameraOf }: Scene): GeoJSON.Feature[] {
  const camera = id === null ? undefined : cameraOf(id);
  const points = camera && pointing(camera.properties);
  if (points?.how !== "towards") return [];
  const image = wedgeImage(points.hfov, points.sd);
  return [part("pointing", { type: "Point", coordinates }, { image, turned: points.azimuth, opacity })];
}

function part(name: string, geometry: GeoJSON.Geometry, properties: GeoJSON.GeoJsonProperties = {}): GeoJSON.Feature {
  return { type: "Feature", geometry, properties: { ...properties, part: name } };
}
