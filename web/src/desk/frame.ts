/** What stays: the head, the places of sheet, map and panel, and the two voices: one for what was done, one for what failed. */

import { el } from "../dom";
import { LANGUAGES, type Language } from "../state";
import type { View } from "./bench";
import type { Action } from "./keys";
import type { Model } from "./model";
import type { Saving } from "./outbox";
import type { Side } from "./panes/pane";
import { actionButton } from "./panels/button";
import { DESK_TEXTS, type DeskTexts } from "./texts";
import { MODES, type ModeName } from "./works";

export interface Frame {
  readonly root: HTMLElement;
  readonly sheet: HTMLElement;
  readonly map: HTMLElement;
  readonly panel: HTMLElement;
  readonly notices: HTMLElement;
  head(model: Model, view: View, texts: DeskTexts, actions: readonly Action[]): void;
  saving(saving: Saving, texts: DeskTexts): void;
  hint(words: string | null): void;
  say(words: string, isSeen?: boolean): void;
  refuse(words: string, texts: DeskTexts): void;
  noMap(words: string): void;
}

export interface FrameEvents {
  readonly mode: (mode: ModeName) => void;
  readonly language: (language: Language) => void;
  readonly side: (side: Side) => void;
  readonly page: (file: string, page: number) => void;
  readonly under: (share: number) => void;
  readonly again: () => void;
  readonly drop: () => void;
}

export function createFrame(root: HTMLElement, events: FrameEvents): Frame {
  const skip = el("a", { class: "skip", href: "#sheet", onclick: (event) => { event.preventDefault(); sheet.focus(); } });
  const modes = el("nav", { class: "modes" });
  const saved = el("p", { class: "saving", role: "status", id: "saving" });
  const tools = el("div", { class: "tools" });
  const languages = el("div", { class: "languages", role: "group" });
  const invented = el("p", { class: "invented", hidden: true });
  const notices = el("div", { class: "notices" });
  const sides = el("div", { class: "sides", role: "group" });
  const sheet = el("div", { class: "stage", id: "sheet", tabindex: 0, role: "application" });
  const map = el("div", { class: "stage", id: "ground", tabindex: 0, role: "application" });
  const hint = el("p", { class: "hint", hidden: true });
  const sheetTools = el("div", { class: "pane-tools" });
  const mapTools = el("div", { class: "pane-tools" });
  const panel = el("aside", { class: "side-panel", id: "panel" });
  const voice = el("p", { class: "unseen", role: "status", "aria-live": "polite", id: "voice" });
  const seen = el("p", { class: "said", "aria-hidden": "true" });
  const alarm = el("div", { class: "alarm", role: "alert", id: "alarm" });
  const main = el(
    "main",
    { class: "bench", "data-side": "sheet" },
    sides,
    el("section", { class: "pane sheet-pane" }, sheet, sheetTools),
    el("section", { class: "pane map-pane" }, map, mapTools),
    hint,
    panel,
  );
  root.replaceChildren(
    skip,
    el("header", {}, el("div", { class: "bar" }, wordmark(), modes, saved, tools, languages), invented, notices),
    main,
    el("footer", {}, seen, voice, alarm),
  );
  let drawn = "";

  function head(model: Model, view: View, texts: DeskTexts, actions: readonly Action[]): void {
    main.dataset.side = view.side;
    main.classList.toggle("under", view.under > 0);
    // Built anew only when something in it changed: a button that is pressed just now stays.
    const now = JSON.stringify([view.language, view.mode, view.file, view.page, view.side, view.under, model.canUndo, model.canRedo, model.desk.title, model.desk.sheets]);
    if (now === drawn) return;
    drawn = now;
    document.documentElement.lang = view.language;
    document.title = `visavis · ${texts.title} · ${model.desk.title}`;
    skip.textContent = texts.skip;
    invented.hidden = !model.desk.invented;
    invented.textContent = texts.invented;
    modes.setAttribute("aria-label", texts.modesLabel);
    modes.replaceChildren(...MODES.map((mode) => button(`mode-${mode}`, texts.modes[mode], { "aria-current": mode === view.mode ? "page" : null }, () => { events.mode(mode); })));
    sides.setAttribute("aria-label", texts.sidesLabel);
    sides.replaceChildren(...(["sheet", "map"] as const).map((side) => button(`side-${side}`, texts.sides[side], { "aria-pressed": String(side === view.side) }, () => { events.side(side); })));
    const named = (...names: string[]): Action[] => actions.filter(({ name }) => names.includes(name));
    tools.replaceChildren(...named("undo", "redo").map((action) => actionButton(action, texts)), ...named("help").map((action) => sign(action, texts)));
    languages.setAttribute("aria-label", texts.chooseLanguage);
    languages.replaceChildren(...LANGUAGES.map((language) => button(`lang-${language}`, DESK_TEXTS[language].ownName, { lang: language, "aria-pressed": String(language === view.language) }, () => { events.language(language); })));
    sheetTools.replaceChildren(pages(model, view, texts), ...named("zoomIn", "zoomOut", "fit").map((action) => sign(action, texts)));
    mapTools.replaceChildren(under(view, texts));
    sheet.setAttribute("aria-label", texts.sheetLabel(view.file, view.page));
    map.setAttribute("aria-label", texts.mapLabel);
  }

  function pages({ desk }: Model, view: View, texts: DeskTexts): HTMLElement {
    const all = desk.sheets.flatMap(({ file, pages: each }) => each.map(({ page }) => ({ file, page, of: each.length })));
    if (all.length < 2) return el("span", { class: "sheet-name" }, view.file);
    const select = el(
      "select",
      { id: "pages", "aria-label": texts.chooseSheet, onchange: () => { const chosen = all[select.selectedIndex]; if (chosen) events.page(chosen.file, chosen.page); } },
      ...all.map(({ file, page, of }) => el("option", { selected: file === view.file && page === view.page }, texts.pageOf(file, page, of))),
    );
    return select;
  }

  function under(view: View, texts: DeskTexts): HTMLElement {
    const slider = el("input", { id: "under", type: "range", min: 0, max: 100, step: 5, value: Math.round(view.under * 100), oninput: () => { events.under(Number(slider.value) / 100); } });
    return el("label", { class: "under-share", for: "under" }, texts.under, slider);
  }

  function saving(now: Saving, texts: DeskTexts): void {
    const words = {
      saved: () => texts.saving.saved,
      saving: (waiting: number) => texts.saving.saving(waiting),
      offline: (waiting: number) => texts.saving.offline(waiting),
      held: (waiting: number) => texts.saving.held(waiting, now.how === "held" ? [now.problem.detail, now.problem.remedy].filter(Boolean).join(" ") : ""),
      conflict: () => texts.saving.conflict,
    };
    saved.dataset.how = now.how;
    saved.replaceChildren(
      el("span", {}, words[now.how](now.how === "saved" ? 0 : now.waiting)),
      ...(now.how === "held" || now.how === "offline" ? [button("again", texts.again, {}, events.again)] : []),
      ...(now.how === "held" ? [button("drop", texts.drop, {}, events.drop)] : []),
    );
  }

  return {
    root,
    sheet,
    map,
    panel,
    notices,
    head,
    saving,
    hint(words) {
      hint.hidden = words === null;
      hint.textContent = words;
    },
    say(words, isSeen = true) {
      voice.textContent = words;
      seen.textContent = isSeen ? words : "";
      if (words) alarm.replaceChildren();
    },
    refuse(words, texts) {
      alarm.replaceChildren(el("span", {}, words), button("close-alarm", texts.close, {}, () => { alarm.replaceChildren(); sheet.focus(); }));
    },
    noMap(words) {
      map.replaceChildren(el("p", { class: "no-map" }, words));
      map.classList.add("without");
    },
  };
}

function button(id: string, words: string, attributes: Record<string, string | null>, onclick: () => void): HTMLButtonElement {
  return el("button", { type: "button", id, ...attributes, onclick }, words);
}

function sign(action: Action, texts: DeskTexts): HTMLButtonElement {
  const signs: Readonly<Record<string, string>> = { zoomIn: "+", zoomOut: "−", fit: "⤢", help: "?" };
  return el("button", { type: "button", id: `do-${action.name}`, class: "sign-button", "aria-label": texts.actions[action.name] ?? "", "aria-keyshortcuts": action.keys.join(" "), onclick: action.run }, signs[action.name] ?? "");
}

function wordmark(): HTMLElement {
  return el("h1", { class: "wordmark", translate: "no" }, "vis-à-", el("b", {}, "vis"));
}
