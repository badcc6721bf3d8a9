/** The cameras: by kind, with where they point as far as that is known. */

import type { ExpressionSpecification } from "maplibre-gl";
import type { Item } from "../api";
import { cameraKey, split } from "../filters";
import { CAMERA_KIND, type CameraKind } from "../generated/api";
import { cameraSign, pointingSign } from "../icons";
import { markerImage, ringImage, wedgeImage } from "../map/images";
import { addSource, addTo, setData, textOf, type MapLayer } from "../map/layer";
import { cameraName } from "../naming";
import type { Scene } from "../map/scene";
import { pointing } from "../pointing";
import type { Selected } from "../state";

export const cameras: MapLayer = {
  touchable: ["camera-markers", "camera-dots"],

  add(map, look) {
    const colour = look.colours("cameras", "kind") as ExpressionSpecification;
    addSource(map, "cameras");
    addTo(map, "markers", {
      id: "camera-dots",
      type: "circle",
      source: "cameras",
      maxzoom: 14.5,
      paint: {
        "circle-color": colour,
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 10, 2, 14, 4.5],
        "circle-stroke-color": look.paper,
        "circle-stroke-width": 1,
      },
    });
    addTo(map, "pointing", {
      id: "camera-pointing",
      type: "symbol",
      source: "cameras",
      minzoom: 14.5,
      layout: {
        "icon-image": ["get", "pointing"],
        "icon-rotate": ["get", "turned"],
        "icon-rotation-alignment": "map",
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
        "icon-size": ["interpolate", ["exponential", 1.5], ["zoom"], 14, 0.4, 16, 0.62, 18, 1, 20, 1.8],
      },
    });
    addTo(map, "markers", {
      id: "camera-markers",
      type: "symbol",
      source: "cameras",
      minzoom: 14.5,
      layout: {
        "icon-image": ["get", "marker"],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
        "icon-size": ["interpolate", ["linear"], ["zoom"], 14, 0.36, 16, 0.52, 18, 0.78, 20, 1],
        "symbol-sort-key": ["get", "order"],
      },
    });
    addTo(map, "labels", {
      id: "camera-labels",
      type: "symbol",
      source: "cameras",
      minzoom: 16.8,
      layout: {
        "text-field": ["coalesce", ["get", "label"], ""],
        "text-font": ["Noto Sans", "Helvetica Neue", "Arial", "sans-serif"],
        "text-size": 11,
        "text-variable-anchor": ["top", "bottom", "left", "right"],
        "text-radial-offset": ["interpolate", ["linear"], ["zoom"], 17, 1, 20, 1.6],
        "text-optional": true,
      },
      paint: { "text-color": look.ink, "text-halo-color": look.paper, "text-halo-width": 1.6 },
    });
  },

  update(map, scene) {
    const concerned = concernedIn(scene);
    setData(map, "cameras", scene.cameras.map((camera) => drawn(camera, scene.selected, concerned)));
    const at: ExpressionSpecification = ["get", "opacity"];
    map.setPaintProperty("camera-markers", "icon-opacity", at);
    map.setPaintProperty("camera-pointing", "icon-opacity", at);
    map.setPaintProperty("camera-dots", "circle-opacity", at);
    map.setPaintProperty("camera-labels", "text-opacity", at);
  },

  selects: ({ camera_id }) => ({ what: "camera", id: String(camera_id) }),

  describe(row, { words, texts }) {
    const label = cameraName(String(row.camera_id), textOf(row.label), texts);
    return `${label} · ${words.say(CAMERA_KIND[row.kind as CameraKind])}`;
  },

  legend: (look, words, texts) => [
    {
      title: texts.legendCameras,
      entries: look.entries("cameras").map((entry) => ({
        sign: cameraSign(entry.code as CameraKind, look.colour("cameras", entry.code)),
        label: words.say(entry),
        filter: cameraKey(entry.code as CameraKind),
      })),
    },
    {
      title: texts.legendPointing,
      entries: (
        [
          ["towards", texts.pointsTowards],
          ["around", texts.pointsAround],
          ["turning", texts.pointsTurning],
          ["unknown", texts.pointsUnknown],
        ] as const
      ).map(([how, label]) => ({ sign: pointingSign(how, look.colour("views", "identify")), label })),
    },
  ],
};

/** The cameras that what is selected concerns; null where nothing is, and all are alike. */
function concernedIn({ selected, buildings }: Scene): ReadonlySet<string> | null {
  if (!selected) return null;
  if (selected.what === "camera") return new Set([selected.id]);
  const building = buildings.find(({ properties }) => properties.building_id === selected.id);
  return new Set(split(building?.properties.camera_ids));
}

/** A camera with what the style needs to draw it. */
function drawn(
  camera: Item<"cameras">,
  selected: Selected | null,
  concerned: ReadonlySet<string> | null,
): GeoJSON.Feature {
  const { camera_id, kind, label } = camera.properties;
  const points = pointing(camera.properties);
  const isSelected = selected?.what === "camera" && selected.id === camera_id;
  const stands = concerned?.has(camera_id) ?? true;
  return {
    type: "Feature",
    id: String(camera.id),
    geometry: camera.geometry,
    properties: {
      camera_id,
      kind,
      label,
      marker: markerImage(kind, isSelected),
      pointing: points.how === "towards" ? wedgeImage(points.hfov, points.sd) : ringImage(points.how),
      turned: points.how === "towards" ? points.azimuth : 0,
      opacity: stands ? 1 : 0.3,
      order: stands ? 1 : 0,
    },
  };
}
