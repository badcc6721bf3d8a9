/**
 * What is asked about the selected building or camera. A building is never asked for by its name: the service is asked for
 * the part of the map around it, as if that were looked at, and the rest is left aside here.
 */

import { items, type Bbox, type Item, type LayerName } from "./api";
import { bboxOf, cellsOf } from "./cells";
import { split } from "./filters";
import type { Rows } from "./generated/api";
import type { Detail } from "./map/scene";
import type { Selected } from "./state";

/** Parts of the map by which a building is asked for: some 200 m wide in Europe. */
const ZOOM = 17;

/** Ask for all that the selected one's panel says; `where` is a box around a building, if anybody knows one. */
export async function detailOf(selected: Selected, where: Bbox | null): Promise<Detail> {
  return selected.what === "building" ? ofBuilding(selected, where) : ofCamera(selected);
}

async function ofBuilding(selected: Selected, where: Bbox | null): Promise<Detail> {
  const of = <K extends Within>(collection: K): Promise<Item<K>[]> => within(collection, selected.id, where);
  const [exposures, spaces, floors, strips, findings] = await Promise.all([
    of("exposures"),
    of("spaces"),
    of("exposed_floors"),
    of("facade_strips"),
    everyFinding(),
  ]);
  return {
    selected,
    exposures: exposures.sort(surest),
    views: [],
    spaces,
    strips,
    floors: floors.sort((one, other) => one.properties.floor_from - other.properties.floor_from),
    findings: about(findings, [selected.id, ...spaces.map(({ properties }) => properties.space_id)]),
  };
}

async function ofCamera(selected: Selected): Promise<Detail> {
  const where = { camera_id: selected.id };
  const [exposures, views, strips, findings] = await Promise.all([
    items("exposures", { where }),
    items("views", { where }),
    items("facade_strips", { where }),
    everyFinding(),
  ]);
  return { selected, exposures: exposures.sort(surest), views, spaces: [], strips, floors: [], findings: about(findings, [selected.id]) };
}

type Within = "exposures" | "spaces" | "exposed_floors" | "facade_strips";

async function within<K extends Within>(collection: K, building: string, where: Bbox | null): Promise<Item<K>[]> {
  const asked = where
    ? cellsOf(where, ZOOM).map((cell) => items(collection, { bbox: bboxOf(cell) }))
    : [items(collection, { where: { building_id: building } as Partial<Record<keyof Rows[K] & string, string>> })];
  const found = (await Promise.all(asked)).flat();
  const own = found.filter(({ properties }) => (properties as { building_id: string | null }).building_id === building);
  return [...new Map(own.map((item) => [String(item.id), item])).values()];
}

const surest = (one: Item<"exposures">, other: Item<"exposures">): number =>
  other.properties.probability - one.properties.probability;

let findings: Promise<Item<"findings">[]> | null = null;

/** Findings name several subjects in one column, so they are asked for once, when first needed. */
function everyFinding(): Promise<Item<"findings">[]> {
  findings ??= items("findings").catch((failure: unknown) => {
    findings = null;
    throw failure;
  });
  return findings;
}

function about(all: readonly Item<"findings">[], ids: readonly string[]): Item<"findings">[] {
  const subjects = new Set(ids);
  return all.filter(({ properties }) => split(properties.subject_ids).some((id) => subjects.has(id)));
}

/** Return a box around the shapes of items of any layer, or null around none. */
export function boxAround(shapes: readonly Item<LayerName>[]): Bbox | null {
  const points = shapes.flatMap(({ geometry }) => (geometry ? numbersIn(geometry.coordinates) : []));
  if (!points.length) return null;
  const box = { west: 180, south: 90, east: -180, north: -90 };
  for (const [lon, lat] of points) {
    box.west = Math.min(box.west, lon);
    box.east = Math.max(box.east, lon);
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
  }
  return [box.west, box.south, box.east, box.north];
}

function numbersIn(coordinates: unknown): [number, number][] {
  if (!Array.isArray(coordinates)) return [];
  const [lon, lat] = coordinates as unknown[];
  if (typeof lon === "number" && typeof lat === "number") return [[lon, lat]];
  return coordinates.flatMap(numbersIn);
}
