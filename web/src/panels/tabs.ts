/** The lists and the explanation, as tabs: one tab stop, arrows between them (ARIA Authoring Practices). */

import { el } from "../dom";
import { TABS, type Tab } from "../state";
import { aboutPanel } from "./about";
import type { Context } from "./context";
import { buildingList, cameraList } from "./list";

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

export function tabsPanel(context: Context): HTMLElement {
  const { state, texts, actions } = context;
  const content: Record<Tab, () => HTMLElement> = {
    buildings: () => buildingList(context),
    cameras: () => cameraList(context),
    about: () => aboutPanel(context),
  };

  function turn(event: Event): void {
    const step = STEPS[(event as KeyboardEvent).key];
    const next = step && TABS[(TABS.indexOf(state.tab) + step + TABS.length) % TABS.length];
    if (!next) return;
    actions.open(next);
    document.getElementById(`tab-${next}`)?.focus();
  }

  const buttons = TABS.map((tab) =>
    el(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${tab}`,
        "aria-selected": String(tab === state.tab),
        "aria-controls": "tab-panel",
        tabindex: tab === state.tab ? 0 : -1,
        onclick: () => {
          actions.open(tab);
        },
      },
      texts.tabs[tab],
    ),
  );
  return el(
    "div",
    { class: "tabs" },
    el("div", { role: "tablist", "aria-label": texts.tabsLabel, onkeydown: turn }, ...buttons),
    el("div", { role: "tabpanel", id: "tab-panel", "aria-labelledby": `tab-${state.tab}` }, content[state.tab]()),
  );
}
