/** The lists: all that the map shows, for whoever cannot use a map. */

import { el } from "../dom";
import { matcher } from "../filters";
import { CAMERA_KIND } from "../generated/api";
import { buildingName, cameraName } from "../naming";
import { inSlices, painted } from "../pacing";
import { pointing } from "../pointing";
import type { Context } from "./context";
import { buildingButton, cameraButton, sharply, surely } from "./parts";

/** So many rows at once; a city has more than anybody reads. */
const STEP = 40;
/** So many of them before the first frame: more than fit a panel. */
const FIRST = 14;

export function buildingList(context: Context): HTMLElement {
  const { texts, words, world, buildings: shown } = context;
  return list(
    {
      name: null,
      count: texts.buildingsCount,
      none: world.buildings.length ? texts.nothingFound : texts.noBuildings,
      filtered: shown.length < world.buildings.length,
    },
    shown,
    ({ properties: { building_id, name, address } }) => buildingName(building_id, name, address, texts),
    (building) => {
      const { sureness, probability, cameras, level } = building.properties;
      const note = [
        surely(sureness, words.probability(probability), context),
        texts.camerasCount(cameras),
        sharply(level, context),
      ].join(" · ");
      return buildingButton(building, sureness, note, context);
    },
    context,
  );
}

export function cameraList(context: Context): HTMLElement {
  const { texts, words, world, cameras: shown } = context;
  const short = {
    towards: null,
    around: texts.pointsAround,
    turning: texts.pointsTurning,
    unknown: texts.pointsUnknown,
  };
  return list(
    {
      name: "find-camera",
      label: texts.findCamera,
      count: texts.camerasCount,
      none: world.cameras.length ? texts.nothingFound : texts.noCameras,
      filtered: shown.length < world.cameras.length,
    },
    shown,
    ({ properties: { camera_id, label, kind } }) =>
      `${cameraName(camera_id, label, texts)} ${words.say(CAMERA_KIND[kind])}`,
    (camera) => {
      const { kind } = camera.properties;
      const points = pointing(camera.properties);
      const where =
        points.how === "towards"
          ? `${texts.compass[Math.round(points.azimuth / 45) % 8] ?? ""} (${words.azimuth(points.azimuth)})`
          : short[points.how];
      // What a dome is called says already that it looks all round.
      const known = kind === "dome" && points.how === "around" ? [] : [where];
      return cameraButton(camera, [words.say(CAMERA_KIND[kind]), ...known].join(" · "), context);
    },
    context,
  );
}

interface Wording {
  /** The field that searches the list; none where the search box of the page does. */
  name: string | null;
  label?: string;
  count: (shown: number) => string;
  none: string;
  filtered: boolean;
}

function list<T>(
  wording: Wording,
  shown: readonly T[],
  searched: (each: T) => string,
  row: (each: T) => HTMLElement,
  { texts, state }: Context,
): HTMLElement {
  const rows = el("ul", { class: "rows" });
  const count = el("p", { class: "count", role: "status" });
  const more = el("button", { type: "button", class: "more" });
  const name = wording.name ?? "";
  const field = el("input", {
    type: "search",
    id: name,
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": `${name}-hint`,
  });
  let found = shown;

  function extend(): void {
    const at = rows.children.length;
    const fresh = found.slice(at, at + STEP).map((each) => ({ each, item: el("li") }));
    rows.append(...fresh.map(({ item }) => item));
    inSlices(
      rows,
      fresh.map(({ each, item }) => () => {
        item.append(row(each));
      }),
      FIRST,
    );
    const left = found.length - rows.children.length;
    more.hidden = left === 0;
    more.textContent = texts.showMore(left);
    // Whoever asked for more by keyboard goes on reading there.
    if (at) rows.children[at]?.querySelector("button")?.focus();
  }

  function search(): void {
    const matches = matcher(field.value);
    found = shown.filter((each) => matches(searched(each)));
    rows.replaceChildren();
    const hidden = wording.filtered ? ` ${state.year === null ? texts.filtered : texts.filteredByYear}` : "";
    count.textContent = found.length ? `${wording.count(found.length)}.${hidden}` : `${wording.none}${hidden}`;
    extend();
  }

  more.addEventListener("click", extend);
  // The letter first, then what it finds.
  let turn = 0;
  field.addEventListener("input", () => {
    const mine = ++turn;
    void painted().then(() => {
      if (mine === turn) search();
    });
  });
  search();
  return el(
    "div",
    { class: "list" },
    ...(wording.name === null
      ? []
      : [
          el("label", { for: name }, wording.label ?? ""),
          field,
          el("p", { class: "note", id: `${name}-hint` }, texts.findHint),
        ]),
    count,
    rows,
    more,
  );
}
