/** A building: which cameras could view it, how surely, how sharply, which part, and what was assumed. */

import type { Item } from "../api";
import { el } from "../dom";
import { split } from "../filters";
import { ASPECT, MODE, SPACE_KIND } from "../generated/api";
import { grouped } from "../grouping";
import { RULES } from "../generated/rules";
import type { Detail } from "../map/scene";
import { buildingName } from "../naming";
import { card } from "./card";
import type { Context } from "./context";
import { assumedWords, cameraButton, doubts, fact, newerLevel, papers, sharply, surely, surenessSign } from "./parts";

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
    return card(heading, kicker, context, detail ? el("p", { class: "lead" }, why) : waiting(context));
  }
  const byCamera = grouped(detail?.exposures ?? [], ({ properties }) => properties.camera_id);
  const rules = split(exposed.rule_ids);
  const from = [...new Set((detail?.exposures ?? []).map(({ properties }) => properties.disclosure_id))];
  return card(
    heading,
    kicker,
    context,
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
    detail && byFloor(detail.floors, context),
    detail ? el("h3", {}, texts.byCamera) : waiting(context),
    detail &&
      el(
        "ol",
        { class: "sightings" },
        ...[...byCamera].map(([camera, exposures]) => el("li", {}, ...sighting(camera, exposures, context))),
      ),
    rules.length
      ? el(
          "section",
          {},
          el("h3", {}, texts.rules),
          el("ul", { class: "plain-list" }, ...rules.map((rule) => ruleOf(rule, context))),
          el("p", { class: "note" }, texts.rulesNote),
        )
      : null,
    detail && doubts(detail.findings, context),
    detail && papers(from, context),
    el("p", { class: "note" }, texts.noFurther),
  );
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

function ruleOf(id: string, { words }: Context): HTMLElement {
  const rule = RULES[id];
  if (!rule) return el("li", {}, id);
  return el("li", {}, el("strong", {}, rule.cited), el("span", { class: "note" }, words.say(rule)));
}

/** One camera's views of the building, each part of it in each mode. */
function sighting(cameraId: string, exposures: readonly Item<"exposures">[], context: Context): Node[] {
  const { world, words, texts } = context;
  const camera = world.camera(cameraId);
  const surest = exposures[0]?.properties;
  if (!surest) return [];
  const sharpest = exposures.reduce((one, other) => (other.properties.px_per_m > one.properties.px_per_m ? other : one));
  const modes = grouped(exposures, ({ properties }) => properties.mode);
  const assumed = assumedWords(exposures.map(({ properties }) => properties.assumed ?? "").join(";"), context);
  return [
    camera ? cameraButton(camera, "", context) : el("p", {}, cameraId),
    el(
      "dl",
      { class: "facts" },
      fact(
        texts.howSurely,
        surely(surest.sureness, words.probability(surest.probability, surest.probability_se), context),
      ),
      fact(
        texts.howSharply,
        sharply(sharpest.properties.level, context),
        newerLevel(sharpest.properties.level_oodpcvs, context),
        el(
          "span",
          { class: "note" },
          texts.atMost(words.density(sharpest.properties.px_per_m), words.metres(sharpest.properties.distance_m)),
          sharpest.properties.mode === "reach_tele" ? ` (${texts.fullZoom})` : "",
        ),
      ),
      ...[...modes].map(([mode, seen]) =>
        fact(
          modes.size > 1 || mode !== "fixed" ? `${texts.whichPart}, ${words.say(MODE[mode])}` : texts.whichPart,
          el("ul", { class: "parts" }, ...seen.map((each) => el("li", {}, part(each.properties, context)))),
        ),
      ),
      fact(texts.assumedHere, assumed),
    ),
  ];
}

/** Which part, and where parts differ in sureness, how surely. */
function part(exposure: Item<"exposures">["properties"], { texts, words }: Context): string {
  const share = words.percent(exposure.share);
  const surely = words.probability(exposure.probability);
  const named = {
    facade: () => texts.partFacade(words.metres(exposure.length_m ?? 0), share),
    entrance: () => texts.partEntrance,
    balcony: () => texts.partBalcony,
    ground: () => texts.partGround(words.area(exposure.area_m2 ?? 0), share),
  };
  return exposure.aspect in ASPECT ? `${named[exposure.aspect]()} · ${surely}` : surely;
}

function waiting({ texts }: Context): HTMLElement {
  return el("p", { class: "note waiting" }, texts.loading);
}
