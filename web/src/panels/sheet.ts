/** Where a camera was read: its sheet, page and box, and the sheet itself there where its licence allows. */

import { address, items, type Item } from "../api";
import { el } from "../dom";
import { SHEET_UNIT, SHOWING } from "../generated/api";
import type { Context } from "./context";

type Camera = Item<"cameras">["properties"];
type Crop = Omit<Item<"crops">["properties"], "picture">;

const COLUMNS = ["sheet", "page", "x0", "y0", "x1", "y1", "unit", "licence", "showing", "document_id"] as const;
/** What was told of the places asked for, so that a redraw of the panel asks for none again. */
const told = new Map<string, Promise<Crop | null>>();

/** Return the section; it fills itself, and goes where the camera was read from no sheet. */
export function sheetSection(camera: Camera, context: Context): HTMLElement {
  const section = el("section", { class: "on-sheet", hidden: true, "data-sheet-of": camera.camera_id });
  void cropOf(camera.camera_id).then((crop) => {
    if (crop) section.append(...shown(camera.camera_id, crop, context));
    if (crop) section.hidden = false;
    else section.remove();
  });
  return section;
}

function cropOf(id: string): Promise<Crop | null> {
  const asked =
    told.get(id) ??
    items("crops", { where: { camera_id: id }, properties: COLUMNS }).then(
      (found) => found[0]?.properties ?? null,
      () => null,
    );
  told.set(id, asked);
  return asked;
}

/** The address of the picture of the sheet around a camera's symbol. */
export function cropAddress(id: string): URL {
  return address(`crops/${encodeURIComponent(id)}.png`);
}

function shown(id: string, crop: Crop, { texts, words }: Context): HTMLElement[] {
  const middle = ([from, to]: [number, number]): string => words.number(Math.round((from + to) / 2));
  const place = texts.sheetPlace(middle([crop.x0, crop.x1]), middle([crop.y0, crop.y1]), words.say(SHEET_UNIT[crop.unit]));
  const row = address(`collections/crops/items/${encodeURIComponent(id)}`);
  row.searchParams.set("f", "html");
  row.searchParams.set("lang", words.language);
  return [
    el("h3", {}, texts.sheetHeading),
    el(
      "figure",
      { class: "crop" },
      crop.showing === "shown" && el("img", { src: cropAddress(id).href, alt: texts.sheetShows }),
      el(
        "figcaption",
        {},
        el("p", {}, el("a", { href: row.href, target: "_blank", rel: "noopener" }, texts.sheetPage(crop.sheet, crop.page)), `, ${place}`),
        crop.licence && el("p", { class: "note" }, texts.sheetLicence(crop.licence)),
        crop.showing !== "shown" && el("p", { class: "note" }, words.say(SHOWING[crop.showing])),
      ),
    ),
  ];
}
