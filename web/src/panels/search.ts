/** My building: an address is typed, and found on this device (a combobox of the ARIA Authoring Practices). */

import { el } from "../dom";
import type { Addresses, Found } from "../search/addresses";
import type { Texts } from "../texts";
import type { Context } from "./context";
import { surenessSign } from "./parts";

export interface SearchBox {
  readonly element: HTMLElement;
  /** What the box is called: it is there before anything can be found. */
  name(texts: Texts): void;
  /** Whom to tell which building was chosen, and where. */
  onChosen(choose: Choose): void;
  /** Say everything in the context's language. */
  write(context: Context): void;
}

type Choose = (building: string, at: readonly [number, number]) => void;

/** Return the search box. */
export function createSearch(): SearchBox {
  let choose: Choose = () => undefined;
  const label = el("label", { for: "find-building", class: "unseen" });
  const field = el("input", {
    type: "search",
    id: "find-building",
    role: "combobox",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    enterkeyhint: "search",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": "found-buildings",
    "aria-describedby": "find-building-hint",
  });
  const list = el("ul", { id: "found-buildings", role: "listbox" });
  const status = el("p", { class: "found-status", role: "status" });
  const hint = el("p", { class: "note", id: "find-building-hint" });
  const below = el("div", { class: "found", hidden: true }, status, list, hint);
  const element = el("div", { class: "search", role: "search" }, label, field, below);
  let context: Context | null = null;
  let found: Found[] = [];
  let active = -1;
  let turn = 0;

  async function known(): Promise<Addresses | null> {
    if (!context) return null;
    try {
      return await context.world.addresses();
    } catch {
      status.textContent = context.texts.searchFailed;
      return null;
    }
  }

  async function look(): Promise<void> {
    const mine = ++turn;
    open(true);
    if (!context) return;
    if (!field.value.trim()) {
      show([], context.texts.searchBegin);
      void known();
      return;
    }
    const addresses = await known();
    if (mine !== turn || !addresses) return;
    found = addresses.find(field.value);
    show(found, found.length ? context.texts.foundCount(found.length) : context.texts.nothingAlike(field.value.trim()));
  }

  function show(each: readonly Found[], words: string): void {
    found = [...each];
    active = -1;
    field.removeAttribute("aria-activedescendant");
    status.textContent = words;
    list.replaceChildren(...found.map(option));
  }

  function option(each: Found, at: number): HTMLElement {
    if (!context) return el("li");
    const { world, texts } = context;
    const exposed = each.door ? world.building(each.door[1]) : undefined;
    const note = !each.door
      ? texts.addressesCount(each.doors)
      : exposed
        ? texts.camerasCount(exposed.properties.cameras)
        : texts.noCameraHere;
    return el(
      "li",
      { role: "option", id: `found-${at}`, "aria-selected": "false", onclick: () => { take(at); } },
      exposed ? surenessSign(exposed.properties.sureness, context) : el("span", { class: "patch" }),
      el(
        "span",
        { class: "row-words" },
        el("span", { class: "row-title" }, [each.door?.[0], each.street].filter(Boolean).join(" ")),
        el("span", { class: "row-note" }, each.exact ? note : `${texts.nearestNumber} · ${note}`),
      ),
    );
  }

  function mark(at: number): void {
    active = at;
    for (const [each, item] of [...list.children].entries()) item.setAttribute("aria-selected", String(each === at));
    const item = list.children[at];
    if (item) {
      field.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  }

  function take(at: number): void {
    const each = found[at];
    if (!each) return;
    if (!each.door) {
      // A street alone: what is missing is the number, which may stand behind.
      field.value = `${each.street} `;
      field.focus();
      void look();
      return;
    }
    const [number, building, lon, lat] = each.door;
    field.value = [number, each.street].filter(Boolean).join(" ");
    open(false);
    choose(building, [lon, lat]);
  }

  function open(now: boolean): void {
    below.hidden = !now;
    field.setAttribute("aria-expanded", String(now));
  }

  function press(event: Event): void {
    const { key } = event as KeyboardEvent;
    if (key === "Escape") {
      if (below.hidden) field.value = "";
      open(false);
    } else if (key === "Enter") {
      event.preventDefault();
      take(Math.max(active, 0));
    } else if ((key === "ArrowDown" || key === "ArrowUp") && found.length) {
      event.preventDefault();
      open(true);
      const step = key === "ArrowDown" ? 1 : -1;
      mark(active < 0 ? (step > 0 ? 0 : found.length - 1) : (active + step + found.length) % found.length);
    }
  }

  field.addEventListener("focus", () => void look());
  field.addEventListener("input", () => void look());
  field.addEventListener("keydown", press);
  element.addEventListener("focusout", ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) open(false);
  });
  // A press on the list keeps the focus in the field, so that the list is still there when it is let go.
  below.addEventListener("pointerdown", (event) => {
    event.preventDefault();
  });
  return {
    element,
    name(texts) {
      label.textContent = texts.findBuilding;
      field.placeholder = texts.findBuildingPlaceholder;
      hint.textContent = texts.findBuildingHint;
    },
    onChosen(next) {
      choose = next;
    },
    write(next) {
      context = next;
      if (!below.hidden) void look();
    },
  };
}
