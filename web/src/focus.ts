/** Panels are drawn anew when the state changes; the keyboard's place in them is kept. */

import { painted } from "./pacing";

const MARKS = ["id", "data-building", "data-camera", "data-filter", "data-language"];

/** Return a selector of the focused element that holds after a redraw, or null. */
export function focused(): string | null {
  const active = document.activeElement;
  const mark = MARKS.find((name) => active?.getAttribute(name));
  return active && mark ? `[${mark}="${CSS.escape(active.getAttribute(mark) ?? "")}"]` : null;
}

/** Focus what `selector` finds, where the redraw took the focus away; what is still being written is waited for. */
export function restore(selector: string | null): void {
  if (selector === null || document.activeElement !== document.body) return;
  const target = document.querySelector<HTMLElement>(selector);
  if (target) target.focus({ preventScroll: true });
  else if (document.querySelector("#panel :is(.card, .rows)[aria-busy]"))
    void painted().then(() => {
      restore(selector);
    });
}
