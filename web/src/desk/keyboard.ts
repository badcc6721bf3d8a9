/** The desk's own keys, and which of all actions a key does. */

import type { Bench, Mode, View } from "./bench";
import { done, isKept, isSign, named, stepOf, type Action } from "./keys";
import type { Side } from "./panes/pane";
import type { ModeName } from "./works";

interface Doing {
  readonly zoom: (steps: number) => void;
  readonly fit: () => void;
  readonly under: () => void;
  readonly turnTo: (mode: ModeName) => void;
  readonly help: () => void;
}

const PAN_PX = 40;

/** What can be done whatever is worked on. */
export function deskActions(bench: Bench, doing: Doing): readonly Action[] {
  const turn = (name: string, key: string, mode: ModeName): Action => ({ name, group: "desk", keys: [key], run: () => { doing.turnTo(mode); } });
  return [
    { name: "undo", group: "desk", keys: ["Ctrl+z", "u"], can: () => bench.model().canUndo, run: () => { bench.step("undo"); } },
    { name: "redo", group: "desk", keys: ["Ctrl+y", "Ctrl+Shift+z", "r"], can: () => bench.model().canRedo, run: () => { bench.step("redo"); } },
    { name: "help", group: "desk", keys: ["?"], run: doing.help },
    turn("modeCameras", "1", "cameras"),
    turn("modePoints", "2", "points"),
    turn("modeLegend", "3", "legend"),
    turn("modeAgreement", "4", "agreement"),
    { name: "zoomIn", group: "looking", keys: ["+", "="], run: () => { doing.zoom(1); } },
    { name: "zoomOut", group: "looking", keys: ["-"], run: () => { doing.zoom(-1); } },
    { name: "fit", group: "looking", keys: ["0"], run: doing.fit },
    { name: "under", group: "looking", keys: ["s"], run: doing.under },
    { name: "otherSide", group: "looking", keys: ["o"], run: () => { const side: Side = bench.view().side === "sheet" ? "map" : "sheet"; bench.set({ side }); bench.focus(side); } },
  ];
}

interface Listening {
  readonly mode: () => Mode;
  readonly own: () => readonly Action[];
  readonly signs: () => boolean;
  readonly pan: (right: number, down: number) => void;
  readonly isOpen: () => boolean;
}

export function onKeys({ mode, own, signs, pan, isOpen }: Listening): void {
  addEventListener("keydown", (event) => {
    const key = named(event);
    if (event.defaultPrevented || event.isComposing || isOpen() || isKept(key, document.activeElement)) return;
    if (does(key)) event.preventDefault();
  });

  function does(key: string): boolean {
    // What is in hand has its keys even where single signs are off: it was taken up on purpose.
    if (mode().key(key)) return true;
    const action = done(key, [...mode().actions, ...own()], signs());
    if (action) {
      action.run();
      return true;
    }
    const step = stepOf(key);
    const onStage = document.activeElement?.classList.contains("stage") ?? false;
    if (!step || !onStage) return isSign(key) && onStage && key === "Space";
    pan(step[0] * PAN_PX, step[1] * PAN_PX);
    return true;
  }
}

/** Whether the keyboard came to the other side. */
export const isSidewise = (view: View, side: Side): boolean => view.side !== side;
