/** What this is, in three sentences: who disclosed it and when, what is withheld, what was computed. */

import { el } from "../dom";
import type { Context } from "./context";
import { yearsPanel } from "./years";

export function intro(context: Context): HTMLElement {
  const { world, words, texts } = context;
  const told = world.disclosures.map(({ properties: record }) =>
    record.requested_on === null && record.answered_on === null
      ? texts.recorded(record.authority, record.cameras_placed)
      : texts.disclosed(record.authority, record.cameras_placed, record.answered_on && words.date(record.answered_on)),
  );
  const withheld = world.disclosures.reduce((sum, { properties }) => sum + properties.cameras_withheld, 0);
  return el(
    "div",
    { class: "intro" },
    el("h2", {}, world.disclosures.map(({ properties }) => properties.title).join(" · ") || "visavis"),
    el(
      "p",
      {},
      `${told.join(" ")} `,
      withheld ? el("strong", {}, texts.withheldCount(withheld)) : null,
      withheld ? " " : null,
      texts.method(world.buildings.length),
    ),
    yearsPanel(context),
  );
}
