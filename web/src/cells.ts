/** Items by the part of the world on screen: asked once a cell, kept, and given whole. */

import type { Bbox, Item, LayerName } from "./api";

export interface Cell {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Return the Web Mercator cells of a zoom level that a box touches. */
export function cellsOf([west, south, east, north]: Bbox, zoom: number): Cell[] {
  const [left, top] = [column(west, zoom), row(north, zoom)];
  const [right, bottom] = [column(east, zoom), row(south, zoom)];
  const cells: Cell[] = [];
  for (let y = top; y <= bottom; y++) for (let x = left; x <= right; x++) cells.push({ x, y, zoom });
  return cells;
}

/** Return the box of a cell, in degrees. */
export function bboxOf({ x, y, zoom }: Cell): Bbox {
  return [longitude(x, zoom), latitude(y + 1, zoom), longitude(x + 1, zoom), latitude(y, zoom)];
}

export interface Cells<K extends LayerName> {
  /** Ask for what a box holds; resolves with the items that are new. */
  load(bbox: Bbox): Promise<Item<K>[]>;
  /** Everything that came so far. */
  all(): Item<K>[];
}

/** More cells than this are not asked for at once: the map is too far out to show them. */
const MOST_CELLS = 24;

/** Keep a collection by cells of a zoom level, each filled by `ask`. */
export function createCells<K extends LayerName>(
  zoom: number,
  ask: (bbox: Bbox) => Promise<Item<K>[]>,
): Cells<K> {
  const asked = new Set<string>();
  const known = new Map<string, Item<K>>();

  async function fill(cell: Cell): Promise<Item<K>[]> {
    const name = `${cell.x}/${cell.y}`;
    asked.add(name);
    try {
      const found = await ask(bboxOf(cell));
      const fresh = found.filter(({ id }) => !known.has(String(id)));
      for (const item of fresh) known.set(String(item.id), item);
      return fresh;
    } catch (failure) {
      asked.delete(name);
      throw failure;
    }
  }

  return {
    async load(bbox) {
      const cells = cellsOf(bbox, zoom);
      if (cells.length > MOST_CELLS) return [];
      const missing = cells.filter(({ x, y }) => !asked.has(`${x}/${y}`));
      return (await Promise.all(missing.map(fill))).flat();
    },
    all: () => [...known.values()],
  };
}

function column(longitude: number, zoom: number): number {
  return clamped(Math.floor(((longitude + 180) / 360) * 2 ** zoom), zoom);
}

function row(latitude: number, zoom: number): number {
  const mercator = Math.asinh(Math.tan((latitude * Math.PI) / 180));
  return clamped(Math.floor(((1 - mercator / Math.PI) / 2) * 2 ** zoom), zoom);
}

function clamped(number: number, zoom: number): number {
  return Math.min(Math.max(number, 0), 2 ** zoom - 1);
}

function longitude(column: number, zoom: number): number {
  return (column / 2 ** zoom) * 360 - 180;
}

function latitude(row: number, zoom: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / 2 ** zoom))) * 180) / Math.PI;
}
