/** The cameras: one after another, the least sure first, confirmed by one key or corrected by two or three. */

import type { DeskCamera, Seen, Wanted } from "../../generated/desk";
import type { Bench, Mode } from "../bench";
import type { Point } from "../ground";
import { stepOf, type Action } from "../keys";
import { cameraMark, crosshair, needle, placeOf, spot } from "../marks";
import { nextOf } from "../model";
import type { Drawing, Near, Pull, Side } from "../panes/pane";
import { cameraCard } from "../panels/card";
import { queueList, standingOf } from "../panels/queue";
import { acrossTo, placed, towards, typedOn, type Tool } from "./tools";

/** A finger is this wide, a mark this large. */
const REACH_PX = 26;
const TURN_STEP_DEG = 5;

export function camerasMode(bench: Bench): Mode {
  let tool: Tool | null = null;
  let pointer: { side: Side; at: Point } | null = null;
  let entered = false;
  /** What was in hand before, to go back to. */
  const trail: string[] = [];

  const selected = (): DeskCamera | null => bench.model().cameras.get(bench.view().selected ?? "") ?? null;
  const name = (camera: DeskCamera): string => camera.label ?? bench.texts().unlabelled(camera.camera_id);
  const onSheet = (): DeskCamera[] => {
    const { file, page } = bench.view();
    return [...bench.model().cameras.values()].filter((each) => each.sheet_file === file && each.page === page);
  };

  function hold(next: Tool | null): void {
    tool = next;
    bench.redraw();
    const hint = mode.hint();
    if (hint) bench.tell(hint);
  }

  function select(id: string | null, close = true): void {
    const { selected: from } = bench.view();
    if (from !== null && from !== id) trail.push(from);
    tool = null;
    const camera = bench.model().cameras.get(id ?? "");
    bench.set({
      selected: id,
      ...(camera?.sheet_file && camera.page ? { file: camera.sheet_file, page: camera.page } : {}),
    });
    if (!camera) return;
    for (const side of ["sheet", "map"] as const) {
      const at = placeOf(camera, side);
      if (at) bench.show(side, at, close);
    }
  }

  /** Go on to the next that nobody has looked at, and say which it is. */
  function goOn(said: string, from: string | null, queue: readonly string[]): void {
    const next = nextOf(queue, from);
    select(next);
    const camera = selected();
    bench.say(camera ? `${said} ${bench.texts().next(name(camera), bench.model().left)}` : `${said} ${bench.texts().allDone}`);
    bench.focus();
  }

  function act(wanted: Wanted, said: string, on = true): void {
    const { queue } = bench.model();
    bench.act(wanted);
    if (on) goOn(said, wanted.subject ?? null, queue);
    else {
      tool = null;
      bench.say(said);
      bench.redraw();
      bench.focus();
    }
  }

  function about(camera: DeskCamera, columns: readonly (keyof Seen & keyof DeskCamera)[]): Wanted["before"] {
    return Object.fromEntries(columns.filter((column) => camera[column] !== null).map((column) => [column, camera[column]]));
  }
  const SEEN = ["longitude", "latitude", "azimuth_deg", "label", "kind"] as const;

  function confirm(): void {
    const camera = selected();
    if (!camera) return;
    const said = bench.texts().did.confirm(name(camera));
    if (camera.standing === "reviewed") goOn("", camera.camera_id, bench.model().queue);
    else act({ act: "confirm", subject: camera.camera_id, before: about(camera, SEEN) ?? null }, said);
  }

  function put(side: Side, at: Point): void {
    if (tool?.act !== "move" && tool?.act !== "add") return;
    const { file, page } = bench.view();
    const after = placed(side, at);
    const where = { sheet: file, page };
    const camera = selected();
    if (tool.act === "add") {
      tool = null;
      bench.act({ act: "add", after: { ...after, kind: "unknown" }, ...where });
      bench.focus();
    } else if (camera) {
      const before = about(camera, ["longitude", "latitude"]) ?? null;
      act({ act: "move", subject: camera.camera_id, before, after, ...where }, bench.texts().did.move(name(camera)));
    }
  }

  function turn(side: Side, degrees: number | null): void {
    const camera = selected();
    if (!camera) return;
    const rounded = degrees === null ? null : Math.round(degrees * 10) % 3600 / 10;
    const after: Seen = rounded === null ? { azimuth_deg: null } : side === "sheet" ? { sheet_deg: rounded } : { azimuth_deg: rounded };
    const before = { azimuth_deg: camera.azimuth_deg };
    act({ act: "turn", subject: camera.camera_id, before, after }, bench.texts().did.turn(name(camera), rounded));
  }

  function relabel(after: Seen): void {
    const camera = selected();
    if (!camera) return;
    const before = "label" in after ? { label: camera.label ?? "" } : { kind: camera.kind };
    // A camera just added is described in several acts: the desk stays with it.
    act({ act: "relabel", subject: camera.camera_id, before, after }, bench.texts().did.relabel(name(camera)), !camera.added);
  }

  function remove(): void {
    const camera = selected();
    if (camera && !camera.deleted)
      act({ act: "delete", subject: camera.camera_id, before: about(camera, SEEN) ?? null }, bench.texts().did.delete(name(camera)));
  }

  /** To the one after in the queue, and round to those that are done. */
  function ahead(): void {
    const { queue, cameras } = bench.model();
    const { selected: id } = bench.view();
    const all = [...queue, ...[...cameras.keys()].filter((each) => !queue.includes(each) && !cameras.get(each)?.deleted)];
    turnTo(all[((id === null ? -1 : all.indexOf(id)) + 1) % all.length] ?? null);
  }

  /** Back to the one that was in hand before. */
  function back(): void {
    const { selected: id } = bench.view();
    const before = trail.pop();
    if (before === undefined) return;
    turnTo(before);
    if (id !== before) trail.pop();
  }

  function turnTo(id: string | null): void {
    select(id, false);
    const camera = selected();
    if (camera) bench.say(name(camera));
  }

  /** Where the act in hand begins: at the camera, else in the middle of what is seen. */
  function begin(act: "move" | "add"): void {
    const { side } = bench.view();
    const camera = selected();
    const stands = act === "move" && camera ? placeOf(camera, side) : null;
    const at = stands ?? bench.centre(side);
    hold({ act, side, at });
    bench.focus(side);
  }

  const there = (): boolean => selected() !== null && !selected()?.deleted;
  const actions: readonly Action[] = [
    { name: "confirm", group: "acts", keys: ["Enter", "Space", "c"], run: confirm, can: there },
    { name: "move", group: "acts", keys: ["m"], can: there, run: () => { begin("move"); } },
    {
      name: "turn",
      group: "acts",
      keys: ["t"],
      can: there,
      run: () => {
        const { side } = bench.view();
        const camera = selected();
        hold({ act: "turn", side, degrees: (side === "sheet" ? camera?.sheet_deg : camera?.azimuth_deg) ?? 0, typed: "" });
        bench.focus(side);
      },
    },
    { name: "label", group: "acts", keys: ["l"], can: there, run: () => { hold({ act: "label" }); document.getElementById("new-label")?.focus(); } },
    { name: "kind", group: "acts", keys: ["k"], can: there, run: () => { hold({ act: "kind" }); } },
    { name: "delete", group: "acts", keys: ["Delete", "x"], can: there, run: remove },
    { name: "add", group: "acts", keys: ["a"], run: () => { begin("add"); } },
    { name: "next", group: "moving", keys: ["n", "j"], run: ahead },
    { name: "previous", group: "moving", keys: ["p", "b"], run: back },
  ];

  function key(pressed: string): boolean {
    if (!tool) return false;
    if (pressed === "Escape") {
      hold(null);
      bench.say(bench.texts().putDown);
      bench.focus();
      return true;
    }
    if (tool.act === "kind") {
      const kind = bench.model().desk.kinds[Number(pressed) - 1];
      if (kind) relabel({ kind: kind.name });
      return kind !== undefined;
    }
    if (tool.act === "label") return false;
    if (pressed === "Enter" || pressed === "Space") {
      if (tool.act === "turn") turn(tool.side, tool.degrees);
      else put(tool.side, tool.at);
      return true;
    }
    const step = stepOf(pressed);
    if (tool.act === "turn") {
      if (/^\d$/.test(pressed)) {
        const typed = typedOn(tool.side === "map" ? tool.typed : "", pressed);
        hold({ act: "turn", side: "map", typed, degrees: Number(typed) });
      } else if (pressed === "-" || pressed === "Backspace") hold({ ...tool, degrees: null, typed: "" });
      else if (step) hold({ ...tool, typed: "", degrees: ((tool.degrees ?? 0) + (step[0] - step[1]) * (Math.abs(step[0] + step[1]) > 1 ? 1 : TURN_STEP_DEG) + 360) % 360 });
      else return false;
      return true;
    }
    if (!step) return false;
    const at = bench.shifted(tool.side, tool.at, step[0] * 2, step[1] * 2);
    tool = { ...tool, at };
    bench.show(tool.side, at, false);
    bench.redraw();
    return true;
  }

  function under(side: Side, near: Near): DeskCamera | null {
    const reached = onSheet()
      .filter((camera) => !camera.deleted && placeOf(camera, side))
      .map((camera) => ({ camera, px: near(placeOf(camera, side) ?? [0, 0]) }))
      .sort((one, other) => one.px - other.px)[0];
    return reached && reached.px <= REACH_PX ? reached.camera : null;
  }

  function draw(side: Side): Drawing {
    return (place, scale) => {
      const view = bench.view();
      const rest = onSheet().filter((each) => each.camera_id !== view.selected && each.camera_id !== view.hovered);
      const last = onSheet().filter((each) => !rest.includes(each));
      const marks = [...rest, ...last].flatMap((camera) =>
        cameraMark(camera, side, place, scale, { selected: camera.camera_id === view.selected, hovered: camera.camera_id === view.hovered }),
      );
      return [...marks, ...inHand(side, place)];
    };
  }

  function inHand(side: Side, place: (point: Point) => Point): SVGElement[] {
    const fit = bench.fit();
    const camera = selected();
    const through = (from: Side, at: Point): Point | null => (from === side ? at : fit && (side === "sheet" ? fit.toSheet(at) : fit.toGround(at)));
    const drawn: SVGElement[] = [];
    if (pointer && pointer.side !== side) {
      const at = through(pointer.side, pointer.at);
      if (at) drawn.push(spot(place(at)));
    }
    if (tool?.act === "turn" && camera) {
      const at = placeOf(camera, side);
      const degrees = acrossTo(side, tool, placeOf(camera, "sheet"), fit);
      if (at && (degrees !== null || tool.degrees === null)) drawn.push(needle(place(at), degrees));
    } else if (tool?.act === "move" || tool?.act === "add") {
      const at = through(tool.side, tool.at);
      if (at) drawn.push(crosshair(place(at)));
    }
    return drawn;
  }

  const mode: Mode = {
    actions,
    key,
    panel: () => [
      standingOf(bench),
      cameraCard(bench, selected(), tool, actions, { relabel, turn: (degrees) => { turn("map", degrees); } }),
      queueList(bench, (id) => { select(id, false); }),
    ],
    drawing: draw,
    hint() {
      const texts = bench.texts();
      if (!tool) return null;
      if (tool.act === "turn")
        return texts.hints.turn(tool.degrees === null ? null : bench.words().azimuth(tool.degrees), tool.side);
      return texts.hints[tool.act];
    },
    press(side, at, near) {
      bench.set({ side });
      if (tool?.act === "move" || tool?.act === "add") put(side, at);
      else if (tool?.act === "turn") {
        const camera = selected();
        const from = camera && placeOf(camera, side);
        if (from) turn(side, towards(side, from, at));
      } else {
        const camera = under(side, near);
        if (camera) {
          select(camera.camera_id, false);
          bench.say(name(camera));
        }
      }
    },
    hover(side, at, near) {
      pointer = at && { side, at };
      const camera = at && under(side, near);
      bench.set({ hovered: camera?.camera_id ?? null });
    },
    pulls: () => tool?.act === "turn",
    pull(side, { to, done }: Pull) {
      const camera = selected();
      const from = camera && placeOf(camera, side);
      if (!from || tool?.act !== "turn") return;
      const degrees = towards(side, from, to);
      if (done) turn(side, degrees);
      else {
        tool = { act: "turn", side, degrees, typed: "" };
        bench.redraw();
      }
    },
    enter() {
      const { selected: id } = bench.view();
      const { queue, cameras } = bench.model();
      if (id === null || !cameras.has(id)) select(queue[0] ?? null);
      else if (!entered) select(id);
      entered = true;
    },
    told({ cameras: changed }, wanted) {
      const isStep = typeof wanted === "string";
      const camera = isStep ? changed[0] : wanted.act === "add" ? changed.find(({ added }) => added) : undefined;
      if (!camera) return;
      select(camera.camera_id, false);
      if (!isStep) bench.say(bench.texts().did.added(name(camera)));
    },
    leave() {
      tool = null;
      pointer = null;
      entered = false;
    },
  };
  return mode;
}
