/** What is left to look at, least sure first, and how sure the sheet is by now. */

import { el } from "../../dom";
import type { CameraKind } from "../../generated/api";
import type { DeskCamera } from "../../generated/desk";
import type { Bench } from "../bench";
import { CAMERA_GLYPH } from "../../icons";
import { sureOf } from "../marks";
import { svg } from "../svg";

/** How many are left, and how sure the sheet is by now. */
export function standingOf(bench: Bench): HTMLElement {
  const { left, reviewed, total, sureness } = bench.model();
  const texts = bench.texts();
  const words = bench.words();
  return el(
    "section",
    { class: "standing", "aria-label": texts.queue },
    el("p", {}, el("strong", {}, texts.left(left))),
    progress(total ? reviewed / total : 1),
    el(
      "p",
      { class: "note" },
      `${texts.reviewedOf(reviewed, total)}. `,
      left ? texts.sureness(sureness.mean === null ? null : words.percent(sureness.mean), words.number(sureness.expected_wrong, 1)) : texts.allLooked,
    ),
  );
}

export function queueList(bench: Bench, select: (id: string) => void): HTMLElement {
  const { queue, cameras } = bench.model();
  const texts = bench.texts();
  const row = (id: string): HTMLElement | null => {
    const camera = cameras.get(id);
    return camera ? el("li", {}, cameraRow(bench, camera, select)) : null;
  };
  const done = [...cameras.keys()].filter((id) => !queue.includes(id));
  return el(
    "section",
    { class: "queue" },
    queue.length > 0 && el("h3", {}, texts.queue),
    queue.length > 0 && el("ol", { class: "queue-rows" }, ...queue.map(row)),
    done.length > 0 && el("details", { id: "done" }, el("summary", {}, texts.doneList(done.length)), el("ol", {}, ...done.map(row))),
  );
}

function progress(share: number): HTMLElement {
  const bar = el("div", { class: "bar-done" });
  bar.style.inlineSize = `${Math.round(share * 100)}%`;
  return el("div", { class: "progress", "aria-hidden": "true" }, bar);
}

export function cameraRow(bench: Bench, camera: DeskCamera, select: (id: string) => void): HTMLButtonElement {
  const texts = bench.texts();
  const words = bench.words();
  const { selected, hovered } = bench.view();
  const [doubt] = camera.doubts;
  const sure = sureOf(camera);
  const hover = (id: string | null) => (): void => {
    bench.set({ hovered: id });
  };
  const why = camera.deleted ? texts.deleted : sure === "reviewed" ? texts.standing.reviewed : doubt ? words.say(doubt) : texts.sure[sure];
  return el(
    "button",
    {
      type: "button",
      class: `camera-row ${sure}${camera.camera_id === hovered ? " hovered" : ""}`,
      "data-camera": camera.camera_id,
      "aria-current": camera.camera_id === selected ? "true" : null,
      onclick: () => {
        select(camera.camera_id);
        bench.focus();
      },
      onfocus: hover(camera.camera_id),
      onblur: hover(null),
      onpointerenter: hover(camera.camera_id),
      onpointerleave: hover(null),
    },
    sign(camera.kind),
    el(
      "span",
      { class: "row-words" },
      el("span", { class: "row-title" }, camera.label ?? texts.unlabelled(camera.camera_id)),
      el("span", { class: "row-note" }, why),
    ),
    sure !== "reviewed" && el("span", { class: "share" }, words.percent(camera.confidence.sureness)),
  );
}

function sign(kind: string): HTMLElement {
  const holder = el("span", { class: "kind-sign", "aria-hidden": "true" });
  holder.append(svg("svg", { viewBox: "0 0 24 24" }, svg("path", { d: CAMERA_GLYPH[kind as CameraKind], "fill-rule": "evenodd" })));
  return holder;
}
