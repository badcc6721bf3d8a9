/** The frame of what is said about one building or camera: the way back, a heading that takes the focus. */

import { el } from "../dom";
import type { Context } from "./context";

export function card(
  heading: string,
  kicker: string,
  context: Context,
  ...content: (Node | null)[]
): HTMLElement {
  const { texts, actions } = context;
  return el(
    "article",
    { class: "card" },
    el(
      "button",
      {
        type: "button",
        class: "back",
        onclick: () => {
          actions.select(null);
        },
      },
      `← ${texts.back}`,
    ),
    el("p", { class: "kicker" }, kicker),
    el("h2", { tabindex: -1 }, heading),
    ...content,
  );
}
