/** The acts that take more than one key: what is in hand until it is done or put down. */

import type { Seen } from "../../generated/desk";
import { clockwise, type Fit, type Point } from "../ground";
import type { Side } from "../panes/pane";

export type Tool =
  | { readonly act: "move" | "add"; readonly side: Side; readonly at: Point }
  /** Clockwise from the sheet's up on the sheet, from true north on the map and where digits were typed. */
  | { readonly act: "turn"; readonly side: Side; readonly degrees: number | null; readonly typed: string }
  | { readonly act: "kind" }
  | { readonly act: "label" };

/** A place as an act names it: pixels of the page, or longitude and latitude. */
export function placed(side: Side, [across, along]: Point): Seen {
  return side === "sheet" ? { x: across, y: along } : { longitude: across, latitude: along };
}

/** The direction from one place to another in a pane's own measure. */
export function towards(side: Side, from: Point, to: Point): number {
  const narrowing = side === "map" ? Math.cos((from[1] * Math.PI) / 180) : 1;
  const up = side === "map" ? to[1] - from[1] : from[1] - to[1];
  return clockwise((to[0] - from[0]) * narrowing, up);
}

/** The same direction on the other side, where the sheet lies on the ground; else null. */
export function acrossTo(side: Side, tool: { side: Side; degrees: number | null }, onSheet: Point | null, fit: Fit | null): number | null {
  if (tool.degrees === null || side === tool.side) return tool.degrees;
  if (!onSheet || !fit) return null;
  return side === "sheet" ? fit.sheetDeg(onSheet, tool.degrees) : fit.azimuthDeg(onSheet, tool.degrees);
}

/** A digit after what was typed so far: three at most, below 360; a new number begins where it can't go on. */
export function typedOn(typed: string, digit: string): string {
  const longer = (typed + digit).replace(/^0+(?=\d)/, "");
  return longer.length <= 3 && Number(longer) < 360 ? longer : digit;
}
