/** What became of a camera from paper to paper, each beside its errors. */

import { items, type Item } from "../api";
import { comparable } from "../changes";
import { el } from "../dom";
import { CHANGE } from "../generated/api";
import { howMuch, titled } from "./changes";
import type { Context } from "./context";
import { cameraButton } from "./parts";

type Camera = Item<"cameras">["properties"];
type Row = Item<"camera_changes">;

/** What was told of the cameras asked for, so that a redraw of the panel asks for none again. */
const told = new Map<string, Promise<Row[]>>();

/** Return the section; it fills itself, and stays hidden where its paper is held against no other. */
export function historySection({ camera_id: id, disclosure_id }: Camera, context: Context): HTMLElement | null {
  const pairs = comparable(context.world.disclosures);
  if (!pairs.some(({ earlier, later }) => earlier === disclosure_id || later === disclosure_id)) return null;
  const section = el("section", { hidden: true, "data-history-of": id }, el("h3", {}, context.texts.history));
  void rowsOf(id)
    .then((rows) => {
      if (!rows.length) return;
      section.append(
        el("ul", { class: "plain-list" }, ...rows.map(({ properties }) => line(id, properties, context))),
        el("p", { class: "note" }, context.texts.changesNote),
      );
      section.hidden = false;
    })
    .catch(() => {
      section.remove();
    });
  return section;
}

/** The rows that name a camera, the earliest paper first. */
function rowsOf(id: string): Promise<Row[]> {
  const known =
    told.get(id) ??
    Promise.all([
      items("camera_changes", { where: { camera_to: id } }),
      items("camera_changes", { where: { camera_from: id } }),
    ]).then(([to, from]) => [...to, ...from]);
  told.set(id, known);
  known.catch(() => told.delete(id));
  return known;
}

function line(id: string, row: Row["properties"], context: Context): HTMLElement {
  const { world, words, texts } = context;
  const other = row.camera_to === id ? row.camera_from : row.camera_to;
  const counterpart = other === null ? undefined : world.camera(other);
  const paper = titled(row.camera_to === id ? row.earlier_disclosure_id : row.disclosure_id, context);
  const papers = texts.comparedWith(titled(row.earlier_disclosure_id, context), titled(row.disclosure_id, context));
  const notes = [papers, ...(row.order_known ? [] : [texts.orderUnknown]), ...howMuch(row, context)];
  return el(
    "li",
    { "data-change": row.change },
    el("strong", {}, words.say(CHANGE[row.change])),
    ...notes.map((each) => el("span", { class: "note" }, each)),
    counterpart ? cameraButton(counterpart, texts.there(paper), context) : null,
  );
}
