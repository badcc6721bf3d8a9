/** What is said of the control points: how each fits, which map they give and why, and what is proposed. */

import { el } from "../../dom";
import type { ControlPoints, DeskPoint, Proposal } from "../../generated/desk";
import type { Bench } from "../bench";
import type { Action } from "../keys";
import type { Point } from "../ground";
import type { Side } from "../panes/pane";
import { annotationOf } from "../service";
import { actionButton } from "./button";

/** A point being set: what is known of it, and on which side the next place counts. */
export interface Setting {
  readonly number: number;
  readonly isNew: boolean;
  readonly sheet: Point | null;
  readonly map: Point | null;
  readonly side: Side;
  readonly at: Point;
}

interface Known {
  readonly known: ControlPoints | null;
  readonly tried: ControlPoints | null;
  readonly setting: Setting | null;
  readonly proposals: readonly Proposal[];
  readonly point: DeskPoint | null;
  readonly proposal: Proposal | null;
}

interface Chosen {
  readonly point: (number: number) => void;
  readonly proposal: (id: string) => void;
}

export function pointsPanel(bench: Bench, known: Known, actions: readonly Action[], choose: Chosen): HTMLElement {
  const texts = bench.texts();
  const now = known.tried ?? known.known;
  if (!now) return el("section", { class: "card" }, el("h2", {}, texts.modes.points), el("p", { class: "note" }, texts.loading));
  const can = (names: readonly string[]): HTMLElement[] =>
    actions.filter(({ name, can: may }) => names.includes(name) && (may?.() ?? true)).map((action) => actionButton(action, texts, action.name === "accept" ? "first" : ""));
  return el(
    "section",
    { class: "card points", "aria-label": texts.modes.points },
    el("h2", {}, texts.modes.points),
    known.tried && el("p", { class: "trying" }, texts.points.trying),
    chosenMap(bench, now),
    el("div", { class: "acts" }, ...can(["accept", "refuse", "addPoint", "movePoint", "takeOut", "suggest"])),
    suggesting(bench, now),
    known.proposals.length > 0 && proposalList(bench, known, choose),
    pointTable(bench, now, known, choose),
    tried(bench, now),
    el("p", {}, el("a", { href: annotationOf(now.sheet), download: true, id: "annotation" }, texts.points.annotation)),
  );
}

function chosenMap(bench: Bench, now: ControlPoints): HTMLElement {
  const texts = bench.texts();
  const words = bench.words();
  const outliers = now.points.filter(({ outlier }) => outlier);
  return el(
    "div",
    {},
    now.error
      ? el("p", { class: "problem" }, now.error, " ", now.remedy ?? "")
      : el("p", {}, words.say(now.why)),
    now.rms_m !== null && el("p", { class: "note" }, texts.points.rms(words.metres(now.rms_m), now.residual_rms_m === null ? null : words.metres(now.residual_rms_m))),
    ...outliers.map((each) => el("p", { class: "problem" }, texts.points.outlier(each.number, each.name ?? null, each.loo_m === null ? "" : words.metres(each.loo_m)))),
    now.findings.length > 0 && el("ul", { class: "why" }, ...now.findings.map((finding) => el("li", {}, words.say(finding)))),
  );
}

function suggesting(bench: Bench, { suggesting: { state, error, remedy } }: ControlPoints): HTMLElement | null {
  const texts = bench.texts();
  if (state === "running" || state === "waiting") return el("p", { class: "note", role: "status" }, texts.points.suggesting);
  if (state === "failed") return el("p", { class: "problem" }, error ?? "", " ", remedy ?? "");
  return null;
}

function proposalList(bench: Bench, { proposals, proposal }: Known, choose: Chosen): HTMLElement {
  const texts = bench.texts();
  const words = bench.words();
  return el(
    "section",
    {},
    el("h3", {}, texts.points.proposals(proposals.length)),
    el(
      "ol",
      { class: "queue-rows" },
      ...proposals.map((each) =>
        el(
          "li",
          {},
          el(
            "button",
            {
              type: "button",
              class: "camera-row",
              id: `proposal-${each.id}`,
              "aria-current": each.id === proposal?.id ? "true" : null,
              onclick: () => {
                choose.proposal(each.id);
                bench.focus();
              },
            },
            el("span", { class: "row-words" }, el("span", { class: "row-title" }, words.say(each.words)), el("span", { class: "row-note" }, texts.points.origin[each.origin])),
            el("span", { class: "share" }, words.percent(each.score)),
          ),
        ),
      ),
    ),
  );
}

function pointTable(bench: Bench, now: ControlPoints, { point, setting }: Known, choose: Chosen): HTMLElement {
  const texts = bench.texts();
  const words = bench.words();
  const metres = (value: number | null): string => (value === null ? "–" : words.metres(value));
  const row = (each: DeskPoint): HTMLElement =>
    el(
      "tr",
      { class: [each.outlier && "outlier", each.number === (setting?.number ?? point?.number) && "current"].filter(Boolean).join(" ") || null },
      el(
        "th",
        { scope: "row" },
        el(
          "button",
          {
            type: "button",
            id: `point-${each.number}`,
            class: "point-name",
            "aria-current": each.number === point?.number ? "true" : null,
            onclick: () => {
              choose.point(each.number);
              bench.focus();
            },
          },
          `${each.number}${each.outlier ? " ⚠" : ""} `,
          each.name ?? "",
        ),
      ),
      el("td", {}, metres(each.residual_m)),
      el("td", {}, metres(each.loo_m)),
    );
  return el(
    "table",
    {},
    el("caption", { class: "unseen" }, texts.modes.points),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, texts.points.point), el("th", { scope: "col" }, texts.points.residual), el("th", { scope: "col" }, texts.points.loo))),
    el("tbody", {}, ...now.points.map(row)),
  );
}

function tried(bench: Bench, now: ControlPoints): HTMLElement {
  const texts = bench.texts();
  const words = bench.words();
  return el(
    "details",
    { id: "tried" },
    el("summary", {}, texts.points.tried),
    el(
      "ul",
      { class: "plain-rows" },
      ...now.tried.map((each) =>
        el(
          "li",
          {},
          `${each.name}: `,
          each.loo_rms_m === null ? (each.why_not ? words.say(each.why_not) : "–") : words.metres(each.loo_rms_m),
          each.chosen && el("strong", {}, ` ${texts.points.chosen}`),
        ),
      ),
    ),
  );
}
