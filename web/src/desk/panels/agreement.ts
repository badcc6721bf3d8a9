/** How far two people agree, and the cameras on which they differ. */

import { el } from "../../dom";
import type { Agreed, DeskCamera, Differing } from "../../generated/desk";
import type { Bench } from "../bench";

interface Known {
  readonly other: string | null;
  readonly agreed: Agreed | null;
  readonly chosen: string | null;
}

export function agreementPanel(bench: Bench, { other, agreed, chosen }: Known, compare: (file: string) => void, choose: (id: string) => void): HTMLElement {
  const texts = bench.texts();
  const { reviewers } = bench.model().desk;
  return el(
    "section",
    { class: "card", "aria-label": texts.modes.agreement },
    el("h2", {}, texts.modes.agreement),
    reviewers.length === 0 ? el("p", {}, texts.agreement.none) : chooser(bench, reviewers, other, compare),
    other !== null && !agreed && el("p", { class: "note" }, texts.loading),
    agreed && figures(bench, agreed),
    agreed &&
      el(
        "section",
        {},
        el("h3", {}, texts.agreement.differing(agreed.differing.length)),
        el("ol", { class: "queue-rows" }, ...agreed.differing.map((each) => el("li", {}, row(bench, each, each.camera_id === chosen, choose)))),
      ),
  );
}

function chooser(bench: Bench, files: readonly string[], other: string | null, compare: (file: string) => void): HTMLElement {
  const select = el("select", { id: "other", onchange: () => { compare(select.value); } }, ...files.map((file) => el("option", { value: file, selected: file === other }, file)));
  return el("p", {}, el("label", { for: "other" }, bench.texts().agreement.other, " "), select);
}

function figures(bench: Bench, agreed: Agreed): HTMLElement {
  const texts = bench.texts().agreement;
  const words = bench.words();
  const kappa = (value: number | null): string => (value === null ? texts.undefinedKappa : `κ ${words.number(value, 2)}`);
  const fact = (term: string, said: string, count: string): HTMLElement => el("div", {}, el("dt", {}, term), el("dd", {}, said, " ", el("span", { class: "note" }, count)));
  const { kinds, existence, places, directions, labels } = agreed;
  return el(
    "div",
    {},
    el("p", { class: "note" }, texts.both(agreed.both)),
    el(
      "dl",
      { class: "readings" },
      fact(texts.existence, kappa(existence.kappa), texts.of(existence.agreed, existence.n)),
      fact(texts.kinds, kappa(kinds.kappa), texts.of(kinds.agreed, kinds.n)),
      labels ? fact(texts.labels, kappa(labels.kappa), texts.of(labels.agreed, labels.n)) : null,
      fact(texts.places, places.median_m === null ? "–" : texts.median(words.metres(places.median_m), places.p95_m === null ? "–" : words.metres(places.p95_m)), texts.n(places.n)),
      fact(texts.directions, directions.median_deg === null ? "–" : texts.median(words.degrees(directions.median_deg), directions.p95_deg === null ? "–" : words.degrees(directions.p95_deg)), texts.n(directions.n)),
    ),
    directions.one_unknown > 0 && el("p", { class: "note" }, texts.oneUnknown(directions.one_unknown)),
    kinds.kinds.length > 1 && kindTable(bench, agreed),
  );
}

function kindTable(bench: Bench, { kinds }: Agreed): HTMLElement {
  const texts = bench.texts().agreement;
  const named = (name: string): string => {
    const kind = bench.model().desk.kinds.find((each) => each.name === name);
    return kind ? bench.words().say(kind) : name;
  };
  return el(
    "details",
    { id: "kind-table" },
    el("summary", {}, texts.table),
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, texts.oursByTheirs), ...kinds.kinds.map((name) => el("th", { scope: "col" }, named(name))))),
      el("tbody", {}, ...kinds.kinds.map((name, at) => el("tr", {}, el("th", { scope: "row" }, named(name)), ...(kinds.table[at] ?? []).map((count) => el("td", {}, String(count)))))),
    ),
  );
}

function row(bench: Bench, { camera_id, ours, theirs, differs, place_m, direction_deg }: Differing, current: boolean, choose: (id: string) => void): HTMLElement {
  const texts = bench.texts();
  const words = bench.words();
  const camera = ours ?? theirs;
  const apart = [typeof place_m === "number" && differs.includes("place") && words.metres(place_m), typeof direction_deg === "number" && differs.includes("direction") && words.degrees(direction_deg)].filter((each) => each !== false);
  return el(
    "button",
    {
      type: "button",
      class: "camera-row",
      "data-camera": camera_id,
      "aria-current": current ? "true" : null,
      onclick: () => {
        choose(camera_id);
        bench.focus();
      },
    },
    el(
      "span",
      { class: "row-words" },
      el("span", { class: "row-title" }, camera?.label ?? texts.unlabelled(camera_id)),
      el("span", { class: "row-note" }, [words.list(differs.map((what) => texts.agreement.in[what])), ...apart].join(" · ")),
      current && el("span", { class: "row-note" }, `${texts.agreement.ours}: ${told(bench, ours)}`),
      current && el("span", { class: "row-note" }, `${texts.agreement.theirs}: ${told(bench, theirs)}`),
    ),
  );
}

/** A camera's version in one line. */
export function told(bench: Bench, camera: DeskCamera | null): string {
  const texts = bench.texts();
  const words = bench.words();
  if (!camera || camera.deleted) return texts.agreement.noCamera;
  const kind = bench.model().desk.kinds.find(({ name }) => name === camera.kind);
  return [camera.label ?? texts.noLabel, kind ? words.say(kind) : camera.kind, camera.azimuth_deg === null ? texts.directionUnknown : words.azimuth(camera.azimuth_deg)].join(", ");
}
