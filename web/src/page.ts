/** The page: panels beside a map, both drawn from the same state. */

import { address, type Bbox } from "./api";
import { boxAround } from "./asking";
import { comparable, comparedIn, samePair } from "./changes";
import { el } from "./dom";
import { buildingsShown, camerasShown, shownBut, toggled } from "./filters";
import { first, MOST_CAMERAS } from "./first";
import { focused, restore } from "./focus";
import { createFrame, type Frame } from "./frame";
import { meantCamera } from "./naming";
import { lookOf, whenSchemeChanges } from "./look";
import type { MapEvents, MapView } from "./map";
import type { Detail, Scene } from "./map/scene";
import { idle, painted } from "./pacing";
import { buildingPanel } from "./panels/building";
import { cameraPanel } from "./panels/camera";
import type { Actions, Context } from "./panels/context";
import { intro } from "./panels/intro";
import { legendPanel } from "./panels/legend";
import { createSearch, type SearchBox } from "./panels/search";
import { tabsPanel } from "./panels/tabs";
import type { Compared, Place, Selected, State, Store } from "./state";
import { TEXTS } from "./texts";
import { createWords } from "./words";
import { areasOf, loadWorld, type Changes, type World } from "./world";

/** Build the page in `root` and keep it in step with `store`. */
export async function createPage(root: HTMLElement, store: Store): Promise<void> {
  const frame = createFrame(root, store);
  const search = createSearch();
  frame.search.replaceChildren(search.element);
  let world: World | null = null;
  const write = (state: State): void => {
    frame.write(state);
    search.name(TEXTS[state.language]);
    if (!world) document.documentElement.lang = state.language;
  };
  write(store.get());
  // It listens before the world has come: a language may be chosen while that is on its way.
  store.subscribe((state, before) => {
    if (state.language !== before.language || state.view !== before.view) write(state);
  });
  const { cameras = 0 } = first();
  if (cameras > MOST_CAMERAS) await consent(frame, store, cameras);
  world = await loaded(frame, store);
  if (world) await run(world, frame, search, store);
}

/** Say that there is more than a page should load, and where it can be had part by part; wait until all is wanted here. */
function consent({ panel }: Frame, store: Store, cameras: number): Promise<void> {
  return new Promise((wanted) => {
    const say = (): void => {
      const { language } = store.get();
      const texts = TEXTS[language];
      const link = (path: string, name: string): HTMLElement => el("p", {}, el("a", { href: address(path).href }, name));
      panel.replaceChildren(
        el("p", { class: "lead" }, texts.tooMany(cameras)),
        link(`list?f=html&lang=${language}`, texts.tooManyList),
        link("collections/cameras/items?f=html", texts.tooManyCameras),
        link("collections", texts.dataCollections),
        el("button", { type: "button", class: "more", onclick: () => { waiting = false; wanted(); } }, texts.loadAll),
      );
    };
    let waiting = true;
    say();
    store.subscribe((state, before) => {
      if (waiting && state.language !== before.language) say();
    });
  });
}

/** Load the world; a failure says why, and offers to try again. */
async function loaded({ panel }: Frame, store: Store): Promise<World | null> {
  const texts = TEXTS[store.get().language];
  panel.replaceChildren(el("p", {}, texts.aboutText), el("p", { class: "waiting" }, texts.loading));
  try {
    return await loadWorld();
  } catch (failure) {
    const again = (): void => {
      location.reload();
    };
    panel.replaceChildren(
      el("p", { role: "alert" }, texts.failed(reason(failure))),
      el("button", { type: "button", class: "more", onclick: again }, texts.retry),
    );
    return null;
  }
}

async function run(world: World, frame: Frame, search: SearchBox, store: Store): Promise<void> {
  let look = lookOf(world.legend);
  let detail: Detail | null = null;
  const pairs = comparable(world.disclosures);
  let changes: { pair: Compared; told: Changes } | null = null;
  let map: MapView | null = null;
  /** What the map has to show once it is there. */
  const wanted: { box: Bbox | null } = { box: null };
  /** Where the map came to rest by itself: not to be sent there again. */
  let rested = store.get().place;
  /** What was chosen on the map itself, which then need not move to show it, or by its address; and where. */
  let pointedAt: { selected: Selected | null; near: Bbox; onMap: boolean } | null = null;
  let awaited = false;
  /** What led to the open card, to come back to. */
  let cameFrom: string | null = null;

  const actions: Actions = {
    select(selected) {
      if (selected && !store.get().selected) cameFrom = focused();
      const { view } = store.get();
      // To look through a camera ends with its card.
      store.set({ selected, view: view === "eye" ? "solid" : view }, true);
    },
    open: (tab) => {
      store.set({ tab });
    },
    goTo: (year) => {
      store.set({ year });
    },
    turn: (view) => {
      store.set({ view });
    },
    compare: (compared) => {
      store.set({ compared });
    },
    filter: (key, show) => {
      store.set({ hidden: toggled(store.get().hidden, key, show) });
    },
  };
  let made: Context | null = null;
  let shown: ReturnType<typeof shownIn> | null = null;
  /** The same as long as nothing of it has changed: a city has many buildings to be gone through. */
  const context = (): Context => {
    const state = store.get();
    const told = changes && samePair(changes.pair, comparedIn(state, pairs)) ? changes.told : null;
    if (made?.state !== state || made.look !== look || made.changes !== told) {
      if (!shown || !made || filteredBy(made.state) !== filteredBy(state)) shown = shownIn(world, state);
      const { language } = state;
      made = { world, state, look, actions, changes: told, ...shown, texts: TEXTS[language], words: createWords(language) };
    }
    return made;
  };
  search.onChosen((building, [lon, lat]) => {
    const selected: Selected = { what: "building", id: building };
    pointedAt = { selected, near: [lon, lat, lon, lat], onMap: false };
    actions.select(selected);
    // Chosen again, it is open already: the reader is brought to what is said of it.
    focusHeading();
  });

  /** Draw panels and map; a card that is only said anew stands where it stood while it is written. */
  function draw(anew = true): void {
    const now = context();
    const at = focused();
    const height = anew ? (frame.panel.firstElementChild?.clientHeight ?? 0) : 0;
    const onHeading = document.activeElement?.matches(".card h2") ?? false;
    frame.panel.replaceChildren(...panels(now, detail));
    frame.panel.style.setProperty("--stood", `${height}px`);
    if (onHeading) focusHeading();
    else restore(at);
    drawMap();
  }

  /** The map is drawn after what was touched has answered: it may take a while. */
  function drawMap(): void {
    delete frame.map.dataset.idle;
    if (!map || awaited) return;
    awaited = true;
    void painted().then(() => {
      awaited = false;
      map?.draw(sceneOf(context(), detail));
    });
  }

  async function follow(selected: Selected): Promise<void> {
    try {
      const pointed = same(selected, pointedAt?.selected ?? null) ? pointedAt : null;
      const found = await world.detail(selected, pointed?.near);
      if (!same(store.get().selected, selected)) return;
      detail = found;
      draw();
      const box = boxAround([...found.exposures, ...found.views, ...found.spaces, ...camerasOf(world, found)]);
      if (box && !pointed?.onMap && store.get().view !== "eye") {
        wanted.box = box;
        map?.show(box);
      }
    } catch (failure) {
      frame.panel.append(el("p", { role: "alert" }, TEXTS[store.get().language].failed(reason(failure))));
    }
  }

  /** Ask what became of the cameras of the two disclosures that are compared, and show it. */
  async function compare(): Promise<void> {
    const pair = comparedIn(store.get(), pairs);
    if (!pair || samePair(pair, changes?.pair ?? null)) return;
    try {
      const told = await world.changes(pair);
      if (!samePair(pair, comparedIn(store.get(), pairs))) return;
      changes = { pair, told };
      draw();
    } catch (failure) {
      frame.panel.append(el("p", { role: "alert" }, TEXTS[store.get().language].failed(reason(failure))));
    }
  }

  function focusHeading(): void {
    frame.panel.querySelector<HTMLElement>(".card h2")?.focus({ preventScroll: true });
  }

  /** On a narrow page the panel stands below the map, perhaps out of sight. */
  function bringToTop(): void {
    frame.panel.scrollTop = 0;
    frame.panel.scrollIntoView({ block: "start" });
  }

  function turnTo(selected: Selected | null): void {
    detail = null;
    draw(false);
    bringToTop();
    if (selected) {
      focusHeading();
      void follow(selected);
    } else restore(cameFrom);
  }

  function drawLegend(): void {
    const at = focused();
    frame.legend.replaceChildren(...legendPanel(context()));
    restore(at);
  }

  /** The head speaks at once; all else is written after that is seen. */
  async function speak(): Promise<void> {
    await painted();
    // All that is on the page is laid out anew by its language: with what is written anew, once.
    document.documentElement.lang = store.get().language;
    search.write(context());
    map?.label(context().texts.map);
    draw();
    await painted();
    drawLegend();
  }

  /** A link may name a camera shortly; the address then tells it in full. */
  function inFull({ selected }: State): boolean {
    const id = selected?.what === "camera" ? meantCamera(selected.id, world.cameras) : selected?.id;
    if (!selected || id === undefined || id === selected.id) return true;
    store.set({ selected: { ...selected, id } });
    return false;
  }

  inFull(store.get());
  store.subscribe((state, before) => {
    if (!inFull(state)) return;
    if (state.place && state.place !== before.place && state.place !== rested) map?.goto(state.place);
    if (!same(state.selected, before.selected)) turnTo(state.selected);
    else if (state.language !== before.language) void speak();
    else if (drawnBy(state) !== drawnBy(before)) draw();
    void compare();
  });
  whenSchemeChanges(() => {
    look = lookOf(world.legend);
    drawLegend();
    search.write(context());
    draw();
  });

  frame.sign(world);
  search.write(context());
  draw();
  // What is less urgent lets what was touched meanwhile go first.
  await idle();
  drawLegend();
  frame.zoom((steps) => {
    void painted().then(() => map?.zoomBy(steps));
  });
  frame.turn(() => {
    actions.turn(store.get().view === "flat" ? "solid" : "flat");
  });
  const { selected } = store.get();
  if (selected) void follow(selected);
  void compare();
  await frame.asked();
  map = await openMap(frame, world, store.get().place, () => sceneOf(context(), detail), {
    moved: (place) => {
      rested = place;
      store.set({ place });
    },
    select: (selected, near) => {
      pointedAt = { selected, near, onMap: true };
      actions.select(selected);
    },
    hover: frame.tip,
    covered: frame.covered,
    notice: frame.notice,
    ready: frame.drawn,
  });
  addEventListener("beforeprint", () => {
    if (map) frame.print(map.picture());
  });
  map?.label(TEXTS[store.get().language].map);
  if (wanted.box && !store.get().place) map?.show(wanted.box);
}

/** Load and make the map, where the browser can draw one; without it the lists say the same. */
async function openMap(
  frame: Frame,
  world: World,
  place: Place | null,
  scene: () => Scene,
  events: MapEvents,
): Promise<MapView | null> {
  try {
    const { canDraw, createMap } = await import("./map");
    if (canDraw()) {
      const everything = boxAround([...world.cameras, ...world.buildings]) ?? [-25, 34, 45, 70];
      return createMap(frame.map, place ?? everything, scene(), events);
    }
  } catch (failure) {
    console.warn("the map cannot be drawn", failure);
  }
  frame.noMap();
  return null;
}

function panels(context: Context, detail: Detail | null): HTMLElement[] {
  const { selected } = context.state;
  if (!selected) return [intro(context), tabsPanel(context)];
  return [(selected.what === "building" ? buildingPanel : cameraPanel)(selected.id, detail, context)];
}

/** What the legend and the year let through. */
function shownIn(world: World, state: State): Pick<Context, "shown" | "cameras" | "buildings"> {
  const shown = shownBut(state.hidden);
  const cameras = camerasShown(world.cameras, shown, state.year);
  const ids = new Set(cameras.map(({ properties }) => properties.camera_id));
  return { shown, cameras, buildings: buildingsShown(world.buildings, ids, shown) };
}

const filteredBy = ({ hidden, year }: State): string => `${year ?? ""} ${hidden.join(",")}`;

function sceneOf({ world, state, shown, cameras, buildings, changes, look, words, texts }: Context, detail: Detail | null): Scene {
  return {
    look,
    words,
    texts,
    shown,
    cameras: changes ? [] : cameras,
    buildings,
    changes: changes?.rows ?? null,
    withheld: areasOf(world.withheld),
    cameraOf: (id) => world.camera(id),
    selected: state.selected,
    view: state.view,
    detail,
  };
}

/** The cameras that view the selected building, or the selected camera. */
function camerasOf(world: World, { selected, exposures }: Detail): World["cameras"] {
  const viewing = exposures.map(({ properties }) => properties.camera_id);
  const ids = selected.what === "camera" ? [selected.id] : viewing;
  return ids.map((id) => world.camera(id)).filter((camera) => camera !== undefined);
}

/** What panels and map are drawn from, but for the place: the map moves itself. */
function drawnBy({ tab, hidden, view, year, compared }: State): string {
  return JSON.stringify([tab, hidden, view, year, compared]);
}

function same(one: Selected | null, other: Selected | null): boolean {
  return one?.what === other?.what && one?.id === other?.id;
}

function reason(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}
