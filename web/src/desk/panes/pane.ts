/** What the sheet and the map have in common for those who work on them. */

import type { Point } from "../ground";

/** A place in a pane's own measure: pixels of the page on the sheet, longitude and latitude on the map. */
export type Side = "sheet" | "map";

/** Draws over a pane: `place` gives where a place of the pane is on screen, `scale` screen pixels for one of the sheet's. */
export type Drawing = (place: (point: Point) => Point, scale: number) => SVGElement[];

/** Something pulled by the pointer, in the pane's own measure, with the last point on screen's distance from the first. */
export interface Pull {
  readonly from: Point;
  readonly to: Point;
  readonly pixels: number;
  readonly done: boolean;
}

export interface PaneEvents {
  /** A place was pressed and let go. `reach` is how far in its own measure a finger may be off. */
  readonly press: (side: Side, at: Point, near: Near) => void;
  readonly hover: (side: Side, at: Point | null, near: Near) => void;
  /** Return whether pulls are wanted now; else they move the pane. */
  readonly pulls: (side: Side) => boolean;
  readonly pull: (side: Side, pull: Pull) => void;
}

/** How far a place is from where the pointer is, in pixels on screen. */
export type Near = (point: Point) => number;

export interface Pane {
  readonly side: Side;
  readonly element: HTMLElement;
  draw(drawing: Drawing): void;
  /** Bring a place into view, near enough to judge it. */
  show(point: Point, close?: boolean): void;
  /** Show all. */
  fit(): void;
  zoomBy(steps: number): void;
  panBy(right: number, down: number): void;
  centre(): Point;
  /** The place that is so many pixels on screen from another. */
  shifted(point: Point, right: number, down: number): Point;
  label(text: string): void;
}
