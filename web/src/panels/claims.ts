/** What is claimed, in the words of those who claim it, beside what the layers give. */

import { el } from "../dom";
import { AGREEMENT } from "../generated/api";
import { SUBJECTS } from "../generated/subjects";
import type { Context } from "./context";

/** The claims of some dossiers about some subjects; nothing where nobody claims anything. */
export function claimsAbout(dossiers: readonly string[], about: RegExp, { world, words, texts }: Context): HTMLElement | null {
  const claims = world.claims
    .map(({ properties }) => properties)
    .filter(({ disclosure_id, subject }) => dossiers.includes(disclosure_id) && about.test(subject));
  if (!claims.length) return null;
  return el(
    "section",
    { "data-claims": "" },
    el("h3", {}, texts.claimsHeading),
    el(
      "ul",
      { class: "plain-list" },
      ...claims.map((claim) => {
        const [code = "", of] = claim.subject.split("/");
        const subject = SUBJECTS[code];
        const titled = subject ? words.say(subject) : code.replaceAll("_", " ");
        const compared = world.comparisons.find(
          ({ properties }) => properties.disclosure_id === claim.disclosure_id && properties.subject === claim.subject,
        )?.properties;
        const value = claim.redacted ? texts.blackedOut : (claim.value ?? "");
        return el(
          "li",
          {},
          claim.quote ? el("q", {}, bare(claim.quote)) : `${titled}${of ? ` (${of})` : ""} : ${value}`,
          el("span", { class: "note" }, [claim.stated_by, claim.as_of && words.date(claim.as_of)].filter(Boolean).join(", ")),
          compared?.computed == null
            ? null
            : el(
                "span",
                { class: "note" },
                texts.claimedBut(titled, words.number(compared.computed), words.say(AGREEMENT[compared.agreement])),
              ),
        );
      }),
    ),
    el("p", { class: "note" }, texts.claimsNote),
  );
}

/** A quote without the marks that the page sets by itself. */
function bare(quote: string): string {
  return quote.replace(/^[«“"\s]+|[»”"\s]+$/gu, "");
}
