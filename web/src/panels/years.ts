/** Which cameras are known to have stood in a year, and the slider that chooses it. */

import { el } from "../dom";
import { stoodIn } from "../filters";
import type { Context } from "./context";

/** Return the slider, where cameras say since when they stand; nothing where they do not. */
export function yearsPanel({ world, state, texts, words, actions }: Context): HTMLElement | null {
  const begun = world.cameras.flatMap(({ properties }) => (properties.valid_from ? [Number(properties.valid_from.slice(0, 4))] : []));
  const [first, last] = [Math.min(...begun), Math.max(...begun)];
  if (!begun.length || first === last) return null;
  const year = state.year ?? last + 1;
  const said = el("output", { for: "year" });
  const say = (chosen: number): void => {
    const standing = world.cameras.filter((camera) => stoodIn(camera, chosen > last ? null : chosen)).length;
    said.textContent = chosen > last ? texts.allYears : texts.inYear(chosen, words.number(standing));
  };
  const slider = el("input", {
    type: "range",
    id: "year",
    min: first,
    max: last + 1,
    step: 1,
    value: Math.min(Math.max(year, first), last + 1),
    "aria-describedby": "year-note",
    oninput: (event) => {
      say(Number((event.target as HTMLInputElement).value));
    },
    onchange: (event) => {
      const chosen = Number((event.target as HTMLInputElement).value);
      actions.goTo(chosen > last ? null : chosen);
    },
  });
  say(year);
  const undated = world.cameras.length - begun.length;
  return el(
    "div",
    { class: "years" },
    el("label", { for: "year" }, texts.standingIn, " ", said),
    slider,
    el("p", { class: "note", id: "year-note" }, undated ? `${texts.yearNote} ${texts.undated(undated)}` : texts.yearNote),
  );
}
