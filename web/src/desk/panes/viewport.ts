/** Where on screen a sheet lies, and how large: pure arithmetic, so that it can be tested. */

import type { Point } from "../ground";

export interface Viewport {
  /** Screen pixels for one of the sheet's. */
  readonly scale: number;
  /** The sheet's top left corner on screen. */
  readonly left: number;
  readonly top: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const LARGEST = 8;
const MARGIN = 12;

export const onScreen = ({ scale, left, top }: Viewport, [x, y]: Point): Point => [left + x * scale, top + y * scale];
export const onSheet = ({ scale, left, top }: Viewport, [x, y]: Point): Point => [(x - left) / scale, (y - top) / scale];

/** The whole sheet in the middle of the pane. */
export function fitted(sheet: Size, pane: Size): Viewport {
  const scale = Math.max(
    0.01,
    Math.min((pane.width - 2 * MARGIN) / sheet.width, (pane.height - 2 * MARGIN) / sheet.height),
  );
  return centred(sheet, pane, [sheet.width / 2, sheet.height / 2], scale);
}

/** A place of the sheet in the middle of the pane. */
export function centred(sheet: Size, pane: Size, [x, y]: Point, scale: number): Viewport {
  return held({ scale, left: pane.width / 2 - x * scale, top: pane.height / 2 - y * scale }, sheet, pane);
}

/** Larger or smaller by a factor, what is at a place on screen staying there. */
export function zoomed(view: Viewport, factor: number, at: Point, sheet: Size, pane: Size): Viewport {
  const least = Math.min(fitted(sheet, pane).scale, LARGEST);
  const scale = Math.min(LARGEST, Math.max(least, view.scale * factor));
  const [x, y] = onSheet(view, at);
  return held({ scale, left: at[0] - x * scale, top: at[1] - y * scale }, sheet, pane);
}

export function moved(view: Viewport, right: number, down: number, sheet: Size, pane: Size): Viewport {
  return held({ ...view, left: view.left + right, top: view.top + down }, sheet, pane);
}

/** The middle of the pane never leaves the sheet: nobody loses it. */
function held(view: Viewport, sheet: Size, pane: Size): Viewport {
  const within = (start: number, length: number, room: number): number =>
    Math.min(room / 2, Math.max(room / 2 - length * view.scale, start));
  return { ...view, left: within(view.left, sheet.width, pane.width), top: within(view.top, sheet.height, pane.height) };
}
