/** The map: its style is built here, its data comes from the service, and nothing comes from elsewhere. */

import {
  Map as MapLibre,
  ScaleControl,
  setWorkerUrl,
  type GeoJSONSource,
  type LngLatBoundsLike,
  type PaddingOptions,
  type StyleSpecification,
} from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { items, type Bbox, type Item, type LayerName } from "../api";
import { createCells, type Cells } from "../cells";
import { LAYERS, TOUCHED } from "../layers";
import type { Look } from "../look";
import type { Place, Selected } from "../state";
import { drawImage } from "./images";
import { createStance } from "./stance";
import { addSlots, setData, type Drawn, type MapLayer } from "./layer";
import type { Scene } from "./scene";

export interface MapEvents {
  /** The reader chose something, or the empty ground. */
  readonly select: (selected: Selected | null, at: Bbox) => void;
  /** The map came to rest. */
  readonly moved: (place: Place) => void;
  /** Something is under the pointer: a line about it, or nothing. */
  readonly hover: (line: string | null, x: number, y: number) => void;
  /** How much of each edge other things cover, in pixels. */
  readonly covered: () => PaddingOptions;
  /** What the reader should know of what is drawn: it lacks a part that failed, or the map is too far out. */
  /** All that there is to draw is drawn for the first time. */
  readonly ready: () => void;
  readonly notice: (what: "failed" | "far" | null) => void;
}

export interface MapView {
  draw(scene: Scene): void;
  /** Move so that a box fills the view. */
  show(box: Bbox): void;
  goto(place: Place): void;
  zoomBy(steps: number): void;
  label(text: string): void;
  /** The map as it stands, as a picture that can be printed. */
  picture(): string;
}

/** Return whether this browser can draw the map at all. */
export function canDraw(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

/** Make the map; `first` is where it looks until it is moved. */
export function createMap(container: HTMLElement, first: Place | Bbox, scene: Scene, events: MapEvents): MapView {
  setWorkerUrl(workerUrl);
  const map = new MapLibre({
    container,
    style: blank(scene.look),
    ...(isPlace(first)
      ? { center: [first.lon, first.lat] as [number, number], zoom: first.zoom }
      : { bounds: corners(first), fitBoundsOptions: { padding: events.covered(), maxZoom: 17.5 } }),
    maxZoom: 21,
    minZoom: 3,
    maxPitch: 0,
    pitchWithRotate: false,
    dragRotate: false,
    touchPitch: false,
    centerClampedToGround: false,
    attributionControl: false,
    // Nothing here repeats across the date line, and nothing is fetched from another host.
    renderWorldCopies: false,
    fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new ScaleControl({ maxWidth: 120 }), "bottom-left");

  const known = surroundings();
  let current = scene;
  let ready = false;
  let shown: { of: Selected | null; box: Bbox } | null = null;
  const stance = createStance(map);

  function furnish(): void {
    addSlots(map);
    for (const layer of LAYERS) layer.add(map, current.look);
    for (const [collection, { cells }] of known) setData(map, collection, cells.all().filter(isPlaced));
    ready = true;
    update();
    stand();
    void surround();
  }

  function update(): void {
    if (ready) for (const layer of LAYERS) layer.update(map, current);
  }

  function show(box: Bbox): void {
    shown = { of: current.selected, box };
    map.fitBounds(corners(box), { padding: events.covered(), maxZoom: 18, ...stance.angles() });
  }

  /** Beside the legend the middle of the map is elsewhere once it is turned: what was shown is shown again. */
  function stand(): void {
    if (stance.stand(current) && shown?.of && shown.of === current.selected) show(shown.box);
  }

  async function surround(): Promise<void> {
    if (!ready) return;
    const bounds = map.getBounds();
    const box: Bbox = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    const wanted = [...known].filter(([, { from }]) => map.getZoom() >= from);
    const done = await Promise.allSettled(
      wanted.map(async ([collection, { cells }]) => {
        const fresh: Item<LayerName>[] = await cells.load(box);
        if (fresh.length) void map.getSource<GeoJSONSource>(collection)?.updateData({ add: fresh.filter(isPlaced) });
      }),
    );
    const failed = done.some(({ status }) => status === "rejected");
    events.notice(failed ? "failed" : wanted.length < known.size && current.view !== "eye" ? "far" : null);
  }

  map.setMissingStyleImageResolver((id) => {
    const made = drawImage(id, current.look);
    if (made && !map.hasImage(id)) map.addImage(id, made.image, made.options);
  });
  map.on("style.load", furnish);
  map.on("moveend", () => {
    const { lat, lng } = map.getCenter();
    events.moved({ zoom: map.getZoom(), lat, lon: lng });
    void surround();
  });
  map.on("click", ({ point, lngLat: { lng, lat } }) => {
    events.select(touched(map, point)?.selected ?? null, [lng, lat, lng, lat]);
  });
  map.on("mousemove", ({ point }) => {
    const under = touched(map, point);
    map.getCanvas().style.cursor = under?.selected ? "pointer" : "";
    events.hover(under ? (under.layer.describe?.(under.properties, current) ?? null) : null, point.x, point.y);
  });
  map.on("mouseout", () => {
    events.hover(null, 0, 0);
  });
  void map.once("idle").then(events.ready);
  map.on("idle", () => {
    // For those who drive the page from outside: tests, and whoever prints it.
    container.dataset.idle = "true";
  });
  map.on("movestart", () => {
    delete container.dataset.idle;
  });

  return {
    draw(next) {
      const repaint = next.look !== current.look;
      current = next;
      delete container.dataset.idle;
      if (!repaint) {
        update();
        stand();
        return;
      }
      ready = false;
      map.setStyle(blank(next.look), { diff: false });
    },
    show,
    goto({ lon, lat, zoom }) {
      map.jumpTo({ center: [lon, lat], zoom });
    },
    zoomBy: (steps) => map.zoomTo(map.getZoom() + steps),
    picture() {
      map.redraw();
      return map.getCanvas().toDataURL();
    },
    label: (text) => {
      map.getCanvas().setAttribute("aria-label", text);
    },
  };
}

interface Known {
  readonly cells: Cells<LayerName>;
  readonly from: number;
}

function surroundings(): Map<LayerName, Known> {
  const declared = LAYERS.flatMap((layer) => layer.surroundings ?? []);
  return new Map(
    declared.map(({ collection, from, cells, where = {} }) => [
      collection,
      { from, cells: createCells(cells, (bbox) => items(collection, { bbox, where })) },
    ]),
  );
}

function touched(
  map: MapLibre,
  { x, y }: { x: number; y: number },
): { layer: MapLayer; properties: Drawn; selected: Selected | null } | null {
  const reach = 3;
  for (const layer of TOUCHED) {
    const layers = (layer.touchable ?? []).filter((id) => map.getLayer(id));
    const [found] = layers.length
      ? map.queryRenderedFeatures(
          [
            [x - reach, y - reach],
            [x + reach, y + reach],
          ],
          { layers },
        )
      : [];
    const properties = found?.properties as Drawn | undefined;
    if (properties) return { layer, properties, selected: layer.selects?.(properties) ?? null };
  }
  return null;
}

function blank(look: Look): StyleSpecification {
  return {
    version: 8,
    sources: {},
    layers: [{ id: "paper", type: "background", paint: { "background-color": look.paper } }],
  };
}

function isPlaced(item: Item<LayerName>): item is Item<LayerName> & GeoJSON.Feature {
  return item.geometry !== null;
}

function isPlace(first: Place | Bbox): first is Place {
  return "zoom" in first;
}

function corners([west, south, east, north]: Bbox): LngLatBoundsLike {
  return [
    [west, south],
    [east, north],
  ];
}
