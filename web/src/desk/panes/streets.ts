/** The ground: the dossier's buildings and streets, and the sheet laid under them where it is wanted. */

import {
  Map as MapLibre,
  ScaleControl,
  setWorkerUrl,
  type ExpressionSpecification,
  type GeoJSONSource,
  type ImageSource,
  type StyleSpecification,
} from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import type { Ground } from "../../generated/desk";
import type { Point } from "../ground";
import { svg } from "../svg";
import type { Drawing, Near, Pane, PaneEvents } from "./pane";

export interface Underlay {
  readonly url: string;
  /** From the sheet's top left clockwise. */
  readonly corners: readonly Point[];
  readonly opacity: number;
}

export interface MapPane extends Pane {
  ground(ground: Ground, around: readonly Point[]): void;
  /** Lay the sheet under the streets, or take it away. */
  underlay(sheet: Underlay | null): void;
  /** Colours anew, after the scheme changed. */
  recolour(): void;
}

const CLOSE_ZOOM = 17.5;
const NAME: ExpressionSpecification = ["coalesce", ["get", "name"], ""];

export function canDraw(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

export function createMap(element: HTMLElement, events: PaneEvents): MapPane {
  setWorkerUrl(workerUrl);
  const map = new MapLibre({
    container: element,
    style: blank(),
    center: [0, 0],
    zoom: 2,
    maxZoom: 21,
    maxPitch: 0,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    // Keys are the desk's own: the same on both sides.
    keyboard: false,
    attributionControl: false,
    renderWorldCopies: false,
    fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new ScaleControl({ maxWidth: 100 }), "bottom-left");
  map.getCanvas().tabIndex = -1;
  map.getCanvas().setAttribute("aria-hidden", "true");
  map.getCanvas().removeAttribute("role");
  map.getCanvas().removeAttribute("aria-label");
  const over = svg("svg", { class: "marks on-map", "aria-hidden": "true" });
  element.append(over);
  let drawing: Drawing = () => [];
  let known: Ground | null = null;
  let under: Underlay | null = null;
  let home: readonly Point[] = [];
  let pulled: { from: Point; screen: { x: number; y: number } } | null = null;

  const place = ([lon, lat]: Point): Point => {
    const { x, y } = map.project([lon, lat]);
    return [x, y];
  };
  const near =
    ({ x, y }: { x: number; y: number }): Near =>
    (point) => {
      const [left, top] = place(point);
      return Math.hypot(left - x, top - y);
    };
  const redraw = (): void => {
    over.replaceChildren(...drawing(place, 1));
  };

  function furnish(): void {
    if (!known) return;
    const { ink, paper, edge, building, street } = colours();
    map.addSource("buildings", { type: "geojson", data: known.buildings as unknown as GeoJSON.GeoJSON, maxzoom: 19 });
    map.addSource("streets", { type: "geojson", data: known.streets as unknown as GeoJSON.GeoJSON, maxzoom: 19 });
    lay();
    map.addLayer({ id: "streets", type: "line", source: "streets", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": street, "line-width": ["interpolate", ["exponential", 1.6], ["zoom"], 13, 1.5, 18, 12, 20, 36] } });
    map.addLayer({ id: "buildings", type: "fill", source: "buildings", paint: { "fill-color": building, "fill-opacity": under ? 0.25 : 1 } });
    map.addLayer({ id: "edges", type: "line", source: "buildings", paint: { "line-color": edge, "line-width": ["interpolate", ["linear"], ["zoom"], 14, 0.4, 18, 1.4] } });
    map.addLayer({
      id: "names",
      type: "symbol",
      source: "streets",
      minzoom: 15,
      layout: { "symbol-placement": "line", "text-field": NAME, "text-font": ["Noto Sans", "Helvetica Neue", "Arial", "sans-serif"], "text-size": 12 },
      paint: { "text-color": ink, "text-halo-color": paper, "text-halo-width": 1.6 },
    });
    redraw();
  }

  function lay(): void {
    const there = map.getSource<ImageSource>("sheet");
    const opacity = map.getLayer("buildings") ? (under ? 0.25 : 1) : null;
    if (opacity !== null) map.setPaintProperty("buildings", "fill-opacity", opacity);
    if (!under) {
      if (map.getLayer("sheet")) map.removeLayer("sheet");
      if (there) map.removeSource("sheet");
      return;
    }
    const coordinates = under.corners.map(([lon, lat]): [number, number] => [lon, lat]) as [[number, number], [number, number], [number, number], [number, number]];
    if (there) void there.updateImage({ url: under.url, coordinates });
    else {
      map.addSource("sheet", { type: "image", url: under.url, coordinates });
      map.addLayer({ id: "sheet", type: "raster", source: "sheet", paint: { "raster-fade-duration": 0 } }, map.getLayer("streets") ? "streets" : undefined);
    }
    map.setPaintProperty("sheet", "raster-opacity", under.opacity);
  }

  map.on("style.load", furnish);
  map.on("move", redraw);
  map.on("resize", redraw);
  map.on("idle", () => {
    element.dataset.idle = "true";
  });
  map.on("click", ({ point, lngLat: { lng, lat } }) => {
    events.press("map", [lng, lat], near(point));
  });
  map.on("mousedown", (event) => {
    if (!events.pulls("map")) return;
    event.preventDefault();
    pulled = { from: [event.lngLat.lng, event.lngLat.lat], screen: event.point };
  });
  map.on("mousemove", ({ point, lngLat: { lng, lat } }) => {
    events.hover("map", [lng, lat], near(point));
    if (pulled) pull(point, [lng, lat], false);
  });
  map.on("mouseup", ({ point, lngLat: { lng, lat } }) => {
    if (pulled) pull(point, [lng, lat], true);
    pulled = null;
  });
  map.on("mouseout", () => {
    events.hover("map", null, () => Infinity);
  });

  function pull(point: { x: number; y: number }, to: Point, done: boolean): void {
    if (!pulled) return;
    const pixels = Math.hypot(point.x - pulled.screen.x, point.y - pulled.screen.y);
    if (pixels >= 5) events.pull("map", { from: pulled.from, to, pixels, done });
  }

  return {
    side: "map",
    element,
    ground(next, around) {
      known = next;
      home = around.length ? around : cornersOf(next);
      if (map.isStyleLoaded() && map.getSource<GeoJSONSource>("buildings")) map.setStyle(blank(), { diff: false });
      else if (map.isStyleLoaded()) furnish();
      this.fit();
    },
    underlay(sheet) {
      under = sheet;
      if (map.getLayer("buildings")) lay();
    },
    recolour() {
      map.setStyle(blank(), { diff: false });
    },
    draw(next) {
      drawing = next;
      redraw();
    },
    show([lon, lat], close = true) {
      const { x, y } = map.project([lon, lat]);
      const { clientWidth: width, clientHeight: height } = element;
      const isSeen = x > width * 0.18 && x < width * 0.82 && y > height * 0.18 && y < height * 0.82;
      const zoom = Math.max(map.getZoom(), close ? CLOSE_ZOOM : 0);
      if (!isSeen || zoom > map.getZoom()) map.jumpTo({ center: [lon, lat], zoom });
    },
    fit() {
      if (!home.length) return;
      const lons = home.map(([lon]) => lon);
      const lats = home.map(([, lat]) => lat);
      map.fitBounds([[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]], { padding: 24, animate: false, maxZoom: 19 });
    },
    zoomBy: (steps) => {
      map.jumpTo({ zoom: map.getZoom() + steps * Math.log2(1.5) });
    },
    panBy: (right, down) => {
      map.panBy([right, down], { animate: false });
    },
    centre: () => {
      const { lng, lat } = map.getCenter();
      return [lng, lat];
    },
    shifted([lon, lat], right, down) {
      const { x, y } = map.project([lon, lat]);
      const moved = map.unproject([x + right, y + down]);
      return [moved.lng, moved.lat];
    },
    label(text) {
      element.setAttribute("aria-label", text);
    },
  };
}

function cornersOf({ bounds }: Ground): Point[] {
  return bounds ? [[bounds[0], bounds[1]], [bounds[2], bounds[3]]] : [];
}

function colours(): Record<"ink" | "paper" | "edge" | "building" | "street", string> {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(name).trim();
  return { ink: of("--ink"), paper: of("--paper"), edge: of("--map-edge"), building: of("--building"), street: of("--street") };
}

function blank(): StyleSpecification {
  return { version: 8, sources: {}, layers: [{ id: "paper", type: "background", paint: { "background-color": colours().paper } }] };
}
