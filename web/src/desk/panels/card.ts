/** The camera in hand: what was read, how surely and why not, and what can be done with it. */

import { el } from "../../dom";
import type { DeskCamera, Seen } from "../../generated/desk";
import type { Bench } from "../bench";
import type { Action } from "../keys";
import { sureOf, surenessOf } from "../marks";
import type { Tool } from "../modes/tools";
import { actionButton } from "./button";

export interface CardEvents {
  readonly relabel: (after: Seen) => void;
  readonly turn: (azimuth: number | null) => void;
}

export function cameraCard(
  bench: Bench,
  camera: DeskCamera | null,
  tool: Tool | null,
  actions: readonly Action[],
  events: CardEvents,
): HTMLElement {
  const texts = bench.texts();
  if (!camera) return el("section", { class: "card" }, el("h2", {}, texts.nothingInHand), el("p", { class: "note" }, texts.nothingHint), ...buttons(actions, ["add", "next"], bench));
  const title = camera.label ?? texts.unlabelled(camera.camera_id);
  return el(
    "section",
    { class: `card ${sureOf(camera)}`, "aria-label": texts.cardOf(title) },
    el("h2", {}, title),
    el("p", { class: "note" }, standing(bench, camera)),
    facts(bench, camera),
    doubts(bench, camera),
    tool?.act === "label" ? labelField(bench, camera, events) : null,
    tool?.act === "kind" ? kindChoice(bench, camera, events) : null,
    tool?.act === "turn" ? unknownButton(bench, events) : null,
    el(
      "div",
      { class: "acts" },
      ...actions.filter(({ group }) => group === "acts").map((action) => actionButton(action, texts, action.name === "confirm" ? "first" : "")),
    ),
  );
}

function buttons(actions: readonly Action[], names: readonly string[], bench: Bench): HTMLElement[] {
  return actions.filter(({ name }) => names.includes(name)).map((action) => actionButton(action, bench.texts()));
}

function standing(bench: Bench, camera: DeskCamera): string {
  const texts = bench.texts();
  if (camera.deleted) return texts.deleted;
  if (camera.standing !== "reviewed") return texts.standing[camera.standing];
  const when = camera.reviewed_on ? bench.words().date(camera.reviewed_on.slice(0, 10)) : null;
  return texts.reviewedBy(camera.reviewed_by, when);
}

function facts(bench: Bench, camera: DeskCamera): HTMLElement {
  const texts = bench.texts();
  const words = bench.words();
  const { confidence } = camera;
  const kind = bench.model().desk.kinds.find(({ name }) => name === camera.kind);
  const sd = camera.azimuth_sd_deg;
  const direction =
    camera.azimuth_deg === null
      ? texts.directionUnknown
      : `${words.azimuth(camera.azimuth_deg)}${sd ? ` ± ${words.degrees(sd)}` : ""}`;
  const place = camera.longitude === null ? texts.unplaced : camera.position_sd_m === null ? texts.placeKnown : texts.placeWithin(words.metres(camera.position_sd_m));
  const row = (term: string, said: string, share: number | null | undefined): HTMLElement =>
    el(
      "div",
      {},
      el("dt", {}, term),
      el("dd", {}, said, " ", typeof share === "number" && camera.standing !== "reviewed" && el("span", { class: `share ${surenessOf(share)}` }, texts.surely(surenessOf(share), words.percent(share)))),
    );
  return el(
    "dl",
    { class: "readings" },
    row(texts.kind, kind ? words.say(kind) : camera.kind, confidence.kind),
    row(texts.label, camera.label ?? texts.noLabel, confidence.label),
    row(texts.direction, direction, confidence.direction),
    row(texts.place, place, confidence.place),
    typeof confidence.symbol === "number" ? row(texts.symbol, texts.symbolFound, confidence.symbol) : null,
  );
}

function doubts(bench: Bench, camera: DeskCamera): HTMLElement | null {
  if (!camera.doubts.length) return null;
  const words = bench.words();
  return el("ul", { class: "why", "aria-label": bench.texts().why }, ...camera.doubts.map((doubt) => el("li", {}, words.say(doubt))));
}

function labelField(bench: Bench, camera: DeskCamera, { relabel }: CardEvents): HTMLElement {
  const texts = bench.texts();
  const input = el("input", { id: "new-label", type: "text", value: camera.label ?? "", autocomplete: "off", spellcheck: "false", maxlength: 60 });
  const send = (event: Event): void => {
    event.preventDefault();
    relabel({ label: input.value.trim() });
  };
  queueMicrotask(() => {
    input.select();
  });
  return el("form", { class: "in-hand", onsubmit: send }, el("label", { for: "new-label" }, texts.newLabel), input, el("button", { type: "submit", id: "set-label", class: "do" }, texts.set));
}

function kindChoice(bench: Bench, camera: DeskCamera, { relabel }: CardEvents): HTMLElement {
  const words = bench.words();
  return el(
    "div",
    { class: "in-hand kinds", role: "group", "aria-label": bench.texts().actions.kind ?? "" },
    ...bench.model().desk.kinds.map((kind, at) =>
      el(
        "button",
        {
          type: "button",
          id: `kind-${kind.name}`,
          class: "do",
          "aria-pressed": String(kind.name === camera.kind),
          onclick: () => {
            relabel({ kind: kind.name });
          },
        },
        el("kbd", {}, String(at + 1)),
        el("span", {}, words.say(kind)),
      ),
    ),
  );
}

function unknownButton(bench: Bench, { turn }: CardEvents): HTMLElement {
  const texts = bench.texts();
  return el(
    "div",
    { class: "in-hand" },
    el("button", { type: "button", id: "turn-unknown", class: "do", onclick: () => { turn(null); } }, el("span", {}, texts.turnUnknown), el("kbd", { "aria-hidden": "true" }, "−"), ),
  );
}
