/** A camera: what is known of it, what is assumed, and which buildings it could view. */

import type { Item } from "../api";
import { el } from "../dom";
import { CAMERA_KIND, STANDING } from "../generated/api";
import { grouped } from "../grouping";
import type { Detail } from "../map/scene";
import { cameraName } from "../naming";
import { inSlices } from "../pacing";
import { canBeLookedThrough, pointing } from "../pointing";
import { capabilities } from "./capabilities";
import { card } from "./card";
import type { Context } from "./context";
import { historySection } from "./history";
import { lettersSection } from "./letters";
import { pictureSection } from "./picture";
import { sheetSection } from "./sheet";
import { assumedColumns, buildingButton, doubts, fact, papers, sharply, surely } from "./parts";

type Camera = Item<"cameras">["properties"];

/** Return the panel; `detail` is null while it is on its way. */
export function cameraPanel(id: string, detail: Detail | null, context: Context): HTMLElement {
  const { world, words, texts } = context;
  const item = world.camera(id);
  if (!item) return card(id, texts.camera, context, [el("p", { class: "lead" }, texts.nothingFound)]);
  const camera = item.properties;
  return card(
    cameraName(id, camera.label, texts),
    words.say(CAMERA_KIND[camera.kind]),
    context,
    [viewed(id, detail, context), lookThrough(camera, context)],
    [
      () => pictureSection(camera, context),
      () => sheetSection(camera, context),
      () => factsSection(camera, context),
      () => historySection(camera, context),
      () => capabilities(camera.model_id, camera.disclosure_id, context),
      () => detail && doubts(detail.findings, context),
      () => papers([camera.disclosure_id], context),
      () => lettersSection(id, context),
    ],
  );
}

/** Turns the map to where the camera stands and what it has before it; where there is a map. */
function lookThrough(camera: Camera, { state, texts, actions }: Context): HTMLElement | null {
  if (!canBeLookedThrough(camera)) return null;
  const now = state.view === "eye";
  return el(
    "p",
    { class: "look-through" },
    el(
      "button",
      {
        type: "button",
        class: "more",
        id: "look-through",
        "aria-pressed": String(now),
        onclick: () => {
          actions.turn(now ? "solid" : "eye");
        },
      },
      texts.lookThrough,
    ),
    el("span", { class: "note" }, texts.lookThroughNote),
  );
}

function factsSection(camera: Camera, context: Context): HTMLElement {
  const { texts } = context;
  return el(
    "section",
    {},
    el("h3", {}, texts.camera),
    el("dl", { class: "facts" }, ...facts(camera, context)),
    assumedColumns(camera.assumed).length ? el("p", { class: "note" }, texts.assumedNote) : null,
  );
}

function facts(camera: Camera, context: Context): (Node | null)[] {
  const { words, texts, world } = context;
  const assumed = new Set(assumedColumns(camera.assumed));
  const marked = (column: keyof Camera): Node | null =>
    assumed.has(`camera.${column}`) ? el("span", { class: "tag" }, texts.assumed) : null;
  const tilt = words.degrees(Math.abs(camera.tilt_deg));
  const source = world.build.sources.find(({ source_id }) => source_id === camera.source_id);
  return [
    fact(texts.direction, direction(camera, context), marked("azimuth_deg")),
    fact(
      texts.fieldOfView,
      texts.wide(words.degrees(camera.hfov_deg), words.degrees(camera.vfov_deg)),
      marked("hfov_deg"),
    ),
    fact(
      texts.height,
      texts.plusMinus(words.metres(camera.height_m), words.metres(camera.height_sd_m)),
      marked("height_m"),
    ),
    fact(texts.fullZoom, camera.hfov_tele_deg === null ? null : texts.across(words.degrees(camera.hfov_tele_deg)), marked("hfov_tele_deg")),
    fact(texts.tilts, tilts(camera, context), marked("tilt_least_deg")),
    fact(texts.tilt, camera.tilt_deg < 0 ? texts.aboveHorizon(tilt) : texts.belowHorizon(tilt), marked("tilt_deg")),
    fact(texts.pixels, texts.pixelsWide(words.number(camera.pixels)), marked("pixels")),
    fact(texts.range, words.metres(camera.range_m), marked("range_m")),
    fact(texts.position, texts.positionError(words.metres(camera.position_sd_m)), marked("position_sd_m")),
    fact(texts.model, camera.model_id, marked("model_id")),
    fact(texts.mount, camera.mount),
    fact(texts.zone, camera.zone),
    fact(texts.since, camera.valid_from && words.date(camera.valid_from)),
    fact(texts.until, camera.valid_to && words.date(camera.valid_to)),
    fact(texts.standing, words.say(STANDING[camera.standing])),
    fact(
      texts.source,
      source?.title ?? camera.source_id,
      camera.source_ref && el("span", { class: "note" }, camera.source_ref),
    ),
  ];
}

/** How far up and down it can be turned. */
function tilts({ tilt_least_deg: least, tilt_most_deg: most }: Camera, { words, texts }: Context): string | null {
  if (least === null || most === null) return null;
  const said = (tilt: number): string =>
    tilt < 0 ? texts.aboveHorizon(words.degrees(-tilt)) : texts.belowHorizon(words.degrees(tilt));
  return texts.fromTo(said(least), said(most));
}

function direction(camera: Camera, { words, texts }: Context): string {
  const points = pointing(camera);
  switch (points.how) {
    case "towards": {
      const eighth = Math.round(points.azimuth / 45) % 8;
      return texts.towards(texts.compass[eighth] ?? "", words.azimuth(points.azimuth), words.degrees(points.sd));
    }
    case "around":
      return texts.directionAround;
    case "turning":
      return texts.directionTurning;
    case "unknown":
      return texts.directionUnknown;
  }
}

/** So many of its buildings are named before the first frame. */
const FIRST = 6;

/** The buildings that it could view, the surest first. */
function viewed(id: string, detail: Detail | null, context: Context): HTMLElement {
  const { world, words, texts } = context;
  if (!detail) return el("p", { class: "note waiting" }, texts.loading);
  const byBuilding = grouped(
    detail.exposures.filter(({ properties }) => properties.building_id !== null),
    ({ properties }) => properties.building_id ?? "",
  );
  const rows = [...byBuilding].flatMap(([building, exposures]) => {
    const known = world.building(building);
    const surest = exposures[0]?.properties;
    if (!known || !surest) return [];
    const sharpest = exposures.reduce((one, other) => (other.properties.px_per_m > one.properties.px_per_m ? other : one));
    const note = `${surely(surest.sureness, words.probability(surest.probability), context)} · ${sharply(sharpest.properties.level, context)}`;
    return [{ item: el("li"), write: () => buildingButton(known, surest.sureness, note, context) }];
  });
  const list = el("ul", { class: "rows" }, ...rows.map(({ item }) => item));
  inSlices(
    list,
    rows.map(({ item, write }) => () => {
      item.append(write());
    }),
    FIRST,
  );
  return el(
    "section",
    { "data-viewed-by": id },
    el("p", { class: "lead" }, el("span", {}, el("strong", {}, rows.length ? `${texts.couldViewBuildings(rows.length)}.` : texts.couldViewNone), ` ${texts.toCheck}`)),
    list,
  );
}
