/** What a map layer is: one file each, added below its slot's anchor. */

import type { ExpressionSpecification, GeoJSONSource, LayerSpecification, Map } from "maplibre-gl";
import type { LayerName } from "../api";
import { ID_COLUMN } from "../generated/api";
import type { Look } from "../look";
import type { Selected } from "../state";
import type { Texts } from "../texts";
import type { Words } from "../words";
import type { Scene } from "./scene";

/** The row of a drawn feature; columns as the layer's table has them. */
export type Drawn = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** A column of a drawn row as text, or null where it is empty. */
export const textOf = (value: Drawn[string]): string | null => (typeof value === "string" ? value : null);

export interface MapLayer {
  /** Collections that come by the part of the world on screen, from a zoom on. */
  readonly surroundings?: readonly Surrounding[];
  /** Add sources and styles. */
  add(map: Map, look: Look): void;
  /** Show what the scene lets through. */
  update(map: Map, scene: Scene): void;
  /** The style layers that answer to the pointer, uppermost first. */
  readonly touchable?: readonly string[];
  /** Return what a click on a feature of such a layer selects. */
  selects?(row: Drawn): Selected | null;
  /** Return a feature of such a layer in one line. */
  describe?(row: Drawn, scene: Scene): string;
  legend?(look: Look, words: Words, texts: Texts): LegendGroup[];
}

export interface Surrounding {
  readonly collection: LayerName;
  /** Only rows with these values, where the map draws no others. */
  readonly where?: Readonly<Record<string, string>>;
  /** The map's zoom from which it is asked for. */
  readonly from: number;
  /** The zoom of the cells by which it is asked for. */
  readonly cells: number;
}

export interface LegendGroup {
  readonly title: string;
  readonly note?: string;
  readonly entries: readonly { sign?: SVGSVGElement; label: string; note?: string; filter?: string }[];
  /** One switch for the whole group. */
  readonly filter?: { key: string; label: string };
}

/** The order of the map from the ground up; a layer is added under the anchor of its slot. */
export const SLOTS = ["ground", "views", "buildings", "exposed", "walls", "solids", "selection", "pointing", "markers", "labels"] as const;
export type Slot = (typeof SLOTS)[number];

export function addSlots(map: Map): void {
  for (const slot of SLOTS) map.addLayer({ id: anchor(slot), type: "background", layout: { visibility: "none" } });
}

export function addTo(map: Map, slot: Slot, layer: LayerSpecification): void {
  map.addLayer(layer, anchor(slot));
}

const anchor = (slot: Slot): string => `slot:${slot}`;

/** The id of the layer below which a slot's layers are added. */
export const under = anchor;

/** Add the source of a collection, empty, its features known by their row's id. */
export function addSource(map: Map, collection: LayerName, name: string = collection): void {
  map.addSource(name, { type: "geojson", data: nothing(), promoteId: ID_COLUMN[collection], maxzoom: 19 });
}

/** Return the condition that a column holds one of some values; found by hash, however many there are. */
export function oneOf(column: string, values: Iterable<string>): ExpressionSpecification {
  const wanted = [...new Set(values)];
  return wanted.length ? ["match", ["get", column], wanted, true, false] : ["boolean", false];
}

export function setData(map: Map, source: string, features: readonly GeoJSON.Feature[]): void {
  void map.getSource<GeoJSONSource>(source)?.setData({ type: "FeatureCollection", features: [...features] });
}

function nothing(): GeoJSON.FeatureCollection {
  return { type: "FeatureCollection", features: [] };
}
