/** When to do what takes a while: what was touched answers first. */

/** So long a slice of work may keep a reader waiting; a cheap phone is some four times as slow. */
const SLICE_MS = 8;

/** Wait until the next frame is shown. */
export function painted(): Promise<void> {
  return new Promise((go_on) => requestAnimationFrame(() => setTimeout(go_on)));
}

/** Give way to whatever else there is to do. */
export function idle(): Promise<void> {
  return new Promise((go_on) => setTimeout(go_on));
}

/**
 * Do the first pieces of work at once, and the others after the next frame, a few at a time. `place` is what they fill: it
 * is marked as busy until all are done, and once it has left the page nobody waits for the rest.
 */
export function inSlices(place: HTMLElement, pieces: readonly (() => void)[], first: number): void {
  for (const piece of pieces.slice(0, first)) piece();
  const rest = pieces.slice(first);
  if (!rest.length) return;
  place.setAttribute("aria-busy", "true");
  void painted().then(async () => {
    while (rest.length && place.isConnected) {
      const begun = performance.now();
      while (rest.length && performance.now() - begun < SLICE_MS) rest.shift()?.();
      await idle();
    }
    place.removeAttribute("aria-busy");
  });
}
