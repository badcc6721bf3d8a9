/** One camera's views of one building: how surely and why, how sharply, which part, since when, and its picture. */

import type { Item } from "../api";
import { el } from "../dom";
import { sidesOf } from "../facing";
import { ASPECT, MODE, type Mode } from "../generated/api";
import { grouped } from "../grouping";
import { pointing } from "../pointing";
import type { Context } from "./context";
import { assumedWords, cameraButton, fact, newerLevel, sharply, surely } from "./parts";
import { markedPicture } from "./picture";

type Exposure = Item<"exposures">;
type Camera = Item<"cameras">["properties"];

/** Return what is said of it; the picture of the first stands open, the others are drawn when they are opened. */
export function sighting(building: string, cameraId: string, exposures: readonly Exposure[], first: boolean, context: Context): Node[] {
  const { world, words, texts } = context;
  const camera = world.camera(cameraId);
  const surest = exposures[0]?.properties;
  if (!surest) return [];
  const sharpest = exposures.reduce((one, other) => (other.properties.px_per_m > one.properties.px_per_m ? other : one));
  const modes = grouped(exposures, ({ properties }) => properties.mode);
  const assumed = assumedWords(exposures.map(({ properties }) => properties.assumed ?? "").join(";"), context);
  return [
    camera ? cameraButton(camera, "", context) : el("p", {}, cameraId),
    el(
      "dl",
      { class: "facts" },
      fact(
        texts.howSurely,
        surely(surest.sureness, words.probability(surest.probability, surest.probability_se), context),
        camera ? el("span", { class: "note", "data-why": "" }, why(camera.properties, surest, context)) : null,
      ),
      fact(
        texts.howSharply,
        sharply(sharpest.properties.level, context),
        newerLevel(sharpest.properties.level_oodpcvs, context),
        el(
          "span",
          { class: "note" },
          texts.atMost(words.density(sharpest.properties.px_per_m), words.metres(sharpest.properties.distance_m)),
          sharpest.properties.mode === "reach_tele" ? ` (${texts.fullZoom})` : "",
        ),
      ),
      ...[...modes].map(([mode, seen]) =>
        fact(
          modes.size > 1 || mode !== "fixed" ? `${texts.whichPart}, ${words.say(MODE[mode])}` : texts.whichPart,
          el("ul", { class: "parts" }, ...seen.map((each) => el("li", {}, part(each, building, context)))),
        ),
      ),
      fact(texts.assumedHere, assumed),
      fact(texts.since, camera?.properties.valid_from ? words.date(camera.properties.valid_from) : null),
    ),
    ...(camera ? [pictureOf(camera.properties, building, new Set(modes.keys()), first, context)] : []),
  ];
}

/** Why it is as sure as it is: what was varied in the draws, and what nobody knows. */
function why(camera: Camera, { mode, probability }: Exposure["properties"], { texts, words }: Context): string {
  const points = pointing(camera);
  const errors = [
    texts.errorOfPlace(words.metres(camera.position_sd_m)),
    ...(points.how === "towards" && !isReach(mode) ? [texts.errorOfDirection(words.degrees(points.sd))] : []),
    texts.errorOfHeight(words.metres(camera.height_sd_m)),
    texts.errorOfRoofs,
  ];
  const told = [texts.drawn(words.list(errors), words.percent(probability))];
  if (points.how === "unknown") told.unshift(texts.whyUnknown);
  if (isReach(mode)) told.push(texts.whyReach);
  return told.join(" ");
}

const isReach = (mode: Mode): boolean => mode === "reach" || mode === "reach_tele";

/** Which part, on which side of the house, and where parts differ in sureness, how surely. */
function part({ properties: exposure, geometry }: Exposure, building: string, { world, texts, words }: Context): string {
  const share = words.percent(exposure.share);
  const probability = words.probability(exposure.probability);
  const outline = world.building(building)?.geometry;
  const sides = outline ? sidesOf(geometry, outline).map(({ eighth }) => texts.compass[eighth] ?? "") : [];
  const facing = sides.length ? ` ${texts.facing(words.list(sides.slice(0, 3)))}` : "";
  const named = {
    facade: () => texts.partFacade(words.metres(exposure.length_m ?? 0), share) + facing,
    entrance: () => texts.partEntrance,
    balcony: () => texts.partBalcony,
    ground: () => texts.partGround(words.area(exposure.area_m2 ?? 0), share),
  };
  return exposure.aspect in ASPECT ? `${named[exposure.aspect]()} · ${probability}` : probability;
}

/** Pictures that readers opened or closed, so that a redraw of the panel keeps them so. */
const opened = new Map<string, boolean>();

function pictureOf(camera: Camera, building: string, modes: ReadonlySet<Mode>, first: boolean, context: Context): HTMLElement {
  const reach = [...modes].every(isReach);
  const name = `${building} ${camera.camera_id}`;
  const place = el("div");
  const box = el("details", { class: "seen", open: opened.get(name) ?? first }, el("summary", {}, context.texts.pictureOfBuilding), place);
  const fill = (): void => {
    if (box.open && !place.firstChild) place.append(markedPicture(camera, building, reach, context));
  };
  box.addEventListener("toggle", () => {
    opened.set(name, box.open);
    fill();
  });
  fill();
  return box;
}
