/** What everybody at the desk should know: a file to mend, lines that fit nothing, a sheet still being read. */

import { el } from "../../dom";
import type { Problem } from "../../generated/desk";
import type { Bench } from "../bench";

export function noticesOf(bench: Bench): HTMLElement[] {
  const texts = bench.texts();
  const words = bench.words();
  const { desk } = bench.model();
  const line = (problem: Problem): HTMLElement => el("li", {}, el("strong", {}, texts.problemRow(problem.file, problem.row ?? null)), " ", words.say(problem), " ", problem.remedy ?? "");
  const told: HTMLElement[] = [];
  if (!desk.writable) told.push(el("div", { class: "notice problem", role: "alert" }, texts.notWritable, el("ul", {}, ...desk.problems.map(line))));
  else if (desk.problems.length) told.push(el("details", { class: "notice" }, el("summary", {}, texts.problems(desk.problems.length)), el("ul", {}, ...desk.problems.map(line))));
  for (const { file, reading, error, remedy } of desk.sheets) {
    if (reading === "waiting" || reading === "reading") told.push(el("p", { class: "notice" }, texts.reading(file)));
    if (reading === "failed") told.push(el("p", { class: "notice problem" }, texts.readingFailed(file, [error, remedy].filter(Boolean).join(" "))));
  }
  if (!desk.map) told.push(el("p", { class: "notice" }, texts.noGround));
  return told;
}
