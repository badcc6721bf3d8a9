/** The legend: what every sign means; what has a box beside it can be hidden, from the map and the list alike. */

import { el } from "../dom";
import { LAYERS } from "../layers";
import type { LegendGroup } from "../map/layer";
import type { Context } from "./context";

export function legendPanel(context: Context): HTMLElement[] {
  const { look, words, texts } = context;
  return LAYERS.flatMap((layer) => layer.legend?.(look, words, texts) ?? []).map((group) => legendGroup(group, context));
}

function legendGroup({ title, note, entries, filter }: LegendGroup, context: Context): HTMLElement {
  return el(
    "fieldset",
    {},
    el("legend", {}, title),
    filter ? el("label", { class: "entry" }, box(filter.key, context), el("span", {}, filter.label)) : null,
    ...entries.map((entry) => {
      const said = el(
        "span",
        {},
        entry.label,
        entry.note === undefined ? null : el("span", { class: "note" }, ` ${entry.note}`),
      );
      return entry.filter === undefined
        ? el("p", { class: "entry" }, entry.sign, said)
        : el("label", { class: "entry" }, box(entry.filter, context), entry.sign, said);
    }),
    note === undefined ? null : el("p", { class: "note" }, note),
  );
}

function box(key: string, { state, actions }: Context): HTMLInputElement {
  return el("input", {
    type: "checkbox",
    "data-filter": key,
    checked: !state.hidden.includes(key),
    onchange: (event) => {
      actions.filter(key, (event.target as HTMLInputElement).checked);
    },
  });
}
