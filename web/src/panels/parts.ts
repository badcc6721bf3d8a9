/** Small parts that several panels are made of. */

import type { Item } from "../api";
import { el } from "../dom";
import { split } from "../filters";
import { CAMERA_KIND, LEVEL, LEVEL_OODPCVS, SEVERITY, SURENESS, type Level, type LevelOodpcvs, type Sureness } from "../generated/api";
import { cameraSign, patch } from "../icons";
import { buildingName, cameraName } from "../naming";
import type { Context } from "./context";

/** A term and what is said of it; nothing where there is nothing to say. */
export function fact(term: string, ...said: (Node | string | null)[]): HTMLElement | null {
  const given = said.filter((each): each is Node | string => each !== null && each !== "");
  // The spaces are for those who hear it.
  const spaced = given.flatMap((each) => [each, " "]);
  return given.length ? el("div", { class: "fact" }, el("dt", {}, term), el("dd", {}, ...spaced)) : null;
}

export function surenessSign(sureness: Sureness, { look }: Context): SVGSVGElement {
  const entry = look.entries("exposed_buildings").find(({ code }) => code === sureness);
  return patch(entry ?? { pattern: "solid" }, look.colour("exposed_buildings", sureness));
}

export function surely(sureness: Sureness, probability: string, { words }: Context): string {
  return `${words.say(SURENESS[sureness])}, ${probability}`;
}

/** How sharply, in words. */
export function sharply(level: Level | null, { texts, words }: Context): string {
  return level === null ? texts.belowLevels : words.say(LEVEL[level]);
}

/** The level of the newer scale, as a note beside that of the older. */
export function newerLevel(level: LevelOodpcvs | null, { texts, words }: Context): HTMLElement | null {
  return level === null ? null : el("span", { class: "note" }, texts.newerLevel(words.say(LEVEL_OODPCVS[level])));
}

/** A button that selects a camera. */
export function cameraButton(camera: Item<"cameras">, note: string, context: Context): HTMLButtonElement {
  const { camera_id, kind } = camera.properties;
  return el(
    "button",
    {
      type: "button",
      class: "row",
      "data-camera": camera_id,
      onclick: () => {
        context.actions.select({ what: "camera", id: camera_id });
      },
    },
    cameraSign(kind, context.look.colour("cameras", kind)),
    el(
      "span",
      { class: "row-words" },
      el("span", { class: "row-title" }, cameraName(camera_id, camera.properties.label, context.texts)),
      el("span", { class: "row-note" }, note || context.words.say(CAMERA_KIND[kind])),
    ),
  );
}

/** A button that selects a building, signed with how surely it could be viewed. */
export function buildingButton(
  building: Item<"exposed_buildings">,
  sureness: Sureness,
  note: string,
  context: Context,
): HTMLButtonElement {
  const { building_id, name, address } = building.properties;
  return el(
    "button",
    {
      type: "button",
      class: "row",
      "data-building": building_id,
      onclick: () => {
        context.actions.select({ what: "building", id: building_id });
      },
    },
    surenessSign(sureness, context),
    el(
      "span",
      { class: "row-words" },
      el("span", { class: "row-title" }, buildingName(building_id, name, address, context.texts)),
      el("span", { class: "row-note" }, note),
    ),
  );
}

/**
 * The columns that `assumed` names, each once and after its table: `camera.height_m`, `space.height_m`.
 * A table's own `assumed` adds the rule to each and leaves itself out: `height_m=default.mount-height;…`.
 */
export function assumedColumns(assumed: string | null, table: "camera" | "space" = "camera"): string[] {
  const columns = split(assumed).map((each) => each.split("=")[0] ?? "");
  return [...new Set(columns.map((column) => (column.includes(".") ? column : `${table}.${column}`)))];
}

export function assumedWords(assumed: string | null, { texts, words }: Context): string | null {
  const named = assumedColumns(assumed).map((column) => texts.columns[column] ?? column);
  return named.length ? words.list([...new Set(named)]) : null;
}

/** Findings in the reader's language, the weightiest first. */
export function doubts(findings: readonly Item<"findings">[], { texts, words, look }: Context): HTMLElement | null {
  if (!findings.length) return null;
  const order = Object.keys(SEVERITY).reverse();
  const sorted = [...findings].sort(
    (one, other) => order.indexOf(one.properties.severity) - order.indexOf(other.properties.severity),
  );
  return el(
    "section",
    {},
    el("h3", {}, texts.doubts),
    el(
      "ul",
      { class: "doubts" },
      ...sorted.map(({ properties }) => {
        const item = el(
          "li",
          {},
          el("span", { class: "tag" }, words.say(SEVERITY[properties.severity])),
          " ",
          words.language === "fr" ? properties.text_fr : properties.text_en,
        );
        item.style.setProperty("--mark", look.colour("findings", properties.severity));
        return item;
      }),
    ),
  );
}

/** The papers and the source that a row of a dossier was read from. */
export function papers(disclosureIds: readonly string[], { world, texts }: Context): HTMLElement | null {
  const told = world.disclosures.filter(({ properties }) => disclosureIds.includes(properties.disclosure_id));
  if (!told.length) return null;
  return el(
    "section",
    {},
    el("h3", {}, texts.papers),
    el(
      "ul",
      { class: "plain-list" },
      ...told.map(({ properties }) => {
        const maps = world.documents.filter(
          (each) => each.properties.disclosure_id === properties.disclosure_id && each.properties.file !== null,
        );
        return el(
          "li",
          {},
          el("strong", {}, properties.title),
          el("span", { class: "note" }, `${properties.authority} · ${properties.licence}`),
          ...maps.map((each) => el("span", { class: "note" }, each.properties.title)),
        );
      }),
    ),
  );
}
