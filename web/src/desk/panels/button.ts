/** A button for an action: its words, and its key where it has one. */

import { el } from "../../dom";
import type { Action } from "../keys";
import type { DeskTexts } from "../texts";

export function actionButton(action: Action, texts: DeskTexts, style = ""): HTMLButtonElement {
  const [key] = action.keys;
  const can = action.can?.() ?? true;
  return el(
    "button",
    {
      type: "button",
      id: `do-${action.name}`,
      class: `do ${style}`.trim(),
      "aria-keyshortcuts": action.keys.map((each) => each.replace("Ctrl", "Control")).join(" ") || null,
      "aria-disabled": can ? null : "true",
      onclick: () => {
        if (action.can?.() ?? true) action.run();
      },
    },
    el("span", {}, texts.actions[action.name] ?? action.name),
    key && el("kbd", { "aria-hidden": "true" }, keyName(key, texts)),
  );
}

/** A key as it stands on a keyboard. */
export function keyName(key: string, texts: DeskTexts): string {
  return (key === "+" ? [key] : key.split("+"))
    .map((part) => texts.keyNames[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(" ");
}
