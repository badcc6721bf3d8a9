/** Letters that fit a camera: asked for by kind, filled in here. What the reader types leaves no device. */

import { address } from "../api";
import { el } from "../dom";
import { LETTER_KIND, type LetterKind } from "../generated/api";
import { cameraName } from "../naming";
import type { Words } from "../words";
import type { Context } from "./context";

/** A place to fill in, as `GET /letters/{kind}` tells of it. */
export interface Blank {
  name: string;
  label: string;
  shown: string;
  type: "line" | "lines" | "date" | "time";
  computed: { of: string; months: number; days: number } | null;
}

export interface Letter {
  kind: LetterKind;
  title: string;
  text: string;
  blanks: Blank[];
}

/** What was typed, by the name of the blank: kept from letter to letter while the page is open, and nowhere else. */
const typed = new Map<string, string>();

/** Return the section; it asks for a letter when one is chosen. */
export function lettersSection(camera: string, context: Context): HTMLElement {
  const { texts, words } = context;
  const place = el("div", { "aria-live": "polite" });
  let turn = 0;
  const show = async (kind: string): Promise<void> => {
    const mine = ++turn;
    place.replaceChildren();
    if (!kind) return;
    place.append(el("p", { class: "note waiting" }, texts.loading));
    const letter = await asked(camera, kind, context.state.language).catch(() => null);
    if (mine !== turn) return;
    place.replaceChildren(...(letter ? drawn(letter, context) : [el("p", { class: "note" }, texts.nothingFound)]));
  };
  const choice = el(
    "select",
    { id: "letter-kind", onchange: (event) => void show((event.target as HTMLSelectElement).value) },
    el("option", { value: "" }, texts.letterChoose),
    ...Object.entries(LETTER_KIND).map(([kind, word]) => el("option", { value: kind }, words.say(word))),
  );
  return el(
    "section",
    { class: "letters", "data-letters": camera },
    el("h3", {}, texts.lettersHeading),
    el("p", { class: "note" }, texts.lettersAbout(cameraName(camera, context.world.camera(camera)?.properties.label, texts))),
    el("p", {}, el("label", { for: "letter-kind" }, texts.letterWhich), " ", choice),
    place,
  );
}

/** The address of a letter; it says which camera, and nothing of who asks. */
export function letterAddress(camera: string, kind: string, language: string): URL {
  const url = address(`letters/${kind}`);
  url.searchParams.set("camera", camera);
  url.searchParams.set("lang", language);
  return url;
}

/** Return the text with what was typed in the place of its blanks; the others stay as they are. */
export function filled(letter: Letter, values: ReadonlyMap<string, string>, words: Pick<Words, "date">): string {
  // All at once: what was typed is never taken for a blank.
  const told = new Map(letter.blanks.map((blank) => [blank.shown, said(blank, values, words) ?? blank.shown]));
  const shown = [...told.keys()].map((each) => each.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return shown.length ? letter.text.replace(new RegExp(shown.join("|"), "g"), (each) => told.get(each) ?? each) : letter.text;
}

/** The same day some months on, or the month's last where it has no such day; then some days more. */
export function later(iso: string, months: number, days: number): string {
  const [year = 0, month = 1, day = 1] = iso.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last) + days)).toISOString().slice(0, 10);
}

function said(blank: Blank, values: ReadonlyMap<string, string>, words: Pick<Words, "date">): string | undefined {
  const from = blank.computed && values.get(blank.computed.of);
  if (blank.computed && from) return words.date(later(from, blank.computed.months, blank.computed.days));
  const value = values.get(blank.name)?.trim();
  if (!value) return undefined;
  return blank.type === "date" ? words.date(value) : value;
}

async function asked(camera: string, kind: string, language: string): Promise<Letter | null> {
  const response = await fetch(letterAddress(camera, kind, language), { headers: { accept: "application/json" } });
  return response.ok ? ((await response.json()) as Letter) : null;
}

function drawn(letter: Letter, context: Context): HTMLElement[] {
  const { texts, words } = context;
  const text = el("textarea", { id: "letter-text", readonly: true, rows: 16, class: "letter-text" });
  const told = el("span", { role: "status" });
  // A field prints no more of its text than it shows.
  const printed = el("pre", { class: "letter-print", "aria-hidden": "true" });
  const redraw = (): void => {
    text.value = filled(letter, typed, words);
    printed.textContent = text.value;
    told.textContent = "";
  };
  const asking = letter.blanks.filter(({ computed }) => !computed || !letter.blanks.some(({ name }) => name === computed.of));
  if (!typed.has("date")) typed.set("date", today());
  redraw();
  return [
    el("p", { class: "note" }, texts.letterPrivate),
    el(
      "form",
      { class: "letter-blanks", autocomplete: "off", onsubmit: (event) => { event.preventDefault(); } },
      ...asking.map((blank) => field(blank, redraw)),
    ),
    el("p", { class: "note" }, texts.letterToCheck),
    el("label", { for: "letter-text" }, texts.letterText),
    text,
    el(
      "p",
      {},
      el(
        "button",
        {
          type: "button",
          onclick: () => void navigator.clipboard.writeText(text.value).then(() => (told.textContent = texts.letterCopied)),
        },
        texts.letterCopy,
      ),
      " ",
      el("button", { type: "button", onclick: () => { download(letter, text.value); } }, texts.letterDownload),
      " ",
      told,
    ),
    printed,
  ];
}

function field(blank: Blank, redraw: () => void): HTMLElement {
  const id = `letter-${blank.name}`;
  const write = (event: Event): void => {
    typed.set(blank.name, (event.target as HTMLInputElement | HTMLTextAreaElement).value);
    redraw();
  };
  const value = typed.get(blank.name) ?? "";
  const input =
    blank.type === "lines"
      ? el("textarea", { id, rows: 2, oninput: write }, value)
      : el("input", { id, type: blank.type === "line" ? "text" : blank.type, value, oninput: write });
  return el("p", {}, el("label", { for: id }, blank.label), " ", input);
}

function download(letter: Letter, text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  el("a", { href, download: `${letter.kind}.txt` }).click();
  URL.revokeObjectURL(href);
}

/** The reader's own day. */
function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
