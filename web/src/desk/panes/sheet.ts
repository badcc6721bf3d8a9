/** The sheet: the picture of a page that can be pulled and enlarged, with drawings over it. */

import { el } from "../../dom";
import type { Point } from "../ground";
import { pictureOf } from "../service";
import { svg } from "../svg";
import type { Drawing, Near, Pane, PaneEvents } from "./pane";
import { onPointers } from "./pointers";
import { centred, fitted, moved, onScreen, onSheet, zoomed, type Size, type Viewport } from "./viewport";

export interface SheetPane extends Pane {
  /** Show a page of a sheet; nothing happens where it is shown already. */
  open(file: string, page: number, size: Size): void;
}

/** No browser is asked for a larger picture; a page that is larger is shown a little less sharp. */
const WIDEST_PX = 5000;
/** Near enough to read a label beside a symbol: this much of the page's width fills the pane. */
const CLOSE_SHARE = 0.22;

export function createSheet(element: HTMLElement, events: PaneEvents): SheetPane {
  const picture = el("img", { alt: "", draggable: "false" });
  const over = svg("svg", { class: "marks on-paper", "aria-hidden": "true" });
  let opened = "";
  let sheet: Size = { width: 1, height: 1 };
  let view: Viewport = { scale: 1, left: 0, top: 0 };
  let drawing: Drawing = () => [];
  let waits = false;
  let whole = true;
  element.append(picture, over);

  const pane = (): Size => ({ width: element.clientWidth, height: element.clientHeight });
  const place = (point: Point): Point => onScreen(view, point);
  const near =
    ([x, y]: Point): Near =>
    (point) => {
      const [left, top] = place(point);
      return Math.hypot(left - x, top - y);
    };

  function redraw(): void {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => {
      waits = false;
      picture.style.transform = `translate(${view.left}px, ${view.top}px) scale(${view.scale})`;
      over.replaceChildren(...drawing(place, view.scale));
    });
  }

  function look(next: Viewport): void {
    view = next;
    whole = false;
    redraw();
  }

  function fit(): void {
    look(fitted(sheet, pane()));
    whole = true;
  }

  onPointers(element, {
    press: (at) => {
      events.press("sheet", onSheet(view, at), near(at));
    },
    hover: (at) => {
      if (at) events.hover("sheet", onSheet(view, at), near(at));
      else events.hover("sheet", null, () => Infinity);
    },
    pulls: () => events.pulls("sheet"),
    pull: (from, to, done) => {
      const pixels = Math.hypot(to[0] - from[0], to[1] - from[1]);
      events.pull("sheet", { from: onSheet(view, from), to: onSheet(view, to), pixels, done });
    },
    pan: (right, down) => {
      look(moved(view, right, down, sheet, pane()));
    },
    zoom: (factor, at) => {
      look(zoomed(view, factor, at, sheet, pane()));
    },
  });
  // The same place stays in the middle, however the pane is cut.
  let room = pane();
  new ResizeObserver(() => {
    const middle = onSheet(view, [room.width / 2, room.height / 2]);
    room = pane();
    if (whole) fit();
    else look(centred(sheet, room, middle, view.scale));
  }).observe(element);

  return {
    side: "sheet",
    element,
    open(file, page, size) {
      const wanted = `${file}#${page}`;
      if (wanted === opened) return;
      opened = wanted;
      sheet = size;
      picture.src = pictureOf(file, page, Math.min(size.width, WIDEST_PX));
      picture.style.inlineSize = `${size.width}px`;
      picture.style.blockSize = `${size.height}px`;
      fit();
    },
    draw(next) {
      drawing = next;
      redraw();
    },
    show(point, close = true) {
      const room = pane();
      const [left, top] = place(point);
      const edge = 0.18;
      const isSeen = left > room.width * edge && left < room.width * (1 - edge) && top > room.height * edge && top < room.height * (1 - edge);
      const scale = Math.max(view.scale, close ? room.width / (sheet.width * CLOSE_SHARE) : 0);
      if (!isSeen || scale > view.scale) look(centred(sheet, room, point, Math.min(scale, 8)));
    },
    fit,
    zoomBy(steps) {
      const { width, height } = pane();
      look(zoomed(view, 1.5 ** steps, [width / 2, height / 2], sheet, pane()));
    },
    panBy(right, down) {
      look(moved(view, -right, -down, sheet, pane()));
    },
    centre() {
      const { width, height } = pane();
      return onSheet(view, [width / 2, height / 2]);
    },
    shifted([x, y], right, down) {
      return [x + right / view.scale, y + down / view.scale];
    },
    label(text) {
      element.setAttribute("aria-label", text);
    },
  };
}
