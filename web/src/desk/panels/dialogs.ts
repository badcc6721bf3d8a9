/** What stands before everything else for a moment: all keys, and a conflict to be settled. */

import { el } from "../../dom";
import type { Conflict, DeskCamera, Seen, Wanted } from "../../generated/desk";
import type { Bench } from "../bench";
import type { Action, Group } from "../keys";
import { keyName } from "./button";
import { told } from "./agreement";

const GROUPS: readonly Group[] = ["acts", "moving", "looking", "desk"];

/** Show all keys; closing gives the focus back. */
export function showHelp(bench: Bench, actions: readonly Action[], signs: boolean, setSigns: (on: boolean) => void): void {
  const texts = bench.texts();
  const box = el("input", { id: "signs", type: "checkbox", onchange: () => { setSigns(box.checked); } });
  box.checked = signs;
  const group = (name: Group): HTMLElement =>
    el(
      "section",
      {},
      el("h3", {}, texts.groups[name]),
      el(
        "dl",
        { class: "keys" },
        ...actions
          .filter((action) => action.group === name && action.keys.length)
          .map((action) =>
            el("div", {}, el("dt", {}, ...action.keys.flatMap((key, at) => [at ? " " : null, el("kbd", {}, keyName(key, texts))])), el("dd", {}, texts.actions[action.name] ?? action.name)),
          ),
      ),
    );
  open(
    bench,
    "help",
    texts.actions.help ?? "",
    el("p", { class: "note" }, texts.helpNote),
    el("div", { class: "key-groups" }, ...GROUPS.map(group)),
    el("p", {}, el("label", { for: "signs" }, box, " ", texts.signs)),
  );
}

/** Ask which of two versions is to stand. */
export function askConflict(bench: Bench, wanted: Wanted, problem: Conflict, keepYours: () => void, keepTheirs: () => void): void {
  const texts = bench.texts();
  const [now, camera] = [problem.now ?? null, bench.model().cameras.get(wanted.subject ?? "") ?? null];
  const yours = el("button", { type: "button", id: "keep-yours", class: "do" }, texts.keepYours);
  const theirs = el("button", { type: "button", id: "keep-theirs", class: "do first" }, texts.keepTheirs);
  const dialog = open(
    bench,
    "conflict",
    texts.conflictTitle,
    el("p", {}, `${problem.detail} `, problem.remedy ?? ""),
    el("p", {}, texts.conflictWhat((problem.what ?? []).map((what) => columns(bench, what)).join(", "))),
    el(
      "dl",
      { class: "readings" },
      el("div", {}, el("dt", {}, texts.yours), el("dd", {}, wish(bench, wanted, camera))),
      el("div", {}, el("dt", {}, texts.now), el("dd", {}, told(bench, now))),
      ...(problem.theirs ?? []).map((line) => el("div", {}, el("dt", {}, `${texts.theirs}${line.who ? ` (${line.who})` : ""}`), el("dd", {}, `${actWords(bench, line.act)}: ${line.after || line.before}`))),
    ),
    el("div", { class: "acts" }, theirs, yours),
  );
  let settled = false;
  const settle = (how: () => void) => (): void => {
    settled = true;
    dialog.close();
    how();
  };
  yours.addEventListener("click", settle(keepYours));
  theirs.addEventListener("click", settle(keepTheirs));
  // To close it is to let theirs stand: nothing is written over unasked.
  dialog.addEventListener("close", () => {
    if (!settled) keepTheirs();
  });
  theirs.focus();
}

function actWords(bench: Bench, name: string): string {
  const act = bench.model().desk.acts.find((each) => each.name === name);
  return act ? bench.words().say(act) : name;
}

function columns(bench: Bench, name: string): string {
  const texts = bench.texts();
  const named: Readonly<Record<string, string>> = { kind: texts.kind, label: texts.label, azimuth_deg: texts.direction, direction: texts.direction, place: texts.place, longitude: texts.place, latitude: texts.place };
  return named[name] ?? name;
}

function wish(bench: Bench, { act, after }: Wanted, camera: DeskCamera | null): string {
  const wanted: Seen = after ?? {};
  const words = bench.words();
  const told: (string | null)[] = [
    typeof wanted.label === "string" ? wanted.label : null,
    wanted.kind ? (words.say(bench.model().desk.kinds.find(({ name }) => name === wanted.kind) ?? { en: wanted.kind, fr: wanted.kind })) : null,
    typeof wanted.azimuth_deg === "number" ? words.azimuth(wanted.azimuth_deg) : null,
  ];
  const said = told.filter((each): each is string => each !== null);
  const label = camera?.label;
  return [actWords(bench, act), ...(said.length ? [said.join(", ")] : label && act === "confirm" ? [label] : [])].join(": ");
}

function open(bench: Bench, id: string, title: string, ...content: (HTMLElement | null)[]): HTMLDialogElement {
  document.getElementById(id)?.remove();
  const close = el("button", { type: "button", class: "do", id: `close-${id}` }, bench.texts().close);
  const dialog = el("dialog", { id, "aria-labelledby": `${id}-title` }, el("h2", { id: `${id}-title` }, title), ...content, id === "help" ? close : null);
  close.addEventListener("click", () => {
    dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    bench.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
