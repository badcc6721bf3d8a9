/** The legend: a box around an example of each symbol, its kind, the way it points; tried on the sheet before it is saved. */

import type { Example, FoundSymbol, Legend, LegendTry } from "../../generated/desk";
import type { Bench, Mode } from "../bench";
import type { Point } from "../ground";
import { stepOf, type Action } from "../keys";
import type { Drawing, Near, Pull, Side } from "../panes/pane";
import { legendPanel, type Marking } from "../panels/legend";
import { svg } from "../svg";
import { typedOn } from "./tools";

type Box = Example["box"];

const STEP_PX = 2;
const FIRST_PX = 24;

export function legendMode(bench: Bench): Mode {
  let known: Legend | null = null;
  let examples: readonly Example[] = [];
  let changed = false;
  let selected: string | null = null;
  let marking: Marking | null = null;
  let trying: LegendTry | null = null;

  const chosen = (): Example | null => examples.find(({ id }) => id === selected) ?? null;
  const file = (): string => bench.view().file;

  async function load(): Promise<void> {
    try {
      known = await bench.service.legend(file());
      if (!changed) examples = known.examples;
      if (selected === null && examples[0]) {
        selected = examples[0].id;
        bench.show("sheet", middleOf(examples[0].box));
      }
      bench.redraw();
    } catch (failure) {
      bench.refuse(failure instanceof Error ? failure.message : String(failure));
    }
  }

  function change(next: readonly Example[], said: string): void {
    examples = next;
    changed = true;
    trying = null;
    bench.say(said);
    bench.redraw();
  }

  function set(part: Partial<Example>, said: string): void {
    const mine = chosen();
    if (mine) change(examples.map((each) => (each.id === mine.id ? { ...mine, ...part } : each)), said);
  }

  function hold(next: Marking | null): void {
    marking = next;
    bench.redraw();
    const hint = mode.hint();
    if (hint) bench.tell(hint);
  }

  function drawn(box: Box): void {
    const of = marking?.what === "box" ? marking.of : null;
    if (of) {
      set({ box }, bench.texts().legend.boxed);
      marking = null;
    } else {
      const id = `new-${Date.now()}`;
      const kind = known?.kinds.find(({ name }) => !examples.some((each) => each.kind === name))?.name ?? "unknown";
      selected = id;
      change([...examples, { id, page: bench.view().page, box, kind, name: "", azimuth_deg: null }], bench.texts().legend.boxed);
      hold({ what: "kind" });
    }
    bench.focus();
    bench.redraw();
  }

  async function tryOut(): Promise<void> {
    try {
      bench.say(bench.texts().legend.trying);
      trying = await bench.service.tryLegend(file(), examples);
      while (trying.state === "waiting" || trying.state === "running") {
        bench.redraw();
        await new Promise((wake) => setTimeout(wake, 400));
        trying = await bench.service.job(trying.job);
      }
      if (trying.state === "failed") bench.refuse([trying.error, trying.remedy].filter(Boolean).join(" "));
      else bench.say(bench.texts().legend.found(trying.found.length, trying.seconds === null ? null : bench.words().number(trying.seconds, 1)));
    } catch (failure) {
      bench.refuse(failure instanceof Error ? failure.message : String(failure));
    }
    bench.redraw();
  }

  async function save(): Promise<void> {
    if (!known) return;
    try {
      known = await bench.service.saveLegend(file(), examples, known.revision);
      examples = known.examples;
      changed = false;
      bench.say(bench.texts().legend.saved);
    } catch (failure) {
      bench.refuse(failure instanceof Error ? failure.message : String(failure));
    }
    bench.redraw();
  }

  function walk(by: 1 | -1): void {
    const at = examples.findIndex(({ id }) => id === selected);
    const next = examples[(at + by + examples.length) % examples.length];
    if (!next) return;
    selected = next.id;
    bench.show("sheet", middleOf(next.box));
    bench.say(bench.texts().legend.said(next.name ?? "", kindWords(next.kind)));
    bench.redraw();
  }

  const kindWords = (name: string): string => {
    const kind = known?.kinds.find((each) => each.name === name);
    return kind ? bench.words().say(kind) : name;
  };

  const has = (): boolean => chosen() !== null;
  const actions: readonly Action[] = [
    { name: "addExample", group: "acts", keys: ["a"], run: () => { hold({ what: "box", box: null, of: null }); bench.focus("sheet"); } },
    { name: "moveExample", group: "acts", keys: ["m"], can: has, run: () => { hold({ what: "box", box: chosen()?.box ?? null, of: selected }); bench.focus("sheet"); } },
    { name: "kind", group: "acts", keys: ["k"], can: has, run: () => { hold({ what: "kind" }); } },
    { name: "points", group: "acts", keys: ["t"], can: has, run: () => { hold({ what: "turn", typed: "" }); } },
    { name: "deleteExample", group: "acts", keys: ["Delete", "x"], can: has, run: () => { change(examples.filter(({ id }) => id !== selected), bench.texts().legend.removed); selected = examples[0]?.id ?? null; bench.redraw(); } },
    { name: "try", group: "acts", keys: ["y"], can: () => examples.length > 0, run: () => { void tryOut(); } },
    { name: "saveLegend", group: "acts", keys: ["w", "Ctrl+s"], can: () => changed, run: () => { void save(); } },
    { name: "next", group: "moving", keys: ["n", "j"], run: () => { walk(1); } },
    { name: "previous", group: "moving", keys: ["p", "b"], run: () => { walk(-1); } },
  ];

  function key(pressed: string): boolean {
    if (!marking) return false;
    if (pressed === "Escape") {
      hold(null);
      bench.say(bench.texts().putDown);
      bench.focus();
      return true;
    }
    if (marking.what === "kind") {
      const kind = known?.kinds[Number(pressed) - 1];
      if (!kind) return pressed === "Enter" ? (hold(null), true) : false;
      marking = null;
      set({ kind: kind.name }, kindWords(kind.name));
      return true;
    }
    const step = stepOf(pressed);
    if (marking.what === "turn") {
      const degrees = chosen()?.azimuth_deg ?? 0;
      if (/^\d$/.test(pressed)) {
        const typed = typedOn(marking.typed, pressed);
        marking = { what: "turn", typed };
        set({ azimuth_deg: Number(typed) }, bench.words().azimuth(Number(typed)));
      } else if (pressed === "-" || pressed === "Backspace") set({ azimuth_deg: null }, bench.texts().legend.pointsNowhere);
      else if (step) set({ azimuth_deg: (degrees + (step[0] - step[1]) * 5 + 360) % 360 }, bench.words().azimuth((degrees + (step[0] - step[1]) * 5 + 360) % 360));
      else if (pressed === "Enter" || pressed === "Space") hold(null);
      else return false;
      return true;
    }
    if (pressed === "Enter" || pressed === "Space") {
      if (marking.box) drawn(marking.box);
      return true;
    }
    // Arrows move the box, with shift its lower right corner.
    if (!step) return false;
    const [x, y] = bench.centre("sheet");
    const [x0, y0, x1, y1] = marking.box ?? [x - FIRST_PX, y - FIRST_PX, x + FIRST_PX, y + FIRST_PX];
    const isFar = pressed.startsWith("Shift");
    const [dx, dy] = isFar ? [(step[0] / 10) * STEP_PX, (step[1] / 10) * STEP_PX] : [step[0] * STEP_PX, step[1] * STEP_PX];
    const box: Box = isFar ? [x0, y0, Math.max(x0 + 4, x1 + dx), Math.max(y0 + 4, y1 + dy)] : [x0 + dx, y0 + dy, x1 + dx, y1 + dy];
    marking = { ...marking, box };
    bench.redraw();
    return true;
  }

  function draw(side: Side): Drawing {
    if (side === "map") return () => [];
    return (place) => [
      ...(trying?.found ?? []).map((found: FoundSymbol) => boxMark(place, found.box, "found", null)),
      ...examples.filter(({ page }) => page === bench.view().page).map((each) => boxMark(place, each.box, each.id === selected ? "example selected" : "example", each.azimuth_deg ?? null)),
      ...(marking?.what === "box" && marking.box ? [boxMark(place, marking.box, "example drawing", null)] : []),
    ];
  }

  const mode: Mode = {
    actions,
    key,
    panel: () => [legendPanel(bench, { known, examples, selected, changed, marking, trying }, actions, {
      select: (id) => { selected = id; walk(1); walk(-1); },
      kind: (kind) => { marking = null; set({ kind }, kindWords(kind)); },
      rename: (name) => { set({ name }, name); },
      turn: (azimuth_deg) => { marking = null; set({ azimuth_deg }, azimuth_deg === null ? bench.texts().legend.pointsNowhere : bench.words().azimuth(azimuth_deg)); },
    })],
    drawing: draw,
    hint: () => marking && bench.texts().legend.hints[marking.what],
    press(side, at: Point, near: Near) {
      if (side !== "sheet" || marking) return;
      const under = examples.find(({ box }) => at[0] >= box[0] && at[0] <= box[2] && at[1] >= box[1] && at[1] <= box[3]) ?? examples.find(({ box }) => near([box[0], box[1]]) < 24);
      if (under) {
        selected = under.id;
        bench.redraw();
      }
    },
    hover: () => undefined,
    pulls: (side) => side === "sheet" && marking?.what === "box",
    pull(_side, { from, to, done }: Pull) {
      if (marking?.what !== "box") return;
      const box: Box = [Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.max(from[0], to[0]), Math.max(from[1], to[1])];
      if (done) drawn(box);
      else {
        marking = { ...marking, box };
        bench.redraw();
      }
    },
    enter() {
      if (known?.file !== file() && !changed) selected = null;
      void load();
    },
    leave() {
      marking = null;
    },
  };
  return mode;
}

const middleOf = ([x0, y0, x1, y1]: Box): Point => [(x0 + x1) / 2, (y0 + y1) / 2];

function boxMark(place: (point: Point) => Point, [x0, y0, x1, y1]: Box, names: string, degrees: number | null): SVGElement {
  const [left, top] = place([x0, y0]);
  const [right, bottom] = place([x1, y1]);
  const side = { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top), rx: 2 };
  const middle = `translate(${(left + right) / 2} ${(top + bottom) / 2}) rotate(${degrees ?? 0})`;
  const d = `M0 0V${-(bottom - top) / 2 - 22}M-6 ${-(bottom - top) / 2 - 14}l6-8l6 8`;
  return svg(
    "g",
    { class: `legend-box ${names}` },
    svg("rect", { class: "halo", ...side }),
    svg("rect", { class: "ring", ...side }),
    degrees === null ? null : svg("path", { class: "arrow", d, transform: middle }),
  );
}
