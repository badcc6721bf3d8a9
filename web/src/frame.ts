/** What stays: the head, the map's place and its furniture, the panel's place. */

import { address } from "./api";
import { el } from "./dom";
import { first } from "./first";
import { LANGUAGES, type State, type Store } from "./state";
import { TEXTS } from "./texts";
import type { World } from "./world";

export interface Frame {
  readonly map: HTMLElement;
  readonly panel: HTMLElement;
  readonly legend: HTMLElement;
  /** Where the search stands. */
  readonly search: HTMLElement;
  /** Say everything in the state's language. */
  write(state: State): void;
  /** Sign the map with whom its data comes from, and mark an invented place. */
  sign(world: World): void;
  readonly turn: (toggle: () => void) => void;
  readonly zoom: (by: (steps: number) => void) => void;
  readonly tip: (line: string | null, x: number, y: number) => void;
  /** How much of each edge of the map its furniture covers, in pixels. */
  readonly covered: () => { top: number; right: number; bottom: number; left: number };
  readonly notice: (what: "failed" | "far" | null) => void;
  readonly noMap: () => void;
  /** Wait until the reader wants more than a first look; at once where the map itself is that. */
  readonly asked: () => Promise<void>;
  /** The map is there: it takes the place of the first look. */
  readonly drawn: () => void;
  /** What stands in the map's place on paper. */
  readonly print: (picture: string) => void;
}

/** What shows that somebody is reading and not only glancing. */
const SIGNS = ["pointerdown", "keydown", "wheel", "scroll"] as const;

export function createFrame(root: HTMLElement, store: Store): Frame {
  const skip = el("a", { class: "skip", href: "#panel", onclick: toPanel });
  const tagline = el("span", { class: "tagline" });
  const search = el("div", { class: "search-place" });
  const choices = new Map(
    LANGUAGES.map((language) => {
      const choose = (): void => {
        store.set({ language });
      };
      return [language, el("button", { type: "button", lang: language, "data-language": language, onclick: choose }, TEXTS[language].ownName)];
    }),
  );
  const languages = el("div", { class: "languages", role: "group" }, ...choices.values());
  const begun = first();
  const invented = el("p", { class: "invented", hidden: !begun.invented });
  let inventedIn = begun.invented_in;
  const map = el("div", { class: "map", id: "map" });
  const opener = el("button", { type: "button", class: "more" });
  const firstLook = showsFirstLook(store.get()) && el("div", { class: "first-look" }, overview(), opener);
  const printed = el("img", { class: "printed", alt: "" });
  const tip = el("div", { class: "tip", hidden: true, "aria-hidden": "true" });
  const message = el("p", { class: "message", role: "status", hidden: true });
  const closer = el("button", { type: "button", class: "closer" }, "+");
  const farther = el("button", { type: "button", class: "farther" }, "−");
  const solid = el("button", { type: "button", class: "solid" }, "3D");
  const legendTitle = el("summary");
  const groups = el("div", { class: "legend-groups" });
  const wide = matchMedia("(min-width: 72rem) and (min-height: 40rem)").matches;
  const legend = el("details", { class: "legend", open: wide }, legendTitle, groups);
  const signature = el("p", { class: "signature" });
  const panel = el("div", { class: "panel", id: "panel", tabindex: -1 });
  const region = el(
    "div",
    { class: "map-region" },
    firstLook,
    map,
    el("div", { class: "zoom" }, closer, farther, solid),
    tip,
    message,
    el("div", { class: "legend-place" }, legend),
    signature,
  );
  root.replaceChildren(
    skip,
    el("header", {}, el("div", { class: "bar" }, wordmark(), tagline, search, languages)),
    el("main", {}, el("div", { class: "map-side" }, invented, region), panel),
  );

  /** The address keeps the state where links keep their target, so this link does its work itself. */
  function toPanel(event: Event): void {
    event.preventDefault();
    panel.focus();
  }

  function write(state: State): void {
    const texts = TEXTS[state.language];
    document.title = `visavis · ${texts.tagline}`;
    skip.textContent = texts.skipMap;
    tagline.textContent = texts.tagline;
    mark();
    legendTitle.textContent = texts.legend;
    opener.textContent = texts.openMap;
    say();
    closer.setAttribute("aria-label", texts.zoomIn);
    farther.setAttribute("aria-label", texts.zoomOut);
    solid.setAttribute("aria-label", texts.solid);
    solid.setAttribute("aria-pressed", String(state.view !== "flat"));
    languages.setAttribute("aria-label", texts.chooseLanguage);
    for (const [language, button] of choices) button.setAttribute("aria-pressed", String(language === state.language));
  }

  let noticed: "failed" | "far" | "no map" | null = null;

  function mark(): void {
    const texts = TEXTS[store.get().language];
    invented.textContent = inventedIn.length ? texts.inventedIn(inventedIn.join(", ")) : texts.invented;
  }

  function say(): void {
    const texts = TEXTS[store.get().language];
    const words = { failed: texts.failedPart, far: texts.zoomForDetail, "no map": texts.noMap };
    message.hidden = noticed === null;
    message.textContent = noticed && words[noticed];
  }

  return {
    map,
    panel,
    search,
    legend: groups,
    write,
    sign(world) {
      inventedIn = world.build.invented_in;
      invented.hidden = !world.build.invented;
      mark();
      signature.textContent = [...new Set(world.build.sources.map(({ attribution }) => attribution))].join(" · ");
    },
    turn(toggle) {
      solid.addEventListener("click", toggle);
    },
    zoom(by) {
      closer.addEventListener("click", () => {
        by(1);
      });
      farther.addEventListener("click", () => {
        by(-1);
      });
    },
    tip(line, x, y) {
      tip.hidden = line === null;
      tip.textContent = line;
      const left = x > region.clientWidth / 2;
      tip.style.translate = `${left ? x - tip.offsetWidth - 12 : x + 14}px ${y + 14}px`;
    },
    covered() {
      const edge = Math.min(56, region.clientWidth / 8);
      // A legend that leaves little of the map is closed soon enough.
      const beside = legend.open && legend.offsetWidth < region.clientWidth / 2;
      return { top: edge, right: edge, bottom: edge, left: beside ? legend.offsetWidth + edge : edge };
    },
    asked() {
      if (!firstLook) return Promise.resolve();
      return new Promise((begin) => {
        const start = (): void => {
          for (const sign of SIGNS) removeEventListener(sign, start, true);
          begin();
        };
        for (const sign of SIGNS) addEventListener(sign, start, { capture: true, passive: true });
        store.subscribe(start);
      });
    },
    drawn() {
      if (firstLook) firstLook.remove();
    },
    print(picture) {
      printed.src = picture;
      region.append(printed);
    },
    notice(what) {
      noticed = what;
      say();
    },
    noMap() {
      region.classList.add("without-map");
      // The town as one drawing; the list says in words what it shows.
      if (firstLook) firstLook.remove();
      map.append(overview());
      noticed = "no map";
      say();
    },
  };
}

/** On a small screen, or where data is dear, the town as a drawing is the first look: it is there long before the map. */
function showsFirstLook({ place, selected, view, tab }: State): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  const modest = matchMedia("(max-width: 47.5rem)").matches || connection?.saveData === true;
  return modest && !place && !selected && view === "flat" && tab !== "changes";
}

function overview(): HTMLImageElement {
  const url = address("overview.svg");
  url.searchParams.set("plain", "yes");
  return el("img", { class: "overview", src: url.href, alt: "", fetchpriority: "high" });
}

function wordmark(): HTMLElement {
  return el("h1", { class: "wordmark", translate: "no" }, "vis-à-", el("b", {}, "vis"));
}
