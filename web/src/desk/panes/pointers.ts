/** Mouse, pen and fingers on a sheet: pull, press, pinch and wheel, whichever it is. */

import type { Point } from "../ground";

export interface Gestures {
  readonly press: (at: Point) => void;
  readonly hover: (at: Point | null) => void;
  /** Whether a pull is for the tool in hand. */
  readonly pulls: () => boolean;
  readonly pull: (from: Point, to: Point, done: boolean) => void;
  readonly pan: (right: number, down: number) => void;
  readonly zoom: (factor: number, at: Point) => void;
}

/** Less than this is a press and no pull. */
const STILL_PX = 5;
/** A turn of the wheel by a hundred makes it 1.35 times as large. */
const WHEEL = Math.log(1.35) / 100;

export function onPointers(element: HTMLElement, gestures: Gestures): void {
  const down = new Map<number, Point>();
  let start: Point | null = null;
  let pulling = false;
  let isTool = false;

  const at = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const apart = ([one, other]: Point[]): number => (one && other ? Math.hypot(one[0] - other[0], one[1] - other[1]) : 0);
  const middle = ([one = [0, 0], other = one]: Point[]): Point => [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];

  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    down.set(event.pointerId, at(event));
    start = down.size === 1 ? at(event) : null;
    pulling = false;
    isTool = down.size === 1 && gestures.pulls();
  });
  element.addEventListener("pointermove", (event) => {
    const now = at(event);
    const before = down.get(event.pointerId);
    if (!before) {
      gestures.hover(now);
      return;
    }
    if (down.size === 2) {
      const was = [...down.values()];
      down.set(event.pointerId, now);
      const is = [...down.values()];
      gestures.zoom(apart(is) / Math.max(1, apart(was)), middle(is));
      gestures.pan(middle(is)[0] - middle(was)[0], middle(is)[1] - middle(was)[1]);
      return;
    }
    if (start && !pulling && Math.hypot(now[0] - start[0], now[1] - start[1]) < STILL_PX) return;
    pulling = true;
    down.set(event.pointerId, now);
    if (isTool && start) gestures.pull(start, now, false);
    else gestures.pan(now[0] - before[0], now[1] - before[1]);
  });
  const end = (event: PointerEvent): void => {
    if (!down.delete(event.pointerId) || !start) return;
    const now = at(event);
    if (event.type === "pointerup") {
      if (!pulling) gestures.press(now);
      else if (isTool) gestures.pull(start, now, true);
    }
    start = null;
  };
  element.addEventListener("pointerup", end);
  element.addEventListener("pointercancel", end);
  element.addEventListener("pointerleave", () => {
    gestures.hover(null);
  });
  element.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      gestures.zoom(Math.exp(-event.deltaY * lines * WHEEL), at(event));
    },
    { passive: false },
  );
}
