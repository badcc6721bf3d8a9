/** The frame of what is said about one building or camera: the way back, a heading that takes the focus. */

import { el } from "../dom";
import { inSlices } from "../pacing";
import type { Context } from "./context";

/** Return the card; `later` is written below `content` once that is seen, so that a touch is answered at once. */
export function card(
  heading: string,
  kicker: string,
  context: Context,
  content: readonly (Node | null)[],
  later: readonly (() => Node | null)[] = [],
): HTMLElement {
  const { texts, actions } = context;
  const article = el(
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
  inSlices(
    article,
    later.map((write) => () => {
      const written = write();
      if (written) article.append(written);
    }),
    0,
  );
  return article;
}
