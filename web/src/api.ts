/** What the service is asked, and what it answers. */

import type { Feature } from "geojson";
import { ID_COLUMN, type Geometries, type Rows } from "./generated/api";
import type { Street } from "./search/addresses";

export type LayerName = keyof Rows;

/** A row with its geometry, as GeoJSON writes it. */
export type Item<K extends LayerName> = Feature<Geometries[K], Rows[K]>;
export type Bbox = readonly [west: number, south: number, east: number, north: number];

/** One code of a layer's legend, as `visavis.layers.legend` declares it. */
export interface LegendEntry {
  code: string;
  en: string;
  fr: string;
  colour: string;
  colour_dark: string;
  pattern: "solid" | "hatched" | "dotted";
  least?: string;
  /** Of a level of EN 62676-4: those of IEC 62676-4:2025 that begin within it. */
  newer_en?: string;
  newer_fr?: string;
}
export type Legend = Partial<Record<LayerName, LegendEntry[]>>;

/** A file or publication that rows come from. */
export interface Source {
  source_id: string;
  title: string;
  licence: string;
  attribution: string;
  url: string | null;
  invented: boolean;
}

/** What the store was built from and how. */
export interface Build {
  build_id: string;
  built_at: string;
  software: string;
  invented: boolean;
  /** Which sources are invented, where real ones stand beside them. */
  invented_in: string[];
  parameters: Record<string, unknown>;
  sources: Source[];
}

/** What is said of a camera's computed picture: the words that stand below the whole drawing, by what they are about. */
export interface PictureWords {
  title: string;
  computed: string;
  captions: Record<"pose" | "how" | "doubt" | "masks" | "claims" | "sources", string[]>;
}

/** A request that failed, in the words of the service where it gave some (RFC 9457). */
export class ApiError extends Error {
  override name = "ApiError";
}

export interface Query<K extends LayerName> {
  bbox?: Bbox;
  /** Only rows with these values. */
  where?: Partial<Record<keyof Rows[K] & string, string>>;
  /** Only these columns; all where left out. */
  properties?: readonly (keyof Rows[K] & string)[];
}

const PAGE = 10_000;

/** Return every item of a collection that the query asks for, following `next` links. */
export async function items<K extends LayerName>(collection: K, query: Query<K> = {}): Promise<Item<K>[]> {
  const found: Item<K>[] = [];
  let next: URL | null = first(collection, query);
  while (next) {
    const page: Page<K> = await answer<Page<K>>(next);
    found.push(...page.features.map((feature) => named(collection, feature)));
    const link: Link | undefined = page.links?.find(({ rel }) => rel === "next");
    next = link ? own(link.href, next) : null;
  }
  return found;
}

export const legend = (): Promise<Legend> => answer<Legend>(address("legend"));

export const build = (): Promise<Build> => answer<Build>(address("build"));

/** Every known address: one answer, the same for all, to be searched here. */
export const addresses = (): Promise<{ streets: Street[] }> => answer(address("addresses"));

/** Return the words of a camera's picture, or null where the service draws none. */
export async function picture(url: URL): Promise<PictureWords | null> {
  const response = await fetch(url, { headers: { accept: "application/json" } });
  return response.ok ? ((await response.json()) as PictureWords) : null;
}

/** Return a drawing of the service as text. */
export async function drawingOf(url: URL): Promise<string> {
  const response = await fetch(url, { headers: { accept: "image/svg+xml" } });
  if (!response.ok) throw new ApiError(await told(response));
  return response.text();
}

/** Return the address of a resource of the service, wherever the page is served. */
export function address(path: string): URL {
  return new URL(path, document.baseURI);
}

interface Link {
  rel: string;
  href: string;
}

interface Page<K extends LayerName> {
  features: Item<K>[];
  links?: Link[];
}

function first<K extends LayerName>(collection: K, { bbox, where, properties }: Query<K>): URL {
  const url = address(`collections/${collection}/items`);
  url.searchParams.set("limit", String(PAGE));
  if (bbox) url.searchParams.set("bbox", bbox.join(","));
  if (properties) url.searchParams.set("properties", properties.join(","));
  for (const [column, value] of Object.entries(where ?? {})) url.searchParams.set(column, String(value));
  return url;
}

/** A link to the next page, on the host that the page came from: behind a proxy the service may not know it. */
function own(href: string, from: URL): URL {
  const linked = new URL(href, from);
  const next = new URL(from);
  next.search = linked.search;
  return next;
}

/** The row's id stands in the row too, whether the service repeats it there or not. */
function named<K extends LayerName>(collection: K, feature: Item<K>): Item<K> {
  const column = ID_COLUMN[collection];
  const id = feature.id ?? (feature.properties as Record<string, unknown>)[column];
  return { ...feature, id: String(id), properties: { ...feature.properties, [column]: id } };
}

async function answer<T>(url: URL): Promise<T> {
  const accept = "application/geo+json, application/json, application/problem+json";
  const response = await fetch(url, { headers: { accept } });
  if (!response.ok) throw new ApiError(await told(response));
  return (await response.json()) as T;
}

async function told(response: Response): Promise<string> {
  const status = `${response.status} ${response.statusText}`.trim();
  try {
    const problem = (await response.json()) as { title?: string; detail?: string };
    return problem.detail ?? problem.title ?? status;
  } catch {
    return status;
  }
}
