/** Control points: each a place on the sheet and the same place on the ground; proposals are taken or left one by one. */

import type { ControlPoints, DeskPoint, PointPlace, Proposal } from "../../generated/desk";
import type { Bench, Mode } from "../bench";
import type { Point } from "../ground";
import { stepOf, type Action } from "../keys";
import { crosshair, spot } from "../marks";
import type { Drawing, Near, Pull, Side } from "../panes/pane";
import { pointMark } from "../panels/pointmark";
import { pointsPanel, type Setting } from "../panels/points";

const REACH_PX = 26;
const PATIENCE_MS = 180;

export function pointsMode(bench: Bench): Mode {
  let known: ControlPoints | null = null;
  let setting: Setting | null = null;
  /** What the points would give with the one in hand where it is now. */
  let tried: ControlPoints | null = null;
  let chosen: { point: number } | { proposal: string } | null = null;
  const refused = new Set<string>();
  let pointer: { side: Side; at: Point } | null = null;
  let timer = 0;
  let asked = 0;

  const file = (): string => bench.view().file;
  const proposals = (): Proposal[] => known?.proposals.filter(({ id }) => !refused.has(id)) ?? [];
  const point = (): DeskPoint | null => (chosen && "point" in chosen ? (known?.points.find(({ number }) => chosen !== null && "point" in chosen && number === chosen.point) ?? null) : null);
  const proposal = (): Proposal | null => (chosen && "proposal" in chosen ? (proposals().find(({ id }) => chosen !== null && "proposal" in chosen && id === chosen.proposal) ?? null) : null);
  const half = (each: PointPlace, side: Side): Point => (side === "sheet" ? [each.x, each.y] : [each.longitude, each.latitude]);

  async function load(): Promise<void> {
    const wanted = file();
    try {
      const answer = await bench.service.controlPoints(wanted);
      if (wanted !== file()) return;
      known = answer;
      bench.redraw();
    } catch (failure) {
      bench.refuse(failure instanceof Error ? failure.message : String(failure));
    }
  }

  function choose(next: typeof chosen): void {
    chosen = next;
    const each = point() ?? proposal();
    if (each) for (const side of ["sheet", "map"] as const) bench.show(side, half(each, side), false);
    bench.redraw();
    const p = point();
    const q = proposal();
    if (p) bench.say(bench.texts().points.said(p.number, p.name ?? null, p.residual_m === null ? null : bench.words().metres(p.residual_m)));
    else if (q) bench.say(`${bench.texts().points.proposal}: ${bench.words().say(q.words)}`);
  }

  function walk(by: 1 | -1): void {
    const all = [...proposals().map(({ id }) => ({ proposal: id })), ...(known?.points.map(({ number }) => ({ point: number })) ?? [])];
    const at = all.findIndex((each) => JSON.stringify(each) === JSON.stringify(chosen));
    choose(all[(at + by + all.length) % all.length] ?? null);
  }

  function hold(next: Setting | null): void {
    setting = next;
    tried = null;
    bench.redraw();
    const hint = mode.hint();
    if (hint) bench.tell(hint);
  }

  function begin(each: DeskPoint | null): void {
    const { side } = bench.view();
    const first: Side = each ? side : "sheet";
    hold({
      number: each?.number ?? known?.next_number ?? 1,
      isNew: !each,
      sheet: each ? half(each, "sheet") : null,
      map: each ? half(each, "map") : null,
      side: first,
      at: each ? half(each, side) : bench.centre("sheet"),
    });
    bench.focus(first);
  }

  /** Set one half; both known, the point is saved. */
  function put(side: Side, at: Point): void {
    if (!setting) return;
    const next = { ...setting, [side]: at };
    if (next.sheet && next.map) {
      save(next.number, next.sheet, next.map);
      return;
    }
    const other: Side = side === "sheet" ? "map" : "sheet";
    const fit = bench.fit();
    const guess = fit && (other === "map" ? fit.toGround(at) : fit.toSheet(at));
    if (guess) bench.show(other, guess);
    hold({ ...next, side: other, at: guess ?? bench.centre(other) });
    bench.focus(other);
  }

  function save(number: number, [x, y]: Point, [longitude, latitude]: Point): void {
    setting = null;
    chosen = { point: number };
    bench.act({ act: "set-control-point", subject: `${file()}#${number}`, after: { x, y, longitude, latitude }, sheet: file(), page: bench.view().page });
    bench.say(bench.texts().points.set(number));
    bench.focus();
  }

  function accept(): void {
    const each = proposal();
    if (!each || !known) return;
    const at = proposals().indexOf(each);
    refused.add(each.id);
    save(known.next_number, [each.x, each.y], [each.longitude, each.latitude]);
    known = { ...known, next_number: known.next_number + 1 };
    const next = proposals()[at] ?? proposals()[0];
    if (next) choose({ proposal: next.id });
  }

  function leaveOut(): void {
    const each = proposal();
    if (each) {
      const at = proposals().indexOf(each);
      refused.add(each.id);
      const next = proposals()[at] ?? proposals()[0];
      choose(next ? { proposal: next.id } : null);
      bench.say(bench.texts().points.refused);
      return;
    }
    const mine = point();
    if (!mine) return;
    bench.act({ act: "set-control-point", subject: mine.subject, after: {}, sheet: file(), page: bench.view().page });
    bench.say(bench.texts().points.takenOut(mine.number));
    chosen = null;
    bench.focus();
  }

  /** Ask, when the hand rests, what the points would give with the one in hand here. */
  function tryHere(): void {
    if (!setting || !known) return;
    const { number, side, at } = setting;
    const [sheet, map] = [side === "sheet" ? at : setting.sheet, side === "map" ? at : setting.map];
    if (!sheet || !map) return;
    const mine: PointPlace = { x: sheet[0], y: sheet[1], longitude: map[0], latitude: map[1] };
    const others = known.points.filter((each) => each.number !== number).map(({ x, y, longitude, latitude, name }) => ({ x, y, longitude, latitude, name: name ?? null }));
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      const turn = ++asked;
      bench.service.tryPoints(file(), [...others, mine]).then(
        (answer) => {
          if (turn !== asked || setting?.number !== number) return;
          tried = answer;
          bench.redraw();
        },
        () => undefined,
      );
    }, PATIENCE_MS);
  }

  async function suggest(): Promise<void> {
    try {
      await bench.service.suggest(file());
      bench.say(bench.texts().points.suggesting);
      await load();
      while (known?.suggesting.state === "running" || known?.suggesting.state === "waiting") {
        await new Promise((wake) => setTimeout(wake, 700));
        await load();
      }
      const [first] = proposals();
      if (first) choose({ proposal: first.id });
      bench.say(bench.texts().points.proposed(proposals().length));
    } catch (failure) {
      bench.refuse(failure instanceof Error ? failure.message : String(failure));
    }
  }

  const actions: readonly Action[] = [
    { name: "accept", group: "acts", keys: ["Enter", "Space", "c"], run: accept, can: () => proposal() !== null },
    { name: "refuse", group: "acts", keys: ["Delete", "x"], run: leaveOut, can: () => proposal() !== null },
    { name: "addPoint", group: "acts", keys: ["a"], run: () => { begin(null); } },
    { name: "movePoint", group: "acts", keys: ["m"], run: () => { begin(point()); }, can: () => point() !== null },
    { name: "takeOut", group: "acts", keys: ["Delete", "x"], run: leaveOut, can: () => point() !== null },
    { name: "suggest", group: "acts", keys: ["g"], run: () => { void suggest(); } },
    { name: "next", group: "moving", keys: ["n", "j"], run: () => { walk(1); } },
    { name: "previous", group: "moving", keys: ["p", "b"], run: () => { walk(-1); } },
  ];

  function draw(side: Side): Drawing {
    return (place) => {
      const drawn: SVGElement[] = [];
      for (const each of proposals()) drawn.push(pointMark(place(half(each, side)), "?", proposal()?.id === each.id ? "selected proposed" : "proposed"));
      for (const each of known?.points ?? []) {
        const names = [each.outlier && "outlier", point()?.number === each.number && "selected"].filter(Boolean).join(" ");
        drawn.push(pointMark(place(half(each, side)), String(each.number), names));
      }
      const fit = bench.fit();
      if (pointer && pointer.side !== side && fit) drawn.push(spot(place(side === "sheet" ? fit.toSheet(pointer.at) : fit.toGround(pointer.at))));
      if (setting) {
        const at = setting.side === side ? setting.at : setting[side];
        if (at) drawn.push(crosshair(place(at)));
      }
      return drawn;
    };
  }

  const mode: Mode = {
    actions,
    key(pressed) {
      if (!setting) return false;
      if (pressed === "Escape") {
        hold(null);
        bench.say(bench.texts().putDown);
        bench.focus();
        return true;
      }
      if (pressed === "Enter" || pressed === "Space") {
        put(setting.side, setting.at);
        return true;
      }
      const step = stepOf(pressed);
      if (!step) return false;
      const at = bench.shifted(setting.side, setting.at, step[0] * 2, step[1] * 2);
      setting = { ...setting, at };
      bench.show(setting.side, at, false);
      tryHere();
      bench.redraw();
      return true;
    },
    panel: () => [
      pointsPanel(bench, { known, tried, setting, proposals: proposals(), point: point(), proposal: proposal() }, actions, {
        point: (number) => { choose({ point: number }); },
        proposal: (id) => { choose({ proposal: id }); },
      }),
    ],
    drawing: draw,
    hint() {
      if (!setting) return null;
      const { points } = bench.texts();
      return setting.isNew ? points.hintNew(setting.number, setting.side) : points.hintMove(setting.number, setting.side);
    },
    press(side, at, near: Near) {
      bench.set({ side });
      if (setting) {
        // To move one is to set it again on the side that is pressed.
        put(side, at);
        return;
      }
      const all = known?.points ?? [];
      const [closest] = [...all].sort((one, other) => near(half(one, side)) - near(half(other, side)));
      if (closest && near(half(closest, side)) <= REACH_PX) choose({ point: closest.number });
    },
    hover(side, at) {
      pointer = at && { side, at };
      bench.redraw();
    },
    pulls: () => setting !== null && !setting.isNew,
    pull(side, { to, done }: Pull) {
      if (!setting) return;
      if (done) put(side, to);
      else {
        setting = { ...setting, side, at: to };
        tryHere();
        bench.redraw();
      }
    },
    enter() {
      if (known?.sheet !== file()) {
        known = null;
        chosen = null;
      }
      void load();
    },
    told({ control_points: answer }) {
      if (answer?.sheet !== file()) return;
      known = answer;
      tried = null;
    },
    leave() {
      setting = null;
      tried = null;
      pointer = null;
    },
  };
  return mode;
}
