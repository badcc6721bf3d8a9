/** The examples of the legend: their kinds, names and directions, and what they would find. */

import { el } from "../../dom";
import type { Example, Legend, LegendTry } from "../../generated/desk";
import type { Bench } from "../bench";
import type { Action } from "../keys";
import { pieceOf } from "../service";
import { actionButton } from "./button";

/** What of an example is being set; a box grows from a corner, by hand or by arrows. */
export type Marking = { readonly what: "box"; readonly box: Example["box"] | null; readonly of: string | null } | { readonly what: "kind" } | { readonly what: "turn"; readonly typed: string };

interface Known {
  readonly known: Legend | null;
  readonly examples: readonly Example[];
  readonly selected: string | null;
  readonly changed: boolean;
  readonly marking: Marking | null;
  readonly trying: LegendTry | null;
}

interface Events {
  readonly select: (id: string) => void;
  readonly kind: (kind: string) => void;
  readonly rename: (name: string) => void;
  readonly turn: (azimuth: number | null) => void;
}

export function legendPanel(bench: Bench, state: Known, actions: readonly Action[], events: Events): HTMLElement {
  const texts = bench.texts();
  const { known, examples, selected, changed, trying } = state;
  if (!known) return el("section", { class: "card" }, el("h2", {}, texts.modes.legend), el("p", { class: "note" }, texts.loading));
  const chosen = examples.find(({ id }) => id === selected) ?? null;
  return el(
    "section",
    { class: "card legend-work", "aria-label": texts.modes.legend },
    el("h2", {}, texts.modes.legend),
    el("p", { class: "note" }, texts.legend.intro),
    ...known.problems.map((problem) => el("p", { class: "problem" }, bench.words().say(problem), " ", problem.remedy ?? "")),
    examples.length === 0 ? el("p", {}, texts.legend.none) : el("ol", { class: "queue-rows" }, ...examples.map((each) => el("li", {}, exampleRow(bench, each, state, events)))),
    chosen && exampleFields(bench, chosen, state, events),
    el("div", { class: "acts" }, ...actions.filter(({ group }) => group === "acts").map((action) => actionButton(action, texts, action.name === "saveLegend" && changed ? "first" : ""))),
    trying && result(bench, trying),
    changed && el("p", { class: "note" }, texts.legend.unsaved),
  );
}

function exampleRow(bench: Bench, example: Example, { selected, known }: Known, events: Events): HTMLElement {
  const texts = bench.texts();
  const words = bench.words();
  const kind = known?.kinds.find(({ name }) => name === example.kind);
  const [x0, y0, x1, y1] = example.box;
  const margin = Math.max(x1 - x0, y1 - y0) * 0.15;
  const points = typeof example.azimuth_deg === "number" ? texts.legend.pointsTo(words.azimuth(example.azimuth_deg)) : texts.legend.pointsNowhere;
  return el(
    "button",
    {
      type: "button",
      id: `example-${example.id}`,
      class: "camera-row",
      "aria-current": example.id === selected ? "true" : null,
      onclick: () => {
        events.select(example.id);
        bench.focus();
      },
    },
    el("img", { class: "piece", alt: "", src: pieceOf(bench.view().file, example.page, [x0 - margin, y0 - margin, x1 + margin, y1 + margin], 80) }),
    el("span", { class: "row-words" }, el("span", { class: "row-title" }, kind ? words.say(kind) : example.kind), el("span", { class: "row-note" }, [example.name, points].filter(Boolean).join(" · "))),
  );
}

function exampleFields(bench: Bench, example: Example, { known, marking }: Known, events: Events): HTMLElement {
  const texts = bench.texts();
  const words = bench.words();
  const name = el("input", { id: "example-name", type: "text", value: example.name ?? "", autocomplete: "off", maxlength: 120, onchange: () => { events.rename(name.value.trim()); } });
  return el(
    "div",
    { class: "in-hand" },
    el("label", { for: "example-name" }, texts.legend.name),
    name,
    marking?.what === "kind" &&
      el(
        "div",
        { class: "kinds", role: "group", "aria-label": texts.actions.kind ?? "" },
        ...(known?.kinds ?? []).map((kind, at) =>
          el("button", { type: "button", id: `kind-${kind.name}`, class: "do", "aria-pressed": String(kind.name === example.kind), onclick: () => { events.kind(kind.name); } }, el("kbd", {}, String(at + 1)), el("span", {}, words.say(kind))),
        ),
      ),
    marking?.what === "turn" &&
      el(
        "div",
        { class: "kinds", role: "group", "aria-label": texts.actions.points ?? "" },
        ...[0, 90, 180, 270].map((degrees) => el("button", { type: "button", id: `turn-${degrees}`, class: "do", onclick: () => { events.turn(degrees); } }, `${"↑→↓←"[degrees / 90] ?? ""} ${words.azimuth(degrees)}`)),
        el("button", { type: "button", id: "turn-none", class: "do", onclick: () => { events.turn(null); } }, texts.legend.pointsNowhere),
      ),
  );
}

function result(bench: Bench, trying: LegendTry): HTMLElement {
  const texts = bench.texts();
  const words = bench.words();
  if (trying.state === "failed") return el("p", { class: "problem" }, trying.error ?? "", " ", trying.remedy ?? "");
  if (trying.state !== "done") return el("p", { class: "note", role: "status" }, texts.legend.trying);
  const kinds = new Map<string, number>();
  for (const { kind } of trying.found) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const named = (kind: string): string => {
    const found = bench.model().desk.legend_kinds.find(({ name }) => name === kind);
    return found ? words.say(found) : kind;
  };
  return el(
    "div",
    { class: "in-hand", id: "would-find" },
    el("p", {}, el("strong", {}, texts.legend.found(trying.found.length, trying.seconds === null ? null : words.number(trying.seconds, 1)))),
    el("ul", { class: "plain-rows" }, ...[...kinds].map(([kind, count]) => el("li", {}, `${named(kind)}: ${words.number(count)}`))),
    ...trying.findings.map((finding) => el("p", { class: "note" }, words.say(finding))),
  );
}
