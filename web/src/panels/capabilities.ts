/** What a camera's model is able to, as its papers say, against what is said to be used. */

import { el } from "../dom";
import { ABILITY } from "../generated/api";
import { claimsAbout } from "./claims";
import type { Context } from "./context";
import { fact } from "./parts";

/** What an authority may say of number plates, faces and analysis. */
const ABOUT_USE = /face_recognition|analy|plate|people_told/;

/** Return the section; it fills itself, as the catalogue is loaded when somebody opens a camera. */
export function capabilities(model: string | null, disclosure: string, context: Context): HTMLElement {
  const { texts, words } = context;
  const said = claimsAbout([disclosure], ABOUT_USE, context);
  const section = el("section", { hidden: true }, el("h3", {}, texts.capabilities));
  const tell = (...content: (Node | null)[]): void => {
    section.append(...content.filter((each) => each !== null));
    section.hidden = false;
  };
  if (model === null) {
    tell(el("p", {}, texts.modelUnknown), said);
    return section;
  }
  void import("../generated/models").then(({ MODELS }) => {
    const known = MODELS[model];
    if (!known) {
      tell(el("p", {}, texts.modelNotInCatalogue(model)), said);
      return;
    }
    tell(
      el(
        "dl",
        { class: "facts" },
        fact(texts.model, [known.maker, model].filter(Boolean).join(" ")),
        fact(texts.plates, known.anpr_able ? words.say(ABILITY[known.anpr_able]) : texts.notToldByPapers),
        fact(texts.faces, known.face_recognition_able ? words.say(ABILITY[known.face_recognition_able]) : texts.notToldByPapers),
        fact(texts.analytics, known.analytics ?? null),
        fact(texts.masksSupported, known.masks === undefined ? null : words.number(known.masks)),
        fact(texts.source, known.source),
      ),
      el("p", { class: "note" }, texts.ableNotUsed),
      said,
    );
  });
  return section;
}
