/** The desk itself: it joins what is known, what is on its way, the two sides and the work in hand. */

import { el } from "../dom";
import { focused, restore } from "../focus";
import { whenSchemeChanges } from "../look";
import type { Taken, Wanted } from "../generated/desk";
import { createWords, type Words } from "../words";
import { readAddress, writtenAddress } from "./address";
import { type Bench, type Mode, type View } from "./bench";
import { createFrame, type Frame } from "./frame";
import { createFits } from "./fits";
import { openKeeping } from "./keeping";
import { deskActions, isSidewise, onKeys } from "./keyboard";
import { expected, modelOf, pageOf, taken as workedIn, type Model } from "./model";
import { agreementMode } from "./modes/agreement";
import { camerasMode } from "./modes/cameras";
import { legendMode } from "./modes/legend";
import { pointsMode } from "./modes/points";
import type { Outbox } from "./outbox";
import type { MapPane } from "./panes/streets";
import type { PaneEvents, Side } from "./panes/pane";
import { createSheet } from "./panes/sheet";
import { showHelp } from "./panels/dialogs";
import { noticesOf } from "./panels/notices";
import { createSending } from "./sending";
import { createService, listen, Refused, type Service, type Step } from "./service";
import { DESK_TEXTS } from "./texts";
import type { ModeName } from "./works";

const UNDER = 0.65;
const LOOK_AGAIN_MS = 200;
const SIGNS = "visavis-desk-signs";

/** Load what is known and open the desk; a failure says why, and offers to try again. */
export async function openDesk(root: HTMLElement): Promise<void> {
  const service = createService();
  const asked = readAddress(location.hash, navigator.languages);
  const texts = DESK_TEXTS[asked.language];
  root.replaceChildren(el("p", { class: "plain" }, texts.loading));
  try {
    const [desk, cameras] = await Promise.all([service.desk(), service.cameras()]);
    const history = await service.history().catch(() => null);
    const model: Model = { ...modelOf(desk, cameras, null), canUndo: history?.can_undo ?? false, canRedo: history?.can_redo ?? false };
    const keeping = await openKeeping(desk.disclosure_id);
    await run(root, service, model, asked, keeping);
  } catch (failure) {
    root.replaceChildren(
      el("p", { class: "plain", role: "alert" }, texts.failed(failure instanceof Error ? failure.message : String(failure))),
      el("p", { class: "plain" }, el("button", { type: "button", class: "do", onclick: () => { location.reload(); } }, texts.retry)),
    );
  }
}

async function run(
  root: HTMLElement,
  service: Service,
  first: Model,
  asked: ReturnType<typeof readAddress>,
  keeping: Awaited<ReturnType<typeof openKeeping>>,
): Promise<void> {
  let model = first;
  const [sheet] = model.desk.sheets;
  let view: View = {
    mode: asked.mode,
    language: asked.language,
    file: sheet?.file ?? "",
    page: sheet?.page ?? 1,
    selected: asked.camera,
    hovered: null,
    side: "sheet",
    under: 0,
  };
  let words: Words = createWords(view.language);
  const seen = new Set<string>([model.revision]);
  let signs = localStorage.getItem(SIGNS) !== "off";
  let map: MapPane | null = null;
  let pressing = false;
  const texts = (): (typeof DESK_TEXTS)["en"] => DESK_TEXTS[view.language];
  const key = (): string => `${view.file}#${view.page}`;

  const bench: Bench = {
    service,
    model: () => model,
    view: () => view,
    texts,
    words: () => words,
    fit: () => fits.now(),
    set,
    redraw,
    act(wanted) {
      model = expected(model, wanted);
      outbox.put(wanted);
    },
    step: (step) => {
      outbox.put(step);
    },
    reload,
    say: (said) => {
      frame.say(said);
    },
    tell: (said) => {
      frame.say(said, false);
    },
    refuse: (said) => {
      frame.refuse(said, texts());
    },
    show: (side, point, close) => {
      pane(side)?.show(point, close);
    },
    centre: (side) => pane(side)?.centre() ?? [0, 0],
    shifted: (side, point, right, down) => pane(side)?.shifted(point, right, down) ?? point,
    focus(side = view.side) {
      (side === "map" && map ? frame.map : frame.sheet).focus({ preventScroll: true });
      redraw();
    },
  };
  const fits = createFits(bench);
  const modes: Record<ModeName, Mode> = {
    cameras: camerasMode(bench),
    points: pointsMode(bench),
    legend: legendMode(bench),
    agreement: agreementMode(bench),
  };
  const mode = (): Mode => modes[view.mode];
  const events: PaneEvents = {
    press: (side, at, near) => {
      mode().press(side, at, near);
    },
    hover: (side, at, near) => {
      mode().hover(side, at, near);
      drawPanes();
    },
    pulls: (side) => mode().pulls(side),
    pull: (side, pull) => {
      mode().pull(side, pull);
    },
  };
  const frame: Frame = createFrame(root, {
    mode: turnTo,
    language: (language) => {
      set({ language });
      document.getElementById(`lang-${language}`)?.focus();
    },
    side: (side) => {
      set({ side });
      bench.focus(side);
    },
    page: (file, page) => {
      set({ file, page, selected: null });
      mode().enter();
    },
    under: (under) => {
      set({ under });
    },
    again: () => {
      outbox.again();
    },
    drop: () => {
      outbox.drop(true);
    },
  });
  const sheetPane = createSheet(frame.sheet, events);
  const pane = (side: Side): typeof sheetPane | MapPane | null => (side === "sheet" ? sheetPane : map);

  const outbox: Outbox = createSending(bench, keeping, {
    answered,
    changed: (saving) => {
      frame.saving(saving, texts());
    },
  });

  function answered(answer: Taken, wanted: Wanted | Step): void {
    seen.add(answer.revision);
    model = workedIn(model, answer, waiting());
    const points = answer.control_points;
    if (points) fits.set(points.sheet, points.outline);
    if (typeof wanted === "string") {
      const act = model.desk.acts.find(({ name }) => name === answer.act);
      const said = act ? words.say(act) : answer.act;
      bench.say(wanted === "undo" ? texts().did.undone(said) : texts().did.redone(said));
    }
    mode().told?.(answer, wanted);
    redraw();
  }

  const waiting = (): Wanted[] => outbox.waiting().map((parcel) => parcel.wanted).filter((wanted) => typeof wanted !== "string");

  async function reload(): Promise<void> {
    try {
      const [desk, cameras] = await Promise.all([service.desk(), service.cameras()]);
      const history = await service.history().catch(() => null);
      const next = modelOf(desk, cameras, model);
      model = waiting().reduce(expected, { ...next, canUndo: history?.can_undo ?? next.canUndo, canRedo: history?.can_redo ?? next.canRedo });
      seen.add(model.revision);
      fits.forget();
      await findFit();
      mode().enter();
      redraw();
    } catch (failure) {
      if (failure instanceof Refused) bench.refuse(failure.message);
    }
  }

  async function findFit(): Promise<void> {
    await fits.find();
    layUnder();
    redraw();
  }

  function layUnder(): void {
    map?.underlay(fits.underlay(view.under));
  }

  function set(change: Partial<View>): void {
    const before = view;
    view = { ...view, ...change };
    if (view.language !== before.language) words = createWords(view.language);
    history.replaceState(null, "", writtenAddress({ language: view.language, mode: view.mode, camera: view.selected }));
    if (key() !== `${before.file}#${before.page}`) void findFit();
    if (view.under !== before.under || view.file !== before.file) layUnder();
    const onlyHovered = Object.keys(change).every((name) => name === "hovered");
    if (!onlyHovered) redraw();
    else if (view.hovered !== before.hovered) {
      for (const row of frame.panel.querySelectorAll("[data-camera]")) row.classList.toggle("hovered", row.getAttribute("data-camera") === view.hovered);
      drawPanes();
    }
  }

  function turnTo(next: ModeName): void {
    mode().leave();
    set({ mode: next });
    mode().enter();
    bench.say(texts().modes[next]);
  }

  function drawPanes(): void {
    sheetPane.draw(mode().drawing("sheet"));
    map?.draw(mode().drawing("map"));
  }

  function redraw(): void {
    const page = pageOf(model, view.file, view.page);
    if (page) sheetPane.open(view.file, view.page, page);
    frame.head(model, view, texts(), own);
    frame.notices.replaceChildren(...noticesOf(bench));
    frame.hint(mode().hint());
    frame.saving(outbox.state(), texts());
    drawPanes();
    drawPanel();
  }

  /** The panel is drawn anew, but never under the hands of who types or presses in it. */
  function drawPanel(): void {
    const at = document.activeElement;
    const types = at !== null && frame.panel.contains(at) && /^(INPUT|SELECT)$/.test(at.tagName);
    if (types || pressing) return;
    const mark = focused();
    const opened = new Set([...frame.panel.querySelectorAll("details[open]")].map(({ id }) => id));
    const { scrollTop } = frame.panel;
    frame.panel.replaceChildren(...mode().panel().filter((part) => part !== null));
    for (const part of frame.panel.querySelectorAll("details")) part.open = opened.has(part.id);
    frame.panel.scrollTop = scrollTop;
    restore(mark);
    if (document.activeElement === document.body && mark) frame.sheet.focus({ preventScroll: true });
  }
  frame.panel.addEventListener("pointerdown", () => {
    pressing = true;
  });
  addEventListener("pointerup", () => {
    if (!pressing) return;
    setTimeout(() => {
      pressing = false;
      drawPanel();
    });
  });

  const own = deskActions(bench, {
    zoom: (steps) => pane(view.side)?.zoomBy(steps),
    fit: () => {
      sheetPane.fit();
      map?.fit();
    },
    under: () => {
      set({ under: view.under > 0 ? 0 : UNDER, side: view.under > 0 ? "sheet" : "map" });
      bench.focus();
    },
    turnTo,
    help: () => {
      showHelp(bench, [...mode().actions, ...own], signs, (on) => {
        signs = on;
        localStorage.setItem(SIGNS, on ? "on" : "off");
      });
    },
  });
  onKeys({
    mode,
    own: () => own,
    signs: () => signs,
    pan: (right, down) => pane(view.side)?.panBy(right, down),
    isOpen: () => document.querySelector("dialog[open]") !== null,
  });
  for (const [side, element] of [["sheet", frame.sheet], ["map", frame.map]] as const)
    element.addEventListener("focus", () => {
      if (isSidewise(view, side)) set({ side });
    });

  await findFit();
  redraw();
  if (keeping.left.length) bench.say(texts().did.delivered(keeping.left.length));
  mode().enter();
  frame.sheet.focus({ preventScroll: true });
  frame.root.dataset.ready = "true";
  map = await openMap(frame, events, bench);
  if (map) {
    layUnder();
    // What is in hand is in view there, too.
    const camera = model.cameras.get(view.selected ?? "");
    if (camera?.longitude && camera.latitude) map.show([camera.longitude, camera.latitude]);
    drawPanes();
  }
  whenSchemeChanges(() => map?.recolour());

  let timer = 0;
  listen(({ revision }) => {
    if (revision !== undefined && seen.has(revision)) return;
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      if (outbox.state().how === "saving") return;
      if (outbox.state().how === "offline") outbox.again();
      else {
        const before = model.revision;
        void reload().then(() => {
          if (model.revision !== before) bench.say(texts().did.elsewhere);
        });
      }
    }, LOOK_AGAIN_MS);
  });
}

async function openMap(frame: Frame, events: PaneEvents, bench: Bench): Promise<MapPane | null> {
  const { canDraw, createMap } = await import("./panes/streets");
  if (!canDraw()) {
    frame.noMap(bench.texts().noMap);
    return null;
  }
  const map = createMap(frame.map, events);
  const ground = await bench.service.ground();
  const around = [...bench.model().cameras.values()].flatMap(({ longitude, latitude }) => (longitude !== null && latitude !== null ? [[longitude, latitude] as const] : []));
  map.ground(ground, around);
  return map;
}

