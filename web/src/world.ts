/** What is known from the start: small tables as a whole, and what can be asked about one of their rows. */

import { build, items, legend, type Bbox, type Build, type Item, type Legend } from "./api";
import { split } from "./filters";
import type { Detail } from "./map/scene";
import type { Selected } from "./state";

export interface World {
  readonly build: Build;
  readonly legend: Legend;
  readonly cameras: readonly Item<"cameras">[];
  readonly buildings: readonly Item<"exposed_buildings">[];
  readonly disclosures: readonly Item<"disclosures">[];
  readonly withheld: readonly Item<"withheld">[];
  readonly documents: readonly Item<"documents">[];
  readonly comparisons: readonly Item<"comparisons">[];
  camera(id: string): Item<"cameras"> | undefined;
  building(id: string): Item<"exposed_buildings"> | undefined;
  /** Ask for all that the selected one's panel says. */
  detail(selected: Selected): Promise<Detail>;
}

/** Load what the page always needs. */
export async function loadWorld(): Promise<World> {
  const [record, palette, cameras, buildings, disclosures, withheld, documents, comparisons] = await Promise.all([
    build(),
    legend(),
    items("cameras"),
    items("exposed_buildings"),
    items("disclosures"),
    items("withheld"),
    items("documents"),
    items("comparisons"),
  ]);
  const camerasById = new Map(cameras.map((camera) => [camera.properties.camera_id, camera]));
  const buildingsById = new Map(buildings.map((building) => [building.properties.building_id, building]));
  return {
    build: record,
    legend: palette,
    cameras: cameras.sort((one, other) => collate(one.properties.label, other.properties.label)),
    buildings: buildings.sort(
      ({ properties: one }, { properties: other }) =>
        other.probability - one.probability ||
        other.cameras - one.cameras ||
        collate(one.address, other.address),
    ),
    disclosures,
    withheld,
    documents,
    comparisons,
    camera: (id) => camerasById.get(id),
    building: (id) => buildingsById.get(id),
    detail: kept(ask),
  };
}

/** Return the box around some items, or null around none. */
export function boxAround(shapes: readonly Item<"cameras" | "exposed_buildings" | "exposures" | "spaces" | "views">[]): Bbox | null {
  const points = shapes.flatMap(({ geometry }) => numbersIn(geometry.coordinates));
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

async function ask(selected: Selected): Promise<Detail> {
  const isBuilding = selected.what === "building";
  const where = isBuilding ? { building_id: selected.id } : { camera_id: selected.id };
  const [exposures, views, spaces, floors, findings] = await Promise.all([
    items("exposures", { where }),
    isBuilding ? [] : items("views", { where: { camera_id: selected.id } }),
    isBuilding ? items("spaces", { where: { building_id: selected.id } }) : [],
    isBuilding ? items("exposed_floors", { where: { building_id: selected.id } }) : [],
    everyFinding(),
  ]);
  const subjects = new Set([selected.id, ...spaces.map(({ properties }) => properties.space_id)]);
  return {
    selected,
    exposures: exposures.sort((one, other) => other.properties.probability - one.properties.probability),
    views,
    spaces,
    floors: floors.sort((one, other) => one.properties.floor_from - other.properties.floor_from),
    findings: findings.filter(({ properties }) => split(properties.subject_ids).some((id) => subjects.has(id))),
  };
}

let findings: Promise<Item<"findings">[]> | null = null;

/** Findings name several subjects in one column, so they are asked for once, when first needed. */
function everyFinding(): Promise<Item<"findings">[]> {
  findings ??= items("findings").catch((failure: unknown) => {
    findings = null;
    throw failure;
  });
  return findings;
}

/** Ask once for each selection; a failure may be tried again. */
function kept(asking: typeof ask): typeof ask {
  const answers = new Map<string, Promise<Detail>>();
  return (selected) => {
    const name = `${selected.what}/${selected.id}`;
    const answer = answers.get(name) ?? asking(selected);
    answers.set(name, answer);
    answer.catch(() => answers.delete(name));
    return answer;
  };
}

const { compare: collate_ } = new Intl.Collator(undefined, { numeric: true });

/** In the order in which people count, the nameless last. */
function collate(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return collate_(one, other);
}

function numbersIn(coordinates: unknown): [number, number][] {
  if (!Array.isArray(coordinates)) return [];
  const [lon, lat] = coordinates as unknown[];
  if (typeof lon === "number" && typeof lat === "number") return [[lon, lat]];
  return coordinates.flatMap(numbersIn);
}
