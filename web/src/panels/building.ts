/** A building: which cameras could view it, how surely, how sharply, which part, and what was assumed. */

import { el } from "../dom";
import { split } from "../filters";
import { SPACE_KIND } from "../generated/api";
import { grouped } from "../grouping";
import { RULES } from "../generated/rules";
import type { Detail } from "../map/scene";
import { buildingName } from "../naming";
import { inSlices } from "../pacing";
import { card } from "./card";
import { claimsAbout } from "./claims";
import type { Context } from "./context";
import { lettersSection } from "./letters";
import { doubts, fact, newerLevel, papers, sharply, surely, surenessSign } from "./parts";
import { sighting } from "./sighting";

/** What an authority may say of views into homes. */
const ABOUT_HOMES = /private_spaces|privacy_mask|cnil_private/;

/** Return the panel; `detail` is null while it is on its way. */
export function buildingPanel(id: string, detail: Detail | null, context: Context): HTMLElement {
  const { world, words, texts } = context;
  const exposed = world.building(id)?.properties;
  const space = detail?.spaces.find(({ geometry }) => geometry.type !== "Point")?.properties;
  const kind = exposed?.kind ?? space?.kind;
  const kicker = kind ? words.say(SPACE_KIND[kind]) : "";
  const known = exposed ?? space;
  const heading = buildingName(id, known?.name, known?.address, texts);
  if (!exposed) {
    const why = kind === "public" ? texts.notPrivate : texts.notExposed;
    return card(heading, kicker, context, [detail ? el("p", { class: "lead" }, why) : waiting(context)]);
  }
  const byCamera = grouped(detail?.exposures ?? [], ({ properties }) => properties.camera_id);
  const [surest] = split(exposed.camera_ids);
  const from = [...new Set((detail?.exposures ?? []).map(({ properties }) => properties.disclosure_id))];
  return card(
    heading,
    kicker,
    context,
    [
      el(
        "p",
        { class: "lead" },
        surenessSign(exposed.sureness, context),
        el("span", {}, el("strong", {}, `${texts.couldView(exposed.cameras)}.`), ` ${texts.toCheck}`),
      ),
      el(
        "dl",
        { class: "facts" },
        fact(texts.surest, surely(exposed.sureness, words.probability(exposed.probability), context)),
        fact(texts.sharpest, sharply(exposed.level, context), newerLevel(exposed.level_oodpcvs, context)),
      ),
      from.length > 1 ? el("p", { class: "note", "data-counted": "" }, texts.countedByPaper) : null,
      detail && byFloor(detail.floors, context),
      detail ? el("h3", {}, texts.byCamera) : waiting(context),
      detail && sightings(id, byCamera, context),
    ],
    [
      () => detail && claimsAbout(from, ABOUT_HOMES, context),
      () => rulesOf(exposed.rule_ids, context),
      () => detail && doubts(detail.findings, context),
      () => detail && papers(from, context),
      () => el("p", { class: "note" }, texts.noFurther),
      () => (surest === undefined ? null : lettersSection(surest, context)),
    ],
  );
}

/** So many cameras are told of before the first frame. */
const FIRST = 2;

function sightings(id: string, byCamera: ReadonlyMap<string, Detail["exposures"]>, context: Context): HTMLElement {
  const each = [...byCamera].map(([camera, exposures]) => ({ camera, exposures, item: el("li") }));
  const list = el("ol", { class: "sightings" }, ...each.map(({ item }) => item));
  inSlices(
    list,
    each.map(({ camera, exposures, item }, at) => () => {
      item.append(...sighting(id, camera, exposures, at === 0, context));
    }),
    FIRST,
  );
  return list;
}

/** Which floors could be viewed, from the ground up, and what is there where that is not a home. */
function byFloor(floors: Detail["floors"], context: Context): HTMLElement | null {
  const { words, texts } = context;
  if (!floors.length) return null;
  const counted = floors.some(({ properties }) => properties.assumed !== null);
  return el(
    "section",
    { "data-floors": "" },
    el("h3", {}, texts.byFloor),
    el(
      "dl",
      { class: "facts" },
      ...floors.map(({ properties: floor }) =>
        fact(
          texts.floors(floor.floor_from, floor.floor_to),
          `${texts.camerasCount(floor.cameras)} · ${surely(floor.sureness, words.probability(floor.probability), context)}`,
          sharply(floor.level, context),
          floor.kind === "dwelling_facade" ? null : el("span", { class: "note" }, words.say(SPACE_KIND[floor.kind])),
        ),
      ),
    ),
    counted ? el("p", { class: "note" }, texts.floorsAssumed) : null,
  );
}

function rulesOf(joined: string | null, context: Context): HTMLElement | null {
  const rules = split(joined);
  if (!rules.length) return null;
  return el(
    "section",
    {},
    el("h3", {}, context.texts.rules),
    el("ul", { class: "plain-list" }, ...rules.map((rule) => ruleOf(rule, context))),
    el("p", { class: "note" }, context.texts.rulesNote),
  );
}

function ruleOf(id: string, { words }: Context): HTMLElement {
  const rule = RULES[id];
  if (!rule) return el("li", {}, id);
  return el("li", {}, el("strong", {}, rule.cited), el("span", { class: "note" }, words.say(rule)));
}

function waiting({ texts }: Context): HTMLElement {
  return el("p", { class: "note waiting" }, texts.loading);
}
