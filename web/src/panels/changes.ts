/** Two disclosures side by side: how many cameras became what, as a key that filters map and table, and each of them. */

import { address, type Item } from "../api";
import { comparable, comparedIn, counted, samePair } from "../changes";
import { el } from "../dom";
import { changeKey } from "../filters";
import { CAMERA_KIND, CHANGE, PAIRING, type Change } from "../generated/api";
import { changeSign } from "../icons";
import { changedName } from "../naming";
import type { Compared } from "../state";
import type { Context } from "./context";
import { doubts } from "./parts";

type Row = Item<"camera_changes">["properties"];

/** Return the panel; the rows of `context.changes` are null while they are on their way. */
export function changesPanel(context: Context): HTMLElement {
  const { world, texts, state, changes } = context;
  const pairs = comparable(world.disclosures);
  const pair = comparedIn(state, pairs);
  const panel = el("div", { class: "changes" });
  if (!pair) return panel;
  if (pairs.length > 1) panel.append(choice(pairs, pair, context));
  panel.append(el("p", {}, texts.comparedWith(titled(pair.earlier, context), titled(pair.later, context))));
  if (!changes) panel.append(el("p", { class: "note waiting" }, texts.loading));
  else if (!changes.rows.length) panel.append(el("p", {}, texts.noCommonGround));
  else panel.append(...said(pair, changes.rows, context).filter((each) => each !== null));
  return panel;
}

function choice(pairs: readonly Compared[], pair: Compared, context: Context): HTMLElement {
  const { texts, actions } = context;
  return el(
    "p",
    {},
    el("label", { for: "compared" }, texts.comparedLabel),
    el(
      "select",
      {
        id: "compared",
        onchange: (event) => {
          const chosen = pairs[Number((event.target as HTMLSelectElement).value)];
          if (chosen) actions.compare(chosen);
        },
      },
      ...pairs.map((each, at) =>
        el("option", { value: at, selected: samePair(each, pair) }, `${titled(each.earlier, context)} → ${titled(each.later, context)}`),
      ),
    ),
  );
}

/** A disclosure by its title and its day. */
export function titled(id: string, { world, words }: Context): string {
  const record = world.disclosures.find(({ properties }) => properties.disclosure_id === id)?.properties;
  const day = record?.answered_on ?? record?.requested_on;
  return record ? `${record.title}${day ? ` (${words.date(day)})` : ""}` : id;
}

function said(pair: Compared, rows: readonly Item<"camera_changes">[], context: Context): (HTMLElement | null)[] {
  const { texts, shown, changes } = context;
  const all = rows.map(({ properties }) => properties);
  const listed = all.filter(({ change }) => change !== "kept" && shown.changes.has(change)).sort(byChange(context));
  return [
    all[0]?.order_known === false ? el("p", { class: "note" }, texts.orderUnknown) : null,
    key(rows, context),
    el("p", { class: "note" }, texts.changesNote),
    el("p", { class: "count", role: "status" }, listed.length ? texts.changesCount(listed.length) : texts.nothingFound),
    listed.length
      ? el(
          "table",
          { class: "changed" },
          el("thead", {}, el("tr", {}, ...[texts.camera, texts.whatChanged].map((head) => el("th", { scope: "col" }, head)))),
          el("tbody", {}, ...listed.map((row) => line(row, context))),
        )
      : null,
    doubts(changes?.findings ?? [], context),
    el("p", { class: "note" }, el("a", { href: request(pair) }, texts.downloadChanges)),
  ];
}

/** The key, with how many there are of each; what is unticked goes from map and table. */
function key(rows: readonly Item<"camera_changes">[], { words, shown, look, actions, texts }: Context): HTMLElement {
  const counts = counted(rows);
  return el(
    "fieldset",
    { class: "key" },
    el("legend", {}, texts.changesKey),
    ...(Object.keys(CHANGE) as Change[]).flatMap((change) => {
      const count = counts.get(change);
      if (!count) return [];
      const box = el("input", {
        type: "checkbox",
        "data-filter": changeKey(change),
        checked: shown.changes.has(change),
        onchange: (event) => {
          actions.filter(changeKey(change), (event.target as HTMLInputElement).checked);
        },
      });
      const sign = changeSign(change, look.colour("camera_changes", change));
      return [el("label", { class: "entry" }, box, sign, el("span", {}, el("strong", {}, words.number(count)), ` ${words.say(CHANGE[change])}`))];
    }),
  );
}

function line(row: Row, context: Context): HTMLElement {
  const { words, look, texts, actions } = context;
  const camera = row.camera_to ?? row.camera_from ?? "";
  const open = {
    type: "button",
    class: "row",
    "data-camera": camera,
    onclick: () => {
      actions.select({ what: "camera", id: camera });
    },
  };
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, el("button", open, changeSign(row.change, look.colour("camera_changes", row.change)), changedName(row, texts))),
    el("td", {}, words.say(CHANGE[row.change]), ...howMuch(row, context).map((each) => el("span", { class: "note" }, each))),
  );
}

/** By how much, as far as it is more than errors, and by what it is taken for the same camera. */
export function howMuch(row: Row, { words, texts }: Context): string[] {
  const moved = row.change === "moved" || row.change === "moved_and_turned";
  const turned = row.change === "turned" || row.change === "moved_and_turned";
  const { moved_m, moved_sd_m, turned_deg, turned_sd_deg, kind_from, kind_to, label_from, label_to } = row;
  return [
    moved && moved_m !== null ? texts.byMetres(words.metres(moved_m), words.metres(moved_sd_m ?? 0)) : "",
    turned && turned_deg !== null ? texts.byDegrees(words.degrees(Math.abs(turned_deg)), words.degrees(turned_sd_deg ?? 0), turned_deg > 0) : "",
    kind_from && kind_to && kind_from !== kind_to ? texts.fromTo(words.say(CAMERA_KIND[kind_from]), words.say(CAMERA_KIND[kind_to])) : "",
    label_from && label_to && label_from !== label_to ? texts.relabelled(label_from) : "",
    row.paired_by === "place" ? texts.recognised(words.say(PAIRING.place)) : "",
    row.covered ? "" : texts.notCovered,
  ].filter(Boolean);
}

function byChange({ words }: Context): (one: Row, other: Row) => number {
  const order = Object.keys(CHANGE);
  const collator = new Intl.Collator(words.language, { numeric: true });
  const label = (row: Row): string => row.label_to ?? row.label_from ?? "";
  return (one, other) => order.indexOf(one.change) - order.indexOf(other.change) || collator.compare(label(one), label(other));
}

function request({ earlier, later }: Compared): string {
  const url = address("exports/camera_changes.csv");
  url.searchParams.set("disclosure_id", later);
  url.searchParams.set("earlier_disclosure_id", earlier);
  return url.href;
}
