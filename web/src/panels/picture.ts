/** What a camera's own picture would show, as the service computes it; and which masks would cover what is private. */

import { address, drawingOf, picture, type Item, type PictureWords } from "../api";
import { el } from "../dom";
import { pointing } from "../pointing";
import type { Context } from "./context";

type Camera = Item<"cameras">["properties"];

/** Whether the reader wants to see masks: kept from camera to camera. */
let masked = false;
/** What was told of the pictures asked for, so that a redraw of the panel asks for none again. */
const told = new Map<string, Promise<PictureWords | null>>();

/** Return the section; it fills itself, and goes where the service draws no picture of this camera. */
export function pictureSection(camera: Camera, context: Context): HTMLElement {
  const { texts } = context;
  const content = el("div", {}, el("p", { class: "note waiting" }, texts.pictureLoading));
  const figure = el("figure", { class: "picture", "data-picture-of": camera.camera_id, "aria-busy": "true" }, content);
  const section = el("section", {}, el("h3", {}, texts.pictureHeading), figure);
  let turn = 0;
  const show = async (): Promise<void> => {
    const language = context.state.language;
    const asked = { lang: language, ...(masked && maskable(camera) ? { masks: "yes" } : {}) };
    const mine = ++turn;
    const words = await wordsOf(camera.camera_id, asked);
    if (mine !== turn) return;
    figure.setAttribute("aria-busy", "false");
    if (!words) {
      section.remove();
      return;
    }
    content.replaceChildren(...drawn(camera, words, asked, context));
  };
  if (maskable(camera)) figure.append(toggle(texts.showMasks, show));
  void show();
  return section;
}

/** Masks stand in one picture: not where nobody knows which way it looks, nor in all that it can be pointed at. */
export function maskable(camera: Pick<Camera, "kind" | "azimuth_deg" | "azimuth_sd_deg" | "hfov_deg">): boolean {
  const { how } = pointing(camera);
  return how === "towards" || (how === "around" && camera.kind !== "ptz");
}

/**
 * Return the picture with a building marked in it. The service is asked for the camera's picture as anybody would ask for it,
 * and the mark is made here: it does not learn which building is looked for.
 */
export function markedPicture(camera: Camera, building: string, reach: boolean, context: Context): HTMLElement {
  const { texts, state } = context;
  const figure = el("figure", { class: "picture", "data-picture-of": camera.camera_id, "aria-busy": "true" });
  figure.append(el("p", { class: "note waiting" }, texts.pictureLoading));
  const asked = { lang: state.language, ...(reach && camera.azimuth_deg !== null ? { mode: "reach" } : {}) };
  const show = async (): Promise<void> => {
    const words = await wordsOf(camera.camera_id, asked);
    if (!words) {
      figure.replaceChildren(el("p", { class: "note" }, texts.pictureNone));
      return;
    }
    const plain = await drawingOf(pictureAddress(camera.camera_id, "svg", { ...asked, plain: "yes" }));
    const { drawing, found } = marked(plain, building);
    const source = URL.createObjectURL(new Blob([drawing], { type: "image/svg+xml" }));
    const image = el("img", { src: source, alt: `${words.title}. ${words.computed}`, onload: () => { URL.revokeObjectURL(source); } });
    const whole = pictureAddress(camera.camera_id, "svg", asked).href;
    figure.replaceChildren(
      image,
      el(
        "figcaption",
        {},
        el("p", {}, found ? texts.pictureMarked : texts.pictureUnmarked),
        el("p", { class: "note" }, `${words.computed} `, el("a", { href: whole, target: "_blank", rel: "noopener" }, texts.pictureWhole)),
      ),
    );
  };
  void show()
    .catch(() => {
      figure.replaceChildren(el("p", { class: "note" }, texts.pictureNone));
    })
    .finally(() => {
      figure.setAttribute("aria-busy", "false");
    });
  return figure;
}

/** Return a drawing with a line around all that belongs to a building, and whether anything does. */
function marked(svg: string, building: string): { drawing: string; found: boolean } {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
  const own = parsed.querySelectorAll(`path[data-building="${CSS.escape(building)}"]`);
  for (const [colour, width] of [["#fffdf8", "6"], ["#1c1f24", "2.5"]] as const)
    for (const path of own) {
      const line = path.cloneNode() as Element;
      for (const [name, value] of Object.entries({ fill: "none", stroke: colour, "stroke-width": width, "stroke-linejoin": "round" }))
        line.setAttribute(name, value);
      // Behind all that is drawn beside it, so that nothing lies over the mark.
      path.parentElement?.append(line);
    }
  return { drawing: new XMLSerializer().serializeToString(parsed), found: own.length > 0 };
}

function wordsOf(id: string, asked: Record<string, string>): Promise<PictureWords | null> {
  const key = pictureAddress(id, "json", asked).href;
  const known = told.get(key) ?? picture(new URL(key)).catch(() => null);
  told.set(key, known);
  return known;
}

/** The address of a camera's picture in a form. */
export function pictureAddress(id: string, form: "svg" | "png" | "json", asked: Record<string, string>): URL {
  const url = address(`pictures/${encodeURIComponent(id)}.${form}`);
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return url;
}

function drawn(camera: Camera, words: PictureWords, asked: Record<string, string>, { texts }: Context): HTMLElement[] {
  const { how, masks, claims } = words.captions;
  const whole = pictureAddress(camera.camera_id, "svg", asked).href;
  const plain = pictureAddress(camera.camera_id, "svg", { ...asked, plain: "yes" }).href;
  const print = pictureAddress(camera.camera_id, "png", asked).href;
  return [
    el(
      "a",
      { href: whole, target: "_blank", rel: "noopener", "aria-label": texts.pictureWhole },
      el("img", { src: plain, alt: `${words.title}. ${words.computed}` }),
    ),
    el(
      "figcaption",
      {},
      el("p", {}, words.computed),
      ...masks.map((line) => el("p", { class: "mask-words" }, line)),
      ...claims.map((line) => el("p", {}, line)),
      ...how.map((line) => el("p", { class: "note" }, line)),
      el(
        "p",
        { class: "note" },
        el("a", { href: whole, target: "_blank", rel: "noopener" }, texts.pictureWhole),
        " · ",
        el("a", { href: print, target: "_blank", rel: "noopener" }, "PNG"),
      ),
    ),
  ];
}

function toggle(label: string, show: () => Promise<void>): HTMLElement {
  const box = el("input", {
    type: "checkbox",
    id: "picture-masks",
    checked: masked,
    onchange: (event) => {
      masked = (event.target as HTMLInputElement).checked;
      void show();
    },
  });
  return el("label", { class: "picture-masks", for: "picture-masks" }, box, " ", label);
}
