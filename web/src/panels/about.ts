/** What this is, who disclosed it and when, what is withheld, and where everything comes from. */

import { address } from "../api";
import { el } from "../dom";
import { DOCUMENT_STATUS } from "../generated/api";
import { chart } from "./chart";
import type { Context } from "./context";
import { fact } from "./parts";
import { programs } from "./programs";

export function aboutPanel(context: Context): HTMLElement {
  const { texts } = context;
  return el(
    "div",
    { class: "about" },
    el("h3", {}, texts.whatThisIs),
    el("p", {}, texts.aboutText),
    el("p", {}, texts.aboutBuilding),
    records(context),
    el("p", {}, page("authorities", texts.authorities, context.words.language)),
    withheld(context),
    comparisons(context),
    sources(context),
    el("h3", {}, texts.data),
    el(
      "p",
      {},
      `${texts.dataText} `,
      el("a", { href: address("collections").href }, texts.dataCollections),
      ", ",
      el("a", { href: address("api").href }, texts.dataApi),
      ".",
    ),
    programs(context),
    el("p", { class: "note" }, texts.built(context.words.date(context.world.build.built_at), context.world.build.software)),
  );
}

function records({ world, words, texts }: Context): HTMLElement {
  return el(
    "section",
    {},
    el("h3", {}, texts.records),
    ...world.disclosures.map(({ properties: record }) =>
      el(
        "div",
        { class: "record" },
        el("h4", {}, record.title),
        el("p", {}, record.authority),
        el(
          "dl",
          { class: "facts" },
          fact(texts.status, words.say(DOCUMENT_STATUS[record.status])),
          fact(texts.asked, record.requested_on && words.date(record.requested_on)),
          fact(texts.answered, record.answered_on && words.date(record.answered_on)),
          fact(texts.camerasPlaced, words.number(record.cameras_placed)),
          fact(texts.camerasWithheld, words.number(record.cameras_withheld)),
          fact(texts.licence, record.licence),
        ),
        papersOf(record.disclosure_id, { world, words, texts }),
        el("p", {}, page(`dossiers/${encodeURIComponent(record.disclosure_id)}`, texts.wholeDossier, words.language)),
      ),
    ),
  );
}

/** A page of the service for people, in the language of this one. */
function page(path: string, name: string, language: string): HTMLElement {
  return el("a", { href: address(`${path}?f=html&lang=${language}`).href }, name);
}

function papersOf(id: string, { world, words, texts }: Pick<Context, "world" | "words" | "texts">): HTMLElement | null {
  const papers = world.documents.filter(({ properties }) => properties.disclosure_id === id);
  if (!papers.length) return null;
  return el(
    "details",
    {},
    el("summary", {}, `${texts.documents} (${words.number(papers.length)})`),
    el(
      "ul",
      { class: "plain-list" },
      ...papers.map(({ properties }) =>
        el(
          "li",
          {},
          properties.title,
          el(
            "span",
            { class: "note" },
            [
              words.say(DOCUMENT_STATUS[properties.status]),
              properties.date && words.date(properties.date),
              properties.reason && texts.reason(properties.reason),
            ]
              .filter(Boolean)
              .join(" · "),
          ),
        ),
      ),
    ),
  );
}

function withheld({ world, words, texts }: Context): HTMLElement | null {
  if (!world.withheld.length) return null;
  return el(
    "section",
    {},
    el("h3", {}, texts.withheldHeading),
    el(
      "ul",
      { class: "plain-list" },
      ...world.withheld.map(({ properties }) =>
        el(
          "li",
          {},
          `${texts.camerasCount(properties.cameras)} : ${properties.what}`,
          el("span", { class: "note" }, texts.withheldBy(properties.authority, properties.date && words.date(properties.date))),
          properties.reason && el("span", { class: "note" }, texts.reason(properties.reason)),
        ),
      ),
    ),
  );
}

function comparisons({ world, words, texts }: Context): HTMLElement | null {
  if (!world.comparisons.length) return null;
  const number = (value: number | null): string => (value === null ? "–" : words.number(value));
  return el(
    "section",
    {},
    el("h3", {}, texts.comparisons),
    el("p", { class: "note" }, texts.chartKey),
    el(
      "table",
      {},
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          ...[texts.subject, texts.claimed, texts.computed, texts.observed].map((head) => el("th", { scope: "col" }, head)),
        ),
      ),
      el(
        "tbody",
        {},
        ...world.comparisons.map(({ properties: row }) => {
          const [title, note] =
            words.language === "fr" ? [row.title_fr, row.note_fr] : [row.title_en, row.note_en];
          return el(
            "tr",
            {},
            el("th", { scope: "row" }, title, chart(row), note && el("span", { class: "note" }, note)),
            el("td", {}, row.claimed ?? "–"),
            el("td", {}, number(row.computed)),
            el("td", {}, number(row.observed)),
          );
        }),
      ),
    ),
  );
}

function sources({ world, texts }: Context): HTMLElement {
  return el(
    "section",
    {},
    el("h3", {}, texts.sources),
    el(
      "ul",
      { class: "plain-list" },
      ...world.build.sources.map((source) =>
        el(
          "li",
          {},
          source.title,
          el("span", { class: "note" }, `${source.attribution} · ${source.licence}`),
        ),
      ),
    ),
  );
}
