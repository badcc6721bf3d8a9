/** The legend: what every sign means; what has a box beside it can be hidden, from the map and the list alike. */

import { el } from "../dom";
import { disclosureKey } from "../filters";
import { LAYERS } from "../layers";
import { withheldKey } from "../layers/withheld";
import type { LegendGroup } from "../map/layer";
import { areasOf } from "../world";
import type { Context } from "./context";

export function legendPanel(context: Context): HTMLElement[] {
  const { look, words, texts } = context;
  const groups = LAYERS.flatMap((layer) => layer.legend?.(look, words, texts) ?? []);
  const areas = areasOf(context.world.withheld).length ? [withheldKey(look, texts)] : [];
  return [...groups, ...areas, ...disclosures(context)].map((group) => legendGroup(group, context));
}

/** Which papers the cameras come from, where there is a choice. */
function disclosures({ world, texts }: Context): LegendGroup[] {
  const placing = world.disclosures.map(({ properties }) => properties).filter(({ cameras_placed }) => cameras_placed > 0);
  if (placing.length < 2) return [];
  return [
    {
      title: texts.legendDisclosures,
      entries: placing.map(({ disclosure_id, title }) => ({ label: title, filter: disclosureKey(disclosure_id) })),
      note: texts.legendDisclosuresNote,
    },
  ];
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
      const sign = entry.sign ?? null;
      return entry.filter === undefined
        ? el("p", { class: "entry" }, sign, said)
        : el("label", { class: "entry" }, box(entry.filter, context), sign, said);
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
