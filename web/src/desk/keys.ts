/** Keys: what each one does is declared once, and from it come the buttons, the help and the doing. */

export type Group = "acts" | "moving" | "looking" | "desk";

export interface Action {
  /** Its words stand under this name in the texts. */
  readonly name: string;
  readonly group: Group;
  /** As `named` names them; none for what has a button alone. */
  readonly keys: readonly string[];
  readonly run: () => void;
  /** Whether it can be done now; always where left out. */
  readonly can?: () => boolean;
}

/** The keys that an element under the keyboard's focus needs for itself. */
const OWN_KEYS: Readonly<Record<string, RegExp>> = {
  BUTTON: /^(Enter|Space)$/,
  A: /^Enter$/,
  SUMMARY: /^(Enter|Space)$/,
  INPUT: /^(?!Escape$|Ctrl\+(Enter)$).*/,
  TEXTAREA: /^(?!Escape$).*/,
  SELECT: /^(?!Escape$).*/,
};

/** What a key is called: `c`, `?`, `Space`, `Shift+ArrowLeft`, `Ctrl+z`. A command key counts as Ctrl. */
export function named(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">): string {
  const key = event.key === " " ? "Space" : event.key;
  const isLetter = key.length === 1;
  const parts = [
    (event.ctrlKey || event.metaKey) && "Ctrl",
    event.altKey && "Alt",
    event.shiftKey && (!isLetter || event.ctrlKey || event.metaKey) && "Shift",
    isLetter ? key.toLowerCase() : key,
  ];
  return parts.filter(Boolean).join("+");
}

/** Return whether the element in focus keeps a key for itself. */
export function isKept(key: string, focus: Element | null): boolean {
  return (focus && OWN_KEYS[focus.tagName]?.test(key)) ?? false;
}

/** Whether a key is a sign alone: those can be turned off (WCAG 2.1.4), for people who speak to their computer. */
export const isSign = (key: string): boolean => key.length === 1 || key === "Space";

/** The first of some actions that a key does now. */
export function done(key: string, actions: readonly Action[], signs: boolean): Action | null {
  if (!signs && isSign(key)) return null;
  return actions.find((action) => action.keys.includes(key) && (action.can?.() ?? true)) ?? null;
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A step by an arrow key, ten times as far with shift; null for another key. */
export function stepOf(key: string): readonly [number, number] | null {
  const [plain = "", far] = key.split("+").reverse();
  const step = ARROWS[plain];
  if (!step || (far !== undefined && far !== "Shift")) return null;
  const times = far ? 10 : 1;
  return [step[0] * times, step[1] * times];
}
