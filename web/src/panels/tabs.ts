/** The lists and the explanation, as tabs: one tab stop, arrows between them (ARIA Authoring Practices). */

import { el } from "../dom";
import { TABS, type Tab } from "../state";
import { comparable } from "../changes";
import { aboutPanel } from "./about";
import { changesPanel } from "./changes";
import type { Context } from "./context";
import { buildingList, cameraList } from "./list";

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

export function tabsPanel(context: Context): HTMLElement {
  const { world, texts, actions } = context;
  const tabs = TABS.filter((tab) => tab !== "changes" || comparable(world.disclosures).length);
  const open = tabs.find((tab) => tab === context.state.tab) ?? "buildings";
  const content: Record<Tab, () => HTMLElement> = {
    buildings: () => buildingList(context),
    cameras: () => cameraList(context),
    changes: () => changesPanel(context),
    about: () => aboutPanel(context),
  };

  function turn(event: Event): void {
    const step = STEPS[(event as KeyboardEvent).key];
    const next = step && tabs[(tabs.indexOf(open) + step + tabs.length) % tabs.length];
    if (!next) return;
    actions.open(next);
    document.getElementById(`tab-${next}`)?.focus();
  }

  const buttons = tabs.map((tab) =>
    el(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${tab}`,
        "aria-selected": String(tab === open),
        "aria-controls": "tab-panel",
        tabindex: tab === open ? 0 : -1,
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
    el("div", { role: "tabpanel", id: "tab-panel", "aria-labelledby": `tab-${open}` }, content[open]()),
  );
}
